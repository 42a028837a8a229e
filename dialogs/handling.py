"""One event from inbox to outbox, in one transaction: take it, build the scene, step, write everything.

Killed at any instant, the event is either still in the inbox or wholly applied. Not here: what the
conversation says (interview.py), or how replies leave (outgoing.py).
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from dialogs.catalogue import catalogue
from dialogs.conversation import Conversation
from dialogs.events import Event, Said
from dialogs.interview import step
from dialogs.opening import begin_project, greet
from dialogs.replies import Message, Reply, Toast, to_data
from dialogs.returning import arrive
from dialogs.scene import FilingChoice, FilingInfo, FormChoice, Opening, Outcome, Scene, folded
from dialogs.store import conversations, documents, filings, inbox, outbox, people
from dialogs.store.engine import writing
from scoring.answers import Answers
from scoring.beside.cabinet import Cabinet, Kept
from scoring.form import Form
from scoring.loading import compile_form, load
from templates.fields import forms_drawn
from templates.messages import message

log = logging.getLogger(__name__)

PATIENCE = 3  # tries before an event that cannot be handled is set aside
PAUSE = 2  # seconds between tries

Understand = Callable[[str, int], Event | None]


@dataclass(frozen=True)
class Office:
    """What handling needs from outside: the store, the clock, ids, the forms on offer, the channels' parsers."""

    engine: Engine
    clock: Callable[[], int]
    new_id: Callable[[], str]
    understand: Mapping[str, Understand]
    forms: tuple[str, ...]
    packs: tuple[Path, ...] = ()
    zone: str = "Asia/Shanghai"
    memory: Path | None = None  # where the titles of the forms on offer are remembered between starts

    @property
    def channel(self) -> str:
        """The channel of this process: it leaves other channels' events and replies to theirs."""
        return next(iter(self.understand))

    def today(self) -> date:
        """The date where the units are."""
        return datetime.fromtimestamp(self.clock(), UTC).astimezone(ZoneInfo(self.zone)).date()


class Trouble(Exception):
    """The store cannot be written just now (locked, full). The event stays in the inbox; `chat` may be told."""

    def __init__(self, chat: str) -> None:
        super().__init__("store unavailable")
        self.chat = chat


def handle_next(office: Office) -> str | None:
    """Handle the oldest event that is due; its chat, or None when there is none. Raises Trouble."""
    taken: inbox.Taken | None = None
    try:
        with writing(office.engine) as c:
            taken = inbox.take(c, office.clock(), office.channel)
            if taken is None:
                return None
            _handle(c, office, taken)
        return taken.chat
    except OperationalError as e:
        raise Trouble(taken.chat if taken else "") from e
    except Exception as e:  # a defect: the event is kept, tried again, and at last set aside with a word to the person
        if taken is None:
            raise
        log.exception("event %s failed", taken.id)
        try:
            _set_aside(office, taken, type(e).__name__)
        except OperationalError as full:
            raise Trouble(taken.chat) from full
        return taken.chat


def _set_aside(office: Office, taken: inbox.Taken, error: str) -> None:
    with writing(office.engine) as c:
        if taken.attempts + 1 < PATIENCE:
            inbox.postpone(c, taken.id, office.clock() + PAUSE, error)
            return
        inbox.park(c, taken.id, error)
        if taken.chat:
            _enqueue(c, office, taken, (Message(message("trouble")),))


def _handle(c: Connection, office: Office, taken: inbox.Taken) -> None:
    understand = office.understand[taken.channel]
    try:
        event = understand(taken.body, taken.at)
    except ValueError as e:
        log.warning("update %s of %s not understood: %s", taken.id, taken.channel, type(e).__name__)
        inbox.refuse(c, taken, "malformed")
        return
    if event is None or not event.chat or not event.person:
        return
    stored = conversations.load(c, event.chat)
    channel, _, address = event.person.partition(":")
    person = people.person(c, channel, address, event.at, office.new_id) if stored is None else stored.person_id
    conversation = Conversation.from_json(stored.state) if stored else Conversation()
    scene = build_scene(c, office, event, person, conversation, stored.filing_id if stored else None)
    outcome = step(scene)
    filing = scene.filing.id if scene.filing else None
    if outcome.opening is not None:
        opened = _open(c, office, outcome.opening, person, event.at)
        if opened is not None:
            scene = build_scene(c, office, event, person, outcome.conversation, opened)
            filing, entered = opened, arrive(scene)
            outcome = replace(entered, replies=(*outcome.replies, *entered.replies))
    if outcome.rename and scene.filing is not None:
        own = filings.filing(c, scene.filing.id)
        assert own is not None
        filings.rename_project(c, own, outcome.rename, person, event.at, taken.id)
        scene = build_scene(c, office, event, person, outcome.conversation, own.id)
        entered = arrive(scene)
        outcome = replace(entered, replies=(*outcome.replies, *entered.replies))
    if outcome.leaving:
        filing, scene = None, build_scene(c, office, event, person, outcome.conversation, None)
        said = outcome.replies
        outcome = begin_project(scene, outcome.wish) if outcome.wish else greet(scene)
        toasts = tuple(r for r in outcome.replies if not isinstance(r, Toast))
        outcome = replace(outcome, replies=(*said, *toasts)) if said else outcome
    if outcome.refused:
        log.warning("refused in update %s: %s", taken.id, outcome.refused)
    _commit(c, office, taken, event, person, filing, scene, outcome)


