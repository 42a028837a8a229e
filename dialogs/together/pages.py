"""The page of 分工, and what somebody sees whose own part is done. Not here: what the buttons do (assigning.py)."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from dialogs.together.around import called, colleagues, given, spaced
from dialogs.together.promises import said_iso
from dialogs.together.turns import (
    MINE,
    OTHERS,
    SHARED,
    items_of_part,
    left,
    name_of_part,
    owners,
    part_of,
    parts_of,
    rank,
    section_parts,
)
from scoring.items import Item
from templates import labels
from templates.messages import message


def show_parts(scene: Scene, ack: str = "", *, toast: str = "") -> Outcome:
    """Every section with whose it is, how far it is, and until when; a tap on one gives it to somebody."""
    form, known = scene.sheet, given(scene)
    by_part = {a.part: a for a in known}
    lines = []
    for part in (*section_parts(form, scene.answers), *(a.part for a in known if a.part.startswith("="))):
        items = items_of_part(form, scene.answers, known, part)
        one = by_part.get(part)
        if not items:
            continue
        lines.append(
            {
                "name": name_of_part(form, part),
                "who": spaced(called(scene, one.person)) if one else "大家",
                "left": len(left(form, scene.answers, items)),
                "promised": said_iso(one.promised, scene.today) if one else "",
            }
        )
    turn = next((p for p in parts_of(form, scene.answers, known) if p.left), None)
    alone = not colleagues(scene)
    text = message(
        "together/parts",
        ack=ack,
        title=form.title,
        lines=lines,
        turn=called(scene, turn.person) if turn else "",
        alone=alone,
        may=scene.may(Action.ASSIGN) and not alone,
    )
    give = [(name_of_part(form, p)[:16], f"part:{p}") for p in section_parts(form, scene.answers)]
    own = [("我哪天能给", f"promise:{a.part}") for a in known if a.person == scene.rights.person and a.done_at is None][:1]
    rows: list[Row] = wrapped(give, 2) if scene.may(Action.ASSIGN) and not alone else []
    if scene.may(Action.HAND_OVER):
        own.append((labels.HAND_OVER, "handover"))
    rows += [own, [(labels.CONTINUE, "continue"), (labels.CONTENTS, "contents")]]
    return show(scene, text, [r for r in rows if r], screen=Screen.PARTS, item=scene.conversation.item, toast=toast)


def stops_before(scene: Scene, item: Item) -> bool:
    """Whether the next question is somebody else's, and this person has just come to the end of what is theirs."""
    conversation = scene.conversation
    owned = owners(scene.sheet, given(scene))
    if not owned or rank(owned, scene.rights.person, item.id) != OTHERS:
        return False
    if conversation.screen is Screen.PARTS and conversation.pending.get("done"):
        return False  # told already, and going on nevertheless
    present = conversation.item
    return present not in scene.sheet.items or rank(owned, scene.rights.person, present) != OTHERS


def thanks(scene: Scene, item: Item) -> str:
    """That one's own part has just been finished, above a question that is everybody's; empty otherwise."""
    owned, me, present = owners(scene.sheet, given(scene)), scene.rights.person, scene.conversation.item
    if (
        not scene.changes
        or present not in scene.sheet.items
        or rank(owned, me, present) != MINE
        or rank(owned, me, item.id) != SHARED
    ):
        return ""
    mine = next((p for p in parts_of(scene.sheet, scene.answers, given(scene)) if p.person == me), None)
    if mine is None or mine.left:
        return ""
    return f"你负责的部分填好了：{'、'.join(mine.names)}。谢谢！下面的题没有分，谁填都行。"


def part_done(scene: Scene, ack: str = "", more: Row = (), *, toast: str = "") -> Outcome:
    """One's own part is done; what is left is somebody else's, and whose."""
    form, known, me = scene.sheet, given(scene), scene.rights.person
    mine = next((p for p in parts_of(form, scene.answers, known) if p.person == me), None)
    others = [
        {
            "who": spaced(called(scene, p.person)),
            "names": "、".join(p.names),
            "left": len(p.left),
            "promised": said_iso(p.promised, scene.today),
        }
        for p in parts_of(form, scene.answers, known)
        if p.person != me and p.left
    ]
    text = message("together/part_done", ack=ack, mine="、".join(mine.names) if mine else "", others=others)
    rows: list[Row] = [
        [(labels.HELP_OTHERS, "others"), (labels.CHECKUP, "checkup")],
        [(labels.PARTS, "parts"), (labels.CONTENTS, "contents")],
    ]
    if more:
        rows.append(more)
    return show(scene, text, rows, screen=Screen.PARTS, item=scene.conversation.item, pending={"done": True}, toast=toast)


def owner_line(scene: Scene, item_id: str) -> str:
    """That the question on the screen was given to somebody else; empty for one's own and for everybody's."""
    one = part_of(scene.sheet, given(scene), item_id)
    if one is None or one.person == scene.rights.person:
        return ""
    what = "这一题" if one.part.startswith("=") else "这一节"
    return f"{what}分给了{spaced(called(scene, one.person))}，你填也行。"


def whose(scene: Scene, part: str) -> str:
    """The name beside a section or a question in a list; empty for everybody's."""
    one = next((a for a in given(scene) if a.part == part), None)
    if one is None:
        return ""
    name = "你" if one.person == scene.rights.person else called(scene, one.person)
    day = said_iso(one.promised, scene.today)
    return f"{name}，{day}前" if day and one.done_at is None else name


def parts_button(scene: Scene) -> list[tuple[str, str]]:
    """分工, where there is somebody to share the work with."""
    return [(labels.PARTS, "parts")] if given(scene) or colleagues(scene) else []


def ways_in_question(scene: Scene, item_id: str) -> Row:
    """What can be done about a question together with others, below its 说明."""
    row = [(labels.HISTORY, f"history:{item_id}")] if scene.outside is not None else []
    if scene.outside is not None and scene.may(Action.ASK):
        row.append((labels.COLLEAGUE, f"colleague:{item_id}"))
    if scene.may(Action.ASSIGN) and colleagues(scene):
        row.append((labels.GIVE_ITEM, f"part:={item_id}"))
    return row
