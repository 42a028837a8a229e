"""What an import will do, before it does anything: every row judged, with one plain sentence, against what is there already.

Pure: the same rows and the same county give the same plan, and after it was carried out a plan that changes nothing.
Not here: reading the file and its rows (sheets.py, columns.py, rows.py), carrying it out (importing.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from dialogs.access.lookalikes import looks
from dialogs.bureau.columns import UNIT, Columns
from dialogs.bureau.roles import SAID, key_of
from dialogs.bureau.rows import NO_UNIT, ListedRow, read_row
from dialogs.bureau.sheets import Line
from scoring.wording import quoted


class What(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    CHANGED = "更新"
    SAME = "已有"
    PASSED = "略过"
    REFUSED = "有误"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the county as it is in the store; `supervisor` is an id."""

    id: str
    name: str
    code: str = ""
    grouping: str = ""
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The county before the import: its units, and who has a place or an open invitation there, by unit id, role, name."""

    units: tuple[KnownUnit, ...] = ()
    people: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row, in one sentence."""

    number: int
    what: What
    unit: str
    said: str


@dataclass(frozen=True, slots=True)
class UnitWish:
    """A unit as it shall be; `id` empty when it is new. `supervisor` is the key of a name."""

    key: str
    name: str
    id: str = ""
    code: str = ""
    grouping: str = ""
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class InviteWish:
    """Somebody to be invited: the key of the unit's name, the role, the name, and until which day (empty: as usual)."""

    unit: str
    role: str
    name: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done: the report by row, units to write, people to invite."""

    rows: tuple[RowReport, ...]
    units: tuple[UnitWish, ...]
    invites: tuple[InviteWish, ...]
    unused: tuple[str, ...] = ()

    def count(self, *what: What) -> int:
        """How many rows came to this."""
        return sum(r.what in what for r in self.rows)

    @property
    def refused(self) -> tuple[RowReport, ...]:
        """The rows with a mistake."""
        return tuple(r for r in self.rows if r.what is What.REFUSED)

    @property
    def new_units(self) -> int:
        """How many units are new."""
        return sum(not u.id for u in self.units)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.units or self.invites)


def plan(found: Columns, lines: Sequence[Line], known: Known, today: date) -> Plan:
    """The plan of an import."""
    rows: list[ListedRow] = []
    passed: dict[int, RowReport] = {}
    for line in lines:
        unit = found.of(line, UNIT)
        if NO_UNIT.match(unit) or NO_UNIT.match(next((c for c in line.cells if c), "")):
            passed[line.number] = RowReport(line.number, What.PASSED, "", "合计或说明行，没有用。")
        elif found.anything(line):
            rows.append(read_row(found, line, today))
    _agree(rows, known)
    _supervised(rows, known)
    wishes = _units(rows, known)
    reports, invites = _told(rows, wishes, known)
    numbered = sorted((*reports, *passed.values()), key=lambda r: r.number)
    changed = tuple(w for w in wishes.values() if not w.id or not _same(w, known))
    return Plan(tuple(numbered), changed, tuple(invites), found.unused)


def _agree(rows: Sequence[ListedRow], known: Known) -> None:
    """Refuse rows that contradict an earlier row or the county: one name, one code, one unit."""
    name_of_code = {u.code: (u.name, 0) for u in known.units if u.code}
    code_of_name = {key_of(u.name): (u.code, 0) for u in known.units if u.code}
    first: dict[str, ListedRow] = {}
    for row in (r for r in rows if not r.wrong):
        told = first.setdefault(row.key, row)
        if row.code:
            name, where = name_of_code.setdefault(row.code, (row.unit, row.number))
            if key_of(name) != row.key:
                row.wrong = f"代码 {row.code} {_where(where)}是{quoted(name)}的，和这一行的{quoted(row.unit)}对不上。"
                continue
            code, where = code_of_name.setdefault(row.key, (row.code, row.number))
            if code != row.code:
                row.wrong = f"{quoted(row.unit)}{_where(where)}的代码是 {code}，这一行写的是 {row.code}。"
                continue
        for title, now, before in (("分组", row.group, told.group), ("主管部门", row.supervisor, told.supervisor)):
            if now and before and key_of(now) != key_of(before) and not row.wrong:
                row.wrong = f"{quoted(row.unit)}的{title}，第 {told.number} 行是{quoted(before)}，这一行是{quoted(now)}。"
        if not row.wrong:
            told.group, told.supervisor = told.group or row.group, told.supervisor or row.supervisor
            told.code = told.code or row.code


def _where(number: int) -> str:
    return f"在第 {number} 行" if number else "现在"


def _supervised(rows: Sequence[ListedRow], known: Known) -> None:
    """Refuse rows whose supervising department is not there, and those that would supervise in a circle."""
    there = {key_of(u.name): u.name for u in known.units}
    names = {u.id: key_of(u.name) for u in known.units}
    above = {key_of(u.name): names[u.supervisor] for u in known.units if u.supervisor in names}
    for row in (r for r in rows if not r.wrong and r.supervisor and key_of(r.supervisor) != r.key):
        way, at = [row.key], key_of(row.supervisor)
        while at not in way and at in above:
            way.append(at)
            at = above[at]
        if at == row.key:
            row.wrong = f"主管部门绕成了一圈：{quoted(row.supervisor)}又归{quoted(row.unit)}主管。"
        else:
            above[row.key] = key_of(row.supervisor)
    while True:
        usable = there | {r.key: r.unit for r in rows if not r.wrong}
        lost = [r for r in rows if not r.wrong and r.supervisor and key_of(r.supervisor) not in usable]
        if not lost:
            break
        for row in lost:
            near = get_close_matches(key_of(row.supervisor), list(usable), 1, 0.6)
            hint = f"（是{quoted(usable[near[0]])}吗？）" if near else ""
            row.wrong = f"主管部门{quoted(row.supervisor)}不在名单里{hint}；请改正，或者先把它也列成一行。"


def _units(rows: Sequence[ListedRow], known: Known) -> dict[str, UnitWish]:
    """Every unit of the good rows as it shall be; what a row leaves empty stays as it was."""
    stored = {key_of(u.name): u for u in known.units}
    names = {u.id: key_of(u.name) for u in known.units}
    wishes: dict[str, UnitWish] = {}
    for row in (r for r in rows if not r.wrong):
        old, so_far = stored.get(row.key), wishes.get(row.key)
        above = key_of(row.supervisor)
        wishes[row.key] = UnitWish(
            row.key,
            old.name if old else so_far.name if so_far else row.unit,
            old.id if old else "",
            row.code or (so_far.code if so_far else "") or (old.code if old else ""),
            row.group or (so_far.grouping if so_far else "") or (old.grouping if old else ""),
            (above if above != row.key else "")
            or (so_far.supervisor if so_far else "")
            or (names.get(old.supervisor, "") if old else ""),
        )
    return wishes


def _same(wish: UnitWish, known: Known) -> bool:
    return not any(_differences(wish, known))


def _differences(wish: UnitWish, known: Known) -> Iterator[str]:
    """What an import changes about a unit that is there already."""
    by_id = {u.id: u for u in known.units}
    old = by_id[wish.id]
    above = by_id.get(old.supervisor)
    before = key_of(above.name) if above else ""
    for title, now, then in (("代码", wish.code, old.code), ("分组", wish.grouping, old.grouping)):
        if now != then:
            yield f"{title}由{quoted(then)}改为{quoted(now)}" if then else f"{title}记为{quoted(now)}"
    if wish.supervisor != before:
        yield "主管部门改了" if before else "记下了主管部门"


def _alike(wishes: Mapping[str, UnitWish], known: Known) -> dict[str, str]:
    """The new units that look like another one without having its name, and what that one is called."""
    seen = {looks(u.name): u.name for u in known.units}
    found: dict[str, str] = {}
    for wish in (w for w in wishes.values() if not w.id):
        other = seen.setdefault(looks(wish.name), wish.name)
        if key_of(other) != wish.key:
            found[wish.key] = other
    return found


def _told(rows: Sequence[ListedRow], wishes: Mapping[str, UnitWish], known: Known) -> tuple[list[RowReport], list[InviteWish]]:
    """A sentence for every row, and the invitations."""
    reports: list[RowReport] = []
    invites: dict[tuple[str, str, str], tuple[InviteWish, int]] = {}
    told_units: dict[str, int] = {}
    changed = {w.key: list(_differences(w, known)) for w in wishes.values() if w.id}
    alike = _alike(wishes, known)
    for row in rows:
        if row.wrong:
            reports.append(RowReport(row.number, What.REFUSED, row.unit, row.wrong))
            continue
        wish = wishes[row.key]
        parts, what = [], What.SAME
        if row.key not in told_units:
            told_units[row.key] = row.number
            if not wish.id:
                twin = f"，和{quoted(alike[row.key])}写法很像，请核对是不是同一个" if row.key in alike else ""
                what, parts = What.NEW, [f"新建单位{quoted(wish.name)}{twin}"]
            elif changed[row.key]:
                what, parts = What.CHANGED, [f"{quoted(wish.name)}{'、'.join(changed[row.key])}"]
        for role, name in row.people:
            same = (row.key, role, key_of(name))
            if (wish.id, role, key_of(name)) in known.people:
                parts.append(f"{name}（{SAID[role]}）已经在了，没有再邀请")
            elif same in invites:
                parts.append(f"{name}（{SAID[role]}）和第 {invites[same][1]} 行重复，只邀请一次")
            else:
                invites[same] = (InviteWish(row.key, role, name, row.until), row.number)
                parts.append(f"邀请{name}为{SAID[role]}")
                what = What.NEW
        if not parts:
            parts = [f"{quoted(wish.name)}已经有了，没有变化" if wish.id else f"单位和第 {told_units[row.key]} 行重复，没有再建"]
        reports.append(RowReport(row.number, what, wish.name, "；".join(parts) + "。"))
    return reports, [wish for wish, _ in invites.values()]
