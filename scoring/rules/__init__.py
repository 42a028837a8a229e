"""The closed set of rule kinds. A new kind is one file here and one line below."""

from typing import Annotated

from pydantic import Field

from scoring.rules.all_or_nothing import AllOrNothing
from scoring.rules.amplified import Amplified
from scoring.rules.bands import Bands
from scoring.rules.base import Rule, Standing, Verdict
from scoring.rules.checklist_add import ChecklistAdd
from scoring.rules.choose_one import Alternative, ChooseOne
from scoring.rules.coefficient import Coefficient
from scoring.rules.converted import Converted
from scoring.rules.count_ratio import CountRatio
from scoring.rules.deduct_per_finding import DeductPerFinding
from scoring.rules.deduct_per_item import DeductPerItem
from scoring.rules.discretionary import Discretionary
from scoring.rules.interval_linear import IntervalLinear
from scoring.rules.over_fulfilment import OverFulfilment
from scoring.rules.pass_line import PassLine
from scoring.rules.points_per_reason import PointsPerReason
from scoring.rules.pool import Part, Pool
from scoring.rules.proportional import Proportional
from scoring.rules.ratio_step import RatioStep
from scoring.rules.target_attainment import TargetAttainment
from scoring.rules.tiers import Tiers

AnyRule = Annotated[
    AllOrNothing
    | Amplified
    | Bands
    | ChecklistAdd
    | ChooseOne
    | Coefficient
    | Converted
    | CountRatio
    | DeductPerFinding
    | DeductPerItem
    | Discretionary
    | IntervalLinear
    | OverFulfilment
    | PassLine
    | PointsPerReason
    | Pool
    | Proportional
    | RatioStep
    | TargetAttainment
    | Tiers,
    Field(discriminator="kind"),
]

for _holder in (Alternative, Part, ChooseOne, Coefficient, OverFulfilment, PassLine, Pool):  # they hold any rule, each other too
    _holder.model_rebuild(_types_namespace={"AnyRule": AnyRule, "Alternative": Alternative, "Part": Part})

__all__ = ["AnyRule", "ChecklistAdd", "Converted", "Discretionary", "PointsPerReason", "Rule", "Standing", "Tiers", "Verdict"]
