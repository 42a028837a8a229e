"""A section or a question given to a person, taken back, and the day promised for it.

Not here: the page that shows it (pages.py), or what happens when a part is done (turning.py).
"""

from dialogs.access.permissions import Action
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from dialogs.store import assignments, filings, journal, members
from dialogs.store.notices import Notice
from dialogs.together.around import called, colleagues, fillers, given, known_as, labelled, spaced
from dialogs.together.pages import show_parts
from dialogs.together.promises import NotADay, read_day, said_day, said_iso
from dialogs.together.turns import items_of_part, left, name_of_part
from scoring.wording import quoted
from templates import labels
from templates.messages import message

GONE = "这一节现在没有了，看一眼最新的分工。"


def choose(scene: Scene, part: str) -> Outcome:
    """Who is to have this part."""
    name = name_of_part(scene.sheet, part)
    if not name:
        return show_parts(scene, GONE)
    if not colleagues(scene) and not given(scene):
        return show_parts(scene)
    names = labelled(fillers(scene))
    me = scene.rights.person
    people = [(f"我来（{label}）" if id == me else label, f"give:{part}:{id}") for id, label in names.items()]
    now = next((a for a in given(scene) if a.part == part), None)
    text = message("together/choose", part=name, now=spaced(called(scene, now.person)) if now else "")
    rows: list[Row] = wrapped(people, 2)
    rows.append([*([(labels.EVERYBODY, f"everybodys:{part}")] if now else []), (labels.BACK_TO_PARTS, "parts")])
    return show(scene, text, rows, screen=Screen.PARTS, item=scene.conversation.item, pending={"part": part})


def hear(scene: Scene, text: str) -> Outcome:
    """A typed name while somebody is to be chosen, or words on the page of 分工."""
    part = scene.conversation.pending.get("part")
    if part:
        found = [m for m in fillers(scene) if m.name and (text == m.name or (len(text) > 1 and text in m.name))]
        if len(found) == 1:
            return give(scene, f"{part}:{found[0].id}")
        return choose(scene, part) if not found else show_parts(scene, f"叫{quoted(text[:10])}的有 {len(found)} 位，请点名字。")
    named = [s.id for s in scene.sheet.sections if text in (s.title, f"分{s.title}")]
    return choose(scene, named[0]) if named and scene.may(Action.ASSIGN) else show_parts(scene, "点一个按钮就行。")


def give(scene: Scene, argument: str) -> Outcome:
    """This part to that person."""
    part, _, person = argument.rpartition(":")
    name = name_of_part(scene.sheet, part)
    if not name or person not in [m.id for m in fillers(scene)]:
        return show_parts(scene, GONE if not name else "这位已经不在单位里了，请另选一位。")
    assert scene.filing is not None
    items = items_of_part(scene.sheet, scene.answers, given(scene), part)
    text = message(
        "together/assigned",
        by=known_as(scene, scene.rights.person),
        filing=scene.filing.name,
        year=scene.filing.year,
        title=scene.sheet.title,
        part=name,
        one=part.startswith("="),
        count=len(items),
        left=len(left(scene.sheet, scene.answers, items)),
    )
    values = {"filing": scene.filing.id, "unit": scene.filing.unit, "part": part, "person": person, "text": text}
    order = Order(Action.ASSIGN, scene.place, assign, values)
    after = f"promise:{part}" if person == scene.rights.person else f"parts_after:{part}"
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=after)


def assign(doing: Doing, filing: str, unit: str, part: str, person: str, text: str) -> tuple[Reply, ...]:
    """Give a part of a filing to a filler of its unit, who is told."""
    if not any(m.id == person for m in members.fillers_of(doing.c, unit)):
        return (Message("这位已经不在单位里了，没有分给他。"),)
    found = filings.filing(doing.c, filing)
    assert found is not None
    assignments.assign(doing.c, filing, part, person, doing.person, doing.at)
    journal.note(doing.c, doing.person, "assigned", found.place, {"part": part, "to": person}, doing.at)
    if person != doing.person:
        rows = [[(labels.BEGIN_PART, f"goto:{filing}:part_begin:{part}"), (labels.WHICH_DAY, f"goto:{filing}:promise:{part}")]]
        doing.say(Notice(person, "assigned", f"assigned:{filing}:{part}:{doing.at}", text, rows))
    return ()


def given_now(scene: Scene, part: str) -> Outcome:
    """The page of 分工 after somebody was given a part."""
    one = next((a for a in given(scene) if a.part == part), None)
    name = quoted(name_of_part(scene.sheet, part))
    if one is None:
        return show_parts(scene, f"{name}谁填都行。")
    return show_parts(scene, f"{name}交给了{spaced(called(scene, one.person))}，我去告诉他。")


