"""Delivery: what cannot be delivered does not hold up what can; floods hold everything; nobody waits for ever."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.delivery import PATIENCE, Delivery
from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.worker import Worker
from dialogs.events import Arrival
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import Sheet, turnover
from dialogs.replies import File, Message, Picture, Reply, to_data
from dialogs.store import inbox, outbox
from dialogs.store.engine import reading, writing
from dialogs.store.paces import Limits
from dialogs.store.tables import outbox as rows
from tests.dialogs.desk import Filler, make_office, tiny_packs

NOW = 1_614_556_800


class Carrier:
    """Carries replies as told, one outcome after another; then everything arrives."""

    def __init__(self, *outcomes: Exception) -> None:
        self.outcomes = list(outcomes)
        self.arrived: list[Reply] = []
        self.said: list[str] = []

    async def carry(self, chat: str, reply: Reply, sheet: Sheet | None) -> int:
        if self.outcomes:
            raise self.outcomes.pop(0)
        self.arrived.append(reply)
        return len(self.arrived)

    async def apologise(self, chat: str, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(f"sqlite:///{tmp_path}/a.db", tiny_packs(tmp_path / "packs"))
    yield made  # type: ignore[misc]
    made.engine.dispose()


def deliver(office: Office, carrier: Carrier, times: int = 1, at: int = NOW) -> None:
    """Try so many deliveries at this moment."""
    later = replace(office, clock=lambda: at)

    async def in_thread(function: Callable[..., object], *arguments: object) -> object:
        return function(*arguments)

    async def work() -> None:
        delivery = Delivery(later, carrier.carry, carrier.apologise, in_thread)
        for _ in range(times):
            await delivery.deliver_one()

    asyncio.run(work())


def waiting(office: Office, *replies: Reply) -> None:
    with writing(office.engine) as c:
        outbox.enqueue(c, "test:1", None, [to_data(r) for r in replies], NOW)


def states(office: Office) -> list[str]:
    with reading(office.engine) as c:
        return [r[0] for r in c.execute(rows.select().with_only_columns(rows.c.state).order_by(rows.c.id))]


def test_a_reply_arrives_and_is_marked(office: Office) -> None:
    carrier = Carrier()
    waiting(office, Message("一"), Message("二"))
    deliver(office, carrier, 3)
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["一", "二"]
    assert states(office) == ["sent", "sent"]


@pytest.mark.parametrize("outcome", [TryAgain(), Ambiguous(), Blocked()])
def test_what_may_succeed_later_keeps_its_place(office: Office, outcome: Exception) -> None:
    carrier = Carrier(outcome)
    waiting(office, Message("一"), Message("二"))
    deliver(office, carrier, 3)
    assert carrier.arrived == []
    deliver(office, carrier, 3, at=NOW + 100_000)
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["一", "二"]


def test_what_is_refused_for_good_makes_way(office: Office) -> None:
    carrier = Carrier(Refused("too long"))
    waiting(office, Message("一"), Message("二"))
    deliver(office, carrier, 2)
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["二"]
    assert states(office) == ["parked", "sent"]


def test_a_flood_holds_every_chat_back(office: Office) -> None:
    office = replace(office, limits=Limits(per_second=1_000_000))
    carrier = Carrier(Wait(30))
    waiting(office, Message("一"))
    with writing(office.engine) as c:
        outbox.enqueue(c, "test:2", None, [to_data(Message("二"))], NOW)
    deliver(office, carrier, 3)
    deliver(office, carrier, 3, at=NOW + 28)
    assert carrier.arrived == []
    deliver(office, carrier, 3, at=NOW + 31)
    assert len(carrier.arrived) == 2


def test_a_document_that_cannot_be_made_is_given_up_and_the_person_told(office: Office) -> None:
    carrier = Carrier()
    waiting(office, File("no such document", "第 1 版"), Message("后面的话"))
    for n in range(PATIENCE + 1):
        deliver(office, carrier, 2, at=NOW + 10_000 * n)
    assert states(office) == ["parked", "sent"]
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["后面的话"]
    assert len(carrier.said) == 1
    assert "没有做成" in carrier.said[0]


def test_a_document_waits_for_a_store_in_trouble_however_long(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is wrong with the document: it is not given up, and nobody is told so."""
    carrier = Carrier()
    waiting(office, File("d1"))

    def full(*_: object) -> Sheet:
        raise OperationalError("", {}, Exception("database or disk is full"))

    monkeypatch.setattr("dialogs.outgoing.sheet_for", full)
    for n in range(PATIENCE + 3):
        deliver(office, carrier, at=NOW + 10_000 * (n + 1))
    assert states(office) == ["new"]
    assert not carrier.said
    monkeypatch.setattr("dialogs.outgoing.sheet_for", lambda *_: Sheet("a.docx", b"x"))
    deliver(office, carrier, at=NOW + 10_000 * (PATIENCE + 9))
    assert states(office) == ["sent"]


