"""The digest: what a person is reminded of today, in one short message with a button to each place to go on.

Fillers read how much is left and what comes next; reviewers which filings of the unit are not in; administrators which
units. No answer is ever in it. Not here: whether it may leave (dispatching.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.calendar.deadlines import dates_of
from dialogs.calendar.typed_days import told_day
from dialogs.editions import form_of
from dialogs.localtime import day_of
from dialogs.office import Office
from dialogs.reminding.addressing import Surroundings
from dialogs.reminding.schedule import BUREAU, HEAD
from dialogs.reminding.standing import Standing, standing
from dialogs.store import concerned, filings, reminders
from dialogs.store.concerned import Concerned
from dialogs.store.reminders import Reminder
from dialogs.store.sending import Queued
from templates import labels
from templates.messages import message

Rows = Sequence[Sequence[tuple[str, str]]]
MOST_FILINGS = 8  # with a button and a paragraph each
MOST_LINES = 20  # of a list of what is not in


@dataclass(frozen=True, slots=True)
class Digest:
    """The text and the buttons, (label, action) each."""

    text: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Line:
    """One filing of which somebody is reminded."""

    filing: filings.Filing
    concerned: Concerned
    title: str
    due: date


def warm_up(c: Connection, notice: str) -> None:
    """Have the forms compiled that the digest will want."""
    for id in {r.filing_id for r in reminders.lines(c, notice) if r.kind not in (HEAD, BUREAU)}:
        found = filings.filing(c, id)
        if found is not None:
            form_of(c, found)


def write(
    c: Connection, office: Office, notice: Queued, lines: Sequence[Reminder], around: Surroundings, now: int
) -> Digest | None:
    """The digest of these reminders; None when none of them means anything any more."""
    today = day_of(now, office.zone)
    dates = dates_of(c, {r.filing_id for r in lines})
    apt = [r for r in lines if r.filing_id in dates and dates[r.filing_id].version == r.deadline]
    days = {r.filing_id: d for r in apt if (d := dates[r.filing_id].due) is not None}
    mine = _lines(c, [r for r in apt if r.kind not in (HEAD, BUREAU)], around, days)
    own = [(line, stand) for line in mine if (stand := _stands(c, line, notice.person_id, around)) is not None]
    units = _lines(c, [r for r in apt if r.kind == HEAD], around, days)
    county = _lines(c, [r for r in apt if r.kind == BUREAU], around, days)
    if not (own or units or county):
        return None
    parts = [
        _own_part(own, today) if own else "",
        _list_part(c, "reminding/unit", units, today) if units else "",
        _list_part(c, "reminding/county", county, today) if county else "",
    ]
    return Digest("\n\n".join(p for p in parts if p), _rows(notice.id, [line for line, _ in own], units, county))


def _lines(c: Connection, found: Sequence[Reminder], around: Surroundings, days: Mapping[str, date]) -> list[Line]:
    """Each filing once, the nearest deadline first."""
    lines = []
    for id in dict.fromkeys(r.filing_id for r in found if r.filing_id in days):
        filing = filings.filing(c, id)
        if filing is not None:
            lines.append(Line(filing, around.filings[id], form_of(c, filing).title, days[id]))
    return sorted(lines, key=lambda line: (line.due, line.filing.unit_name, line.title, line.filing.project, line.filing.id))


def _stands(c: Connection, line: Line, person: str, around: Surroundings) -> Standing | None:
    return standing(c, line.filing, person, around.members.get((line.filing.unit_id, "filler"), ()))


def _own_part(own: Sequence[tuple[Line, Standing]], today: date) -> str:
    several = len({line.filing.unit_id for line, _ in own}) > 1
    return message(
        "reminding/digest",
        count=len(own),
        filings=[
            {
                "number": n if len(own) > 1 else 0,
                "unit": line.filing.unit_name if several else "",
                "title": line.title,
                "year": line.filing.year,
                "project": line.filing.project,
                "due": told_day(line.due),
                "left": (line.due - today).days,
                "done": stand.done,
                "total": stand.total,
                "parts": stand.parts,
                "promised": told_day(date.fromisoformat(stand.promised)) if stand.promised else "",
                "next": stand.next,
                "state": line.concerned.state,
                "bare": line.concerned.county_id is None,
            }
            for n, (line, stand) in enumerate(own[:MOST_FILINGS], 1)
        ],
        more=max(0, len(own) - MOST_FILINGS),
    )


def _list_part(c: Connection, template: str, lines: Sequence[Line], today: date) -> str:
    missing = concerned.unreachable(c, {line.filing.unit_id for line in lines[:MOST_LINES]})
    fillers = concerned.members(c, {line.filing.unit_id for line in lines[:MOST_LINES]})
    return message(
        template,
        count=len(lines),
        units=len({line.filing.unit_id for line in lines}),
        several=len({line.filing.unit_id for line in lines}) > 1,
        dues=sorted({told_day(line.due) for line in lines}),
        left=min((line.due - today).days for line in lines),
        lines=[
            {
                "unit": line.filing.unit_name,
                "title": line.title,
                "project": line.filing.project,
                "done": line.concerned.done,
                "total": line.concerned.total,
                "state": line.concerned.state,
                "missing": [name or "填报人" for name in missing.get(line.filing.unit_id, ())],
                "nobody": (line.filing.unit_id, "filler") not in fillers,
            }
            for line in lines[:MOST_LINES]
        ],
        more=max(0, len(lines) - MOST_LINES),
    )


def _pages(county: Sequence[Line]) -> list[tuple[str, int]]:
    """The bureau's pages of progress for these filings: one of a county and year."""
    return list(dict.fromkeys((line.concerned.county_id or "", line.filing.year) for line in county))[:3]


def _rows(notice: str, own: Sequence[Line], units: Sequence[Line], county: Sequence[Line]) -> Rows:
    """Where the buttons lead: each of one's own filings; the lists; and the settings of reminding itself."""
    rows: list[list[tuple[str, str]]] = []
    several = len({line.filing.unit_id for line in own}) > 1
    for n, line in enumerate(own[:MOST_FILINGS], 1):
        name = line.filing.project or (line.filing.unit_name if several else line.title)
        rows.append([(labels.GO_ON if len(own) == 1 else f"{n}. {name}"[:20], f"filing:{line.filing.id}")])
    if units and not own:
        rows += [[(f"看{line.filing.project or line.title}"[:20], f"filing:{line.filing.id}")] for line in units[:3]]
    rows += [[(labels.SEE_PROGRESS, f"bu_progress:c.{where}.{year}")] for where, year in _pages(county)]
    rows.append([(labels.SNOOZE_1, f"snooze:1.{notice}"), (labels.SNOOZE_3, f"snooze:3.{notice}")])
    rows.append([(labels.QUIET_UNTIL, "quiet_until"), (labels.REMINDER_SETTINGS, "reminders")])
    return rows
