"""Updates pushed to the bot's webhook, as Telegram does it: again until it says 2xx, and one chat's strictly in order.

From the server's event loop only. Pauses between tries are Telegram's, made short. A proxy may stand in front of several
workers: it ends TLS, takes them in turn, and goes on to the next when one does not take the call. Not here: the queue.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import aiohttp

from tests.botapi.faults import Drop, Hang
from tests.botapi.state import Call, State
from tests.botapi.waiting import chat_of

SECRET = "X-Telegram-Bot-Api-Secret-Token"
PAUSE, LONGEST = 0.05, 1.0  # seconds between tries: doubled up to the longest; what the bot asks for is cut to it
PATIENCE = 30.0  # seconds for an answer


@dataclass
class Try:
    """The head of a chat's queue that was refused: when it goes out again."""

    pause: float
    at: float


class Deliverer:
    """Pushes what waits as long as there is a webhook. `wake()` makes it look again; it must run on the loop."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._pulse = asyncio.Event()
        self._busy: dict[object, asyncio.Task[None]] = {}
        self._tries: dict[object, Try] = {}
        self._turn = count()

    def wake(self) -> None:
        self._pulse.set()

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        connector = aiohttp.TCPConnector(limit=0)
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            try:
                while True:
                    self._pulse.clear()
                    later = self._begin(session, loop.time())
                    try:
                        async with asyncio.timeout(later):
                            await self._pulse.wait()
                    except TimeoutError:
                        continue
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _begin(self, session: aiohttp.ClientSession, now: float) -> float | None:
        """Push the heads of all queues that may go; in how many seconds another one may."""
        with self.state.changed:
            hook = self.state.hook
            if hook is None or not self.state.ways(hook.url):
                return None
            waits = {key: one.at for key, one in self._tries.items() if one.at > now}
            free = hook.most - len(self._busy)
            heads = self.state.queue.heads(free, {*self._busy, *waits}) if free > 0 else []
        for key, update in heads:
            task = self._busy[key] = asyncio.create_task(self._push(session, key, update))
            task.add_done_callback(self._ended(key))
        return min(waits.values()) - now if waits else None

    def _ended(self, key: object) -> Callable[[asyncio.Task[None]], None]:
        def ended(task: asyncio.Task[None]) -> None:
            self._busy.pop(key, None)
            self._pulse.set()

        return ended

    async def _push(self, session: aiohttp.ClientSession, key: object, update: dict[str, Any]) -> None:
        state = self.state
        with state.changed:
            hook = state.hook
            if hook is None:
                return
            call = Call("webhook", {"update_id": update["update_id"]})
            state.calls.append(call)
            fault = state.faults.take("webhook", chat_of(update))
            state.note()
        began = asyncio.get_running_loop().time()
        if isinstance(fault, Drop) and fault.before:
            status, after = 0, 0.0
        else:
            status, after = await self._posted(session, hook.url, hook.secret, update)
        if isinstance(fault, Hang):
            await asyncio.sleep(fault.seconds or 0)
        if isinstance(fault, Drop):
            status = 0
        with state.changed:
            call.params["seconds"] = asyncio.get_running_loop().time() - began
            call.answer = "ok" if 200 <= status < 300 else str(status or "no answer")
            if 200 <= status < 300:
                self._tries.pop(key, None)
                state.queue.delivered(update)
            else:
                before = self._tries.get(key)
                pause = min(LONGEST, after or (2 * before.pause if before else PAUSE))
                self._tries[key] = Try(pause, asyncio.get_running_loop().time() + pause)
                hook.error = f"Wrong response from the webhook: {status}" if status else "Webhook connection closed"
            state.note()

    async def _posted(self, session: aiohttp.ClientSession, url: str, secret: str, update: dict[str, Any]) -> tuple[int, float]:
        """The status of the answer, 0 for none, and the seconds after which the bot wants it again."""
        ways = self.state.ways(url)
        first = next(self._turn)
        headers = {SECRET: secret} if secret else {}
        for n in range(len(ways)):
            try:
                async with session.post(ways[(first + n) % len(ways)], json=update, headers=headers) as answer:
                    await answer.read()
                    return answer.status, float(answer.headers.get("Retry-After", "0"))
            except aiohttp.ClientConnectorError:
                continue  # nobody is there: the next one
            except (aiohttp.ClientError, TimeoutError):
                return 0, 0.0  # it may have been taken: a proxy does not send it to another one
        return 502 if len(ways) > 1 else 0, 0.0
