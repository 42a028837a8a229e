"""The scorecard: points, standing and explanation per indicator, running totals by level, caps, grade.

score(form, answers) is pure and works on partial answers. Totals are sums of the rounded points that are
printed, so a total always equals its parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.answers import Answer, Answers, State
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined
from scoring.items import figure_label
from scoring.numbers import clamp, plain
from scoring.rules.base import Standing, Verdict, unspecified
from scoring.rules.span import Span, told
from scoring.tree import Cap, Group, Indicator, Place
from scoring.values import ManualScore
from scoring.wording import quoted


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One indicator: `points` is None while something is missing. `waiting` names open items.

    The same line is remembered and handed out again, so that a line is equal only to itself.
    """

    place: Place
    standing: Standing
    points: Decimal | None
    why: str
    full: str
    waiting: tuple[str, ...]
    loss: str = ""

    @property
    def indicator(self) -> Indicator:
        return self.place.indicator


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A group of any level: points so far, and the weight already decided."""

    group: Group
    points: Decimal
    decided: Decimal


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All lines, sub-totals by group id, the total so far and, when complete, the grade.

    `excluded`: the weight of lines that do not apply and are out of the table; `added`, the sum of the others, and their
    weight are then scaled to the full weight. `cap` is what lowers the total just now, `uncapped` what it would be without. `passed`: None while incomplete, or when
    the pack has no pass line.
    """

    lines: tuple[Line, ...]
    subtotals: Mapping[str, Subtotal]
    total: Decimal
    decided: Decimal
    weight: Decimal
    grade: str
    uncapped: Decimal
    cap: Cap | None = None
    passed: bool | None = None
    added: Decimal = Decimal(0)
    excluded: Decimal = Decimal(0)

    @property
    def scaled(self) -> str:
        """The sentence about lines that are out of the table; empty when none is: the total is then the sum of its parts."""
        left = self.weight - self.excluded
        if not self.excluded or left <= 0:
            return ""
        return (
            f"不适用的指标共 {plain(self.excluded)} 分不计入总分：其余各项合计 {plain(self.added)} 分（满分 {plain(left)} 分），"
            f"按 {plain(self.weight)} 分折算为 {plain(self.uncapped)} 分。"
        )

    @property
    def capped(self) -> str:
        """The sentence about the cap that lowers the total; empty when none does."""
        if self.cap is None:
            return ""
        most = plain(self.cap.at_most)
        sum_of = "折算后" if self.scaled else "各项合计"
        return f"{self.cap.say.rstrip('。') or '按规定'}，总分最多 {most} 分：{sum_of} {plain(self.uncapped)} 分，计 {plain(self.total)} 分。"

    @property
    def complete(self) -> bool:
        return all(line.points is not None for line in self.lines)

    def line(self, indicator: str) -> Line:
        """The line of an indicator by id. KeyError when there is none."""
        for line in self.lines:
            if line.indicator.id == indicator:
                return line
        raise KeyError(indicator)


def score(form: Form, answers: Answers) -> Scorecard:
    """The scorecard of a filing as far as it is answered."""
    return _card(form, tuple(score_line(form, place, answers) for place in form.indicators), holding_cap(form, answers))


def rescored(form: Form, answers: Answers, lines: tuple[Line, ...]) -> Scorecard:
    """The scorecard of these lines: what follows from points that a reviewer has put in the place of computed ones."""
    return _card(form, lines, holding_cap(form, answers))


def holding_cap(form: Form, answers: Answers) -> Cap | None:
    """The lowest of the caps whose condition holds; one that cannot be decided yet does not."""
    if not form.data.caps:
        return None
    figures = form.figures(answers)
    return min((c for c in form.data.caps if figures.holds(c.when)), key=lambda c: c.at_most, default=None)


@lru_cache(maxsize=1024)
def _card(form: Form, lines: tuple[Line, ...], cap: Cap | None) -> Scorecard:
    sums = {g.id: (g, [Decimal(0)], [Decimal(0)]) for line in lines for g in line.place.path}
    known = [line for line in lines if line.points is not None]
    for line in known:
        for group in line.place.path:
            _, points, weights = sums[group.id]
            points[0] += line.points or 0
            weights[0] += line.indicator.weight
    added = sum((line.points for line in known if line.points is not None), Decimal(0))
    out = sum((line.indicator.weight for line in lines if is_out(form, line)), Decimal(0))
    decided = sum((line.indicator.weight for line in known if not is_out(form, line)), Decimal(0))
    uncapped = _scaled(form, added, out)
    total = uncapped if cap is None else min(uncapped, cap.at_most)
    complete = bool(lines) and len(known) == len(lines)
    return Scorecard(
        lines,
        {id: Subtotal(group, points[0], weights[0]) for id, (group, points, weights) in sums.items()},
        total,
        _scaled(form, decided, out) if out < form.weight else out,
        Decimal(plain(form.weight)),
        grade(form, total) if complete else "",
        uncapped,
        cap if total < uncapped else None,
        passed(form, total) if complete else None,
        added,
        out,
    )


def is_out(form: Form, line: Line) -> bool:
    """Whether a line is out of the table: it does not apply, and the rest is scaled to the full weight."""
    return line.standing is Standing.NOT_APPLICABLE and form.policy_of(line.indicator) == "excluded"


