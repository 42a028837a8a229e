"""Questionnaires: as many valid ones as came back, every question answered by each, the printed result."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, number_in, places_of
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.checks.causes import likely_cause
from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.checks.printed_figures import explained, graded
from scoring.columns import Survey
from scoring.form import Form
from scoring.formula import Missing, Undefined
from scoring.numbers import plain, round_half_up
from scoring.survey import COUNT_LABELS, COUNTS, survey_figure, survey_figures
from scoring.values import Row
from scoring.wording import quoted

_LABELS = {"total": "问卷总分", "composite": "综合得分", **dict(zip(COUNTS, COUNT_LABELS, strict=True))}


def surveys(form: Form, answers: Answers, printed: Printed | None = None) -> Iterator[Finding]:
    """What does not agree in the questionnaires of a filing."""
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if isinstance(item, Survey) and answer is not None and answer.given:
            rows = rows_in(answer.value)
            yield from _tallies(item, rows)
            if printed is not None:
                yield from _printed(item, rows, printed)
    if printed is not None:
        yield from _letters(printed)


def _figure(item: Survey, rows: tuple[Row, ...], name: str) -> Fraction | None:
    try:
        return survey_figure(item, rows, name)
    except (Missing, Undefined):
        return None


def _tallies(item: Survey, rows: tuple[Row, ...]) -> Iterator[Finding]:
    counts = [_figure(item, rows, name) for name in COUNTS]
    for (more, a), (fewer, b) in zip(
        list(zip(COUNT_LABELS, counts, strict=True))[:-1], list(zip(COUNT_LABELS, counts, strict=True))[1:], strict=True
    ):
        if a is not None and b is not None and b > a:
            text = f"{quoted(item.label)}{fewer} {plain(b)} 份，比{more} {plain(a)} 份还多"
            yield Finding("SURVEY", WRONG, (item.id,), text, plain(b), plain(a))
    valid = counts[-1]
    if valid is None:
        return
    for n, row in enumerate(rows[1:], 1):
        ticks = [Fraction(c) for c in row.cells if c is not None and not isinstance(c, str)]
        if len(ticks) == len(item.points) and sum(ticks) != valid:
            shown = f"{'＋'.join(plain(t) for t in ticks)}＝{plain(sum(ticks, Fraction(0)))}"
            text = f"{quoted(item.label)}第 {n} 题各选项加起来 {shown}，有效问卷是 {plain(valid)} 份"
            yield Finding("SURVEY", WRONG, (item.id,), text, plain(sum(ticks, Fraction(0))), plain(valid))
    if valid < item.minimum:
        text = f"{quoted(item.label)}有效问卷只有 {plain(valid)} 份，少于 {item.minimum} 份，代表性可能不够"
        yield Finding("SURVEY", NOTICE, (item.id,), text, plain(valid), str(item.minimum))


def _printed(item: Survey, rows: tuple[Row, ...], printed: Printed) -> Iterator[Finding]:
    for name in survey_figures(item):
        shown = printed.stated(f"{item.id}.{name}")
        stated, exact = number_in(shown or ""), _figure(item, rows, name)
        if stated is None or exact is None or round_half_up(exact, places_of(stated)) == stated:
            continue
        cause = likely_cause(stated, exact, unit="分")
        number = next((n for n, q in enumerate(item.questions, 1) if q.id == name), 0)
        label = _LABELS.get(name) or f"第 {number} 题得分"
        text = f"{quoted(item.label)}的{label}写的是 {shown}，按各题份数算是 {plain(exact, max(2, places_of(stated)))}"
        code, severity = graded("SURVEY", stated, exact, 2)
        right = plain(exact, max(2, places_of(stated)))
        yield Finding(code, severity, (item.id,), explained(text, cause), shown or "", right, cause)


def _letters(printed: Printed) -> Iterator[Finding]:
    for n, letters in enumerate(printed.survey_letters, 1):
        bare = "".join(c for c in letters.upper() if c.isalpha() and c.isascii())
        if bare and bare != "".join(chr(ord("A") + k) for k in range(min(len(bare), 26))):
            text = f"问卷第 {n} 题的选项字母是 {'、'.join(bare)}，不连续"
            yield Finding("SURVEY", NOTICE if len(bare) > 1 else EXPLAIN, (), text, bare, "")
