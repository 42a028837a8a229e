"""The beginning: greeting, the unit's name, which form; and coming back to a filing weeks later."""

import re

from dialogs.asking import ask_next
from dialogs.conversation import Conversation, Screen
from dialogs.pasting import example
from dialogs.route import progress
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import answered_press, show
from templates import labels
from templates.messages import message

LONGEST_NAME = 50
YEAR_BEHIND = re.compile(r"[\s，,。.、]*(?:我要填)?20\d\d\s*年?度?的?$")
NO_NAME = re.compile(r"[?？]|怎么|我要|不知道|什么|不对|不是|你好")


def greet(scene: Scene) -> Outcome:
    """A newcomer is asked for the unit; somebody known sees the filings there are."""
    if not scene.choices:
        return show(scene, message("welcome"), screen=Screen.NAMING)
    rows = [[(c.title, f"filing:{c.id}")] for c in scene.choices[:20]]
    return show(scene, message("home", choices=True), [*rows, [(labels.NEW_FILING, "new")]], screen=Screen.START)


def choose(scene: Scene, text: str) -> Outcome:
    """A filing of the start page by its number or a part of its title; else the page once more."""
    number = int(text) if text.isdecimal() and len(text) <= 2 else 0
    found = [c for n, c in enumerate(scene.choices, 1) if n == number or (len(text) > 1 and text in c.title)]
    if len(found) != 1:
        return greet(scene)
    return Outcome(scene.conversation, answered_press(scene), opening=Opening(filing=found[0].id))


def ask_name(scene: Scene, reason: str = "") -> Outcome:
    """The unit's full name."""
    text = message("naming_again", reason=reason) if reason else message("welcome")
    return show(scene, text, screen=Screen.NAMING)


def hear_name(scene: Scene, text: str) -> Outcome:
    """The unit's name as typed; confirmed before anything is created."""
    name = YEAR_BEHIND.sub("", " ".join(text.split())).rstrip("。.！!吧啊呢")
    name = re.sub(r"^(?:我们单位是|我们是|我是|单位是|单位名称[:：]?|单位[:：])\s*", "", name)
    if len(name) < 2 or name.startswith("/") or not re.search(r"[㐀-鿿]", name) or NO_NAME.search(name):
        return ask_name(scene, "这好像不是单位名称。")
    if len(name) > LONGEST_NAME:
        return ask_name(scene, f"这个名称有 {len(name)} 个字，太长了（最多 {LONGEST_NAME} 字）。")
    if len(scene.forms) == 1:
        return confirm_name(scene, name, scene.forms[0][0])
    rows = [[(f"{title}（{year}年）", f"form:{form}")] for form, title, year in scene.forms]
    text = message("which_form", unit=name)
    return show(scene, text, [*rows, [(labels.RENAME, "rename")]], screen=Screen.NAMED, pending={"unit": name})


def confirm_name(scene: Scene, name: str, form_id: str) -> Outcome:
    """Unit, year and form, to be confirmed with one tap."""
    title, year = next((t, y) for f, t, y in scene.forms if f == form_id)
    text = message("named", unit=name, year=year, title=title)
    rows = [[(labels.BEGIN, "begin"), (labels.RENAME, "rename")]]
    return show(scene, text, rows, screen=Screen.NAMED, pending={"unit": name, "form": form_id})


def begin(scene: Scene) -> Outcome:
    """Open the filing of a unit this person belongs to; else the unit is new and theirs alone."""
    name, form_id = scene.conversation.pending["unit"], scene.conversation.pending["form"]
    year = next(y for f, _, y in scene.forms if f == form_id)
    unit = next((u for u, known in scene.units if known == name), "")
    return Outcome(Conversation(), answered_press(scene), opening=Opening(unit=unit, unit_name=name, form=form_id, year=year))


def arrive(scene: Scene) -> Outcome:
    """The filing in focus is on the screen: a word of welcome and the question where it stands."""
    assert scene.filing is not None
    form = scene.sheet
    stand = progress(form, scene.answers)
    ack = message(
        "opened",
        unit=scene.filing.unit_name,
        year=scene.filing.year,
        title=form.title,
        intro=form.data.intro,
        done=stand.done,
        total=stand.total,
        pasting=example(scene),
    )
    return ask_next(scene.turned(revisited=(), item=_before_present(scene)), ack)


def resume_at(scene: Scene) -> Outcome:
    """Back to the question that was on the screen before 目录 or a pause, if it is still open."""
    return ask_next(scene.turned(item=_before_present(scene)))


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
