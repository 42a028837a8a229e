"""What an actual value is worth against its target: the assessment of one line by the policy of its table.

Not here: the policy (policy.py), how targets and actual values are read (targets.py, actuals.py), the sum over the lines
(rules/target_attainment.py).
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.goals.actuals import NotAnActual, read_actual
from scoring.goals.completing import Measured, measured
from scoring.goals.periods import in_time
from scoring.goals.policy import Attainment, Over
from scoring.goals.targets import NotATarget, Shape, Target, read_target
from scoring.numbers import Exact, clamp, percent, plain
from scoring.wording import outcome, quoted


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one line is worth.

    `share` is the part of the weight that is earned, from 0 to 1, and `points` the same in 分, exact; None while
    something is missing. `asks` names the column types this line wants beside target and actual value, `needs`
    those of them (and target or actual) that are still open. `low` and `high` bound points given by hand; with
    `open_high`, `high` itself is too much. `gap`: the size of the deviation in words; `note_for`: why a note is asked.
    `counts`: whether there is a target at all.
    """

    why: str
    weight: Fraction
    share: Fraction | None = None
    completion: Fraction | None = None
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    open_high: bool = False
    notices: tuple[str, ...] = ()
    gap: str = ""
    gaps: tuple[Fraction, ...] = ()  # the numbers that each name the size of the gap
    note_for: str = ""
    met: bool | None = None
    counts: bool = True

    @property
    def points(self) -> Fraction | None:
        return None if self.share is None else self.share * self.weight

    @property
    def range(self) -> str:
        """The points that may be given by hand: 6–8 分（不含 8 分）."""
        text = f"{plain(self.low, 2)}–{plain(self.high, 2)} 分"
        return f"{text}（不含 {plain(self.high, 2)} 分）" if self.open_high else text

    @property
    def inside(self) -> str:
        """Behind 在 and 不在: 6–8 分（不含 8 分）之内."""
        return f"{self.range}{'' if self.open_high else ' '}之内"

    def allows(self, points: Exact) -> bool:
        """Whether points given by hand are within the range."""
        return self.low <= points <= self.high and not (self.open_high and points == self.high)


@lru_cache(maxsize=16384)
def assess(
    policy: Attainment,
    weight: Fraction,
    target: str,
    actual: str | None,
    tier: str | None,
    points: Decimal | None,
    note: str | None,
) -> Assessment:
    """The worth of one line of goals; `weight` in 分, texts as they are kept, None where a cell is open."""
    wanted = read_target(target)
    if isinstance(wanted, NotATarget):
        return Assessment(wanted.reason, weight, needs=("target",))
    if not wanted.counts:
        return _without_target(weight, points)
    if actual is None:
        return Assessment("还缺实际完成值", weight, needs=("actual",))
    value = read_actual(actual, wanted)
    if isinstance(value, NotAnActual):
        return Assessment(value.reason, weight, needs=("actual",))
    if value.number is not None:
        found = _number(policy, weight, measured(wanted, value.number, mirrored=policy.inverse == "mirrored"), points)
    elif wanted.shape is Shape.PERIOD:
        found = _period(weight, wanted, value.text, points)
    else:
        found = _words(policy, weight, wanted, value.text, tier, points)
    if policy.may_deduct and "points" not in found.asks:
        found = _deducted(found, points)
    return _noted(policy, found, note)


def _deducted(found: Assessment, points: Decimal | None) -> Assessment:
    """With fewer points than the line earned, where the filler gives so few: its own strictness, not asked for."""
    if found.points is None:
        return found
    found = replace(found, high=found.points)
    if points is None or points == found.points or not found.weight:
        return found
    if not found.allows(points):
        return replace(found, share=None, why=f"{found.why}；{plain(points)} 分不在 {found.inside}", needs=("points",))
    earned = Fraction(points)
    why = f"{found.why.partition(' →')[0]}，自评 {plain(points)} 分 {outcome(earned, found.weight)}"
    return replace(found, share=earned / found.weight, why=why)


def _without_target(weight: Fraction, points: Decimal | None) -> Assessment:
    if not weight:
        return Assessment("没有设这一项指标，不计分", weight, Fraction(0), counts=False)
    found = Assessment("没有指标值，却有分值，按实际情况打分", weight, asks=("points",), high=weight, counts=False)
    return _by_hand(found, points)


def _full(weight: Fraction, why: str) -> Assessment:
    return Assessment(f"{why} {outcome(weight, weight)}", weight, Fraction(1), met=True)


def _by_hand(found: Assessment, points: Decimal | None) -> Assessment:
    """With the points that were given, or asking for them."""
    if points is None:
        return replace(found, needs=("points",))
    if not found.allows(points):
        return replace(found, why=f"{found.why}；{plain(points)} 分不在 {found.inside}", needs=("points",))
    earned = Fraction(points)
    share = earned / found.weight if found.weight else Fraction(0)
    return replace(
        found, share=share, why=f"{found.why}；自评 {plain(points)} 分，在 {found.inside} {outcome(earned, found.weight)}"
    )


