"""The tree of indicators: groups of any depth, the indicators with their rules, and the caps on what they add up to.

Not here: how points become a scorecard (scorecard.py), or what a rule is (rules/).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scoring.data import Data, Evidence, Name
from scoring.items import Manual
from scoring.numbers import plain
from scoring.pack import Policy
from scoring.rules import AnyRule
from scoring.wording import quoted


class Reading(Data):
    """The printed rule taken literally, where the pack follows a more sensible reading.

    `literal` is the rule word for word; a finished filing whose printed points differ from it is told so.
    """

    code: Literal["RULE_DIRECTION", "RULE_MAX", "RULE_TEXT"]
    says: str
    follows: str
    literal: AnyRule | None = None


class Indicator(Data):
    """A level-3 indicator: weight in 分, the printed wording, and the rule that gives the points."""

    id: Name
    name: str
    weight: Decimal = Field(gt=0)
    printed_rule: str
    printed_note: str = ""
    explain: str = Field(default="", description="the rule in plain words")
    source: str = ""
    rule: AnyRule
    readings: tuple[Reading, ...] = ()
    not_applicable: Policy | None = Field(default=None, description="overrides the pack's")
    places: int | None = Field(default=None, ge=0, le=4, description="overrides the pack's")
    printed_weight: Decimal | None = Field(default=None, description="the broken weight on paper; `weight` is the repaired one")
    good: str = ""
    bad: str = ""
    evidence: Evidence | None = Field(default=None, description="materials that prove it, by name, or true; overrides the pack's")

    @property
    def manual_id(self) -> str:
        """The item that asks for points when the rule is silent."""
        return f"{self.id}_points"


class Group(Data):
    """A level-1 or level-2 indicator: its weight must equal the sum of what stands below it."""

    id: Name
    name: str
    weight: Decimal = Field(gt=0)
    printed_weight: Decimal | None = Field(default=None, description="the broken weight on paper; `weight` is the repaired one")
    children: tuple["Branch", ...] = Field(min_length=1)


def _is_group(data: object) -> str:
    """Which of the two a branch of the tree is: what has children is a group, also when something in it is wrong."""
    return "group" if isinstance(data, Group) or (isinstance(data, dict) and "children" in data) else "indicator"


Branch = Annotated[Annotated[Group, Tag("group")] | Annotated[Indicator, Tag("indicator")], Discriminator(_is_group)]
Group.model_rebuild()


class Cap(Data):
    """While a condition holds, the total is at most so many points. `say`: why, in a sentence for people."""

    when: str
    at_most: Decimal = Field(ge=0)
    say: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where an indicator stands in its tree."""

    indicator: Indicator
    path: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(g.name for g in self.path)


def places_below(branch: Group | Indicator, above: tuple[Group, ...] = ()) -> Iterator[Place]:
    """The indicators of a branch in printed order, each with the groups above it."""
    if isinstance(branch, Indicator):
        yield Place(branch, above)
        return
    for child in branch.children:
        yield from places_below(child, (*above, branch))


def points_by_hand(indicator: Indicator, places: int) -> Manual:
    """The question for points where the rule of an indicator is silent."""
    weight = plain(indicator.weight)
    return Manual(
        id=indicator.manual_id,
        type="manual_score",
        label=f"{indicator.name}得分",
        ask=f"{quoted(indicator.name)}按评分标准算不出分数，请在 0–{weight} 分之间自评，并写明理由。",
        help="先写分数，再写理由，例如：" + f"{weight} 本年度没有这类支出，不存在超支。",
        printed=indicator.printed_rule,
        max=indicator.weight,
        places=places,
    )
