"""A form as its author wrote it, validated: sections of items, the indicator tree, checks, documents.

These are the shapes of the YAML files in scoring/forms/<pack>/. Reading the files is in compiling.py,
mistakes that need more than one place to see are found by lint/.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from scoring.answers import Answers, Figures
from scoring.beside.declared import Arrival, PartOf
from scoring.data import Data, Name
from scoring.editions.conversions import Conversion
from scoring.items import Item, Manual
from scoring.numbers import Exact, rounded
from scoring.pack import PackInfo, Policy
from scoring.rules.base import names_in
from scoring.tree import Branch, Cap, Indicator, Place, places_below, points_by_hand

Severity = Literal["错误", "需说明", "提示"]


class Section(Data):
    id: Name
    title: str
    intro: str = ""
    items: tuple[Item, ...] = Field(min_length=1)


class Computed(Data):
    """A figure nobody types: printed in documents, compared with what a finished filing states."""

    id: Name
    label: str
    formula: str
    unit: str = ""
    places: int = 2
    code: str = "RATIO"
    blank_is_zero: bool = Field(default=False, description="empty table cells count as 0")


class Match(Data):
    """The line of another table that belongs to a line: its words in `column` stand in the line's column `within`."""

    table: Name
    column: Name
    within: Name


class Check(Data):
    """A relation that must hold (勾稽关系). `say` may use {left} and {right}, the two sides with numbers.

    `each`: a table; then the relation holds for every line (`row.target`, `row.unit`) for which `where` holds, or for
    all together (`sum(row.target)`); `match`: with a line of another table as `match.budget`. See rowchecks.py.
    `mentions`: a pattern; the relation is only looked at where a text of the filing says so (主要原因是项目支出增加).
    """

    id: Name
    code: str
    severity: Severity = "错误"
    that: str
    say: str
    blank_is_zero: bool = Field(default=False, description="empty table cells count as 0")
    each: str = ""
    where: str = ""
    match: Match | None = None
    mentions: str = ""

    @field_validator("mentions")
    @classmethod
    def _is_pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as e:
            raise ValueError(f"不是合格的正则表达式：{e}") from e
        return pattern

    @property
    def tables(self) -> Mapping[str, str]:
        """The tables behind `row` and `match`."""
        return {"row": self.each} | ({"match": self.match.table} if self.match else {}) if self.each else {}

    @property
    def names(self) -> tuple[str, ...]:
        """The items (or item.column) it reads, `row` and `match` by their tables."""
        read = [n.partition(".") for n in (*names_in(self.that), *names_in(self.where))]
        named = [f"{self.tables.get(head, head)}{dot}{tail}" for head, dot, tail in read]
        return tuple(dict.fromkeys([*named, *self.tables.values()]))


class DocumentSpec(Data):
    """A Word file: a template of templates/reports/, or several of them bound together.

    A part is a document of this form by id, or one of another form, bound in once per filing of that form.
    """

    id: Name
    title: str
    template: str = ""
    parts: tuple[str | PartOf, ...] = ()


