"""Waiting for whichever comes first: an event, or the end of a pause."""

import asyncio


async def first_of(*events: asyncio.Event, seconds: float) -> None:
    """Until one of the events is set, at most so long."""
    waits = [asyncio.create_task(e.wait()) for e in events]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
