"""An import carried out: the plan made anew in the transaction that carries it out, so that it fits the county of that moment.

Units are made and changed, people invited; nothing is ever taken away by an import. Not here: what is planned (planning.py).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.access.inviting import MOST_HOURS, Wanted, invite
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.bureau.columns import find_columns
from dialogs.bureau.planning import InviteWish, Known, KnownUnit, Plan, UnitWish, plan
from dialogs.bureau.roles import key_of
from dialogs.bureau.sheets import read_sheets
from dialogs.localtime import moment
from dialogs.orders import Doing
from dialogs.store import counties, invitations, journal, members
from scoring.errors import ZipingError

DAYS = 30  # a printed invitation lasts, where the list does not say


class NotImported(ZipingError):
    """Nothing was done, and why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done. `batch`: the moment that tells the invitations of this import from others."""

    plan: Plan
    units: int
    changed: int
    invited: int
    batch: int


def known_in(c: Connection, county: str, now: int) -> Known:
    """The county as it is: its units, who belongs to them, who is invited."""
    units = tuple(KnownUnit(u.id, u.name, u.code, u.grouping, u.supervisor_id) for u in counties.units_in(c, county))
    there = {(s.unit_id, str(s.role), key_of(s.person)) for s in members.seats_in(c, county)}
    open_ones = invitations.listed(c, county=county, open_at=now)
    return Known(units, frozenset(there | {(i.unit_id, i.role, key_of(i.name)) for i in open_ones if i.unit_id}))


def planned(c: Connection, content: bytes, county: str, today: date, now: int) -> Plan:
    """The plan for a file as it was handed in. Raises BadSheet."""
    found, lines = find_columns(read_sheets(content))
    return plan(found, lines, known_in(c, county, now), today)


def carry(doing: Doing, county: str, content: bytes, *, only_good: bool, days: int = DAYS) -> Imported:
    """Carry a file out: all of it, or with `only_good` the rows without a mistake. Raises BadSheet, NotImported."""
    counties.lock(doing.c, county)
    made = planned(doing.c, content, county, doing.office.day_of(doing.at), doing.at)
    if made.refused and not only_good:
        raise NotImported(f"有 {len(made.refused)} 行有误，一行也没有导入。")
    ids = _units(doing, county, made)
    batch = _batch(doing, county)
    _invite(doing, county, made, ids, days, batch)
    counts = Imported(made, made.new_units, len(made.units) - made.new_units, len(made.invites), batch)
    detail = {"units": counts.units, "changed": counts.changed, "invited": counts.invited, "refused": len(made.refused)}
    journal.note(doing.c, doing.person, "imported", Place(county), detail, doing.at)
    return counts


def _units(doing: Doing, county: str, made: Plan) -> dict[str, str]:
    """Make and change units; the ids by the key of the name."""
    ids = {key_of(u.name): u.id for u in counties.units_in(doing.c, county)}
    new = [u for u in made.units if not u.id]
    fresh = {u.key: doing.office.new_id() for u in new}
    counties.add_units(doing.c, county, [(fresh[u.key], u.name, u.code, u.grouping) for u in new], doing.at)
    ids |= fresh
    changed = [u for u in made.units if u.id or u.supervisor]
    counties.set_units(doing.c, [(ids[u.key], u.code, u.grouping, _above(u, ids)) for u in changed])
    return ids


def _above(unit: UnitWish, ids: dict[str, str]) -> str:
    return ids[unit.supervisor] if unit.supervisor else ""


def _batch(doing: Doing, county: str) -> int:
    """A moment no other invitations of the county were made at."""
    taken = {i.created_at for i in invitations.listed(doing.c, county=county)}
    moment = doing.at
    while moment in taken:
        moment += 1
    return moment


def _invite(doing: Doing, county: str, made: Plan, ids: dict[str, str], days: int, batch: int) -> None:
    """Make the invitations; their codes are made when they are printed (slips.py)."""
    above = {u.id: u.supervisor_id for u in counties.units_in(doing.c, county)}
    by_hours: dict[int, list[Wanted]] = {}
    for wish in made.invites:
        unit = ids[wish.unit]
        wanted = Wanted(Place(county, unit, above.get(unit, "")), Role(wish.role), wish.name)
        by_hours.setdefault(_hours(doing, wish, days), []).append(wanted)
    at = Doing(doing.c, doing.office, doing.person, batch, doing.inbox_id, doing.chat)
    for hours, people in by_hours.items():
        invite(at, people, hours)


def _hours(doing: Doing, wish: InviteWish, days: int) -> int:
    """How long an invitation lasts: to the end of the day that the list names."""
    if not wish.until:
        return min(24 * days, MOST_HOURS)
    end = moment(date.fromisoformat(wish.until), 24 * 60 - 1, doing.office.zone)
    return max(1, min(MOST_HOURS, (end - doing.at) // 3600))
