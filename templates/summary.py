"""The summary of a filing as a spreadsheet: all answers with where they come from, the tables, the scores, the findings.

What a person typed stands there as text and never becomes a formula or a link. The same filing gives the same bytes.
Not here: the figures themselves, or how an answer is said (scoring/reading).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from scoring.answers import Answer, Answers, State
from scoring.asked import asked, is_settled
from scoring.cells import rows_in
from scoring.checks import check
from scoring.columns import Rows, Survey, Table
from scoring.form import Form
from scoring.goals.deviations import deviations
from scoring.items import Item, Number
from scoring.numbers import plain
from scoring.reading import shown
from scoring.review.record import Reviewed
from scoring.review.verified import verified_card
from scoring.scorecard import Scorecard

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
DIGITS = 15  # significant digits that a cell of a spreadsheet holds exactly; a longer number stands as text
LONGEST = 32_000  # characters of one cell
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

ANSWERS = {"题号": 6, "章节": 14, "数据项": 28, "答案": 40, "单位": 8, "状态": 8, "来源": 30, "修改原因": 24}
CELLS = {"数据项": 28, "行": 6, "栏目": 24, "内容": 40, "单位": 8}
POINTS = {"一级指标": 16, "下级指标": 20, "指标": 24, "分值": 8, "得分": 8, "得分依据": 70}
VERIFIED = {"核查分": 8, "核查理由": 50}
PAST = {
    "时间": 18,
    "题号": 6,
    "数据项": 28,
    "动作": 10,
    "原来": 36,
    "改为": 36,
    "填报人": 12,
    "由谁提供": 12,
    "原因": 30,
    "消息": 8,
}
OPINIONS = {"轮次": 6, "结论": 8, "日期": 16, "关于": 34, "意见": 60, "答复": 40}
NOTES = {"表": 20, "行": 6, "指标": 26, "为什么要说明": 34, "差多少": 18, "扣分": 8, "偏差原因及改进措施": 60, "写明差多少": 12}
FINDINGS = {"程度": 10, "代码": 18, "说明": 90}

Line = Sequence[str | Decimal]


def summary(
    form: Form,
    answers: Answers,
    card: Scorecard,
    *,
    unit: str,
    project: str = "",
    reviewed: Reviewed | None = None,
    past: Sequence[Line] = (),
) -> bytes:
    """The .xlsx of a filing; of an approved one with 核查分 beside the points, and the reviewer's opinions. `past`: the lines
    of its history."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"title": form.title, "created": LONG_AGO})
    whose = f"{unit}　{project}" if project else unit
    write = Writer(book, f"{whose}　{form.year}年度　{form.title}")
    write.sheet("答案", ANSWERS, _answers(form, answers))
    write.sheet("明细", CELLS, _cells(form, answers))
    if form.indicators:
        lines = _points(form, answers, card)
        if reviewed is None:
            write.sheet("得分", POINTS, lines)
        else:
            write.sheet("得分", POINTS | VERIFIED, _with_verified(form, answers, reviewed, lines))
    notes = _notes(form, answers)
    if notes:
        write.sheet("偏差说明", NOTES, notes)
    if reviewed is not None:
        write.sheet("审核意见", OPINIONS, _opinions(reviewed))
    write.sheet("检查", FINDINGS, [(f.severity, f.check, f.text) for f in check(form, answers)])
    if past:
        write.sheet("历史", PAST, past)
    book.close()
    return out.getvalue()


class Writer:
    """Sheets of one look: a line that says whose they are, the names of the columns, the lines."""

    def __init__(self, book: Any, title: str) -> None:
        self.book = book
        self.title = title
        common = {"text_wrap": True, "valign": "top", "border": 1}
        self.cell = book.add_format(common)
        self.head = book.add_format({**common, "bold": True, "bg_color": "#E4E7EB"})
        self.bold = book.add_format({"bold": True, "font_size": 13})

    def sheet(self, name: str, columns: Mapping[str, int], lines: Sequence[Line]) -> None:
        """One sheet. `columns`: their names and widths in characters."""
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, self.title, self.bold)
        for n, (column, width) in enumerate(columns.items()):
            page.set_column(n, n, width)
            page.write_string(1, n, column, self.head)
        for row, line in enumerate(lines, 2):
            for n, value in enumerate(line):
                if isinstance(value, Decimal) and len(value.as_tuple().digits) <= DIGITS:
                    page.write_number(row, n, value, self.cell)
                else:
                    text = plain(value) if isinstance(value, Decimal) else value
                    page.write_string(row, n, text[:LONGEST], self.cell)
        page.freeze_panes(2, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)


