"""Printed points against the rules: in range, reachable, what the rule gives; sub-totals, total and grade."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Statement, number_in
from scoring.answersfiles.printedkeys import score_names
from scoring.checks.causes import likely_cause
from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.checks.on_paper import against_the_letter, on_paper
from scoring.checks.printed_figures import explained
from scoring.checks.printed_sums import TOTAL, by_printed_rate, in_table, points_of, printed_sums
from scoring.form import Form
from scoring.numbers import plain
from scoring.rules.base import Standing
from scoring.scorecard import Line, grade, reachable, score
from scoring.wording import quoted

GRADE = "grade"


def printed_points(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """All that can be said of the printed scores of table and text."""
    for line in score(form, answers).lines:
        stated = printed.stated(line.indicator.id)
        number = number_in(stated) if stated is not None else None
        if number is not None:
            yield from _of_indicator(form, answers, printed, on_paper(form, answers, line), number)
            yield from against_the_letter(form, answers, line.indicator, number)
        elif stated is not None and stated.strip():
            yield Finding(
                "RULE_SCORE",
                WRONG,
                form.reads(line.indicator),
                f"{quoted(line.indicator.name)}得分写的是{quoted(stated)}，应是一个数",
                stated,
                "",
            )
    yield from printed_sums(form, answers, printed)
    yield from _text_and_table(form, printed)
    yield from _grades(form, printed)


def _of_indicator(form: Form, answers: Answers, printed: Printed, line: Line, stated: Decimal) -> Iterator[Finding]:
    indicator, reads = line.indicator, form.reads(line.indicator)
    shown = plain(stated)
    if not 0 <= stated <= indicator.weight:
        cause = likely_cause(stated, Fraction(line.points), unit="分") if line.points is not None else ""
        text = f"{quoted(indicator.name)}得分 {shown} 分，超出 0–{plain(indicator.weight)} 分"
        if line.points is not None:
            text += f"；按评分标准是 {plain(line.points)} 分：{line.why}"
        yield Finding("SCORE_RANGE", WRONG, reads, explained(text, cause), shown, f"0–{plain(indicator.weight)}", cause)
        return
    possible = reachable(form, indicator)
    if possible is not None and stated not in possible:
        offered = "、".join(plain(p) for p in sorted(possible, reverse=True))
        text = f"{quoted(indicator.name)}得分 {shown} 分，按评分标准只可能是 {offered} 分"
        yield Finding("SCORE_REACHABLE", WRONG, reads, text, shown, offered)
    if line.standing is Standing.WAITING or (line.standing is Standing.UNSPECIFIED and line.points is None):
        text = f"{quoted(indicator.name)}填了 {shown} 分，但{line.why}，无法复核"
        yield Finding("MISSING_INPUT", EXPLAIN, reads, text, shown, "")
    elif line.points is not None and line.points != stated:
        rates = by_printed_rate(form, answers, indicator, printed)
        more = [(f"按印出的{label} {rate} 正好是 {plain(gives)} 分，错在比率", Fraction(gives)) for label, rate, gives in rates]
        cause = likely_cause(stated, Fraction(line.points), more=more, unit="分")
        text = f"{quoted(indicator.name)}填了 {shown} 分，按评分标准是 {plain(line.points)} 分：{line.why}"
        yield Finding("RULE_SCORE", WRONG, reads, explained(text, cause), shown, plain(line.points), cause)


def _text_and_table(form: Form, printed: Printed) -> Iterator[Finding]:
    """A score in the report's text, or at a second place, against the table."""
    names = score_names(form)
    for key, statements in printed.values.items():
        if key in names:
            for other in statements[1:]:
                yield from _differs(names[key], key, statements[0], other)
    for key, statements in printed.text.items():
        table = in_table(form, printed, key)
        for other in statements:
            yield from _differs(names[key], key, table, other)
        limit = _limit(form, key)
        number = number_in(statements[0].stated)
        if limit is not None and number is not None and not 0 <= number <= limit:
            text = f"{quoted(names[key])}在{statements[0].where or '报告里'}写的是 {plain(number)} 分，超出 0–{plain(limit)} 分"
            yield Finding("SCORE_RANGE", WRONG, (), text, plain(number), f"0–{plain(limit)}")


def _limit(form: Form, key: str) -> Decimal | None:
    return next((p.indicator.weight for p in form.indicators if p.indicator.id == key), None)


def _differs(name: str, key: str, table: Statement | None, other: Statement) -> Iterator[Finding]:
    if table is None:
        return
    a, b = number_in(table.stated), number_in(other.stated)
    if (a == b) if a is not None and b is not None else table.stated.strip() == other.stated.strip():
        return
    unit = "" if key == GRADE else " 分"
    code = other.code or ("BAND" if key == GRADE else "TEXT_TABLE")
    where = other.where or "报告里"
    text = f"{quoted(name)}{where}写的是 {other.stated}{unit}，{table.where or '表上'}是 {table.stated}{unit}"
    yield Finding(code, EXPLAIN if key == GRADE else WRONG, (), text, other.stated, table.stated)


def _grades(form: Form, printed: Printed) -> Iterator[Finding]:
    """The printed grade against the band of the printed total."""
    total = points_of(printed.values, TOTAL)
    labels = [g.name for g in form.pack.grades]
    for statement in (*printed.values.get(GRADE, ()), *printed.text.get(GRADE, ())):
        label = statement.stated.strip('“”" ')
        if not labels or not label:
            continue
        if label not in labels:
            text = f"{statement.where or '表上'}的等级{quoted(label)}不在等级表里（{'、'.join(labels)}）"
            yield Finding("BAND", EXPLAIN, (), text, label, "、".join(labels))
        elif total is None:
            text = f"{statement.where or '表上'}写了等级{quoted(label)}，没有写得分，等级无从复核"
            yield Finding("MISSING_TEXT", EXPLAIN, (), text, label, "")
        elif (right := grade(form, total)) and right != label:
            text = f"{statement.where or '表上'}的等级是{quoted(label)}，{plain(total)} 分应为{quoted(right)}"
            yield Finding("BAND", WRONG, (), text, label, right)
    if not labels and points_of(printed.values, TOTAL) is not None and GRADE in printed.values:
        yield Finding(
            "BAND",
            NOTICE,
            (),
            f"写了等级{quoted(printed.values[GRADE][0].stated)}，但这套表没有分数段",
            printed.values[GRADE][0].stated,
            "",
        )
