"""Eight fillers answer the same question at one barrier: one winner, seven who see its answer, and every answer in the history.

On SQLite and on PostgreSQL, with a worker for each, and again when several insist.
"""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.handling import handle_next
from dialogs.outgoing import claim, sent
from dialogs.replies import Message
from dialogs.store import changes, filings
from dialogs.store.engine import reading
from scoring.loading import load
from tests.dialogs.desk import FORM, Filler
from tests.dialogs.together.team import office_on, team

NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八")


def at_once(fillers: list[Filler]) -> dict[str, Message]:
    """Every worker handles what is there, all starting together; the last message of each chat."""
    office, barrier = fillers[0].office, threading.Barrier(len(fillers))

    def work() -> None:
        barrier.wait()
        while handle_next(office):
            pass

    workers = [threading.Thread(target=work) for _ in fillers]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while handle_next(office):
        pass
    said: dict[str, Message] = {}
    while parcel := claim(office):
        if isinstance(parcel.reply, Message):
            said[parcel.chat] = parcel.reply
        sent(office, parcel, 1)
    return said


@pytest.mark.parametrize("insisting", [0, 3])
def test_one_winner_and_every_loser_is_shown_the_others_answer(engine: Engine, tmp_path: Path, insisting: int) -> None:
    fillers = team(office_on(engine, tmp_path), NAMES)
    offered = {f.chat: 30 + n for n, f in enumerate(fillers)}
    for filler in fillers:
        filler.arrives({"said": str(offered[filler.chat])})
    said = at_once(fillers)
    winners = [chat for chat, reply in said.items() if "已记：编制数" in reply.text]
    stands = fillers[0].answers()["quota"].value
    assert [offered[chat] for chat in winners] == [stands]
    losers = [f for f in fillers if f.chat not in winners]
    for loser in losers:
        assert f"：{stands} 人" in said[loser.chat].text
        assert f"你：{offered[loser.chat]} 人" in said[loser.chat].text
    insisters = losers[:insisting]
    for loser in insisters:
        loser.arrives({"pressed": said[loser.chat].buttons[1][0].token})
    again = at_once(fillers)
    took = [chat for chat, reply in again.items() if "改成了你的" in reply.text]
    assert len(took) == min(1, insisting)  # of those who insist at once one does; the others see what it did
    assert sum("又改了一次" in reply.text for reply in again.values()) == len(insisters) - len(took)
    with reading(fillers[0].office.engine) as c:
        filing = fillers[0].filing
        form = load(FORM, fillers[0].office.packs)
        lines = changes.of_item(c, filing.id, "quota")
        assert filings.replay(c, filing.id, form) == filings.answers(c, filing.id, form)
    ver = 1 + len(took)
    assert sum(not line.aside for line in lines) == ver  # one line for every version, each with its winner
    assert {line.new["value"] for line in lines} == {f'"{v}"' for v in offered.values()}  # nobody's answer is lost


def test_nobody_is_told_that_something_was_stored_which_was_not(engine: Engine, tmp_path: Path) -> None:
    """Rounds of the same race on a question that has an answer already."""
    fillers = team(office_on(engine, tmp_path), NAMES[:4])
    fillers[0].says("20")
    for round in range(5):
        for filler in fillers:
            filler.says("第1题")
        for n, filler in enumerate(fillers):
            filler.arrives({"said": str(100 * (round + 1) + n)})
        bills = at_once(fillers)
        for filler in fillers:
            filler.arrives({"pressed": bills[filler.chat].buttons[0][0].token})
        said = at_once(fillers)
        stored = [m.text for m in said.values() if m.text.startswith("已改：编制数")]
        assert len(stored) == 1, [m.text for m in said.values()]
        assert str(fillers[0].answers()["quota"].value) in stored[0]
