"""One event from inbox to outbox, in one transaction: take it, build the scene, step, write everything.

Killed at any instant, the event is either still in the inbox or wholly applied. Not here: what the
conversation says (interview.py), or how replies leave (outgoing.py).
"""

import logging
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from dialogs.access.codes import code_in
from dialogs.access.refusing import not_theirs
from dialogs.carrying import carry_out
from dialogs.conversation import Conversation
from dialogs.events import Event, Said
from dialogs.evidence.enclosures import exhibits_of
from dialogs.interview import step, then
from dialogs.office import Office
from dialogs.opening import begin_project, greet
from dialogs.orders import Doing
from dialogs.private.wrapping import collected
from dialogs.replies import Message, Reply, Toast, to_data
from dialogs.returning import arrive
from dialogs.route import progress
from dialogs.scene import Outcome, Scene, folded
from dialogs.staging import build_scene, open_wish
from dialogs.store import conversations, documents, filings, inbox, journal, outbox, paces, people, sending, standing
from dialogs.store.engine import writing
from dialogs.store.errors import Conflict, is_collision
from templates.messages import message

log = logging.getLogger(__name__)

PATIENCE = 3  # tries before an event that cannot be handled is set aside
PATIENCE_WITH_OTHERS = 20  # tries while somebody else was quicker each time
PAUSE = 2  # seconds between tries
MOST_UNSENT = 50  # replies that may wait to leave a chat; whoever says more meanwhile is not heard
SILENCE = 600  # seconds in which somebody is told so once


class Trouble(Exception):
    """The store cannot be written just now (locked, full). The event stays in the inbox; `chat` may be told."""

    def __init__(self, chat: str) -> None:
        super().__init__("store unavailable")
        self.chat = chat


@dataclass(frozen=True, slots=True)
class Handled:
    """An event that was taken: `done`, to be thought through `again`, or `failed`. `answers`: how many it has changed."""

    chat: str
    how: str = "done"
    answers: int = 0


def handle_next(office: Office) -> str | None:
    """Handle the oldest event that is due; its chat, or None when there is none. Raises Trouble."""
    handled = handle(office)
    return None if handled is None else handled.chat


def handle(office: Office) -> Handled | None:
    """Handle the oldest event that is due; None when there is none. Raises Trouble."""
    taken: inbox.Taken | None = None
    try:
        with writing(office.engine) as c:
            taken = inbox.take(c, office.clock(), office.channel)
            if taken is None:
                return None
            answers = _handle(c, office, taken)
        return Handled(taken.chat, answers=answers)
    except OperationalError as e:
        if taken is None or not is_collision(e):
            raise Trouble(taken.chat if taken else "") from e
        return _again(office, taken)
    except Conflict:
        assert taken is not None
        return _again(office, taken)
    except Exception as e:  # a defect: the event is kept, tried again, and at last set aside with a word to the person
        if taken is None:
            raise
        log.exception("event %s failed", taken.id)
        try:
            _set_aside(office, taken, type(e).__name__)
        except OperationalError as full:
            raise Trouble(taken.chat) from full
        return Handled(taken.chat, "failed")


def _again(office: Office, taken: inbox.Taken) -> Handled:
    """Somebody was quicker: with the world as it is now, the event is thought through again."""
    _set_aside(office, taken, "Conflict", patience=PATIENCE_WITH_OTHERS, pause=0)
    return Handled(taken.chat, "again")


def _set_aside(office: Office, taken: inbox.Taken, error: str, *, patience: int = PATIENCE, pause: int = PAUSE) -> None:
    with writing(office.engine) as c:
        if taken.attempts + 1 < patience:
            inbox.postpone(c, taken.id, office.clock() + pause, error)
            return
        inbox.park(c, taken.id, error)
        if taken.chat:
            _enqueue(c, office, taken, (Message(message("trouble")),))


