"""Stores as they are after years: so many units, five years of filings, each with its answers, handed in but the last.

Made by a few statements, for both databases; what the whole-system bench measures on. Not here: measuring.
"""

import time
from collections.abc import Iterator

from sqlalchemy import Connection, insert, select, text

from dialogs.conversation import Conversation
from dialogs.review.submitting import snapshot_of
from dialogs.store import conversations, counties, filings, people
from dialogs.store import tables as t
from dialogs.store.documents import Inputs
from dialogs.store.engine import open_store, upgrade, writing
from scoring.answersfiles.file import read_answers
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score

FORM, YEAR, YEARS = "hecheng-2020/department", 2020, 5
COUNTY = "bench"
FIRST_PERSON = 1001  # the address of the first filler; the second one has the next
AT_ONCE = 5_000


def fill(url: str, units: int, fillers: int, years: int = YEARS, remembered: int = 1) -> None:
    """A county of units with their years, and fillers of the first units, each with this year's filing on the screen.
    `remembered`: of how many years the history is there too."""
    assert fillers <= units, "every filler has a unit"
    upgrade(url)
    engine = open_store(url)
    now = int(time.time())
    form = load(FORM)
    with writing(engine) as c:
        counties.add_county(c, COUNTY, "青山县", now)
        console = people.console(c, now, lambda: "console0")
        for some in _parts(units):
            counties.add_units(c, COUNTY, [(f"u{n}", f"第{n}单位", f"{n:05d}", "部门") for n in some], now)
        filings.freeze_edition(c, form)
        for year in range(YEAR - years + 1, YEAR + 1):
            _year(c, form, year, units, console, now)
        _answers(c, form, console, now, remembered)
        _fillers(c, fillers, now)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.execute(text("ANALYZE"))
    engine.dispose()


def _parts(count: int) -> Iterator[range]:
    for first in range(0, count, AT_ONCE):
        yield range(first, min(first + AT_ONCE, count))


def _year(c: Connection, form: Form, year: int, units: int, console: str, now: int) -> None:
    state = "open" if year == YEAR else "approved"
    at = now - (YEAR - year) * 31_536_000 - 86_400
    same = {"form_id": form.id, "year": year, "edition": form.edition, "created_by": console, "created_at": at}
    same |= {"total": len(form.items), "state": state, "round": int(year < YEAR)}
    for some in _parts(units):
        c.execute(insert(t.filings), [same | {"id": f"f{n}-{year}", "unit_id": f"u{n}"} for n in some])


def _answers(c: Connection, form: Form, console: str, now: int, remembered: int) -> None:
    """One filing is answered, with its history; all others of earlier years have the same answers and histories."""
    pack, _, name = form.id.partition("/")
    answers = dict(read_answers(form, OWN_PACKS / pack / "cases" / f"{name}.yaml").answers)
    first = f"f0-{YEAR - 1}"
    c.execute(t.filings.update().where(t.filings.c.id == first).values(state="open"))
    for item, answer in answers.items():
        filings.apply(c, first, [filings.Change(item, None, answer)], console, now, None, 0)
    c.execute(t.filings.update().where(t.filings.c.id == first).values(state="approved"))
    others = f"FROM {{0}} a CROSS JOIN filings f WHERE a.filing_id = '{first}' AND f.id <> '{first}' AND f.year < {YEAR}"
    columns = "item, state, value, provisional, basis, ver, person_id, at, reason"
    taken = ", ".join(f"a.{column}" for column in columns.split(", "))
    c.execute(text(f"INSERT INTO answers (filing_id, {columns}) SELECT f.id, {taken} {others.format('answers')}"))
    columns = "item, old, new, person_id, at, message"
    taken = ", ".join(f"a.{column}" for column in columns.split(", "))
    past = f"{others.format('history')} AND f.year >= {YEAR - remembered}"
    c.execute(text(f"INSERT INTO history (filing_id, {columns}) SELECT f.id, {taken} {past}"))
    card = score(form, answers)
    inputs = snapshot_of(form, Inputs(answers), card)
    same = {"round": 1, "person_id": console, "at": now, "edition": form.edition, "inputs": inputs, "verdict": "approved"}
    same |= {"reviewer_id": console, "decided_at": now, "version": 1, "total": "91.5", "grade": "优"}
    handed_in = c.execute(select(t.filings.c.id).where(t.filings.c.year == YEAR - 1)).scalars().all()
    for first_of_part in range(0, len(handed_in), AT_ONCE):
        part = handed_in[first_of_part : first_of_part + AT_ONCE]
        c.execute(insert(t.submissions), [same | {"filing_id": id} for id in part])


def _fillers(c: Connection, fillers: int, now: int) -> None:
    if not fillers:
        return
    row = {"channel": "telegram", "created_at": now}
    c.execute(
        insert(t.people), [row | {"id": f"p{n}", "address": str(FIRST_PERSON + n), "name": f"填报人{n}"} for n in range(fillers)]
    )
    c.execute(insert(t.memberships), [{"person_id": f"p{n}", "unit_id": f"u{n}", "role": "filler"} for n in range(fillers)])
    for n in range(fillers):
        chat = f"telegram:{FIRST_PERSON + n}"
        conversations.save(c, chat, f"p{n}", f"f{n}-{YEAR}", Conversation().to_json(), now)
