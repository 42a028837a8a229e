"""A part of the weight as a pack writes it: 1/3, 20% or 0.2 — exact, never a float."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from scoring.numbers import plain

WRITTEN = re.compile(r"(\d{1,9})\s*/\s*([1-9]\d{0,8})")
DECIMAL = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(%?)")


def _read(value: object) -> Fraction:
    text = format(value, "f") if isinstance(value, Decimal) else str(value).strip()
    quotient, number = WRITTEN.fullmatch(text), DECIMAL.fullmatch(text)
    if quotient:
        return Fraction(int(quotient[1]), int(quotient[2]))
    if number:
        return Fraction(number[1]) / (100 if number[2] else 1)
    raise PydanticCustomError("share", "应写成 1/3、20% 或 0.2 这样")


Share = Annotated[Fraction, PlainValidator(_read)]


def told_share(share: Fraction) -> str:
    """20% where it is a whole number of percent, else 1/3."""
    percent = share * 100
    return f"{plain(percent)}%" if (percent * 100).denominator == 1 else f"{share.numerator}/{share.denominator}"
