"""Checks over what is promised: targets as they are declared, beside the values of the years before.

Pure functions over GoalRows. Not here: what was reached (goals.py).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.checks.goalrows import GoalRow, listed, same_words
from scoring.checks.goals import impossible, target_form
from scoring.goals.actuals import Actual, read_actual
from scoring.goals.rates import bounded
from scoring.goals.targets import Shape, Target
from scoring.goals.units import base
from scoring.numbers import plain
from scoring.wording import quoted

JUMP = 2  # times last year's value, or that part of it, from which a change wants a word
HIDDEN = re.compile(r"\d+(?:\.\d+)?(?:%|万|元|人|次|个|项|件|天)")


def declarations(item: str, label: str, rows: Sequence[GoalRow], longer: Sequence[GoalRow] = ()) -> Iterator[Finding]:
    """All findings of one table of promised targets. `longer`: the table of the long-term targets, if there is one."""
    for row in rows:
        yield from target_form(item, row)
        yield from impossible(item, row)
        yield from in_words(item, row)
        yield from repeats_its_name(item, row)
        yield from trend(item, row)
    yield from without_comparator(item, label, rows)
    yield from same_as_longer(item, label, rows, longer)


def in_words(item: str, row: GoalRow) -> Iterator[Finding]:
    """A comparison that nobody can work out, and a number hidden in words."""
    wanted = row.wanted
    if wanted is None:
        return
    if wanted.shape is Shape.COMPARE_TEXT:
        text = f"{row.title}的指标值 {wanted.text} 没有数，年底算不出完成了没有"
        yield Finding("TARGET_FORM", EXPLAIN, (item,), text, wanted.text)
    elif wanted.shape is Shape.QUALITATIVE and HIDDEN.search(wanted.text):
        text = f"{row.title}的指标值{quoted(wanted.text)}里有数，写成 ≥ 或 ≤ 加数就能自动计分"
        yield Finding("TARGET_FORM", NOTICE, (item,), text, wanted.text)


def repeats_its_name(item: str, row: GoalRow) -> Iterator[Finding]:
    """A target, or a value of a year before, that only repeats the name of the indicator: a cell filled in wrongly."""
    if not row.name:
        return
    cells = [("指标值", row.target or ""), *row.earlier]
    wrong = [label for label, value in cells if value and same_words(value, row.name)]
    if wrong:
        text = f"{row.title}的{'、'.join(wrong)}填的是指标名称，要填指标的值"
        yield Finding("COLUMN", WRONG, (item,), text, row.name)


def trend(item: str, row: GoalRow) -> Iterator[Finding]:
    """A target nobody can miss, weaker than last year's value, or far from it."""
    wanted = row.wanted
    if wanted is None or not wanted.numeric:
        return
    if _trivial(row.name, wanted):
        text = f"{row.title}的指标值 {wanted.text} 怎样都能完成，起不到约束作用"
        yield Finding("TARGET_TREND", EXPLAIN, (item,), text, wanted.text)
        return
    before = [(label, text, value) for label, text in row.earlier if (value := _value(text, wanted)) is not None]
    if not before:
        return
    label, shown, last = before[-1]
    if _weaker(wanted, last):
        told = "、".join(f"{name} {text}" for name, text, value in before if _weaker(wanted, value))
        text = f"{row.title}的指标值 {wanted.text} 比{told} 还低" if wanted.low is not None else ""
        text = text or f"{row.title}的指标值 {wanted.text} 比{told} 还松"
        yield Finding("TARGET_TREND", EXPLAIN, (item,), f"{text}，请说明原因", wanted.text, shown)
    elif last > 0 and (times := _times(wanted, last)) is not None:
        text = f"{row.title}的指标值 {wanted.text} 是{label} {shown} 的 {plain(times, 2)} 倍，变化很大，请说明原因"
        yield Finding("TARGET_TREND", NOTICE, (item,), text, wanted.text, shown)


def _value(text: str, wanted: Target) -> Decimal | None:
    found = read_actual(text, wanted)
    return found.number if isinstance(found, Actual) else None


def _trivial(name: str, wanted: Target) -> bool:
    """Whether every possible value meets it: ≥0 of what cannot be negative, ≤100% of a share."""
    if wanted.comparator == "≥":
        return wanted.low is not None and wanted.low <= 0 and not re.search("增|变动|变化|差", name)
    return wanted.comparator == "≤" and bounded(name, wanted.unit) and wanted.high is not None and wanted.high >= 100


def _weaker(wanted: Target, last: Decimal) -> bool:
    """Whether last year's value would not have been good enough news now; a cap on money follows the budget instead."""
    if wanted.comparator in ("≥", "＞"):
        return wanted.low is not None and wanted.low < last
    if wanted.comparator in ("≤", "＜"):
        return wanted.high is not None and wanted.high > last and base(wanted.unit)[1] != "元"
    return False


def _times(wanted: Target, last: Decimal) -> Fraction | None:
    """How many times last year's value the target is, when that is a jump."""
    number = wanted.low if wanted.low is not None else wanted.high
    if number is None or number <= 0 or wanted.unit == "%":
        return None
    return Fraction(number) / Fraction(last) if number >= last * JUMP or number * JUMP <= last else None


def _has_room(wanted: Target) -> bool:
    """Whether later years could promise more: 100% and 0% are as far as a percentage goes."""
    numbers = {n for n in (wanted.low, wanted.high) if n is not None}
    return wanted.numeric and not (wanted.unit == "%" and numbers <= {Decimal(0), Decimal(100)})


def without_comparator(item: str, label: str, rows: Sequence[GoalRow]) -> Iterator[Finding]:
    """Bare numbers beside comparisons: one cannot tell whether they are the least or the most."""
    wanted = [(row, row.wanted) for row in rows]
    bare = [(row, t) for row, t in wanted if t is not None and t.shape is Shape.EXACT]
    if bare and any(t is not None and t.shape is Shape.COMPARE for _, t in wanted):
        names = listed(f"{row.title} {t.text}" for row, t in bare)
        text = f"{quoted(label)}里 {names} 没有写 ≥、≤ 或 =，会按 = 理解"
        yield Finding("TARGET_FORM", NOTICE, (item,), text)


def same_as_longer(item: str, label: str, rows: Sequence[GoalRow], longer: Sequence[GoalRow]) -> Iterator[Finding]:
    """Long-term targets that are simply those of the year: three years that promise no more than one."""
    pairs = [
        (row, far)
        for row in rows
        for far in longer
        if row.name and same_words(row.name, far.name) and row.wanted is not None and _has_room(row.wanted)
    ]
    if pairs and all(far.wanted is not None and far.wanted == row.wanted for row, far in pairs):
        names = listed(row.title for row, _ in pairs)
        text = f"{quoted(label)}里 {names}的年度指标值和长期指标值一样，长期目标看不出要进步到哪里"
        yield Finding("TARGET_TREND", NOTICE, (item,), text)
