"""The warm process: everything imported and once used, then one fork per job. Run by nursery.py, never by hand.

`python -m tests.soak.crashing.warm FD`: orders come as lines of JSON on that socket. Not here: the jobs.
"""

import importlib
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import traceback
from array import array
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.crashing import dying, filling_up, form, recording, serving, working  # noqa: F401  (forked children find them imported)
from tests.soak.crashing.desk import Desk


def main() -> None:
    logging.disable(logging.WARNING)  # the dead are many
    orders = socket.socket(fileno=int(sys.argv[1]))
    with tempfile.TemporaryDirectory(prefix="ziping-warm-") as folder:
        packs = form.packs(Path(folder) / "packs")
        _warm_up(Path(folder), packs)
        orders.sendall(json.dumps({"packs": str(packs)}).encode() + b"\n")
        _obey(orders)


def _warm_up(folder: Path, packs: Path) -> None:
    """A few answers through the whole machine: every statement spelled, every page's template compiled, the form loaded."""
    desk = Desk(f"sqlite:///{folder}/warm.db", str(packs), prepare=True)
    for n, (line, _) in enumerate(form.filling("暖机单位", Random(1), 12)):
        desk.receives([(n + 1, "1", line)])
        while desk.handles():
            pass
        while desk.delivers(lambda *_: 1):
            pass
    desk.office.engine.dispose()


def _obey(orders: socket.socket) -> None:
    children: set[int] = set()
    unread = b""
    while True:
        order, unread, passed = _next(orders, unread)
        if order is None:
            break
        if "import" in order:
            importlib.import_module(order["import"])
            answer: dict[str, Any] = {}
        elif "job" in order:
            number = os.fork()
            if number == 0:
                orders.close()
                _do(order, passed)
            os.close(passed)
            children.add(number)
            answer = {"number": number}
        else:
            number = order.get("kill") or order["wait"]
            if "kill" in order:
                os.kill(number, signal.SIGKILL)  # not reaped yet, so the number is still its own
            code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
            children.discard(number)
            answer = {"code": code}
        orders.sendall(json.dumps(answer).encode() + b"\n")
    for number in children:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)


def _next(orders: socket.socket, unread: bytes) -> tuple[dict[str, Any] | None, bytes, int]:
    """The next order, what was read beyond it, and the descriptor that came with it."""
    passed = -1
    while b"\n" not in unread:
        data, extra, *_ = orders.recvmsg(65536, socket.CMSG_SPACE(4))
        if not data:
            return None, b"", -1
        for _, kind, content in extra:
            if kind == socket.SCM_RIGHTS:
                passed = array("i", content[:4])[0]
        unread += data
    line, _, rest = unread.partition(b"\n")
    return json.loads(line), rest, passed


def _do(order: dict[str, Any], passed: int) -> None:
    """In the child: the job, then the end; nothing of the parent's is tidied up."""
    code = 1
    try:
        line = Connection(passed)
        module, _, name = order["job"].partition(":")
        try:
            getattr(importlib.import_module(module), name)(line, **order["arguments"])
            code = 0
        except (EOFError, BrokenPipeError):  # nobody wants it any more
            pass
        except BaseException:
            line.send(("broke", traceback.format_exc()))
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
