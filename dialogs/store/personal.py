"""What is held about a person, table by table, and what becomes of it when the person is to be forgotten.

Every table stands in TABLES: a test fails for one that does not, so that nothing is held that nobody thought about.
A person is known by an id of random letters; where the audit keeps a row, it keeps that id and nothing else of the person.
Not here: the words in which this is told (dialogs/access/holdings.py, forgetting.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, func, null, or_, select, update

from dialogs.store import sealing
from dialogs.store import tables as t

NAMELESS = "（已注销的人）"
FORGOT = "forgot"  # why a line of the audit was sealed anew
FORGOTTEN = "forgotten"  # the channel of somebody nobody can be reached at any more


class Fate(StrEnum):
    """What becomes of the rows about a person."""

    REMOVED = "removed"
    BLANKED = "blanked"  # the row stays, what it says of the person goes
    KEPT = "kept"  # the unit's work, or the audit's: with the person's id only
    NOBODY = "nobody"  # says nothing of any person


@dataclass(frozen=True)
class Held:
    """How a table speaks of a person: by id in `by`, or by the address of the chat in `at`."""

    fate: Fate
    by: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # names them, too, but in a row about somebody else
    at: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)
    unless: str = ""  # only rows in which this column is empty are removed; the others are kept
    hidden: tuple[str, ...] = ()  # columns that are no fact about the person: hashes, contents, snapshots
    named: tuple[str, ...] = ()  # texts in which the person may be called by name


_VOID = {"body": "{}", "actions": "[]"}

TABLES: Mapping[str, Held] = {
    "people": Held(Fate.BLANKED, by=("id",), blank={"name": "", "settings": "{}", "blocked_at": None}),
    "memberships": Held(Fate.REMOVED, by=("person_id",)),
    "officers": Held(Fate.REMOVED, by=("person_id",)),
    "invitations": Held(Fate.KEPT, by=("created_by", "used_by"), hidden=("code_hash",), named=("name",)),
    "wrong_codes": Held(Fate.REMOVED, by=("person_id",)),
    "journal": Held(Fate.KEPT, by=("person_id",), named=("detail",)),
    "counties": Held(Fate.NOBODY),
    "units": Held(Fate.NOBODY),
    "office_settings": Held(Fate.NOBODY),
    "editions": Held(Fate.NOBODY),
    "filings": Held(Fate.KEPT, by=("created_by",)),
    "answers": Held(Fate.KEPT, by=("person_id",), hidden=("basis", "ver")),
    "history": Held(Fate.KEPT, by=("person_id",), hidden=("inbox_id", "message")),
    "conversations": Held(Fate.REMOVED, by=("person_id",), at=("chat",), named=("state",)),
    "inbox": Held(
        Fate.BLANKED, at=("person", "chat"), blank={"body": "", "person": "", "chat": "", "error": ""}, named=("body",)
    ),
    "outbox": Held(Fate.REMOVED, at=("chat",), named=("body",)),
    "documents": Held(Fate.KEPT, by=("person_id",), hidden=("inputs", "content", "sha256")),
    "deadlines": Held(Fate.KEPT, by=("person_id",)),
    "reminders": Held(Fate.NOBODY),
    "notices": Held(Fate.BLANKED, by=("person_id",), blank=_VOID, named=("body",)),
    "notice_lines": Held(Fate.NOBODY),
    "jobs": Held(
        Fate.BLANKED, by=("person_id",), at=("chat",), blank={"body": "{}", "result": "{}", "chat": ""}, named=("body", "result")
    ),
    "submissions": Held(Fate.KEPT, by=("person_id", "reviewer_id"), hidden=("inputs",)),
    "remarks": Held(Fate.KEPT, by=("person_id", "done_by")),
    "verified_points": Held(Fate.KEPT, by=("person_id",)),
    "assignments": Held(Fate.REMOVED, by=("person_id",), also=("by_id",), unless="done_at"),
    "proposals": Held(Fate.KEPT, by=("asked_by", "asked_of", "answered_by"), hidden=("code_hash",)),
    "files": Held(Fate.NOBODY),
    "evidence": Held(Fate.BLANKED, by=("person_id",), blank={"chat": "", "source": ""}, hidden=("source",), named=("name",)),
    "surveys": Held(Fate.KEPT, by=("created_by",), hidden=("salt",)),
    "leases": Held(Fate.NOBODY),
    "paces": Held(Fate.REMOVED, at=("key",)),
    "seals": Held(Fate.NOBODY),
    "links": Held(Fate.REMOVED, by=("person_id",), hidden=("token_hash",)),
    "survey_answers": Held(Fate.NOBODY),  # of whom is a salted hash: nobody can find one's own again
}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody as the store knows them."""

    id: str
    channel: str
    address: str
    name: str
    forgotten_at: int | None

    @property
    def where(self) -> str:
        """The address of their chat and of their updates."""
        return f"{self.channel}:{self.address}"


