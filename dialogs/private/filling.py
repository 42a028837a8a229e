"""Personal answers written on the office's own page: read by the same readers, stored with their history, in one transaction
with the use of the link; then the chat goes on as if they had been said there.

Not here: which questions these are (fields.py), or how the page looks (templates/pages).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.asking import ask_next
from dialogs.carrying import carry_out
from dialogs.conversation import Conversation, Screen
from dialogs.events import Event, Said
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.private import doors
from dialogs.private.fields import fields_of
from dialogs.private.wrapping import collected
from dialogs.replies import Message, Reply, to_data
from dialogs.route import progress
from dialogs.scene import Outcome, Scene, folded
from dialogs.staging import build_scene
from dialogs.store import conversations, filings, journal, outbox, personal, standing
from dialogs.store.engine import writing
from dialogs.store.errors import Conflict
from dialogs.store.links import Link
from dialogs.together import turning
from scoring.answers import Answer, given
from scoring.items import Item, LongText, Phone
from scoring.reading import Ambiguous, NotUnderstood, Understood, read
from scoring.textgate import clean
from templates.messages import message

PATIENCE = 3  # tries while somebody else answers the same at the same time
LONGEST = 4000  # characters of one field


@dataclass(frozen=True, slots=True)
class Field:
    """One question on the page. `typed` and `wrong` are there when the page comes back; `there`: it was answered before.
    `kind`: text, tel, or long for a text of several lines."""

    id: str
    label: str
    hint: str
    there: bool
    kind: str
    typed: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows; without fields nothing is to be filled there now."""

    filing: str = ""
    form: str = ""
    fields: tuple[Field, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What was stored, by label."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class _Read:
    """What was typed, as far as it was understood."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def page(office: Office, link: Link) -> Page:
    """The page as it is first seen. No stored answer stands on it."""
    with writing(office.engine) as c:
        scene, _ = _scene(c, office, link)
        return _page(scene, {}, {})


def fill(office: Office, token: str, typed: Mapping[str, str]) -> Page | Filled | None:
    """Store what was typed, or show the page again with what is wrong; None when the link opens nothing any more."""
    for _ in range(PATIENCE - 1):
        try:
            return _fill(office, token, typed)
        except Conflict:  # somebody was quicker: read again what there is now
            continue
    return _fill(office, token, typed)


def _fill(office: Office, token: str, typed: Mapping[str, str]) -> Page | Filled | None:
    with writing(office.engine) as c:
        link = doors.look(c, office, token)
        if link is None or link.purpose != doors.FILL:
            return None
        scene, chat = _scene(c, office, link)
        if scene.filing is None or not scene.may(Action.ANSWER):
            return Page()
        done = _understood(scene, typed)
        if done.wrong or not done.answers:
            return _page(scene, typed, done.wrong, empty=not done.wrong)
        if doors.use(c, office, token, doors.FILL) is None:
            return None
        return _stored(c, office, link, scene, chat, done.answers)


def _scene(c: Connection, office: Office, link: Link) -> tuple[Scene, str]:
    """The filing as the person of the link sees it, and their chat."""
    found = personal.find(c, link.person)
    chat = found.where if found else ""
    stored = conversations.hold(c, chat)
    here = stored is not None and stored.filing_id == link.target
    conversation = Conversation.from_json(stored.state) if stored is not None and here else Conversation()
    event = Event(Said(""), chat, chat, office.clock())
    return build_scene(c, office, event, link.person, conversation, link.target), chat


def _page(scene: Scene, typed: Mapping[str, str], wrong: Mapping[str, str], *, empty: bool = False) -> Page:
    if scene.filing is None or not scene.may(Action.ANSWER):
        return Page()
    shown = tuple(_field(scene, i, typed.get(i.id, ""), wrong.get(i.id, "")) for i in fields_of(scene))
    return Page(scene.filing.name, scene.sheet.title, shown, empty)


def _field(scene: Scene, item: Item, typed: str, wrong: str) -> Field:
    answer = scene.answers.get(item.id)
    there = answer is not None and answer.given
    hint = item.help or (f"例如：{item.good}" if item.good else "")
    kind = "long" if isinstance(item, LongText) else "tel" if isinstance(item, Phone) else "text"
    asked = "　".join(words for words in (item.ask, hint) if words)
    return Field(item.id, item.label, asked, there, kind, typed[:LONGEST], wrong)


def _understood(scene: Scene, typed: Mapping[str, str]) -> _Read:
    answers: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for item in fields_of(scene):
        text = clean(typed.get(item.id, ""))
        if not text:
            continue
        if len(text) > LONGEST:
            wrong[item.id] = f"写了 {len(text)} 个字，太长了。"
            continue
        match read(item, text, today=scene.today):
            case Understood(value, provisional):
                answers[item.id] = given(value, provisional=provisional)
            case Ambiguous(reason) | NotUnderstood(reason):
                wrong[item.id] = reason
    return _Read(answers, wrong)


def _stored(c: Connection, office: Office, link: Link, scene: Scene, chat: str, answers: Mapping[str, Answer]) -> Filled:
    """The answers written down, and the chat told."""
    now, before = office.clock(), scene
    for id, answer in answers.items():
        scene = scene.answered(id, answer)
    labels = tuple(scene.sheet.items[id].label for id in answers)
    if changes := folded(scene):
        stand = progress(scene.sheet, scene.answers)
        if not standing.answered(c, link.target, stand.done, stand.total, stand.upcoming.id if stand.upcoming else "", now):
            raise Conflict(next(iter(answers)))
        filings.apply(c, link.target, changes, link.person, now, None, 0, held=True)
        journal.note(c, link.person, "filled on the page", scene.place, {"items": sorted(answers)}, now)
    outcome = _goes_on(scene, answers, message("private/filled", labels=labels))
    noted = turning.noted(before, Outcome(outcome.conversation, (), scene.changes))
    more = carry_out(Doing(c, office, link.person, now, None, chat), noted.orders)
    if outcome.conversation != before.conversation:
        conversations.save(c, chat, link.person, link.target, outcome.conversation.to_json(), now)
    _say(c, office, chat, (*outcome.replies, *more))
    return Filled(labels)


def _goes_on(scene: Scene, answers: Mapping[str, Answer], ack: str) -> Outcome:
    """The next question where one of these was asked just now; else only a word that they have come."""
    asked_now = scene.conversation.screen is Screen.QUESTION and scene.conversation.item in answers
    return ask_next(scene, ack) if asked_now else Outcome(scene.conversation, (Message(ack),))


def _say(c: Connection, office: Office, chat: str, replies: tuple[Reply, ...]) -> None:
    outbox.enqueue(c, chat, None, [to_data(r) for r in collected(replies)], office.clock())
