"""The closed set of rule kinds. A new kind is one file here and one line below."""

from typing import Annotated

from pydantic import Field

from scoring.rules.all_or_nothing import AllOrNothing
from scoring.rules.bands import Bands
from scoring.rules.base import Rule, Standing, Verdict
from scoring.rules.checklist_add import ChecklistAdd
from scoring.rules.converted import Converted
from scoring.rules.deduct_per_item import DeductPerItem
from scoring.rules.discretionary import Discretionary
from scoring.rules.interval_linear import IntervalLinear
from scoring.rules.proportional import Proportional
from scoring.rules.ratio_step import RatioStep

AnyRule = Annotated[
    AllOrNothing | Bands | ChecklistAdd | Converted | DeductPerItem | Discretionary | IntervalLinear | Proportional | RatioStep,
    Field(discriminator="kind"),
]

__all__ = ["AnyRule", "Rule", "Standing", "Verdict"]
