"""R7: thirty thousand reminders and people who answer meanwhile, three workers, one bot: at no second more messages than allowed,
one a second in each chat, the reminders done in time, and nobody's answer behind them.

Time jumps from one event to the next (sending/hurrying.py), so that the times are those of a real afternoon.
"""

import asyncio
import tempfile
from random import Random

import pytest

import dialogs.outgoing
from dialogs.store import paces
from dialogs.store.engine import open_store, upgrade
from dialogs.store.paces import Limits
from tests.soak import expect
from tests.soak.crashing.places import memory
from tests.soak.sending.fleet import Fleet, unheard
from tests.soak.sending.hurrying import in_a_hurry
from tests.soak.sending.messenger import Messenger

GOAL = "R7"
AMOUNT = {"quick": 400, "full": 30_000}  # reminders
EACH_ITS_OWN = "each worker keeps a pace of its own"
NO_LANES = "reminders stand in the lane of replies"
TEETH = (EACH_ITS_OWN, NO_LANES)
WORKERS = 3
ANSWERS = 3.0  # a second, while the reminders go out
MOST = 25  # messages in any second
LONGEST_ANSWER = 2.0  # seconds, the slowest one of a hundred


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    chance = Random(seed)
    messenger = Messenger(chance)
    with tempfile.TemporaryDirectory(prefix="ziping-rate-", dir=memory()) as folder, pytest.MonkeyPatch.context() as planting:
        upgrade(f"sqlite:///{folder}/store.db")
        engine = open_store(f"sqlite:///{folder}/store.db")
        fleet = Fleet(engine, messenger, Limits(), WORKERS)
        if planted == EACH_ITS_OWN:
            planting.setattr(dialogs.outgoing.paces, "turn", _own(paces.turn))
            planting.setattr(dialogs.outgoing.paces, "free_at", lambda *_: 0)
        answers: list[str] = []
        done: list[float] = []

        async def work() -> None:
            for _ in range(WORKERS):
                fleet.hire()
            for n in range(amount):
                fleet.says(1000 + n, f"提醒{n}", unasked=planted != NO_LANES)
            while True:
                for _ in range(min(2, int(chance.expovariate(1) * ANSWERS))):
                    text = f"答复{len(answers)}"
                    fleet.says(chance.randrange(1, 900), text)
                    answers.append(text)
                await asyncio.sleep(1.0)
                if len(messenger.at) >= amount + len(answers) - 50:
                    break
            done.append(fleet.now())
            await _all_gone(fleet)
            await fleet.ends()

        with unheard():
            in_a_hurry(work())
        engine.dispose()
    waited = sorted(messenger.at[text] - fleet.asked[text] for text in answers)
    slow = waited[int(len(waited) * 0.99)]
    expect(all(messenger.arrived[text] == 1 for text in fleet.asked), "not everything arrived once")
    expect(messenger.busiest <= MOST, f"{messenger.busiest} messages in one second")
    expect(messenger.fired["limit"] == 0, f"{messenger.fired['limit']} times too many for the messenger")
    expect(messenger.chat_busiest <= Limits().burst, f"{messenger.chat_busiest} messages of one chat in one second")
    expect(slow <= LONGEST_ANSWER, f"an answer waited {slow:.1f} s")
    minutes = done[0] / 60
    expect(minutes <= 25 * max(amount, 2000) / 30_000, f"{amount} reminders took {minutes:.1f} minutes")
    return {
        "reminders": amount,
        "minutes": f"{minutes:.1f}",
        "most in a second": messenger.busiest,
        "answers": len(answers),
        "answer p50 and p99, ms": (round(1000 * waited[len(waited) // 2]), round(1000 * slow)),
    }


async def _all_gone(fleet: Fleet) -> None:
    while fleet.left():  # noqa: ASYNC110 — the outbox sets no event
        await asyncio.sleep(1.0)


def _own(original):  # type: ignore[no-untyped-def]
    def turn(c, key, now, gap):  # type: ignore[no-untyped-def]
        return now if key == "telegram" else original(c, key, now, gap)

    return turn
