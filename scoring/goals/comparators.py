"""How comparisons are written: ≥98%, 不低于98%, 98%以上; and the one form in which texts of goals are looked at.

Not here: what such a text stands for (targets.py, actuals.py).
"""

import re
import unicodedata

LONGEST = 200  # characters of a target or an actual value
NOTHING = ("无", "没有", "-", "--", "/", "—", "——", "－", "无此项")

PREFIXES = {
    "≥": r">=|=>|≥|≧|⩾|大于或?等于|不(?:得|能)?(?:低于|少于|小于)|至少|最少",
    "≤": r"<=|=<|≤|≦|⩽|小于或?等于|不(?:得|能)?(?:超过|高于|大于|多于)|最多|至多|控制在",
    "＞": r">|大于|高于|超过|多于",
    "＜": r"<|小于|低于|少于",
    "=": r"=|等于",
}
PREFIX = re.compile("|".join(f"(?P<p{n}>{words})" for n, words in enumerate(PREFIXES.values())))
SUFFIXES = {"≥": re.compile(r"(?:及|或)?以上$"), "≤": re.compile(r"(?:(?:及|或)?以下|以内|之内)$")}
SIGNS = "≥≤<>=≧≦⩾⩽"


def evened(text: str) -> str:
    """Full-width signs and figures to plain ones, spaces out, dashes alike."""
    evened = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。.;,、!")
    return re.sub("[–—―−─]", "-", evened)


def split_comparator(text: str) -> tuple[str, str]:
    """The comparator at the beginning, and what follows it."""
    match = PREFIX.match(text)
    if not match:
        return "", text
    place = next(n for n, words in enumerate(match.groups()) if words)
    return list(PREFIXES)[place], text[match.end() :]


def short(text: str) -> str:
    """The text as it is repeated back, cut where it is long."""
    return text if len(text) <= 20 else text[:20] + "…"
