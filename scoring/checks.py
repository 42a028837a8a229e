"""Relations that must hold (勾稽关系), and the findings where they do not.

Declared checks come from the pack; others follow from its structure: an open question, a provisional
figure, a printed rule that is read otherwise, a year that does not fit, a stated figure that differs from
the computed one. Severity: 错误 (a figure is wrong), 需说明 (needs a word or a decision), 提示.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from scoring.answers import Answers, open_cells
from scoring.asked import asked, is_settled
from scoring.form import Check, Form, Severity
from scoring.formula import Inapplicable, Missing, Scalar, Undefined, parse
from scoring.numbers import plain, round_half_up
from scoring.rules.base import Standing
from scoring.scorecard import Line, Scorecard, score
from scoring.wording import quoted

Printed = Mapping[str, str]
MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation that does not hold. `items` leads the filler to the answers concerned."""

    check: str
    severity: Severity
    items: tuple[str, ...]
    text: str
    stated: str = ""
    computed: str = ""


def check(form: Form, answers: Answers, printed: Printed | None = None) -> tuple[Finding, ...]:
    """All findings, gravest first. `printed`: what a finished filing states for computed cells, by id."""
    found = [*_declared(form, answers), *_open(form, answers), *_provisional(form, answers)]
    if printed is not None:
        found += _readings(form)
        found += _as_printed(form, answers, score(form, answers), printed)
    order = ("错误", "需说明", "提示")
    return tuple(sorted(found, key=lambda f: order.index(f.severity)))


def _declared(form: Form, answers: Answers) -> Iterator[Finding]:
    for declared in form.data.checks:
        finding = apply(form, declared, answers)
        if finding:
            yield finding


def apply(form: Form, declared: Check, answers: Answers) -> Finding | None:
    """The finding of one declared check; None when it holds or cannot be decided yet."""
    formula = parse(declared.that)
    figures = replace(form.figures(answers), blank_is_zero=declared.blank_is_zero)
    try:
        if formula.holds(figures):
            return None
        sides = formula.sides(figures)
        left = formula.side_with_numbers(figures, right=False) if sides else ""
        right = formula.side_with_numbers(figures, right=True) if sides else ""
    except (Missing, Inapplicable, Undefined):
        return None
    stated, computed = (_shown(sides[0]), _shown(sides[1])) if sides else ("", "")
    items = tuple(dict.fromkeys(n for name in formula.names for n in form.resolve(name.partition(".")[0])))
    text = declared.say.replace("{left}", _side(left, stated)).replace("{right}", _side(right, computed))
    return Finding(declared.code, declared.severity, items, text, stated, computed)


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else plain(value, 4)


def _side(formula: str, value: str) -> str:
    return value if formula == value or not formula else f"{formula}＝{value}"


def _open(form: Form, answers: Answers) -> Iterator[Finding]:
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if answer is None or not is_settled(form, item, answers):
            if not item.optional:
                yield Finding("MISSING_INPUT", "需说明", (item.id,), f"{quoted(item.label)}还没有填")
            continue
        cells = list(open_cells(item, answer))
        if cells:
            yield Finding("MISSING_INPUT", "需说明", (item.id,), f"{quoted(item.label)}缺{'、'.join(cells)}")


def _provisional(form: Form, answers: Answers) -> Iterator[Finding]:
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if answer is not None and answer.provisional:
            yield Finding("PROVISIONAL", "需说明", (item.id,), f"{quoted(item.label)}是暂估数，提交前要换成准数")


def _readings(form: Form) -> Iterator[Finding]:
    for place in form.indicators:
        indicator = place.indicator
        for reading in indicator.readings:
            text = f"{quoted(indicator.name)}的评分标准前后矛盾：{reading.says}；这里按{reading.follows}计分"
            yield Finding(reading.code, "提示", form.reads(indicator), text, reading.says, reading.follows)
        for year in re.findall(r"(20\d\d)年", indicator.printed_rule):
            if int(year) != form.year:
                text = f"{quoted(indicator.name)}的评分标准写的是 {year} 年，评价年度是 {form.year} 年"
                yield Finding("YEAR", "提示", form.reads(indicator), text, year, str(form.year))


