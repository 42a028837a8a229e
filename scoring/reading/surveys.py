"""The tallies of a questionnaire as they are typed: the three counts, or one question; or all of it pasted."""

import re
from decimal import Decimal

from scoring.columns import Survey
from scoring.reading.result import NotUnderstood, Reading, Understood
from scoring.survey import COUNT_LABELS
from scoring.typednumbers import is_none, typed_number
from scoring.values import Row

BETWEEN = re.compile(r"[\s、，,/；;|]+")
LONGEST_LINE = 200
WORDS = re.compile(r"[^\d０-９\s、，,/；;|.．]+")  # 发放50份 收回50份 有效48份; A 47 B 1 C 0


def read_survey(item: Survey, text: str) -> Reading:
    """Rows as they are kept: as many as there are lines, the first one the three counts if there are all of them.

    One line alone is understood by who asks: three counts, or the ticks of one question.
    """
    rows: list[Row] = []
    lines = [line for line in text.split("\n") if line.strip()]
    for n, line in enumerate(lines, 1):
        counts = read_counts(line) if len(line) <= LONGEST_LINE else None
        if counts is None or len(counts) not in (len(COUNT_LABELS), len(item.points)) or n > 1 + len(item.questions):
            where = f"第 {n} 行：" if len(lines) > 1 else ""
            return NotUnderstood(f"{where}请只写份数，中间用空格隔开，例如：47 1 0")
        rows.append(Row(counts))
    return Understood(tuple(rows))


def read_counts(line: str) -> tuple[Decimal, ...] | None:
    """The whole numbers of a line; None when something else stands in it."""
    bare = re.sub(r"^\s*(?:第?\s*\d{1,2}\s*[题.、．)）]|[A-Za-z]\d{0,2}[.、：:])\s*", "", line)
    parts = [p for p in BETWEEN.split(WORDS.sub(" ", bare)) if p]
    found: list[Decimal] = []
    for part in parts:
        typed = typed_number(part)
        if typed is None and not is_none(part):
            return None
        number = Decimal(0) if typed is None else typed.number
        if number < 0 or number != number.to_integral_value():
            return None
        found.append(number)
    return tuple(found) or None


def fitting(item: Survey, n: int, row: Row) -> str:
    """Why this row cannot be the n-th of the tallies (0: the three counts); empty when it can."""
    wanted = len(COUNT_LABELS) if n == 0 else len(item.points)
    if len(row.cells) != wanted:
        names = "、".join(COUNT_LABELS if n == 0 else item.questions[n - 1].options)
        return f"要 {wanted} 个数（{names}），收到 {len(row.cells)} 个。"
    return ""
