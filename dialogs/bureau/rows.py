"""One row of a list of units and people, as it is understood by itself: whose unit, which people in which roles.

Not here: whether it agrees with the other rows and with the county (planning.py).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from dialogs.access.naming import LONGEST, person_name, together
from dialogs.bureau.columns import CODE, GROUP, PERSON, ROLE, SUPERVISOR, UNIT, UNTIL, Columns
from dialogs.bureau.roles import key_of, meant, named
from dialogs.bureau.sheets import Line
from scoring.reading.dates import read_date
from scoring.reading.result import Understood
from scoring.wording import quoted

LONGEST_UNIT, LONGEST_CODE, LONGEST_GROUP = 50, 30, 20
OFFICES = ("管理员", "administrator", "财政局管理员", "县管理员", "超级管理员")
MOST_DAYS = 60  # an invitation lasts
PARTED = re.compile(r"[、,，;；/／\n]+")  # two people, or two roles, in one cell
BESIDE = re.compile(r"\([^()]*\)|(?:电话|手机)?[:：]?\s*\+?\d[\d -]{5,18}\d")  # what stands beside a name: （财务）, 138…
NO_UNIT = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|注[:：]|说明[:：]|填表说明|备注[:：]|示例|例[:：])")


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
    unit, above = together(found.of(line, UNIT)), together(found.of(line, SUPERVISOR))
    row = ListedRow(line.number, unit, _narrow(found.of(line, CODE)), found.of(line, GROUP), above)
    row.wrong = _wrong_unit(row)
    role, name = found.of(line, ROLE), found.of(line, PERSON)
    if not row.wrong and (role or name):
        row.wrong = _take_person(row, name, role)
    for column, names in found.named(line):
        row.wrong = row.wrong or _take_all(row, names, column)
    until = found.of(line, UNTIL)
    if until and not row.wrong:
        row.wrong = _take_until(row, until, today)
    return row


def _narrow(code: str) -> str:
    """A code in plain digits: １０１００１ is 101001."""
    return unicodedata.normalize("NFKC", code)


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
    if key_of(said) in OFFICES:
        return "管理员能看到全县，不能用表格邀请；请单独邀请。"
    wrong = ""
    for one in filter(None, (word.strip() for word in PARTED.split(said))):
        role = named(one)
        if not role:
            hint = f"（是{quoted(meant(one))}吗？）" if meant(one) else ""
            return f"不认识角色{quoted(one[:20])}{hint}：应是填报人、审核人或观察。"
        wrong = wrong or _take_all(row, name, role)
    return wrong


def _take_all(row: ListedRow, names: str, role: str) -> str:
    """The people of one cell: 刘洋、王丽 are two. A telephone number or a word in brackets beside a name is left away."""
    bare = BESIDE.sub(" ", unicodedata.normalize("NFKC", names))
    if not bare.strip():
        return f"{quoted(names[:LONGEST])}不像姓名（两到 {LONGEST} 个字，不带数字）。"
    for one in filter(None, (name.strip() for name in PARTED.split(bare))):
        if wrong := _take(row, one, role):
            return wrong
    return ""


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
