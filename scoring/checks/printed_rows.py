"""The column of points and weights that a filing prints beside the lines of a table of goals.

What one line is worth is judged in goals/lines.py; here stands how the column adds up, and cells that were left blank.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Statement, number_in
from scoring.cells import lines_of
from scoring.checks.finding import EXPLAIN, WRONG, Finding
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.lines import cell_of, name_of, weights
from scoring.numbers import plain
from scoring.rules.target_attainment import TargetAttainment
from scoring.scorecard import judge
from scoring.tree import Indicator
from scoring.values import Row
from scoring.wording import quoted


def with_row_sums(form: Form, answers: Answers, printed: Printed) -> Printed:
    """The same filing, with the points of an indicator that only its lines print: their sum."""
    sums = {
        place.indicator.id: (Statement(plain(total)),)
        for place in form.indicators
        if not printed.values.get(place.indicator.id)
        and (total := _points_below(form, answers, printed, place.indicator)) is not None
    }
    return printed.also(sums) if sums else printed


def weight_below(form: Form, answers: Answers, printed: Printed, indicator: Indicator) -> Decimal | None:
    """What the 分值 of its lines add up to; None while one is open, and for an indicator without lines."""
    found = _lines(form, answers, indicator)
    if found is None:
        return None
    table, rows, picked = found
    own = weights(table, rows)
    total = sum((own[n] for n in picked), Fraction(0))
    for n in picked:
        kept = cell_of(table, rows[n], "weight")
        stated = number_in(printed.stated(f"{table.id}.{n + 1}.weight") or "")
        if stated is not None:
            total += Fraction(stated) - (Fraction(kept) if isinstance(kept, Decimal) else 0)
        elif kept is None:
            return None
    return Decimal(plain(total)) if picked else None


def printed_rows(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """Lines that do not exist, that were left blank, and columns that do not add up to their indicator."""
    for item in form.items.values():
        if isinstance(item, Rows):
            yield from _blanks(item, _rows(answers, item), printed)
    for place in form.indicators:
        indicator = place.indicator
        stated = number_in(printed.stated(indicator.id) or "")
        total = _points_below(form, answers, printed, indicator)
        if stated is not None and total is not None and stated != total:
            text = f"{quoted(indicator.name)}写的是 {plain(stated)} 分，各行得分相加是 {plain(total)} 分"
            yield Finding("SCORE_SUM", WRONG, form.reads(indicator), text, plain(stated), plain(total))


def _blanks(table: Rows, rows: tuple[Row, ...], printed: Printed) -> Iterator[Finding]:
    seen = {int(k.split(".")[1]) for k in printed.values if k.startswith(f"{table.id}.")}
    for n in sorted(seen):
        if n > len(rows):
            yield Finding("MISSING_INPUT", EXPLAIN, (table.id,), f"{quoted(table.label)}没有第 {n} 行，印出来的数无法复核")
            continue
        row = rows[n - 1]
        empty = [
            word
            for kind, word in (("weight", "分值"), ("points", "得分"))
            if (stated := printed.stated(f"{table.id}.{n}.{kind}")) is not None and not stated.strip()
        ]
        if empty and cell_of(table, row, "target"):
            name = quoted(name_of(table, row)) if name_of(table, row) else f"第 {n} 行"
            text = f"{name}有指标值，{'和'.join(empty)}却空着，看不出是不是和上一行合用"
            yield Finding("MISSING_INPUT", EXPLAIN, (table.id,), text)


def _points_below(form: Form, answers: Answers, printed: Printed, indicator: Indicator) -> Decimal | None:
    """The sum of the points its lines print; None when none is printed, or one that should be is not."""
    found = _lines(form, answers, indicator)
    if found is None:
        return None
    table, _, picked = found
    stated = [printed.stated(f"{table.id}.{n + 1}.points") for n in picked]
    numbers = [number_in(s) for s in stated if s]
    if not numbers or any(s is None for s in stated) or any(n is None for n in numbers):
        return None
    return sum((n for n in numbers if n is not None), Decimal(0))


def _lines(form: Form, answers: Answers, indicator: Indicator) -> tuple[Rows, tuple[Row, ...], list[int]] | None:
    """The table an indicator adds up, its lines, and the places of those it counts."""
    rule = indicator.rule
    table = form.items.get(rule.item) if isinstance(rule, TargetAttainment) else None
    if not isinstance(table, Rows):
        return None
    picked = sorted({p.row for p in judge(form, indicator, answers).parts})
    rows = _rows(answers, table)
    return (table, rows, [n for n in picked if n < len(rows)]) if picked else None


def _rows(answers: Answers, table: Rows) -> tuple[Row, ...]:
    answer = answers.get(table.id)
    return lines_of(answer)
