"""Counties and units looked after: made, renamed, grouped, put under another unit, closed. Every deed stands in the journal.

Not here: units from a spreadsheet (bureau), or who belongs to a unit (members.py).
"""

import re

from sqlalchemy import Connection

from dialogs.access.rights import Place
from dialogs.orders import Doing
from dialogs.store import counties, invitations, journal
from dialogs.store.counties import County, CountyUnit
from dialogs.store.errors import StoreError
from scoring.textgate import clean

SHORTEST, LONGEST = 2, 50
NONE = "-"  # typed to take a supervising unit, a group or a code away


class UnitError(StoreError):
    """Something about counties and units that cannot be done, in words."""


def proper(text: str, what: str) -> str:
    """A name as it may be kept. Raises UnitError."""
    name = " ".join(clean(text).split())
    if not re.search(r"[㐀-鿿]", name):
        raise UnitError(f"{what}里没有汉字，请写全称。")
    if not SHORTEST <= len(name) <= LONGEST:
        raise UnitError(f"{what}要 {SHORTEST} 到 {LONGEST} 个字，现在是 {len(name)} 个。")
    return name


def make_county(doing: Doing, name: str) -> County:
    """A new county. Raises UnitError and NameTaken."""
    made = counties.add_county(doing.c, doing.office.new_id(), proper(name, "区县名称"), doing.at)
    journal.note(doing.c, doing.person, "county made", Place(made.id), {"name": made.name}, doing.at)
    return made


def rename_county(doing: Doing, county: County, name: str) -> str:
    """Another name; the new one. Raises UnitError and NameTaken."""
    new = proper(name, "区县名称")
    counties.rename_county(doing.c, county.id, new)
    journal.note(doing.c, doing.person, "county renamed", Place(county.id), {"old": county.name, "new": new}, doing.at)
    return new


def add_unit(doing: Doing, county: str, name: str, code: str = "", grouping: str = "", supervisor: str = "") -> CountyUnit:
    """A new unit. Raises UnitError and NameTaken; nothing is made then."""
    above = find(doing.c, county, supervisor) if supervisor else None
    id = doing.office.new_id()
    counties.add_units(doing.c, county, [(id, proper(name, "单位名称"), _short(code), _short(grouping))], doing.at)
    if above is not None:
        counties.change_unit(doing.c, id, supervisor_id=above.id)
    made = _known(doing.c, id)
    journal.note(doing.c, doing.person, "unit added", _place(made), {"name": made.name}, doing.at)
    return made


def change(doing: Doing, unit: CountyUnit, what: str, new: str) -> CountyUnit:
    """Another name, code, grouping or supervisor (by name, `-` for none). Raises UnitError and NameTaken."""
    value = "" if new == NONE else proper(new, "单位名称") if what == "name" else _short(new)
    if what == "name" and not value:
        raise UnitError("单位不能没有名称。")
    column = "supervisor_id" if what == "supervisor" else what
    if what == "supervisor" and value:
        value = _above(doing.c, unit, find(doing.c, unit.county_id, new))
    counties.change_unit(doing.c, unit.id, **{column: value})
    made = _known(doing.c, unit.id)
    detail = {"what": what, "old": getattr(unit, column), "new": value}
    journal.note(doing.c, doing.person, "unit changed", _place(made), detail, doing.at)
    return made


def _above(c: Connection, unit: CountyUnit, above: CountyUnit) -> str:
    """The supervising unit's id, unless that would go round in a circle."""
    seen, step = {unit.id}, above
    while step.id not in seen:
        seen.add(step.id)
        if not step.supervisor_id:
            return above.id
        step = _known(c, step.supervisor_id)
    raise UnitError(f"“{above.name}”归“{unit.name}”主管，不能反过来。" if above.id != unit.id else "单位不能主管自己。")


def close(doing: Doing, unit: CountyUnit) -> int:
    """Close a unit: nothing is lost, nobody is invited to it any more. How many open invitations ended with it."""
    if unit.closed_at is not None:
        raise UnitError(f"{unit.name}已经停用了。")
    waiting = invitations.listed(doing.c, unit=unit.id, open_at=doing.at)
    for invitation in waiting:
        invitations.revoke(doing.c, invitation.id, doing.at)
    counties.close_unit(doing.c, unit.id, doing.at)
    journal.note(doing.c, doing.person, "unit closed", _place(unit), {"revoked": len(waiting)}, doing.at)
    return len(waiting)


def reopen(doing: Doing, unit: CountyUnit) -> None:
    """A closed unit is in use again. Raises UnitError and NameTaken."""
    if unit.closed_at is None:
        raise UnitError(f"{unit.name}没有停用。")
    counties.close_unit(doing.c, unit.id, None)
    journal.note(doing.c, doing.person, "unit reopened", _place(unit), {}, doing.at)


def find(c: Connection, county: str, word: str) -> CountyUnit:
    """The unit meant by an id, a code, its name or a part of it. Raises UnitError naming the units that could be meant."""
    known = counties.units_in(c, county, closed=True)
    exact = [u for u in known if word and word in (u.id, u.code, u.name)]
    found = exact if len(exact) == 1 else exact or [u for u in known if word and word in u.name]
    still = [u for u in found if u.closed_at is None]
    found = still if len(still) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnitError(f"没有找到“{word[:30]}”这个单位，请写全称、单位编码，或名称里的几个字。")
    raise UnitError(
        f"“{word[:30]}”可能是：{'、'.join(u.name for u in found[:8])}{' ……' if len(found) > 8 else ''}；请写全称或单位编码。"
    )


def _short(text: str) -> str:
    value = " ".join(clean(text).split())
    if len(value) > LONGEST:
        raise UnitError(f"“{value[:10]}……”太长了，最多 {LONGEST} 个字。")
    return value


def _known(c: Connection, id: str) -> CountyUnit:
    unit = counties.unit(c, id)
    assert unit is not None
    return unit


def _place(unit: CountyUnit) -> Place:
    return Place(unit.county_id, unit.id, unit.supervisor_id)
