"""choose_one: several rules stand on the form and one of them applies, by what was chosen or by a condition."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.data import Data
from scoring.formula import parse
from scoring.items import Choice, Item
from scoring.rules.base import Rule, Verdict, unspecified
from scoring.rules.nesting import Nesting
from scoring.wording import quoted

if TYPE_CHECKING:
    from scoring.rules import AnyRule


class Alternative(Data):
    """A rule with the option that picks it, or the condition under which it applies; with neither it takes what is left.

    `name`: the case in plain words.
    """

    option: str = ""
    when: str = ""
    name: str = ""
    rule: "AnyRule"


class ChooseOne(Nesting):
    """The first of `rules` that applies. `item`: the choice that picks, where the rules name options."""

    kind: Literal["choose_one"]
    item: str = ""
    rules: tuple[Alternative, ...] = Field(min_length=2)

    def inner(self) -> tuple[Rule, ...]:
        return tuple(a.rule for a in self.rules)

    def own_formulas(self) -> tuple[str, ...]:
        return tuple(a.when for a in self.rules if a.when)

    def own_items(self) -> tuple[str, ...]:
        return (self.item,) if self.item else ()

    def may_be_silent(self) -> bool:
        return super().may_be_silent() or self._open_end()

    def _open_end(self) -> bool:
        """Whether it may be that none applies."""
        return not self.item and all(a.when for a in self.rules)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        chosen = str(figures.value(self.item)) if self.item else ""
        for one in self.rules:
            if self._applies(one, chosen, figures):
                verdict = one.rule.verdict(weight, figures)
                name = one.name or self._option(one.option, figures)
                return replace(verdict, why=f"按{quoted(name)}计分：{verdict.why}") if name else verdict
        return unspecified("表上的几种情况都不符合")

    @staticmethod
    def _applies(one: Alternative, chosen: str, figures: Figures) -> bool:
        if one.option:
            return one.option == chosen
        return parse(one.when).holds(figures) if one.when else True

    def _option(self, option: str, figures: Figures) -> str:
        choice = figures.items.get(self.item)
        options = choice.options if isinstance(choice, Choice) else ()
        return next((o.text for o in options if o.id == option), "")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        each = [rule.reachable(weight, items) for rule in self.inner()]
        if self._open_end() or any(points is None for points in each):
            return None
        return frozenset().union(*(points for points in each if points is not None))

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        for rule in self.inner():
            yield from rule.lint(weight, items)
        choice = items.get(self.item)
        named = [a.option for a in self.rules if a.option]
        if self.item and not isinstance(choice, Choice):
            yield "RULE_ITEM", f"{self.item} 应是 type: choice 的数据项"
        elif isinstance(choice, Choice):
            options = [o.id for o in choice.options]
            rest = any(not (a.option or a.when) for a in self.rules)
            if not set(named) <= set(options) or len(set(named)) != len(named) or (len(named) < len(options) and not rest):
                yield "RULE_ITEM", f"rules 写了 {'、'.join(named)}，{self.item} 的选项是 {'、'.join(options)}，应一一对应"
        elif named:
            yield "RULE_ITEM", "写了 option，还要写 item（选择题）"
        for one in self.rules[:-1]:
            if not (one.option or one.when):
                yield "RULE_ITEM", "没有写 option 或 when 的一条应放在最后，后面的永远轮不到"
        if any(a.option and a.when for a in self.rules):
            yield "RULE_ITEM", "option 和 when 只能写一样"
