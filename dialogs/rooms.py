"""The rooms of the conversation beside the filling itself: each brings its buttons, its screens and its words.

A room is a package of dialogs/ with a module `room` that holds its ROOM; listing it below is all it takes.
Not here: the filling (interview.py, buttons.py), which knows the rooms and is not known by them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dialogs.access import places
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.events import FileSent
from dialogs.scene import Outcome, Scene

if TYPE_CHECKING:
    from dialogs.office import Office
    from dialogs.outgoing import Sheet

Handler = Callable[[Scene, str], Outcome]
Maker = Callable[["Office", str, str], "Sheet"]  # (office, key, person) -> the file; raises Withheld from whoever may not have it
Row = Sequence[tuple[str, str]]  # (label, action)

K = TypeVar("K")
V = TypeVar("V")

NAMES: tuple[str, ...] = (
    "access",
    "together",
    "reminding",
    "review",
    "calendar",
    "evidence",
    "surveying",
    "bureau",
    "private",
)  # packages of dialogs/ that have a room


class Entry(NamedTuple):
    """What a button needs, and what it does. `at`: the place its argument names, where that is not the filing in focus."""

    needs: Action
    handler: Handler
    at: Callable[[Scene, str], Place] | None = None

    def place(self, scene: Scene, argument: str) -> Place:
        """Where it would be done."""
        return self.at(scene, argument) if self.at else scene.place


class Home(NamedTuple):
    """What a room adds to the start page: lines, buttons above the filings, and below them."""

    lines: Sequence[str] = ()
    rows: Sequence[Row] = ()
    below: Sequence[Row] = ()


@dataclass(frozen=True)
class Room:
    """`hears`: typed text on its screens. `receives`: a file sent there. `again`: the screen once more, below a line.

    `words`: what can be typed anywhere for a button. `starts`: the first letter of a /start link's payload.
    `overhears`: text that means something to the room wherever it is typed. `makes`: makers of files, by kind.
    `missing`: of a screen about a unit or a county, the right that whoever is on it has lost since, if any.
    `home`: its part of the start page. `arrives`: what somebody sees who comes to a filing; None when it is not for the room.
    """

    actions: Mapping[str, Entry] = field(default_factory=dict)
    hears: Mapping[Screen, Handler] = field(default_factory=dict)
    receives: Mapping[Screen, Callable[[Scene, FileSent], Outcome]] = field(default_factory=dict)
    again: Mapping[Screen, Handler] = field(default_factory=dict)
    missing: Mapping[Screen, Callable[[Scene], Action | None]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, Handler] = field(default_factory=dict)
    overhears: Callable[[Scene, str], Outcome | None] | None = None
    makes: Mapping[str, Maker] = field(default_factory=dict)
    home: Callable[[Scene], Home] | None = None
    arrives: Callable[[Scene], Outcome | None] | None = None


@lru_cache(maxsize=1)
def rooms() -> tuple[Room, ...]:
    """All rooms, in the order of the start page."""
    return tuple(import_module(f"dialogs.{name}.room").ROOM for name in NAMES)


@lru_cache(maxsize=1)
def actions() -> Mapping[str, Entry]:
    """All buttons of all rooms; a name belongs to one room only."""
    return _merged(r.actions for r in rooms())


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """All words that mean a button anywhere."""
    return _merged(r.words for r in rooms())


@lru_cache(maxsize=1)
def starts() -> Mapping[str, Handler]:
    """All kinds of links."""
    return _merged(r.starts for r in rooms())


@lru_cache(maxsize=1)
def hears() -> Mapping[Screen, Handler]:
    """Who hears what is typed on a screen."""
    return _merged(r.hears for r in rooms())


@lru_cache(maxsize=1)
def receives() -> Mapping[Screen, Callable[[Scene, FileSent], Outcome]]:
    """Who takes a file on a screen."""
    return _merged(r.receives for r in rooms())


@lru_cache(maxsize=1)
def again() -> Mapping[Screen, Handler]:
    """Who shows a screen once more."""
    return _merged(r.again for r in rooms())


@lru_cache(maxsize=1)
def missing() -> Mapping[Screen, Callable[[Scene], Action | None]]:
    """The right that somebody on a screen about a unit or a county has lost."""
    return _merged(r.missing for r in rooms())


def lost_here(scene: Scene) -> Action | None:
    """The right to the present screen that was lost since it was shown; None while there is nothing amiss."""
    look = missing().get(scene.conversation.screen)
    return look(scene) if look else None


def lost(needs: Action, key: Callable[[Mapping[str, Any]], str]) -> Callable[[Scene], Action | None]:
    """The right a screen needs at the place its `pending` names, where it is missing."""

    def look(scene: Scene) -> Action | None:
        here = places.at(scene, key(scene.conversation.pending))
        return None if scene.may(needs, here) else needs

    return look


@lru_cache(maxsize=1)
def makers() -> Mapping[str, Maker]:
    """Who makes which kind of file."""
    return _merged(r.makes for r in rooms())


def overheard(scene: Scene, text: str) -> Outcome | None:
    """What typed text means to a room wherever it is typed; None when to none."""
    found = (r.overhears(scene, text) for r in rooms() if r.overhears)
    return next((outcome for outcome in found if outcome is not None), None)


def home(scene: Scene) -> Home:
    """What the rooms add to the start page."""
    parts = [r.home(scene) for r in rooms() if r.home]
    lines = [line for p in parts for line in p.lines]
    return Home(lines, [row for p in parts for row in p.rows], [row for p in parts for row in p.below])


def arrives(scene: Scene) -> Outcome | None:
    """The page of a room for somebody who comes to a filing not to fill it in; None for a filler."""
    found = (r.arrives(scene) for r in rooms() if r.arrives)
    return next((outcome for outcome in found if outcome is not None), None)


def _merged(parts: Iterable[Mapping[K, V]]) -> Mapping[K, V]:
    merged: dict[K, V] = {}
    for part in parts:
        twice = merged.keys() & part.keys()
        if twice:
            raise ValueError(f"two rooms have the same name: {sorted(map(str, twice))}")
        merged |= part
    return merged
