"""S1: everybody presses, types and sends everything, in chats, groups, edits and forwards, before filings in every state.

Each cell starts from a conversation as somebody rightful left it, or from a button with arguments from anywhere. Afterwards
no row of a place where the person holds no role is another one, no word of such a place was said, and what the reviewed
table denies wrote nothing at all. The table itself is in tests/dialogs/access; every handler must be listed in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Table, select

from bot.telegram.updates import CHANNEL, arrival
from dialogs import buttons, rooms
from dialogs.access import rights
from dialogs.access.permissions import Action, Role, State
from dialogs.access.rights import Rights
from dialogs.conversation import Conversation, Screen
from dialogs.events import Event, Pressed
from dialogs.handling import _handle
from dialogs.staging import build_scene
from dialogs.store import conversations, inbox
from dialogs.store import tables as t
from dialogs.store.engine import writing
from dialogs.store.errors import Conflict
from tests.dialogs.access.test_permissions import STATES, allowed
from tests.fuzz.listening import listening
from tests.fuzz.parish import ABOVE, ABROAD, OVERSEER, REMOVED, Foreign, Parish, parish
from tests.fuzz.samples import group, person, private
from tests.fuzz.town import ADMINISTRATOR, FILLER, NEIGHBOUR, OBSERVER, REVIEWER, STRANGER
from tests.soak import expect

GOAL = "S1"
AMOUNT = {"quick": 350, "full": 20_000}  # cells
EVERYBODY = (FILLER, REVIEWER, ABOVE, OBSERVER, ADMINISTRATOR, OVERSEER, STRANGER, REMOVED, NEIGHBOUR, ABROAD)
RIGHTFUL = {"own": (FILLER, REVIEWER), "before": (FILLER, ABOVE), "other": (NEIGHBOUR,), "far": (ABROAD,)}
KINDS = ("press", "press", "press", "press", "say", "say", "forge", "edit", "forward", "file", "group press", "group say")
MACHINERY = {"inbox", "outbox", "conversations", "journal", "wrong_codes"}  # what every event may write
WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
LETTERS = {state: letter for letter, state in STATES.items()}
TEXTS = ("37", "王会计", "预算编制还不够细。", "2021年3月9日", "对", "1", "第3题", "完成", "8 群众评价好", "退回来改一下")
VERDICTS = {State.OPEN: "withdrawn", State.SUBMITTED: "", State.RETURNED: "returned", State.APPROVED: "approved"}
PAGES: tuple[tuple[Screen, Mapping[str, Any]], ...] = (
    (Screen.WHICH_UNIT, {"of": "c.{c}"}),
    (Screen.INVITING, {"invite": "c.{c}.overseer"}),
    (Screen.ANNOUNCING, {"here": "c.{c}.2020"}),
    (Screen.RETURNING, {"here": "c.{c}.2020", "chosen": ["f-far-0"]}),
    (Screen.IMPORTING, {"county": "{c}"}),
    (Screen.CALENDAR, {"step": "page", "county": "{c}", "year": 2020}),
)
ROUND = 60  # cells between two strolls of the rightful
STEPS = 8  # of a stroll
REFUSED = (ValueError, KeyError, IndexError, AttributeError, AssertionError, TypeError, ArithmeticError, Conflict)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many cells; how many of them the table denies, and how many kinds of handlers they met."""
    with ExitStack() as stack:
        matrix = Matrix(stack.enter_context(parish(seed)), seed)
        stack.enter_context(listening())
        if planted:
            stack.enter_context(PLANTED[planted]())
        for number in range(amount):
            if number % ROUND == 0:
                matrix.strolls()
            matrix.cell()
    told = {name: f"{count:,}" for name, count in matrix.counts.items()}
    return told | {"buttons met": f"{len(matrix.met)} of {len(everything())}"}


def everything() -> dict[str, Action]:
    """Every button there is and what it says it needs."""
    return {**buttons.NEEDED, **{name: entry.needs for name, entry in rooms.actions().items()}}


class Undone(Exception):
    """Whatever happened is taken back."""


@dataclass
class Left:
    """A conversation as somebody left it, with the filing that was open."""

    state: Conversation
    filing: str | None


