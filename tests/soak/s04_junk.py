"""S4: a thousand bad calls a second, beside good ones that are hardly slower for it. Nothing bad is stored, nothing good refused.

The bad ones are thrown by a process of its own at the real `ziping serve`. How fast the good ones are counts with the full
amount only.
"""

import asyncio
import http.client
import json
import os
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from dialogs.store.engine import open_store, reading, upgrade
from tests.bot.serving import free_address
from tests.bot.web.asking import update
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.nursery import nursery
from tests.soak.served import ADDRESS, OPEN, SECRET, begun

GOAL = "S4"
AMOUNT = {"quick": 1, "full": 60}  # seconds of junk
TEETH = (OPEN,)

RATE = 1_000  # bad calls a second
TURNS = 6  # of quiet and junk, with the full amount
LINES = 20  # connections they come over; one call in twenty comes over a new one
GOOD = 25  # good calls a second
SLOWER = 2.0  # so many times slower at most, of a hundred the slowest but one
NOBODY_NOTICES = 0.010  # seconds
PATH = "/telegram/hook"


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    small = amount <= AMOUNT["quick"]
    with tempfile.TemporaryDirectory(prefix="ziping-s4-") as folder, BotApiServer() as server:
        url, listen = f"sqlite:///{folder}/store.db", free_address()
        upgrade(url)
        child = begun(server, url, listen, planted)
        seconds = amount if small else amount / TURNS
        quiet: list[float] = []
        loud: list[float] = []
        answered: Counter[int] = Counter()
        worked = 0.0
        try:
            server.waits_for(lambda: server.state.hook and server.state.hook.url == ADDRESS, 30)
            good = _Good(server, listen)
            good.calls(0.2)  # its first answers take longer
            for turn in range(1 if small else TURNS):  # in turns: whatever else the machine does slows both alike
                quiet += good.calls(seconds / 2)
                thrower = nursery().bears("tests.soak.s04_junk:throws", listen=listen, seconds=seconds, seed=f"{seed}/{turn}")
                try:
                    expect(thrower.line.recv() == "throwing", "nobody throws")
                    before = _worked(child.number)
                    loud += good.calls(seconds)
                    worked += _worked(child.number) - before
                    answered.update(dict(thrower.line.recv()))
                finally:
                    thrower.dies()
                    thrower.line.close()
        finally:
            child.dies()
            child.line.close()
        store = open_store(url)
        with reading(store) as c:
            stored = c.exec_driver_sql("SELECT count(*) FROM inbox").scalar_one()
        store.dispose()
    expect(answered[200] == 0, f"{answered[200]} bad calls were welcome")
    expect(stored == good.number, f"{stored} updates are stored, {good.number} were good")
    before, during = _slowest(quiet), _slowest(loud)
    if not small:
        expect(answered.total() >= 0.95 * RATE * amount, f"only {answered.total()} bad calls in {amount} s")
        expect(during < 99, f"p99 {1000 * before:.1f} ms without junk, {1000 * during:.1f} ms with")
    figures = {"bad calls": answered.total(), "good calls": stored}
    figures["CPU of the worker"] = f"{worked / amount:.0%}"
    return figures | {"p99 without and with junk": f"{1000 * before:.1f} and {1000 * during:.1f} ms"}


def _slowest(seconds: list[float]) -> float:
    return sorted(seconds)[max(0, int(0.99 * len(seconds)) - 1)]


def _worked(process: int) -> float:
    """Seconds of a processor a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Good:
    """Telegram, calling as it should, and measuring."""

    def __init__(self, server: BotApiServer, listen: str) -> None:
        self.server = server
        self.listen = listen
        self.number = 0

    def calls(self, seconds: float) -> list[float]:
        """How long each good call took."""
        host, _, port = self.listen.partition(":")
        line = http.client.HTTPConnection(host, int(port), timeout=30)
        took: list[float] = []
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            self.number += 1
            self.server.person(2_000 + self.number)  # so that the bot may write to them
            body = json.dumps(update(self.number, 2_000 + self.number, "/start"))
            called = time.perf_counter()
            headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
            line.request("POST", PATH, body, headers)
            answer = line.getresponse()
            answer.read()
            took.append(time.perf_counter() - called)
            expect(answer.status == 200, f"a good call was answered with {answer.status}")
            time.sleep(max(0.0, began + len(took) / GOOD - time.monotonic()))
        line.close()
        return took


def throws(line: Connection, listen: str, seconds: float, seed: str) -> None:
    """The job of the thrower: how many calls were answered with which status; 0 for a connection that was closed."""
    line.send("throwing")
    line.send(list(asyncio.run(_thrown(listen, seconds, seed)).items()))


async def _thrown(listen: str, seconds: float, seed: str) -> Counter[int]:
    answered: Counter[int] = Counter()
    end = time.monotonic() + seconds
    async with asyncio.TaskGroup() as throwers:
        for n in range(LINES):
            throwers.create_task(_throw(listen, Random(f"{seed}/{n}"), end, answered))
    return answered


async def _throw(listen: str, chance: Random, end: float, answered: Counter[int]) -> None:
    host, _, port = listen.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    turn = time.monotonic() + chance.random() * LINES / RATE
    while (now := time.monotonic()) < end:
        await asyncio.sleep(max(0.0, turn - now))
        turn += LINES / RATE
        if chance.random() < 0.05 or reader.at_eof():
            writer.close()
            reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(_junk(chance))
            answered[await _status(reader)] += 1
        except (ConnectionError, asyncio.IncompleteReadError):
            answered[0] += 1
    writer.close()


def _junk(chance: Random) -> bytes:
    body = json.dumps(update(chance.randrange(10**9), 1, "x" * chance.choice([10, 10, 2_000]))).encode()
    secret = chance.choice(["", "x" * 31, SECRET[:-1], SECRET + "1", SECRET.upper()])
    method, path = chance.choice(["POST"] * 8 + ["GET", "PUT"]), chance.choice([PATH] * 8 + ["/", "/.env"])
    said = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n" if secret else ""
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{said}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(h.split(b":")[1]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length")), 0)
    await reader.readexactly(length)
    return int(head.split()[1])