def take_back(scene: Scene, part: str) -> Outcome:
    """A part is everybody's again."""
    order = Order(Action.ASSIGN, scene.place, let_go, {"filing": scene.place.filing, "part": part})
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"parts_after:{part}")


def let_go(doing: Doing, filing: str, part: str) -> None:
    """Take a part back from whoever has it; who had it is told."""
    one = next((a for a in assignments.of_filing(doing.c, filing) if a.part == part), None)
    found = filings.filing(doing.c, filing)
    if one is None or found is None or not assignments.take_back(doing.c, filing, part):
        return
    journal.note(doing.c, doing.person, "unassigned", found.place, {"part": part, "from": one.person}, doing.at)


def begin(scene: Scene, part: str) -> Outcome:
    """The first open question of a part."""
    items = items_of_part(scene.sheet, scene.answers, given(scene), part)
    still = left(scene.sheet, scene.answers, items)
    if not still:
        name = name_of_part(scene.sheet, part)
        return ask_next(scene, f"{quoted(name)}已经填好了。" if name else GONE)
    return ask(scene, still[0].id)


def others(scene: Scene, _: str) -> Outcome:
    """On with questions that were given to somebody else."""
    return ask_next(scene.turned(screen=Screen.PARTS, pending={"done": True}))


# ── the promised day ──


def ask_day(scene: Scene, part: str, ack: str = "") -> Outcome:
    """By when the person can do this part."""
    one = next((a for a in given(scene) if a.part == part), None)
    if one is None or one.person != scene.rights.person:
        return show_parts(scene, "这一部分现在不归你了。" if one else GONE)
    near = [read_day(words, scene.today) for words in ("今天", "明天", "周五", "下周五")]
    days = list(dict.fromkeys(sorted(near)))
    buttons = [(f"{said}前" if "日" in (said := said_day(d, scene.today)) else said, f"promised:{part}:{d}") for d in days]
    text = message("together/which_day", ack=ack, part=name_of_part(scene.sheet, part), now=said_iso(one.promised, scene.today))
    rows = [*wrapped(buttons, 2), [(labels.NO_DAY, f"promised:{part}:"), (labels.BEGIN_PART, f"part_begin:{part}")]]
    return show(scene, text, rows, screen=Screen.PROMISE, item=scene.conversation.item, pending={"part": part})


def hear_day(scene: Scene, text: str) -> Outcome:
    """The day as typed."""
    part = str(scene.conversation.pending.get("part", ""))
    try:
        return promised(scene, f"{part}:{read_day(text, scene.today)}")
    except NotADay as e:
        return ask_day(scene, part, str(e))


def again_day(scene: Scene, ack: str) -> Outcome:
    """The question for the day once more, below a line."""
    return ask_day(scene, str(scene.conversation.pending.get("part", "")), ack)


def promised(scene: Scene, argument: str) -> Outcome:
    """A day is promised, or none."""
    part, _, day = argument.rpartition(":")
    name = name_of_part(scene.sheet, part)
    if not name:
        return show_parts(scene, GONE)
    who = known_as(scene, scene.rights.person)
    said = said_iso(day, scene.today)
    assert scene.filing is not None
    text = f"{spaced(who).strip()}答应{said}前填好{quoted(name)}（{scene.filing.name} · {scene.sheet.title}）。" if day else ""
    values = {"filing": scene.filing.id, "part": part, "day": day, "text": text}
    order = Order(Action.ANSWER, scene.place, promise, values)
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"promise_after:{part}")


def promise(doing: Doing, filing: str, part: str, day: str, text: str) -> None:
    """Note the promised day; whoever gave the part is told."""
    one = next((a for a in assignments.of_filing(doing.c, filing) if a.part == part), None)
    found = filings.filing(doing.c, filing)
    if one is None or found is None or not assignments.promise(doing.c, filing, part, doing.person, day):
        return
    journal.note(doing.c, doing.person, "promised", found.place, {"part": part, "day": day}, doing.at)
    if text and one.by != doing.person:
        key = f"promised:{filing}:{part}:{doing.at}"
        doing.say(Notice(one.by, "assigned", key, text, [[(labels.PARTS, f"goto:{filing}:parts")]]))


def promised_now(scene: Scene, part: str) -> Outcome:
    """On to the work, with the day said back."""
    one = next((a for a in given(scene) if a.part == part), None)
    day = said_iso(one.promised, scene.today) if one and one.person == scene.rights.person else ""
    ack = f"记下了，{day}前。" if day else "好的，日子先不定。"
    items = items_of_part(scene.sheet, scene.answers, given(scene), part)
    still = left(scene.sheet, scene.answers, items)
    return ask(scene, still[0].id, ack) if still else show_parts(scene, ack)