class Matrix:
    """Draws cells and looks at what each of them did."""

    def __init__(self, parish: Parish, seed: int) -> None:
        self.parish = parish
        self.office = parish.town.office
        self.chance = Random(f"{seed}/matrix")
        self.left: list[Left] = []
        self.met: set[str] = set()
        self.counts = {"cells": 0, "denied by the table": 0, "with an effect": 0, "refused by an error": 0}
        self.update = 10**6
        self.before: dict[tuple[int, str], list[str]] = {}
        self.fresh = sorted(everything())

    # Where people stand.

    def strolls(self) -> None:
        """The rightful look around, one filing in each state; their conversations are kept, and whatever they did is undone."""
        for who, filing in ((FILLER, "own"), (REVIEWER, "own"), (NEIGHBOUR, "other"), (ADMINISTRATOR, ""), (ABROAD, "far")):
            with self._undone() as c:
                self._set(c, filing, self.chance.choice(tuple(State)))
                conversations.save(
                    c, self._chat(who), self._id(who), self.parish.filings.get(filing), Conversation().to_json(), 1
                )
                self._stroll(c, who)

    def _stroll(self, c: Connection, who: int) -> None:
        for step in range(STEPS):
            stored = conversations.load(c, self._chat(who))
            if stored is None:
                return
            state = Conversation.from_json(stored.state)
            if state.actions:
                self.left.append(Left(state, stored.filing_id))
            kind, what = ("say", "/start") if step == 0 or not state.actions else ("press", self._live(state))
            if step == 1 and self.chance.random() < 0.5:
                kind, what = "say", self.chance.choice([w for w in rooms.words() if w not in ("退出单位", "离开单位")])
            nested = c.begin_nested()
            try:
                self._handled(c, who, self._update(who, kind, what))
                nested.commit()
            except REFUSED:
                nested.rollback()
        self.left = self.left[-200:]

    def _live(self, state: Conversation) -> str:
        return f"{state.turn}.{self.chance.randrange(len(state.actions))}"

    # One cell.

    def cell(self) -> None:
        """Somebody does something, with a filing in some state; then it is undone."""
        kind, state = self.chance.choice(KINDS), self.chance.choice(tuple(State))
        place = self.chance.choice(("own", "own", "own", "before", "other", "far"))
        who = self.chance.choice(EVERYBODY if self.chance.random() < 0.7 else RIGHTFUL[place])
        self.counts["cells"] += 1
        with self._undone() as c:
            self._set(c, place, state)
            stands = self._stands(c, who, place)
            action = self._action(stands.state, kind)
            foreign = self.parish.foreign(who)
            self._remember(c, who, foreign)
            denied = kind in ("press", "group press") and self._denied(c, who, stands, action)
            try:
                written, said = self._handled(c, who, self._update(who, kind, self._what(stands.state, kind, action)))
            except REFUSED:
                self.counts["refused by an error"] += 1
                return
            cell = f"{self.parish.names[who]} · {kind} {action} · {place} {state}"
            touched = [(table, where) for table, where in foreign.tables if table.name in written]
            changed = [table.name for table, where in touched if rows(c, table, where) != self.before[who, table.name]]
            expect(not changed, f"{cell}: changed {changed} where it has no business")
            told = [secret for secret in foreign.secrets if secret in said]
            expect(not told, f"{cell}: was told {told}: {said[:300]}")
            if denied or kind in ("edit", "forge", "group press", "group say"):
                expect(not written, f"{cell}: wrote {written}")
            self.counts["denied by the table"] += denied
            self.counts["with an effect"] += bool(written)

    def _remember(self, c: Connection, who: int, foreign: Foreign) -> None:
        """The foreign rows as they are before: the same for every cell, but for the state of the filing."""
        for table, where in foreign.tables:
            if table in (t.filings, t.submissions) or (who, table.name) not in self.before:
                self.before[who, table.name] = rows(c, table, where)

    def _stands(self, c: Connection, who: int, place: str) -> Left:
        """A conversation left by somebody, or a bare one before the filing; put under this person."""
        drawn = self.chance.random()
        left = Left(Conversation(), self.parish.filings[place])
        if drawn < 0.4:
            left = self.chance.choice(self.left)
        elif drawn < 0.65:  # a page of a county, as an officer left it
            county = self.chance.choice((self.parish.town.county.id, "c2"))
            screen, pending = self.chance.choice(PAGES)
            kept = {key: value.format(c=county) if isinstance(value, str) else value for key, value in pending.items()}
            left = Left(Conversation(screen, turn="zzzzzzzz", actions=("me",), labels=("甲",), pending=kept), None)
        if not left.state.actions:
            action = self._drawn()
            left = replace(left, state=Conversation(screen=Screen.CONTENTS, turn="zzzzzzzz", actions=(action,), labels=("乙",)))
        conversations.save(c, self._chat(who), self._id(who), left.filing, left.state.to_json(), 1)
        return left

    def _drawn(self) -> str:
        """Some button, each as often as any other, with an argument from anywhere."""
        if not self.fresh:
            self.fresh = sorted(everything())
        name = self.fresh.pop(self.chance.randrange(len(self.fresh)))
        return f"{name}:{self.parish.argument(self.chance)}" if self.chance.random() < 0.7 else name

    def _action(self, state: Conversation, kind: str) -> str:
        action = self.chance.choice(state.actions)
        if "press" in kind:
            self.met.add(action.partition(":")[0])
        return action

    def _what(self, state: Conversation, kind: str, action: str) -> str:
        """The button's token, its meaning said outright, its label, or a text."""
        match kind:
            case "press" | "group press":
                return f"{state.turn}.{state.actions.index(action)}"
            case "forge":
                return action
            case "say" | "forward" | "edit" | "group say":
                label = state.labels[state.actions.index(action)]
                return label if self.chance.random() < 0.4 else self.chance.choice((*TEXTS, *rooms.words()))
        return ""

    def _denied(self, c: Connection, who: int, stands: Left, action: str) -> bool:
        """Whether the reviewed table says no to this button, pressed with this filing on the screen."""
        name, _, argument = action.partition(":")
        needs = everything().get(name)
        if needs is None or needs in (Action.OWN, Action.JOIN):
            return False
        chat = self._chat(who)
        scene = build_scene(c, self.office, Event(Pressed("x"), chat, chat, 1), self._id(who), stands.state, stands.filing)
        entry = rooms.actions().get(name)
        place = entry.place(scene, argument) if entry else scene.place
        roles = [str(role) for role in self.parish.roles(who, place)] or ["nobody"]
        return not any(allowed(role, needs, LETTERS[place.state]) for role in roles)

    # The way of an update.

    def _update(self, who: int, kind: str, what: str) -> dict[str, Any]:
        crowd = kind.startswith("group")
        base = {"message_id": 5, "date": 1, "from": person(who), "chat": group(1) if crowd else private(who)}
        match kind:
            case "press" | "forge" | "group press":
                return {"callback_query": {"id": "7", "from": person(who), "message": base, "data": what}}
            case "edit":
                return {"edited_message": base | {"text": what}}
            case "forward":
                return {"message": base | {"text": what, "forward_origin": {"type": "user", "sender_user": person(FILLER)}}}
            case "file":
                return {"message": base | {"document": {"file_id": "F1", "file_name": "批复.pdf", "file_size": 9}}}
        return {"message": base | {"text": what}}

    def _handled(self, c: Connection, who: int, update: dict[str, Any]) -> tuple[set[str], str]:
        """The tables it wrote to, and all that was said, to whomever."""
        self.update += 1
        inbox.receive(c, [arrival("1", {"update_id": self.update, **update})], self.office.clock())
        taken = inbox.take(c, self.office.clock(), CHANNEL)
        assert taken is not None
        latest = c.execute(select(t.outbox.c.id).order_by(t.outbox.c.id.desc()).limit(1)).scalar() or 0
        written: set[str] = set()
        raw = c.connection.driver_connection
        assert raw is not None

        def note(sql: str) -> None:
            if found := WRITES.match(sql):
                written.add(found[1])

        raw.set_trace_callback(note)
        try:
            _handle(c, self.office, taken)
        finally:
            raw.set_trace_callback(None)
        said = c.execute(select(t.outbox.c.body).where(t.outbox.c.id > latest, t.outbox.c.chat == taken.chat)).scalars()
        return written - MACHINERY, "\n".join(said)

    @contextmanager
    def _undone(self) -> Iterator[Connection]:
        try:
            with writing(self.office.engine) as c:
                yield c
                raise Undone
        except Undone:
            pass

    def _set(self, c: Connection, place: str, state: State) -> None:
        """The filing handed in once, and how that ended."""
        if place:
            filing = self.parish.filings[place]
            c.execute(t.filings.update().where(t.filings.c.id == filing).values(state=str(state), round=1))
            c.execute(t.submissions.update().where(t.submissions.c.filing_id == filing).values(verdict=VERDICTS[state]))

    def _chat(self, who: int) -> str:
        return f"{CHANNEL}:{who}"

    def _id(self, who: int) -> str:
        return self.parish.town.people[who].id


def rows(c: Connection, table: Table, where: Any) -> list[str]:
    return sorted(repr(row) for row in c.execute(select(table).where(where)))


# What is planted.


def _everywhere(self: Rights, place: rights.Place) -> frozenset[Role]:
    """Roles count in every unit once somebody has them in one."""
    return frozenset(role for roles in (*self.units.values(), *self.counties.values()) for role in roles)


def _in_every_county(self: Rights, place: rights.Place) -> frozenset[Role]:
    return real_roles_at(self, place) | frozenset(role for roles in self.counties.values() for role in roles)


real_roles_at = Rights.roles_at
PLANTED: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "roles count in every unit": lambda: patch.object(Rights, "roles_at", _everywhere),
    "an office counts in every county": lambda: patch.object(Rights, "roles_at", _in_every_county),
    "pages outlive the office they were shown to": lambda: patch.object(rooms, "lost_here", lambda scene: None),
}
TEETH = tuple(PLANTED)
