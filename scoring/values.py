"""The values an answer can have, and their JSON form in the store.

| item type | value |
|---|---|
| money, count, percent, instances | Decimal in the item's own unit |
| yes_no | bool |
| checklist | tuple of the ids of the criteria that are met |
| choice | the id of the option |
| short_text, long_text, person, phone | str |
| date | datetime.date |
| external_score | ExternalScore |
| manual_score | ManualScore |
| row | Row, one cell per column, None where the cell is still open |
| rows | tuple of Row |

All are immutable and hashable, because verdicts are remembered by their inputs.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = Decimal | str | None


@dataclass(frozen=True, slots=True)
class ExternalScore:
    """A score given by somebody else: points out of maximum, and by whom."""

    points: Decimal
    maximum: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class ManualScore:
    """Points the filler gives where the rule is silent, with the reason (compulsory)."""

    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, cells in the order of the item's columns."""

    cells: tuple[Cell, ...]


Value = Decimal | bool | str | date | tuple[str, ...] | tuple[Row, ...] | Row | ExternalScore | ManualScore


def to_json(value: Value) -> str:
    """The value as compact JSON; `from_json` with the same item type gives it back."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Value | Cell) -> object:
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case ExternalScore(points, maximum, source):
            return [_plain(points), _plain(maximum), source]
        case ManualScore(points, reason):
            return [_plain(points), reason]
        case Row(cells):
            return [_plain(c) for c in cells]
        case tuple():
            return [_plain(v) for v in value]
