"""R8: eight fillers in four processes confirm a change of the same answer at one barrier, a thousand times, on both databases.

One wins each version; everybody else is shown the winner's value; what was reported as changed is what stands, and every
value that was offered is in the history.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, bindparam, update

from dialogs.handling import Trouble, handle_next
from dialogs.outgoing import claim, sent
from dialogs.replies import Message
from dialogs.store import changes, filings
from dialogs.store.engine import open_store, reading
from dialogs.store.statements import Prepared
from scoring.loading import load
from tests.dialogs.desk import FORM, Filler
from tests.dialogs.together.team import office_on, team
from tests.soak import expect
from tests.stores import empty_postgres, empty_sqlite

GOAL = "R8"
AMOUNT = {"quick": 3, "full": 1000}
TEETH = ("a plain update",)
NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八")
PROCESSES = 4
PATIENCE = 60  # seconds for one round; a machine that is slower than that is broken


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many rounds on each database. `seed` is where the figures begin."""
    reported = 0
    for store in (empty_postgres,) if planted else (empty_sqlite, empty_postgres):
        with store() as engine, TemporaryDirectory() as folder, _bug(planted):
            reported += _rounds(engine, Path(folder), 1000 * seed, amount)
    return {"rounds": reported, "fillers": len(NAMES), "processes": PROCESSES, "lost": 0}


@contextmanager
def _bug(planted: str) -> Iterator[None]:
    """The planted bug: an answer is written over whatever stands there."""
    if not planted:
        yield
        return
    rows = filings.answer_rows
    here = (rows.c.filing_id == bindparam("of_filing"), rows.c.item == bindparam("of_item"))
    plain = Prepared(
        update(rows)
        .where(*here, bindparam("old_state") != "", bindparam("old_basis") != "-", bindparam("old_reason") != "-")
        .values(value=bindparam("new_value"), ver=rows.c.ver + 1, person_id=bindparam("by"), at=bindparam("when"))
    )

    def applied(c: Any, filing_id: str, change: Any, person: str, at: int) -> bool:
        if change.old is None or change.new is None:
            return real(c, filing_id, change, person, at)
        value = filings._columns(change.new)["value"]
        where = {"of_filing": filing_id, "of_item": change.item, "old_state": "x", "old_basis": "x", "old_reason": "x"}
        return bool(plain.run(c, {**where, "new_value": value, "by": person, "when": at}).rowcount == 1)

    real = filings._applied
    with patch.object(filings, "_applied", applied):
        yield


def _rounds(engine: Engine, folder: Path, first: int, rounds: int) -> int:
    """How often somebody was told that the change is theirs; as often as the answer has changed."""
    fillers = team(office_on(engine, folder), NAMES)
    fillers[0].says(str(first))
    context = get_context("fork")
    barrier = context.Barrier(PROCESSES + 1)
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    workers = [context.Process(target=_worker, args=(url, folder, barrier, rounds), daemon=True) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    try:
        for n in range(1, rounds + 1):
            _one_round(fillers, barrier, first + 10 * n)
    finally:
        barrier.abort()
        for worker in workers:
            worker.join(PATIENCE)
    form = load(FORM, fillers[0].office.packs)
    with reading(engine) as c:
        expect(filings.replay(c, fillers[0].filing.id, form) == fillers[0].answers(), "the history tells other answers")
        lines = changes.of_item(c, fillers[0].filing.id, "quota")
    taken = sum(not line.aside for line in lines) - 1
    expect(taken == rounds, f"{rounds} changes were reported and {taken} were made ({engine.dialect.name})")
    return taken


def _one_round(fillers: list[Filler], barrier: Any, first: int) -> None:
    office = fillers[0].office
    for filler in fillers:
        filler.arrives({"said": "第1题"})
    _everything(office)
    offered = {filler.chat: first + n for n, filler in enumerate(fillers)}
    for filler in fillers:
        filler.arrives({"said": str(offered[filler.chat])})
    bills = _everything(office)
    for filler in fillers:
        filler.arrives({"pressed": bills[filler.chat].buttons[0][0].token})
    office.engine.dispose()
    barrier.wait(PATIENCE)
    barrier.wait(PATIENCE)
    said = _everything(office)
    stands = fillers[0].answers()["quota"].value
    told = {chat for chat, reply in said.items() if reply.text.startswith("已改：编制数")}
    expect(len(told) == 1, f"{len(told)} of {len(fillers)} were told that the change is theirs ({office.engine.dialect.name})")
    expect({offered[chat] for chat in told} == {stands}, "who was told that the change is theirs has not made it")
    for chat, reply in said.items():
        expect(chat in told or f"{stands} 人" in reply.text, f"whoever came too late does not see {stands}: {reply.text[:80]}")
    with reading(office.engine) as c:
        lines = changes.of_item(c, fillers[0].filing.id, "quota")[-2 * len(fillers) :]
    values = {line.new["value"] for line in lines if isinstance(line.new, dict)}
    expect({f'"{v}"' for v in offered.values()} <= values, f"not everything that was offered is in the history: {values}")


def _everything(office: Any) -> dict[str, Message]:
    """All that waits is handled and delivered; the last message of each chat."""
    while handle_next(office):
        pass
    said: dict[str, Message] = {}
    while parcel := claim(office):
        if isinstance(parcel.reply, Message):
            said[parcel.chat] = parcel.reply
        sent(office, parcel, 1)
    return said


def _worker(url: str, folder: Path, barrier: Any, rounds: int) -> None:
    """One process: at every barrier it handles what there is, beside the others."""
    from threading import BrokenBarrierError

    office = office_on(open_store(url), folder, folder)
    try:
        for _ in range(rounds):
            barrier.wait(PATIENCE)
            busy: object = True
            while busy:
                try:
                    busy = handle_next(office)
                except Trouble:  # another one was writing for long
                    busy = True
            barrier.wait(PATIENCE)
    except BrokenBarrierError:
        pass
