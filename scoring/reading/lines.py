"""Several answers in one message: labelled lines, or a bare column of values copied from a spreadsheet."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scoring.columns import OneRow, Rows
from scoring.items import Item, LongText
from scoring.reading.read import read
from scoring.reading.result import Reading
from scoring.textgate import clean
from scoring.typednumbers import typed_number

NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)、.．]|[一二三四五六七八九十]+、|[①-⑳•·\-*])\s*")
SPLIT = re.compile(r"[\t：:=＝]|\s+")
MOST_LINES = 200  # more is no list of answers
LEAST_PART = 2  # characters a part of a label needs to stand for the whole


@dataclass(frozen=True, slots=True)
class Pasted:
    """Each line as the answer to an item, and the lines that fit none, with the reason."""

    matched: tuple[tuple[Item, Reading], ...]
    unmatched: tuple[tuple[str, str], ...]


def looks_like_paste(items: Sequence[Item], text: str) -> bool:
    """Two lines or more that are labelled answers, or nothing but values; prose never is."""
    lines = _lines(text)
    if not 2 <= len(lines) <= MOST_LINES:
        return False
    labelled = [line for line in lines if _labelled(items, line)]
    return len(labelled) >= 2 or all(typed_number(line) is not None for line in lines)


def read_lines(items: Sequence[Item], text: str, *, today: date) -> Pasted:
    """Every line read. `items` begin with the question on the screen, where a bare column begins too."""
    lines = _lines(text)
    matched: list[tuple[Item, Reading]] = []
    unmatched: list[tuple[str, str]] = []
    if all(typed_number(line) is not None for line in lines):
        return _column(items, lines, today=today)
    taken: set[str] = set()
    for line in lines:
        found = _labelled(items, line)
        if found is None:
            unmatched.append((_short(line), "没找到对应的题，请用题目里的名称开头"))
        elif found[0].id in taken:
            unmatched.append((_short(line), "这一题前面一行已经写过了"))
        else:
            taken.add(found[0].id)
            matched.append((found[0], read(found[0], found[1], today=today)))
    return Pasted(tuple(matched), tuple(unmatched))


def _column(items: Sequence[Item], lines: list[str], *, today: date) -> Pasted:
    """A bare column: into the question on the screen and those right behind it, a row taking a line for every cell."""
    matched: list[tuple[Item, Reading]] = []
    rest = lines
    for item in items:
        takes = len(item.columns) if isinstance(item, OneRow) else 1
        if len(rest) < takes or not (item.numeric or isinstance(item, OneRow)):
            break
        matched.append((item, read(item, " ".join(rest[:takes]), today=today)))
        rest = rest[takes:]
    return Pasted(tuple(matched), tuple((line, "后面不是填数字的题了，请带上题目的名称再发") for line in rest))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in clean(text.replace("\t", "　\t")).split("\n") if line.strip()]


def _short(line: str) -> str:
    return line if len(line) <= 20 else line[:20] + "…"


def _labelled(items: Sequence[Item], line: str) -> tuple[Item, str] | None:
    """The item whose label begins the line, and the rest; the longest label wins, then a unique part."""
    bare = NUMBERING.sub("", line)
    for start in (bare, line):
        found = [(i, rest) for i in items if (rest := _rest(start, i.label)) is not None]
        if found:
            item, rest = max(found, key=lambda pair: len(pair[0].label))
            return (item, rest) if rest else None
    pieces = SPLIT.split(bare, maxsplit=1)
    if len(pieces) < 2 or not pieces[1].strip():
        return None
    name, rest = _plain(pieces[0]), pieces[1].strip(" ：:=＝\t　")
    near = [i for i in items if len(name) >= LEAST_PART and name in _plain(i.label) and not isinstance(i, LongText | Rows)]
    starting = [i for i in near if _plain(i.label).startswith(name)]
    for candidates in (starting, near):
        if len(candidates) == 1:
            return candidates[0], rest
    return None


def _rest(line: str, label: str) -> str | None:
    """What follows the label at the beginning of the line; None when the line does not begin with it."""
    at = 0
    for wanted in _plain(label):
        while at < len(line) and not _plain(line[at]):
            at += 1
        if at >= len(line) or _plain(line[at]) != wanted:
            return None
        at += 1
    rest = line[at:]
    if rest and not re.match(r"[\s：:=＝\d０-９（(\-－负约一二三四五六七八九十百千两零是否有无改应为实]", rest):
        return None
    return re.sub(
        r"^(?:改成|改为|应该是|应为|实际是|是|为)(?=[\d０-９一二三四五六七八九十百千两零约])", "", rest.strip(" ：:=＝\t　")
    )


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Letters and figures only: quotes, brackets and spaces do not tell labels apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
