"""The policy of a table of goals: everything that forms in force do differently when a target was reached, missed or passed.

Not here: what one line is worth by it (attainment.py).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from scoring.data import Data
from scoring.numbers import Rounding, plain, rounded
from scoring.wording import outcome, quoted


class Tier(Data):
    """A degree to which a target in words was reached: points from `from` to `to`, in % of the weight."""

    name: str = Field(min_length=1)
    lowest: Decimal = Field(alias="from", ge=0, le=100)
    highest: Decimal = Field(alias="to", ge=0, le=100)


class Over(Data):
    """Over-fulfilment, in %: noted from `flag` on; from `reason` on a note is compulsory and `deduct` points are lost;
    with `unmet`, more than `reason` counts as not met."""

    flag: Decimal | None = None
    reason: Decimal | None = None
    deduct: Decimal = Field(default=Decimal(0), ge=0)
    unmet: bool = False

    @model_validator(mode="after")
    def _has_a_threshold(self) -> "Over":
        if self.reason is None and (self.deduct or self.unmet):
            raise ValueError("deduct 和 unmet 要有 reason（从百分之几起）")
        return self


USUAL = tuple(
    Tier.model_validate(tier)
    for tier in (
        {"name": "达成", "from": 100, "to": 100},
        {"name": "部分达成", "from": 60, "to": 80},
        {"name": "未达成", "from": 0, "to": 60},
    )
)


class Attainment(Data):
    """The policy of a table of goals. See docs/packs.md for the keys."""

    unmet: Literal["proportional", "by_hand", "zero"] = "proportional"
    inverse: Literal["ratio", "mirrored"] = "ratio"
    pass_line: Decimal | None = Field(default=None, ge=0, le=100, description="completion (%) below which there are no points")
    tiers: tuple[Tier, ...] = USUAL
    over: Over | None = None
    note_below: Decimal | None = Field(default=Decimal(100), description="completion (%) below which a note is asked")
    note_for_lost: bool = True
    may_deduct: bool = Field(default=False, description="a line may be given fewer points than it earned, with a note")
    rounding: Rounding = Field(default="half_up", description="of the points of a line; default: as the pack rounds")

    @model_validator(mode="after")
    def _tiers_do_not_overlap(self) -> "Attainment":
        edge = Decimal(100)
        for tier in self.tiers:
            if tier.lowest > tier.highest:
                raise ValueError(f"档次{quoted(tier.name)}的 from 不能大于 to")
            if tier.highest > edge:
                raise ValueError(f"档次要从好到差排列，互不重叠：{quoted(tier.name)}的 to 不能大于 {plain(edge)}")
            edge = tier.lowest
        if len({t.name for t in self.tiers}) < len(self.tiers):
            raise ValueError("档次的名称不能重复")
        return self

    def outcome(self, points: Fraction, weight: Fraction) -> str:
        """→ 9.89 分: the points of a line as they are printed."""
        cut = Fraction(rounded(points, 2, "down")) if self.rounding == "down" else points
        return outcome(cut, weight)

    def tier(self, name: str) -> Tier | None:
        """The tier of this name."""
        return next((t for t in self.tiers if t.name == name), None)

    def edge_is_open(self, tier: Tier) -> bool:
        """Whether the upper edge of a tier belongs to the better one."""
        return any(t is not tier and t.lowest == tier.highest for t in self.tiers)
