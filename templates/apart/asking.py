"""The side of the program: asks the process apart for a document, and says kindly why there is none.

It is started when it is first needed, knows neither the store nor any setting (its environment is empty), and forks for
every document; so nothing one template does is left for the next. What comes back is read as bytes and a few words, never
as objects. Not here: the limits' keeping (making.py), or what a template may say (../drafting.py).
"""

import json
import os
import pickle
import struct
import subprocess
import sys
import time
from atexit import register
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from select import select
from threading import Lock
from typing import Any

from scoring.errors import ZipingError

SIZE = struct.Struct(">Q")
PATIENCE = 30  # seconds for the process to start and answer at all; it keeps the time of each document itself
LARGEST = 64 * 1024 * 1024  # bytes of an answer: more than any channel carries


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take."""

    seconds: int = 3
    memory: int = 512 * 1024 * 1024  # bytes of address space


LIMITS = Limits()


class Refused(ZipingError):
    """No document came of it: in words for whoever wrote the template; and what trying took."""

    def __init__(self, words: str, took: tuple[float, int] = (0.0, 0)) -> None:
        super().__init__(words)
        self.took = took


@dataclass(frozen=True, slots=True)
class Made:
    """A document, the words that came with it, and what it took (for measuring: seconds, bytes)."""

    content: bytes
    words: Mapping[str, Any]
    took: tuple[float, int]


WHY = {
    "time": "模板算了太久，已停下：请看看有没有循环套循环，或绕回自己的地方",
    "memory": "模板要的内存太多，已停下：请看看有没有成倍变长的文字",
    "died": "模板让生成文件的程序停了下来",
    "large": "模板写出来的文件太大",
}


class Workshop:
    """The process apart, and the pipe to it; one document at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, request: Sequence[Any], limits: Limits) -> Made:
        """Have a document made. Raises Refused."""
        body = pickle.dumps((asdict(limits), tuple(request)), protocol=5)
        with self._lock:
            try:
                words, content = self._asked(body)
            except (OSError, ValueError, TimeoutError) as e:
                self.end()
                raise Refused(WHY["died"]) from e
        took = (float(words["seconds"]), int(words["memory"]))
        if "refused" in words:
            raise Refused(str(words["refused"]), took)
        if "why" in words:
            raise Refused(WHY[str(words["why"])], took)
        return Made(content, words["words"], took)

    def end(self) -> None:
        """Stop the process; the next document starts another one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    assert pipe is not None
                    pipe.close()
            process.wait()

    def _asked(self, body: bytes) -> tuple[dict[str, Any], bytes]:
        process = self._process
        if process is None or process.poll() is not None:
            self.end()
            process = self._process = _started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(SIZE.pack(len(body)) + body)
        process.stdin.flush()
        until = time.monotonic() + PATIENCE
        (whole,) = SIZE.unpack(_read(process.stdout.fileno(), SIZE.size, until))
        if whole > LARGEST:
            raise ValueError("too large an answer")
        answer = _read(process.stdout.fileno(), whole, until)
        (head,) = SIZE.unpack(answer[: SIZE.size])
        words = json.loads(answer[SIZE.size : SIZE.size + head])
        if not isinstance(words, dict):
            raise ValueError("no such answer")
        return words, answer[SIZE.size + head :]


def _started() -> "subprocess.Popen[bytes]":
    """It inherits no handle, no variable (they hold the bot's token), and no keys typed in this terminal."""
    if os.name != "posix":
        raise Refused("县里自己的模板要在 Linux 或 macOS 上才能生成文件")
    return subprocess.Popen(
        [sys.executable, "-m", "templates.apart.making"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"},
        cwd="/",
        start_new_session=True,
    )


def _read(handle: int, count: int, until: float) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        left = until - time.monotonic()
        if left <= 0 or not select([handle], [], [], left)[0]:
            raise TimeoutError
        if not (part := os.read(handle, min(count - len(parts), 1 << 20))):
            raise ValueError("the process apart has ended")
        parts += part
    return bytes(parts)


_WORKSHOP = Workshop()
register(_WORKSHOP.end)


def make(request: Sequence[Any]) -> Made:
    """Have a document made by the process apart from what `drafting.draft_here` wants. Raises Refused."""
    return _WORKSHOP.make(request, LIMITS)
