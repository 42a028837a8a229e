"""A filler at the pure conversation: no store, no channel. Speaks as a person does: says, taps, sees.

Between any two steps the conversation goes through its JSON, as it does in the store.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count

from sqlalchemy import Connection, create_engine

from dialogs.access.permissions import Role
from dialogs.access.rights import Rights
from dialogs.conversation import Conversation
from dialogs.events import Action, Event, Pressed, Said, Sent
from dialogs.interview import step
from dialogs.replies import File, Message, Picture, Reply, Toast
from dialogs.returning import arrive
from dialogs.scene import DraftRequest, FilingChoice, FilingInfo, FormChoice, Outcome, Scene
from dialogs.store.tables import metadata
from dialogs.world import World
from scoring.answers import Answer
from scoring.form import Form

FIRST_DAY = 1_600_000_000


@lru_cache(maxsize=1)
def nothing() -> Connection:
    """A store with all tables and no rows: what stands beyond this one filling."""
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    return engine.connect()


@dataclass
class Talk:
    """One filler, one filing, everything in memory."""

    form: Form
    answers: dict[str, Answer] = field(default_factory=dict)
    prior: dict[str, Answer] = field(default_factory=dict)
    conversation: Conversation = field(default_factory=Conversation)
    replies: list[Reply] = field(default_factory=list)
    drafts: list[DraftRequest] = field(default_factory=list)
    history: list[tuple[str, Answer | None, Answer | None]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    versions: int = 0
    query: str = "q"
    prior_form: Form | None = None
    _ids: count = field(default_factory=lambda: count(1))
    _message: int = 0

    def begins(self) -> "Talk":
        """The filing is opened and the first question asked."""
        self._apply(arrive(self._scene(Said("/start"))))
        return self

    def says(self, text: str) -> "Talk":
        return self.does(Said(text))

    def sends(self, what: str) -> "Talk":
        return self.does(Sent(what))

    def taps(self, label: str) -> "Talk":
        """The button with exactly these words on the latest screen."""
        for button in self.buttons:
            if button.text == label:
                return self.does(Pressed(button.token))
        raise AssertionError(f"no button {label!r} among {[b.text for b in self.buttons]}\n{self.text}")

    def presses(self, token: str) -> "Talk":
        return self.does(Pressed(token))

    def sees(self, *fragments: str) -> "Talk":
        for fragment in fragments:
            assert fragment in self.text, f"{fragment!r} is not in:\n{self.text}"
        return self

    def does_not_see(self, fragment: str) -> "Talk":
        assert fragment not in self.text, f"{fragment!r} is in:\n{self.text}"
        return self

    def jumps(self, item: str) -> "Talk":
        return self.says(f"第{self.form.numbers[item]}题")

    def does(self, action: Action) -> "Talk":
        self._apply(step(self._scene(action)))
        return self

    @property
    def text(self) -> str:
        return "\n".join(r.text for r in self.replies if isinstance(r, Message | Toast))

    @property
    def buttons(self):
        messages = [r for r in self.replies if isinstance(r, Message)]
        return [b for row in messages[-1].buttons for b in row] if messages else []

    @property
    def files(self) -> list[File | Picture]:
        return [r for r in self.replies if isinstance(r, File | Picture)]

    @property
    def asked(self) -> str:
        """The item on the screen."""
        return self.conversation.item

    def _scene(self, action: Action) -> Scene:
        event = Event(action, "test:1", "test:1", FIRST_DAY, self._message, self.query if isinstance(action, Pressed) else "")
        filing = FilingInfo("f1", "u1", "鹤城区社会保险服务中心", self.form.year, self.form.id, self.versions)
        return Scene(
            Conversation.from_json(self.conversation.to_json()),
            event,
            lambda: f"{next(self._ids):08d}",
            date(2021, 3, 1),
            self.form,
            filing,
            dict(self.answers),
            self.prior,
            (FilingChoice("f1", "鹤城区社会保险服务中心"),),
            (("u1", "鹤城区社会保险服务中心"),),
            (FormChoice(self.form.id, self.form.title, self.form.year),),
            prior_form=self.prior_form,
            rights=Rights("p1", {"u1": frozenset({Role.FILLER})}),
            outside=World(nothing()),
        )

    def _apply(self, outcome: Outcome) -> None:
        for change in outcome.changes:
            assert self.answers.get(change.item) == change.old
            self.history.append((change.item, change.old, change.new))
            if change.new is None:
                self.answers.pop(change.item, None)
            else:
                self.answers[change.item] = change.new
        if outcome.drafts:
            self.versions += 1
            self.drafts += outcome.drafts
        if outcome.refused:
            self.refused.append(outcome.refused)
        self.conversation = outcome.conversation
        self.replies = list(outcome.replies)
        self._message += 1
