"""Looks at the store for those who watch over it: in a thread of its own, one look at a time, never longer than some patience.

A database that hangs makes one thread wait, however often it is asked for. Not here: what is made of a look.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")

PATIENCE = 3.0  # seconds


class Lookout(Generic[T]):
    """`look` is blocking work. Whoever asks while it is being done shares its result."""

    def __init__(self, look: Callable[[], T]) -> None:
        self._look = look
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watch")
        self._at_work: asyncio.Future[T] | None = None

    async def seen(self) -> T:
        """What there is to see. Raises TimeoutError, and whatever the look raises."""
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.get_running_loop().run_in_executor(self._thread, self._look)
            self._at_work.add_done_callback(_heard)
        async with asyncio.timeout(PATIENCE):
            return await asyncio.shield(self._at_work)

    def close(self) -> None:
        """No more looks; one that hangs is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _heard(look: asyncio.Future[T]) -> None:
    """A failure nobody waited for any longer is no news."""
    if not look.cancelled():
        look.exception()
