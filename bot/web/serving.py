"""An application served by uvicorn inside the event loop of the process, until told to stop.

Signals stay the process's own, no request is logged, and who holds a connection open without asking anything is let go.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from scoring.errors import ZipingError

log = logging.getLogger(__name__)

LAST_WORDS = 5  # seconds for the requests at hand when told to stop
HEAD_PATIENCE = 10.0  # seconds for the first request of a connection to begin
KEPT = 75  # seconds an idle connection is kept: longer than a proxy does (60), or it calls over one that is just being closed
MOST = 400  # connections at once: files and the database need some of the process's thousand, too
LARGEST_HEAD = 16 * 1024  # bytes of a request's line and headers


async def serve_http(app: ASGIApp, listen: str, stop: asyncio.Event) -> None:
    """Serve at `listen` (host:port) until `stop`; requests at hand are finished. Raises ZipingError when that cannot be."""
    door = bind(listen)
    server = _Server(
        uvicorn.Config(
            app,
            http=_Patient,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEPT,
            timeout_graceful_shutdown=LAST_WORDS,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[door]))
    stopped = asyncio.create_task(stop.wait())
    log.info("listening at %s", listen)
    try:
        await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
    finally:
        stopped.cancel()
        if not serving.done():  # told to leave at once
            serving.cancel()
        door.close()


def bind(listen: str) -> socket.socket:
    """A socket at that address. Raises ZipingError."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ZipingError(f"监听地址看不懂：{listen}，应像 127.0.0.1:8080")
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, int(port)))
    except OSError as e:
        door.close()
        raise ZipingError(f"不能在 {listen} 监听（{e.strerror}）；请看看地址，或者是不是有别的程序占着") from e
    door.setblocking(False)
    return door


class _Server(uvicorn.Server):
    """Leaves the signals alone: what they mean is decided where the process begins."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Patient(H11Protocol):
    """Lets go of connections beyond the most there may be, and of those that do not ask anything in time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.asked = self.loop.call_later(HEAD_PATIENCE, self._let_go)
        if len(self.connections) > MOST:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.asked.cancel()
        super().connection_lost(exc)

    def _let_go(self) -> None:
        if self.cycle is None:  # not one whole head of a request until now
            self.transport.abort()
