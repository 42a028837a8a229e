"""Which indicators and items of a form want evidence (佐证材料), and which materials the pack names for them.

A pack says so with `evidence:`; where it is silent, indicators whose points are judged rather than counted want some.
Not here: the files themselves.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scoring.answers import Answers
from scoring.asked import is_asked
from scoring.form import Form
from scoring.rules import ChecklistAdd, Converted, Discretionary, PointsPerReason, Rule, Standing, Tiers
from scoring.rules.nesting import Nesting
from scoring.scorecard import score_line
from scoring.tree import Place

About = Literal["indicator", "item", "filing"]
JUDGED = (ChecklistAdd, Converted, Discretionary, PointsPerReason, Tiers)  # kinds whose points somebody has to believe
OTHER = "其他材料"  # evidence that belongs to no indicator


@dataclass(frozen=True, slots=True)
class Spot:
    """Where evidence belongs: an indicator, an item, or (with an empty place) the filing as a whole.

    `number` stands before its name: 03 for the third indicator, 题12 for the question with that number.
    `materials`: what the pack wants there, by name; empty where any will do.
    """

    about: About
    place: str
    number: str
    name: str
    materials: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.about, self.place

    @property
    def title(self) -> str:
        """03 三公经费控制率."""
        return f"{self.number} {self.name}"


WHOLE = Spot("filing", "", "00", OTHER)


@lru_cache(maxsize=128)
def spots(form: Form) -> tuple[Spot, ...]:
    """Every place that wants evidence, in printed order: the indicators, then the items."""
    found = [spot for place in form.indicators if (spot := _of_indicator(form, place)) is not None]
    for item in form.items.values():
        if item.evidence:
            materials = item.evidence if isinstance(item.evidence, tuple) else ()
            found.append(Spot("item", item.id, f"题{form.numbers[item.id]}", item.label, materials))
    return tuple(found)


def _of_indicator(form: Form, place: Place) -> Spot | None:
    wants = place.indicator.evidence
    if wants is None:
        wants = form.pack.evidence == "all" or (form.pack.evidence == "judged" and _is_judged(place.indicator.rule))
    return _named(form, place, wants if isinstance(wants, tuple) else ()) if wants else None


def _is_judged(rule: Rule) -> bool:
    return isinstance(rule, JUDGED) or (isinstance(rule, Nesting) and any(_is_judged(r) for r in rule.inner()))


def _named(form: Form, place: Place, materials: tuple[str, ...] = ()) -> Spot:
    number = f"{form.indicators.index(place) + 1:02d}"
    return Spot("indicator", place.indicator.id, number, place.indicator.name, materials or _sources(place.indicator.source))


def _sources(source: str) -> tuple[str, ...]:
    """What the paper names as 数据来源: the best word there is for what would prove the points."""
    return (source.rstrip("。"),) if source else ()


def spot_of(form: Form, about: str, place: str) -> Spot:
    """The place by its key, also where no evidence is wanted but some was given; the whole filing for what has gone."""
    wanted = next((s for s in spots(form) if s.key == (about, place)), None)
    if wanted is not None:
        return wanted
    if about == "indicator":
        known = next((p for p in form.indicators if p.indicator.id == place), None)
        return _named(form, known) if known else WHOLE
    if about == "item" and place in form.items:
        return Spot("item", place, f"题{form.numbers[place]}", form.items[place].label)
    return WHOLE


def spot_at(form: Form, item: str) -> Spot:
    """Where a photo belongs that is sent while this item is asked: the item, else an indicator it decides, if one wants some."""
    wanted = spots_at(form, item)
    return wanted[0] if wanted else spot_of(form, "item", item)


@lru_cache(maxsize=4096)
def spots_at(form: Form, item: str) -> tuple[Spot, ...]:
    """The places that want evidence for this item: itself, and the indicators it decides."""
    keys = [("item", item), *(("indicator", p.indicator.id) for p in form.indicators_of.get(item, ()))]
    return tuple(s for key in keys for s in spots(form) if s.key == key)


def wanted(form: Form, answers: Answers) -> tuple[Spot, ...]:
    """The places that want evidence just now: what does not apply, or is not asked, wants none."""
    return tuple(s for s in spots(form) if _applies(form, s, answers))


def _applies(form: Form, spot: Spot, answers: Answers) -> bool:
    if spot.about == "item":
        answer = answers.get(spot.place)
        return is_asked(form, form.items[spot.place], answers) and (answer is None or answer.state != "not_applicable")
    place = next(p for p in form.indicators if p.indicator.id == spot.place)
    return score_line(form, place, answers).standing is not Standing.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file of evidence as documents see it: where it belongs, what it is called, and the hash that finds its bytes."""

    about: str
    place: str
    name: str
    sha256: str
    size: int
    media_type: str
    at: int
