"""What comes in by the chat and may not: files, personal answers, numbers that reach a person. Pure; nothing of it is kept.

Each is told where it belongs, with a link. Not here: how the update itself is emptied (handling.py).
"""

from dialogs import opening
from dialogs.access.permissions import Action
from dialogs.access.refusing import refused
from dialogs.access.rights import Place
from dialogs.asking import ask
from dialogs.conversation import Screen
from dialogs.events import FileSent
from dialogs.evidence.receiving import spot_for
from dialogs.private.doors import evidence_door, import_door
from dialogs.private.veiling import has_number
from dialogs.replies import Door, Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import said_first
from scoring.items import Item, is_personal
from templates.messages import message

_ASKED = (Screen.QUESTION, Screen.CHOOSING, Screen.BILL)


def file_refused(scene: Scene, file: FileSent) -> Outcome:
    """A file or a photo is not fetched: it is uploaded on the office's own page."""
    if scene.conversation.screen is Screen.IMPORTING:
        county = str(scene.conversation.pending.get("county", ""))
        if not scene.may(Action.IMPORT, Place(county)):
            return Outcome(scene.conversation, (Message(message("access/denied", state="", filing=False)),), denied="import")
        return _told(scene, message("private/file", title="单位和人员名单"), import_door(county))
    if scene.filing is None:
        told = message("private/file_nowhere")
        return opening.greet(scene) if scene.stranger else said_first(opening.greet(scene), told)
    if not scene.may(Action.EVIDENCE):
        return refused(scene, Action.EVIDENCE)
    spot = spot_for(scene, file.caption)
    return _told(scene, message("private/file", title=spot.title), evidence_door(scene.filing.id, spot))


def _told(scene: Scene, text: str, door: Door) -> Outcome:
    return Outcome(scene.conversation, (Message(text, door=door),), scene.changes)


def answer_refused(scene: Scene, item: Item) -> Outcome:
    """A personal answer typed in the chat."""
    return ask(scene, item.id, message("private/typed", label=item.label))


def number_refused(scene: Scene, text: str) -> Outcome | None:
    """Something typed with a number in it that reaches a person; None for everything else."""
    if not scene.private or not has_number(text):
        return None
    asked, item = scene.conversation.screen in _ASKED, scene.conversation.item
    if asked and scene.form is not None and item in scene.form.items and is_personal(scene.item):
        return answer_refused(scene, scene.item)
    return Outcome(scene.conversation, (Message(message("private/number")),), scene.changes)
