"""A form as its author wrote it: sections of items, checks, documents; the shapes of form.yaml and the files beside it.

Not here: what follows from what is written (form.py), the indicators (tree.py), mistakes that need more than one place
to see (lint/).
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator

from scoring.beside.declared import Arrival, PartOf
from scoring.data import Data, Name
from scoring.editions.conversions import Conversion
from scoring.items import Item
from scoring.patterns import refused
from scoring.rules.base import names_in
from scoring.tree import Branch, Cap

Severity = Literal["错误", "需说明", "提示"]


class Section(Data):
    id: Name
    title: str
    intro: str = ""
    items: tuple[Item, ...] = Field(min_length=1)


class Computed(Data):
    """A figure nobody types: printed in documents, compared with what a finished filing states."""

    id: Name
    label: str
    formula: str
    unit: str = ""
    places: int = 2
    code: str = "RATIO"
    blank_is_zero: bool = Field(default=False, description="empty table cells count as 0")


class Match(Data):
    """The line of another table that belongs to a line: its words in `column` stand in the line's column `within`."""

    table: Name
    column: Name
    within: Name


class Check(Data):
    """A relation that must hold (勾稽关系). `say` may use {left} and {right}, the two sides with numbers.

    `each`: a table; then the relation holds for every line (`row.target`, `row.unit`) for which `where` holds, or for
    all together (`sum(row.target)`); `match`: with a line of another table as `match.budget`. See checks/rowchecks.py.
    `mentions`: a pattern; the relation is only looked at where a text of the filing says so (主要原因是项目支出增加).
    """

    id: Name
    code: str
    severity: Severity = "错误"
    that: str
    say: str
    blank_is_zero: bool = Field(default=False, description="empty table cells count as 0")
    each: str = ""
    where: str = ""
    match: Match | None = None
    mentions: str = ""

    @field_validator("mentions")
    @classmethod
    def _is_pattern(cls, pattern: str) -> str:
        if why := refused(pattern):
            raise ValueError(why)
        return pattern

    @property
    def tables(self) -> Mapping[str, str]:
        """The tables behind `row` and `match`."""
        return {"row": self.each} | ({"match": self.match.table} if self.match else {}) if self.each else {}

    @property
    def names(self) -> tuple[str, ...]:
        """The items (or item.column) it reads, `row` and `match` by their tables."""
        read = [n.partition(".") for n in (*names_in(self.that), *names_in(self.where))]
        named = [f"{self.tables.get(head, head)}{dot}{tail}" for head, dot, tail in read]
        return tuple(dict.fromkeys([*named, *self.tables.values()]))


class DocumentSpec(Data):
    """A Word file: a template of templates/reports/, or several of them bound together.

    A part is a document of this form by id, or one of another form, bound in once per filing of that form.
    """

    id: Name
    title: str
    template: str = ""
    parts: tuple[str | PartOf, ...] = ()


class FormData(Data):
    """form.yaml, indicators.yaml, checks.yaml, documents.yaml and conversions.yaml of one form together."""

    title: str
    per: Literal["unit", "project"] = "unit"
    intro: str = ""
    arrivals: tuple[Arrival, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    indicators: tuple[Branch, ...] = ()
    caps: tuple[Cap, ...] = ()
    computed: tuple[Computed, ...] = ()
    checks: tuple[Check, ...] = ()
    documents: tuple[DocumentSpec, ...] = ()
    conversions: tuple[Conversion, ...] = ()
