"""Waiting for whichever comes first: an event, the end of a pause, or the end of some work."""

import asyncio
from collections.abc import Coroutine


async def first_of(*events: asyncio.Event, seconds: float) -> None:
    """Until one of the events is set, at most so long."""
    waits = [asyncio.create_task(e.wait()) for e in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when whoever waits is cancelled
        for wait in waits:
            wait.cancel()


async def until(stop: asyncio.Event, work: Coroutine[None, None, None], patience: float) -> None:
    """The work, which ends by itself after `stop`; what has not ended so many seconds later is broken off."""
    at_work, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({at_work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({at_work}, timeout=patience)
        at_work.cancel()
        await asyncio.wait({at_work})
        if not at_work.cancelled():
            at_work.result()
    finally:
        stopped.cancel()
        at_work.cancel()
