"""S2: buttons nobody was given — made up, cut, mixed, stale, replayed, taken from somebody else's screen or notice.

None of them does anything but bring the present screen back. Every forgery is judged by the conversation itself, every
tenth with the screen really shown again; some go the whole way through inbox and worker, after which every row of the
store is as it was.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, select

from bot.office import ALPHABET
from bot.telegram.updates import CHANNEL, arrival
from dialogs import interview, staging
from dialogs.buttons import act
from dialogs.conversation import Conversation
from dialogs.events import Event, Pressed
from dialogs.handling import handle_next
from dialogs.orders import Doing
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.store import conversations, inbox, notices
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.world import World
from tests.fuzz.listening import listening
from tests.fuzz.mutating import NASTY
from tests.fuzz.samples import press
from tests.fuzz.town import ADMINISTRATOR, CANARY, FILLER, NEIGHBOUR, OBSERVER, REVIEWER, STRANGER, Town, town
from tests.soak import expect

GOAL = "S2"
AMOUNT = {"quick": 1_000, "full": 1_000_000}  # forged presses
WHOLE = 50  # of so many forgeries one goes the whole way
SHOWN = 10  # of so many forgeries one has the present screen shown again, which costs more than all the rest
ROUND = 400  # forgeries between looks at every row
FORGERS = (FILLER, NEIGHBOUR, REVIEWER, ADMINISTRATOR, OBSERVER, STRANGER)
MACHINERY = {"inbox", "outbox", "conversations", "journal"}
LARGEST = 64  # bytes Telegram gives a button
WAYS = ("目录", "第3题", "我的", "佐证", "提醒设置", "成员名单", "历史", "待审核", "截止", "进度", "/start", "检查一遍")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many forgeries; how many of them looked like a button of ours."""
    with ExitStack() as stack:
        town_ = stack.enter_context(town(seed))
        heard = stack.enter_context(listening())
        forgery = Forgery(town_, seed)
        forgery.prepare()
        stack.enter_context(patch.object(interview, "_again", forgery.again))
        if planted:
            stack.enter_context(PLANTED[planted]())
        done = 0
        while done < amount:
            done += forgery.round(min(ROUND, amount - done))
            expect(not heard.defects, f"a defect: {heard.defects[:1]}")
            heard.clear()
    return {"forged": f"{done:,}", "shaped like ours": f"{forgery.shaped:,}", "the whole way": f"{forgery.whole:,}"}


