"""The rate of a survey as the 实际完成值 of a line of goals: which lines can take it, and the table with it put in. Pure."""

from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.columns import Rows
from scoring.goals.actuals import Actual, read_actual
from scoring.numbers import plain
from scoring.values import Row


@dataclass(frozen=True, slots=True)
class Fitting:
    """A line (counted from 0) that can take the rate, and the words it would have there."""

    line: int
    name: str
    text: str


def takes_rates(item: object) -> bool:
    """Whether it is a table of goals about satisfaction, or one in which such goals stand beside others."""
    if not isinstance(item, Rows) or item.place_of("actual") is None:
        return False
    return "满意" in item.label or any("满意" in option for column in item.columns for option in column.options)


def fitting(item: Rows, rows: tuple[Row, ...], rate: Decimal) -> list[Fitting]:
    """The lines about satisfaction whose target is a percentage or a number of points, in their order."""
    target, naming, found = item.place_of("target"), item.naming, []
    for n, row in enumerate(rows):
        if "满意" not in item.label and not any("满意" in cell for cell in row.cells if isinstance(cell, str)):
            continue
        wanted = str(row.cells[target] or "") if target is not None else ""
        read = [read_actual(f"{plain(rate)}{unit}", wanted) for unit in ("%", "分")] if wanted else []
        text = next((r.text for r in read if isinstance(r, Actual) and r.number is not None), "")
        if text:
            found.append(Fitting(n, str(row.cells[naming] or "") if naming is not None else "", text))
    return found


def placed(item: Rows, rows: tuple[Row, ...], chosen: Fitting) -> tuple[Row, ...]:
    """The table with the rate in its line; a level of attainment or points given to the old value are asked again."""
    actual = item.place_of("actual")
    dropped = {item.place_of("tier"), item.place_of("points")}
    cells = tuple(
        chosen.text if n == actual else None if n in dropped else cell for n, cell in enumerate(rows[chosen.line].cells)
    )
    return (*rows[: chosen.line], replace(rows[chosen.line], cells=cells), *rows[chosen.line + 1 :])
