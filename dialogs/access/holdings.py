"""Everything held about a person as one file: readable first, then every row as it is stored.

Made when it leaves, for that person only, and kept nowhere. Not here: which rows are about a person (store/personal.py).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from dialogs.access.naming import roles_named
from dialogs.editions import form_of
from dialogs.localtime import stamp
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.replies import Made, Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press
from dialogs.store import filings, journal, members, people, personal
from dialogs.store.engine import reading
from dialogs.telling import told
from templates.messages import message, whole

TITLES: Mapping[str, str] = {
    "people": "个人信息",
    "memberships": "在单位的身份",
    "officers": "在区县的身份",
    "invitations": "邀请（发出的和用过的）",
    "wrong_codes": "输错的邀请码次数",
    "journal": "操作记录",
    "filings": "新开的填报",
    "answers": "现在的答案",
    "history": "答案的修改记录",
    "conversations": "对话停在哪里",
    "inbox": "发给机器人的原始消息",
    "outbox": "机器人发来的消息",
    "documents": "生成的文件",
    "deadlines": "定过的截止日期",
    "notices": "通知和提醒",
    "jobs": "交办的任务",
    "submissions": "提交和审核",
    "remarks": "审核意见",
    "verified_points": "核查分",
    "assignments": "分工",
    "proposals": "请教和答复",
    "evidence": "上传的佐证材料",
    "surveys": "发起的问卷",
    "paces": "最近一次发消息的时刻",
    "links": "一次性链接",
}


def ask(scene: Scene) -> Outcome:
    """我的资料: the file follows."""
    replies = (Message(message("access/my_data")), Made("my_data", caption="关于我的全部资料"))
    return Outcome(scene.conversation, (*answered_press(scene), *replies))


def make(office: Office, _: str, person: str) -> Sheet:
    """The file, for whoever asked: nobody gets another person's."""
    with reading(office.engine) as c:
        found = personal.find(c, person)
        if found is None:
            raise Withheld
        text = readable(c, office, found)
    return Sheet(f"我的资料_{office.today():%Y-%m-%d}.txt", text.encode("utf-8-sig"))


def readable(c: Connection, office: Office, person: personal.Found) -> str:
    """What is held about somebody, in words, with the rows themselves behind."""
    rows = personal.held(c, person)
    return whole(
        "access/holdings",
        today=office.today(),
        whom=person.name,
        id=person.id,
        channel=person.channel,
        address=person.address,
        since=stamp(rows["people"][0]["created_at"], office.zone),
        places=[f"{u.name}：{roles_named(u.roles)}" for u in people.units_of(c, person.id)]
        + [f"{name}：{roles_named(roles)}" for _, name, roles in members.offices_of(c, person.id)],
        answers=_answered(c, office, rows.get("history", [])),
        deeds=[f"{stamp(line.at, office.zone)}　{line.act}" for line in journal.of_person(c, person.id)],
        counts=[(TITLES.get(table, table), len(found)) for table, found in rows.items()],
        tables=[
            (TITLES.get(table, table), [json.dumps(row, ensure_ascii=False) for row in found]) for table, found in rows.items()
        ],
    )


def as_data(c: Connection, person: personal.Found) -> dict[str, Any]:
    """The same for a program: every row, by table."""
    return dict(personal.held(c, person))


def _answered(c: Connection, office: Office, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What this person answered, in the words of the forms."""
    lines = []
    mine = {(row["filing_id"], row["item"], row["at"]) for row in rows}
    for id in dict.fromkeys(row["filing_id"] for row in rows):
        filing = filings.filing(c, id)
        assert filing is not None
        form = form_of(c, filing)
        lines.append(
            f"〔{filing.unit_name} · {filing.year}年度 · {form.title}{' · ' + filing.project if filing.project else ''}〕"
        )
        for entry in filings.history_of(c, id, form):
            if (id, entry.item, entry.at) in mine:
                item = form.items[entry.item]
                lines.append(f"{stamp(entry.at, office.zone)}　{item.label}：{told(item, entry.old)} → {told(item, entry.new)}")
    return lines