@dataclass
class Seat:
    """Somebody who forges: where their conversation stands, and what they were shown and hold no more."""

    number: int
    scene: Scene
    alive: tuple[str, ...] = ()
    stale: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class Forgery:
    """Everybody sits before some screen; forgeries come from all of them, at all of them."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town = town
        self.chance = Random(f"{seed}/forgery")
        self.numbers = iter(range(1, 10**9))
        self.seats: dict[int, Seat] = {}
        self.shaped = self.whole = self.judged = 0

    def prepare(self) -> None:
        """Screens with buttons, screens left behind, and a notice for everybody who belongs somewhere."""
        for number in FORGERS:
            self._does(number, "/start")
        for number in (FILLER, REVIEWER, OBSERVER, NEIGHBOUR):
            for label in [b for b in self._buttons(number) if "年度" in b]:
                self._does(number, label)
        self._does(ADMINISTRATOR, "成员名单")
        with writing(self.town.engine) as c:
            for number, filing in ((FILLER, "own"), (REVIEWER, "own"), (NEIGHBOUR, "other")):
                doing = Doing(c, self.town.office, self.town.county.console, self.town.county.clock())
                rows = [[("去填", f"goto:{self.town.filings[filing]}:jump:problems")]]
                doing.say(Notice(self.town.people[number].id, "opened", f"k{number}", "开了新表。", rows))

    def _does(self, number: int, text: str) -> None:
        """Somebody types, and all of it is handled."""
        update = {
            "message_id": 1,
            "chat": {"id": number, "type": "private"},
            "from": {"id": number, "is_bot": False},
            "text": text,
        }
        self._arrives({"message": update})

    def _arrives(self, update: dict[str, Any]) -> None:
        office = self.town.office
        with writing(office.engine) as c:
            inbox.receive(c, [arrival("1", {"update_id": next(self.numbers), **update})], office.clock())
        expect(handle_next(office) is not None, "the update was not handled")
        expect(handle_next(office) is None, "the update was not handled at once")

    def _buttons(self, number: int) -> list[str]:
        with reading(self.town.engine) as c:
            stored = conversations.load(c, f"{CHANNEL}:{number}")
        return list(Conversation.from_json(stored.state).labels) if stored else []

    # One round: everybody somewhere else, then forgeries.

    def round(self, amount: int) -> int:
        for number in FORGERS:
            old = self.seats[number].alive if number in self.seats else ()
            self._does(number, self.chance.choice(WAYS))
            self._sits(number, old)
        before = self._rows()
        with reading(self.town.engine) as c:
            for _ in range(amount):
                seat = self.seats[self.chance.choice(FORGERS)]
                self._judged(c, seat, self._token(seat))
        for _ in range(max(1, amount // WHOLE)):
            seat = self.seats[self.chance.choice(FORGERS)]
            self._pressed(seat, self._token(seat))
        after = self._rows()
        changed = [name for name in before if before[name] != after[name]]
        expect(not changed, f"a forged button changed {changed}")
        with writing(self.town.engine) as c:
            for table in (t.outbox, t.inbox, t.journal):
                c.execute(table.delete())
        return amount

    def _sits(self, number: int, old: tuple[str, ...]) -> None:
        with reading(self.town.engine) as c:
            chat = f"{CHANNEL}:{number}"
            stored = conversations.load(c, chat)
            assert stored is not None
            conversation = Conversation.from_json(stored.state)
            event = Event(Pressed(""), chat, chat, self.town.office.clock(), 5, "77")
            scene = staging.build_scene(c, self.town.office, event, stored.person_id, conversation, stored.filing_id)
            own = select(t.notices.c.id).where(t.notices.c.person_id == stored.person_id)
            waiting = [f"{id}.{n}" for (id,) in c.execute(own) for n in (0, 1)]
        alive = tuple(f"{conversation.turn}.{n}" for n in range(len(conversation.actions)))
        stale = [*old, *(self.seats[number].stale if number in self.seats else [])]
        kept = [token for token in stale if token.partition(".")[0] != conversation.turn]
        self.seats[number] = Seat(number, scene, alive, kept[:200], waiting)
        expect(all(len(token.encode()) <= LARGEST for token in (*alive, *waiting)), "a button is larger than Telegram allows")

    def _token(self, seat: Seat) -> str:
        """Something that was never given to this person, or is no more."""
        while True:
            token = self.chance.choices(FORGERIES, FREQUENCIES)[0](self, seat)
            if token not in seat.alive and token not in seat.notices and token != seat.scene.conversation.before:
                return token

    def again(self, scene: Scene, ack: str, toast: str = "") -> Outcome:
        """The present screen once more, or only what is said above it."""
        if self.judged % SHOWN:
            return Outcome(scene.conversation, (Message(ack),))
        return interview_again(scene, ack, toast)

    def _judged(self, c: Connection, seat: Seat, token: str) -> None:
        self.judged += 1
        event = replace(seat.scene.event, action=Pressed(token))
        standing = staging._standing(c, event, seat.scene.rights.person)
        outcome = interview.step(replace(seat.scene, event=event, standing=standing, outside=World(c)))
        own = seat.scene.conversation
        idle = not (outcome.changes or outcome.orders or outcome.opening or outcome.drafts or outcome.rename or outcome.wish)
        expect(
            idle and not outcome.leaving and not outcome.after,
            f"{seat.number} pressed {token!r} on {own.screen}: {outcome}"[:600],
        )
        expect(outcome.conversation.hat == own.hat, f"{token!r} changed a hat")
        texts = [r.text for r in outcome.replies if isinstance(r, Message)]
        expect(bool(texts), f"{seat.number} pressed {token!r} on {own.screen} and heard nothing")
        if seat.number == STRANGER:
            expect(CANARY not in "".join(texts), f"a stranger pressed {token!r} and read {texts}")
        self.shaped += interview.OURS.fullmatch(token) is not None

    def _pressed(self, seat: Seat, token: str) -> None:
        self.whole += 1
        self.judged = 0
        self._arrives({"callback_query": press(self.chance, seat.number, token)})

    def _rows(self) -> Mapping[str, list[str]]:
        """Everything but the machinery's own notes, and where each conversation stands."""
        with reading(self.town.engine) as c:
            tables = [table for table in t.metadata.sorted_tables if table.name not in MACHINERY]
            return {table.name: sorted(repr(row) for row in c.execute(select(table))) for table in tables}


# What is forged.


