"""A store beside the oracle: what was promised is there, nothing is there twice, the answers are what history tells.

Reads with plain SQL, through any driver of either database. Not here: the oracle (form.py).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.soak import expect
from tests.soak.crashing.form import Filled
from tests.soak.crashing.telegram import Telegram

Query = Callable[[str], Sequence[Sequence[Any]]]

_ANSWERS = """
SELECT c.chat, a.item, a.value FROM conversations c JOIN answers a ON a.filing_id = c.filing_id WHERE a.value IS NOT NULL
"""
_HISTORY = """
SELECT c.chat, h.item, h.new FROM conversations c JOIN history h ON h.filing_id = c.filing_id ORDER BY h.id
"""
_TWICE = "SELECT inbox_id, item, count(*) FROM history GROUP BY inbox_id, item HAVING count(*) > 1"
_INBOX = "SELECT chat, update_id, state FROM inbox ORDER BY id"


@dataclass(frozen=True)
class Found:
    """What a store holds: per chat its answers, how many of its updates are done, and those that wait; parked ones anywhere."""

    answers: dict[str, Filled]
    done: dict[str, int]
    received: set[int]
    waiting: int
    parked: int


def found(query: Query) -> Found:
    """Reads a store; Red when its parts contradict each other."""
    answers: dict[str, Filled] = {}
    for chat, item, value in query(_ANSWERS):
        answers.setdefault(_own(chat), {})[item] = json.loads(value)
    told: dict[str, Filled] = {}
    for chat, item, new in query(_HISTORY):
        value = None if new is None else json.loads(new)["value"]
        of_chat = told.setdefault(_own(chat), {})
        of_chat.pop(item, None)
        if value is not None:
            of_chat[item] = json.loads(value)
    expect(
        {chat: of_chat for chat, of_chat in told.items() if of_chat} == answers,
        "the history does not tell what the answers are",
    )
    expect(not (twice := query(_TWICE)), f"applied twice: {list(twice)[:3]}")
    inbox = query(_INBOX)
    done: dict[str, int] = {}
    for chat, _, state in inbox:
        if state == "done":
            done[_own(chat)] = done.get(_own(chat), 0) + 1
    states = [state for _, _, state in inbox]
    return Found(answers, done, {number for _, number, _ in inbox}, states.count("new"), states.count("parked"))


def something_waits(query: Query) -> bool:
    """Whether an update or a reply is not dealt with yet."""
    waiting = "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') + (SELECT count(*) FROM outbox WHERE state <> 'sent')"
    return bool(query(waiting)[0][0])


def follows_the_oracle(store: Found, oracle: Mapping[str, Sequence[Filled]]) -> None:
    """Every chat's answers are exactly those after as many of its lines as are done. Red otherwise."""
    for chat, states in oracle.items():
        done = store.done.get(chat, 0)
        wanted, have = states[done], store.answers.get(chat, {})
        differ = sorted(item for item in {*wanted, *have} if wanted.get(item) != have.get(item))
        expect(not differ, f"chat {chat} after {done} lines: {[(i, wanted.get(i), have.get(i)) for i in differ[:3]]}")


def verdict(query: Query, telegram: Telegram) -> dict[str, object]:
    """Everybody has finished: the store beside what Telegram remembers. Red when anything was lost, doubled or forgotten."""
    there = found(query)
    known = {row for (row,) in query("SELECT id FROM outbox WHERE ambiguous = 1")}
    ((unsent,),) = query("SELECT count(*) FROM outbox WHERE state <> 'sent'")
    lost = set(range(1, telegram.numbers + 1)) - there.received
    expect(not lost, f"{len(lost)} accepted updates lost")
    expect(not there.waiting and not there.parked, f"{there.waiting} updates wait, {there.parked} are parked")
    expect(not unsent, f"{unsent} replies were never sent")
    follows_the_oracle(there, telegram.oracle)
    for filler in telegram.fillers.values():
        expect(there.done.get(filler.chat, 0) == filler.typed, f"chat {filler.chat}: {filler.typed} typed")
        expect(filler.read_back == filler.promised, f"chat {filler.chat}: not everything was read back")
    expect(telegram.twice <= known, f"sent twice and not recorded: {sorted(telegram.twice - known)[:3]}")
    return {"lost": 0, "applied twice": 0, "sent twice, recorded": len(telegram.twice)}


def _own(chat: str) -> str:
    return chat.partition(":")[2]
