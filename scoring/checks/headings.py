"""Order in a paper: headings numbered without gap and in one style, lists, and the codes of indicators."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scoring.answersfiles.printed import Printed
from scoring.checks.finding import EXPLAIN, NOTICE, Finding
from scoring.wording import NUMERALS, quoted

CHINESE = "一二三四五六七八九十"
_ARABIC = 2  # the style 1. stands two below 一、, and （1） two below （一）
_STYLES = (
    ("一、", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    ("（一）", re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]")),
    ("1.", re.compile(r"(\d{1,2})[.．、](?!\d)")),
    ("（1）", re.compile(r"[（(](\d{1,2})[）)]")),
    ("①", re.compile(rf"([{NUMERALS}])")),
)


def headings(printed: Printed) -> Iterator[Finding]:
    """What is wrong with the numbers of headings and codes."""
    papers = {**printed.headings, **{p: tuple(h for h, _ in s) for p, s in printed.sections.items() if p not in printed.headings}}
    for paper, lines in papers.items():
        yield from _paper(paper, lines)
    yield from _codes(printed.codes)


def ordinal(text: str) -> int | None:
    """The number of 三, 十二, 二十, 7 or ⑦; None when it is none."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and text in NUMERALS:
        return NUMERALS.index(text) + 1
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    if not text or any(c not in CHINESE for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    return ((CHINESE.index(tens) + 1 if tens else 1) * 10 if ten else 0) + (CHINESE.index(ones) + 1 if ones else 0)


def level(line: str) -> int | None:
    """How deep a heading is by its number, 0 for 一、; None without a number."""
    read = _read(line)
    return read[0] if read else None


def _read(line: str) -> tuple[int, int] | None:
    """(style, number) of a heading; None without a number."""
    for level, (_, pattern) in enumerate(_STYLES):
        if match := pattern.match(line.strip()):
            number = ordinal(match[1])
            return None if number is None else (level, number)
    return None


def _paper(paper: str, lines: Sequence[str]) -> Iterator[Finding]:
    """A number must follow its predecessor of the same style, or begin at one below a higher style."""
    where = f"{paper}的" if paper else ""
    used = {r[0] for r in map(_read, lines) if r}
    last: dict[int, int] = {}
    unnumbered: list[str] = []
    wrong: list[str] = []
    mixed: list[str] = []
    for line in lines:
        read = _read(line)
        if read is None:
            unnumbered.append(quoted(line.strip()[:16]))
            continue
        own, number = read
        higher = own - _ARABIC if own in (_ARABIC, _ARABIC + 1) else own
        continues = number == last.get(own, 0) + 1 and (own in last or own == 0 or own - 1 in last or not last)
        if higher != own and higher in used and number == last.get(higher, 0) + 1 and (not continues or not last):
            mixed.append(quoted(line.strip()[:16]))
            own = higher
        elif number != last.get(own, 0) + 1:
            wrong.append(f"{quoted(line.strip()[:20])}（{_after(last.get(own, 0))}）")
        last = {k: v for k, v in last.items() if k < own} | {own: number}
    if used and min(used) > _ARABIC and len(lines) > 1:
        mixed.append(f"{quoted(lines[0].strip()[:16])}是第一级，应从“一、”开始")
    found = (
        (unnumbered if used else [], f"{f'{paper}里' if paper else ''}有标题没有编号，别的标题有：{{}}"),
        (mixed, f"{where}标题编号样式不统一：{{}}"),
        (wrong, f"{where}标题编号不连续：{{}}"),
    )
    for names, words in found:
        if names:
            yield Finding("NUMBERING", NOTICE, (), words.format("、".join(names[:8])), "、".join(names), "")


def _after(number: int) -> str:
    return f"前面是第 {number} 个" if number else "前面没有第 1 个"


def _codes(codes: Sequence[str]) -> Iterator[Finding]:
    """Codes of indicators: A11, A12 …: none twice, none without number, no gap inside a group."""
    seen: dict[str, dict[int, str]] = {}
    twice: list[str] = []
    bare: list[str] = []
    for code in codes:
        match = re.fullmatch(r"([A-Za-z]\d?)(\d{1,2})", code.strip())
        if match is None:
            bare.append(code)
        elif int(match[2]) in seen.setdefault(match[1], {}):
            twice.append(code)
        else:
            seen[match[1]][int(match[2])] = code.strip()
    gaps = [
        f"{numbers[low]} 之后是 {numbers[high]}" if low else f"第一个是 {numbers[high]}"
        for numbers in seen.values()
        for low, high in pairwise([0, *sorted(numbers)])
        if high - low > 1
    ]
    parts = [f"{'、'.join(found)}{words}" for found, words in ((twice, "重复"), (bare, "不完整"), (gaps, "")) if found]
    if parts:
        yield Finding(
            "ID_SEQ", EXPLAIN if twice else NOTICE, (), f"指标编号不连续：{'；'.join(parts)}", "、".join((*twice, *bare)), ""
        )
