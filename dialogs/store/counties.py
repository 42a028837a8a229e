"""Counties and their units: made, renamed, grouped, put under a supervising unit, closed.

A closed unit keeps everything that was filed; nobody is invited to it any more. Not here: who belongs to a unit
(members.py), or a newcomer's own unit, which belongs to no county (people.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dialogs.store.errors import StoreError
from dialogs.store.statements import Prepared
from dialogs.store.tables import counties, memberships, units

CHANGEABLE = ("name", "code", "grouping", "supervisor_id")


class NameTaken(StoreError):
    """The county has a unit of this name or code already, or there is a county of this name."""


@dataclass(frozen=True, slots=True)
class County:
    """A county (区县)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CountyUnit:
    """A unit of a county. `grouping` is the group it is ranked in; `supervisor` the name of its 主管部门."""

    id: str
    county_id: str
    name: str
    code: str
    grouping: str
    supervisor_id: str
    supervisor: str
    closed_at: int | None


_u = units.c
_above = units.alias("above")
_COUNTIES = select(counties.c.id, counties.c.name).order_by(counties.c.created_at, counties.c.id)
_ADD_COUNTY = insert(counties)
_RENAME_COUNTY = update(counties).where(counties.c.id == bindparam("this")).values(name=bindparam("called"))
_LOCK = select(counties.c.id).where(counties.c.id == bindparam("this")).with_for_update()
_UNITS = (
    select(
        _u.id,
        _u.county_id,
        _u.name,
        _u.code,
        _u.grouping,
        func.coalesce(_u.supervisor_id, ""),
        func.coalesce(_above.c.name, ""),
        _u.closed_at,
    )
    .select_from(units.outerjoin(_above, _above.c.id == _u.supervisor_id))
    .order_by(_u.code == "", _u.code, _u.created_at, _u.id)
)
_OF_COUNTY = _UNITS.where(_u.county_id == bindparam("of_county"))
_NAMES = select(_u.name, _u.code).where(_u.county_id == bindparam("of_county"), _u.closed_at.is_(None))
_ADD_UNITS = Prepared(insert(units))
_SET = Prepared(
    update(units)
    .where(_u.id == bindparam("this"))
    .values(code=bindparam("new_code"), grouping=bindparam("new_group"), supervisor_id=bindparam("above"))
)
_CLOSE = update(units).where(_u.id == bindparam("this")).values(closed_at=bindparam("at"))
_SIZES = (
    select(memberships.c.unit_id, func.count(memberships.c.person_id.distinct()))
    .join_from(memberships, units, units.c.id == memberships.c.unit_id)
    .where(_u.county_id == bindparam("of_county"))
    .group_by(memberships.c.unit_id)
)


def add_county(c: Connection, id: str, name: str, now: int) -> County:
    """A new county. Raises NameTaken."""
    if any(known.name == name for known in all_counties(c)):
        raise NameTaken(f"已经有叫“{name}”的区县了。")
    c.execute(_ADD_COUNTY, {"id": id, "name": name, "created_at": now})
    return County(id, name)


def rename_county(c: Connection, id: str, name: str) -> None:
    """Another name for a county. Raises NameTaken."""
    if any(known.name == name and known.id != id for known in all_counties(c)):
        raise NameTaken(f"已经有叫“{name}”的区县了。")
    c.execute(_RENAME_COUNTY, {"this": id, "called": name})


def all_counties(c: Connection) -> tuple[County, ...]:
    """Every county, oldest first."""
    return tuple(County(*row) for row in c.execute(_COUNTIES))


def county(c: Connection, id: str) -> County | None:
    """The county with this id."""
    return next((known for known in all_counties(c) if known.id == id), None)


def units_in(c: Connection, county: str, *, closed: bool = False) -> tuple[CountyUnit, ...]:
    """The units of a county by code, then in the order they were made; with `closed` also those."""
    found = (CountyUnit(*row) for row in c.execute(_OF_COUNTY, {"of_county": county}))
    return tuple(u for u in found if closed or u.closed_at is None)


def unit(c: Connection, id: str) -> CountyUnit | None:
    """A unit, of a county or of a newcomer's own (its county_id is empty then)."""
    row = c.execute(_UNITS.where(_u.id == id)).first()
    return None if row is None else CountyUnit(row[0], row[1] or "", *row[2:])


def sizes(c: Connection, county: str) -> Mapping[str, int]:
    """How many people belong to each unit of a county that has any."""
    return {row[0]: row[1] for row in c.execute(_SIZES, {"of_county": county})}


def add_units(c: Connection, county: str, rows: Iterable[tuple[str, str, str, str]], now: int) -> None:
    """New units (id, name, code, group) of a county, all or none. Raises NameTaken naming the first that stands in the way."""
    c.execute(_LOCK, {"this": county})  # two who add at once must see each other's names
    names: dict[str, str] = {}
    codes: set[str] = set()
    for name, code in c.execute(_NAMES, {"of_county": county}):
        names[name] = code
        codes.add(code)
    values: list[dict[str, Any]] = []
    for id, name, code, grouping in rows:
        _free(name, code, names, codes)
        names[name] = code
        codes.add(code)
        values.append({"id": id, "name": name, "code": code, "grouping": grouping, "county_id": county, "created_at": now})
    if values:
        _ADD_UNITS.many(c, values)


def lock(c: Connection, county: str) -> None:
    """Have the county's units to oneself until the end of the transaction."""
    c.execute(_LOCK, {"this": county})


def set_units(c: Connection, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Code, group and supervising unit (may be empty) of many units by id; whoever calls has locked and checked."""
    values = [{"this": id, "new_code": code, "new_group": group, "above": above or None} for id, code, group, above in rows]
    if values:
        _SET.many(c, values)


def change_unit(c: Connection, id: str, **changed: str) -> None:
    """Another name, code, group or supervising unit. Raises NameTaken."""
    known = unit(c, id)
    assert known is not None
    assert not set(changed) - set(CHANGEABLE)
    c.execute(_LOCK, {"this": known.county_id})
    others = [u for u in units_in(c, known.county_id) if u.id != id] if known.county_id else []
    _free(changed.get("name", ""), changed.get("code", ""), {u.name: u.code for u in others}, {u.code for u in others})
    values: dict[str, str | None] = dict(changed)
    if "supervisor_id" in values:
        values["supervisor_id"] = values["supervisor_id"] or None
    c.execute(update(units).where(_u.id == id).values(**values))


def close_unit(c: Connection, id: str, at: int | None) -> None:
    """Close a unit, or with None open it again. Raises NameTaken when its name has gone to another one meanwhile."""
    if at is None:
        change_unit(c, id, **{k: v for k, v in _own(c, id).items() if v})
    c.execute(_CLOSE, {"this": id, "at": at})


def _own(c: Connection, id: str) -> dict[str, str]:
    known = unit(c, id)
    assert known is not None
    return {"name": known.name, "code": known.code}


def _free(name: str, code: str, names: Mapping[str, str], codes: set[str]) -> None:
    if name and name in names:
        raise NameTaken(f"这个区县已经有叫“{name}”的单位了。")
    if code and code in codes:
        raise NameTaken(f"单位编码 {code} 已经给了别的单位。")
