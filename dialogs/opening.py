"""The beginning: greeting, the unit's name, which form, which project. Not here: coming back (returning.py)."""

import re

from dialogs import rooms
from dialogs.access import strangers
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.scene import FormChoice, Opening, Outcome, Scene
from dialogs.showing import answered_press, said_first, show
from scoring.beside.declared import pack_name
from scoring.wording import quoted
from templates import labels
from templates.messages import message

LONGEST_NAME = 50
MOST = 30  # filings that have a button on the start page; the others are opened by number
YEAR_BEHIND = re.compile(r"[\s，,。.、]*(?:我要填)?20\d\d\s*年?度?的?$")
NO_NAME = re.compile(r"[?？]|怎么|我要|不知道|什么|不对|不是|你好")
CORRECTION = re.compile(r"^(?:我们单位是|我们是|我是|单位是|单位名称[:：是]?|单位[:：]|名称[:：是]|应该是|应当是)\s*")


def greet(scene: Scene) -> Outcome:
    """A newcomer is asked for the unit; somebody known sees the filings there are."""
    if scene.stranger:
        return strangers.explain(scene)
    more = rooms.home(scene)
    if not scene.choices and scene.rights.none:
        return show(scene, message("welcome", first=True), screen=Screen.NAMING)
    rows = [[(c.label or c.title, f"filing:{c.id}")] for c in scene.choices[:MOST]]
    text = message("home", fills=bool(to_begin(scene)), choices=[c.title for c in scene.choices], lines=more.lines)
    begin = [[(labels.NEW_FILING, "new")]] if scene.open_door or to_begin(scene) else []
    return show(scene, text, [*more.rows, *rows, *begin, *more.below], screen=Screen.START)


