"""What one step of the conversation sees, and what comes out of it. Pure values.

A step never reads a clock, a store or a file: all it may know is in the Scene, all it wants is in the Outcome.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dialogs.conversation import Conversation
from dialogs.events import Event
from dialogs.replies import Reply
from scoring.answers import Answer, Answers, State
from scoring.asked import as_asked, basis
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


@dataclass(frozen=True, slots=True)
class FilingChoice:
    """A filing the person may open from the start page."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The wish to open a filing: an existing one, or a new one for a unit of this person (or a new unit)."""

    filing: str = ""
    unit: str = ""
    unit_name: str = ""
    form: str = ""
    year: int = 0


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
    """The world of one step. `changes` collects what the step has decided so far."""

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
    forms: tuple[tuple[str, str, int], ...] = ()  # id, title, year of the forms that can be begun
    changes: tuple[Change, ...] = ()
    prior_form: Form | None = None

    @property
    def sheet(self) -> Form:
        """The form of the filing in focus."""
        assert self.form is not None
        return self.form

    @property
    def item(self) -> Item:
        """The item being asked, as it stands just now."""
        return as_asked(self.sheet, self.sheet.items[self.conversation.item], self.answers)

    def turned(self, **changes: Any) -> "Scene":
        """The same scene with the conversation changed."""
        return replace(self, conversation=replace(self.conversation, **changes))

    def answered(self, item_id: str, new: Answer | None) -> "Scene":
        """The same scene with one answer changed; what the new answer rests on is noted with it."""
        old = self.answers.get(item_id)
        if new is not None and new.state is not State.SKIPPED:
            new = replace(new, basis=basis(self.sheet, self.sheet.items[item_id], self.answers))
        answers: Mapping[str, Answer] = {**self.answers, item_id: new} if new else _without(self.answers, item_id)
        changes = self.changes if old == new else (*self.changes, Change(item_id, old, new))
        return replace(self, answers=answers, changes=changes)


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
    refused: str = ""  # a forged button or the like, worth a line in the log
