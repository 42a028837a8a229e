"""One call over HTTP, from the token to the answer: faults on order, the long poll, files to download.

From the server's event loop only. Not here: what the single methods do, and the thread the loop runs in.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.botapi.faults import Drop, Fault, Hang, Refuse, ServerError, TooMany
from tests.botapi.methods import METHODS
from tests.botapi.refusals import Refusal
from tests.botapi.state import Call, State
from tests.botapi.wire import answer, params_of, refusal

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
GATEWAY = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


class Handler:
    """`wake()` makes everyone who waits look again; it must run on the loop."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.closing = False
        self._poll: object = None
        self._pulses: set[asyncio.Event] = set()

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.download)
        return app

    def wake(self) -> None:
        for pulse in self._pulses:
            pulse.set()

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file; faults reach it as those of a method named "download"."""
        call = Call("download", {"path": request.match_info["path"]})
        with self.state.changed:
            upload = self.state.at_path(request.match_info["path"])
            self.state.calls.append(call)
            fault = self.state.faults.take(call.method, None)
        if request.match_info["token"] != self.state.token or upload is None:
            self._note(call, "404 Not Found")
            return refusal(404, Refusal(404, "Not Found").answer)
        if isinstance(fault, Drop):
            return self._cut(request, call, "dropped before")
        if isinstance(fault, Hang):
            released = self.state.released
            await self._until(lambda: self.state.released > released, fault.seconds)
        response = _not_accepted(fault)
        self._note(call, str(response.status) if response else "ok")
        return response or web.Response(body=upload.content, content_type="application/octet-stream")

    async def call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.state.token:
            return refusal(401, Refusal(401, "Unauthorized").answer)
        call = Call(request.match_info["method"])
        try:
            return await self._answered(request, call)
        except asyncio.CancelledError:  # the client is gone; what was accepted before that stays "ok"
            if call.answer == "waiting":
                self._note(call, "given up")
            raise

    async def _answered(self, request: web.Request, call: Call) -> web.StreamResponse:
        state, method = self.state, call.method
        try:
            call.params = await params_of(request)
            with state.changed:
                state.calls.append(call)
                fault = state.faults.take(method, call.params.get("chat_id"))
                state.note()
            response = _not_accepted(fault)
            if isinstance(fault, Drop) and fault.before:
                return self._cut(request, call, "dropped before")
            if response is None:
                response = answer(await self._result(method, call.params))
        except Refusal as no:
            response = refusal(no.code, no.answer)
            self._note(call, f"{no.code} {no.description}")
        else:
            self._note(call, "ok" if response.status == 200 else str(response.status))
        if isinstance(fault, Drop):
            return self._cut(request, call, "dropped after")
        if isinstance(fault, Hang):
            released = state.released
            await self._until(lambda: state.released > released, fault.seconds)
            if self.closing:
                return self._cut(request, call, "dropped after")
        return response

    def _note(self, call: Call, words: str) -> None:
        with self.state.changed:
            call.answer = words
            self.state.note()

    def _cut(self, request: web.Request, call: Call, words: str) -> web.Response:
        self._note(call, words)
        if request.transport:
            request.transport.abort()
        return web.Response()  # goes nowhere

    async def _result(self, method: str, params: dict[str, Any]) -> Any:
        if method.lower() == "getupdates":
            return await self._updates(params)
        function = METHODS.get(method.lower())
        if function is None:
            raise Refusal(404, "Not Found")
        with self.state.changed:
            return function(self.state, params)

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        state, queue, faults = self.state, self.state.queue, self.state.faults
        with state.changed:
            if state.hook:
                raise Refusal(409, HOOKED)
            if "allowed_updates" in params:
                queue.allowed = frozenset(params["allowed_updates"])
            queue.confirm(params.get("offset", 0))
            state.note()
        # The later poll wins, the earlier one is told so: as Telegram does.
        mine = self._poll = object()
        self.wake()

        def ready() -> bool:
            # A fault that waits for the next poll ends this one, or it would come only when this one times out.
            return len(queue) > 0 or self._poll is not mine or faults.pending("getUpdates") > 0

        await self._until(ready, max(0, params.get("timeout", 0)))
        if self._poll is not mine:
            raise Refusal(409, OTHER)
        limit = params.get("limit", 100)
        with state.changed:
            return queue.hand_out(limit if 1 <= limit <= 100 else 100)

    async def _until(self, ready: Callable[[], bool], seconds: float | None) -> None:
        """Waits for that, for the time to pass or for the server to close."""
        pulse = asyncio.Event()
        self._pulses.add(pulse)
        try:
            async with asyncio.timeout(seconds):
                while not ready() and not self.closing:
                    await pulse.wait()
                    pulse.clear()
        except TimeoutError:
            return
        finally:
            self._pulses.discard(pulse)


def _not_accepted(fault: Fault | None) -> web.Response | None:
    """The answer of a call that a fault keeps from being accepted."""
    match fault:
        case TooMany(after):
            no = Refusal(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
        case Refuse(code, words):
            no = Refusal(code, words)
        case ServerError(status, html):
            words = GATEWAY.get(status, "Internal Server Error")
            if html:
                return web.Response(text=f"<html><h1>{status} {words}</h1></html>", status=status, content_type="text/html")
            no = Refusal(status, words)
        case _:
            return None
    return refusal(no.code, no.answer)
