"""One question on the screen: where we are, what is asked, what was answered before, which buttons fit."""

from collections.abc import Sequence

from dialogs import arriving
from dialogs.calendar.near import near
from dialogs.checkup import show_checkup
from dialogs.conversation import Screen
from dialogs.lastyear import last_year_shown
from dialogs.pieces import counted, is_piecewise, listed, piece
from dialogs.private.fields import door_to, fields_of, is_elsewhere
from dialogs.review import above, returned
from dialogs.route import next_item, progress
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show
from dialogs.together.around import news, order_for
from dialogs.together.pages import owner_line, part_done, stops_before, thanks
from dialogs.ways import answer_buttons, way_buttons
from scoring.answers import Answer, State
from scoring.asked import as_asked, is_asked, is_settled, is_whole
from scoring.cells import lines_of
from scoring.columns import Rows, Survey, Table
from scoring.items import Checklist, Choice, Item, Manual, Number
from scoring.numbers import plain
from scoring.reading import shown
from scoring.reading.read import shown_cell
from scoring.values import Row as TableRow
from scoring.wording import NUMERALS, quoted
from templates import labels
from templates.messages import message


def ask_next(scene: Scene, ack: str = "", more: Row = (), *, toast: str = "") -> Outcome:
    """The next question behind the present one, one's own first; a word when only other people's are left; the check-up page
    when nothing is left to ask."""
    if scene.conversation.screen is Screen.QUESTION:  # a table that is left for what is behind it is finished
        scene = scene.table_left(scene.conversation.item, open=False)
    conversation = scene.conversation
    order = order_for(scene)
    item = next_item(scene.sheet, scene.answers, conversation.item, conversation.revisited, scene.unfinished, order)
    if item is None and above.waiting(scene):
        return returned.show_list(scene, ack, more, toast=toast)
    if item is None:
        seen = conversation.screen in (Screen.BILL, Screen.CHECKUP, Screen.PASTE) or any(e["old"] for e in conversation.undo)
        return show_checkup(scene, ack, more, toast=toast, brief=seen and bool(ack))
    if order and stops_before(scene, item):
        return part_done(scene, ack, more, toast=toast)
    ack = "\n\n".join(filter(None, (ack, thanks(scene, item)))) if order else ack
    if item.id in scene.answers:  # skipped or provisional: once per round
        if not conversation.revisited and scene.answers[item.id].provisional:
            ack = f"{ack}\n\n别的都填过了，暂估的再问一次准数；还没有就点“检查一遍”。".strip()
        scene = scene.turned(revisited=(*conversation.revisited, item.id))
    return ask(scene, item.id, ack, more, toast=toast)


def ask(
    scene: Scene,
    item_id: str,
    ack: str = "",
    more: Row = (),
    *,
    edits: int = 0,
    toast: str = "",
    ticks: tuple[str, ...] | None = None,
    brief: bool = False,
    half: str = "",
    cell: Sequence[int] | None = None,
) -> Outcome:
    """This question. `ack` stands above it, `more` are extra buttons below; `ticks` of a checklist in progress.

    `brief`: the question stands just above and is only named. `half`: an answer that its next message may complete.
    `cell`: line and column of a cell that is to be changed.
    """
    form, item = scene.sheet, as_asked(scene.sheet, scene.sheet.items[item_id], scene.answers)
    answer = scene.answers.get(item_id)
    partly = brief or ticks is not None  # the answer there is does not stand in it
    if ticks is None:
        ticks = _ticked(answer)
    stand = progress(form, scene.answers)
    section = next((s for s in stand.sections if s.section.id == form.section_of[item_id].id), stand.sections[0])
    ids = [i.id for i in section.items]
    lines = lines_of(answer)
    asked = piece(item, lines, cell) if is_piecewise(item) else None
    fixed = asked is None and arriving.is_fixed(scene, item)
    elsewhere = is_elsewhere(scene, item) and item.id not in scene.brought
    place = ids.index(item_id) + 1 if item_id in ids else 1
    name = f"补充题 {form.numbers[item_id]}" if item_id in form.silent else f"第 {form.numbers[item_id]} 题"
    text = message(
        "question",
        ack="\n\n".join(filter(None, (ack, above.above(scene, item_id), news(scene, item) if not brief else ""))),
        brief=brief and not isinstance(item, Checklist | Choice),
        label=item.label,
        section=_where(scene, section.section.title),
        owner=owner_line(scene, item_id),
        near=near(scene),
        intro=section.section.intro if place == 1 and answer is None else "",
        number=name,
        place=place,
        places=len(ids),
        bar=stand.bar,
        done=stand.done,
        total=stand.total,
        ask=item.question,
        unit=_unit(item),
        criteria=_criteria(item, ticks),
        criteria_hint="满足哪几条就点哪几条（也可以直接发“1 3”），最后点“完成”。",
        columns="" if asked or fixed else _columns(arriving.open_part(scene, item)),
        hint=message("private/question", others=len(fields_of(scene)))
        if elsewhere
        else ""
        if fixed or (asked and (lines or brief))
        else _hint(item) + _copied(scene, item, lines),
        note=item.note,
        current=_current(item, answer),
        stale=_is_stale(scene, item, answer),
        last_year="" if item.id in scene.brought else last_year_shown(scene, item),
        arrived=arriving.note(scene, item),
        rows=listed(form, item, scene.answers, cell) if asked else _rows(item, answer),
        count=counted(item, lines),
        piece=asked.text if asked else "",
        fixed=fixed,
    )
    if cell and asked and lines:
        rows = [*asked.buttons, [(labels.BACK_TO_TABLE, "table")], [(labels.EXPLAIN, "explain"), (labels.CONTENTS, "contents")]]
    else:
        way = way_buttons(scene, item, answer)
        rows = [*(asked.buttons if asked else ()), *answer_buttons(scene, item, answer, ticks), *way]
    rows += above.below(scene, item_id)
    if more:
        rows.append(more)
    door = door_to(scene) if elsewhere else None
    pending: dict[str, object] = {"ticks": list(ticks)} if isinstance(item, Checklist) else {}
    if half:
        pending["half"] = half
    if cell:
        pending["cell"] = list(cell)
    return show(
        scene,
        text,
        rows,
        screen=Screen.QUESTION,
        item=item_id,
        pending=pending,
        edits=edits,
        toast=toast,
        partly=partly,
        door=door,
    )


