"""A list of units and people sent in the chat: asked for, tried, and imported on a nod. Not here: the import (importing.py)."""

from dialogs.access.permissions import Action
from dialogs.access.places import rest_of, spot
from dialogs.access.rights import Place
from dialogs.bureau.asking_work import begun
from dialogs.bureau.sheets import LARGEST
from dialogs.conversation import Screen
from dialogs.events import FileSent
from dialogs.private.doors import import_door
from dialogs.replies import Made, Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, show
from templates import labels
from templates.messages import message


def ask(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """Asks for the file."""
    found = spot(scene, argument)
    assert found is not None  # the gate was asked at this place
    rows = [[(labels.BUREAU_SLIPS, f"bu_slips:c.{found.place.county}"), (labels.BUREAU_BACK, f"bureau:c.{found.place.county}")]]
    if scene.private:
        text, door = message("private/import", ack=ack), import_door(found.place.county)
        return show(scene, text, rows, screen=Screen.IMPORTING, pending={"county": found.place.county}, door=door)
    text = message("bureau/import_ask", ack=ack)
    return show(scene, text, rows, screen=Screen.IMPORTING, pending={"county": found.place.county})


def receive(scene: Scene, file: FileSent) -> Outcome:
    """The file has come: tried as soon as it is fetched."""
    county = str(scene.conversation.pending.get("county", ""))
    if not scene.may(Action.IMPORT, Place(county)):
        return Outcome(scene.conversation, (Message(message("access/denied", state="", filing=False)),), denied="import")
    if file.size > LARGEST:
        size, most = file.size / (1 << 20), LARGEST >> 20
        return ask(scene, f"c.{county}", f"这个文件有 {size:.0f} MB，太大了（最多 {most} MB）。只留名单那一页再发。")
    if file.media_type.startswith(("image/", "video/", "audio/")):
        return ask(scene, f"c.{county}", "这是图片或视频，不是表格。")
    return begun(scene, Action.IMPORT, county, 0, "import_check", {"source": file.id, "name": file.name})


def hear(scene: Scene, _: str) -> Outcome:
    """Something typed where a file is wanted."""
    return ask(scene, f"c.{scene.conversation.pending.get('county', '')}", "这一步要发文件，打字我看不懂名单。")


def go(scene: Scene, argument: str) -> Outcome:
    """Import what was tried."""
    found = spot(scene, argument)
    assert found is not None
    digest, _, mode = rest_of(argument).partition(".")
    return begun(scene, Action.IMPORT, found.place.county, 0, "import", {"sha256": digest, "mode": mode})


def refuse(scene: Scene, _: str) -> Outcome:
    """Not now: nothing was done, nothing is."""
    return Outcome(scene.conversation, (*answered_press(scene), Message("好的，没有导入。改好了再发一次就行。")), scene.changes)


def slips(scene: Scene, argument: str) -> Outcome:
    """Asks before slips are printed anew: the codes printed before open nothing then."""
    found = spot(scene, argument)
    assert found is not None
    county = found.place.county
    text = message("bureau/slips")
    rows = [[("重印", f"bu_slips_do:c.{county}"), (labels.CANCEL, f"bureau:c.{county}")]]
    return show(scene, text, rows, screen=Screen.BUREAU)


def print_slips(scene: Scene, argument: str) -> Outcome:
    """Every open invitation of the county, printed with a new code."""
    found = spot(scene, argument)
    assert found is not None
    file = Made("bureau_slips", f"{found.place.county}.0", "邀请名单和邀请单")
    return Outcome(scene.conversation, (*answered_press(scene, "马上发"), file), scene.changes)
