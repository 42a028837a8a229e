"""Every button there is, pressed by everybody, with a filing in every state: what the reviewed table denies writes nothing
but the refusal, and shows nothing. Then buttons that are forged, stale, replayed, somebody else's, or a notice's."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import pytest
from sqlalchemy import Connection, select

from dialogs import buttons, rooms
from dialogs.access.permissions import Action, State
from dialogs.access.rights import Place
from dialogs.conversation import Conversation, Screen
from dialogs.events import Event, Pressed
from dialogs.handling import _handle
from dialogs.orders import Doing
from dialogs.replies import Message
from dialogs.staging import build_scene
from dialogs.store import conversations, inbox, journal, people, sealing
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.errors import Conflict
from dialogs.store.notices import Notice
from scoring.answers import given
from tests.dialogs.access.test_permissions import STATES, allowed
from tests.dialogs.county import County, Somebody

CANARY = "金丝雀第七号"
MACHINERY = {"inbox", "outbox", "conversations", "journal", "wrong_codes", "seals"}  # what every event may write
WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
READERS = ("filler", "reviewer", "above", "observer", "administrator", "overseer")
OUTSIDERS = ("stranger", "removed", "neighbour", "abroad")
LETTERS = {state: letter for letter, state in STATES.items()}


@dataclass
class Town:
    """One county with a filing, and everybody who could press something."""

    county: County
    filing: str = ""
    unit: str = ""
    other: str = ""
    people: dict[str, Somebody] = field(default_factory=dict)
    updates: Iterator[int] = field(default_factory=lambda: count(5_000_000))


@pytest.fixture
def town(county: County) -> Town:
    above = county.unit("主管局")
    made = Town(county, unit=county.unit("民政局", supervisor=above), other=county.unit("社保中心"))
    far = County(county.office.engine, county.office.packs[0], id="c2", name="远县")
    far.office = county.office
    made.people = {
        "filler": county.filler(made.unit),
        "reviewer": county.reviewer(made.unit),
        "above": county.reviewer(above),
        "observer": county.observer(made.unit),
        "administrator": county.administrator(),
        "overseer": county.overseer(),
        "stranger": county.stranger(),
        "removed": county.filler(made.unit),
        "neighbour": county.member(made.other, "邻居", "filler", "reviewer"),
        "abroad": county.stranger("外县"),
    }
    with writing(county.office.engine) as c:
        people.appoint(c, made.people["abroad"].id, "c2", "administrator")
    made.filing = county.filing(made.unit, answers={"problems": given(CANARY)})
    county.filing(made.other)
    county.leaves(made.people["removed"], made.unit)
    return made


class Undone(Exception):
    """Whatever happened is taken back."""


@contextmanager
def undone(town: Town) -> Iterator[Connection]:
    try:
        with writing(town.county.office.engine) as c:
            yield c
            raise Undone
    except Undone:
        pass


def pressed(c: Connection, town: Town, who: Somebody, action: str) -> tuple[set[str], list[str], list[str]]:
    """Press a button with this meaning, as if it were alive: the tables written to, the texts said, the refusals noted."""
    live = Conversation(screen=Screen.CONTENTS, turn="zzzzzzzz", actions=(action,), labels=("x",))
    conversations.save(c, who.chat, who.id, town.filing, live.to_json(), town.county.clock())
    body = json.dumps({"pressed": "zzzzzzzz.0", "chat": who.chat})
    inbox.receive(c, [inbox.Arrival("test", "bot", next(town.updates), who.chat, who.chat, body)], town.county.clock())
    c.execute(t.outbox.update().values(state="sent"))  # everybody has read what was said: who does not is heard no more
    before = len(c.execute(select(t.outbox.c.id)).all())
    taken = inbox.take(c, town.county.clock(), "test")
    assert taken is not None
    written: set[str] = set()
    raw = c.connection.driver_connection

    def note(sql: str) -> None:
        if found := WRITES.match(sql):
            written.add(found[1])

    raw.set_trace_callback(note)
    try:
        _handle(c, town.county.office, taken)
    finally:
        raw.set_trace_callback(None)
    said = [row[0] for row in c.execute(select(t.outbox.c.body).order_by(t.outbox.c.id)).all()[before:]]
    denied = [line.detail["what"] for line in journal.of_person(c, who.id) if line.act == "denied"]
    return written - MACHINERY, said, denied


def everything(town: Town) -> list[tuple[str, Action]]:
    """Every button with arguments to try: nothing, its own place, somebody else's."""
    found = [(name, needs) for name, needs in buttons.NEEDED.items()]
    for name, entry in rooms.actions().items():
        found += [(name, entry.needs)]
        if entry.at:
            for key in (f"u.{town.unit}", f"u.{town.other}", f"c.{town.county.id}", town.county.id, town.unit, town.filing):
                found.append((f"{name}:{key}", entry.needs))
    return found


