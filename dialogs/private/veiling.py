"""The last gate before a message leaves: names of people, answers that are personal, and numbers that reach a person.

A name becomes its first character and 某, so that colleagues still know each other; everything else is left out. Names of
units and projects stay, and so do codes and links. Not here: which names there are (store/named.py).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection

from dialogs.editions import edition_of
from dialogs.replies import Button, Message, Toast
from dialogs.store import conversations, filings, named, people
from scoring.items import is_personal
from scoring.publishing.finding import IDENTITY, NUMBERS

HIDDEN = "〔个人信息不显示〕"
NUMBER = "〔号码不显示〕"
OLDEST = 1900  # the year of birth of anybody
_CODE = re.compile(r"[A-Za-z0-9_\-/:.?=&%]{24,}")  # a code or a link: longer than any number that reaches a person
_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff·•A-Za-z.\s'’-]{2,40}")


def veiled(c: Connection, chat: str, said: Message | Toast) -> Message | Toast:
    """The message as it may pass through the messenger."""
    words = _words(c, chat)
    if isinstance(said, Toast):
        return replace(said, text=hidden(said.text, words))
    rows = tuple(tuple(Button(hidden(b.text, words), b.token) for b in row) for row in said.buttons)
    return replace(said, text=hidden(said.text, words), buttons=rows)


def hidden(text: str, words: dict[str, str]) -> str:
    """The text with these words replaced, and without numbers that reach a person."""
    here = [word for word in sorted(words, key=lambda w: (-len(w), w)) if word in text]
    if here:
        text = re.sub("|".join(map(re.escape, here)), lambda m: words[m[0]], text)
    parts = _CODE.split(text)
    codes = _CODE.findall(text)
    return "".join(_without_numbers(part) + code for part, code in zip(parts, [*codes, ""], strict=True))


def _without_numbers(text: str) -> str:
    for pattern in NUMBERS:
        text = pattern.sub(lambda m: NUMBER if _reaches(m) else m[0], text)
    return text


def _reaches(found: re.Match[str]) -> bool:
    """Whether this reaches a person: eighteen figures without a day of birth in them are the code of a project."""
    if found.re is not IDENTITY:
        return True
    try:
        return date.fromisoformat(f"{found[0][6:10]}-{found[0][10:12]}-{found[0][12:14]}").year > OLDEST
    except ValueError:
        return False


def shown(name: str) -> str:
    """A name as it is shown: 王某某, J某."""
    return name[0] + "某" * min(max(len(name) - 1, 1), 2)


def has_number(text: str) -> bool:
    """Whether a number stands in it that reaches a person: a phone, an identity card, an address of mail."""
    bare = _CODE.sub("", text)
    return any(_reaches(found) for pattern in NUMBERS for found in pattern.finditer(bare))


def _words(c: Connection, chat: str) -> dict[str, str]:
    """What is to be replaced in messages to this chat, by what."""
    told = conversations.load(c, chat)
    if told is None:
        return {}
    rights = people.rights_of(c, told.person_id)
    focus = filings.filing(c, told.filing_id) if told.filing_id else None
    left_units, left_counties = named.came_to(c, told.person_id)
    units = sorted({*rights.units, *left_units, *([focus.place.unit] if focus else [])})
    names = named.names_near(c, units, sorted({*rights.counties, *left_counties})) | named.beside(c, told.person_id)
    personal = {
        form: {i.id for i in edition_of(c, form, edition, year).items.values() if is_personal(i)}
        for form, edition, year in named.forms_in(c, units)
    }
    words = {said: _instead(said) for said in named.said_in(c, units, personal) if len(said) > 1}
    return words | told_apart(name for name in names if len(name) > 1)


def told_apart(names: Iterable[str]) -> dict[str, str]:
    """How each name is shown; of those that would look alike each has a mark, always the same: 王某·3f, 王某·a0."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(shown(name), []).append(name)
    return {
        name: veil if len(several) == 1 else f"{veil}·{sha256(name.encode()).hexdigest()[:2]}"
        for veil, several in alike.items()
        for name in several
    }


def _instead(said: str) -> str:
    return shown(said) if _NAME.fullmatch(said) else HIDDEN
