"""The figures of a questionnaire: 发放, 收回, 有效, the points of each question, their sum and the composite.

The sum counts every tick with its option's points; the composite is the sum by valid questionnaire, out of 100.
Source: 003 附件4 (问卷总分 4780, 有效 48 份, 综合得分 4780÷48＝99.58).
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.columns import Survey
from scoring.formula import Missing, Undefined
from scoring.numbers import plain
from scoring.values import Cell, Row

COUNTS = ("issued", "returned", "valid")
COUNT_LABELS = ("发放", "收回", "有效")


def survey_figures(item: Survey) -> tuple[str, ...]:
    """The names of its figures, as formulas and reports write them behind the dot."""
    return (*COUNTS, "total", "composite", *(q.id for q in item.questions))


def shown_counts(row: Row) -> str:
    """The three counts as they are read back: 发放 50、收回 50、有效 48 份."""
    return "、".join(f"{label} {_shown(c)}" for label, c in zip(COUNT_LABELS, row.cells, strict=True)) + " 份"


def shown_ticks(row: Row) -> str:
    """The ticks of one question as they are read back: 47 / 1 / 0（共 48 份）."""
    total = sum(c for c in row.cells if c is not None and not isinstance(c, str))
    return f"{' / '.join(_shown(c) for c in row.cells)}（共 {plain(total)} 份）"


def _shown(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, Decimal) else "—"


@lru_cache(maxsize=4096)
def survey_figure(item: Survey, rows: tuple[Row, ...], name: str) -> Fraction:
    """One figure. Raises Missing while the tallies it needs are open, Undefined without a valid questionnaire."""
    if name in COUNTS:
        return _cells(item, rows, 0, name)[COUNTS.index(name)]
    if name in ("total", "composite"):
        total = sum((_points(item, rows, n) for n in range(1, len(item.questions) + 1)), Fraction(0))
        if name == "total":
            return total
        valid = _cells(item, rows, 0, name)[2]
        if not valid:
            raise Undefined("有效问卷是 0 份，算不出综合得分")
        return total * 100 / (valid * len(item.questions) * Fraction(max(item.points)))
    return _points(item, rows, [q.id for q in item.questions].index(name) + 1)


def _points(item: Survey, rows: tuple[Row, ...], n: int) -> Fraction:
    ticks = _cells(item, rows, n, item.questions[n - 1].id)
    return sum((t * Fraction(p) for t, p in zip(ticks, item.points, strict=False)), Fraction(0))


def _cells(item: Survey, rows: tuple[Row, ...], n: int, name: str) -> tuple[Fraction, ...]:
    if n >= len(rows):
        raise Missing((f"{item.id}.{name}",))
    return tuple(Fraction(c) for c in rows[n].cells if c is not None and not isinstance(c, str))