def find(c: Connection, id: str) -> Found | None:
    """The person with this id."""
    p = t.people.c
    row = c.execute(select(p.id, p.channel, p.address, p.name, p.forgotten_at).where(p.id == id)).first()
    return None if row is None else Found(*row)


def held(c: Connection, person: Found) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, by table; without hashes, file contents and snapshots of whole filings."""
    everything: dict[str, list[dict[str, Any]]] = {}
    for table in t.metadata.sorted_tables:
        how = TABLES[table.name]
        if how.fate is Fate.NOBODY:
            continue
        columns = [column for column in table.columns if column.name not in how.hidden]
        rows = c.execute(select(*columns).where(_naming(table, how, person)).order_by(*table.primary_key.columns))
        if found := [dict(row) for row in rows.mappings()]:
            everything[table.name] = found
    return everything


def forget(c: Connection, person: Found, now: int, random: sealing.Random) -> dict[str, int]:
    """Remove what may be removed; how many rows of each table went or lost what they said. Nothing is left half done.

    What this takes out of sealed lines is sealed anew, so that the chain of the audit goes on holding.
    """
    touched: dict[str, int] = {}
    for table in reversed(t.metadata.sorted_tables):
        how = TABLES[table.name]
        unnamed = _unnamed(c, table, how, person.name)
        if unnamed and table.name in sealing.SOURCES:
            sealing.reseal(c, table.name, [key[0] for key in unnamed], f"{FORGOT}:{person.id}", now, random)
        if count := _treated(c, table, how, person) + len(unnamed):
            touched[table.name] = count
    p = t.people.c
    gone = {"address": person.id, "channel": FORGOTTEN, "forgotten_at": now}
    c.execute(update(t.people).where(p.id == person.id).values(gone))
    return touched


def kept(c: Connection, person: Found) -> dict[str, int]:
    """How many rows of each table speak of a person by id."""
    counts: dict[str, int] = {}
    for table in t.metadata.sorted_tables:
        how = TABLES[table.name]
        if how.fate is not Fate.NOBODY and table.name != "people":
            statement = select(func.count()).select_from(table).where(_naming(table, how, person))
            if count := c.execute(statement).scalar_one():
                counts[table.name] = count
    return counts


def _treated(c: Connection, table: Table, how: Held, person: Found) -> int:
    about = _about(table, how, person)
    match how.fate:
        case Fate.REMOVED if how.unless:
            return c.execute(delete(table).where(about, table.c[how.unless].is_(None))).rowcount
        case Fate.REMOVED:
            return c.execute(delete(table).where(about)).rowcount
        case Fate.BLANKED:
            values: dict[str, Any] = dict(how.blank)
            if stopped := _STOPPED.get(table.name):
                states, end = stopped
                c.execute(update(table).where(about, table.c.state.in_(states)).values(state=end))
            return c.execute(
                update(table).where(about).values({k: null() if v is None else v for k, v in values.items()})
            ).rowcount
    return 0


# What waits for somebody who is forgotten waits no longer: (states, what they become).
_STOPPED = {
    "inbox": (("new",), "done"),
    "notices": (("waiting", "queued"), "void"),
    "jobs": (("waiting", "running"), "cancelled"),
    "evidence": (("waiting",), "refused"),
}


def _unnamed(c: Connection, table: Table, how: Held, name: str) -> list[list[Any]]:
    """Take a name out of the texts of the machinery; never out of what somebody still waits to have understood. The keys
    of the rows this changed."""
    changed = []
    for column in (table.c[n] for n in how.named) if len(name) > 1 else ():
        spellings = {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}
        rows = select(*table.primary_key.columns, column).where(or_(*(column.contains(s, autoescape=True) for s in spellings)))
        if table.name == "inbox":
            rows = rows.where(table.c.state != "new")
        for *key, text in c.execute(rows).all():
            this = and_(*(k == v for k, v in zip(table.primary_key.columns, key, strict=True)))
            c.execute(update(table).where(this).values({column.name: _without(text, name)}))
            changed.append(key)
    return changed


def _without(text: str, name: str) -> str:
    """A text, or the sentences within a JSON, without a name. What buttons do is no sentence."""

    def cleaned(value: Any) -> Any:
        match value:
            case str():
                return value.replace(name, NAMELESS)
            case list():
                return [cleaned(v) for v in value]
            case dict():
                return {k: v if k in ("actions", "screen", "token", "kind") else cleaned(v) for k, v in value.items()}
        return value

    try:
        return json.dumps(cleaned(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return text.replace(name, NAMELESS)


def _about(table: Table, how: Held, person: Found) -> ColumnElement[bool]:
    by = [table.c[name] == person.id for name in how.by]
    return or_(false(), *by, *(table.c[name] == person.where for name in how.at))


def _naming(table: Table, how: Held, person: Found) -> ColumnElement[bool]:
    return or_(_about(table, how, person), *(table.c[name] == person.id for name in how.also))
