"""Another name for the project of a filing: asked, confirmed, changed in all forms of the pack."""

from dialogs.conversation import Screen
from dialogs.editions import edition_of
from dialogs.opening import project_name
from dialogs.returning import resume_at
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, said_first, show
from dialogs.store.filings import filings_of
from dialogs.store.submissions import LOCKED
from scoring.beside.declared import pack_name
from templates import labels
from templates.messages import message


def ask_new_project_name(scene: Scene, reason: str = "") -> Outcome:
    """Another name for the project of this filing; it changes in all forms of the pack."""
    if scene.filing is None or not scene.filing.project:
        return resume_at(scene)
    if kept := _kept(scene):
        return said_first(resume_at(scene), kept)
    text = message("rename_project", reason=reason, project=scene.filing.project)
    return show(scene, text, [[(labels.CANCEL, "cancel")]], screen=Screen.PROJECT, item=scene.conversation.item)


def _kept(scene: Scene) -> str:
    """Why the name cannot change now: a form of the project is handed in, and what was handed in has the name."""
    assert scene.filing is not None
    own, pack = scene.filing, pack_name(scene.sheet.id)
    beside = [f for f in scene.world.read(filings_of, scene.place.unit) if (f.project, f.year) == (own.project, own.year)]
    locked = [f for f in beside if pack_name(f.form_id) == pack and f.place.state in LOCKED]
    titles = [scene.world.read(edition_of, f.form_id, f.edition, f.year).title for f in locked]
    return message("rename_project_kept", project=own.project, titles=titles) if locked else ""


def hear_new_project_name(scene: Scene, text: str) -> Outcome:
    """The new name as typed, confirmed with one tap."""
    assert scene.filing is not None
    name, wrong = project_name(text)
    here = {c.project for c in scene.choices if c.year == scene.filing.year and pack_name(c.form) == pack_name(scene.sheet.id)}
    if not wrong and name in here:
        wrong = "这个项目已经有了。" if name != scene.filing.project else "这和现在的名称一样。"
    if wrong:
        return ask_new_project_name(scene, wrong)
    rows = [[(labels.CONFIRM, "project_renamed"), (labels.CANCEL, "cancel")]]
    text = message("rename_project_confirm", old=scene.filing.project, new=name)
    return show(scene, text, rows, screen=Screen.PROJECT, item=scene.conversation.item, pending={"name": name})


def rename_project(scene: Scene) -> Outcome:
    """The new name is confirmed."""
    name = scene.conversation.pending.get("name", "")
    if kept := _kept(scene):
        return said_first(resume_at(scene), kept)
    return Outcome(scene.conversation, answered_press(scene), rename=name) if name else ask_new_project_name(scene)
