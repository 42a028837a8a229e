"""Whether the process is alive, and whether it is ready: what a proxy, a container or systemd asks every few seconds.

    /healthz   200 as long as the event loop turns
    /readyz    200 while everything it needs is there, 503 with the names of what is missing otherwise

The answers name conditions only, nothing of what is stored. Not here: figures (metrics.py).
"""

import asyncio
import shutil
import tempfile

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web.lookout import Lookout
from dialogs.office import Office
from dialogs.store.watching import folder_of, missing

SPACE = 64 * 1024 * 1024  # bytes without which nothing goes on for long


class Health:
    """`beat` is the lease this worker renews as long as it works; `stop` is set when it is about to leave."""

    def __init__(self, office: Office, beat: str, stop: asyncio.Event) -> None:
        self.office = office
        self.beat = beat
        self.stop = stop
        self.lookout = Lookout(self._look)

    def routes(self) -> list[Route]:
        """The two questions."""
        return [Route("/healthz", self.alive), Route("/readyz", self.ready)]

    async def alive(self, request: Request) -> Response:
        """That this is answered is the answer."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """Ready, or what is missing: stopping, store, schema, beat, disk."""
        lacking = ("stopping",) if self.stop.is_set() else await self._lacking()
        return JSONResponse({"ready": not lacking, "missing": list(lacking)}, 503 if lacking else 200)

    async def _lacking(self) -> tuple[str, ...]:
        try:
            return await self.lookout.seen()
        except TimeoutError:
            return ("store",)

    def _look(self) -> tuple[str, ...]:
        return (*missing(self.office.engine, self.beat, self.office.clock()), *(("disk",) if self._full() else ()))

    def _full(self) -> bool:
        """Whether there is no room for the database, or for files being made."""
        try:
            places = {str(folder_of(self.office.engine) or tempfile.gettempdir()), tempfile.gettempdir()}
            return any(shutil.disk_usage(place).free < SPACE for place in places)
        except OSError:  # there is no such place, or nothing can be written there
            return True