def test_documents_of_the_conversation_are_drafted_and_sent(tmp_path: Path) -> None:
    office = make_office(f"sqlite:///{tmp_path}/b.db", tmp_path, ("example/basic",))
    filler = Filler(office).begins()
    filler.arrives({"said": "生成草稿"})
    handle_next(office)
    carrier = Carrier()
    deliver(office, carrier, 10)
    assert [type(r) for r in carrier.arrived[-2:]] == [File, Picture]
    assert set(states(office)) == {"sent"}
    office.engine.dispose()


def run(office: Office, carrier: Carrier, in_thread: Callable[..., Awaitable[object]], until: Callable[[], bool]) -> None:
    """A delivery that runs, with a store it reaches as told, until so much has come of it."""

    async def work() -> None:
        stop = asyncio.Event()
        delivery = Delivery(office, carrier.carry, carrier.apologise, in_thread)
        running = asyncio.create_task(delivery.run(stop))
        async with asyncio.timeout(20):
            while not until():
                delivery.wake.set()
                await asyncio.sleep(0)
        stop.set()
        await running

    asyncio.run(work())


def test_what_was_claimed_in_a_commit_nobody_knows_the_end_of_does_not_wait_for_its_lease(office: Office) -> None:
    """The server wrote it and fell before it said so: the rows are ours, and nobody carries them."""
    worker, carrier, lost = replace(office, worker="me"), Carrier(), [OperationalError("", {}, Exception("server closed"))]
    with writing(office.engine) as c:
        outbox.enqueue(c, "test:1", None, [to_data(Message("一")), to_data(Message("二"))], NOW)

    async def in_thread(function: Callable[..., object], *arguments: Any) -> object:
        done = function(*arguments)
        if function is turnover and lost:
            raise lost.pop()
        return done

    run(worker, carrier, in_thread, lambda: states(office) == ["sent", "sent"])
    assert [reply.text for reply in carrier.arrived if isinstance(reply, Message)] == ["一", "二"]


def test_what_has_arrived_while_the_store_was_in_trouble_is_marked_later_and_not_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.IDLE", 0.001)
    trouble = [OperationalError("", {}, Exception("locked")) for _ in range(5)]

    async def in_thread(function: Callable[..., object], *arguments: Any) -> object:
        if carrier.arrived and trouble:
            raise trouble.pop()
        return function(*arguments)

    carrier = Carrier()
    waiting(office, Message("一"), Message("二"))
    run(office, carrier, in_thread, lambda: states(office) == ["sent", "sent"])
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["一", "二"]
    assert not trouble


def test_under_load_marks_and_claims_share_their_transactions(office: Office) -> None:
    turns: list[tuple[int, int]] = []

    async def in_thread(function: Callable[..., object], *arguments: Any) -> object:
        if function is turnover:
            turns.append((len(arguments[1]), arguments[3]))
        await asyncio.sleep(0)
        return function(*arguments)

    with writing(office.engine) as c:
        for n in range(60):
            outbox.enqueue(c, f"test:{n}", None, [to_data(Message(str(n)))], NOW)
    run(office, Carrier(), in_thread, lambda: states(office) == ["sent"] * 60)
    assert sum(marked for marked, _ in turns) == 60
    assert max(marked for marked, _ in turns) > 4
    assert all(claimed <= 16 for _, claimed in turns)


def test_a_reply_nobody_can_make_out_holds_up_nobody_else(office: Office) -> None:
    """As one of a later edition of the program would be."""
    carrier = Carrier()
    with writing(office.engine) as c:
        outbox.enqueue(c, "test:1", None, [("of a later edition", {})], NOW)
        outbox.enqueue(c, "test:2", None, [to_data(Message("二"))], NOW)
        outbox.enqueue(c, "test:1", None, [to_data(Message("后面的话"))], NOW)
    deliver(office, carrier, 2)
    assert [r.text for r in carrier.arrived if isinstance(r, Message)] == ["二"]
    for n in range(1, PATIENCE + 1):
        deliver(office, carrier, 2, at=NOW + 10_000 * n)
    assert states(office) == ["parked", "sent", "sent"]


def test_under_load_a_few_chats_are_heard_at_a_time_and_one_who_types_ahead_is_answered_one_by_one(office: Office) -> None:
    def heard(*chats: str) -> list[list[str]]:
        """Which chats were heard in one go, until there was no event left."""
        with writing(office.engine) as c:
            first = inbox.latest_update(c, "test", "me") + 1
            arrivals = [
                Arrival("test", "me", first + n, chat, chat, json.dumps({"said": "你好", "chat": chat}))
                for n, chat in enumerate(chats)
            ]
            inbox.receive(c, arrivals, NOW)
        worker, batches = Worker(office, in_thread, Carrier().apologise), [[]]
        while some := worker._some(frozenset(batches[-1])):
            batches.append([done.chat for done, _ in some])
        return batches[1:]

    async def in_thread(function: Callable[..., object], *arguments: Any) -> object:
        return function(*arguments)

    assert heard("test:1", "test:2", "test:3", "test:4", "test:5") == [[f"test:{n}" for n in range(1, 5)], ["test:5"]]
    assert heard("test:7", "test:7", "test:7", "test:7") == [["test:7", "test:7"], ["test:7"], ["test:7"]]
