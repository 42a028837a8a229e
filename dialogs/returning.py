"""Coming back to a filing, minutes or weeks later: a word of welcome and the question where it stands; and the pause.

Not here: how a filing is chosen or begun (opening.py).
"""

from dialogs import arriving, rooms
from dialogs.access import hats
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.pasting import example
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.showing import show
from scoring.asked import is_asked
from scoring.columns import Rows, Survey
from templates import labels
from templates.messages import message


def arrive(scene: Scene) -> Outcome:
    """The filing in focus is on the screen: a word of welcome and the question where it stands."""
    assert scene.filing is not None
    if page := rooms.arrives(scene):
        return page
    form = scene.sheet
    stand = progress(form, scene.answers)
    table = _table_at_hand(scene) or _left_unfinished(scene)
    ack = message(
        "opened",
        unit=scene.filing.name,
        year=scene.filing.year,
        arrived=arriving.sources(scene),
        title=form.title,
        hat=hats.line(scene),
        intro=form.data.intro,
        begun=bool(scene.stored) or bool(set(scene.answers) - set(scene.brought)),
        done=stand.done,
        total=stand.total,
        table=form.items[table].label if table else "",
        pasting=example(scene),
    )
    scene = scene.turned(revisited=())
    return ask(scene, table, ack) if table else ask_next(scene.turned(item=_before_present(scene)), ack)


def resume_at(scene: Scene) -> Outcome:
    """Back to the question that was on the screen before 目录 or a pause, if it is still open."""
    table = _table_at_hand(scene)
    return ask(scene, table) if table else ask_next(scene.turned(item=_before_present(scene)))


def _table_at_hand(scene: Scene) -> str:
    """The table that was left before 完成: its lines may all be complete, but nobody has said that they are all."""
    item = scene.sheet.items.get(scene.conversation.item)
    begun = scene.answers.get(scene.conversation.item)
    here = scene.conversation.screen in (Screen.QUESTION, Screen.CONTENTS)
    if not here or not isinstance(item, Rows | Survey) or begun is None or not begun.value:
        return ""
    return item.id if is_asked(scene.sheet, item, scene.answers) else ""


def _left_unfinished(scene: Scene) -> str:
    """The table that was at work when this filing was left for another one."""
    if scene.conversation.item:
        return ""
    left = [i for i in scene.unfinished if i in scene.sheet.items and (a := scene.answers.get(i)) and a.value]
    return next((i for i in reversed(left) if is_asked(scene.sheet, scene.sheet.items[i], scene.answers)), "")


def _before_present(scene: Scene) -> str:
    """The item behind which the search for the next question begins, so that an open present one comes first."""
    items = list(scene.sheet.items)
    present = scene.conversation.item
    return items[items.index(present) - 1] if present in items and items.index(present) else ""


def pause(scene: Scene) -> Outcome:
    """A friendly stop; everything is stored already."""
    stand = progress(scene.sheet, scene.answers)
    present = scene.conversation.item or next(iter(scene.sheet.items))
    text = message("paused", done=stand.done, total=stand.total, label=scene.sheet.items[present].label)
    return show(scene, text, [[(labels.CONTINUE, "continue")]], screen=Screen.CONTENTS, item=scene.conversation.item)
