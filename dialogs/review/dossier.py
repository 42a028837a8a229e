"""Everything about the review of one filing: its rounds, its remarks, its 核查分. Read within a step, never changed there."""

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from dialogs.access.permissions import Role, State
from dialogs.editions import edition_of
from dialogs.scene import Scene
from dialogs.store import remarks, submissions, verified
from dialogs.store.documents import answers_in
from dialogs.store.remarks import Remark
from dialogs.store.submissions import Submission
from scoring.answers import Answers
from scoring.form import Form
from scoring.review.verified import Verdicts

SENT = (submissions.RETURNED, submissions.APPROVED)  # how a round ended whose remarks the filler has seen


@dataclass(frozen=True, slots=True)
class Dossier:
    """The review of one filing so far."""

    rounds: tuple[Submission, ...] = ()
    remarks: tuple[Remark, ...] = ()
    verdicts: Verdicts = field(default_factory=dict)

    @property
    def present(self) -> Submission | None:
        """The latest round, decided or not."""
        return self.rounds[-1] if self.rounds else None

    @property
    def last(self) -> Submission | None:
        """The last round before the present one that a reviewer has decided: what a new one is compared with."""
        return next((r for r in reversed(self.rounds[:-1]) if r.verdict in SENT), None)

    @property
    def told(self) -> int:
        """The last round whose remarks the filler has got; 0 when none has been decided."""
        return max((r.round for r in self.rounds if r.verdict in SENT), default=0)

    @property
    def open(self) -> tuple[Remark, ...]:
        """Remarks that the filler has got and still has to see to."""
        return tuple(r for r in self.remarks if r.open and r.round <= self.told)

    @property
    def fresh(self) -> tuple[Remark, ...]:
        """Remarks that wait to go to the filler with the next return; also of a round that was taken back."""
        return tuple(r for r in self.remarks if r.round > self.told and not r.is_answer)

    def sent_with(self, remark: Remark) -> int:
        """The round with whose end a remark went to the filler; 0 while it waits."""
        return next((r.round for r in self.rounds if r.round >= remark.round and r.verdict in SENT), 0)

    def about(self, about: str, place: str = "") -> tuple[Remark, ...]:
        """Everything said about one thing, in all rounds, with the answers."""
        return tuple(r for r in self.remarks if r.where == (about, place))

    def answers_to(self, remark: Remark) -> tuple[Remark, ...]:
        """What the filler said to a remark, later and about the same."""
        later = (r for r in self.about(*remark.where) if r.is_answer)
        return tuple(r for r in later if r.round == remark.round and r.at >= remark.at)


def load(c: Connection, filing: str) -> Dossier:
    """The dossier of a filing."""
    return Dossier(submissions.of_filing(c, filing), remarks.of_filing(c, filing), verified.of_filing(c, filing))


def dossier(scene: Scene) -> Dossier:
    """The dossier of the filing in focus; nothing for one that was never handed in."""
    if scene.filing is None or scene.filing.round == 0:
        return Dossier()
    found = scene.world.read(load, scene.filing.id)
    if decides(scene):
        return found
    sent = tuple(r for r in found.remarks if found.sent_with(r))  # what a reviewer is at is theirs until it is decided
    verdicts = {} if scene.filing.state is State.SUBMITTED else found.verdicts
    return replace(found, remarks=sent, verdicts=verdicts)


def handed_in(c: Connection, filing: str, form_id: str, year: int, round: int, edition: str) -> tuple[Form, Answers]:
    """What was handed in with a round: the form of then, and the answers."""
    form = edition_of(c, form_id, edition, year)
    return form, answers_in(submissions.inputs(c, filing, round), form)


def before(scene: Scene) -> tuple[Form, Answers] | None:
    """What the last decided round held, to compare the present one with; None in a first round."""
    last = dossier(scene).last
    if last is None or scene.filing is None:
        return None
    filing = scene.filing
    return scene.world.read(handed_in, filing.id, filing.form, filing.year, last.round, last.edition)


def decides(scene: Scene) -> bool:
    """Whether somebody reviews this filing at all, now or at another time."""
    return bool(scene.rights.roles_at(scene.place) & {Role.REVIEWER, Role.ADMINISTRATOR})


def said_by(name: str, role: str) -> str:
    """Who said something: by name where one is known, else by what they are here."""
    return f"{role} {name}" if name else role


def is_locked(state: State | None) -> bool:
    """Whether answers do not change in this state."""
    return state in submissions.LOCKED
