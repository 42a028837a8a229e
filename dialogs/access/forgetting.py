"""Forgetting a person: what may go goes, what the audit must keep stays under a number nobody can read a name from.

Not here: which rows these are (store/personal.py), and that old bytes go, too (store/purging.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.access.holdings import TITLES
from dialogs.access.rights import Place
from dialogs.orders import Doing
from dialogs.store import journal, people, personal
from dialogs.store.errors import StoreError

WHY: Mapping[str, str] = {
    "invitations": "谁请了谁，审计要能查；名字已去掉",
    "journal": "谁在什么时候做了什么，审计要能查；名字已去掉",
    "filings": "是单位的申报材料",
    "answers": "是单位的申报材料；表里填的填表人、电话也在其中，要改请在表里改",
    "history": "每个数字是怎么来的，审计要能查",
    "documents": "已经生成的文件是单位的申报材料",
    "deadlines": "截止日期是怎么改的，要能查",
    "notices": "发过什么通知要能查；内容已清空",
    "jobs": "交办过什么要能查；内容已清空",
    "submissions": "提交和审核的结论是单位的材料",
    "remarks": "审核意见是单位的材料",
    "verified_points": "核查分是单位的材料",
    "assignments": "做完的分工是单位的材料",
    "proposals": "同事间的答复是单位的材料",
    "evidence": "佐证材料是单位的材料；从哪个聊天发来已去掉",
    "surveys": "问卷是单位的材料；填问卷的人本来就不记名",
}


class CannotForget(StoreError):
    """Somebody the program itself needs."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went, and what stays with the reason why: (what, how many rows[, why])."""

    person: str
    again: bool
    removed: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, int, str], ...]


def forget(doing: Doing, person: personal.Found) -> Forgotten:
    """Forget somebody now. Doing it again is allowed, and finds nothing."""
    if person.channel == people.CONSOLE:
        raise CannotForget("这是命令行自己的记录，不能注销。")
    removed = personal.forget(doing.c, person, doing.at, doing.office.random)
    kept = personal.kept(doing.c, person)
    again = person.forgotten_at is not None
    if not again:
        journal.note(doing.c, doing.person, "forgot", Place(), {"whom": person.id}, doing.at)
    return Forgotten(
        person.id,
        again,
        tuple((TITLES.get(table, table), count) for table, count in removed.items()),
        tuple((TITLES[table], count, WHY[table]) for table, count in kept.items()),
    )
