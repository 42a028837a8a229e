"""A new edition rehearsed on a filing half done: what each answer becomes, and whose points change.

Nothing is stored here; the plan says what would be kept, converted, asked again and left behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from scoring.answers import Answer, Answers, State
from scoring.editions.conversions import converted
from scoring.editions.shapes import same_shape
from scoring.form import Form
from scoring.rules.base import names_in
from scoring.scorecard import Scorecard, score


class Fate(StrEnum):
    """What becomes of an answer."""

    KEEP = "保留"
    CONVERT = "换算"
    ASK = "要重新问"
    NEW = "新问题"
    LEAVE = "不再问"


@dataclass(frozen=True, slots=True)
class Step:
    """One item of either edition, and the answer it has afterwards (None: it is asked)."""

    item: str
    label: str
    fate: Fate
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """An indicator whose points differ; None where it has none (yet), or is not there."""

    indicator: str
    name: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the new edition means for one filing."""

    steps: tuple[Step, ...]
    shifts: tuple[Shift, ...]
    before: Decimal
    after: Decimal

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers the filing would have."""
        return {s.item: s.answer for s in self.steps if s.answer is not None}

    def count(self, fate: Fate) -> int:
        """How many answers share this fate."""
        return sum(s.fate is fate for s in self.steps)


def rehearse(old: Form, new: Form, answers: Answers) -> Plan:
    """What becomes of a filing's answers, item by item in the order of the new edition."""
    steps = (*_steps(old, new, answers), *_left(old, new, answers))
    after = {s.item: s.answer for s in steps if s.answer is not None}
    was, now = score(old, answers), score(new, after)
    return Plan(steps, tuple(_shifts(was, now)), was.total, now.total)


def _steps(old: Form, new: Form, answers: Answers) -> Iterator[Step]:
    conversions = {c.item: c for c in new.data.conversions}
    figures = old.figures(answers)
    for item in new.items.values():
        conversion = conversions.get(item.id)
        if conversion is not None:
            value = converted(conversion, item, figures)
            sources = [answers.get(n.partition(".")[0]) for n in _sources(conversion.origin, conversion.formula, old)]
            rough = any(a is not None and a.provisional for a in sources)
            if value is not None:
                yield Step(item.id, item.label, Fate.CONVERT, Answer(State.GIVEN, value, rough))
            else:
                yield Step(item.id, item.label, Fate.ASK if any(sources) else Fate.NEW)
            continue
        answer, before = answers.get(item.id), old.items.get(item.id)
        if before is None:
            yield Step(item.id, item.label, Fate.NEW)
        elif answer is not None:
            fits = not answer.given or same_shape(before, item)
            yield Step(item.id, item.label, Fate.KEEP, _bare(answer)) if fits else Step(item.id, item.label, Fate.ASK)


def _sources(origin: str, formula: str, old: Form) -> tuple[str, ...]:
    return (origin,) if origin else tuple(n for name in names_in(formula) for n in old.resolve(name.partition(".")[0]))


def _bare(answer: Answer) -> Answer:
    """The answer without what it rested on: points given by hand are confirmed on the new edition's rule."""
    return replace(answer, basis="") if answer.basis else answer


def _left(old: Form, new: Form, answers: Answers) -> Iterator[Step]:
    used = {c.origin.partition(".")[0] for c in new.data.conversions}
    for item_id in answers:
        if item_id in old.items and item_id not in new.items and item_id not in used:
            yield Step(item_id, old.items[item_id].label, Fate.LEAVE)


def _shifts(was: Scorecard, now: Scorecard) -> Iterator[Shift]:
    earlier = {line.indicator.id: line for line in was.lines}
    later = {line.indicator.id: line for line in now.lines}
    for id in dict.fromkeys((*earlier, *later)):
        before = earlier[id].points if id in earlier else None
        after = later[id].points if id in later else None
        if before != after:
            yield Shift(id, (later.get(id) or earlier[id]).indicator.name, before, after)
