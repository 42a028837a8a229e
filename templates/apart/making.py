"""The process apart: reads requests from its input, has each made by a fork under limits, writes what became of it.

This process itself never runs a template; its forks do, and may fall over as they like. A fork may not write to a file, nor
take more memory or time than it was given, and has nothing to read but the program itself.
"""

import json
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from select import select
from typing import Any

from scoring.errors import ZipingError
from templates.apart.asking import LARGEST, SIZE
from templates.drafting import draft_here

FILES = 64  # handles: the templates of the house are read one after the other


def main() -> None:
    """Until there is nothing more to read."""
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what anything prints is no answer
    source = sys.stdin.buffer
    while head := source.read(SIZE.size):
        answer = _made(source.read(SIZE.unpack(head)[0]), out)
        _write(out, SIZE.pack(len(answer)) + answer)


def _made(request: bytes, out: int) -> bytes:
    """What a fork made of it, or why there is nothing."""
    limits = pickle.loads(request)[0]  # noqa: S301 - it comes from the program that started us
    there, here = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if not pid:
        os.close(there)
        os.close(out)
        _fork(request, limits, here)
    os.close(here)
    answer = _read(there, pid, began + limits["seconds"])
    os.close(there)
    _, status, used = os.wait4(pid, 0)
    spent = {"seconds": time.monotonic() - began, "memory": used.ru_maxrss * 1024}
    if status == 0 and answer:
        (head,) = SIZE.unpack(answer[: SIZE.size])
        return _answer({**json.loads(answer[SIZE.size : SIZE.size + head]), **spent}, answer[SIZE.size + head :])
    timed_out = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGXCPU)
    why = "large" if len(answer) > LARGEST // 2 else "time" if timed_out else "died"
    return _answer({"why": why, **spent})


def _read(there: int, pid: int, until: float) -> bytes:
    """Everything the fork writes; it is killed when its time is over or when it writes too much."""
    parts = bytearray()
    while len(parts) <= LARGEST // 2:
        left = until - time.monotonic()
        if left <= 0 or not select([there], [], [], left)[0]:
            break
        if not (part := os.read(there, 1 << 20)):
            return bytes(parts)
        parts += part
    os.kill(pid, signal.SIGKILL)
    return bytes(parts)


def _fork(request: bytes, limits: Mapping[str, int], here: int) -> None:
    """In the fork: make it, write it, and end without any ceremony."""
    status = 1
    with suppress(BaseException):
        _limit(limits)
        _write(here, _worked(request))
        status = 0
    os._exit(status)


def _worked(request: bytes) -> bytes:
    try:
        drafted = draft_here(*pickle.loads(request)[1])  # noqa: S301 - as above
    except ZipingError as e:
        return _answer({"refused": str(e)[:500]})
    except MemoryError:
        return _answer({"why": "memory"})
    return _answer({"words": {"title": drafted.title, "gaps": list(drafted.gaps)}}, drafted.content)


def _limit(limits: Mapping[str, int]) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        resource.setrlimit(what, (most, most))


def _answer(words: Mapping[str, Any], content: bytes = b"") -> bytes:
    head = json.dumps(words).encode()
    return SIZE.pack(len(head)) + head + content


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


if __name__ == "__main__":
    main()
