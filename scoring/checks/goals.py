"""Checks over what was reached: a table of goals with actual values, points and deviation notes.

Pure functions over GoalRows; `item` is where a finding leads the filler. Not here: what a line is worth
(attainment.py), targets as they are promised (declarations.py).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.checks.goalrows import GoalRow, is_figure, listed, same_words
from scoring.goals.actuals import Actual, NotAnActual, read_actual
from scoring.goals.completing import names_the_gap
from scoring.goals.rates import can_never_be, impossible_actual, impossible_target, lacks_unit, mismatch
from scoring.goals.targets import NotATarget, Shape, read_target
from scoring.numbers import plain, rounded
from scoring.wording import quoted

FEW = 3  # lines with numbers below which nobody wonders that they are all alike


def goals(item: str, label: str, rows: Sequence[GoalRow], weight: Decimal | None = None) -> Iterator[Finding]:
    """All findings of one table. `weight`: what its 分值 must add up to."""
    for row in rows:
        yield from target_form(item, row)
        yield from actual_form(item, row)
        yield from impossible(item, row)
        yield from target_met(item, row)
        yield from score_attain(item, row)
        yield from notes(item, row)
    yield from double_count(item, rows)
    if weight is not None:
        yield from weight_sum(item, label, rows, weight)
    yield from all_alike(item, label, rows)


def target_form(item: str, row: GoalRow) -> Iterator[Finding]:
    """A target that cannot be read, that is of another kind than its name, or that lacks its unit."""
    found = read_target(row.target or "")
    if isinstance(found, NotATarget):
        yield Finding("TARGET_FORM", WRONG, (item,), f"{row.title}的指标值有问题：{found.reason}", row.target or "")
    elif kinds := mismatch(row.name, found):
        yield Finding("ACTUAL_FORM", EXPLAIN, (item,), f"{row.title}{kinds}；名称、指标值和实际完成值要是同一类", found.text)
    elif lacks_unit(row.name, found):
        yield Finding("UNIT", EXPLAIN, (item,), f"{row.title}的指标值 {found.text} 没有写单位，看不出是元还是万元", found.text)


def actual_form(item: str, row: GoalRow) -> Iterator[Finding]:
    """An actual value that is no value of its target's type, or stands where there is no target."""
    if row.actual is None or isinstance(read_target(row.target or ""), NotATarget):
        return
    found = read_actual(row.actual, row.target or "")
    if row.wanted is None:
        if isinstance(found, NotAnActual):
            text = f"{row.title}填了实际完成值{quoted(row.actual)}，却没有指标值"
            yield Finding("MISSING_INPUT", EXPLAIN, (item,), text, row.actual)
    elif isinstance(found, NotAnActual) and row.actual:
        text = f"{row.title}的实际完成值要改：{found.reason}"
        yield Finding("ACTUAL_FORM", EXPLAIN, (item,), text, row.actual, row.wanted.example)


def impossible(item: str, row: GoalRow) -> Iterator[Finding]:
    """Values outside their domain: more than 100% of a whole, fewer than no people."""
    wanted = row.wanted
    if wanted is None:
        return
    if why := impossible_target(row.name, wanted):
        yield Finding(
            "IMPOSSIBLE", WRONG if can_never_be(wanted) else EXPLAIN, (item,), f"{row.title}的指标值 {why}", wanted.text
        )
    found = read_actual(row.actual or "", wanted)
    if isinstance(found, Actual) and found.number is not None and (why := impossible_actual(row.name, wanted, found.number)):
        yield Finding("IMPOSSIBLE", WRONG, (item,), f"{row.title}的实际完成值 {why}", found.text)


def target_met(item: str, row: GoalRow) -> Iterator[Finding]:
    """A number that missed its target; what the policy says of over-fulfilment stands here too."""
    found = row.assessment
    if found is None:
        return
    if found.met is False and found.gap:
        text = f"{row.title}没有完成：{found.why.partition('，')[0].partition(' →')[0]}，{found.gap}"
        yield Finding("TARGET_MET", NOTICE, (item,), text, row.actual or "", row.target or "")
    for notice in found.notices:
        yield Finding("TARGET_MET", NOTICE, (item,), f"{row.title}{notice}", row.actual or "", row.target or "")


