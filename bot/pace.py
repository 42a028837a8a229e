"""A steady pace for sending: at most so many messages a second over all chats."""

import asyncio
from collections.abc import Callable


class Pace:
    """`turn()` returns when the next message may leave. The clock is the event loop's."""

    def __init__(self, per_second: float = 25, clock: Callable[[], float] | None = None) -> None:
        self.gap = 1 / per_second
        self.clock = clock or (lambda: asyncio.get_running_loop().time())
        self.next = 0.0

    def hold(self, seconds: float) -> None:
        """Nothing leaves for so long: the channel has said so."""
        self.next = max(self.next, self.clock() + seconds)

    async def turn(self) -> None:
        """Wait for this message's place in the row."""
        now = self.clock()
        due = max(now, self.next)
        self.next = due + self.gap
        if due > now:
            await asyncio.sleep(due - now)
