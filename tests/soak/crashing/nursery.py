"""Processes that start in milliseconds and are killed at any moment: forked off one warm process, which has imported it all.

    with Nursery() as nursery:
        child = nursery.bears("tests.soak.crashing.working:works", url=…)
        child.line.send(…); child.line.recv(); child.dies()

The warm process is a child of this one; only it kills, so that a number is never another process's. Not here: what they do.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from array import array
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.soak.crashing.compiling import NoCompiler, disk

ROOT = Path(__file__).parents[3]


class Child:
    """One process. `line` leads to it: what it sends, what it is sent; EOFError when it is gone."""

    def __init__(self, nursery: "Nursery", number: int, line: Connection) -> None:
        self.nursery, self.number, self.line = nursery, number, line

    def dies(self) -> None:
        """kill -9; returns when it is dead."""
        self.nursery.ask({"kill": self.number})

    def gone(self) -> int:
        """Waits for its own end, then closes the line; its exit code, or minus the signal."""
        code = int(self.nursery.ask({"wait": self.number})["code"])
        self.line.close()
        return code


class Nursery:
    """Has children until closed; then all of them are killed."""

    def __init__(self, watched_disk: bool = False) -> None:
        ours, theirs = socket.socketpair()
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        if watched_disk:
            environment["LD_PRELOAD"] = str(disk())
        command = [sys.executable, "-m", "tests.soak.crashing.warm", str(theirs.fileno())]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()
        self.socket = ours
        self.answers = ours.makefile("r", encoding="utf-8")
        self.packs = Path(json.loads(self.answers.readline())["packs"])

    def bears(self, job: str, **arguments: Any) -> Child:
        """A new process that does this job: `module:function`, called with the line to us and these arguments."""
        ours, theirs = socket.socketpair()
        line = json.dumps({"job": job, "arguments": arguments}).encode() + b"\n"
        # The descriptor travels with the first byte; the rest follows however long it is.
        self.socket.sendmsg([line[:1]], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", [theirs.fileno()]))])
        self.socket.sendall(line[1:])
        theirs.close()
        number = int(json.loads(self.answers.readline())["number"])
        return Child(self, number, Connection(ours.detach()))

    def learns(self, module: str) -> None:
        """Children born from now on find this module imported."""
        self.ask({"import": module})

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        self.socket.sendall(json.dumps(question).encode() + b"\n")
        answer: dict[str, Any] = json.loads(self.answers.readline())
        return answer

    def close(self) -> None:
        self.socket.close()
        self.answers.close()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@lru_cache(maxsize=1)
def nursery() -> Nursery:
    """The one nursery of this process, with the watched disk where there is a compiler."""
    try:
        disk()
        made = Nursery(watched_disk=True)
    except NoCompiler:
        made = Nursery()
    atexit.register(made.close)
    return made
