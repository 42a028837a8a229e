"""A file arrives in the chat: where it belongs, one line of thanks, and an errand to fetch it. Pure but for the order.

Two hundred photos in a minute get one line at their beginning and one at their end. Not here: fetching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dialogs import opening
from dialogs.access.permissions import Action
from dialogs.access.refusing import refused
from dialogs.access.rights import Place
from dialogs.asking import ask
from dialogs.conversation import Screen
from dialogs.events import FileSent
from dialogs.evidence.inspecting import LARGEST
from dialogs.evidence.naming import shown_name
from dialogs.evidence.pages import again, show_all, show_spot
from dialogs.evidence.standing import stand_of
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, said_first, show, wrapped
from dialogs.store import evidence, journal
from scoring.evidence import WHOLE, Spot, spot_at, spot_of, spots
from scoring.wording import quoted
from templates import labels
from templates.messages import message

TOGETHER = 90  # seconds: what comes so soon after another file needs no line of its own
MOST_AT_PLACE, MOST_OF_FILING, MOST_WAITING = 50, 400, 100
MOST_EVER = 1200  # of a filing, with what was taken down again: it is kept, too
CHOICES = 14  # places offered for a file that came without one


def receive(scene: Scene, file: FileSent) -> Outcome:
    """Take a file in as evidence."""
    if scene.filing is None:
        return said_first(opening.greet(scene), message("evidence/no_filing")) if not scene.stranger else opening.greet(scene)
    if not scene.may(Action.EVIDENCE):
        return refused(scene, Action.EVIDENCE)
    batch = _batch(scene)
    spot = spot_of(scene.sheet, *batch["to"]) if batch else spot_for(scene, file.caption)
    why = _refusal(scene, spot, file)
    name = shown_name(file.name, file.caption)
    told = {"to": list(spot.key), "at": scene.event.at, "since": batch["since"] if batch else scene.event.at}
    if why and not batch:  # at once; what follows so soon is told together
        no = Message(message("evidence/refused", no={"why": why}, which=quoted(name)))
        return _remembered(Outcome(scene.conversation, (no,), scene.changes), told)
    sent = evidence.Sent(scene.filing.id, spot.about, spot.place, name, file.id, scene.event.chat, why)
    order = Order(Action.EVIDENCE, scene.place, take_in, {"place": scene.place, "sent": sent})
    first = Outcome(scene.conversation, (), scene.changes) if batch else _thanks(scene, spot)
    return replace(_remembered(first, told), orders=(order,))


def _remembered(outcome: Outcome, batch: Mapping[str, Any]) -> Outcome:
    """The outcome that knows of the batch: what comes so soon after this file goes to the same place."""
    pending = {**outcome.conversation.pending, "batch": batch}
    return replace(outcome, conversation=replace(outcome.conversation, pending=pending))


def _batch(scene: Scene) -> Mapping[str, Any] | None:
    """The files that came just before this one, on the same screen."""
    batch = scene.conversation.pending.get("batch")
    return batch if batch and scene.event.at - batch["at"] <= TOGETHER else None


def spot_for(scene: Scene, caption: str) -> Spot:
    """The place whose page is open, or that the caption names, or of the question on the screen; else the whole filing."""
    conversation = scene.conversation
    if conversation.screen is Screen.EVIDENCE and (key := conversation.pending.get("spot")):
        return spot_of(scene.sheet, *key)
    if named := [s for s in spots(scene.sheet) if len(s.name) > 2 and s.name in caption]:
        return max(named, key=lambda s: len(s.name))
    on_question = conversation.screen in (Screen.QUESTION, Screen.CHOOSING, Screen.BILL, Screen.SURVEY)
    return spot_at(scene.sheet, conversation.item) if on_question and conversation.item in scene.sheet.items else WHOLE


def _refusal(scene: Scene, spot: Spot, file: FileSent) -> str:
    """Why the file is not even fetched; empty when it is."""
    if file.size > LARGEST:
        return "too_big"
    stand = stand_of(scene)
    if stand.counts.get(spot.key, 0) >= MOST_AT_PLACE or stand.total >= MOST_OF_FILING:
        return "full"
    if scene.world.read(evidence.ever, scene.filing.id if scene.filing else "") >= MOST_EVER:
        return "worn"
    return "crowded" if scene.world.read(evidence.waiting_of, scene.rights.person) >= MOST_WAITING else ""


def _thanks(scene: Scene, spot: Spot) -> Outcome:
    """The line at the beginning of a batch, with the buttons that are wanted next."""
    conversation = scene.conversation
    if spot is WHOLE and not (conversation.screen is Screen.EVIDENCE and conversation.pending.get("spot")):
        return _which(scene)
    ack = message("evidence/received", title=spot.title)
    if conversation.screen is Screen.QUESTION and conversation.item in scene.sheet.items:
        ticks = conversation.pending.get("ticks")
        more = [(labels.EVIDENCE, f"evidence:{spot.about}:{spot.place}"), (labels.EVIDENCE_ELSEWHERE, "evidence_which")]
        return ask(scene, conversation.item, ack, more, brief=True, ticks=None if ticks is None else tuple(ticks))
    return Outcome(conversation, (Message(ack),), scene.changes)


def _which(scene: Scene, text: str = "") -> Outcome:
    """Where the files of this batch belong: a button for each place that wants some, the missing ones first."""
    stand = stand_of(scene)
    places = [*stand.missing, *(s for s in stand.wanted if s not in stand.missing)][:CHOICES]
    buttons = [(s.title if len(s.title) <= 18 else s.title[:17] + "…", f"evidence_sort:{s.about}:{s.place}") for s in places]
    rows = [*wrapped(buttons, 2), [(labels.EVIDENCE_OTHER, "evidence"), (labels.CONTINUE, "continue")]]
    pending = {"batch": scene.conversation.pending["batch"]} if "batch" in scene.conversation.pending else {}
    said = text or message("evidence/unsorted")
    return show(scene, said, rows, screen=Screen.EVIDENCE, item=scene.conversation.item, pending=pending)


def which(scene: Scene, _: str) -> Outcome:
    """放到别处, for the files just sent."""
    if not scene.conversation.pending.get("batch"):
        return show_all(scene)
    return _which(scene, "刚才发来的放到哪一项？")


def sort(scene: Scene, argument: str) -> Outcome:
    """The files just sent belong to this place."""
    about, _, place = argument.partition(":")
    batch = scene.conversation.pending.get("batch")
    spot = spot_of(scene.sheet, about, place)
    if not batch or scene.filing is None:
        return show_spot(scene, about, place)
    values = {"place": scene.place, "since": batch["since"], "source": tuple(batch["to"]), "target": spot.key}
    order = Order(Action.EVIDENCE, scene.place, put_where, values)
    after = f"evidence:{about}:{place}"
    return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,), after=after)


def take_in(doing: Doing, place: Place, sent: evidence.Sent) -> Sequence[Reply] | None:
    """Write the file down: to be fetched, or as refused already. Either way its sender will be told."""
    evidence.receive(doing.c, (doing.office.new_id() + doing.office.new_id())[:16], sent, doing.person, doing.at)
    return None


def put_where(doing: Doing, place: Place, since: int, source: tuple[str, str], target: tuple[str, str]) -> Sequence[Reply] | None:
    """Move what this person has sent since then from one place to another."""
    count = evidence.sort(doing.c, place.filing, doing.person, since, source, target)
    journal.note(doing.c, doing.person, "evidence sorted", place, {"to": list(target), "count": count}, doing.at)
    return None


def show_again(scene: Scene, ack: str) -> Outcome:
    """The evidence page once more, with files that wait for their place asked about again."""
    batch = scene.conversation.pending.get("batch")
    if batch and not scene.conversation.pending.get("spot"):
        return said_first(_which(scene), ack)
    return again(scene, ack)
