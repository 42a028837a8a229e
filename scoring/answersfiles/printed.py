"""What a finished filing states for figures, scores and words; what each key means stands in docs/packs.md, “As printed”.

Not here: how it is read (printedparts.py), whether it is right (checks/).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from scoring.formdata import Severity
from scoring.yamlfile import Path

MOST_DIGITS = 30
LISTS = {
    "sums": ("parts", "total"),
    "rates": ("part", "whole", "percent"),
    "growth": ("now", "before", "delta", "percent", "prior"),
    "shares": ("of", "parts", "total"),
    "balance": ("left", "right", "opening", "income", "expenditure", "closing"),
    "counts": ("stated", "listed"),
}
COMMON = ("what", "where", "code", "severity", "partial", "others")


class BadPrinted(ValueError):
    """A `printed:` part that cannot be read: the place in the file and what is expected there."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(text)
        self.path = path


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure or text as printed, and where. `code`: the code of the finding, if not the usual one."""

    stated: str
    where: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between printed figures that are no items: a sum, a rate, a growth …

    `numbers`: by role, each a literal or a formula over items; `named`: further figures by name, for the cause.
    """

    kind: str
    what: str
    numbers: Mapping[str, tuple[str, ...]]
    where: str = ""
    code: str = ""
    severity: Severity | None = None
    partial: bool = False
    named: Mapping[str, str] = field(default_factory=dict)


Statements = Mapping[str, tuple[Statement, ...]]
Lists = Mapping[str, tuple[str, ...]]  # by the paper they stand on; "" when there is only one


@dataclass(frozen=True)
class Printed:
    """All that a finished filing states. `values` by item, figure, indicator, group, `total` or `grade`.

    `text` and `text_weights`: scores and weights as the report's text states them.
    """

    values: Statements = field(default_factory=dict)
    text: Statements = field(default_factory=dict)
    weights: Statements = field(default_factory=dict)
    text_weights: Statements = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    names: Statements = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    headings: Lists = field(default_factory=dict)
    sections: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sentences: tuple[Statement, ...] = ()
    listed: Lists = field(default_factory=dict)
    present: Lists = field(default_factory=dict)
    signoff: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    survey_letters: tuple[str, ...] = ()

    def stated(self, key: str) -> str | None:
        """What the table states for a key; None when it is not printed."""
        return self.values[key][0].stated if self.values.get(key) else None

    def also(self, values: Statements) -> "Printed":
        """The same filing with further values."""
        return replace(self, values={**self.values, **values})


def number_in(text: str) -> Decimal | None:
    """The number of a printed figure, without its % or unit; None when it is none, or beyond all measure."""
    bare = re.sub(r"(?:%|％|分|万元|元|人|万人|份|个|项)$", "", text.strip().replace(",", "").replace("，", ""))
    try:
        number = Decimal(bare.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < MOST_DIGITS and len(bare) <= 2 * MOST_DIGITS else None


def amount_in(text: str, unit: str) -> Decimal | None:
    """As number_in, in `unit`: 元 and 万元 are converted when the print names the other one."""
    number, bare = number_in(text), text.strip()
    if number is None or unit not in ("元", "万元"):
        return number
    named = "万元" if bare.endswith("万元") else "元" if bare.endswith("元") else unit
    return number if named == unit else number.scaleb(-4 if unit == "万元" else 4)


def places_of(number: Decimal) -> int:
    """How many decimals it is printed with."""
    return max(0, -int(number.as_tuple().exponent))
