"""Arrivals of many requests stored together: one commit carries all that came while the one before it was written.

Whoever hands one over waits until exactly that one is stored, or hears why it is not. Not here: HTTP.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from dialogs.events import Arrival

Receive = Callable[[Sequence[Arrival]], Awaitable[None]]  # returns after the commit, raises when there was none

BATCH = 100


class Intake:
    """`receive` is never called twice at once: the order in which arrivals came is the order in which they are stored."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def store(self, arrival: Arrival) -> None:
        """Returns once it is stored. Who gives up waiting takes it back, unless it is just being written."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        await done

    async def _store_all(self) -> None:
        while self._waiting:
            batch = [(arrival, done) for arrival, done in self._waiting[:BATCH] if not done.done()]
            del self._waiting[:BATCH]
            try:
                if batch:
                    await self.receive([arrival for arrival, _ in batch])
            except Exception as e:
                await self._blame(batch, e)
            else:
                for _, done in batch:
                    _settle(done, None)

    async def _blame(self, batch: list[tuple[Arrival, asyncio.Future[None]]], error: Exception) -> None:
        """One that cannot be stored must not keep out those it came with: each is tried alone."""
        if len(batch) == 1:
            _settle(batch[0][1], error)
            return
        for arrival, done in batch:
            try:
                if not done.done():
                    await self.receive([arrival])
            except Exception as e:
                _settle(done, e)
            else:
                _settle(done, None)


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():  # nobody waits any more
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
