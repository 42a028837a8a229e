"""What one step of the conversation sees, and what comes out of it. Pure values.

A step never reads a clock, a store or a file: all it may know is in the Scene, all it wants is in the Outcome.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from dialogs.access.permissions import Action, Role, State
from dialogs.access.rights import Place, Rights
from dialogs.conversation import Conversation
from dialogs.events import Event
from dialogs.orders import Order
from dialogs.replies import Reply
from dialogs.world import World
from scoring.answers import Answer, Answers
from scoring.answers import State as Given
from scoring.asked import as_asked, basis
from scoring.beside.changes import lost_lines
from scoring.beside.facts import Filed
from scoring.beside.overlay import combined, is_locked, kept
from scoring.calendar import STAGES, Days, WrittenDays
from scoring.form import Form
from scoring.items import Item


@dataclass(frozen=True, slots=True)
class Change:
    """One answer replaced: `new` None takes the answer away."""

    item: str
    old: Answer | None
    new: Answer | None


@dataclass(frozen=True, slots=True)
class FilingInfo:
    """The filing in focus. `drafts` counts the document sets issued so far."""

    id: str
    unit: str
    unit_name: str
    year: int
    form: str
    drafts: int = 0
    project: str = ""
    county: str = ""
    supervisor: str = ""
    state: State = State.OPEN
    round: int = 0

    @property
    def place(self) -> Place:
        """Where it stands, for the permission gate."""
        return Place(self.county, self.unit, self.supervisor, self.id, self.state)

    @property
    def name(self) -> str:
        """Whose filing it is: the unit, and the project where there is one."""
        return f"{self.unit_name} · {self.project}" if self.project else self.unit_name


@dataclass(frozen=True, slots=True)
class FilingChoice:
    """A filing the person may open from the start page. `form` is its id; `title` names it in full, `label` on a button,
    where a phone shows the beginning only."""

    id: str
    title: str
    unit: str = ""
    form: str = ""
    year: int = 0
    project: str = ""
    label: str = ""


class FormChoice(NamedTuple):
    """A form that can be begun."""

    id: str
    title: str
    year: int
    per: str = "unit"
    written: str = ""  # its calendar as the pack writes it: opens, due, reviewed, published, parted by |

    def days_in(self, year: int) -> Days:
        """Its calendar for a year, as the pack in use says."""
        return WrittenDays(**dict(zip(STAGES, self.written.split("|"), strict=False))).in_year(year, self.year)


@dataclass(frozen=True, slots=True)
class Opening:
    """The wish to open a filing: an existing one, or a new one for a unit of this person (or a new unit)."""

    filing: str = ""
    unit: str = ""
    unit_name: str = ""
    form: str = ""
    year: int = 0
    project: str = ""
    then: str = ""  # the action to take once it is open


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """One document of a new version, recorded with the answers it is made from."""

    id: str
    document: str
    title: str
    total: str
    grade: str
    gaps: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The world of one step. `changes` collects what the step has decided so far.

    `answers` are complete: what the filler has stored, laid over what arrives from other filings (`brought`).
    """

    conversation: Conversation
    event: Event
    new_id: Callable[[], str]
    today: date
    form: Form | None = None
    filing: FilingInfo | None = None
    answers: Answers = field(default_factory=dict)
    prior: Answers = field(default_factory=dict)  # last year's filing, by the form it was filled with
    choices: tuple[FilingChoice, ...] = ()
    units: tuple[tuple[str, str], ...] = ()  # id and name of the units this person belongs to
    forms: tuple[FormChoice, ...] = ()  # those that can be begun
    changes: tuple[Change, ...] = ()
    prior_form: Form | None = None
    stored: Answers = field(default_factory=dict)
    brought: Answers = field(default_factory=dict)
    beside: tuple[Filed, ...] = ()  # the other filings of this unit, year and pack, where this one draws from them
    rights: Rights = field(default_factory=Rights)
    outside: World | None = None
    standing: str = ""  # what the pressed button of a notice means
    zone: str = "Asia/Shanghai"  # where the units are
    open_door: bool = True  # whether a stranger may make a unit of their own
    private: bool = False  # whether personal data and files stay out of the chat

    @property
    def world(self) -> World:
        """What is beyond the filing, read when asked for."""
        assert self.outside is not None
        return self.outside

    @property
    def place(self) -> Place:
        """The filing in focus, for the permission gate; nowhere when there is none."""
        return self.filing.place if self.filing else Place()

    @property
    def stranger(self) -> bool:
        """Somebody who belongs nowhere, where nobody may come in uninvited."""
        return self.rights.none and not self.open_door

    def may(self, action: Action, place: Place | None = None) -> bool:
        """Whether this person may do this, with the filing in focus or at another place."""
        return self.rights.may(action, place or self.place)

    @property
    def hat(self) -> Role | None:
        """As what the person is at the filing in focus: as chosen, else the role that can do most with it."""
        held = self.rights.roles_at(self.place)
        chosen = self.conversation.hat
        return Role(chosen) if chosen in held else next((role for role in Role if role in held), None)

    @property
    def sheet(self) -> Form:
        """The form of the filing in focus."""
        assert self.form is not None
        return self.form

    @property
    def item(self) -> Item:
        """The item being asked, as it stands just now."""
        return as_asked(self.sheet, self.sheet.items[self.conversation.item], self.answers)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The tables of this filing that were left before their 完成, the latest last."""
        here = f"{self.filing.id}:" if self.filing else ":"
        return tuple(mark.removeprefix(here) for mark in self.conversation.unfinished if mark.startswith(here))

    def table_left(self, item_id: str, *, open: bool) -> "Scene":
        """The same scene with a table remembered as unfinished, or as finished."""
        mark = f"{self.filing.id}:{item_id}" if self.filing else ""
        others = tuple(m for m in self.conversation.unfinished if m != mark)
        return self.turned(unfinished=(*others, mark) if open and mark else others)

    def turned(self, **changes: Any) -> "Scene":
        """The same scene with the conversation changed."""
        return replace(self, conversation=replace(self.conversation, **changes))

    def answered(self, item_id: str, new: Answer | None) -> "Scene":
        """The same scene with one answer changed; what the new answer rests on is noted with it."""
        old = self.answers.get(item_id)
        if new is not None and new.state is not Given.SKIPPED:
            new = replace(new, basis=basis(self.sheet, self.sheet.items[item_id], self.answers))
        if item_id in self.brought:
            new = self._over_what_arrived(item_id, old, new)
        answers: Mapping[str, Answer] = {**self.answers, item_id: new} if new else _without(self.answers, item_id)
        changes = self.changes if old == new else (*self.changes, Change(item_id, old, new))
        return replace(self, answers=answers, changes=changes)

    def _over_what_arrived(self, item_id: str, old: Answer | None, new: Answer | None) -> Answer:
        """The new answer as it will be read again. One that may not be (arriving.py) is left as it was wished."""
        item, brought = self.sheet.items[item_id], self.brought[item_id]
        if new is None:
            return brought
        if not new.reason and old is not None:
            new = replace(new, reason=old.reason)
        if is_locked(self.sheet, item_id) or lost_lines(item, brought, new):
            return replace(new, source=brought.source)
        return combined(self.sheet, item, brought, kept(item, brought, new)) or brought


def folded(scene: Scene) -> tuple[Change, ...]:
    """The changes of a step as they are stored: only what the filler's answers have beside what arrives."""
    now = dict(scene.stored)
    found: list[Change] = []
    for change in scene.changes:
        if change.item not in scene.brought:
            found.append(change)
            continue
        own = kept(scene.sheet.items[change.item], scene.brought[change.item], change.new)
        found.append(Change(change.item, now.get(change.item), own))
        now = {**now, change.item: own} if own else {k: v for k, v in now.items() if k != change.item}
    return tuple(c for c in found if c.old != c.new)


def _without(answers: Answers, item_id: str) -> Answers:
    return {k: v for k, v in answers.items() if k != item_id}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step decided; committed as a whole or not at all."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    changes: tuple[Change, ...] = ()
    opening: Opening | None = None
    drafts: tuple[DraftRequest, ...] = ()
    leaving: bool = False  # back to the start page, with no filing in focus
    wish: str = ""  # what to do there: begin a project of unit:form
    rename: str = ""  # the project's new name
    refused: str = ""  # a forged button or the like, worth a line in the log
    denied: str = ""  # an action that is not this person's, worth a line in the journal
    orders: tuple[Order, ...] = ()
    after: str = ""  # the action that shows the next screen, once the orders are carried out
