"""S4: bad calls of the webhook in great numbers. None is stored, none without the secret is read, none is told of by its words.

Every call is made up from parts, and what must be answered follows from the parts, not from the program.
"""

import asyncio
import hmac
import json
import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace

from starlette.requests import Request
from starlette.responses import Response

from bot.web import webhook
from bot.web.app import make_app
from bot.web.health import Health
from bot.web.intake import Intake
from bot.web.webhook import SECRET_HEADER, Webhook
from dialogs.events import Arrival
from dialogs.store import inbox
from dialogs.store.engine import Engine, open_store, reading, upgrade, writing
from tests.bot.web.asking import PATH, SECRET, Answer, ask, update
from tests.soak import expect

GOAL = "S4"
AMOUNT = {"quick": 800, "full": 100_000}  # calls
NOT_CONSTANT, READ_FIRST, NO_LIMIT, TOLD = (
    "compared with ==",
    "read before it is compared",
    "no limit",
    "the wrong secret is logged",
)
TEETH = (NOT_CONSTANT, READ_FIRST, NO_LIMIT, TOLD)

MEGABYTE = 1024 * 1024
CANARY = "李敏13800138000"


@dataclass(frozen=True)
class Call:
    """A call and what must come of it. `secret` None: no such header."""

    method: str
    path: str
    secret: str | None
    pieces: tuple[bytes, ...]
    says_length: int | None
    status: int
    stores: int = 0


def made_up(chance: Random, number: int) -> Call:
    """Most are bad in one way, many in two; one in eight is good."""
    method = chance.choice(["POST"] * 12 + ["GET", "PUT", "DELETE", "HEAD", "PATCH"])
    path = chance.choice([PATH] * 15 + [PATH + "/", PATH.upper(), "/", f"{PATH}/{SECRET}"])
    secret = chance.choice([SECRET] * 6 + [_guess(chance) for _ in range(6)])
    body, sound = _body(chance, number)
    pieces, says = (body,), len(body)
    if chance.random() < 0.1:  # in pieces, without a length, at times without an end
        sound = sound and len(body) <= MEGABYTE
        pieces, says = (*(body[n : n + 65_536] for n in range(0, max(1, len(body)), 65_536)),), None
    elif chance.random() < 0.05:
        says = chance.choice([MEGABYTE + 1, 2**40])
    large = len(body) > MEGABYTE or (says or 0) > MEGABYTE
    if path != PATH:
        status = 404
    elif method != "POST":
        status = 405
    elif secret != SECRET:
        status = 403
    else:
        status = 413 if large else 200 if sound else 400
    return Call(method, path, secret, pieces, says, status, number if status == 200 else 0)


def _guess(chance: Random) -> str | None:
    at = chance.randrange(len(SECRET))
    other = SECRET[:at] + chance.choice("xyzXYZ_-9") + SECRET[at + 1 :]
    return chance.choice([None, "", SECRET[:at], SECRET + "a", SECRET.swapcase(), other, SECRET[::-1], "密钥" * 9, "a" * 9_000])


def _body(chance: Random, number: int) -> tuple[bytes, bool]:
    good = json.dumps(update(number, text=CANARY)).encode()
    kind = chance.random()
    if kind < 0.3:
        return good, True
    if kind < 0.4:
        return good + b" " * chance.choice([10, 70_000, MEGABYTE - len(good)]), True
    if kind < 0.5:
        return good + b" " * MEGABYTE, True
    if kind < 0.7:  # one byte that ends it all, or half of it
        return chance.choice([good[: chance.randrange(len(good))], b"\xff" + good, good + b"}", b"\x00" * 50, b""]), False
    strange = [[], None, CANARY, {"update_id": None}, {"update_id": -number}, {"update_id": str(number)}, {"update_id": 2**64}]
    return json.dumps(chance.choice(strange)).encode(), False


class _ReadsFirst(Webhook):
    async def _answered(self, request: Request) -> Response:
        await request.body()
        return await super()._answered(request)


