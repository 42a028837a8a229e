"""Items: one fact each, asked once, used everywhere — the closed set of question types.

An item is data from a pack's form.yaml. Here stands what an author may write and how a stored value
comes back; how typed text becomes a value is in reading/, how it is asked is in the chat templates.
"""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from scoring.columns import OneRow, Rows, Survey, Table, typed_cell
from scoring.data import Data, ItemBase, Name
from scoring.numbers import plain
from scoring.values import ExternalScore, ManualScore, Row, Value


class Number(ItemBase):
    unit: str = ""
    min: Decimal | None = Decimal(0)
    max: Decimal | None = None

    @property
    def numeric(self) -> bool:
        return True


class Money(Number):
    """Decimal in `unit`; 元, 万元 and 亿元 are understood and converted."""

    type: Literal["money"]
    unit: Literal["元", "万元"] = "万元"
    large: bool = Field(default=False, description="10000 万元 and more is usual here; not asked whether 元 was meant")


class Quantity(Number):
    """Any decimal in its own unit: 2.47 万人, 98.5 分; never taken for money."""

    type: Literal["number"]


class Count(Number):
    """A whole number of 人, 项, 份 …"""

    type: Literal["count"]
    unit: str = "个"


class Instances(Number):
    """How often something wrong happened; 0 is the good answer."""

    type: Literal["instances"]
    unit: str = "例"


class Percent(Number):
    """98.5 stands for 98.5%. Above 100 only with a higher `max`, below 0 only with a lower `min`."""

    type: Literal["percent"]
    unit: Literal["%"] = "%"
    max: Decimal | None = Decimal(100)
    polled: str = Field(default="", max_length=80, description="the question an online survey asks, whose result this is")


class YesNo(ItemBase):
    type: Literal["yes_no"]


class Criterion(Data):
    """One line of a checklist. `bad`: a yes is the bad answer, so it counts as met when not ticked."""

    id: Name
    text: str
    bad: bool = False


class Checklist(ItemBase):
    """The criteria an indicator looks at, ticked one by one."""

    type: Literal["checklist"]
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=20)


class Option(Data):
    id: Name
    text: str


class Choice(ItemBase):
    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)


class Text(ItemBase):
    max_length: int = 100


class Words(Text):
    personal: bool = Field(default=False, description="says something of a person: an address, an identity number …")


class ShortText(Words):
    type: Literal["short_text"]


class LongText(Words):
    type: Literal["long_text"]
    max_length: int = 3000


class Person(Text):
    """A person's name; never logged."""

    type: Literal["person"]
    max_length: int = 20


class Phone(ItemBase):
    """A phone number; never logged."""

    type: Literal["phone"]


class Date(ItemBase):
    type: Literal["date"]


class External(ItemBase):
    """A score given elsewhere, with its maximum and its source."""

    type: Literal["external_score"]


class Manual(ItemBase):
    """Points between `min` and `max` where the rule is silent, with a compulsory reason.

    `ranges`: where only some parts of it are open (0 or 6 to 10); the ends belong to them.
    """

    type: Literal["manual_score"]
    min: Decimal = Decimal(0)
    max: Decimal
    places: int = 2
    ranges: tuple[tuple[Decimal, Decimal], ...] = ()

    @property
    def span(self) -> str:
        """0–10, or 0 或 6–10."""
        parts = self.ranges or ((self.min, self.max),)
        return " 或 ".join(plain(low) if low == high else f"{plain(low)}–{plain(high)}" for low, high in parts)

    def holds(self, points: Decimal) -> bool:
        """Whether these points may be given."""
        return any(low <= points <= high for low, high in self.ranges or ((self.min, self.max),))


Item = Annotated[
    Money
    | Quantity
    | Count
    | Instances
    | Percent
    | YesNo
    | Checklist
    | Choice
    | ShortText
    | LongText
    | Person
    | Phone
    | Date
    | External
    | Manual
    | OneRow
    | Rows
    | Survey,
    Field(discriminator="type"),
]


def is_personal(item: Item) -> bool:
    """Whether its answer is data about a person: a name, a phone number, or what the pack says is."""
    return isinstance(item, Person | Phone) or (isinstance(item, Words) and item.personal)


REMEMBERED = 100  # characters of a stored value that is worth remembering decoded


@lru_cache(maxsize=65536)
def from_json(item_type: str, text: str) -> Value:
    """The value stored as JSON by values.to_json, for an item of this type."""
    raw = json.loads(text)
    match item_type:
        case "money" | "number" | "count" | "instances" | "percent":
            return Decimal(raw)
        case "date":
            return date.fromisoformat(raw)
        case "checklist":
            return tuple(str(c) for c in raw)
        case "external_score":
            return ExternalScore(Decimal(raw[0]), Decimal(raw[1]), raw[2])
        case "manual_score":
            return ManualScore(Decimal(raw[0]), raw[1])
        case "yes_no":
            return bool(raw)
        case "survey":
            return tuple(Row(tuple(Decimal(c) for c in row)) for row in raw)
    assert isinstance(raw, str), item_type
    return raw


@lru_cache(maxsize=65536)
def table_from_json(item: Table, text: str) -> Row | tuple[Row, ...]:
    """As from_json, for the two table types, whose cells are typed by their columns."""
    raw = json.loads(text)
    return _row(item, raw) if isinstance(item, OneRow) else tuple(_row(item, r) for r in raw)


def _row(item: Table, cells: list[str | None]) -> Row:
    return Row(tuple(typed_cell(c, v) for c, v in zip(item.columns, cells, strict=True)))


def stored_value(item: Item, text: str) -> Value:
    """The value of `item` from its JSON in the store."""
    remembered = len(text) <= REMEMBERED  # long texts differ each time, and are nobody's business afterwards
    if isinstance(item, Table):
        return table_from_json(item, text) if remembered else table_from_json.__wrapped__(item, text)
    return from_json(item.type, text) if remembered else from_json.__wrapped__(item.type, text)


def figure_label(item: Item, column: str = "") -> tuple[str, str]:
    """The name and unit of a figure, for sentences: ("公务接待（2020年决算数）", "万元")."""
    if isinstance(item, Survey):
        return f"{item.label}（{_TALLIES.get(column, '这一题得分')}）", "份" if column in (
            "issued",
            "returned",
            "valid",
        ) else "分"
    if isinstance(item, Table) and column:
        cell = item.columns[item.position(column)]
        return f"{item.label}（{cell.label}）", cell.unit or ("万元" if cell.type == "money" else "")
    return item.label, item.unit if isinstance(item, Number) else ""


_TALLIES = {"issued": "发放", "returned": "收回", "valid": "有效", "total": "总分", "composite": "综合得分"}
