"""Another name for the project of a filing: asked, confirmed, changed in all forms of the pack."""

from dialogs.conversation import Screen
from dialogs.opening import project_name
from dialogs.returning import resume_at
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, show
from scoring.beside.declared import pack_name
from templates import labels
from templates.messages import message


def ask_new_project_name(scene: Scene, reason: str = "") -> Outcome:
    """Another name for the project of this filing; it changes in all forms of the pack."""
    if scene.filing is None or not scene.filing.project:
        return resume_at(scene)
    text = message("rename_project", reason=reason, project=scene.filing.project)
    return show(scene, text, [[(labels.CANCEL, "cancel")]], screen=Screen.PROJECT, item=scene.conversation.item)


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
    return Outcome(scene.conversation, answered_press(scene), rename=name) if name else ask_new_project_name(scene)
