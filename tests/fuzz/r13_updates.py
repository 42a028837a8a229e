"""R13: updates broken in every way, a hundred at a time through polling, inbox and worker, each batch with one good one.

Nothing is raised, every poison is set aside once, the good one is served, and no word of anybody stands in a log.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from random import Random
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import AsyncMock, patch

from sqlalchemy import delete, func, select
from telegram import Update

from bot.telegram import polling, updates
from bot.telegram.connection import Line
from bot.telegram.updates import CHANNEL, Malformed
from dialogs import handling
from dialogs.events import Arrival, Event
from dialogs.handling import handle_next
from dialogs.replies import Message, from_data
from dialogs.store import inbox
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from tests.fuzz.listening import Listener, listening
from tests.fuzz.mutating import mutated
from tests.fuzz.samples import message, sample
from tests.fuzz.town import CANARY, EVERYBODY, WITNESS, Town, town
from tests.soak import expect

GOAL = "R13"
AMOUNT = {"quick": 600, "full": 100_000}  # broken updates
EMPTIED = "{}"  # what is left of an update that carried a code
BATCH = 100
TWO_IN_ONE = 0.03  # updates that speak of two things, by two people
PATIENCE = 3  # polls of one batch before it is called stuck
SPOKEN = (CANARY, json.dumps(CANARY)[1:-1], "canary100")  # as typed, as stored, and in everybody's user name
MOST_TEXT, MOST_DATA = 4096, 64


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many broken updates; how many of them were understood, how many set aside."""
    with ExitStack() as stack:
        town_ = stack.enter_context(town(seed))
        heard = stack.enter_context(listening())
        if planted:
            stack.enter_context(PLANTED[planted](town_))
        gauntlet = Gauntlet(town_, heard, seed)
        asyncio.run(gauntlet.run(amount))
    return gauntlet.figures


