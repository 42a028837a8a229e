"""What must hold when the simulated year is over, read from the store and from the phones, by rules of their own.

The moments of reminders are worked out here once more, from the notice's words (30, 14, 7, 3, 1 days before and on the
day, at nine, on a working day), so that the program's own rules cannot agree with themselves in error.
"""

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import chinese_calendar
from openpyxl import load_workbook
from sqlalchemy import Connection, select

from dialogs.calendar.deadlines import dates_of
from dialogs.editions import edition_of
from dialogs.store import tables as t
from dialogs.store.engine import reading
from tests.year.bureau import Bureau
from tests.year.machine import ZONE, Machine
from tests.year.plan import Plan
from tests.year.year import Year, at

BEFORE = (30, 14, 7, 3, 1)
NINE, LATEST = "09:00", "20:30"
FINISHED = ("submitted", "approved")


def problems(year: Year) -> list[str]:
    """Everything that is not as it must be; empty is well."""
    with reading(year.machine.store) as c:
        found = in_the_books(c, year.machine)
        found += [f"summary: {said}" for said in summary_problems(Book(c, year.machine), year.bureau)]
        found += [f"public: {said}" for said in public_problems(year.bureau, year.plan)]
    return found + year.persons.troubles + year.watch.troubles


def in_the_books(c: Connection, machine: Machine) -> list[str]:
    """What the store and the phones do not agree about."""
    book = Book(c, machine)
    checks = (_inbox, _rows, _moments, _sent, _times, _approved, _journal)
    return [f"{check.__name__.strip('_')}: {said}" for check in checks for said in check(book)]


@dataclass(frozen=True)
class Span:
    """A filing's state from one moment on."""

    since: int
    state: str


class Book:
    """The store of the year, read once."""

    def __init__(self, c: Connection, machine: Machine) -> None:
        self.c, self.machine = c, machine
        self.now = machine.now
        self.reminders = c.execute(select(t.reminders).order_by(t.reminders.c.id)).all()
        self.notices = {n.id: n for n in c.execute(select(t.notices))}
        self.lines: dict[int, list[Any]] = defaultdict(list)
        for line in c.execute(select(t.notice_lines)):
            self.lines[line.reminder_id].append(self.notices[line.notice_id])
        self.filings = {f.id: f for f in c.execute(select(t.filings))}
        self.units = {u.id: u for u in c.execute(select(t.units))}
        self.members = c.execute(select(t.memberships)).all()
        self.submissions = c.execute(select(t.submissions)).all()
        self.sent_at = {m.number: m.at for phone in machine.phones.values() for m in phone.shown}
        self.rows = {o.id: o for o in c.execute(select(t.outbox))}
        self.spans = self._spans()

    def _spans(self) -> dict[str, list[Span]]:
        """How each filing's state went, from the submissions."""
        spans = {id: [Span(f.created_at, "open")] for id, f in self.filings.items()}
        for s in sorted(self.submissions, key=lambda s: (s.filing_id, s.round)):
            spans[s.filing_id].append(Span(s.at, "submitted"))
            if s.verdict:
                after = {"approved": "approved", "returned": "returned", "withdrawn": "open"}[s.verdict]
                spans[s.filing_id].append(Span(s.decided_at, after))
        return spans

    def state(self, filing: str, moment: int) -> str:
        """The state a filing was in; empty before it was opened."""
        return next((span.state for span in reversed(self.spans[filing]) if span.since <= moment), "")

    def arrived(self, notice: Any) -> int | None:
        """When a notice was on its person's phone."""
        row = self.rows.get(notice.outbox_id)
        return self.sent_at.get(row.message_id) if row is not None and row.message_id else None

    def fillers(self, filing: str, moment: int) -> list[str]:
        unit = self.filings[filing].unit_id
        return [m.person_id for m in self.members if m.unit_id == unit and m.role == "filler" and m.at <= moment]


def local(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC).astimezone(ZONE)