class _Tells(Webhook):
    async def _answered(self, request: Request) -> Response:
        logging.getLogger("bot.web.webhook").debug("wrong token %s", request.headers.get(SECRET_HEADER))
        return await super()._answered(request)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    chance = Random(seed)
    kind = {READ_FIRST: _ReadsFirst, TOLD: _Tells}.get(planted, Webhook)
    kept = (webhook.hmac, webhook.LARGEST, hmac.compare_digest)
    compared: list[bytes] = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append(b)
        return kept[2](a, b)

    with tempfile.TemporaryDirectory(prefix="ziping-s4-") as folder, _written_down() as told:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        store = open_store(url)
        try:
            hmac.compare_digest = compare
            if planted == NOT_CONSTANT:
                webhook.hmac = SimpleNamespace(compare_digest=lambda a, b: a == b)  # type: ignore[assignment]
            if planted == NO_LIMIT:
                webhook.LARGEST = 2**50
            calls = (made_up(chance, number) for number in range(1, amount + 1))  # one at a time: some are large
            statuses, good, knocks = asyncio.run(_made(store, kind, calls))
            with reading(store) as c:
                stored = sorted(c.exec_driver_sql("SELECT update_id FROM inbox").scalars())
        finally:
            webhook.hmac, webhook.LARGEST, hmac.compare_digest = kept
            store.dispose()
    expect(stored == good, "what is stored is not what was good")
    expect(compared == [SECRET.encode()] * knocks, f"{len(compared)} of {knocks} secrets were compared in constant time")
    for word in (SECRET, CANARY, "密钥", "aaaaaaaa"):
        expect(not any(word in line for line in told), f"the log tells {word[:4]}…")
    return {"calls": amount, "stored": len(stored), **{str(status): n for status, n in sorted(statuses.items())}}


async def _made(store: Engine, kind: type[Webhook], calls: Iterable[Call]) -> tuple[Counter[int], list[int], int]:
    """How calls were answered, which of them are to be stored, and how many came to the webhook's door."""

    async def receive(arrivals: Sequence[Arrival]) -> None:
        with writing(store) as c:
            inbox.receive(c, arrivals, 1)

    counted: Counter[int] = Counter()
    hook = kind("1", SECRET, Intake(receive), lambda status: counted.update([status]))
    app = make_app(Health(None, "", asyncio.Event()), hook, PATH)  # type: ignore[arg-type]
    statuses: Counter[int] = Counter()
    good: list[int] = []
    knocks = 0
    for call in calls:
        good += [call.stores] if call.stores else []
        knocks += call.path == PATH and call.method == "POST"
        headers = {} if call.secret is None else {SECRET_HEADER: call.secret}
        headers |= {"transfer-encoding": "chunked"} if call.says_length is None else {"content-length": str(call.says_length)}
        answer = await ask(app, *call.pieces, method=call.method, path=call.path, headers=headers)
        statuses[answer.status] += 1
        _right(call, answer)
    expect(counted.total() == knocks, "not every call was counted")
    return statuses, good, knocks


def _right(call: Call, answer: Answer) -> None:
    where = f"{call.method} {call.path} with a body of {sum(map(len, call.pieces))} ({call.says_length} said)"
    expect(answer.status == call.status, f"{where}: {answer.status} instead of {call.status}")
    if call.status in (403, 404, 405):
        expect(answer.read == 0, f"{where}: read although refused")
    if call.status == 413:
        read = sum(map(len, call.pieces[: answer.read]))
        expect(read <= MEGABYTE + 65_536, f"{where}: {read} bytes read")


class _written_down(logging.Handler):
    """All that is logged by anybody, at DEBUG, as a list of lines."""

    def __enter__(self) -> list[str]:
        self.lines: list[str] = []
        root = logging.getLogger()
        self.level_before = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        return self.lines

    def __exit__(self, *_: object) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self.level_before)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record))