def _answers(form: Form, answers: Answers) -> list[Line]:
    return [
        (
            Decimal(form.numbers[item.id]),
            form.section_of[item.id].title,
            item.label,
            _said(item, answers.get(item.id)),
            item.unit if isinstance(item, Number) else "",
            _standing(form, item, answers),
            answer.source if (answer := answers.get(item.id)) else "",
            answer.reason if answer else "",
        )
        for item in asked(form, answers)
    ]


def _notes(form: Form, answers: Answers) -> list[Line]:
    """The list a reviewer reads first: every deviation with its note, and whether the note accounts for the gap."""
    return [
        (
            form.items[d.item].label,
            Decimal(d.number),
            d.name,
            d.why,
            d.gap,
            "" if d.lost is None else Decimal(plain(d.lost, form.pack.places)),
            d.note or "没有写",
            "是" if d.named else "否",
        )
        for d in deviations(form, answers)
    ]


def _said(item: Item, answer: Answer | None) -> str | Decimal:
    if answer is None or answer.state is State.SKIPPED:
        return ""
    if answer.state is State.NOT_APPLICABLE or answer.value is None:
        return f"不适用：{item.not_applicable}" if item.not_applicable else "无"
    if isinstance(answer.value, Decimal):
        return answer.value
    if isinstance(item, Rows | Survey):
        return f"{len(rows_in(answer.value))} 行，见“明细”"
    return shown(item, answer.value)


def _standing(form: Form, item: Item, answers: Answers) -> str:
    answer = answers.get(item.id)
    if answer is None or answer.state is State.SKIPPED:
        return "没填"
    if answer.provisional:
        return "暂估"
    return "已填" if is_settled(form, item, answers) else "没填完"


def _cells(form: Form, answers: Answers) -> list[Line]:
    """Every cell of every table, one a line."""
    lines: list[Line] = []
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if answer is None or not answer.given:
            continue
        for n, row in enumerate(rows_in(answer.value), 1):
            if isinstance(item, Table):
                for column, cell in zip(item.columns, row.cells, strict=True):
                    unit = column.unit or ("万元" if column.type == "money" else "")
                    lines.append((item.label, Decimal(n), column.label, "" if cell is None else cell, unit))
            else:
                lines.append((item.label, Decimal(n), "", " / ".join(plain(c) for c in row.cells if isinstance(c, Decimal)), ""))
    return lines


def _points(form: Form, answers: Answers, card: Scorecard) -> list[Line]:
    """The indicators as the table has them, then the total; what rests on a provisional answer says so."""
    rough = [any(i in answers and answers[i].provisional for i in form.reads_with_points(line.indicator)) for line in card.lines]
    lines: list[Line] = [
        (
            (*line.place.names, "—")[0],  # an indicator may stand at level 1
            "›".join(line.place.names[1:]),
            line.indicator.name,
            line.indicator.weight,
            "" if line.points is None else line.points,
            f"（暂估）{line.why}" if marked and line.points is not None else line.why,
        )
        for line, marked in zip(card.lines, rough, strict=True)
    ]
    grade = f"等级：{card.grade}" if card.grade else ""
    standing = grade if card.complete else "还没有评完"
    why = "　".join(t for t in (standing, "含暂估数" if any(rough) else "", card.scaled, card.capped) if t)
    return [*lines, ("总分", "", "", card.weight, card.total, why)]


def _with_verified(form: Form, answers: Answers, reviewed: Reviewed, lines: Sequence[Line]) -> list[Line]:
    """The lines of the points with 核查分 and its reason behind them; the total last."""
    card = verified_card(form, answers, reviewed.verdicts)
    reasons = [v.reason if (v := reviewed.verdicts.get(x.indicator.id)) else "" for x in card.lines]
    points = ["" if x.points is None else x.points for x in card.lines]
    grade = f"等级：{card.grade}" if card.grade else ""
    return [(*line, *more) for line, more in zip(lines, [*zip(points, reasons, strict=True), (card.total, grade)], strict=True)]


def _opinions(reviewed: Reviewed) -> list[Line]:
    found: list[Line] = []
    for r in reviewed.rounds:
        about = (Decimal(r.number), r.verdict, r.day)
        if r.remark or not r.opinions:
            found.append((*about, "整份", r.remark, ""))
        found += [(*about, o.about or "整份", o.text, o.answer) for o in r.opinions]
    return found