def _where(scene: Scene, section: str) -> str:
    """The section, behind the project where there is one."""
    project = scene.filing.project if scene.filing else ""
    return f"{project} · {section}" if project else section


def _is_stale(scene: Scene, item: Item, answer: Answer | None) -> bool:
    """Whether the answer stands in full but rests on figures that have changed."""
    if answer is None or answer.state is State.SKIPPED or not is_whole(item, answer):
        return False
    return not is_settled(scene.sheet, item, scene.answers)


def _current(item: Item, answer: Answer | None) -> str:
    if answer is None or not answer.given or answer.value is None or isinstance(item, Rows | Checklist | Survey):
        return ""
    return shown(item, answer.value) + ("（暂估）" if answer.provisional else "")


def _ticked(answer: Answer | None) -> tuple[str, ...]:
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(v for v in answer.value if isinstance(v, str))


def _unit(item: Item) -> str:
    if isinstance(item, Number):
        return item.unit
    return ""


def _columns(item: Item) -> str:
    """What to send for a table: 2019年决算数、2020年预算数（万元）."""
    if not isinstance(item, Table):
        return ""
    figures = [c for c in item.columns if c.figure]
    units = {c.unit or ("万元" if c.type == "money" else "") for c in figures}
    if len(units) == 1 and len(figures) > 1:
        return "、".join(c.label for c in item.columns) + f"（{units.pop()}）"
    return "、".join(c.label + (f"（{c.unit}）" if c.unit else "") for c in item.columns)


def _criteria(item: Item, ticks: tuple[str, ...]) -> list[dict[str, object]]:
    if not isinstance(item, Checklist):
        return []
    return [
        {"mark": f"{'√' if c.id in ticks else '　'}{NUMERALS[n]}", "text": c.text, "bad": c.bad}
        for n, c in enumerate(item.criteria)
    ]


def _hint(item: Item) -> str:
    if isinstance(item, Rows) and item.asks == "cells":
        return f"也可以整行发，或者从电子表格里复制几行过来，例如：{item.good}" if item.good else ""
    if isinstance(item, Table):
        return f"例如：{item.good}" if item.good else ""
    if isinstance(item, Manual):
        return "先发分数，再写理由，例如：" + (item.good or f"{plain(item.max)} 理由……")
    if item.type == "external_score":
        return "得分、满分、哪里评的，一行发来，例如：" + (item.good or "92/100 县绩效办")
    return ""


def _rows(item: Item, answer: Answer | None) -> list[str]:
    return [shown_row(item, row) for row in lines_of(answer)] if isinstance(item, Rows) else []


def _copied(scene: Scene, item: Item, lines: tuple[TableRow, ...]) -> str:
    """Which table 照另一张表抄 takes its lines from; empty where there is nothing to take."""
    other = scene.sheet.items.get(item.copies) if isinstance(item, Rows) and not lines else None
    answer = scene.answers.get(other.id) if other is not None else None
    if other is None or answer is None or not answer.value:
        return ""
    return f"\n“{labels.COPY_ROWS}”抄的是{quoted(other.label)}的 {len(lines_of(answer))} 行，抄来还能改。"


def shown_row(item: Table, row: TableRow) -> str:
    """One line of a table: 业务工作专项　预算 56　决算 56."""
    cells = [
        (c.label + " " if c.figure else "") + shown_cell(v)
        for c, v in zip(item.columns, row.cells, strict=True)
        if v is not None or not c.optional
    ]
    return "　".join(cells)


def resume(scene: Scene, ack: str, *, toast: str = "") -> Outcome:
    """Show the present question again, or the next one when it is settled or, after an undo, no longer asked."""
    item = scene.sheet.items.get(scene.conversation.item)
    if item and scene.conversation.screen is Screen.QUESTION and is_asked(scene.sheet, item, scene.answers):
        return ask(scene, item.id, ack, toast=toast)
    return ask_next(scene, ack, toast=toast)