def is_allowed(c: Connection, town: Town, who: Somebody, action: str, needs: Action) -> bool:
    """What the reviewed table says about this button, pressed with the filing on the screen."""
    name, _, argument = action.partition(":")
    event = Event(Pressed("x"), who.chat, who.chat, town.county.clock())
    scene = build_scene(c, town.county.office, event, who.id, Conversation(), town.filing)
    entry = rooms.actions().get(name)
    place = entry.place(scene, argument) if entry else scene.place
    roles = [str(role) for role in scene.rights.roles_at(place)] or ["nobody"]
    return any(allowed(role, needs, LETTERS[place.state]) for role in roles)


CASES = [(who, state) for who in READERS for state in State] + [(who, State.OPEN) for who in OUTSIDERS]


@pytest.mark.parametrize(("who", "state"), CASES)
def test_what_the_table_denies_writes_nothing_and_shows_nothing(town: Town, who: str, state: State) -> None:
    person = town.people[who]
    with writing(town.county.office.engine) as c:
        c.execute(t.filings.update().where(t.filings.c.id == town.filing).values(state=str(state), round=1))
    tried = 0
    with undone(town) as c:
        for action, needs in everything(town):
            if needs in (Action.OWN, Action.JOIN) or is_allowed(c, town, person, action, needs):
                continue
            tried += 1
            written, said, denied = pressed(c, town, person, action)
            assert not written, f"{who} pressed {action} on a filing {state}: wrote {written}"
            assert said, f"{who} pressed {action}: nobody answered"
            assert CANARY not in " ".join(said), f"{who} pressed {action}: saw an answer"
            if who in READERS:
                assert denied, f"{who} pressed {action}: not noted"
    assert tried > 20


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", ["observer", "overseer"])
def test_who_only_looks_changes_nothing_with_any_button(town: Town, who: str, state: State) -> None:
    """Also with those that lead to a page first and decide on it."""
    person = town.people[who]
    with writing(town.county.office.engine) as c:
        c.execute(t.filings.update().where(t.filings.c.id == town.filing).values(state=str(state), round=1))
    with undone(town) as c:
        for action, needs in everything(town):
            if needs not in (Action.OWN, Action.JOIN, Action.DRAFT):
                written, _, _ = _survives(c, town, person, action)
                ordered = {"jobs"} if needs is Action.EXPORT else set()  # a file to be made for them is work to be done
                assert not written - ordered, f"{who} pressed {action} on a filing {state}: wrote {written}"


@pytest.mark.parametrize(
    ("who", "state"),
    [("reviewer", s) for s in State]
    + [("administrator", s) for s in State]
    + [("filler", State.SUBMITTED), ("filler", State.APPROVED)],
)
def test_no_button_changes_answers_that_are_not_to_be_changed(town: Town, who: str, state: State) -> None:
    person = town.people[who]
    with writing(town.county.office.engine) as c:
        c.execute(t.filings.update().where(t.filings.c.id == town.filing).values(state=str(state), round=1))
    with undone(town) as c:
        before = c.execute(select(t.answers)).all()
        for action, _ in everything(town):
            written, _, _ = _survives(c, town, person, action)
            assert not written & {"answers", "history"}, f"{who} pressed {action} on a filing {state}"
        assert c.execute(select(t.answers)).all() == before


