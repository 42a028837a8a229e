"""R5: a Bot API that fails in every way it can, three workers of which one dies now and then; nothing is lost, whatever arrives
twice was a send of which nobody could know, and is marked as such; nobody speaks while silence is asked for; a person who has
blocked us is left alone.

Time jumps from one event to the next (sending/hurrying.py): the backoffs and silences of hours take minutes.
"""

import asyncio
import json
import tempfile
from random import Random

import pytest
from sqlalchemy import select

import bot.delivery
from bot.outcomes import Ambiguous
from dialogs.store import outbox
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.paces import Limits
from dialogs.store.tables import outbox as rows
from tests.soak import expect
from tests.soak.crashing.places import memory
from tests.soak.sending.fleet import BEGAN, Fleet, unheard
from tests.soak.sending.hurrying import in_a_hurry
from tests.soak.sending.messenger import FAULTS, Messenger

GOAL = "R5"
AMOUNT = {"quick": 150, "full": 60_000}  # messages, for which there are half as many calls more
BLIND = "ambiguous sends repeated without a word"
LOUD = "speaks while silence is asked for"
GIVES_UP = "an unanswered send is given up"
TEETH = (BLIND, LOUD, GIVES_UP)
CHATS = 40
WORKERS = 3


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    chance = Random(seed)
    messenger = Messenger(chance, FAULTS)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ziping-faults-", dir=memory()) as folder, pytest.MonkeyPatch.context() as planting:
        upgrade(f"sqlite:///{folder}/store.db")
        engine = open_store(f"sqlite:///{folder}/store.db")
        fleet = Fleet(engine, messenger, Limits(per_chat=5), WORKERS)
        if planted:
            _plant(planting, planted)

        async def work() -> None:
            for _ in range(WORKERS):
                fleet.hire()
            await _sends(fleet, chance, amount)
            await fleet.ends()

        with unheard():
            in_a_hurry(work())
        figures |= _checked(fleet, messenger, amount)
        engine.dispose()
    return figures


async def _sends(fleet: Fleet, chance: Random, amount: int) -> None:
    said = 0
    while said < amount or fleet.left():
        for _ in range(min(chance.randrange(12), amount - said)):
            chat = 1 + min(int(chance.expovariate(0.1)), CHATS)
            fleet.says(chat, f"第{said}句", unasked=chance.random() < 0.2)
            said += 1
        await asyncio.sleep(chance.uniform(0.2, 2.0) if said < amount else 10)
        if chance.random() < 0.02:
            await fleet.loses_one(chance)
        if said == amount or chance.random() < 0.05:
            _unblocks(fleet)


def _unblocks(fleet: Fleet) -> None:
    """Whoever had blocked the bot lets it speak again, and says so."""
    fleet.messenger.blocked.clear()
    with writing(fleet.engine) as c:
        for chat in c.execute(
            select(rows.c.chat).where(rows.c.state == "new", rows.c.error == outbox.BLOCKED).distinct()
        ).scalars():
            outbox.heard_from(c, chat, int(BEGAN + fleet.now()))


def _checked(fleet: Fleet, messenger: Messenger, amount: int) -> dict[str, object]:
    lost = [text for text in fleet.asked if not messenger.arrived[text]]
    doubled = {text for text, times in messenger.arrived.items() if times > 1}
    marked = _marked(fleet)
    expect(not lost, f"{len(lost)} lost, such as {lost[:3]}")
    expect(doubled <= marked, f"{len(doubled - marked)} arrived twice and nobody wrote it down")
    extra = sum(times - 1 for times in messenger.arrived.values())
    expect(messenger.spoke_too_early == 0, f"{messenger.spoke_too_early} calls while silence was asked for")
    if amount >= 1000:
        messenger.every_fault_fired()
    return {
        "messages": amount,
        "calls": messenger.calls,
        "lost": 0,
        "doubled": extra,
        "of which recorded": extra,
        "ambiguous": len(marked),
        "deaths": fleet.deaths,
        "faults": sum(messenger.fired.values()),
        "calls in silence": 0,
    }


def _marked(fleet: Fleet) -> set[str]:
    """The texts of which the store knows that they may have arrived before."""
    with reading(fleet.engine) as c:
        return {json.loads(body)["text"] for body in c.execute(select(rows.c.body).where(rows.c.ambiguous == 1)).scalars()}


def _plant(planting: pytest.MonkeyPatch, bug: str) -> None:
    match bug:
        case _ if bug == BLIND:
            planting.setattr(bot.delivery, "AMBIGUOUS", "unreachable")
        case _ if bug == LOUD:
            planting.setattr(bot.delivery.Delivery, "_turn", _at_once)
            planting.setattr(bot.delivery, "hold", lambda office, parcel, _: bot.delivery.later(office, parcel, 0, "429"))
        case _:
            planting.setattr(bot.delivery.Delivery, "_mark", _given_up(bot.delivery.Delivery._mark))


async def _at_once(*_: object) -> bool:
    return True


def _given_up(original):  # type: ignore[no-untyped-def]
    async def mark(self, parcel, failure):  # type: ignore[no-untyped-def]
        if isinstance(failure, Ambiguous):
            bot.delivery.give_up(self.office, parcel, "no answer")
            return "refused"
        return await original(self, parcel, failure)

    return mark
