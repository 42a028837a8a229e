"""Answers with names and numbers taken out of every text they hold; points, figures and grades stay what they are.

An item that asks for a person or a phone number holds only the mask. Not here: who is named (finding.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scoring.answers import Answer, Answers
from scoring.form import Form
from scoring.items import Item, Person, Phone
from scoring.publishing.finding import BEFORE_TITLE, BEHIND_TITLE, NUMBERS, Names
from scoring.values import ExternalScore, ManualScore, Row, Value

MASK = "＊＊＊"


@dataclass(frozen=True, slots=True)
class Masked:
    """The answers as they may be published, and how often something was taken out, by item."""

    answers: Answers
    taken: Mapping[str, int]


def masked(form: Form, answers: Answers, names: Names) -> Masked:
    """The answers without names and numbers."""
    made: dict[str, Answer] = {}
    taken: dict[str, int] = {}
    for id, answer in answers.items():
        item = form.items.get(id)
        made[id], count = _answer(item, answer, names) if item is not None else (answer, 0)
        if count:
            taken[id] = count
    return Masked(made, taken)


def _answer(item: Item, answer: Answer, names: Names) -> tuple[Answer, int]:
    reason, more = masked_text(answer.reason, names)
    source, some = masked_text(answer.source, names)
    if isinstance(item, Person | Phone) and answer.value is not None:
        return replace(answer, value=MASK, reason=reason, source=source), 1 + more + some
    if answer.value is None:
        return replace(answer, reason=reason, source=source), more + some
    value, count = _value(answer.value, names) if _has_words(answer.value) else (answer.value, 0)
    return replace(answer, value=value, reason=reason, source=source), count + more + some


def _has_words(value: Value) -> bool:
    return isinstance(value, str | Row | ManualScore | ExternalScore | tuple)


def _value(value: Value, names: Names) -> tuple[Value, int]:
    match value:
        case str():
            return masked_text(value, names)
        case Row(cells):
            made = [masked_text(c, names) if isinstance(c, str) else (c, 0) for c in cells]
            return Row(tuple(c for c, _ in made)), sum(n for _, n in made)
        case ManualScore(_, reason):
            text, count = masked_text(reason, names)
            return replace(value, reason=text), count
        case ExternalScore(_, _, source):
            text, count = masked_text(source, names)
            return replace(value, source=text), count
        case tuple():
            rows = [_value(r, names) if isinstance(r, Row) else (r, 0) for r in value]
            return tuple(r for r, _ in rows), sum(n for _, n in rows)  # type: ignore[return-value]  # rows stay rows
    return value, 0


def masked_text(text: str, names: Names) -> tuple[str, int]:
    """A text without names and numbers, and how many were taken out."""
    count = 0
    for pattern in NUMBERS:
        text, n = pattern.subn(MASK, text)
        count += n
    if names.pattern is not None:
        text, n = names.pattern.subn(MASK, text)
        count += n
    for titled in (BEHIND_TITLE, BEFORE_TITLE):
        text, n = titled.subn(lambda m: m[0].replace(m["name"], MASK), text)
        count += n
    return text, count