def _survives(c: Connection, town: Town, who: Somebody, action: str) -> tuple[set[str], list[str], list[str]]:
    """Press, and take it back at once; an argument that no page would ever put into this button may be refused by an error."""
    nested = c.begin_nested()
    try:
        return pressed(c, town, who, action)
    except (ValueError, KeyError, IndexError, AttributeError, AssertionError, Conflict):
        return set(), [], []
    finally:
        nested.rollback()


def test_every_button_says_what_it_needs() -> None:
    own = {*buttons._ACTIONS, *buttons._BEFORE}
    assert own == set(buttons.NEEDED)
    for name, entry in rooms.actions().items():
        assert isinstance(entry.needs, Action), name
        assert name not in own, f"{name} means two things"


def test_every_word_and_every_link_leads_to_a_button_there_is() -> None:
    for word, action in rooms.words().items():
        assert action.partition(":")[0] in {**rooms.actions(), **buttons.NEEDED}, word
    assert set(rooms.starts()) >= {"i"}


def rows(town: Town) -> dict[str, list[tuple[object, ...]]]:
    """Everything but the machinery's own notes."""
    with reading(town.county.office.engine) as c:
        return {
            table.name: sorted((tuple(row) for row in c.execute(select(table)) if row[0] != sealing.HEAD), key=repr)
            for table in t.metadata.sorted_tables
            if table.name not in MACHINERY
        }


FORGED = [
    "",
    "x",
    "junk",
    "00000000.0",
    "zzzzzzzz.99",
    "zzzzzzzz.-1",
    "0" * 64,
    "filing:{filing}",
    "{filing}.0",
    "abcdefghijkl.0",
    "９.９",
]


@pytest.mark.parametrize("token", FORGED)
@pytest.mark.parametrize("who", ["filler", "neighbour", "stranger", "administrator"])
def test_a_forged_button_does_nothing(town: Town, who: str, token: str) -> None:
    person = town.people[who]
    person.says("/start")
    before = rows(town)
    person.presses(token.replace("{filing}", town.filing))
    assert rows(town) == before
    assert person.text
    assert CANARY not in person.text


def test_a_forged_button_is_noted(town: Town) -> None:
    town.people["filler"].presses("filing:whatever").sees("这个按钮认不出来")
    with reading(town.county.office.engine) as c:
        assert [line.act for line in journal.of_person(c, town.people["filler"].id)] == ["denied"]


def test_a_stale_and_a_replayed_button_do_nothing(town: Town) -> None:
    filler = town.people["filler"]
    filler.says("/start").taps("民政局 · 2020年度 · 小表")
    skip = next(b.token for b in filler.buttons if b.text == "跳过")
    filler.taps("跳过")
    before = rows(town)
    filler.presses(skip)
    filler.says("目录").presses(skip).sees("已经不算数了")
    assert rows(town) == before


def test_another_persons_button_is_only_a_stale_one(town: Town) -> None:
    filler, neighbour = town.people["filler"], town.people["neighbour"]
    filler.says("/start").taps("民政局 · 2020年度 · 小表")
    neighbour.says("/start")
    before = rows(town)
    for button in filler.buttons:
        neighbour.presses(button.token).sees("已经不算数了")
    assert rows(town) == before
    assert CANARY not in neighbour.text


def noticed(town: Town, who: Somebody, action: str) -> str:
    """A notice with one button for somebody; the button's token."""
    with writing(town.county.office.engine) as c:
        doing = Doing(c, town.county.office, town.county.console, town.county.clock())
        doing.say(Notice(who.id, "opened", f"k:{action}", "开了新表。", [[("去填", action)]]))
    town.county.works()
    return who.buttons[0].token