def score_attain(item: str, row: GoalRow) -> Iterator[Finding]:
    """Points as printed: within the weight, full exactly where the target was met, and what the completion gives."""
    found, stated = row.assessment, row.stated
    if stated is None:
        return
    shown = plain(stated)
    if row.block is None:
        if row.shared and stated:
            text = f"{row.title}和上一行合用分值，得分只写在第一行，这里又写了 {shown} 分"
            yield Finding("DOUBLE_COUNT", EXPLAIN, (item,), text, shown)
        elif stated:
            yield Finding("MISSING_INPUT", EXPLAIN, (item,), f"{row.title}没有分值，却得了 {shown} 分", shown)
        return
    most = plain(row.block)
    if not 0 <= stated <= row.block:
        yield Finding("SCORE_RANGE", WRONG, (item,), f"{row.title}得分 {shown} 分，超出 0–{most} 分", shown, f"0–{most}")
        return
    if found is None or row.earned is None:
        return
    right = rounded(row.earned, max(2, -int(stated.as_tuple().exponent)), row.rounding)
    if stated == right:
        return
    if right == row.block:
        if not (row.note or "").strip():
            text = f"{row.title}完成了指标值（{row.actual}），得分 {shown} 分不是满分 {most} 分，要写明扣分原因"
            yield Finding("SCORE_ATTAIN", EXPLAIN, (item,), text, shown, plain(right))
    elif stated == row.block:
        text = f"{row.title}没有完成指标值，却得了满分 {shown} 分，应为 {plain(right)} 分：{found.why}"
        yield Finding("SCORE_ATTAIN", WRONG, (item,), text, shown, plain(right))
    else:
        text = f"{row.title}填了 {shown} 分，应为 {plain(right)} 分：{found.why}"
        yield Finding("RULE_SCORE", WRONG, (item,), text, shown, plain(right))


def notes(item: str, row: GoalRow) -> Iterator[Finding]:
    """A deviation note that is wanted and empty, or does not say how large the gap is. An open one is asked anyway."""
    found = row.assessment
    if found is None or not found.note_for or row.note is None:
        return
    if not row.note.strip():
        text = f"{row.title}{found.note_for}，要写偏差原因和改进措施"
        yield Finding("MISSING_INPUT", EXPLAIN, (item,), text)
    elif not names_the_gap(row.note, found):
        text = f"{row.title}的偏差原因没有说清差多少（{found.gap}），审核时会追问"
        yield Finding("MISSING_TEXT", NOTICE, (item,), text, row.note, found.gap)


def double_count(item: str, rows: Sequence[GoalRow]) -> Iterator[Finding]:
    """A 其中 line that carries a weight of its own, and the same goal on two lines with weights."""
    seen: list[GoalRow] = []
    for row in rows:
        if row.block is None or not row.block:
            continue
        if re.match(r"[（(]?其中", row.name):
            text = f"{row.title}是其中项，分值只在合计行计一次，这一行不应再有 {plain(row.block)} 分"
            yield Finding("DOUBLE_COUNT", EXPLAIN, (item,), text, plain(row.block))
        twin = next((s for s in seen if same_words(s.name, row.name) and s.target == row.target and row.name), None)
        if twin is not None and not is_figure(row.name):
            text = f"{row.title}在第 {twin.number} 行和第 {row.number} 行各计了一次分"
            yield Finding("DOUBLE_COUNT", EXPLAIN, (item,), text)
        seen.append(row)


def weight_sum(item: str, label: str, rows: Sequence[GoalRow], weight: Decimal) -> Iterator[Finding]:
    """The 分值 of the lines against what the table must add up to; silent while one of them is open."""
    blocks = [row.block for row in rows if row.block is not None]
    if any(row.block is None and not row.shared and row.wanted is not None for row in rows):
        return
    total = sum(blocks, Decimal(0))
    if blocks and total != weight:
        text = f"{quoted(label)}各行分值 {'＋'.join(plain(b) for b in blocks)}＝{plain(total)}，应为 {plain(weight)}"
        yield Finding("WEIGHT_SUM", WRONG, (item,), text, plain(total), plain(weight))


def all_alike(item: str, label: str, rows: Sequence[GoalRow]) -> Iterator[Finding]:
    """Every actual value exactly its target, or full marks throughout: what reviewers look at first."""
    worth = [row for row in rows if row.assessment is not None and row.wanted is not None]
    exactly = [row for row in worth if row.wanted is not None and row.wanted.numeric]
    if len(exactly) >= FEW and all(_on_the_edge(row) for row in exactly):
        names = listed(row.title for row in exactly)
        yield Finding("ALL_ALIKE", NOTICE, (item,), f"{quoted(label)}里 {names}的实际完成值都正好等于指标值，请再核对实际数")
        return
    shares = [row.assessment.share for row in worth if row.assessment is not None]
    if len(shares) >= FEW and all(share == Fraction(1) for share in shares):
        yield Finding("ALL_ALIKE", NOTICE, (item,), f"{quoted(label)}每一行都是满分，审核时会重点看，请再核对一遍")


def _on_the_edge(row: GoalRow) -> bool:
    wanted = row.wanted
    if wanted is None or wanted.shape not in (Shape.COMPARE, Shape.EXACT):
        return False
    found = read_actual(row.actual or "", wanted)
    return isinstance(found, Actual) and found.number is not None and found.number in (wanted.low, wanted.high)