class FormData(Data):
    """form.yaml, indicators.yaml, checks.yaml, documents.yaml and conversions.yaml of one form together."""

    title: str
    per: Literal["unit", "project"] = "unit"
    intro: str = ""
    arrivals: tuple[Arrival, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    indicators: tuple[Branch, ...] = ()
    caps: tuple[Cap, ...] = ()
    computed: tuple[Computed, ...] = ()
    checks: tuple[Check, ...] = ()
    documents: tuple[DocumentSpec, ...] = ()
    conversions: tuple[Conversion, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """One form of one pack for one year. `edition` is the fingerprint of the files it was read from."""

    id: str
    pack: PackInfo
    data: FormData
    year: int
    edition: str
    sources: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.data.title

    @cached_property
    def indicators(self) -> tuple[Place, ...]:
        """The indicators (the leaves of the tree) in printed order, with the groups above them, of which there may be none."""
        return tuple(p for branch in self.data.indicators for p in places_below(branch))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections with, after the last figure a rule reads, the question for points it may leave open."""
        extra: dict[str, list[Manual]] = {}
        order = [i.id for s in self.data.sections for i in s.items]
        for place in self.indicators:
            indicator = place.indicator
            known = [r for r in self.reads(indicator) if r in order]
            if indicator.rule.may_be_silent() and known:
                extra.setdefault(max(known, key=order.index), []).append(points_by_hand(indicator, self.places_of(indicator)))
        return tuple(
            s.model_copy(update={"items": tuple(i for item in s.items for i in (item, *extra.get(item.id, ())))})
            for s in self.data.sections
        )

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All items by id, in the order they are asked."""
        return {i.id: i for s in self.sections for i in s.items}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question, from 1: what 〔待填12〕 counts. Those a silent rule may ask come last."""
        order = [i for i in self.items if i not in self.silent] + list(self.silent)
        return {item: n for n, item in enumerate(order, 1)}

    @cached_property
    def arrivals_of(self) -> Mapping[str, tuple[Arrival, ...]]:
        """For each item that other filings answer, from where."""
        found: dict[str, list[Arrival]] = {}
        for arrival in self.data.arrivals:
            found.setdefault(arrival.item, []).append(arrival)
        return {item: tuple(arrivals) for item, arrivals in found.items()}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        return {i.id: s for s in self.sections for i in s.items}

    @cached_property
    def computed(self) -> Mapping[str, Computed]:
        return {c.id: c for c in self.data.computed}

    @cached_property
    def silent(self) -> Mapping[str, Place]:
        """Manual items that are asked only when the rule of their indicator is silent."""
        return {p.indicator.manual_id: p for p in self.indicators if p.indicator.manual_id in self.items}

    @cached_property
    def conditional(self) -> frozenset[str]:
        """Items that are not always asked: those with a `when`, and those a silent rule may ask."""
        return frozenset({i.id for i in self.items.values() if i.when} | set(self.silent))

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """Items whose answers decide which questions are asked."""
        read = [n for p in self.silent.values() for n in self.reads(p.indicator)]
        read += [n for i in self.items.values() for name in names_in(i.when) for n in self.resolve(name.partition(".")[0])]
        return tuple(dict.fromkeys(read))

    @cached_property
    def indicators_of(self) -> Mapping[str, tuple[Place, ...]]:
        """For each item, the indicators whose points depend on it."""
        found: dict[str, list[Place]] = {}
        for place in self.indicators:
            for item in (*self.reads(place.indicator), place.indicator.manual_id):
                found.setdefault(item, []).append(place)
        return {item: tuple(places) for item, places in found.items()}

    @cached_property
    def _checks_by_item(self) -> Mapping[str, tuple[Check, ...]]:
        found: dict[str, list[Check]] = {}
        for check in self.data.checks:
            for item in self.items_of(check):
                found.setdefault(item, []).append(check)
        return {item: tuple(checks) for item, checks in found.items()}

    def checks_of(self, items: Iterable[str]) -> tuple[Check, ...]:
        """The declared checks that read one of these items, each once."""
        return tuple(dict.fromkeys(c for i in items for c in self._checks_by_item.get(i, ())))

    def items_of(self, check: Check) -> tuple[str, ...]:
        """The items a declared check reads."""
        return tuple(dict.fromkeys(i for name in check.names for i in self.resolve(name.partition(".")[0])))

    @cached_property
    def weight(self) -> Fraction:
        return sum((Fraction(g.weight) for g in self.data.indicators), Fraction(0))

    def places_of(self, indicator: Indicator) -> int:
        """Decimals of the points of an indicator."""
        return self.pack.places if indicator.places is None else indicator.places

    def policy_of(self, indicator: Indicator) -> Policy:
        """What an indicator counts when it does not apply."""
        return indicator.not_applicable or self.pack.not_applicable

    def rounded(self, points: Exact, places: int) -> Decimal:
        """Points with so many decimals, as this pack rounds."""
        return rounded(points, places, self.pack.rounding)

    def reads(self, indicator: Indicator) -> tuple[str, ...]:
        """Items that decide the points of an indicator, computed figures taken apart."""
        return tuple(dict.fromkeys(n for r in indicator.rule.reads() for n in self.resolve(r)))

    @cached_property
    def reads_of(self) -> Mapping[Place, tuple[str, ...]]:
        """What `reads` says, by place, once for all."""
        return {place: self.reads(place.indicator) for place in self.indicators}

    def resolve(self, name: str, depth: int = 0) -> tuple[str, ...]:
        """The item ids behind an item (with what its `when` reads) or a computed figure."""
        if depth > 9:
            return (name,)
        if name in self.computed:
            own: tuple[str, ...] = ()
            names = names_in(self.computed[name].formula)
        else:
            own, names = (name,), names_in(self._conditions.get(name, ""))
        return tuple(dict.fromkeys((*own, *(r for n in names for r in self.resolve(n.partition(".")[0], depth + 1)))))

    @cached_property
    def _conditions(self) -> Mapping[str, str]:
        return {i.id: i.when for s in self.data.sections for i in s.items if i.when}

    def figures(self, answers: Answers) -> Figures:
        """The answers as formulas read them."""
        formulas, blanks = self._formulas
        return Figures(self.items, answers, formulas, blanks)

    @cached_property
    def _formulas(self) -> tuple[Mapping[str, str], frozenset[str]]:
        """The formulas of computed figures, and those in which an empty cell counts 0."""
        computed = self.data.computed
        return {c.id: c.formula for c in computed}, frozenset(c.id for c in computed if c.blank_is_zero)