@pytest.mark.parametrize("thief", ["neighbour", "stranger", "administrator", "reviewer"])
def test_the_button_of_a_notice_means_something_to_one_person_only(town: Town, thief: str) -> None:
    token = noticed(town, town.people["filler"], f"goto:{town.filing}:jump:staff")
    other = town.people[thief]
    other.says("/start")
    before = rows(town)
    other.presses(token).sees("邀请" if thief == "stranger" else "这个按钮认不出来")
    assert rows(town) == before
    with reading(town.county.office.engine) as c:
        assert journal.of_person(c, other.id)[-1].act == "denied"
    town.people["filler"].presses(token).sees("年末在职多少人")


def test_the_button_of_a_notice_means_nothing_any_more_to_somebody_taken_out(town: Town) -> None:
    filler = town.people["filler"]
    token = noticed(town, filler, f"goto:{town.filing}:jump:problems")
    town.county.leaves(filler, town.unit)
    before = rows(town)
    filler.presses(token).sees("你现在还没有加入任何单位")
    assert CANARY not in filler.text
    assert rows(town) == before
    with reading(town.county.office.engine) as c:
        assert journal.of_person(c, filler.id)[-1].detail["what"].startswith("read: goto:")


def test_who_moves_to_another_unit_is_told_kindly_that_the_old_filing_is_closed_to_them(town: Town) -> None:
    neighbour = town.people["neighbour"]
    town.county.joins(neighbour, town.unit, "filler")
    token = noticed(town, neighbour, f"filing:{town.filing}")
    town.county.leaves(neighbour, town.unit)
    neighbour.presses(token).sees("这一步要由有这个权限的人来做", "你手上的填报")
    assert CANARY not in neighbour.text


@pytest.mark.parametrize("who", ["filler", "stranger"])
def test_groups_and_other_peoples_chats_are_nobodys_conversation(town: Town, who: str) -> None:
    person = town.people[who]
    town.people["filler"].says("/start").taps("民政局 · 2020年度 · 小表")
    before = rows(town)
    for body in ({"said": "37"}, {"pressed": town.people["filler"].buttons[0].token}, {"said": "/start"}):
        with writing(town.county.office.engine) as c:  # in a chat that is not this person's own
            arrival = inbox.Arrival(
                "test", "bot", next(town.updates), "test:-100", person.chat, json.dumps(body | {"chat": "test:-100"})
            )
            inbox.receive(c, [arrival], town.county.clock())
        with pytest.MonkeyPatch.context() as patched:
            heard = town.county.office.understand["test"]

            def in_group(text: str, at: int, heard=heard) -> Event:
                event = heard(text, at)
                return Event(event.action, event.chat, person.chat, at)

            patched.setitem(town.county.office.understand, "test", in_group)
            town.county.everybody.setdefault("test:-100", town.county.stranger())
            town.county.works()
    assert rows(town) | {"people": ()} == before | {"people": ()}
    with reading(town.county.office.engine) as c:
        assert conversations.load(c, "test:-100") is None


def test_an_order_is_refused_with_the_rights_of_its_own_moment(town: Town) -> None:
    """The gate is asked again where the deed is done: rights may have gone since the page was shown."""
    from dialogs.carrying import carry_out
    from dialogs.orders import Order

    done: list[str] = []
    filler = town.people["removed"]
    with writing(town.county.office.engine) as c:
        order = Order(
            Action.SUBMIT, Place(town.county.id, town.unit, "", town.filing, State.OPEN), lambda doing: done.append("x")
        )
        (said,) = carry_out(town.county.doing(c, filler), [order])
    assert done == []
    assert isinstance(said, Message)
    with reading(town.county.office.engine) as c:
        assert journal.of_person(c, filler.id)[-1].act == "denied"
