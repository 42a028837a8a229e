"""The bases of what is read from a pack: immutable, strict about keys, equal only to itself; and what every item has."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Material = Annotated[str, Field(min_length=2, max_length=40)]
Evidence = bool | Annotated[tuple[Material, ...], Field(min_length=1, max_length=12)]


class Data(BaseModel):
    """Immutable, and an unknown key is a mistake.

    Each is itself and equal to nothing else: verdicts are remembered by these objects, and hashing an indicator
    by all it holds would cost more than judging it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class ItemBase(Data):
    """What every item has, whatever its type."""

    id: Name
    label: str = Field(min_length=1, description="the short name, as on the paper form")
    ask: str = Field(default="", description="the question in plain words; default: label")
    help: str = Field(default="", description="plain words for 说明")
    source: str = Field(default="", description="where the figure is found: 决算表, 编制批复 …")
    printed: str = Field(default="", description="wording of the paper form, verbatim")
    note: str = Field(default="", description="one line shown with the question where the paper form misleads")
    good: str = Field(default="", description="a good answer, as example")
    bad: str = Field(default="", description="a bad answer, and why")
    when: str = Field(default="", description="formula; asked only while it holds")
    optional: bool = Field(default=False, description="may stay empty; printed as 无")
    not_applicable: str = Field(default="", description="the reason recorded by the button 不适用; empty: no button")
    last_year: str = Field(default="", description="item or item.column of last year's filing with the same fact")
    evidence: Evidence = Field(default=False, description="materials that prove it, by name; true: any will do")

    @property
    def question(self) -> str:
        return self.ask or self.label

    @property
    def numeric(self) -> bool:
        return False