def _as_printed(form: Form, answers: Answers, card: Scorecard, printed: Printed) -> Iterator[Finding]:
    lines = {line.indicator.id: line for line in card.lines}
    for key, stated in printed.items():
        number = _number(stated)
        if key in lines and number is not None:
            yield from _score_as_printed(form, lines[key], number)
        elif key in form.computed and number is not None:
            yield from _computed_as_printed(form, answers, key, stated, number)
    yield from _sums_as_printed(form, printed)


def _score_as_printed(form: Form, line: Line, stated: Decimal) -> Iterator[Finding]:
    indicator, reads = line.indicator, form.reads(line.indicator)
    shown = plain(stated)
    if not 0 <= stated <= indicator.weight:
        text = f"{quoted(indicator.name)}得分 {shown} 分，超出 0–{plain(indicator.weight)} 分"
        yield Finding("SCORE_RANGE", "错误", reads, text, shown, f"0–{plain(indicator.weight)}")
        return
    reachable = indicator.rule.reachable(Fraction(indicator.weight), dict(form.items))
    if reachable is not None and stated not in reachable:
        offered = "、".join(plain(p) for p in sorted(reachable, reverse=True))
        text = f"{quoted(indicator.name)}得分 {shown} 分，按评分标准只可能是 {offered} 分"
        yield Finding("SCORE_REACHABLE", "错误", reads, text, shown, offered)
    if line.standing is Standing.WAITING or (line.standing is Standing.UNSPECIFIED and line.points is None):
        text = f"{quoted(indicator.name)}填了 {shown} 分，但{line.why}，无法复核"
        yield Finding("MISSING_INPUT", "需说明", reads, text, shown, "")
    elif line.points is not None and line.points != stated:
        text = f"{quoted(indicator.name)}填了 {shown} 分，按评分标准是 {plain(line.points)} 分：{line.why}"
        yield Finding("RULE_SCORE", "错误", reads, text, shown, plain(line.points))


def _computed_as_printed(form: Form, answers: Answers, key: str, stated: str, number: Decimal) -> Iterator[Finding]:
    computed = form.computed[key]
    formula = parse(computed.formula)
    figures = form.figures(answers).within(key)
    items = form.resolve(key)
    try:
        value = formula.number(figures)
    except Missing as missing:
        yield Finding("MISSING_INPUT", "需说明", items, f"{quoted(computed.label)}写了 {stated}，但缺少{missing}", stated, "")
        return
    except (Inapplicable, Undefined):
        return
    digits = -int(number.as_tuple().exponent)
    if round_half_up(value, max(0, digits)) != number:
        right = plain(value, computed.places) + computed.unit
        text = f"{quoted(computed.label)}写的是 {stated}，应为 {formula.with_numbers(figures)}＝{right}"
        yield Finding(computed.code, "错误", items, text, stated, right)


def _sums_as_printed(form: Form, printed: Printed) -> Iterator[Finding]:
    """Printed sub-totals and total against the sum of the printed points below them."""
    points = {p.indicator.id: _number(printed[p.indicator.id]) for p in form.indicators if p.indicator.id in printed}
    groups = {g.id: g.name for p in form.indicators for g in p.path}
    for key in (*groups, "total"):
        stated = _number(printed[key]) if key in printed else None
        below = [points.get(p.indicator.id) for p in form.indicators if key in ("total", *(g.id for g in p.path))]
        parts = [p for p in below if p is not None]
        if stated is None or len(parts) != len(below) or sum(parts) == stated:
            continue
        name = groups.get(key, "总分")
        text = f"{quoted(name)}写的是 {plain(stated)} 分，各项得分相加是 {plain(sum(parts, Decimal(0)))} 分"
        yield Finding("SCORE_SUM", "错误", (), text, plain(stated), plain(sum(parts, Decimal(0))))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().rstrip("%"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < MOST_DIGITS else None
