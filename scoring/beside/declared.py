"""What a form says about the filings beside it: answers that come from there, documents that are bound in.

These are shapes of form.yaml and documents.yaml. What comes of them is computed by arrivals.py.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from scoring.data import Data, Name

FormName = str  # the name of a form inside its pack: project, not hecheng-2020/project

# What any filing can be asked for, beside its items and computed figures.
ABOUT = ("$project", "$unit", "$total", "$grade", "$year")


class Arrival(Data):
    """Answers to `item` that are taken from the filings of another form (`origin`) of the same pack.

    `columns` alone: one line per filing. With `rows`: the lines of that table of the other form, those for which
    `where` holds. `value`: a single fact. `locked`: it can only be changed there.
    """

    item: Name
    origin: FormName = Field(alias="from", pattern=r"^[a-z0-9-]+$")
    year: Literal["this", "last"] = "this"
    value: str = ""
    rows: str = ""
    where: Mapping[Name, str | tuple[str, ...]] = Field(default_factory=dict)
    columns: Mapping[Name, str] = Field(default_factory=dict)
    locked: bool = False


class PartOf(Data):
    """A document of another form, bound in once per filing of that form."""

    form: FormName = Field(pattern=r"^[a-z0-9-]+$")
    document: Name


def form_name(form_id: str) -> FormName:
    """hecheng-2020/project → project."""
    return form_id.partition("/")[2]


def pack_name(form_id: str) -> str:
    """hecheng-2020/project → hecheng-2020."""
    return form_id.partition("/")[0]
