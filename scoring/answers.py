"""Answers to the items of one filing, and the figures that formulas and rules read from them.

Not here: where answers are kept (dialogs/store), or how typed text is read (reading/).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.columns import Survey, Table
from scoring.formula import Inapplicable, Missing, Scalar, Undefined, parse
from scoring.items import Checklist, Criterion, Item
from scoring.survey import survey_figure
from scoring.values import ExternalScore, ManualScore, Row, Value


class State(StrEnum):
    """What a filler did with a question."""

    GIVEN = "given"
    NOT_APPLICABLE = "not_applicable"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered item. `provisional` (暂估): it counts, is marked in print, and blocks submission.

    `source`: the filing it came from, in words; `reason`: why the filler says something else than came from there.
    """

    state: State
    value: Value | None = None
    provisional: bool = False
    basis: str = ""  # fingerprint of the answers it rests on; a difference means it must be asked again
    source: str = ""
    reason: str = ""
    _hash: int = field(init=False, repr=False, compare=False)  # answers are the keys of all that is remembered

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.state, self.value, self.provisional, self.basis, self.source, self.reason)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def given(self) -> bool:
        return self.state is State.GIVEN


Answers = Mapping[str, Answer]


def given(value: Value, *, provisional: bool = False) -> Answer:
    """A plain answer; short for tests, files and cases."""
    return Answer(State.GIVEN, value, provisional)


@dataclass(frozen=True)
class Figures:
    """What formulas and rules see: the answers, typed by their items. Implements formula.Facts."""

    items: Mapping[str, Item]
    answers: Answers
    computed: Mapping[str, str] = field(default_factory=dict)  # id of a computed figure → its formula
    blanks: frozenset[str] = frozenset()  # computed figures in which an empty cell counts 0
    overrides: Mapping[str, Fraction] = field(default_factory=dict)
    blank_is_zero: bool = False
    places: int = 2  # how the points in question are printed
    _known: dict[str, Scalar] = field(default_factory=dict, init=False, repr=False, compare=False)  # the world does not change

    def with_figure(self, name: str, value: Fraction) -> "Figures":
        """The same world with one figure replaced; used to solve for the figure that gives full points."""
        return replace(self, overrides={**self.overrides, name: value})

    def within(self, computed: str) -> "Figures":
        """The world as the formula of a computed figure sees it."""
        return replace(self, blank_is_zero=True) if computed in self.blanks and not self.blank_is_zero else self

    def value(self, item: str) -> Value:
        """The given value of an item. Raises Missing or Inapplicable.

        A question that is not asked (its `when` does not hold) does not apply, whatever was answered before.
        """
        if not self._is_asked(item):
            raise Inapplicable(item)
        answer = self.answers.get(item)
        if answer is not None and answer.state is State.NOT_APPLICABLE:
            raise Inapplicable(item)
        if answer is None or not answer.given or answer.value is None:
            raise Missing((item,))
        return answer.value

    def holds(self, condition: str) -> bool:
        """Whether a condition over the figures holds; not while something it needs is missing or has no value."""
        try:
            return parse(condition).holds(self)
        except (Missing, Inapplicable, Undefined):
            return False

    def _is_asked(self, item: str) -> bool:
        condition = self.items[item].when
        if not condition:
            return True
        try:
            return parse(condition).holds(self)
        except Undefined:
            return False

    def scalar(self, name: str) -> Scalar:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._scalar(name)
        return known

    def _scalar(self, name: str) -> Scalar:
        if name in self.overrides:
            return self.overrides[name]
        if name in self.computed:
            return parse(self.computed[name]).value(self.within(name))
        item, _, column = name.partition(".")
        value = self.value(item)
        asked = self.items[item]
        if isinstance(asked, Survey):
            return survey_figure(asked, self.rows(item), column)
        if isinstance(value, Row):
            table = self.items[item]
            assert isinstance(table, Table)
            cell = value.cells[table.position(column)]
            if cell is None:
                if self.blank_is_zero:
                    return Fraction(0)
                raise Missing((name,))
            return Fraction(cell) if isinstance(cell, Decimal) else cell
        match value:
            case bool() | str():
                return value
            case Decimal():
                return Fraction(value)
            case ManualScore(points, _) | ExternalScore(points, _, _):
                return Fraction(points)
        return str(value)

    def rows(self, item: str) -> tuple[Row, ...]:
        """All lines of a repeating table."""
        value = self.value(item)
        assert isinstance(value, tuple)
        return tuple(v for v in value if isinstance(v, Row))

    def column(self, name: str) -> tuple[Fraction, ...]:
        item, _, column = name.partition(".")
        table = self.items[item]
        assert isinstance(table, Table)
        place = table.position(column)
        rows = self.rows(item) if item not in self.overrides else ()
        cells = [r.cells[place] for r in rows]
        if cells and not self.blank_is_zero and all(c is None for c in cells):
            raise Missing((name,))
        return tuple(Fraction(c) for c in cells if isinstance(c, Decimal))

    def count(self, name: str) -> int:
        return len(self.rows(name))

    def criteria(self, item: str) -> tuple[tuple[Criterion, bool], ...]:
        """Each criterion of a checklist with whether it is met (a `bad` one is met when not ticked)."""
        checklist = self.items[item]
        assert isinstance(checklist, Checklist)
        ticked = self.value(item)
        assert isinstance(ticked, tuple)
        return tuple((c, (c.id in ticked) is not c.bad) for c in checklist.criteria)
