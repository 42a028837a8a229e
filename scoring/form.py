"""A form of one pack for one year, with what follows from what its author wrote: who reads what, what is asked when.

Not here: the shapes of the YAML files (formdata.py, tree.py, items.py, columns.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from scoring.answers import Answers, Figures
from scoring.beside.declared import Arrival, form_name
from scoring.calendar import STAGES, Days
from scoring.columns import Table
from scoring.formdata import Check, Computed, FormData, Section
from scoring.items import Item, Manual
from scoring.numbers import Exact, rounded
from scoring.pack import PackInfo, Policy
from scoring.rules.base import names_in
from scoring.tree import Indicator, Place, places_below, points_by_hand


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

    @property
    def written_days(self) -> str:
        """Its dates as the pack writes them, parted by |; empty where the pack says none."""
        written = self.pack.calendar.get(form_name(self.id))
        return "|".join(getattr(written, stage) for stage in STAGES) if written else ""

    @cached_property
    def days(self) -> Days:
        """When it opens, is due, is reviewed and published by, as its pack says."""
        return self.pack.days_of(form_name(self.id), self.year)

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
    def carries(self) -> bool:
        """Whether columns of last year's filing move on to others of this one."""
        return bool(self.carrying)

    @cached_property
    def carrying(self) -> tuple[Table, ...]:
        """The tables with a column that stood in last year's filing of the same form."""
        return tuple(i for i in self.items.values() if isinstance(i, Table) and any(c.last_year for c in i.columns))

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

    def reads_with_points(self, indicator: Indicator) -> tuple[str, ...]:
        """As `reads`, with the item for points given by hand: all that an indicator's points may rest on."""
        return (*self.reads(indicator), indicator.manual_id)

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
