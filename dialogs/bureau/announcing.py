"""Announcements: to whom, previewed with their number, posted to each of them once, taken back while they wait.

They leave by the road of all unasked messages, which keeps quiet hours and whoever has switched them off.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.bureau.progress import overview_of
from dialogs.orders import Doing
from dialogs.store import announced, counties, journal, members
from dialogs.store.announced import Reach
from dialogs.store.notices import Notice
from scoring.textgate import clean

LONGEST = 1500  # characters
ROLES = (Role.FILLER, Role.REVIEWER, Role.OBSERVER)
SCOPES = {"all": "全县", "open": "还没交的单位", "late": "逾期的单位", "NEW": "没有开始的单位"}


def key_for(county: str, id: str) -> str:
    """The key of an announcement: one for all who get it."""
    return f"announcement:{county}:{id}"


def recipients(
    c: Connection, county: str, year: int, now: int, zone: str, scope: str, roles: Sequence[str], group: str | None = None
) -> list[str]:
    """The people of a selection, each once: of all units, of a group, of units whose filings are so far, in these roles."""
    units: set[str] | None = None
    if scope != "all":
        units = {e.unit for e in overview_of(c, county, year, now, zone).only(scope, group).entries}
    elif group is not None:
        units = {u.id for u in counties.units_in(c, county) if u.grouping == group}
    seats = members.seats_in(c, county)
    chosen = [s.person_id for s in seats if s.role in roles and (units is None or s.unit_id in units)]
    return list(dict.fromkeys(chosen))


def announce(doing: Doing, county: str, id: str, text: str, people: Sequence[str]) -> int:
    """Post it to everybody; who has it already gets it no second time. How many people it goes to."""
    key = key_for(county, id)
    for person in people:
        doing.say(Notice(person, "announcement", key, text))
    journal.note(doing.c, doing.person, "announced", Place(county), {"key": key, "people": len(people)}, doing.at)
    return len(people)


def withdraw(doing: Doing, county: str, id: str) -> tuple[int, Reach]:
    """Take back what has not left yet: how many, and how far it had come."""
    key = key_for(county, id)
    count = announced.withdraw(doing.c, key)
    journal.note(doing.c, doing.person, "announcement withdrawn", Place(county), {"key": key, "people": count}, doing.at)
    return count, announced.reach(doing.c, key)


def wrong_text(text: str) -> str:
    """What is wrong with the text of an announcement; empty when it may be sent."""
    said = clean(text)
    if len(said) < 4:
        return "通知太短了，写完整一句话。"
    if len(said) > LONGEST:
        return f"通知有 {len(said)} 个字，太长了（最多 {LONGEST} 字）。"
    return ""