def to_begin(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The units (id and name) of which this person may begin a filing."""
    return tuple((id, name) for id, name in scene.units if scene.may(Action.BEGIN, Place(unit=id)))


def choose(scene: Scene, text: str) -> Outcome:
    """A filing of the start page by its number or a part of its title; else the page once more."""
    number = int(text) if text.isdecimal() and len(text) <= 2 else 0
    found = [c for n, c in enumerate(scene.choices, 1) if n == number or (len(text) > 1 and text in c.title)]
    if len(found) != 1:
        return greet(scene)
    return Outcome(scene.conversation, answered_press(scene), opening=Opening(filing=found[0].id))


def new(scene: Scene) -> Outcome:
    """A new filing: of a unit there is already, which is not asked for its name again, or of another one."""
    units = to_begin(scene)
    if not units:
        return ask_name(scene)
    if len(units) == 1:
        return choose_form(scene, units[0][1])
    rows = [[(name, f"unit:{id}")] for id, name in units[:20]]
    other = [[(labels.OTHER_UNIT, "other_unit")]] if scene.open_door else []
    return show(scene, message("which_unit"), [*rows, *other], screen=Screen.NAMING)


def take_unit(scene: Scene, id: str) -> Outcome:
    """One of the units this person belongs to."""
    name = next((name for known, name in scene.units if known == id), "")
    return choose_form(scene, name) if name else new(scene)


def ask_name(scene: Scene, reason: str = "") -> Outcome:
    """The unit's full name. Where nobody comes in uninvited, a unit of one's own is not made."""
    if not scene.open_door:
        return new(scene) if to_begin(scene) else greet(scene)
    text = message("naming_again", reason=reason) if reason else message("welcome", first=not scene.units)
    return show(scene, text, screen=Screen.NAMING)


def hear_name(scene: Scene, text: str) -> Outcome:
    """The unit's name as typed; confirmed before anything is created."""
    name = YEAR_BEHIND.sub("", " ".join(text.split())).rstrip("。.！!吧啊呢")
    corrected = CORRECTION.search(name) is not None
    name = CORRECTION.sub("", name)
    if len(name) < 2 or name.startswith("/") or not re.search(r"[㐀-鿿]", name) or NO_NAME.search(name) or name in labels.EVERY:
        return again(scene, "刚才这句没看懂，点一个按钮就行。") or ask_name(scene, "这好像不是单位名称。")
    if len(name) > LONGEST_NAME:
        return ask_name(scene, f"这个名称有 {len(name)} 个字，太长了（最多 {LONGEST_NAME} 字）。")
    if _choosing(scene) and not corrected:  # said while forms stand on the screen: rather a form than another name
        ack = f"没有叫{quoted(name)}的表，发序号或点一个按钮就行。"
        ack += f"单位名称写错了，点“{labels.RENAME}”。" if scene.open_door else ""
        return said_first(choose_form(scene, scene.conversation.pending["unit"]), ack)
    if not scene.open_door and name not in [known for _, known in to_begin(scene)]:
        return said_first(new(scene), f"你还不是{quoted(name)}的填报人，要先有那里发的邀请。")
    return choose_form(scene, name)


def _choosing(scene: Scene) -> bool:
    """Whether the forms stand on the screen, to be chosen from."""
    pending = scene.conversation.pending
    return scene.conversation.screen is Screen.NAMED and bool(pending.get("unit")) and "form" not in pending


def hear_number(scene: Scene, text: str) -> str:
    """The button meant by 1 or 2 where everything is named and waits for its 对，开始; empty for other words."""
    waiting = scene.conversation.screen is Screen.NAMED and "form" in scene.conversation.pending
    number = text.removeprefix("#").strip()
    actions = scene.conversation.actions
    return actions[int(number) - 1] if waiting and number in ("1", "2") and int(number) <= len(actions) else ""


def again(scene: Scene, ack: str) -> Outcome | None:
    """Where the beginning stands, with what was said so far kept; None when nothing was said yet."""
    pending, screen = scene.conversation.pending, scene.conversation.screen
    unit, form = pending.get("unit", ""), _form(scene, pending.get("form", ""))
    if not unit or screen not in (Screen.NAMED, Screen.PROJECT):
        return None
    if screen is Screen.PROJECT and form is not None:
        return ask_project(scene, unit, form.id, ack)
    if form is not None:
        return said_first(confirm_name(scene, unit, form.id, pending.get("project", "")), ack)
    return said_first(choose_form(scene, unit), ack)


def hear_form(scene: Scene, text: str) -> Outcome | None:
    """A form chosen by its number on the screen or by words of its title; None when the text is something else."""
    if not _choosing(scene):
        return None
    number = text.removeprefix("#").removeprefix("第").removesuffix("个")
    found = [f for n, f in enumerate(scene.forms, 1) if number == str(n) or (len(text) > 1 and text in f.title)]
    return take_form(scene, found[0].id) if len(found) == 1 else None


def choose_form(scene: Scene, unit: str) -> Outcome:
    """Which form, when there are several on offer."""
    if len(scene.forms) == 1:
        return take_form(scene.turned(pending={"unit": unit}), scene.forms[0].id)
    rows = [[(f"{f.title}（{f.year}年{'，一个项目一份' if f.per == 'project' else ''}）", f"form:{f.id}")] for f in scene.forms]
    known = any(name == unit for _, name in scene.units)
    other = (labels.OTHER_UNIT, "other_unit") if known else (labels.RENAME, "rename")
    if not scene.open_door:
        other = (labels.OTHER_UNIT, "other_unit") if len(to_begin(scene)) > 1 else (labels.HOME, "home")
    return show(scene, message("which_form", unit=unit), [*rows, [other]], screen=Screen.NAMED, pending={"unit": unit})


def take_form(scene: Scene, form_id: str) -> Outcome:
    """The form is chosen: one that is filled per project wants the project's name, too."""
    unit = scene.conversation.pending.get("unit", "")
    form = _form(scene, form_id)
    if not unit or form is None:
        return new(scene)
    if form.per == "project":
        return ask_project(scene, unit, form_id)
    return confirm_name(scene, unit, form_id)


def begin_project(scene: Scene, wish: str) -> Outcome:
    """再填一个项目, said in a filing: the same form of the same unit for another project."""
    unit_id, _, form_id = wish.partition(":")
    unit = next((name for known, name in scene.units if known == unit_id), "")
    form = _form(scene, form_id)
    return ask_project(scene, unit, form_id) if unit and form and form.per == "project" else greet(scene)


def ask_project(scene: Scene, unit: str, form_id: str, reason: str = "") -> Outcome:
    """The project's name; those of the unit that have other forms already are offered."""
    form = _form(scene, form_id)
    assert form is not None
    names = _other_projects(scene, unit, form)
    text = message("project", reason=reason, unit=unit, title=form.title, year=form.year, offered=bool(names))
    rows = [[(name, f"project:{n}")] for n, name in enumerate(names)]
    pending = {"unit": unit, "form": form_id, "names": names}
    return show(scene, text, [*rows, [(labels.OTHER_FILING, "home")]], screen=Screen.PROJECT, pending=pending)


def _other_projects(scene: Scene, unit: str, form: FormChoice) -> list[str]:
    """The unit's projects of this pack and year that do not have this form yet."""
    ids = {known for known, name in scene.units if name == unit}
    here = [c for c in scene.choices if c.unit in ids and c.year == form.year and pack_name(c.form) == pack_name(form.id)]
    done = {c.project for c in here if c.form == form.id}
    return list(dict.fromkeys(c.project for c in here if c.project and c.project not in done))[:20]


def project_name(text: str) -> tuple[str, str]:
    """(the name, what is wrong with it) of a project as typed."""
    name = re.sub(r"^(?:项目名称|项目名|项目)(?:[:：]|叫|是)\s*", "", " ".join(text.split())).strip('“”"《》').rstrip("。.！!")
    if len(name) < 2 or name.startswith("/") or NO_NAME.search(name) or name in labels.EVERY or not re.search(r"[^\W\d_]", name):
        return "", "这好像不是项目名称。"
    if len(name) > LONGEST_NAME:
        return "", f"这个名称有 {len(name)} 个字，太长了（最多 {LONGEST_NAME} 字）。"
    return name, ""


def hear_project(scene: Scene, text: str) -> Outcome:
    """The project's name as typed."""
    pending = scene.conversation.pending
    name, wrong = project_name(text)
    if wrong:
        return ask_project(scene, pending["unit"], pending["form"], wrong)
    return take_project(scene, name)


def take_project(scene: Scene, name: str) -> Outcome:
    """The project is named: its filing is opened when there is one already, else confirmed first."""
    unit, form_id = scene.conversation.pending["unit"], scene.conversation.pending["form"]
    form = _form(scene, form_id)
    assert form is not None
    ids = {known for known, known_name in scene.units if known_name == unit}
    same = [c for c in scene.choices if c.unit in ids and (c.form, c.year, c.project) == (form_id, form.year, name)]
    if same:
        return Outcome(scene.conversation, answered_press(scene), opening=Opening(filing=same[0].id))
    return confirm_name(scene, unit, form_id, name)


def pick_project(scene: Scene, number: str) -> Outcome:
    """One of the projects offered."""
    names = scene.conversation.pending.get("names", [])
    return take_project(scene, names[int(number)]) if number.isdecimal() and int(number) < len(names) else greet(scene)


def confirm_name(scene: Scene, unit: str, form_id: str, project: str = "") -> Outcome:
    """Unit, year, form and project, to be confirmed with one tap."""
    form = _form(scene, form_id)
    assert form is not None
    text = message("named", unit=unit, year=form.year, title=form.title, project=project)
    other = (labels.RENAME, "rename") if scene.open_door or project else (labels.HOME, "home")
    rows = [[(labels.BEGIN, "begin"), other]]
    return show(scene, text, rows, screen=Screen.NAMED, pending={"unit": unit, "form": form_id, "project": project})


def rename(scene: Scene) -> Outcome:
    """What was named last is wrong: the project, else the unit."""
    pending = scene.conversation.pending
    if pending.get("project"):
        return ask_project(scene, pending["unit"], pending["form"])
    return ask_name(scene)


def begin(scene: Scene) -> Outcome:
    """Open the filing of a unit this person belongs to; else the unit is new and theirs alone."""
    pending = scene.conversation.pending
    form = _form(scene, pending.get("form", ""))
    if form is None:
        return greet(scene)
    name = pending["unit"]
    unit = next((u for u, known in scene.units if known == name), "")
    wish = Opening(unit=unit, unit_name=name, form=form.id, year=form.year, project=pending.get("project", ""))
    return Outcome(scene.conversation.elsewhere(), answered_press(scene), opening=wish)


def _form(scene: Scene, form_id: str) -> FormChoice | None:
    return next((f for f in scene.forms if f.id == form_id), None)


def ways_on(scene: Scene) -> list[tuple[str, str]]:
    """Buttons from a filing to another one and to a new one."""
    form = _form(scene, scene.sheet.id)
    more = [(labels.NEW_PROJECT, "new_project")] if form and form.per == "project" else []
    return [(labels.OTHER_FILING, "home"), *more]


def hear_correction(scene: Scene, text: str) -> Outcome:
    """Typed while everything is named: another name for the project, else for the unit."""
    pending = scene.conversation.pending
    return hear_project(scene, text) if pending.get("project") else hear_name(scene, text)


def new_project(scene: Scene) -> Outcome:
    """Leave this filing for that of another project."""
    if scene.filing is None or not scene.filing.project:
        return Outcome(scene.conversation.elsewhere(), answered_press(scene), leaving=True)
    return Outcome(
        scene.conversation.elsewhere(), answered_press(scene), leaving=True, wish=f"{scene.filing.unit}:{scene.sheet.id}"
    )
