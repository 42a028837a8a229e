"""What Telegram really sends from groups, from edited messages and from other people's fingers: none of it is anybody's order."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.telegram.updates import CHANNEL, arrival, understand
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.replies import Message, Toast
from dialogs.store import counties, filings, inbox, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from scoring.loading import load
from tests.dialogs.desk import FORM, tiny_packs

MEMBER, OTHER, GROUP = 1001, 1002, -100500
MACHINERY = {"inbox", "outbox", "conversations"}


class Phone:
    """Raw updates in, replies out."""

    def __init__(self, office: Office) -> None:
        self.office, self.numbers = office, count(1)

    def sends(self, **update: Any) -> list[Any]:
        with writing(self.office.engine) as c:
            inbox.receive(c, [arrival("bot", {"update_id": next(self.numbers), **update})], 0)
        while handle_next(self.office):
            pass
        found = []
        while parcel := claim(self.office):
            found.append(parcel.reply)
            sent(self.office, parcel, parcel.id)
        return found

    def says(self, text: str, who: int = MEMBER, chat: int | None = None, kind: str = "message") -> list[Any]:
        return self.sends(**{kind: self.message(text, who, chat)})

    def message(self, text: str, who: int, chat: int | None = None) -> dict[str, Any]:
        place = {"id": chat or who, "type": "group" if (chat or who) < 0 else "private"}
        return {"message_id": 7, "from": {"id": who, "is_bot": False}, "chat": place, "date": 0, "text": text}

    def presses(self, token: str, who: int, chat: int) -> list[Any]:
        return self.sends(
            callback_query={
                "id": "9",
                "from": {"id": who},
                "message": self.message("x", 5, chat),
                "data": token,
                "chat_instance": "1",
            }
        )


@pytest.fixture
def phone(sqlite_engine: Engine, tmp_path: Path) -> Phone:
    ids = count(1)
    office = Office(
        sqlite_engine, lambda: 1_614_556_800, lambda: f"{next(ids):08d}", {CHANNEL: understand}, (FORM,), (tiny_packs(tmp_path),)
    )
    with writing(sqlite_engine) as c:
        counties.add_county(c, "c1", "小县", 0)
        counties.add_units(c, "c1", [("u1", "民政局", "", "")], 0)
        person = people.person(c, CHANNEL, str(MEMBER), 0, office.new_id)
        people.join(c, person, "u1", "filler")
        filings.open_filing(c, "f1", "u1", load(FORM, office.packs), 2020, "", person, 0)
    return Phone(office)


def rows(phone: Phone) -> dict[str, list[Any]]:
    with reading(phone.office.engine) as c:
        return {x.name: c.execute(select(x)).all() for x in t.metadata.sorted_tables if x.name not in MACHINERY}


def begun(phone: Phone) -> list[Any]:
    """The member in front of the first question; its buttons."""
    home = phone.says("/start")[-1]
    return [
        b
        for row in phone.sends(
            callback_query={
                "id": "8",
                "from": {"id": MEMBER},
                "message": phone.message("x", 5, MEMBER),
                "data": home.buttons[0][0].token,
            }
        )[-1].buttons
        for b in row
    ]


def test_what_is_said_in_a_group_is_nobodys_answer(phone: Phone) -> None:
    begun(phone)
    before = rows(phone)
    for who in (MEMBER, OTHER):
        for text in ("37", "/start", "成员名单", "/start i" + "ABCD" * 7):
            (reply,) = phone.says(text, who, GROUP)
            assert "我只在私聊里工作" in reply.text
    assert rows(phone) == before
    with reading(phone.office.engine) as c:
        assert [x for x in c.execute(select(t.conversations.c.chat)).scalars() if str(GROUP) in x] == []


def test_an_edited_message_changes_no_answer(phone: Phone) -> None:
    begun(phone)
    before = rows(phone)
    replies = phone.says("37", kind="edited_message")
    assert "我没有跟着改" in replies[0].text
    assert rows(phone) == before
    phone.says("37")
    assert rows(phone) != before


def test_somebody_elses_finger_presses_nothing(phone: Phone) -> None:
    buttons = begun(phone)
    before = rows(phone)
    for who, chat in ((OTHER, MEMBER), (OTHER, GROUP), (MEMBER, GROUP)):
        for button in buttons:
            (reply,) = phone.presses(button.token, who, chat)
            assert isinstance(reply, Toast)
    assert rows(phone) == before


def test_a_press_in_ones_own_chat_with_somebody_elses_token_shows_nothing_of_theirs(phone: Phone) -> None:
    buttons = begun(phone)
    phone.says("/start", OTHER)
    before = rows(phone)
    for button in buttons:
        replies = phone.presses(button.token, OTHER, OTHER)
        assert not any("编制" in r.text for r in replies if isinstance(r, Message))
    assert rows(phone) == before
