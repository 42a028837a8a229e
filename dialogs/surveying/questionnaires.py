"""What a survey asks, and what its tallies come to. Pure.

An item of type `survey` brings its own questions; a percentage of satisfaction is asked in one question or more of the
filler's own words, with four grades of which the first three count as satisfied (满意率).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dialogs.surveying.goallines import takes_rates
from scoring.columns import Survey
from scoring.items import Item, Percent
from scoring.numbers import plain, round_half_up
from scoring.values import Row, Value

GRADES = ("非常满意", "满意", "基本满意", "不满意")
SATISFIED = 3  # the first so many grades
LEAST = 30  # valid answers below which a sample is small, where the form says nothing
MOST_QUESTIONS = 10
LONGEST_QUESTION = 80
PLACES = 2  # decimals of a rate


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the words of its options."""

    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tallies:
    """What came in. `ticks`: per question, how often each option; of valid answers only."""

    opened: int = 0
    returned: int = 0
    valid: int = 0
    ticks: tuple[tuple[int, ...], ...] = ()


def suits(item: Item) -> bool:
    """Whether a survey can answer this item."""
    rate = isinstance(item, Percent) and (bool(item.polled) or "满意" in item.label)
    return rate or isinstance(item, Survey) or takes_rates(item)


def questions_for(item: Item, unit: str, own: Sequence[str] = (), project: str = "") -> tuple[Asked, ...]:
    """The questions of a survey for this item; `own` in the filler's words where the form has none."""
    if isinstance(item, Survey):
        return tuple(Asked(q.text, q.options) for q in item.questions)
    about = f"您对“{project}”这个项目满意吗？" if project else f"您对{unit}的工作和服务满意吗？"
    default = (item.polled if isinstance(item, Percent) else "") or about
    return tuple(Asked(text, GRADES) for text in (own or (default,)))


def least_for(item: Item) -> int:
    """How many valid answers there should be."""
    return (item.minimum if isinstance(item, Survey) else 0) or LEAST


def own_questions(text: str) -> tuple[tuple[str, ...], str]:
    """(the questions, what is wrong with them) as typed, one a line."""
    lines = tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())
    if not lines or len(lines) > MOST_QUESTIONS:
        return (), f"一行一个问题，1 到 {MOST_QUESTIONS} 个；题目多了，没有人愿意填。"
    long = next((line for line in lines if len(line) > LONGEST_QUESTION), "")
    if long:
        return (), f"“{long[:12]}……”有 {len(long)} 个字，手机上看不完；一个问题最多 {LONGEST_QUESTION} 字。"
    if any(len(line) < 4 for line in lines):
        return (), "问题太短，别人看不懂问的是什么。"
    return lines, ""


def to_json(questions: Sequence[Asked]) -> str:
    """The questions as they are stored with the survey: what was asked stays what was asked."""
    return json.dumps([[q.text, list(q.options)] for q in questions], ensure_ascii=False)


def from_json(text: str) -> tuple[Asked, ...]:
    return tuple(Asked(said, tuple(options)) for said, options in json.loads(text))


def tallied(questions: Sequence[Asked], answers: Sequence[tuple[Sequence[int | None], bool]]) -> Tallies:
    """The tallies of (marks, whether they are all there)."""
    ticks = [[0] * len(q.options) for q in questions]
    for marks, valid in answers:
        for n, mark in enumerate(marks):
            if valid and mark is not None and n < len(ticks) and mark < len(ticks[n]):
                ticks[n][mark] += 1
    returned = sum(any(m is not None for m in marks) for marks, _ in answers)
    return Tallies(len(answers), returned, sum(valid for _, valid in answers), tuple(tuple(t) for t in ticks))


def rate(tallies: Tallies) -> Fraction | None:
    """满意率 in per cent, over all questions; None without a valid answer."""
    every = sum(sum(t) for t in tallies.ticks)
    return Fraction(100 * sum(sum(t[:SATISFIED]) for t in tallies.ticks), every) if every else None


def value_of(item: Item, tallies: Tallies, issued: int | None) -> Value | None:
    """What the survey proposes as the answer to its item; None while there is nothing to propose.

    `issued`: 发放, where the filler has said it; else as many as opened it, and never fewer than came back.
    """
    if not tallies.valid:
        return None
    if isinstance(item, Survey):
        given_out = max(tallies.opened if issued is None else issued, tallies.returned)
        counts = Row(tuple(Decimal(n) for n in (given_out, tallies.returned, tallies.valid)))
        return (counts, *(Row(tuple(Decimal(n) for n in t)) for t in tallies.ticks))
    exact = rate(tallies)
    return None if exact is None else Decimal(plain(round_half_up(exact, PLACES)))


def worked_out(tallies: Tallies) -> str:
    """The rate with the figures it is made of: 29÷30＝96.67%."""
    exact = rate(tallies)
    if exact is None:
        return ""
    good, every = sum(sum(t[:SATISFIED]) for t in tallies.ticks), sum(sum(t) for t in tallies.ticks)
    return f"{good}÷{every}＝{plain(round_half_up(exact, PLACES))}%"
