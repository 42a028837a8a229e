"""S16: whoever edits or removes a line of the audit, or a seal, is found out; forgetting a person is not mistaken for it.

Every trial does one thing to the database in a transaction, has the chain looked at, and takes it back.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine, Table, delete, select, text, update

from dialogs.access.rights import Place
from dialogs.store import changes, journal, office_settings, personal, sealed, sealing
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.tables import seals
from scoring.answers import given
from tests.dialogs.store.stock import NOW, a_filing, change, person_of
from tests.soak import expect
from tests.stores import both

GOAL = "S16"
AMOUNT = {"quick": 60, "full": 1000}
TEETH = ("no_sequence", "no_link", "silent_forgetting")

NAME = "欧阳金丝雀"
TABLES = {"journal": t.journal, "history": t.history, "seals": seals}


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many trials on each database."""
    found: dict[str, object] = {}
    for engine in both():
        with _bug(planted):
            found[engine.dialect.name] = trials(engine, seed, amount, recorded=planted != "no_sequence")
    return found


def trials(engine: Engine, seed: int, amount: int, *, recorded: bool = True) -> int:
    """Every one of them is noticed; how many there were. `recorded`: the head was written down elsewhere, too."""
    dice = random.Random(seed)
    head = _a_life(engine, dice)
    known = (head,) if recorded else ()
    with reading(engine) as c:
        before = sealed.verify(c, known)
    expect(before.whole and before.waiting == 0, f"a chain nobody touched: {before.damage}")
    expect(before.again == {"forgot:p7.1": 1}, f"forgetting gives its reason: {before.again}")
    attacks = ATTACKS if recorded else tuple(attack for attack in ATTACKS if attack is not _flip_head)
    for number in range(amount):
        attack = dice.choice(attacks)
        with engine.connect() as c, c.begin() as transaction:
            _unchecked(c)
            told = attack(c, dice)
            verdict = sealed.verify(c, known)
            transaction.rollback()
        expect(not verdict.whole, f"trial {number} on {engine.dialect.name} was not noticed: {told}")
    with reading(engine) as c:
        expect(sealed.verify(c, known).whole, "taken back, everything is whole again")
    return amount


def _a_life(engine: Engine, dice: random.Random) -> sealing.Head:
    """Answers, deeds and somebody forgotten, sealed little by little. The head as it was written down elsewhere."""
    with writing(engine) as c:
        filing = a_filing(c, "7")
        person = person_of(filing)
        c.execute(update(t.people).values(name=NAME))
    old = None
    for turn in range(12):
        new = given(f"第{turn}次说的话，{'长' * turn}")
        change(engine, filing, ("fund_text", old, new))
        with writing(engine) as c:
            journal.note(c, person, "opened", Place("", filing.unit_id, filing.id), {"turn": turn, "名": "甲"}, NOW + turn)
            changes.set_aside(c, filing.id, "fund_text", None, {"v": turn}, person, NOW + turn, turn, turn)
        old = new
        if turn == 5:
            with writing(engine) as c:
                journal.note(c, person, "joined", Place(), {"name": NAME}, NOW)
        if turn % 3 == 2:
            sealing.seal(engine, NOW + 60 * turn, dice.randbytes)
    with writing(engine) as c:
        found = personal.find(c, person)
        assert found is not None
        personal.forget(c, found, NOW + 900, dice.randbytes)
        for turn in range(8):
            journal.note(c, person, "submitted", Place("", filing.unit_id, filing.id), {"turn": turn}, NOW + 1000 + turn)
    sealing.seal(engine, NOW + 2000, dice.randbytes)
    with reading(engine) as c:
        return sealing.head(c)


def _unchecked(c: Connection) -> None:
    """As whoever has the file in hands, or is the master of the server, is asked about no foreign key."""
    sqlite = c.dialect.name == "sqlite"
    c.execute(text("PRAGMA defer_foreign_keys=ON" if sqlite else "SET LOCAL session_replication_role = replica"))


def _row(c: Connection, dice: random.Random, table: Table) -> Any:
    return dice.choice(c.execute(select(table)).all())


def _this(table: Table, row: Any) -> Any:
    key = next(iter(table.primary_key.columns))
    return key == getattr(row, key.name)


def _flip(c: Connection, dice: random.Random) -> str:
    """One bit of one value of a line or of a seal."""
    table = TABLES[dice.choice(tuple(TABLES))]
    row = _row(c, dice, table)
    names = [column.name for column in table.columns if getattr(row, column.name) not in (None, "")]
    name = dice.choice(names)
    value = _flipped(dice, getattr(row, name), table.c[name].primary_key)
    if name == "source":
        value = "history" if row.source == "journal" else "journal"
    c.execute(update(table).where(_this(table, row)).values({name: value}))
    return f"{table.name}.{name} of {row[0]} from {getattr(row, name)!r} to {value!r}"


def _flipped(dice: random.Random, value: str | int, key: bool) -> str | int:
    if isinstance(value, int):
        return value ^ (1 << (dice.randrange(30, 40) if key else dice.randrange(40)))  # no other row has such a number
    while True:
        raw = bytearray(value.encode())
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        try:
            if 0 not in raw:  # PostgreSQL keeps neither NUL nor what is no text
                return raw.decode()
        except ValueError:
            continue


