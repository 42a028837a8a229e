"""Numbers as people type them: Arabic, full-width and Chinese numerals, separators, units stuck to them.

Exact: decimals are read digit by digit (cn2an reads only whole Chinese numbers, since it computes decimals in
floats). Here a text becomes a Decimal and a unit; what that means for an item is decided in reading/figures.py.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from scoring.numbers import plain

MAX_DIGITS = 18
LONGEST = 64  # characters that may be one figure, unit and all
GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[,，\s]\d{3})+(?!\d)")

CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点負负"
_DIGIT = {c: str(n % 10) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_DIGIT |= {c: str(n) for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}

SCALES = {"亿": Decimal(10**8), "百万": Decimal(10**6), "千": Decimal(1000), "万": Decimal(10000), "": Decimal(1)}
ABOUT = re.compile(r"^(?:大概|大约|约|估计|差不多|将近|暂估|预计)|(?:左右|上下|（暂估）|\(暂估\)|暂估)$")
NUMBER = re.compile(
    r"(?P<sign>[-－−负負])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[" + CHINESE_DIGITS + r"]+)(?P<rest>.*)"
)
DATED = re.compile(r"([〇零一二三四五六七八九十0-9]+)(?=[年月日号])")
REST = re.compile(r"(?P<scale>亿|百万|千万|万|千|)(?P<unit>元|人次|批次|个百分点|百分点|%|[^\d\s]{0,4})(?:整|钱)?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number with the scale already multiplied in. `scaled`: a 万 or 亿 was typed; `about`: 约, 大概."""

    number: Decimal
    unit: str
    scaled: bool
    about: bool
    bare: Decimal  # the number before its scale


NOTHING_OF = "采购|公车|车|结转结余|结转|结余|支出|发生|出现|违规|调整过|调整|调|花钱|花|开支|出国|接待|退休|项目|考核|安排|基金|经费|这项|这笔|这些"
NONE = re.compile(
    rf"(?:都|全都|全)?(?:没有|没|无|未)(?:过|政府性|国有资本|社保|固定)?(?:{NOTHING_OF})?(?:支出|经费|费用|资金|情况|人员|资产|过)?"
    r"|[-—－/]{1,2}|都是0|全是0"
)


def is_none(text: str) -> bool:
    """Whether the text says that there is nothing: 没有, 无, 没有采购, a dash."""
    return NONE.fullmatch(text.strip().rstrip("。.!！的了")) is not None


def fold(text: str) -> str:
    """Full-width figures and signs to plain ones; spaces and separators between digits out."""
    text = unicodedata.normalize("NFKC", text).strip().rstrip("。.;,、!吧啊呢哦了")
    text = text.replace("－", "-").replace("−", "-").replace("—", "-")
    text = GROUPED.sub(lambda m: re.sub(r"[,，\s]", "", m[0]), text)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)  # a space between figures keeps two numbers apart


def typed_number(text: str) -> Typed | None:
    """The number in the text, when the text is a number and nothing else."""
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    about = False
    while match := ABOUT.search(folded):
        folded, about = folded.replace(match[0], "", 1), True
    percent = folded.startswith("百分之")
    folded = folded.removeprefix("百分之")
    match = NUMBER.fullmatch(folded)
    if not match:
        return None
    digits, rest = match["number"], match["rest"]
    while (
        digits and not digits[0].isdigit() and digits[0] != "." and digits[-1] in "万亿千" and len(digits) > 1 and "点" in digits
    ):
        digits, rest = digits[:-1], digits[-1] + rest
    number = _number(digits)
    ending = REST.fullmatch(rest)
    if number is None or ending is None or len(number.as_tuple().digits) > MAX_DIGITS:
        return None
    scale = {"千万": Decimal(10**7)}.get(ending["scale"]) or SCALES[ending["scale"]]
    unit = "%" if percent or ending["unit"] in ("个百分点", "百分点") else ending["unit"]
    if match["sign"]:
        number = -number
    scaled = bool(ending["scale"]) or any(c in "万亿" for c in digits)
    return Typed(_tidy(number * scale), unit, scaled, about, number)


def dated_in_figures(text: str) -> str:
    """The same text with the years, months and days written in figures: 三月三十一日 becomes 3月31日."""

    def figure(match: re.Match[str]) -> str:
        typed = typed_number(match[1])
        return str(typed.number) if typed else match[1]

    return DATED.sub(figure, text)


def _number(digits: str) -> Decimal | None:
    if digits[0].isdigit() or digits[0] == ".":
        return Decimal(digits.replace(",", ""))
    whole, point, decimals = digits.partition("点")
    if point and (not decimals or any(d not in _DIGIT for d in decimals)):
        return None
    if all(c in _DIGIT for c in whole) and len(whole) > 1:
        integer: int | None = int("".join(_DIGIT[c] for c in whole))
    else:
        integer = _chinese(whole)
    if integer is None:
        return None
    return Decimal(f"{integer}.{''.join(_DIGIT[d] for d in decimals)}") if point else Decimal(integer)


def _chinese(text: str) -> int | None:
    from cn2an import cn2an  # slow to load, and few write 二十万

    plain = text.replace("两", "二").replace("〇", "零")
    try:
        return int(cn2an(plain, "normal"))
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def _tidy(number: Decimal) -> Decimal:
    """Without the trailing zeros that a scale has brought in: 2.47 万 is 24700, not 24700.00."""
    return Decimal(plain(number))
