"""pack.yaml: who issues the forms, for which year, and what holds for all of them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from scoring.calendar import Days, WrittenDays
from scoring.data import Data
from scoring.numbers import Rounding

Policy = Literal["full", "excluded", "zero"]
Folder = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]


class Grade(Data):
    """A grade and the lowest total (of 100) that earns it; edges belong to the better grade."""

    name: str
    lowest: Decimal = Field(alias="from")


class PackInfo(Data):
    """pack.yaml: who issues the forms, for which year, and what holds for all of them."""

    county: str
    title: str
    year: int = Field(ge=2000, le=2100)
    source: str = ""
    grades: tuple[Grade, ...] = ()
    pass_line: str = Field(default="", description="the grade or the points below which 不合格 is printed")
    places: int = Field(default=2, ge=0, le=4, description="decimals of points")
    rounding: Rounding = "half_up"
    not_applicable: Policy = "full"
    evidence: Literal["judged", "all", "none"] = Field(
        default="judged", description="which indicators want evidence by themselves"
    )
    notes: tuple[str, ...] = ()
    calendar: Mapping[Folder, WrittenDays] = Field(default={}, description="by form: when it opens, is due, reviewed, published")

    def days_of(self, form: str, year: int) -> Days:
        """The calendar of a form (the name of its folder) for the year that is evaluated."""
        written = self.calendar.get(form)
        return written.in_year(year, self.year) if written else Days()

    @property
    def passing(self) -> Decimal | None:
        """The pass line in points of 100; None when there is none, or none that can be read (lint says so)."""
        named = [g.lowest for g in self.grades if g.name == self.pass_line]
        if named or not self.pass_line:
            return named[0] if named else None
        return Decimal(self.pass_line) if re.fullmatch(r"\d{1,3}(\.\d{1,4})?", self.pass_line) else None
