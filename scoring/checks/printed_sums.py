"""Printed sub-totals and totals: against the indicators below them, and against the sub-totals right below.

Not here: whether the points of one indicator are right (printed_points.py), or the lines of a table (printed_rows.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers, Figures
from scoring.answersfiles.printed import Printed, Statement, Statements, number_in
from scoring.answersfiles.printedkeys import score_names
from scoring.checks.causes import likely_cause
from scoring.checks.finding import WRONG, Finding
from scoring.checks.printed_figures import explained
from scoring.checks.printed_rows import with_row_sums
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined, parse
from scoring.numbers import clamp, plain
from scoring.rules.base import Rule, names_in
from scoring.scorecard import holding_cap, score
from scoring.tree import Indicator
from scoring.wording import quoted

TOTAL = "total"
SHOWN = 8  # parts of a sum that are written out


@dataclass(frozen=True)
class _Sheet:
    """What the sums of one filing are checked with."""

    form: Form
    answers: Answers
    printed: Printed


def printed_sums(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """The sums of the table, and those of the report's text."""
    sheet = _Sheet(form, answers, with_row_sums(form, answers, printed))
    yield from _sums(sheet, sheet.printed.values, "")
    yield from _sums(sheet, printed.text, _where(printed.text))


def points_of(statements: Statements, key: str) -> Decimal | None:
    """The printed points of an indicator or group; None when they are not printed."""
    return number_in(statements[key][0].stated) if statements.get(key) else None


def in_table(form: Form, printed: Printed, key: str) -> Statement | None:
    """What the table says of a score: as printed, or what its printed points below add up to."""
    if printed.values.get(key):
        return printed.values[key][0]
    below = [p.indicator.id for p in form.indicators if key in (TOTAL, *(g.id for g in p.path))]
    parts = [p for i in below if (p := points_of(printed.values, i)) is not None]
    return Statement(plain(sum(parts, Decimal(0))), "表上各项相加") if parts and len(parts) == len(below) else None


def by_printed_rate(form: Form, answers: Answers, indicator: Indicator, printed: Printed) -> list[tuple[str, str, Decimal]]:
    """What the rule gives for a figure as it is printed: (its name, as printed, points)."""
    found = []
    for name, rule in _reading(form, answers, indicator):
        shown = printed.stated(name)
        stated = number_in(shown or "")
        if stated is None or shown is None:
            continue
        try:
            figures = form.figures(answers).with_figure(name, Fraction(stated))
            points = rule.verdict(Fraction(indicator.weight), figures).points
        except (Missing, Inapplicable, Undefined):
            continue
        if points is not None:
            rounded = form.rounded(clamp(points, 0, Fraction(indicator.weight)), form.places_of(indicator))
            found.append((form.computed[name].label, shown, rounded))
    return found


def _reading(form: Form, answers: Answers, indicator: Indicator) -> Iterator[tuple[str, Rule]]:
    """Computed figures that the rule reads, and those that are its own figure under a name, with the rule that reads them."""
    rule = indicator.rule
    read = [n for f in rule.formulas() for n in names_in(f)]
    yield from ((name, rule) for name in dict.fromkeys(read) if name in form.computed)
    metric: str = getattr(rule, "metric", "")
    figures = form.figures(answers)
    own = _value(metric, figures) if metric else None
    for name, computed in form.computed.items():
        value = _value(computed.formula, figures.within(name)) if own and name not in read else None
        if (
            value is not None
            and own is not None
            and value in (own, own * 100)
            and set(form.resolve(name)) == set(form.reads(indicator))
        ):
            yield name, rule.model_copy(update={"metric": name if value == own else f"{name} / 100"})


def _value(formula: str, figures: Figures) -> Fraction | None:
    try:
        return parse(formula).number(figures)
    except (Missing, Inapplicable, Undefined):
        return None


def _where(statements: Statements) -> str:
    return next((s.where for found in statements.values() for s in found if s.where), "") or "报告里" if statements else ""


