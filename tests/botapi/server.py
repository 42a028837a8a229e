"""The server as the tests hold it: start, stop, people, faults, updates again, and the calls that were made.

From the tests' threads; the HTTP runs in a thread with its own event loop. Not here: how a call is answered.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.botapi.chats import Entry
from tests.botapi.delivering import Deliverer
from tests.botapi.faults import Fault
from tests.botapi.handling import Handler
from tests.botapi.people import Person
from tests.botapi.state import Call, State

TOKEN = "123456:TEST-token-of-no-bot"


class BotApiServer:
    """`with BotApiServer() as server:`, then Bot(server.token, base_url=server.base_url, base_file_url=…)."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = "ziping_test_bot",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.port = port
        self.state = State(token, username, clock)
        self._people: dict[int, Person] = {}
        self._started = Event()
        self._broken: BaseException | None = None
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    # Start and stop.

    def start(self) -> None:
        self._thread = Thread(target=self._run, name="botapi", daemon=True)
        self._thread.start()
        self._started.wait()
        if self._broken:
            raise self._broken

    def close(self) -> None:
        """Ends long polls with what there is, drops calls that hang, and waits for the thread."""
        if self._thread and self._loop and self._stop:
            with self.state.changed:
                self.state.listeners.clear()  # the loop is about to end: nobody may call into it
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:  # the port is taken: said where the server was started
            self._broken = error
            self._started.set()

    async def _serve(self) -> None:
        loop = self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        handler = Handler(self.state)
        # With cancellation a call ends when its client gives up, so a dead bot's poll does not linger.
        runner = web.AppRunner(handler.app(), handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port)
            await site.start()
            self.port = runner.addresses[0][1]

            deliverer = Deliverer(self.state)
            delivering = asyncio.create_task(deliverer.run())

            def wake() -> None:
                loop.call_soon_threadsafe(handler.wake)
                loop.call_soon_threadsafe(deliverer.wake)

            self.state.listeners.append(wake)
            self._started.set()
            await self._stop.wait()
            delivering.cancel()
            await asyncio.wait([delivering])
            handler.closing = True
            handler.wake()
        finally:
            await runner.cleanup()

    # Where it is.

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    def behind(self, url: str, *workers: str) -> None:
        """A proxy answers at this address and passes the calls of the webhook on to these, in turn."""
        with self.state.changed:
            self.state.proxies[url] = list(workers)
            self.state.note()

    # People and updates.

    def person(self, id: int, name: str = "填报人") -> Person:
        """One person per id; from then on the bot may write to them."""
        if id not in self._people:
            self._people[id] = Person(self.state, id, name)
        return self._people[id]

    def block(self, person: Person) -> None:
        person.blocks()

    def unblock(self, person: Person) -> None:
        person.unblocks()

    def push(self, raw: dict[str, Any]) -> int:
        """An update as it is written — of a group, a channel; numbered unless it has an update_id."""
        return self.state.push(raw)

    def chat(self, chat_id: int) -> list[Entry]:
        """What was shown in any chat, also in one no person stands for."""
        with self.state.changed:
            return list(self.state.chats[chat_id].log)

    def redeliver(self, update_ids: Iterable[int]) -> list[int]:
        """Confirmed updates come again with the next getUpdates, whatever its offset, or to the webhook."""
        with self.state.changed:
            again = self.state.queue.put_back(update_ids)
            self.state.note()
        return again

    def replay_all(self) -> list[int]:
        return self.redeliver(self.confirmed)

    def reorder(self, update_ids: Iterable[int] | None = None) -> None:
        """What waits goes out in this order, or backwards. With a bot that polls, order before it is handed out."""
        with self.state.changed:
            self.state.queue.reorder(update_ids)

    @property
    def pending(self) -> list[int]:
        with self.state.changed:
            return self.state.queue.waiting

    @property
    def confirmed(self) -> list[int]:
        with self.state.changed:
            return [update["update_id"] for update in self.state.queue.confirmed]

    # Faults.

    def fail_next(self, method: str, kind: Fault, times: int = 1, to: int | None = None) -> None:
        """The next calls of the method ("*": of any), in chat `to` only if given, meet this fault.

        A long poll that waits ends early, so that the next one meets it; `faults_left` tells when it has begun to.
        """
        with self.state.changed:
            self.state.faults.order(method, kind, times, to)
            self.state.note()

    def faults_left(self, method: str) -> int:
        with self.state.changed:
            return self.state.faults.pending(method)

    def clear_faults(self) -> None:
        with self.state.changed:
            self.state.faults.clear()

    def release(self) -> None:
        """Calls that hang now are answered."""
        with self.state.changed:
            self.state.released += 1
            self.state.note()

    def expire_queries(self) -> None:
        """Every press not answered yet is too old to be answered."""
        with self.state.changed:
            self.state.queries.clear()
            self.state.note()

    # What happened.

    @property
    def calls(self) -> list[Call]:
        with self.state.changed:
            return list(self.state.calls)

    def forget(self) -> None:
        """Let go of the calls made, of confirmed updates and of what chats have shown so far: for runs that would fill memory."""
        with self.state.changed:
            self.state.calls.clear()
            self.state.queue.confirmed.clear()
            for chat in self.state.chats.values():
                newest = max(chat.now, default=0)
                chat.log.clear()
                chat.raw = {number: raw for number, raw in chat.raw.items() if number == newest}
                chat.now = {number: entry for number, entry in chat.now.items() if number == newest}

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def commands(self) -> list[dict[str, str]]:
        with self.state.changed:
            return self.state.commands.get("default/", [])

    def waits_for(self, predicate: Callable[[], object], timeout: float = 10) -> None:
        """Waits until the predicate holds; it is asked again whenever anything changes."""
        with self.state.changed:
            done = self.state.changed.wait_for(lambda: bool(predicate()), timeout)
            last = "\n".join(f"  {call.method}: {call.answer}" for call in self.state.calls[-12:])
        assert done, f"waited in vain for {timeout} s; the last calls:\n{last}"
