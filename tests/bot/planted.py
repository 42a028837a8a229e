"""`ziping serve` with defects planted everywhere, each of which says aloud what somebody wrote; and, if wanted, with ears.

Run as a process of its own by test_canaries.py. What is wanted stands in the environment: LEAK is a way of logging too much.
"""

import asyncio
import logging
import os
import sys
import threading
import warnings
from typing import Any
from unittest.mock import patch

from bot import __main__, logging_setup, service
from dialogs import handling, outgoing
from dialogs.events import Said
from dialogs.scene import Outcome, Scene

CRASH = "崩溃"  # whoever says this meets a defect
LAST_WORDS: list[str] = []
real_step, real_serve, real_sheet = handling.step, service.serve, outgoing.sheet
failed: set[str] = set()


def step(scene: Scene) -> Outcome:
    if isinstance(scene.event.action, Said):
        LAST_WORDS.append(scene.event.action.text)
        if CRASH in scene.event.action.text:
            try:
                raise KeyError(scene.event.action.text)
            except KeyError as e:
                raise ValueError(f"{scene} cannot be") from e
    return real_step(scene)


def sheet(office: Any, reply: Any, chat: str) -> Any:
    """The first try of every file fails, and tells with which answers."""
    if str(reply) not in failed:
        failed.add(str(reply))
        raise RuntimeError(f"{reply} with {LAST_WORDS}")
    return real_sheet(office, reply, chat)


def say_all() -> None:
    raise LookupError(" ".join(LAST_WORDS))


async def serve(*arguments: Any) -> None:
    """After serving: a task nobody waits for, a callback, a thread and a warning; and then the process itself ends by an error."""
    await real_serve(*arguments)

    async def fails() -> None:
        say_all()

    task = asyncio.ensure_future(fails())
    asyncio.get_running_loop().call_soon(say_all)
    thread = threading.Thread(target=say_all, name=LAST_WORDS[-1])
    thread.start()
    thread.join()
    await asyncio.sleep(0.05)
    del task
    warnings.warn("the end is near", stacklevel=1)
    say_all()


def leak(way: str) -> Any:
    """Ways of logging too much."""
    if way == "libraries":
        return patch.object(logging_setup, "CHATTY", ())
    if way == "errors":
        return patch.object(logging_setup.Redacting, "formatException", logging.Formatter.formatException)
    return (
        patch.object(logging_setup, "nothing_past_the_log", lambda: None)
        if way == "hooks"
        else patch.object(sys, "argv", sys.argv)
    )


if __name__ == "__main__":
    with (
        patch.object(handling, "step", step),
        patch.dict(handling._set_aside.__kwdefaults__, pause=0),
        patch("bot.delivery.RETRY", 0),
        patch("bot.delivery.sheet", sheet),
        patch("bot.service.serve", serve),
        leak(os.environ.get("LEAK", "")),
    ):
        sys.exit(__main__.main(["serve"]))