def _commit(
    c: Connection,
    office: Office,
    taken: inbox.Taken,
    event: Event,
    person: str,
    filing: str | None,
    scene: Scene,
    outcome: Outcome,
) -> None:
    if filing is not None and outcome.changes:
        changes = folded(replace(scene, changes=outcome.changes))
        filings.apply(c, filing, changes, person, event.at, taken.id, event.message)
    if filing is not None and outcome.drafts and scene.filing is not None:
        around = documents.Around(scene.filing.unit_name, scene.filing.project, scene.beside)
        documents.record(c, filing, outcome.drafts, scene.sheet.edition, scene.answers, person, event.at, around)
    if isinstance(event.action, Said) and event.action.text.startswith("/start"):  # as unblocking a bot always does
        outbox.heard_from(c, event.chat, event.at)
    conversations.save(c, event.chat, person, filing, outcome.conversation.to_json(), event.at)
    _enqueue(c, office, taken, outcome.replies)


def _enqueue(c: Connection, office: Office, taken: inbox.Taken, replies: tuple[Reply, ...]) -> None:
    outbox.enqueue(c, taken.chat, taken.id, [to_data(r) for r in replies], office.clock())


def build_scene(
    c: Connection, office: Office, event: Event, person: str, conversation: Conversation, filing_id: str | None
) -> Scene:
    """The world of one step. A filing of a unit the person does not belong to is not part of it."""
    base = Scene(conversation, event, office.new_id, office.today(), forms=offered(office))
    filing = filings.filing(c, filing_id) if filing_id else None
    if filing is not None and people.role_in(c, person, filing.unit_id) is None:
        filing = None
        base = replace(base, conversation=Conversation())
    if filing is None:
        units = people.units_of(c, person)
        choices = tuple(_choice(c, office, f) for u in units for f in filings.filings_of(c, u.id))
        return replace(base, choices=choices, units=tuple((u.id, u.name) for u in units))
    known = filings.filings_of(c, filing.unit_id)
    cabinet = _cabinet(c, office, known)
    own = cabinet.find(filing.id)
    filed = cabinet.filed(own)
    form, stored = cabinet.stored(own)
    before = cabinet.previous(own)
    last_year = cabinet.filed(before) if before else None
    return replace(
        base,
        form=form,
        filing=FilingInfo(
            filing.id, filing.unit_id, filing.unit_name, filing.year, filing.form_id, filing.documents, filing.project
        ),
        answers=filed.answers,
        stored=stored,
        brought=cabinet.brought(own),
        prior=last_year.answers if last_year else {},
        prior_form=last_year.form if last_year else None,
        beside=cabinet.beside(own) if forms_drawn(form) else (),
        choices=tuple(_choice(c, office, f) for f in known),
    )


def _choice(c: Connection, office: Office, f: filings.Filing) -> FilingChoice:
    form = form_of(c, office, f).title
    title = f"{f.unit_name} · {f.year}年度 · {form}" + (f" · {f.project}" if f.project else "")
    label = f"{f.project} · {form} · {f.year}年度" if f.project else title
    return FilingChoice(f.id, title, f.unit_id, f.form_id, f.year, f.project, label)


def _cabinet(c: Connection, office: Office, known: Sequence[filings.Filing]) -> Cabinet:
    """The filings of a unit, those begun first first."""

    def loading(f: filings.Filing) -> Callable[[], tuple[Form, Answers]]:
        def load_it() -> tuple[Form, Answers]:
            form = form_of(c, office, f)
            return form, filings.answers(c, f.id, form)

        return load_it

    return Cabinet([Kept(f.id, f.form_id, f.year, f.unit_name, f.project, loading(f)) for f in known])


def _open(c: Connection, office: Office, wish: Opening, person: str, now: int) -> str | None:
    """The id of the filing wished for, created when it is new; None when the person may not have it."""
    if wish.filing:
        found = filings.filing(c, wish.filing)
        allowed = found is not None and people.role_in(c, person, found.unit_id) is not None
        return wish.filing if allowed else None
    unit = wish.unit
    if not unit:
        unit = office.new_id()
        people.add_unit(c, unit, wish.unit_name, now)
        people.join(c, person, unit, "filler")
    elif people.role_in(c, person, unit) is None:
        return None
    form = load(wish.form, office.packs, wish.year)
    return filings.open_filing(c, office.new_id(), unit, form, wish.year, wish.project, person, now).id


def form_of(c: Connection, office: Office, filing: filings.Filing) -> Form:
    """The form in the edition the filing was begun with, as frozen with it; compiled once in this process."""
    return edition_of(c, filing.form_id, filing.edition, filing.year)


def edition_of(c: Connection, form_id: str, edition: str, year: int) -> Form:
    """A form in an edition that some filing was begun with."""
    return _editions.get((form_id, edition, year)) or _thaw(c, form_id, edition, year)


_editions: dict[tuple[str, str, int], Form] = {}


def _thaw(c: Connection, form_id: str, edition: str, year: int) -> Form:
    sources: dict[str, str] = json.loads(filings.edition_sources(c, edition))
    form = compile_form(form_id, sources, year)
    _editions[(form_id, edition, year)] = form
    return form


def offered(office: Office) -> tuple[FormChoice, ...]:
    """The forms that can be begun, in the order of the setting."""
    return catalogue(office.forms, office.packs, office.memory)