def _flip_head(c: Connection, dice: random.Random) -> str:
    kept = office_settings.get(c, sealing.HEAD)
    value = str(_flipped(dice, kept, key=False))
    office_settings.put(c, sealing.HEAD, value)
    return f"the head to {value}"


def _remove(c: Connection, dice: random.Random) -> str:
    """One line, or one seal."""
    table = TABLES[dice.choice(tuple(TABLES))]
    row = _row(c, dice, table)
    c.execute(delete(table).where(_this(table, row)))
    return f"{table.name} {row[0]} removed"


def _remove_with_seal(c: Connection, dice: random.Random) -> str:
    """A line, and every seal that speaks of it."""
    seal = _row(c, dice, seals)
    table = TABLES[seal.source]
    c.execute(delete(table).where(table.c.id == seal.row_id))
    c.execute(delete(seals).where(seals.c.source == seal.source, seals.c.row_id == seal.row_id))
    return f"{seal.source} {seal.row_id} removed with its seals"


def _renumber(c: Connection, dice: random.Random) -> str:
    """A line and its seal out of the middle, the later seals numbered as if it had never been."""
    seal = dice.choice(c.execute(select(seals).where(seals.c.reason == "")).all()[:-1])
    table = TABLES[seal.source]
    c.execute(delete(table).where(table.c.id == seal.row_id))
    c.execute(delete(seals).where(seals.c.source == seal.source, seals.c.row_id == seal.row_id))
    for number, row in enumerate(c.execute(select(seals).order_by(seals.c.seq)).all(), 1):
        c.execute(update(seals).where(seals.c.seq == row.seq).values(seq=number))
    last = c.execute(select(seals.c.seq, seals.c.hash).order_by(seals.c.seq.desc())).first()
    assert last is not None
    office_settings.put(c, sealing.HEAD, str(sealing.Head(*last)))
    return f"{seal.source} {seal.row_id} removed, the rest numbered anew"


def _cut(c: Connection, dice: random.Random) -> str:
    """The last lines with their seals: what a chain alone does not miss."""
    gone = c.execute(select(seals).order_by(seals.c.seq.desc()).limit(dice.randint(1, 5))).all()
    for seal in gone:
        c.execute(delete(seals).where(seals.c.seq == seal.seq))
        if not seal.reason:
            table = TABLES[seal.source]
            c.execute(delete(table).where(table.c.id == seal.row_id))
    return f"the last {len(gone)} seals and their lines removed"


def _cut_with_head(c: Connection, dice: random.Random) -> str:
    """The same by somebody who sets the head back as well: only the record elsewhere tells."""
    told = _cut(c, dice)
    last = c.execute(select(seals.c.seq, seals.c.hash).order_by(seals.c.seq.desc())).first()
    assert last is not None
    office_settings.put(c, sealing.HEAD, str(sealing.Head(*last)))
    return f"{told}, the head set back"


def _rewrite(c: Connection, dice: random.Random) -> str:
    """A line edited by somebody who makes its own seal fit."""
    seal = dice.choice(c.execute(select(seals).where(seals.c.reason == "", seals.c.salt != "")).all())
    table, number = TABLES[seal.source], seal.seq
    c.execute(update(table).where(table.c.id == seal.row_id).values(at=table.c.at + 1))
    row = c.execute(sealing.ROWS[seal.source], {"ids": [seal.row_id]}).one()
    said = sealing.digest(seal.salt, row)
    before = c.execute(select(seals.c.hash).where(seals.c.seq == number - 1)).scalar() or sealing.START.hash
    hash = sealing.link(before, number, seal.source, seal.row_id, said, "", seal.at)
    c.execute(update(seals).where(seals.c.seq == number).values(digest=said, hash=hash))
    return f"{seal.source} {seal.row_id} edited, its seal made to fit"


def _exchange(c: Connection, dice: random.Random) -> str:
    """What two lines say, exchanged."""
    one, other = dice.sample(c.execute(select(t.journal)).all(), 2)
    for this, that in ((one, other), (other, one)):
        values: Mapping[str, Any] = {k: v for k, v in that._mapping.items() if k != "id"}
        c.execute(update(t.journal).where(t.journal.c.id == this.id).values(**values))
    return f"journal {one.id} and {other.id} exchanged"


Attack = Callable[[Connection, random.Random], str]
ATTACKS: tuple[Attack, ...] = (
    *(_flip,) * 4,
    _flip_head,
    *(_remove,) * 3,
    _remove_with_seal,
    _renumber,
    _cut,
    _cut_with_head,
    _rewrite,
    _exchange,
)


def _bug(planted: str) -> ExitStack:
    """A seal that neither bears a number nor is counted; one that knows none before it; forgetting that seals nothing anew."""
    stack, link = ExitStack(), sealing.link

    def numberless(before: str, number: int, *words: Any) -> str:
        return link(before, 0, *words)

    def linkless(before: str, *words: Any) -> str:
        return link("", *words)

    def nothing(*_: object) -> Iterator[str]:
        return iter(())

    broken = {"no_sequence": numberless, "no_link": linkless}.get(planted, link)
    for module in (sealing, sealed):
        stack.enter_context(patch.object(module, "link", broken))
    if planted == "no_sequence":
        stack.enter_context(patch.object(sealed, "_gap", nothing))
        stack.enter_context(patch.object(sealed, "_kept", nothing))
    if planted == "silent_forgetting":
        stack.enter_context(patch.object(sealing, "reseal", lambda *_: 0))
    return stack
