"""A fact of another filing as this form holds it: 元 and 万元, words for a choice, 80% in a column of words.

What is of another kind altogether becomes nothing, and the question is asked.
"""

from decimal import Decimal

from scoring.beside.facts import Fact, Filed, unit_of
from scoring.columns import Column
from scoring.items import Choice, Item, Number, Text
from scoring.numbers import plain
from scoring.values import Cell, Value

FIGURES = ("money", "count", "percent", "number", "weight", "points")
WORTH = {"元": Decimal(1), "万元": Decimal(10000)}


def as_cell(column: Column, fact: Fact) -> Cell:
    """The fact as this column holds it; None when it cannot."""
    value = fact.value
    if column.type in FIGURES:
        return _measured(value, fact.unit, unit_of(column)) if isinstance(value, Decimal) else None
    if isinstance(value, Decimal):
        return plain(value) + ("%" if fact.unit == "%" else "")
    return value if isinstance(value, str) and value else None


def as_value(item: Item, fact: Fact, filed: Filed, name: str) -> Value | None:
    """The fact as an answer to this item; None when it is of another kind."""
    value, origin = fact.value, filed.form.items.get(name)
    if value is None:
        return None
    if isinstance(item, Number):
        return _measured(value, fact.unit, item.unit) if isinstance(value, Decimal) else None
    if isinstance(item, Choice):
        chosen = _words(origin, value)
        return next((o.id for o in item.options if chosen in (o.id, o.text) or o.id == value), None)
    if isinstance(item, Text):
        if isinstance(value, Decimal):
            return plain(value) + ("%" if fact.unit == "%" else "")
        return _words(origin, value) or None if isinstance(value, str) else None
    return value if origin is not None and origin.type == item.type else None


def _measured(value: Decimal, unit: str, wanted: str) -> Decimal:
    """A sum of money in the unit wanted; anything else as it is."""
    if unit in WORTH and wanted in WORTH and unit != wanted:
        return Decimal(plain(value * WORTH[unit] / WORTH[wanted]))
    return value


def _words(origin: Item | None, value: Value) -> str:
    """What was chosen, in words; else the words themselves."""
    if isinstance(origin, Choice):
        return next((o.text for o in origin.options if o.id == value), str(value))
    return str(value)
