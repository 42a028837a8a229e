"""Planning: the reminders of filings, made when a filing is opened, its deadline moves, or it comes back to its unit.

What belongs to an earlier version of a deadline becomes void in the same transaction; what would have been due already is
never made up for. Not here: which dates count (dialogs/calendar), or who is told (collecting.py).
"""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from dialogs.calendar.deadlines import dates_of
from dialogs.localtime import day_of
from dialogs.office import Office
from dialogs.reminding.rules import USUAL, BadRules, Rules, rules_of
from dialogs.reminding.schedule import Planned, overdue, overdue_number, schedule
from dialogs.store import concerned, reminders
from dialogs.store.reminders import Reminder

log = logging.getLogger(__name__)

MOVED, DROPPED = "moved", "not planned any more"


def replan(c: Connection, office: Office, filing_ids: Iterable[str]) -> None:
    """Bring the reminders of these filings in line with their deadlines of this moment. Any number of filings at once."""
    ids = list(dict.fromkeys(filing_ids))
    if not ids:
        return
    now = office.clock()
    today = day_of(now, office.zone)
    known: dict[str, list[Reminder]] = {}
    for reminder in reminders.of_filings(c, ids):
        known.setdefault(reminder.filing_id, []).append(reminder)
    dates, filings, rules = dates_of(c, ids), concerned.filings_by_id(c, ids), rules_by_county(c)
    rows: list[Mapping[str, object]] = []
    moved: dict[int, int] = {}
    away: dict[str, list[int]] = {MOVED: [], DROPPED: []}
    for id in ids:
        filing = filings.get(id)
        due, version = (dates[id].due, dates[id].version) if id in dates else (None, 0)
        own = rules.get(filing.county_id or "", USUAL) if filing else USUAL
        wanted = list(schedule(own, due, office.zone)) if filing and due else []
        before = known.get(id, [])
        away[MOVED] += [r.id for r in before if r.state == "due" and (r.deadline != version or due is None)]
        here = {r.kind: r for r in before if r.deadline == version}
        wanted = _with_chain(wanted, here, own, due, today, office.zone, now) if due else []
        kinds = {p.kind for p in wanted}
        away[DROPPED] += [r.id for r in here.values() if due and r.state == "due" and r.kind not in kinds]
        for planned in wanted:
            there = here.get(planned.kind)
            if there is None and planned.due_at > now:
                rows.append({"filing_id": id, "kind": planned.kind, "deadline": version, "due_at": planned.due_at})
            elif there is not None and there.state == "due" and there.due_at != planned.due_at > now:
                moved[there.id] = planned.due_at
    for why, voided in away.items():
        reminders.void(c, voided, now, why)
    reminders.move(c, moved)
    reminders.plan(c, rows)


def _with_chain(
    wanted: list[Planned], here: Mapping[str, Reminder], rules: Rules, due: date, today: date, zone: str, now: int
) -> list[Planned]:
    """The reminders of a deadline with the next one after it: the chain goes on from today where it was broken off."""
    others = [p for p in wanted if not overdue_number(p.kind)]
    waiting = [r for kind, r in here.items() if overdue_number(kind) and r.state == "due"]
    if waiting:
        return [*others, *(Planned(r.kind, r.due_at) for r in waiting)]
    last = max((overdue_number(kind) for kind in here), default=0)
    first = next((p for p in wanted if overdue_number(p.kind)), None)
    if not last and first and first.due_at > now:
        return wanted
    following = overdue(rules, due, last + 1, max(today, due), zone)
    return [*others, following] if following else others


def rules_by_county(c: Connection) -> dict[str, Rules]:
    """The rules of every county."""
    found = {}
    for county, settings in concerned.settings_of_counties(c).items():
        try:
            found[county] = rules_of(json.loads(settings))
        except BadRules as e:  # refused where they are set; whatever got past that must not stop anybody's reminders
            log.error("county %s: reminder settings cannot be used: %s", county, e)
            found[county] = USUAL
    return found
