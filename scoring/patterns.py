"""The patterns a pack may look for in texts: those that a text of any length cannot keep busy.

A group that may come again and again, or a part without a bound, can make Python's engine try more ways than there are
seconds; every answer of a filing would then wait for it. Not here: what a pattern is looked for in (checks/declared.py).
"""

import re

LONGEST = 200  # characters
MOST = 2000  # ways in which its optional and repeated parts can come together
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*(?:,\d*)?\}|.", re.DOTALL)
_BOUNDED = re.compile(r"\{(\d{1,2})(?:,(\d{1,2}))?\}")


def refused(pattern: str) -> str:
    """Why a pack may not look for this pattern; empty when it may."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as e:
        return f"不是合格的正则表达式：{e}"
    if len(pattern) > LONGEST:
        return f"太长（{len(pattern)} 字符，最多 {LONGEST}）"
    parts = _PART.findall(pattern)
    ways = 1
    for before, part in zip(["", *parts], parts, strict=False):
        if before == "(" and part == "?":
            continue  # (?:…), (?<!…)
        if part in "*+" or (part.startswith("{") and len(part) > 1 and not _BOUNDED.fullmatch(part)):
            return f"{before}{part} 没有上限，请写成 {before}{{0,20}} 这样"
        if part.startswith("{") and len(part) > 1 and before == ")":
            return "括号里的一组不能重复，只能用 ? 表示可有可无"
        if part == "?":
            ways *= 2
        elif times := _BOUNDED.fullmatch(part):
            ways *= int(times[2] or times[1]) - int(times[1]) + 1
    if re.search(r"\\[1-9]|\(\?P=", pattern):
        return "不能引用前面的一组"
    return "可有可无、可多可少的地方太多，请写得具体些" if ways > MOST else ""