def works(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def _inbox(book: Book) -> Iterator[str]:
    """Everything people did was handled, everything said was delivered."""
    for table, fine in ((t.inbox, ("done",)), (t.outbox, ("sent", "parked"))):
        for state, error, n in book.c.exec_driver_sql(f"SELECT state, error, count(*) FROM {table.name} GROUP BY 1, 2"):
            if state not in fine or (table is t.inbox and error):
                yield f"{n} rows of {table.name} are {state} {error}"
    for error, n in book.c.exec_driver_sql("SELECT error, count(*) FROM outbox WHERE state = 'parked' GROUP BY 1"):
        if error not in ("void", "withdrawn"):
            yield f"{n} replies were given up: {error}"


def _rows(book: Book) -> Iterator[str]:
    """One row for a filing, a kind and a version of its deadline; none forgotten, none void without a reason."""
    for key, n in Counter((r.filing_id, r.kind, r.deadline) for r in book.reminders).items():
        if n != 1:
            yield f"{key} has {n} rows"
    for r in book.reminders:
        if r.state == "due" and r.due_at <= book.now - 3600:
            yield f"{_named(book, r)} was never collected"
        if r.state == "void" and not r.reason:
            yield f"{_named(book, r)} is void without a reason"
        if r.state == "collected" and r.at < r.due_at:
            yield f"{_named(book, r)} was collected before it was due"


def _moments(book: Book) -> Iterator[str]:
    """Of the deadline in force, every moment that came after it was set has its row, at the right time."""
    dates = dates_of(book.c, list(book.filings))
    rows = {(r.filing_id, r.kind, r.deadline): r for r in book.reminders}
    set_at = {d.id: d.at for d in book.c.execute(select(t.deadlines))}
    for id, filing in book.filings.items():
        own = dates.get(id)
        if own is None or own.due is None:
            continue
        known = max(filing.created_at, set_at.get(own.version, 0))
        for days in (*BEFORE, 0):
            day = own.due - timedelta(days=days)
            while not works(day):
                day -= timedelta(days=1)
            moment, kind = at(day, NINE), f"before{days}" if days else "day0"
            if not known < moment <= book.now:
                continue
            row = rows.get((id, kind, own.version))
            if row is None:
                if book.state(id, moment) not in FINISHED:
                    yield f"{book.units[filing.unit_id].name} {filing.form_id} has no {kind} at {local(moment)}"
            elif row.due_at != moment:
                yield f"{_named(book, row)} is due at {local(row.due_at)} and not at {local(moment)}"
            elif row.state == "due":
                yield f"{_named(book, row)} was not collected"
            elif row.state == "void" and book.state(id, moment) not in FINISHED:
                yield f"{_named(book, row)} is void ({row.reason}), but the filing was not finished"


def _sent(book: Book) -> Iterator[str]:
    """Whoever was to be told was told, or it is said why not."""
    for r in book.reminders:
        if r.state != "collected" or r.kind.startswith("escalation"):
            continue
        told = {n.person_id for n in book.lines[r.id]}
        for person in book.fillers(r.filing_id, r.at):
            if person not in told and book.state(r.filing_id, r.at) not in FINISHED:
                yield f"{_named(book, r)} is in nobody's digest for {person}"
        for n in book.lines[r.id]:
            if n.state == "void" and not n.reason:
                yield f"the digest of {_named(book, r)} is void without a reason"
            if n.state in ("waiting", "queued") and n.due_at < book.now - 86_400:
                yield f"the digest of {_named(book, r)} never left: {n.state}, {n.reason}"
            if n.state == "sent" and book.arrived(n) is None:
                yield f"the digest of {_named(book, r)} counts as sent, but is on no phone"


def _times(book: Book) -> Iterator[str]:
    """No digest at night, on a day off, or twice on one day; nothing unasked at night."""
    per_day: Counter[tuple[str, date]] = Counter()
    for n in book.notices.values():
        arrived = book.arrived(n) if n.state == "sent" else None
        if arrived is None:
            continue
        here = local(arrived)
        if n.kind == "digest":
            per_day[n.person_id, here.date()] += 1
            if not works(here.date()):
                yield f"a digest came on {here}, a day off"
            if here.strftime("%H:%M") < NINE:
                yield f"a digest came at {here}"
        if not "08:00" <= here.strftime("%H:%M") <= "21:00":
            yield f"a notice ({n.kind}) came at {here}"
    for (person, day), n in per_day.items():
        if n > 1:
            yield f"{person} got {n} digests on {day}"


def _approved(book: Book) -> Iterator[str]:
    """What is approved has its documents, made from the answers that were handed in, and was not touched since."""
    documents = defaultdict(list)
    for d in book.c.execute(select(t.documents)):
        documents[d.filing_id, d.version].append(d)
    changed = dict(book.c.exec_driver_sql("SELECT filing_id, max(at) FROM history GROUP BY 1").fetchall())
    by_round = {(s.filing_id, s.round): s for s in book.submissions}
    for id, filing in book.filings.items():
        if filing.state != "approved":
            continue
        name = f"{book.units[filing.unit_id].name} {filing.form_id}"
        last = by_round.get((id, filing.round))
        if last is None or last.verdict != "approved":
            yield f"{name} is approved without a decision"
            continue
        issued = documents[id, last.version]
        if not issued:
            yield f"{name} is approved without documents"
        if any(d.total != last.total or d.grade != last.grade for d in issued if not _verified(book, id)):
            yield f"{name}: the documents say {[(d.total, d.grade) for d in issued]}, the submission {last.total}, {last.grade}"
        if changed.get(id, 0) > last.at:
            yield f"{name} was changed after it was handed in"
        if last.reviewer_id == last.person_id:
            yield f"{name} was approved by who handed it in"


def _verified(book: Book, filing: str) -> bool:
    row = book.c.execute(select(t.verified_points.c.indicator).where(t.verified_points.c.filing_id == filing)).first()
    return row is not None


def _journal(book: Book) -> Iterator[str]:
    """Every decision stands in the journal; nothing was refused that people did by their own buttons."""
    acts = Counter(row.act for row in book.c.execute(select(t.journal.c.act)))
    wanted = {"submitted": len(book.submissions), "approved": sum(s.verdict == "approved" for s in book.submissions)}
    for act, n in wanted.items():
        if acts[act] != n:
            yield f"{acts[act]} lines say {act}, but it happened {n} times"
    for row in book.c.execute(select(t.journal).where(t.journal.c.act == "denied")):
        if '"invitation"' not in row.detail:
            yield f"{row.person_id} was refused {row.detail} at {local(row.at)}"


def summary_problems(book: Book, bureau: Bureau) -> Iterator[str]:
    """The last summary says of every filing what was handed in then, and the spreadsheet says what the summary says."""
    if bureau.results is None:
        return
    latest = {s.filing_id: s for s in sorted(book.submissions, key=lambda s: s.round)}
    stands = Counter()
    for id, filing in book.filings.items():
        if filing.state in FINISHED:
            form = edition_of(book.c, filing.form_id, filing.edition, filing.year).title
            stands[book.units[filing.unit_id].name, form, filing.project, Decimal(latest[id].total or 0), filing.state] += 1
    says = Counter((r.unit, r.form, r.project, r.total, r.state) for r in bureau.results.results)
    for key in (says - stands) + (stands - says):
        yield f"{key} is in the {'summary' if says[key] else 'store'} only"
    printed = _figures(bureau.book)
    for r in bureau.results.results:
        if printed[r.unit, r.total] < 1:
            yield f"the spreadsheet has no line of {r.unit} with {r.total}"


def _figures(book: bytes) -> Counter[tuple[str, Decimal]]:
    """Every (text, number) that stand in one row of any sheet."""
    found: Counter[tuple[str, Decimal]] = Counter()
    for sheet in load_workbook(io.BytesIO(book), read_only=False).worksheets:
        for row in sheet.iter_rows(values_only=True):
            numbers = {Decimal(str(cell)) for cell in row if isinstance(cell, int | float)}
            found.update((cell, number) for cell in row if isinstance(cell, str) for number in numbers)
    return found


def public_problems(bureau: Bureau, plan: Plan) -> Iterator[str]:
    """Everything approved is in the archive; nobody is named in the edition for the public."""
    if len(bureau.archives) != 2:
        return
    (_, everything), (_, public) = bureau.archives
    if not everything:
        yield "no archive was written"
    people = [human.name for human in plan.people] + ["李敏", "0745-1234567"]
    for path in public:
        for name, text in _texts(path):
            for person in people:
                if person in text or person in name:
                    yield f"{name} names {person}"


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".docx"):
                with zipfile.ZipFile(io.BytesIO(archive.read(name))) as parts:
                    xml = "".join(parts.read(part).decode("utf-8") for part in parts.namelist() if part.endswith(".xml"))
                yield name, re.sub(r"<[^>]+>", "", xml)


def _named(book: Book, r: Any) -> str:
    filing = book.filings[r.filing_id]
    return f"{book.units[filing.unit_id].name} {filing.form_id} {r.kind} ({local(r.due_at):%m-%d})"
