"""Lists inside a text: “内设8个股室，分别为：……”, “设立甲、乙、丙3个指标”, 一是……二是……."""

import re
from collections.abc import Iterator

from scoring.checks.finding import NOTICE, WRONG
from scoring.checks.headings import ordinal
from scoring.formdata import Severity
from scoring.wording import NUMERALS, quoted

Odd = tuple[str, Severity, str, str, str]  # code, severity, sentence, stated, right

_DIGITS = "一二三四五六七八九十"
_NUMBER = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})"
_THING = r"[个项类家所名种]([一-龥]{1,10}?)"
_AFTER = re.compile(rf"{_NUMBER}{_THING}[，,（(]?(?:分别为|分别是|即)[：:]?([^。；\n]{{1,600}})")
_BEFORE = re.compile(rf"(?:设立|设置|下设)([^。；，\n：:]{{3,150}}?){_NUMBER}{_THING}(?=[。；，\n]|$)")
_STEPS = re.compile(r"(?:^|[。；，：:！\s])([一二三四五六七八九十])是(?!否)")


def lists_in(text: str) -> Iterator[Odd]:
    """Counts that do not equal what is listed, and steps that skip a number."""
    for match in _AFTER.finditer(text):
        yield from _compared(match[1], match[2], match[3])
    for match in _BEFORE.finditer(text):
        if "、" in match[1]:
            yield from _compared(match[2], match[3], match[1])
    yield from _steps(text)
    yield from _circles(text)


def _compared(number: str, thing: str, listed: str) -> Iterator[Odd]:
    stated = ordinal(number.replace("两", "二"))
    bare = re.sub(r"（[^（）]*）|\([^()]*\)", "", listed)
    least = [p for p in re.split("、", bare) if p.strip()]
    most = [p for p in re.split("、|，|,|和|及|与|以及", bare) if p.strip()]
    if stated is None or len(least) < 2 or len(least) <= stated <= len(most):
        return
    names = "、".join(p.strip()[:12] for p in least[:12])
    yield (
        "COUNT_OF",
        WRONG,
        f"写的是{quoted(f'{number}个{thing}')}，列出来的有 {len(least)} 个：{names}",
        str(stated),
        str(len(least)),
    )


def _steps(text: str) -> Iterator[Odd]:
    """一是 … 二是 … in order; a new 一是 begins again."""
    last = 0
    for match in _STEPS.finditer(text):
        step = ordinal(match[1]) or 1
        if step not in (1, last + 1):
            before = f"“{_DIGITS[last - 1]}是”后面" if last else "一开头"
            words = f"{before}直接是“{_DIGITS[step - 1]}是”，中间少了一条或序号写错了"
            yield "COUNT_OF", NOTICE, words, str(step), str(last + 1)
        last = step


def _circles(text: str) -> Iterator[Odd]:
    """① ② ③ in order; a new ① begins again."""
    last = 0
    for sign in re.findall(f"(?:^|[。；;：:，、\\s])([{NUMERALS}])", text):
        number = NUMERALS.index(sign) + 1
        if number not in (1, last + 1):
            before = f"{NUMERALS[last - 1]}后面" if last else "一开头"
            yield "NUMBERING", NOTICE, f"{before}直接是{sign}，中间少了一条或序号写错了", sign, NUMERALS[last]
        last = number
