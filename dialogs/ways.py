"""The buttons below a question: answers to tap, where lines can come from, and the ways to go on or back.

Not here: what a button does (buttons.py), or the words of a question (asking.py).
"""

from dialogs import arriving
from dialogs.lastyear import carries_columns, last_year_value
from dialogs.pieces import cell_before, current_place, is_piecewise
from dialogs.route import previous_item
from dialogs.scene import Scene
from dialogs.showing import Row, wrapped
from dialogs.surveying.questionnaires import suits
from scoring.answers import Answer, State
from scoring.asked import is_whole
from scoring.cells import is_complete, lines_of
from scoring.columns import OneRow, Rows, Survey
from scoring.evidence import spots_at
from scoring.items import Checklist, Choice, Item, YesNo
from scoring.values import Row as TableRow
from scoring.wording import NUMERALS
from templates import labels


def answer_buttons(scene: Scene, item: Item, answer: Answer | None, ticks: tuple[str, ...]) -> list[Row]:
    """Answers that can be tapped, and what else an answer may be taken from."""
    rows: list[Row] = []
    if arriving.is_fixed(scene, item) and not is_piecewise(item):
        on = (labels.DONE, "done") if isinstance(item, Rows) else (labels.KEEP, "keep")
        return [[on, *arriving.way_there(scene, item)]]
    match item:
        case YesNo():
            rows.append([(labels.YES, "yes"), (labels.NO, "no")])
        case Choice():
            rows += [[(o.text, f"option:{o.id}")] for o in item.options]
        case Checklist():
            toggles = [
                (f"√{NUMERALS[n]}" if c.id in ticks else NUMERALS[n], f"toggle:{c.id}") for n, c in enumerate(item.criteria)
            ]
            rows += wrapped(toggles, 5)
            every = [(labels.ALL_MET, "all"), (labels.NONE_MET, "none")]
            rows.append([*every, (labels.DONE, "done")])
        case Rows() if item.asks == "cells":
            rows += _table_buttons(scene, item, lines_of(answer))
        case Survey():
            rows.append(
                [(labels.DONE, "done")] if answer is not None and answer.value and is_complete(item, answer.value) else []
            )
        case Rows():
            has = answer is not None and bool(answer.value)
            rows.append([(labels.REMOVE_LAST_ROW, "remove_row"), (labels.DONE, "done")] if has else [(labels.NO_ROWS, "done")])
        case OneRow() if item.zeros is not None and (answer is None or not is_whole(item, answer)):
            rows.append([(labels.ZEROS, "zeros")])
    extra: list[tuple[str, str]] = []
    if last_year_value(scene, item) is not None and not (isinstance(item, OneRow) and carries_columns(item)):
        extra.append((labels.LAST_YEAR, "last_year"))
    if answer is not None and answer.given and not isinstance(item, Rows | Survey) and is_whole(item, answer):
        extra.append((labels.FIRM if answer.provisional else labels.KEEP, "firm" if answer.provisional else "keep"))
    if item.optional:
        extra.append((labels.NOTHING, "nothing"))
    extra += arriving.way_there(scene, item)
    return [*rows, extra] if extra else rows


def _table_buttons(scene: Scene, item: Rows, lines: tuple[TableRow, ...]) -> list[Row]:
    """Where lines can come from, and what can be done with those there are."""
    sources: list[tuple[str, str]] = []
    if not lines:
        sources += [(labels.START_ROWS, "start_rows")] if item.start else []
        other = scene.answers.get(item.copies)
        sources += [(labels.COPY_ROWS, "copy_rows")] if other is not None and other.value else []
        return [sources, [(labels.NO_ROWS, "done")]] if not item.min_rows else [sources]
    return [[(labels.EDIT_ROWS, "edit_rows"), (labels.REMOVE_LAST_ROW, "remove_row"), (labels.DONE, "done")]]


def way_buttons(scene: Scene, item: Item, answer: Answer | None) -> list[Row]:
    """The ways on and back, and the pages that explain and list."""
    row: list[tuple[str, str]] = []
    if answer is None or answer.state is State.SKIPPED or not is_whole(item, answer):
        row.append((labels.SKIP, "skip"))
    if item.not_applicable and not arriving.is_fixed(scene, item):
        row.append((labels.NOT_APPLICABLE, "not_applicable"))
    if _within(item, answer):
        row.append((labels.BACK if isinstance(item, Survey) else labels.BACK_CELL, "back_cell"))
    elif previous_item(scene.sheet, scene.answers, item.id):
        row.append((labels.BACK, "back"))
    return [*_beside(scene, item), [*row, (labels.EXPLAIN, "explain"), (labels.CONTENTS, "contents")]]


def _beside(scene: Scene, item: Item) -> list[Row]:
    """What may stand beside an answer: evidence where some is wanted, a survey where one can give the answer."""
    row: list[tuple[str, str]] = []
    if wanted := spots_at(scene.sheet, item.id):
        row.append((labels.EVIDENCE, f"evidence:{wanted[0].about}:{wanted[0].place}"))
    if suits(item) and not arriving.is_fixed(scene, item):
        row.append((labels.SURVEY, f"survey:{item.id}"))
    return [row] if row else []


def _within(item: Item, answer: Answer | None) -> bool:
    """Whether one step back stays inside: at the cell before, or at the question before of a questionnaire."""
    lines = lines_of(answer)
    if isinstance(item, Survey):
        return bool(lines)
    if not isinstance(item, Rows) or item.asks != "cells" or not lines:
        return False
    return cell_before(item, lines, current_place(item, lines, None)) is not None
