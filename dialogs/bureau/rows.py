"""One row of a list of units and people, as it is understood by itself: whose unit, which people in which roles.

Not here: whether it agrees with the other rows and with the county (planning.py).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from dialogs.access.naming import LONGEST, person_name
from dialogs.bureau.columns import CODE, GROUP, PERSON, ROLE, SUPERVISOR, UNIT, UNTIL, Columns
from dialogs.bureau.sheets import Line
from scoring.reading.dates import read_date
from scoring.reading.result import Understood
from scoring.wording import quoted

LONGEST_UNIT, LONGEST_CODE, LONGEST_GROUP = 50, 30, 20
ROLES: Mapping[str, tuple[str, ...]] = {
    "filler": ("填报人", "填表人", "填报", "填报员", "填写人", "经办人", "经办"),
    "reviewer": ("审核人", "审核", "审核员", "复核人", "单位负责人", "负责人", "分管领导", "主管领导"),
    "observer": ("观察", "观察员", "观察人", "只读", "查看", "查看人"),
}
OFFICES = ("管理员", "administrator", "财政局管理员", "县管理员", "超级管理员")
SAID = {"filler": "填报人", "reviewer": "审核人", "observer": "观察"}
MOST_DAYS = 60  # an invitation lasts
NO_UNIT = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|注[:：]|说明[:：]|填表说明|备注[:：]|示例|例[:：])")
_ROLE_OF = {word: role for role, words in ROLES.items() for word in (*words, role)}


def key_of(name: str) -> str:
    """A name as it is compared: full-width or not, brackets and blanks do not make another unit of it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).lower()


@dataclass(slots=True)
class ListedRow:
    """One row as it is understood; `wrong` says why it cannot be used."""

    number: int
    unit: str
    code: str
    group: str
    supervisor: str
    people: list[tuple[str, str]] = field(default_factory=list)
    until: str = ""
    wrong: str = ""

    @property
    def key(self) -> str:
        """The name of its unit, as it is compared."""
        return key_of(self.unit)


def read_row(found: Columns, line: Line, today: date) -> ListedRow:
    """The row, with what is wrong with it."""
    row = ListedRow(line.number, found.of(line, UNIT), found.of(line, CODE), found.of(line, GROUP), found.of(line, SUPERVISOR))
    row.wrong = _wrong_unit(row)
    role, name = found.of(line, ROLE), found.of(line, PERSON)
    if not row.wrong and (role or name):
        row.wrong = _take_person(row, name, role)
    for column in found.roles:
        for one in re.split(r"[、,，;；/\n]+", found.of(line, column)):
            if one.strip() and not row.wrong:
                row.wrong = _take(row, one.strip(), column)
    until = found.of(line, UNTIL)
    if until and not row.wrong:
        row.wrong = _take_until(row, until, today)
    return row


def _wrong_unit(row: ListedRow) -> str:
    if not row.unit:
        return "没有写单位名称；和上一行是同一个单位，也请写全。"
    if len(row.unit) < 2 or len(row.unit) > LONGEST_UNIT or not re.search(r"[㐀-鿿]", row.unit):
        return f"{quoted(row.unit[:20])}不像单位名称（2 到 {LONGEST_UNIT} 个字，要有汉字）。"
    if len(row.code) > LONGEST_CODE or not re.fullmatch(r"[0-9A-Za-z._-]*", row.code):
        return f"单位代码{quoted(row.code[:20])}只能是数字和字母，最多 {LONGEST_CODE} 位。"
    if len(row.group) > LONGEST_GROUP:
        return f"分组{quoted(row.group[:20])}太长了（最多 {LONGEST_GROUP} 个字）。"
    return ""


def _take_person(row: ListedRow, name: str, said: str) -> str:
    if not name:
        return f"写了角色{quoted(said[:20])}，没有写姓名。"
    if not said:
        return f"{name[:LONGEST]}的角色没有写：应是填报人、审核人或观察。"
    plain = key_of(said)
    if plain in OFFICES:
        return "管理员能看到全县，不能用表格邀请；请单独邀请。"
    role = _ROLE_OF.get(plain)
    if role is None:
        near = get_close_matches(plain, list(_ROLE_OF), 1, 0.5)
        hint = f"（是{quoted(SAID[_ROLE_OF[near[0]]])}吗？）" if near else ""
        return f"不认识角色{quoted(said[:20])}{hint}：应是填报人、审核人或观察。"
    return _take(row, name, role)


def _take(row: ListedRow, name: str, role: str) -> str:
    told, wrong = person_name(name)
    if wrong:
        return f"{quoted(name[:LONGEST])}不像姓名（两到 {LONGEST} 个字，不带数字）。"
    if (role, told) in row.people:
        return f"{told}在这一行写了两次。"
    row.people.append((role, told))
    return ""


def _take_until(row: ListedRow, text: str, today: date) -> str:
    read = read_date(text, today)
    if not isinstance(read, Understood) or not isinstance(read.value, date):
        return f"邀请有效期{quoted(text[:20])}不是日期，请写成 {today.year}-{today.month:02}-{today.day:02} 这样。"
    if read.value <= today:
        return f"邀请有效期 {read.value.isoformat()} 已经到了（今天是 {today.isoformat()}），请写以后的日期。"
    if (read.value - today).days > MOST_DAYS:
        return f"邀请有效期 {read.value.isoformat()} 太远了，最多两个月。"
    row.until = read.value.isoformat()
    return ""
