"""Figures inside a text that do not agree with each other: growth, completion rates, sums with 其中.

Only sentences of a known pattern are read, and a figure is called wrong only when no reading of the sentence makes it
right.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.answersfiles.printed import places_of
from scoring.checks.arithmetic import Arithmetic, Cell
from scoring.checks.causes import likely_cause
from scoring.checks.finding import WRONG
from scoring.checks.printed_figures import explained, graded
from scoring.checks.text_lists import Odd
from scoring.numbers import plain, round_half_up
from scoring.wording import quoted

_N = r"(\d{1,12}(?:\.\d{1,6})?)"
_MONEY = re.compile(rf"(?<![\d.]){_N}(?:万元|元)")
_UP = r"(增加|增长|上升|减少|下降|降低)(?:了)?"
_GAP = r"(?:(?!增加|增长|上升|减少|下降|降低)[^，。；\d]){0,12}?"
_FROM = re.compile(rf"(?:比|较)(?:上年度?|去年|上一年度?){_GAP}{_N}(?:万元|元)?[，,]?{_UP}{_N}[%％]")
_DELTA = re.compile(rf"(?:比|较)(?:上年度?|去年|上一年度?)[^，。；\d]{{0,8}}?{_UP}{_N}(?:万元|元)[，,]?{_UP}{_N}[%％]")
_DIFFERENCE = re.compile(
    rf"(?<![\d.]){_N}(?:万元|元)[，]?(?:比|较)(?:上年度?|去年|上一年度?){_GAP}{_N}(?:万元|元)?[，]?{_UP}{_N}(?:万元|元)"
)
_DONE = re.compile(rf"完成[^，。；\d]{{0,12}}{_N}(万人|万元|人|元|户|项|个|件)的{_N}[%％]")
MOST_PARTS = 60
_NEAR = Fraction(2, 100)  # parts this near to their total were meant to add up to it


def figures_in(text: str) -> Iterator[Odd]:
    """Rates and sums inside the text that cannot be right."""
    sentences = [s for s in re.split(r"[。\n]", text.replace(",", "，")) if s.strip()]
    for n, sentence in enumerate(sentences):
        yield from _growth(sentence, sentences[n - 1] if n else "")
        yield from _impossible(sentence)
        yield from _difference(sentence)
        yield from _completion(sentence)
        yield from _sums(sentence)


def _signed(direction: str, number: str) -> Decimal:
    return Decimal(number) * (-1 if direction in ("减少", "下降", "降低") else 1)


def _growth(sentence: str, before: str) -> Iterator[Odd]:
    for match in _FROM.finditer(sentence):
        prior, stated = Fraction(match[1]), _signed(match[2], match[3])
        now = [Fraction(a) for a in _MONEY.findall(sentence[: match.start()])]
        shown = re.split(r"[，；：]", sentence[: match.start()].rstrip("，"))[-1] + "，" + match[0]
        yield from _rate(shown, stated, [(a, prior) for a in reversed(now)])
    for match in _DELTA.finditer(sentence):
        delta, stated = Fraction(_signed(match[1], match[2])), _signed(match[3], match[4])
        amounts = [Fraction(a) for a in (*_MONEY.findall(sentence[: match.start()]), *_MONEY.findall(before))]
        yield from _rate(match[0], stated, [(a, a - delta) for a in amounts])


def _rate(shown: str, stated: Decimal, pairs: list[tuple[Fraction, Fraction]]) -> Iterator[Odd]:
    pairs = [(now, prior) for now, prior in pairs if prior > 0]
    if not pairs or any(round_half_up((now - prior) / prior * 100, places_of(stated)) == stated for now, prior in pairs):
        return
    now, prior = pairs[0]
    exact = (now - prior) / prior * 100
    cells = {"now": Cell(now, "本年数"), "before": Cell(prior, "上年数")}
    cause = likely_cause(stated, exact, Arithmetic("(now - before) / before * 100", cells, cells))
    how = f"（{plain(now)}－{plain(prior)}）÷{plain(prior)}＝{plain(exact, max(2, places_of(stated)))}%"
    code, severity = graded("GROWTH", stated, exact, 2)
    yield code, severity, explained(f"{quoted(shown)}算不出来，{how}", cause), f"{plain(stated)}%", f"{plain(exact, 2)}%"


def _impossible(sentence: str) -> Iterator[Odd]:
    for match in re.finditer(rf"(?:减少|下降|降低|压减)(?:了)?{_N}[%％]", sentence):
        if Decimal(match[1]) > 100:
            yield "IMPOSSIBLE", WRONG, f"{quoted(match[0])}，一个数最多只能减少 100%", f"{match[1]}%", ""


def _difference(sentence: str) -> Iterator[Odd]:
    for match in _DIFFERENCE.finditer(sentence):
        now, prior, delta = Fraction(match[1]), Fraction(match[2]), _signed(match[3], match[4])
        if now - prior != delta:
            cause = likely_cause(abs(delta), abs(now - prior))
            right = f"{plain(now)}－{plain(prior)}＝{plain(now - prior)}"
            yield "DELTA", WRONG, explained(f"{quoted(match[0])}，应为 {right}", cause), plain(delta), plain(now - prior)


def _completion(sentence: str) -> Iterator[Odd]:
    for match in _DONE.finditer(sentence):
        whole, unit, stated = Fraction(match[1]), match[2], Decimal(match[3])
        done = [Fraction(a) for a in re.findall(rf"(?<![\d.]){_N}{unit}", sentence[: match.start()])]
        rates = [d / whole * 100 for d in done if whole]
        if rates and not any(round_half_up(r, places_of(stated)) == stated for r in rates):
            near = min(rates, key=lambda r: abs(r - Fraction(stated)))
            code, severity = graded("RATIO", stated, near, 2)
            cause = likely_cause(stated, near, unit="%")
            right = f"{plain(near * whole / 100)}÷{plain(whole)}＝{plain(near, max(2, places_of(stated)))}%"
            yield code, severity, explained(f"{quoted(match[0])}，应为 {right}", cause), f"{match[3]}%", f"{plain(near, 2)}%"


def _sums(sentence: str) -> Iterator[Odd]:
    """N 万元，其中：a 万元；b 万元: more than the total, or nearly the total and not it."""
    whole = re.sub(r"（[^（）]*）|\([^()]*\)", "", sentence)
    for part in (whole, *re.findall(r"[^，。；（(]{0,60}[（(][^（）()]{0,200}[）)]", sentence)):
        head, word, tail = part.partition("其中")
        totals = _MONEY.findall(head)
        parts = [Fraction(a) for a in _MONEY.findall(re.split(r"比上年|较上年|比去年", tail)[0])]
        if not word or not totals or not 2 <= len(parts) <= MOST_PARTS:
            continue
        stated, added = Decimal(totals[-1]), sum(parts, Fraction(0))
        total = Fraction(stated)
        nested = any(sum(parts[:n], Fraction(0)) == total for n in range(2, len(parts)))
        if added == total or nested or not (added > total or total - added <= _NEAR * total):
            continue
        if added > total * (1 + _NEAR):
            continue  # a list inside a list
        cells = {f"part{n}": Cell(p, f"第 {n} 项") for n, p in enumerate(parts)}
        cause = likely_cause(stated, added, Arithmetic(" + ".join(cells), cells, cells))
        code, severity = graded("SUM", stated, added, len(parts))
        shown = f"{'＋'.join(plain(p) for p in parts)}＝{plain(added)}"
        severity = severity if code == "ROUNDING" else WRONG
        yield code, severity, explained(f"总数写的是 {plain(total)}，其中各项 {shown}", cause), plain(total), plain(added)
