"""checklist_add: points for each criterion that is met, up to the weight; a veto takes all."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.items import Checklist, Criterion, Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored
from scoring.wording import quoted


class ChecklistAdd(Rule):
    """`points`: one number for all criteria, or one each. `veto`: criteria whose failing gives 0."""

    kind: Literal["checklist_add"]
    item: str
    points: Decimal | tuple[Decimal, ...]
    veto: tuple[str, ...] = ()

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def each(self, count: int) -> tuple[Fraction, ...]:
        """Points of every criterion, in order."""
        if isinstance(self.points, Decimal):
            return (Fraction(self.points),) * count
        return tuple(Fraction(p) for p in self.points)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        criteria = figures.criteria(self.item)
        each = self.each(len(criteria))
        failed = [c for c, met in criteria if not met]
        vetoed = [c for c in failed if c.id in self.veto][:1]
        if vetoed:
            return scored(Fraction(0), f"{_listed(vetoed)}一票否决 → 0 分", f"{_goal(vetoed)}后才按要点计分", _loss(vetoed))
        points = min(weight, sum((p for p, (_, met) in zip(each, criteria, strict=True) if met), Fraction(0)))
        sums = "＋".join(plain(p) for p, (_, met) in zip(each, criteria, strict=True) if met) or "0"
        why = f"{len(criteria)} 个要点满足 {len(criteria) - len(failed)} 个，{sums}＝{plain(points)} {outcome(points, weight)}"
        if failed:
            why += f"；未满足：{_listed(failed)}"
        if points == weight:
            return scored(points, why)
        most = min(weight, sum(each, Fraction(0)))
        worth = (
            f"满分 {plain(weight)} 分"
            if most == weight
            else f"最多的 {plain(most)} 分（各要点印的分加起来不到 {plain(weight)} 分）"
        )
        full = f"{_goal(failed)}即为{worth}" if failed else f"已经是{worth}"
        return scored(points, why, full, _loss(failed) if failed else f"各要点印的分合计只有{plain(most)}分")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        checklist = items[self.item]
        assert isinstance(checklist, Checklist)
        each = self.each(len(checklist.criteria))
        sums = {Fraction(0)}
        for points in each:
            sums |= {s + points for s in sums}
        return frozenset(min(weight, s) for s in sums)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        checklist = items.get(self.item)
        if not isinstance(checklist, Checklist):
            yield "RULE_ITEM", f"{self.item} 应是 type: checklist 的数据项"
            return
        each = self.each(len(checklist.criteria))
        if len(each) != len(checklist.criteria):
            yield "RULE_ITEM", f"points 写了 {len(each)} 个，{self.item} 有 {len(checklist.criteria)} 个要点"
        elif sum(each) != weight:
            yield "RULE_MAX", f"要点分合计 {plain(sum(each, Fraction(0)))}，分值是 {plain(weight)}"
        for criterion in self.veto:
            if criterion not in {c.id for c in checklist.criteria}:
                yield "RULE_ITEM", f"veto 里的 {criterion} 不是 {self.item} 的要点"


def _parted(failed: list[Criterion]) -> tuple[str, str]:
    """What was not done, and what should not have happened, each as a list in words."""
    good = "、".join(quoted(c.text) for c in failed if not c.bad)
    return good, "、".join(quoted(c.text) for c in failed if c.bad)


def _listed(failed: list[Criterion]) -> str:
    good, bad = _parted(failed)
    return "、".join(p for p in (good, f"有{bad}" if bad else "") if p)


def _goal(failed: list[Criterion]) -> str:
    good, bad = _parted(failed)
    return "、".join(p for p in (f"满足{good}" if good else "", f"没有{bad}" if bad else "") if p)


def _loss(failed: list[Criterion]) -> str:
    good, bad = _parted(failed)
    return "，".join(p for p in (f"未做到{good}" if good else "", f"有{bad}" if bad else "") if p)
