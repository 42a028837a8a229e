"""S11: what the gate lets through is stored by both databases, comes back as it was, and is printed and exported whole.

First every code point there is, then texts that mix them. What is left of a text after the gate goes into an answer, its
history, the journal, the name of a unit and a message; then into a Word file, a spreadsheet and a picture.
"""

import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from unittest.mock import patch

from openpyxl import load_workbook
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError

from dialogs.access.rights import Place
from dialogs.replies import Message, from_data, to_data
from dialogs.store import changes, filings, journal, outbox
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from scoring import textgate
from scoring.answers import Answer, State, given
from scoring.loading import load
from scoring.scorecard import score
from templates.drafting import BadReport, draft
from templates.pictures import score_picture
from templates.summary import summary
from tests.dialogs.store.stock import NOW, a_filing, change, person_of
from tests.dialogs.tiny import tiny
from tests.fuzz.docx import paragraphs
from tests.fuzz.texts import texts
from tests.soak import Red, expect
from tests.stores import both

GOAL = "S11"
AMOUNT = {"quick": 90, "full": 0x110000 // 1024 + 3_000}
TEETH = ("no_gate", "only_nul", "not_twice")

CHAPTER = 1024  # code points in one text
BATCH = 30
HECHENG = load("hecheng-2020/department")
STEERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN")  # directions of writing, and what is none
LOUD = ("\ud800", "\x00", "\x0b", "a\ufdd0b", "\u202e", "e\u0301")  # in every run, first


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many texts on each database."""
    dice = random.Random(seed)
    chapters = list(_chapters())
    picked = chapters if amount >= AMOUNT["full"] else dice.sample(chapters, amount // 3)
    said = [*LOUD, *picked, *islice(texts(dice), max(0, amount - len(picked)))]
    with _bug(planted):
        kept = [textgate.clean(text) for text in said]
        for text in kept:
            _is_clean(text)
        for engine in both():
            _stored(engine, kept)
        pages = _printed([k for k in kept if k])
    return {"texts": len(said), "code points": len({c for text in said for c in text}), "printed": pages}


def _chapters() -> Iterator[str]:
    for first in range(0, 0x110000, CHAPTER):
        yield "".join(map(chr, range(first, first + CHAPTER)))


def _is_clean(text: str) -> None:
    """Nothing in it that some store, format or screen refuses; and passing the gate again changes nothing."""
    left = {c for c in text if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE)}
    left |= {c for c in text if "\ufdd0" <= c <= "\ufdef" or unicodedata.bidirectional(c) in STEERING}
    expect(not left, f"{sorted(map(hex, map(ord, left)))[:5]} is left")
    expect(textgate.clean(text) == text, f"the gate changes {text[:40]!r} once more")
    expect(unicodedata.is_normalized("NFC", text), f"{text[:40]!r} is not as it is compared")


def _stored(engine: Engine, kept: Sequence[str]) -> None:
    """Every place that takes a person's words gives them back."""
    with writing(engine) as c:
        filing = a_filing(c, "11")
    person, old = person_of(filing), None
    try:
        for at in range(0, len(kept), BATCH):
            with writing(engine) as c:
                for text in kept[at : at + BATCH]:
                    journal.note(c, person, "opened", Place(), {"said": text}, NOW)
                    changes.set_aside(c, filing.id, "problems", None, {"said": text}, person, NOW, None, 0)
                    outbox.enqueue(c, "test:1", None, [to_data(Message(text))], NOW)
                    c.execute(update(t.units).values(name=text))
                    expect(c.execute(select(t.units.c.name)).scalar_one() == text, f"a unit's name: {text[:40]!r}")
            new = Answer(State.GIVEN, kept[at], reason=kept[at])
            change(engine, filing, ("problems", old, new))
            old = new
            with reading(engine) as c:
                stored = filings.answers(c, filing.id, tiny())["problems"]
            expect(stored == new, f"an answer: {kept[at][:40]!r}")
    except (DBAPIError, UnicodeError, ValueError) as e:
        raise Red(f"{engine.dialect.name} does not take it: {type(e).__name__}") from e
    with reading(engine) as c:
        details = c.execute(select(t.journal.c.detail).order_by(t.journal.c.id)).scalars().all()
        deeds = [json.loads(detail)["said"] for detail in details]
        lines = [line.new["said"] for line in changes.of_filing(c, filing.id) if line.aside and isinstance(line.new, dict)]
        bodies = c.execute(select(t.outbox.c.kind, t.outbox.c.body).order_by(t.outbox.c.id)).all()
    expect(deeds == list(kept), f"{engine.dialect.name}: the journal says what was said")
    expect(lines == list(kept), f"{engine.dialect.name}: the history says what was said")
    replies = [from_data(row.kind, json.loads(row.body)) for row in bodies]
    expect([r.text for r in replies if isinstance(r, Message)] == list(kept), f"{engine.dialect.name}: a message says it")


def _printed(kept: Sequence[str]) -> int:
    """Word, spreadsheet, picture and chat."""
    count = 0
    try:
        for at in range(0, len(kept), BATCH):
            text = kept[at]
            one = " ".join(text.split()) or "无"
            content = draft(HECHENG, {"problems": given(text)}, "report", unit=one).content
            shown = "".join(paragraphs(content))
            for line in filter(str.strip, text.split("\n")):
                expect(line.strip(" \t") in shown, f"the report does not say {line[:40]!r}")
            made = summary(
                tiny(),
                {"problems": given(text)},
                score(tiny(), {}),
                unit=one,
                past=[(k[:900], "") for k in kept[at : at + BATCH]],
            )
            cells = {c.value for page in load_workbook(BytesIO(made)) for row in page.iter_rows() for c in row}
            lost = [k for k in kept[at : at + BATCH] if k[:900].strip() and k[:900] not in cells]
            expect(not lost, f"the spreadsheet does not say {lost[:1]!r}")
            if not count % 5:
                expect(score_picture(tiny(), score(tiny(), {}), one[:60], provisional=False)[:4] == b"\x89PNG", "a picture")
            count += 1
    except (BadReport, ValueError, TypeError, UnicodeError) as e:
        raise Red(f"it cannot be printed: {type(e).__name__}: {str(e)[:100]}") from e
    return count


def _bug(planted: str) -> ExitStack:
    """No gate; one that knows of NUL and surrogates alone; one that composes letters after looking at them, and not again."""
    stack = ExitStack()
    gates = {
        "no_gate": lambda text, **_: text,
        "only_nul": lambda text, **_: "".join(c for c in text if c and not "\ud800" <= c <= "\udfff").replace("\0", ""),
        "not_twice": lambda text, **_: textgate._FORBIDDEN.sub("", unicodedata.normalize("NFD", text).strip()),
    }
    if planted:
        stack.enter_context(patch.object(textgate, "clean", gates[planted]))
    return stack
