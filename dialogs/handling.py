"""One event from inbox to outbox, in one transaction: take it, build the scene, step, write everything.

Killed at any instant, the event is either still in the inbox or wholly applied. Not here: what the
conversation says (interview.py), or how replies leave (outgoing.py).
"""

import logging
from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from dialogs.conversation import Conversation
from dialogs.events import Event, Said
from dialogs.interview import step
from dialogs.office import Office
from dialogs.opening import begin_project, greet
from dialogs.replies import Message, Reply, Toast, to_data
from dialogs.returning import arrive
from dialogs.scene import Outcome, Scene, folded
from dialogs.staging import build_scene, open_wish
from dialogs.store import conversations, documents, filings, inbox, outbox, people
from dialogs.store.engine import writing
from templates.messages import message

log = logging.getLogger(__name__)

PATIENCE = 3  # tries before an event that cannot be handled is set aside
PAUSE = 2  # seconds between tries


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
        opened = open_wish(c, office, outcome.opening, person, event.at)
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