class Gauntlet:
    """Telegram at one end, the worker at the other; what is polled is handled before the next poll."""

    def __init__(self, town: Town, heard: Listener, seed: int) -> None:
        self.town, self.heard = town, heard
        self.chance = Random(f"{seed}/updates")
        self.number = 500_000_000
        self.batch: list[dict[str, Any]] = []
        self.polls = 0  # of the present batch
        self.left = 0
        self.tokens: dict[str, list[str]] = {}
        self.stop = asyncio.Event()
        self.red: Exception | None = None
        self.slowest = 0.0
        self.figures: dict[str, object] = {}
        self.counts = {"updates": 0, "handled": 0, "parked": 0, "replies": 0}

    async def run(self, amount: int) -> None:
        self.left = amount
        bot = SimpleNamespace(token="123456789:AAabcdefghijklmnopqrstuvwxyz0123456789", base_url="https://t.invalid/bot")
        line = cast(Line, SimpleNamespace(bot=bot, polling=SimpleNamespace(retrieve=self._polled)))
        hasty = {"FIRST_PAUSE": 0, "LONGEST_PAUSE": 0, "withdraw": AsyncMock()}
        with patch.multiple(polling, **hasty):
            await polling.poll(line, self._receive, AsyncMock(return_value=True), self.stop)
        if self.red is not None:
            raise self.red
        self.figures = {key: f"{count:,}" for key, count in self.counts.items()}
        self.figures["slowest"] = f"{1000 * self.slowest:.0f} ms of CPU"

    # Telegram's side.

    async def _polled(self, url: str, **_: object) -> bytes:
        """The present batch, or what went wrong with it: polling itself would only try again."""
        try:
            return await self._next(url)
        except Exception as red:
            self.red = red
            self.stop.set()
            return b""

    async def _next(self, url: str) -> bytes:
        """The present batch until it is confirmed, then the next one."""
        if not self.batch or f"offset={self.number + 1}" in url:
            self._confirmed()
            if self.left <= 0:
                self.stop.set()
                await asyncio.Event().wait()  # as an empty poll does, until somebody stops it
            self.batch, self.polls = [*self._broken(), self._good()], 0
        self.polls += 1
        expect(self.polls <= PATIENCE, f"a batch is polled again and again; {self.heard.defects[-1:]}")
        return json.dumps({"ok": True, "result": self.batch}, ensure_ascii=self.chance.random() < 0.9).encode("utf-8", "replace")

    def _broken(self) -> Iterator[dict[str, Any]]:
        for _ in range(min(BATCH - 1, self.left)):
            self.left -= 1
            self.number += 1
            whole = self._sample()
            if self.chance.random() < TWO_IN_ONE:
                whole |= self._sample()
            broken = mutated(self.chance, {"update_id": self.number, **whole})
            if broken.get("update_id") == self.number + 1:  # the number of the next one, which would then be known already
                broken["update_id"] = self.number
            yield broken

    def _sample(self) -> dict[str, Any]:
        who = self.chance.choice(EVERYBODY)
        return sample(self.chance, who, self.tokens.get(f"{CHANNEL}:{who}", ()))

    def _good(self) -> dict[str, Any]:
        self.number += 1
        return {"update_id": self.number, "message": message(self.chance, WITNESS, text="帮助")}

    # Our side.

    async def _receive(self, arrivals: Sequence[Arrival]) -> None:
        with writing(self.town.engine) as c:
            inbox.receive(c, arrivals, self.town.county.clock())
        for _ in range(3 * len(arrivals)):
            began = time.thread_time()
            if handle_next(self.town.office) is None:
                break
            self.slowest = max(self.slowest, time.thread_time() - began)
            self.counts["handled"] += 1

    def _confirmed(self) -> None:
        """What must hold once a batch is done; then it is cleared away."""
        if not self.batch:
            return
        self.counts["updates"] += len(self.batch) - 1
        expect(not self.heard.defects, f"a defect: {self.heard.defects[:1]}")
        spoken = [line for line in self.heard.lines if any(word in line for word in SPOKEN)]
        expect(not spoken, f"a log tells what somebody wrote: {spoken[:1]}")
        self.heard.clear()
        with reading(self.town.engine) as c:
            waiting = c.execute(select(func.count()).select_from(t.inbox).where(t.inbox.c.state == "new")).scalar_one()
            expect(waiting == 0, f"{waiting} updates still wait")
            parked = c.execute(
                select(t.inbox.c.body, t.inbox.c.error, t.inbox.c.attempts).where(t.inbox.c.state == "parked")
            ).all()
            wrong = [row for row in parked if row.error != "malformed" or row.attempts]
            expect(not wrong, f"set aside as {[row.error for row in wrong[:3]]}: {str(wrong[:1])[:500]}")
            served = (
                select(func.count())
                .select_from(t.outbox.join(t.inbox, t.outbox.c.inbox_id == t.inbox.c.id))
                .where(t.inbox.c.update_id == self.number)
            )
            expect(c.execute(served).scalar_one() > 0, "the good update at the end is not served")
            said = select(t.outbox.c.chat, t.outbox.c.kind, t.outbox.c.body, t.inbox.c.body).join(
                t.inbox, t.outbox.c.inbox_id == t.inbox.c.id
            )
            for chat, kind, body, update in c.execute(said).all():
                event = self.town.office.understand[CHANNEL](update, 0)
                here = update == EMPTIED or (event is not None and event.chat == chat)
                expect(here, f"what was said in one chat is answered in another: {update}"[:500])
                self._can_be_sent(chat, kind, json.loads(body))
        self.counts["parked"] += len(parked)
        with writing(self.town.engine) as c:
            c.execute(delete(t.outbox))
            c.execute(delete(t.inbox))
            c.execute(delete(t.evidence))

    def _can_be_sent(self, chat: str, kind: str, body: dict[str, Any]) -> None:
        self.counts["replies"] += 1
        reply = from_data(kind, body)
        if not isinstance(reply, Message):
            return
        buttons = [b for row in reply.buttons for b in row]
        fits = len(reply.text.encode("utf-16-le")) // 2 <= MOST_TEXT and 0 <= reply.edits < 2**63
        fits = fits and all(len(b.token.encode()) <= MOST_DATA and b.text for b in buttons)
        expect(fits and bool(reply.text), f"Telegram would refuse {body}"[:500])
        self.tokens[chat] = [*(b.token for b in buttons), *self.tokens.get(chat, ())][:40]


# What is planted.


@contextmanager
def _parsed_as_polled(_: Town) -> Iterator[None]:
    """What the library's own polling does: the batch becomes its objects first, and one that cannot stops them all."""
    before = polling._updates

    async def parsed(line: Line, offset: int | None) -> list[dict[str, Any]]:
        raw = await before(line, offset)
        for update in raw:
            Update.de_json(update, None)
        return raw

    with patch.object(polling, "_updates", parsed):
        yield


def _hearing(heard: Callable[[str, int], Event | None]) -> Callable[[Town], AbstractContextManager[object]]:
    """Another understanding of updates."""
    return lambda town: patch.dict(cast(dict[str, object], town.office.understand), {CHANNEL: heard})


def _raising(body: str, at: int) -> Event | None:
    try:
        return updates.understand(body, at)
    except Malformed as malformed:
        raise (malformed.__cause__ if isinstance(malformed.__cause__, KeyError | TypeError) else malformed) from None


def _telling(body: str, at: int) -> Event | None:
    try:
        return updates.understand(body, at)
    except Malformed:
        logging.getLogger("bot").warning("cannot make sense of %s", body)
        raise


def _any_number(_: Town) -> AbstractContextManager[object]:
    return patch.object(updates, "LARGEST", 2**80)


def _mixed(_: Town) -> AbstractContextManager[object]:
    return patch.object(handling, "_is_whole", lambda event, taken: True)


PLANTED: Mapping[str, Callable[[Town], AbstractContextManager[object]]] = {
    "updates parsed by the library as they are polled": _parsed_as_polled,
    "what is malformed is raised": _hearing(_raising),
    "what is malformed is logged": _hearing(_telling),
    "numbers of any size": _any_number,
    "answers go where the envelope says": _mixed,
}
TEETH = tuple(PLANTED)
