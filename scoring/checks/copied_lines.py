"""Lines of a table beside the lines they were copied from, and beside each other: names, slips of the pen, shifted cells.

The table named by `copies:` is where a line comes from. Not here: what the targets in them say (declarations.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scoring.answers import Answers
from scoring.asked import asked
from scoring.cells import lines_of
from scoring.checks.finding import NOTICE, WRONG, Finding
from scoring.checks.goalrows import same_words
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.targets import Shape, Target, read_target
from scoring.values import Row
from scoring.wording import quoted

SLIPS = 3  # characters in which a text may differ from another and still be meant for it
SHORT = 8  # … and shorter texts differ on purpose


@dataclass(frozen=True)
class Line:
    """A line as far as its words go. `name` is None while it is open; `fellows`: the words before the name."""

    number: int
    name: str | None
    fellows: tuple[str, ...]
    words: str
    chosen: tuple[str, ...]  # labels of choices that are made
    unchosen: tuple[str, ...]


def copied_lines(form: Form, answers: Answers) -> Iterator[Finding]:
    """The findings of all tables that are asked cell by cell."""
    for item in asked(form, answers):
        if not isinstance(item, Rows) or item.asks != "cells":
            continue
        lines = _lines(item, answers)
        yield from shifted(item, lines)
        source = form.items.get(item.copies)
        if isinstance(source, Rows):
            yield from renamed(item, source, lines, _lines(source, answers))
            yield from misspelt(item, source, lines, _lines(source, answers))


def _lines(item: Rows, answers: Answers) -> tuple[Line, ...]:
    answer = answers.get(item.id)
    rows = lines_of(answer)
    return tuple(_line(item, n, row) for n, row in enumerate(rows, 1))


def _line(item: Rows, number: int, row: Row) -> Line:
    at, target = item.naming, item.place_of("target")
    name = row.cells[at] if at is not None else None
    choices = [(c.label, bool(row.cells[n])) for n, c in enumerate(item.columns) if c.type == "choice" and n > (at or 0)]
    return Line(
        number,
        None if name is None else str(name),
        tuple(str(c or "") for c in row.cells[: at or 0]),
        str(row.cells[target] or "") if target is not None else "",
        tuple(label for label, made in choices if made),
        tuple(label for label, made in choices if not made),
    )


def shifted(item: Rows, lines: Sequence[Line]) -> Iterator[Finding]:
    """Choices beside no name, while a line with a name has none: the cells stand in the wrong line."""
    for line in lines:
        if line.name != "" or not line.chosen:
            continue
        text = f"{quoted(item.label)}第 {line.number} 行没有指标，却填了{'、'.join(line.chosen)}"
        blank = [str(x.number) for x in lines if x.name and x.unchosen]
        if blank:
            text += f"；第 {'、'.join(blank)} 行有指标，这几格却空着：像是填错了行"
        yield Finding("COLUMN", WRONG, (item.id,), text)


def renamed(item: Rows, source: Rows, lines: Sequence[Line], before: Sequence[Line]) -> Iterator[Finding]:
    """A line that the copied table does not have, beside one of the same kind that only that table has."""
    own = [x for x in lines if x.name and not any(same_words(x.name, y.name or "") for y in before)]
    theirs = [y for y in before if y.name and not any(same_words(y.name, x.name or "") for x in lines)]
    for line in own:
        for other in theirs:
            name, known = line.name or "", other.name or ""
            if line.fellows == other.fellows and (name in known or known in name):
                text = f"{quoted(item.label)}里的{quoted(name)}，在{quoted(source.label)}里叫{quoted(known)}；同一个指标要用同一个名称"
                yield Finding("NAME", NOTICE, (item.id, source.id), text, name, known)


def misspelt(item: Rows, source: Rows, lines: Sequence[Line], before: Sequence[Line]) -> Iterator[Finding]:
    """Words that differ from those they were copied from by a character or two."""
    for line in lines:
        other = next((y for y in before if line.name and same_words(line.name, y.name or "")), None)
        if other is None or not (_in_words(line.words) and _in_words(other.words)) or same_words(line.words, other.words):
            continue
        if _differing(line.words, other.words) <= SLIPS:
            text = (
                f"{quoted(item.label)}里{quoted(line.name or '')}写的是{quoted(line.words)}，"
                f"{quoted(source.label)}里是{quoted(other.words)}，差一两个字，核对一下"
            )
            yield Finding("TYPO", NOTICE, (item.id, source.id), text, line.words, other.words)


def _differing(one: str, other: str) -> int:
    """How many characters one text has that the other has not, in order; the larger number of the two."""
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - same


def _in_words(text: str) -> bool:
    found = read_target(text)
    return isinstance(found, Target) and found.shape is Shape.QUALITATIVE and len(text) >= SHORT