def _handle(c: Connection, office: Office, taken: inbox.Taken) -> int:
    """How many answers it has changed."""
    if taken.unsent >= MOST_UNSENT:
        _too_fast(c, office, taken)
        return 0
    understand = office.understand[taken.channel]
    try:
        event = understand(taken.body, taken.at)
    except ValueError as e:
        log.warning("update %s of %s not understood: %s", taken.id, taken.channel, type(e).__name__)
        inbox.refuse(c, taken, "malformed")
        return 0
    if office.private or (event is not None and _is_a_code(event)):
        inbox.empty(c, taken)
    if event is None or not event.chat or not event.person:
        return 0
    if not _is_whole(event, taken):
        inbox.refuse(c, taken, "malformed")
        return 0
    if event.chat != event.person:  # a group: what is said there is nobody's conversation
        toast = (Toast(event.query, "请在私聊里操作"),) if event.query else ()
        _enqueue(c, office, taken, toast or (Message(message("sent", what="group")),))
        return 0
    stored = conversations.load(c, event.chat)
    channel, _, address = event.person.partition(":")
    person = people.person(c, channel, address, event.at, office.new_id) if stored is None else stored.person_id
    conversation = Conversation.from_json(stored.state) if stored else Conversation()
    scene = build_scene(c, office, event, person, conversation, stored.filing_id if stored else None)
    outcome = step(scene)
    filing = scene.filing.id if scene.filing else None
    if wish := outcome.opening:
        opened = open_wish(c, office, wish, person, event.at)
        if opened is not None:
            scene = replace(build_scene(c, office, event, person, outcome.conversation, opened), standing="")
            filing, entered = opened, then(scene, wish.then) if wish.then else arrive(scene)
            outcome = _behind(outcome, entered)
        else:
            outcome = not_theirs(scene, f"filing:{wish.filing or wish.unit}")
    if outcome.rename and scene.filing is not None:
        own = filings.filing(c, scene.filing.id)
        assert own is not None
        filings.rename_project(c, own, outcome.rename, person, event.at, taken.id)
        scene = build_scene(c, office, event, person, outcome.conversation, own.id)
        outcome = _behind(outcome, arrive(scene))
    if outcome.leaving:
        filing, scene = None, build_scene(c, office, event, person, outcome.conversation, None)
        outcome = _behind(outcome, begin_project(scene, outcome.wish) if outcome.wish else greet(scene))
    doing = Doing(c, office, person, event.at, taken.id, event.chat)
    said = carry_out(doing, outcome.orders)
    answers = len(outcome.changes)
    if outcome.after:
        _write_answers(c, taken, event, person, filing, scene, outcome)
        scene = replace(build_scene(c, office, event, person, outcome.conversation, filing), standing="")
        filing = scene.filing.id if scene.filing else None
        shown = then(scene, outcome.after)
        said = (*said, *carry_out(doing, shown.orders))
        if shown.leaving:
            filing, scene = None, build_scene(c, office, event, person, shown.conversation, None)
            shown = _behind(shown, greet(scene))
        outcome = _behind(replace(outcome, replies=(*outcome.replies, *said)), shown)
    else:
        outcome = replace(outcome, replies=(*outcome.replies, *said))
    if denied := outcome.denied or outcome.refused:
        log.warning("refused in update %s: %s", taken.id, denied)
        journal.note(c, person, "denied", scene.place, {"what": denied}, event.at)
    _commit(c, office, taken, event, person, filing, scene, outcome)
    return answers


def _is_a_code(event: Event) -> bool:
    """Whether somebody sent the code of an invitation or of a colleague's question: it lies nowhere in clear, here neither."""
    said = event.action.text if isinstance(event.action, Said) else ""
    return said.startswith("/start ") or bool(code_in(said))


def _too_fast(c: Connection, office: Office, taken: inbox.Taken) -> None:
    """More is said than can be answered: it is set aside unread, and the person is told once, until there is room again."""
    inbox.refuse(c, taken, "flood")
    key, now = f"flood:{taken.chat}", 1000 * office.clock()
    if paces.free_at(c, key) <= now:
        paces.hold(c, key, now + 1000 * SILENCE)
        log.warning("a chat says more than can be answered; set aside from update %s on", taken.id)
        _enqueue(c, office, taken, (Message(message("too_fast")),))


def _is_whole(event: Event, taken: inbox.Taken) -> bool:
    """Whether the update speaks of one chat and one person: what is said to the one must not be heard by another."""
    return (event.chat, event.person) == (taken.chat, taken.person)


def _behind(first: Outcome, second: Outcome) -> Outcome:
    """The outcome that follows, behind what the first one said; a press is answered once."""
    answered = any(isinstance(r, Toast) for r in first.replies)
    new = tuple(r for r in second.replies if not (answered and isinstance(r, Toast)))
    denied, refused = first.denied or second.denied, first.refused or second.refused
    return replace(second, replies=(*first.replies, *new), denied=denied, refused=refused, orders=(*first.orders, *second.orders))


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
    _write_answers(c, taken, event, person, filing, scene, outcome)
    if filing is not None and outcome.drafts and scene.filing is not None:
        around = documents.Around(scene.filing.unit_name, scene.filing.project, scene.beside, exhibits_of(c, filing))
        documents.record(c, filing, outcome.drafts, scene.sheet.edition, scene.answers, person, event.at, around)
    if isinstance(event.action, Said) and event.action.text.startswith("/start"):  # as unblocking a bot always does
        outbox.heard_from(c, event.chat, event.at)
        sending.reached(c, event.chat)
    conversations.save(c, event.chat, person, filing, outcome.conversation.to_json(), event.at)
    _enqueue(c, office, taken, outcome.replies)


def _write_answers(
    c: Connection, taken: inbox.Taken, event: Event, person: str, filing: str | None, scene: Scene, outcome: Outcome
) -> None:
    """The answers changed, with their history, and how far the filing is now. Raises Conflict when it is closed meanwhile."""
    if filing is None or not outcome.changes:
        return
    changed = {change.item: change.new for change in outcome.changes}
    after = {item: answer for item, answer in {**scene.answers, **changed}.items() if answer is not None}
    stand = progress(scene.sheet, after)
    if not standing.answered(c, filing, stand.done, stand.total, stand.upcoming.id if stand.upcoming else "", event.at):
        raise Conflict(outcome.changes[0].item)
    changes = folded(replace(scene, changes=outcome.changes))
    filings.apply(c, filing, changes, person, event.at, taken.id, event.message, held=True)


def _enqueue(c: Connection, office: Office, taken: inbox.Taken, replies: tuple[Reply, ...]) -> None:
    said = collected(replies) if office.private else replies
    outbox.enqueue(c, taken.chat, taken.id, [to_data(r) for r in said], office.clock())
