"""What a filing has not fully achieved, in words: against “均已完成” and the like in its texts."""

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, number_in
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.lines import assessed, name_of
from scoring.numbers import plain
from scoring.wording import quoted

FULL = 100


def undone(form: Form, answers: Answers, printed: Printed | None = None) -> str:
    """The first thing that was not fully achieved; empty when nothing is known of one."""
    for relation in printed.relations if printed else ():
        rate = number_in((relation.numbers.get("percent") or ("",))[0]) if relation.kind == "rates" else None
        if rate is not None and rate < FULL:
            return f"{relation.what or '执行率'}只有 {plain(rate)}%"
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if isinstance(item, Rows) and answer is not None and answer.given:
            rows = rows_in(answer.value)
            for row, worth in zip(rows, assessed(item, rows), strict=True):
                if worth is not None and worth.counts and worth.share is not None and worth.share < 1:
                    return f"{quoted(name_of(item, row) or item.label)}没有完成"
    total = number_in(printed.stated("total") or "") if printed else None
    return f"自评总分是 {plain(total)} 分" if total is not None and total < form.weight else ""
