"""What must hold of a whole seed when all is quiet: nothing lost, nothing twice, everything said, sums are the sums of their parts.

Not here: what is looked at on the way (invariants.py), or doing everything once more (twin.py).
"""

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dialogs.editions import edition_of, form_of
from dialogs.route import progress
from dialogs.store import documents, filings
from dialogs.store.engine import reading
from scoring.form import Form
from scoring.numbers import plain
from scoring.scorecard import score

if TYPE_CHECKING:
    from tests.simulation.invariants import Inspector

GIVEN_UP = (
    "Message is too strange",
    "void",
    "withdrawn",
    "withheld",
    "blocked",
)  # why a reply never arrived, as it is recorded


def check(inspector: "Inspector") -> None:
    """Everything there is to say about the end."""
    _events(inspector)
    _replies(inspector)
    for filing in inspector.states:
        inspector.same_answers(filing)
    _sums(inspector)
    if broken := inspector.c.execute("PRAGMA foreign_key_check").fetchall():
        inspector.red(f"rows without their counterparts: {broken[:3]}")


def _events(inspector: "Inspector") -> None:
    """Whatever people did was accepted once and is done; what cannot be understood is set aside once."""
    rows = inspector.c.execute("SELECT update_id, state, error FROM inbox").fetchall()
    stored = Counter(number for number, _, _ in rows)
    if stored.keys() != inspector.did_.keys() or any(n != 1 for n in stored.values()):
        lost, twice = sorted(inspector.did_.keys() - stored.keys()), [k for k, n in stored.items() if n > 1]
        inspector.red(f"updates lost: {lost}, twice: {twice}")
    for number, state, error in rows:
        if state == "new" or (state == "parked" and error != "malformed"):
            inspector.red(f"update {number} ended as {state} {error}")
        inspector.seen[f"event {state}"] += 1


def _replies(inspector: "Inspector") -> None:
    """Every reply arrived; twice only where nobody could know, and then that is recorded; in the order of its chat."""
    for id, state, error, ambiguous, kind in inspector.c.execute("SELECT id, state, error, ambiguous, kind FROM outbox"):
        arrived, doubts = inspector.arrivals[id], inspector.doubts[id]
        if state == "parked" and (error in GIVEN_UP or (error == "failed" and inspector.world.swarm.fired["defect"])):
            inspector.seen[f"given up: {error}"] += 1
        elif state != "sent":
            inspector.red(f"row {id} ({kind}) ended as {state} {error}")
        elif not arrived:
            inspector.red(f"row {id} ({kind}) counts as sent, and is on no phone")
        if arrived > 1:
            inspector.seen["doubled"] += arrived - 1
            if not ambiguous or arrived - 1 > doubts:
                inspector.red(f"row {id} ({kind}) arrived {arrived} times, with {doubts} doubts, recorded: {ambiguous}")
        inspector.seen[f"sent {kind}"] += state == "sent"
    for (chat, lane), rows in inspector.order.items():
        if rows != sorted(rows):
            inspector.red(f"what was said in {chat} (lane {lane}) came in another order: {rows}")


def _sums(inspector: "Inspector") -> None:
    """Points add up; what a document says is what its answers come to; lists know how far a filing is."""
    with reading(inspector.world.bench.spare) as c:
        for id in inspector.states:
            own = filings.filing(c, id)
            assert own is not None
            form = form_of(c, own)
            answers = filings.answers(c, id, form)
            _adds_up(inspector, form, answers)
            stand = progress(form, answers)
            row = inspector.c.execute("SELECT done, total, answered_at FROM filings WHERE id = ?", (id,)).fetchone()
            if row[2] is not None and row[:2] != (stand.done, stand.total):
                inspector.red(f"a filing counts as {row[0]} of {row[1]}, and is {stand.done} of {stand.total}")
        made: dict[tuple[str, str], tuple[str, str]] = {}
        for filing, inputs, total, grade in inspector.c.execute("SELECT filing_id, inputs, total, grade FROM documents"):
            if made.setdefault((filing, inputs), (total, grade)) != (total, grade):
                inspector.red("documents of one version say different totals")
            made[filing, inputs] = (total, grade)
        for (filing, inputs), said in made.items():
            own = filings.filing(c, filing)
            assert own is not None
            form = form_of(c, own)
            told = documents.unpack(inputs, form, lambda i, e, y: edition_of(c, i, e, y))
            if told.reviewed is None:
                card = _adds_up(inspector, form, told.answers)
                if (Decimal(said[0]), said[1]) != (Decimal(plain(card.total)), card.grade):
                    inspector.red(f"a document says {said}, its answers come to {card.total} {card.grade}")


def _adds_up(inspector: "Inspector", form: Form, answers: Any) -> Any:
    card = score(form, answers)
    if card.total != sum(x.points for x in card.lines if x.points is not None):
        inspector.red("a total is not the sum of its parts")
    return card
