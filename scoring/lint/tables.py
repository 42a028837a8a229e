"""Mistakes inside one table: columns that do not fit each other, lines from the beginning that do not fit the columns.

Not here: names in formulas and other tables (names.py, formulas.py).
"""

from collections.abc import Iterator, Sequence

from scoring.beside.fitting import WORTH
from scoring.columns import Rows, Table
from scoring.goals.lines import tier_names
from scoring.goals.policy import Attainment
from scoring.items import Item
from scoring.reading import NotUnderstood, Understood
from scoring.reading.cells import read_any_cell

SINGLE = ("target", "actual", "weight", "tier", "points", "note")  # column types a table has at most one of
Found = tuple[tuple[str | int, ...], str, str, bool]  # place below the item, key, sentence, whether it is a mistake


def lint_table(item: Item) -> Iterator[Found]:
    """What is wrong with an item that is a table; nothing for any other."""
    if not isinstance(item, Table):
        return
    for n, column in enumerate(item.columns):
        where = ("columns", n)
        if column.id in [c.id for c in item.columns[:n]]:
            yield where, "id", f"{column.id} 这一列写了两次", True
        if column.type == "money" and not column.model_fields_set & {"type", "unit"}:
            yield (
                where,
                "type",
                f"{column.id} 没有写 type 和 unit，会当作金额（万元）；是金额请写 unit: 万元，不是请写 type",
                False,
            )
        if column.type == "money" and column.unit not in ("", *WORTH):
            text = f"{column.id} 的单位是 {column.unit}，却没有写 type，会当作金额；请写 type: number 或 count"
            yield where, "unit", text, True
        if column.type == "choice" and len(column.options) < 2:
            yield where, "options", f"{column.id} 是 choice，要写 options（两项以上）", True
        if column.type in SINGLE and sum(c.type == column.type for c in item.columns) > 1:
            yield where, "type", f"{column.type} 一列，一张表里只能有一个", True
    if not isinstance(item, Rows):
        return
    judged = item.place_of("target") is not None and item.place_of("actual") is not None
    if judged != (item.attainment is not None):
        text = "有 target 和 actual 两列的表要写 attainment（怎样算完成）" if judged else "attainment 要有 target 和 actual 两列"
        yield ("attainment",), "attainment", text, True
    if item.attainment is not None:
        yield from _wanting(item, item.attainment)
    if len(item.start) > item.max_rows:
        text = f"start 有 {len(item.start)} 行，max_rows 是 {item.max_rows}；请把 max_rows 改大，或少放几行"
        yield ("start",), "start", text, True
    for n, line in enumerate(item.start):
        text = _start_line(item, line)
        if text:
            yield ("start", n), "start", text, True


def _wanting(item: Rows, policy: Attainment) -> Iterator[Found]:
    """Columns without which a line can stay open for ever, because nothing can be asked in them."""
    there = {c.type for c in item.columns}
    if policy.unmet == "by_hand" and "points" not in there:
        yield ("attainment",), "attainment", "unmet: by_hand 要有一个 type: points 的列，没完成的行才有地方打分", True
    elif "note" not in there and (policy.note_for_lost or policy.note_below is not None):
        text = "没有 type: note 的列，扣了分也没处写原因；不要原因的，请写 note_for_lost: false 和 note_below: null"
        yield ("attainment",), "attainment", text, False
    elif policy.tiers and "tier" not in there and "weight" in there:
        text = "没有 type: tier 的列，指标值是文字的行没法选达成程度；没有文字指标的，请写 tiers: []"
        yield ("attainment",), "attainment", text, False


def _start_line(item: Rows, line: Sequence[str | None]) -> str:
    """Why a line cannot stand in the table; empty when it can."""
    if len(line) != len(item.columns):
        return f"这一行有 {len(line)} 格，表有 {len(item.columns)} 列"
    target = ""
    for column, text in zip(item.columns, line, strict=True):
        if text is None or text == "":
            continue
        reading = read_any_cell(column, text, target, tier_names(item))
        if not isinstance(reading, Understood):
            return reading.text if isinstance(reading, NotUnderstood) else f"{column.label}：{reading.question}"
        if column.type == "target" and isinstance(reading.value, str):
            target = reading.value
    return ""