def _scaled(form: Form, part: Decimal, out: Decimal) -> Decimal:
    """Points or weight of the lines in the table, on the scale of the full weight; `out` is the weight that is not in it."""
    left = form.weight - Fraction(out)
    if not out or left <= 0:
        return part
    return Decimal(plain(form.rounded(Fraction(part) * form.weight / left, form.pack.places)))


def grade(form: Form, total: Decimal) -> str:
    """The name of the best grade whose edge the total reaches; empty when the pack has no grades."""
    share = Fraction(total) * 100 / form.weight if form.weight else Fraction(0)
    earned = [g for g in form.pack.grades if share >= g.lowest]
    return max(earned, key=lambda g: g.lowest).name if earned else ""


def passed(form: Form, total: Decimal) -> bool | None:
    """Whether the total reaches the pack's pass line (a grade, or points of 100); None when it has none."""
    line = form.pack.passing
    return None if line is None or not form.weight else Fraction(total) * 100 / form.weight >= line


def score_line(form: Form, place: Place, answers: Answers) -> Line:
    """The line of one indicator; remembered by the answers it depends on."""
    get = answers.get
    return _line(form, place, tuple([get(n) for n in form.reads_of[place]]), get(place.indicator.manual_id))


def verdict(form: Form, place: Place, answers: Answers) -> Verdict:
    """What the rule alone says, before points given by hand; remembered like the line."""
    get = answers.get
    return _verdict(form, place, tuple([get(n) for n in form.reads_of[place]]))


@lru_cache(maxsize=16384)
def _verdict(form: Form, place: Place, inputs: tuple[Answer | None, ...]) -> Verdict:
    answers = {n: a for n, a in zip(form.reads_of[place], inputs, strict=True) if a is not None}
    return judge(form, place.indicator, answers)


@lru_cache(maxsize=16384)
def _line(form: Form, place: Place, inputs: tuple[Answer | None, ...], manual: Answer | None) -> Line:
    indicator = place.indicator
    weight = Fraction(indicator.weight)
    ruling = _verdict(form, place, inputs)
    points: Decimal | None = None
    standing, why, waiting, loss = ruling.standing, ruling.why, ruling.waiting, ruling.loss
    places = form.places_of(indicator)
    if ruling.points is not None:
        points = form.rounded(clamp(ruling.points, 0, weight), places)
        if plain(points) != plain(ruling.points, 2):  # what stands in the sentence so far
            why += f"，{'保留' if form.pack.rounding == 'half_up' else '舍到'} {places} 位小数计 {plain(points)} 分"
    elif standing is Standing.NOT_APPLICABLE:
        points = indicator.weight if form.policy_of(indicator) == "full" else Decimal(0)
    elif standing is Standing.UNSPECIFIED:
        allowed = ruling.allowed or (Span(Fraction(0), weight),)
        given = manual.value if manual is not None and isinstance(manual.value, ManualScore) else None
        if given is not None and any(span.holds(given.points) for span in allowed):
            points = form.rounded(given.points, places)
            standing = Standing.SCORED
            why = f"{why}；自评 {plain(points)} 分（{told(allowed, places)} 分），理由：{given.reason}"
            loss = loss or given.reason
        else:
            waiting = (indicator.manual_id,)
    return Line(place, standing, points if points is None else Decimal(plain(points)), why, ruling.full, waiting, loss)


def judge(form: Form, indicator: Indicator, answers: Answers) -> Verdict:
    """The rule applied, with gaps and impossible arithmetic turned into standings."""
    figures = replace(form.figures(answers), places=form.places_of(indicator))
    try:
        found = indicator.rule.verdict(Fraction(indicator.weight), figures)
        if found.standing is Standing.NOT_APPLICABLE:
            return replace(found, why=f"{found.why}，{_policy_told(form, indicator)}")
        return found
    except Missing as missing:
        labels = "、".join(_label(form, n) for n in missing.names)
        return Verdict(Standing.WAITING, f"还缺：{labels}", waiting=missing.names)
    except Inapplicable as absent:
        item = form.items[absent.name]
        said_so = absent.name in answers and answers[absent.name].state is State.NOT_APPLICABLE
        reason = item.not_applicable if said_so and item.not_applicable else f"按前面的答案，{quoted(item.label)}不用填"
        return Verdict(Standing.NOT_APPLICABLE, f"不适用（{reason}），{_policy_told(form, indicator)}")
    except Undefined as nonsense:
        return unspecified(str(nonsense))


def _policy_told(form: Form, indicator: Indicator) -> str:
    """What an indicator that does not apply counts, in words."""
    policy = {"full": f"按满分 {plain(indicator.weight)} 分计", "zero": "计 0 分", "excluded": "不计入总分"}
    return policy[form.policy_of(indicator)]


def reachable(form: Form, indicator: Indicator) -> frozenset[Decimal] | None:
    """The points an indicator can get, as they are printed; None when any number of the range is possible."""
    exact = indicator.rule.reachable(Fraction(indicator.weight), dict(form.items))
    places = form.places_of(indicator)
    return None if exact is None else frozenset(form.rounded(p, places) for p in exact)


def _label(form: Form, name: str) -> str:
    item, _, column = name.partition(".")
    if item in form.computed:
        return form.computed[item].label
    return figure_label(form.items[item], column)[0]
