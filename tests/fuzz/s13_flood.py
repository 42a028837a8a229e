"""S13: one person says a hundred things a second while others fill in their forms; and a crowd says more than may be sent.

Time is made up: a server handles so many events a second and sends within the messenger's limits. The others' answers come
within two seconds (99 of 100), no chat has more than fifty replies waiting, and who floods is told so once.
"""

import resource
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from random import Random
from unittest.mock import patch

from sqlalchemy import func, select

from bot.telegram.updates import CHANNEL, arrival
from dialogs import handling
from dialogs.handling import handle_next
from dialogs.outgoing import claim, sent
from dialogs.store import inbox, paces
from dialogs.store import tables as t
from dialogs.store.engine import writing
from dialogs.store.paces import Limits
from templates.messages import message
from tests.fuzz.listening import listening
from tests.fuzz.samples import message as said
from tests.fuzz.town import Town, town
from tests.soak import expect

GOAL = "S13"
AMOUNT = {"quick": 12, "full": 600}  # seconds of the flood
TICK = 20  # milliseconds
HANDLED = 4  # events in a tick: 200 a second, half of what one worker does
FLOOD = 2  # messages of the flooder in a tick: 100 a second
HONEST, EVERY = 12, 150  # people who answer, and after how many ticks each
CROWD = 200  # people who all say something every second, for a tenth of the time
MOST_WAITING, LONGEST, MEMORY = 50, 2_000, 512  # replies of a chat, milliseconds for 99 of 100, MB
TOO_FAST = message("too_fast").partition("\n")[0]


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many seconds of flood, then a tenth of it with a crowd."""
    with ExitStack() as stack:
        made, heard = stack.enter_context(town(seed)), stack.enter_context(listening())
        if planted:
            stack.enter_context(PLANTED[planted]())
        server = Server(made, seed)
        server.flood(amount)
        latencies = sorted(server.latencies)
        slow = latencies[len(latencies) * 99 // 100]
        expect(slow <= LONGEST, f"of 100 answers one took {slow} ms and more")
        words = len(server.told)
        expect(words == -(-amount // handling.SILENCE), f"the flooder was told {words} times that it was too much")
        server.crowd(max(1, amount // 10))
        expect(not heard.defects, f"a defect: {heard.defects[:1]}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    expect(memory <= MEMORY or amount < 100, f"{memory} MB")  # in the suite the process is not ours alone
    heard_of = {
        "messages": f"{server.update:,}",
        "set aside": f"{server.set_aside:,}",
        "answers to others": f"{len(latencies):,}",
    }
    return heard_of | {"99 of 100 within": f"{slow} ms", "most waiting in a chat": server.most, "memory": f"{memory} MB"}


@dataclass
class Server:
    """Telegram, the worker and the delivery in made-up time."""

    town: Town
    seed: int
    moment: int = 0  # milliseconds
    update: int = 0
    most: int = 0
    set_aside: int = 0
    flooder: int = 9_000
    latencies: list[int] = field(default_factory=list)
    told: set[int] = field(default_factory=set)  # rows that say so
    asked: dict[int, list[int]] = field(default_factory=dict)  # when somebody's messages came that are not answered yet

    def __post_init__(self) -> None:
        self.chance = Random(f"{self.seed}/flood")
        start = self.town.county.clock()
        clock: dict[str, Callable[[], int]] = {"clock": lambda: start + self.moment // 1000}
        self.office = replace(self.town.office, limits=Limits(), precise=lambda: 1000 * start + self.moment, **clock)

    def settles(self, numbers: range) -> None:
        """Fillers of one unit, each with a filing to look into."""
        for number in numbers:
            self.town.county.joins(self.town.settle(number, f"人{number}"), self.town.units["own"], "filler")

    # What happens.

    def flood(self, seconds: int) -> None:
        """One person floods; the others say something now and then."""
        honest = range(7_000, 7_000 + HONEST)
        self.settles(honest)
        self.settles(range(self.flooder, self.flooder + 1))
        for tick in range(seconds * 1000 // TICK):
            for _ in range(FLOOD):
                self.says(self.flooder, self.chance.choice(("目录", "37", "帮助", "第3题", "/start")))
            for number in honest:
                if (tick + number * 11) % EVERY == 0:
                    self.asked.setdefault(number, []).append(self.moment)
                    self.says(number, "帮助")
            self.works(HANDLED)
        self.looks()

    def crowd(self, seconds: int) -> None:
        """Everybody says something every second: more than may be sent."""
        crowd = range(20_000, 20_000 + CROWD)
        self.settles(crowd)
        for tick in range(seconds * 1000 // TICK):
            for number in crowd:
                if (tick + number) % (1000 // TICK) == 0:
                    self.says(number, "帮助")
            self.works(HANDLED)
            if tick % 50 == 0:
                self.looks()
        self.looks()

    def says(self, number: int, text: str) -> None:
        self.update += 1
        with writing(self.office.engine) as c:
            raw = {"update_id": self.update, "message": said(self.chance, number, text=text)}
            inbox.receive(c, [arrival("1", raw)], self.office.clock())

    def works(self, most: int) -> None:
        """One tick: so many events, and what may leave by its end."""
        self.moment += TICK
        for _ in range(most):
            if handle_next(self.office) is None:
                break
        while (parcel := claim(self.office)) is not None:
            leaves = max(self.moment, parcel.leaves_at - 1000 * (self.office.clock() - self.moment // 1000))
            number = int(parcel.chat.partition(":")[2])
            if self.asked.get(number):
                self.latencies.append(leaves - self.asked[number].pop(0))
            sent(self.office, parcel, parcel.id)
        if self.moment % 1000 == 0:
            self.looks()

    def looks(self) -> None:
        """How many replies wait in a chat; what is done is cleared away."""
        with writing(self.office.engine) as c:
            o = t.outbox.c
            waiting = select(func.count()).where(o.state == "new", o.kind == "message").group_by(o.chat)
            self.most = max([self.most, *c.execute(waiting).scalars()])
            self.told.update(
                c.execute(select(o.id).where(o.chat == f"{CHANNEL}:{self.flooder}", o.body.contains(TOO_FAST))).scalars()
            )
            i = t.inbox.c
            self.set_aside += c.execute(t.inbox.delete().where(i.state == "parked", i.error == "flood")).rowcount
            c.execute(t.inbox.delete().where(i.state == "done"))
            c.execute(t.outbox.delete().where(o.state == "sent"))
        room = MOST_WAITING + 5  # one event may have several replies
        expect(self.most <= room, f"{self.most} replies wait in one chat")


PLANTED: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "a queue without end": lambda: patch.object(handling, "MOST_UNSENT", 10**9),
    "a word for every message": lambda: patch.object(paces, "free_at", lambda c, key: 0),
}
TEETH = tuple(PLANTED)