def _number(policy: Attainment, weight: Fraction, seen: Measured, points: Decimal | None) -> Assessment:
    """A number held against a number."""
    found = Assessment(
        seen.compared,
        weight,
        completion=seen.completion,
        notices=seen.notices,
        gap=seen.gap,
        gaps=seen.gaps,
        met=seen.met,
    )
    if policy.over and seen.ratio is not None:
        found = _over(policy.over, found, seen.ratio)
    if found.met:
        lost = found.share if found.share is not None else Fraction(1)
        return replace(found, share=lost, why=f"{found.why} {policy.outcome(lost * weight, weight)}")
    if policy.pass_line is not None and seen.completion is not None and seen.completion < policy.pass_line:
        why = f"{found.why}，完成 {percent(seen.completion)}，低于 {percent(policy.pass_line)} 不得分"
        return replace(found, share=Fraction(0), why=f"{why} {outcome(Fraction(0), weight)}")
    if policy.unmet == "zero":
        return replace(found, share=Fraction(0), why=f"{found.why}，没有完成 {outcome(Fraction(0), weight)}")
    if policy.unmet == "by_hand" or seen.completion is None or seen.met:
        told = f"，完成 {percent(seen.completion)}" if seen.completion is not None else ""
        asked = replace(found, why=f"{found.why}{told}，按实际情况打分", asks=("points",), high=weight, open_high=weight > 0)
        return _by_hand(asked, points)
    share = clamp(seen.completion / 100, 0, 1)
    told = f"{seen.sum}×{plain(weight, 2)}" if seen.sum else "不得分"
    return replace(found, share=share, why=f"{found.why}，{told} {policy.outcome(share * weight, weight)}")


def _over(over: Over, found: Assessment, ratio: Fraction) -> Assessment:
    """With what over-fulfilment costs; `ratio` is actual ÷ target in %."""
    done = f"完成 {percent(ratio)}"
    if over.reason is not None and ratio >= over.reason:
        notice = f"{done}，达到 {percent(over.reason)} 及以上，要说明原因，并看看指标值是否定低了"
        found = replace(found, notices=(*found.notices, notice), note_for=notice)
        if over.unmet and ratio > over.reason:
            return replace(found, met=False, why=f"{found.why}，{done}，超过 {percent(over.reason)} 按未完成算")
        if over.deduct and found.weight:
            share = clamp(1 - Fraction(over.deduct) / found.weight, 0, 1)
            return replace(found, share=share, why=f"{found.why}，{done}，扣 {plain(over.deduct)} 分")
        return found
    if over.flag is not None and ratio >= over.flag:
        notice = f"{done}，达到 {percent(over.flag)} 及以上，请核对指标值是否定低了"
        return replace(found, notices=(*found.notices, notice))
    return found


def _period(weight: Fraction, target: Target, actual: str, points: Decimal | None) -> Assessment:
    same = read_target(actual)
    if isinstance(same, Target) and same.text == target.text:
        return _full(weight, f"{actual}，与指标值一致")
    if in_time(actual, target.text):
        return _full(weight, f"{actual}，在{target.text}完成")
    found = Assessment(f"指标值是{target.text}，实际是{actual}，按实际情况打分", weight, asks=("points",), high=weight)
    return _by_hand(found, points)


def _words(
    policy: Attainment, weight: Fraction, target: Target, actual: str, tier: str | None, points: Decimal | None
) -> Assessment:
    """A target in words: the filler picks a tier; where the tier leaves room, points within it."""
    found = Assessment(f"指标值{quoted(target.text)}，实际{quoted(actual)}", weight, high=weight)
    if not policy.tiers:
        return _by_hand(replace(found, asks=("points",), why=f"{found.why}，按实际情况打分"), points)
    chosen = policy.tier(tier or "")
    if chosen is None:
        named = "、".join(t.name for t in policy.tiers)
        return replace(found, why=f"{found.why}，还要选达成程度（{named}）", asks=("tier",), needs=("tier",))
    found = replace(found, why=chosen.name, asks=("tier",), met=chosen is policy.tiers[0])
    if chosen.lowest == chosen.highest:
        share = Fraction(chosen.lowest) / 100
        return replace(found, share=share, why=f"{chosen.name} {policy.outcome(share * weight, weight)}")
    low, high = (weight * Fraction(edge) / 100 for edge in (chosen.lowest, chosen.highest))
    asked = replace(found, asks=("tier", "points"), low=low, high=high, open_high=policy.edge_is_open(chosen) and high > low)
    return _by_hand(asked, points)


def _noted(policy: Attainment, found: Assessment, note: str | None) -> Assessment:
    """With the deviation note asked where the policy wants one."""
    reason = found.note_for
    if not reason and policy.note_below is not None and found.completion is not None and found.completion < policy.note_below:
        reason = f"完成 {percent(found.completion)}，低于 {percent(policy.note_below)}"
    if not reason and policy.note_for_lost and found.points is not None and found.points < found.weight:
        reason = f"扣了 {plain(found.weight - found.points, 2)} 分"
    if not reason:
        return found
    needs = found.needs if note and note.strip() else (*found.needs, "note")
    return replace(found, note_for=reason, asks=(*found.asks, "note"), needs=needs)