def _from_nothing(forgery: Forgery, _: Seat) -> str:
    chance = forgery.chance
    length = chance.choice((8, 8, 8, 12))
    return f"{''.join(chance.choices(ALPHABET, k=length))}.{chance.randrange(30)}"


def _other_index(forgery: Forgery, seat: Seat) -> str:
    """The present turn, with a place no button has."""
    chance, turn = forgery.chance, seat.scene.conversation.turn
    beyond = len(seat.alive) + chance.randrange(40)
    return f"{turn}.{chance.choice((str(beyond), str(-beyond), '-1', '', '0x0', '0.0', '+0', ' 0', '0 ', '²', '1e0', '0' * 20 + '9'))}"


def _near(forgery: Forgery, seat: Seat) -> str:
    """A live button with one symbol changed, left out, doubled or of another case."""
    chance = forgery.chance
    token = chance.choice(seat.alive or ("abcdefgh.0",))
    at = chance.randrange(9)  # in the turn or its dot, not in the place
    if chance.random() < 0.2:
        return token[:at] + token[at:].upper()
    return token[:at] + chance.choice(("", token[at] * 2, chance.choice(ALPHABET), "\x00", "．")) + token[at + 1 :]


def _others(forgery: Forgery, seat: Seat) -> str:
    """What is alive on somebody else's screen, or in a notice to somebody else."""
    chance = forgery.chance
    other = forgery.seats[chance.choice([n for n in FORGERS if n != seat.number])]
    return chance.choice(other.notices if other.notices and chance.random() < 0.3 else other.alive or ("abcdefgh.0",))


def _stale(forgery: Forgery, seat: Seat) -> str:
    return forgery.chance.choice(seat.stale or ["abcdefgh.0"])


def _data(forgery: Forgery, seat: Seat) -> str:
    """What the button means, said outright."""
    chance, town = forgery.chance, forgery.town
    everything = [a for other in forgery.seats.values() for a in other.scene.conversation.actions]
    filing = chance.choice(list(town.filings.values()))
    plain = (
        f"filing:{filing}",
        f"goto:{filing}:jump:problems",
        "confirm",
        "skip",
        "undo",
        f"{filing}.0",
        "submit_now",
        "left:u1",
    )
    return chance.choice((*everything, *plain))


def _junk(forgery: Forgery, _: Seat) -> str:
    chance = forgery.chance
    return (
        chance.choice(NASTY)
        if chance.random() < 0.5
        else "".join(chr(chance.randrange(1, 0xD7FF)) for _ in range(chance.randrange(64)))
    )


FORGED: Mapping[Callable[[Forgery, Seat], str], int] = {
    **{_from_nothing: 20, _other_index: 12, _near: 15, _others: 20, _stale: 15, _data: 13, _junk: 5},
}
FORGERIES, FREQUENCIES = tuple(FORGED), tuple(FORGED.values())


# What is planted.


def _obeying(scene: Scene, token: str) -> Outcome:
    name = token.partition(":")[0]
    return act(scene, token) if name in {"filing", "goto", "skip", "undo"} else interview_pressed(scene, token)


def _any_turn(scene: Scene, token: str) -> Outcome:
    index = token.partition(".")[2]
    actions = scene.conversation.actions
    if index.isdecimal() and int(index) < len(actions):
        return act(scene, actions[int(index)])
    return interview_pressed(scene, token)


def _any_place(scene: Scene, token: str) -> Outcome:
    turn, _, index = token.partition(".")
    actions = scene.conversation.actions
    if turn and turn == scene.conversation.turn and actions and index.lstrip("-").isdecimal():
        return act(scene, actions[int(index) % len(actions)])
    return interview_pressed(scene, token)


def _anybodys(c: Connection, id: str, person: str, index: int) -> str:
    rows = c.execute(select(t.notices.c.actions).where(t.notices.c.id == id)).fetchall()
    actions = json.loads(rows[0][0]) if rows else []
    return str(actions[index]) if index < len(actions) else ""


interview_again, interview_pressed = interview._again, interview._pressed
PLANTED: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "data trusted": lambda: patch.object(interview, "_pressed", _obeying),
    "any turn will do": lambda: patch.object(interview, "_pressed", _any_turn),
    "places counted from the end": lambda: patch.object(interview, "_pressed", _any_place),
    "a notice is anybody's": lambda: patch.object(notices, "action_of", _anybodys),
}
TEETH = tuple(PLANTED)
