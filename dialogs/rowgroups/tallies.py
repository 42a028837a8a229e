"""The tallies of a questionnaire as they come: the three counts, the ticks of one question, or many lines at once."""

from dialogs.asking import ask
from dialogs.changing import undoable
from dialogs.linewise import rows_of
from dialogs.rowgroups.orders import EDIT
from dialogs.scene import Outcome, Scene
from scoring.answers import given
from scoring.cells import rows_in
from scoring.columns import Survey
from scoring.numbers import plain
from scoring.reading import NotUnderstood, Understood
from scoring.reading.read import shown_cell
from scoring.reading.surveys import fitting, read_counts, read_survey
from scoring.survey import shown_counts, shown_ticks
from scoring.values import Row as TableRow


def hear(scene: Scene, item: Survey, text: str) -> Outcome:
    """Typed text for the questionnaire on the screen."""
    rows = list(rows_of(scene, item))
    wanted = scene.conversation.pending.get("cell")
    order = EDIT.fullmatch(text.strip())
    if order and not order["rest"]:
        return change(scene, int(order["row"]))
    at = wanted[0] if wanted else len(rows)
    reading = read_survey(item, text)
    if not isinstance(reading, Understood):
        assert isinstance(reading, NotUnderstood)
        counts = read_counts(text) if "\n" not in text else None
        why = fitting(item, min(at, len(item.questions)), TableRow(counts)) if counts else ""
        return ask(scene, item.id, why or reading.text, brief=True, cell=wanted)
    said: list[str] = []
    for row in rows_in(reading.value):
        if at > len(item.questions):
            return ask(scene, item.id, f"问卷一共 {len(item.questions)} 题，都填好了，这条没有记；要改第 3 题，就发“改 3”。")
        why = fitting(item, at, row)
        if why:
            return ask(scene, item.id, why, brief=True, cell=wanted)
        rows[at : at + 1] = [row]
        said += [_said(at, row), *_mismatch(at, row, rows)]
        at += 1
    many = len(rows_in(reading.value)) > 1
    ack = [f"已记 {len(rows_in(reading.value))} 行。", *(s for s in said if not s.startswith("已记"))] if many else said
    old = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, given(tuple(rows))), item, old)
    return ask(scene, item.id, "\n".join(ack), brief=len(rows) <= len(item.questions) and not many)


def change(scene: Scene, n: int) -> Outcome:
    """Ask for one question again, 0: for the three counts; of those answered only."""
    item = scene.item
    assert isinstance(item, Survey)
    count = len(rows_of(scene, item))
    if n > len(item.questions):
        return ask(scene, item.id, f"问卷只有 {len(item.questions)} 题。", brief=True)
    if n >= count:
        return ask(scene, item.id, f"第 {n} 题还没有填到，先填这一题。" if count else "先填份数。", brief=True)
    return ask(scene, item.id, brief=True, cell=(n, 0))


def _said(n: int, row: TableRow) -> str:
    if n == 0:
        return f"已记：{shown_counts(row)}"
    return f"已记：第 {n} 题 {shown_ticks(row)}"


def _mismatch(n: int, row: TableRow, rows: list[TableRow]) -> list[str]:
    """Ticks that do not add up to the valid questionnaires, told at once."""
    if n == 0:
        issued, returned, valid = row.cells
        fits = not any(isinstance(c, str) or c is None for c in row.cells) and valid <= returned <= issued  # type: ignore[operator]
        return [] if fits else ["有效不该多于收回，收回不该多于发放，请核对一下；要改发“改 0”。"]
    valid = rows[0].cells[2]
    ticks = sum(c for c in row.cells if not isinstance(c, str) and c is not None)
    if ticks == valid:
        return []
    return [f"第 {n} 题合计 {plain(ticks)} 份，有效问卷是 {shown_cell(valid)} 份，请核对一下；要改发“改 {n}”。"]