def _sums(sheet: _Sheet, statements: Statements, where: str) -> Iterator[Finding]:
    """Sub-totals and total, where everything below them is printed. A cap that holds may lower the total."""
    form = sheet.form
    cap = holding_cap(form, sheet.answers)
    leaves = {p.indicator.id: tuple(g.id for g in p.path) for p in form.indicators}
    tops = tuple(g.id for g in form.data.indicators)
    groups = {g.id: tuple(c.id for c in g.children) for p in form.indicators for g in p.path}
    for key in (*groups, TOTAL):
        stated = points_of(statements, key)
        if stated is None:
            continue
        told: set[Decimal] = set()
        for below in ([i for i, path in leaves.items() if key == TOTAL or key in path], tops if key == TOTAL else groups[key]):
            parts = {i: p for i in below if (p := points_of(statements, i)) is not None}
            total = sum(parts.values(), Decimal(0))
            most = cap.at_most if key == TOTAL and cap is not None else total
            if parts and len(parts) == len(below) and stated not in (total, min(total, most)) and total not in told:
                told.add(total)
                yield _wrong(sheet, key, where, stated, total, parts)


def _wrong(sheet: _Sheet, key: str, where: str, stated: Decimal, total: Decimal, parts: Mapping[str, Decimal]) -> Finding:
    cause = likely_cause(stated, Fraction(total), more=_causes(sheet, key, total, parts), unit="分")
    shown = "＋".join(plain(p) for p in parts.values()) if len(parts) <= SHOWN else "各项得分相加"
    added = f"{shown}＝{plain(total)} 分" if len(parts) > 1 else f"下面是 {plain(total)} 分"
    text = f"{quoted(score_names(sheet.form)[key])}{where}写的是 {plain(stated)} 分，{added}"
    return Finding("SCORE_SUM", WRONG, (), explained(text, cause), plain(stated), plain(total), cause)


def _causes(sheet: _Sheet, key: str, total: Decimal, parts: Mapping[str, Decimal]) -> Iterator[tuple[str, Fraction | None]]:
    """A row counted twice that carries no points, points by another rate, deductions from weights that do not reach 100."""
    form, printed = sheet.form, sheet.printed
    for row, statements in printed.values.items():
        extra = number_in(statements[0].stated) if row.endswith(".points") and row.count(".") == 1 else None
        if extra is not None:
            label = form.items[row.partition(".")[0]].label
            yield f"像是把{quoted(label)}的 {plain(extra)} 分又加了一次", Fraction(total + extra)
    for line in score(form, sheet.answers).lines:
        points, name = parts.get(line.indicator.id), quoted(line.indicator.name)
        if points is None:
            continue
        for label, shown, gives in by_printed_rate(form, sheet.answers, line.indicator, printed):
            yield f"像是{name}按印出的{label} {shown} 算成 {plain(gives)} 分加的", Fraction(total - points + gives)
        if line.points is not None and line.points != points:
            yield f"像是{name}按 {plain(line.points)} 分加的", Fraction(total - points + line.points)
    if key == TOTAL:
        yield from _from_full(sheet, total, parts)


def _from_full(sheet: _Sheet, total: Decimal, parts: Mapping[str, Decimal]) -> Iterator[tuple[str, Fraction | None]]:
    """Deductions taken from 100, where the printed weights do not reach it."""
    told = {i: number_in(s[0].stated) for i, s in sheet.printed.weights.items()}
    weights = {p.indicator.id: p.indicator.printed_weight or p.indicator.weight for p in sheet.form.indicators}
    listed = sum((told.get(i) or weights.get(i, Decimal(0)) for i in parts), Decimal(0))
    full = told.get(TOTAL) or Decimal(100)
    lost = listed - total
    if listed != full and lost:
        text = f"像是从 {plain(full)} 分里扣了 {plain(lost)} 分，可是表上各项分值加起来只有 {plain(listed)} 分"
        yield text, Fraction(full - lost)
