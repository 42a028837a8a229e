"""What a report may say about a filing: figures, sentences and rows as text, a gap where an answer is missing.

Built from the form, its answers and the scorecard; templates call these by their Chinese names (VOCABULARY).
Text and tables print the same figure because both ask here. Not here: how it looks on the page (blocks.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from scoring.answers import Answer, Answers
from scoring.asked import asked, is_asked
from scoring.errors import ZipingError
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined, parse
from scoring.items import Table
from scoring.numbers import plain, round_half_up
from scoring.reading import shown
from scoring.scorecard import Line, Scorecard
from scoring.values import ManualScore, Row, Value
from templates.wordxml import GAP_CLOSES, gap, one_line

NOTHING = "无"
DASH = "—"
CLOSED = ("！", "？", "!", "?", "…", GAP_CLOSES)
PROVISIONAL = "（暂估）"
SPACED = re.compile(r"(?<=[\u4e00-\u9fff，]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])")  # as the chat spaces figures, documents do not


class UnknownName(ZipingError):
    """A report names an item, column or figure that its form does not have."""


@dataclass(frozen=True)
class Facts:
    """One filing as its reports read it."""

    form: Form
    answers: Answers
    card: Scorecard
    unit: str

    @cached_property
    def figures(self) -> "FigureTexts":
        return FigureTexts(self.form, self.answers)

    @cached_property
    def vocabulary(self) -> Mapping[str, object]:
        """Everything a report can name, by its Chinese name."""
        figures = self.figures
        return {
            "单位": self.unit,
            "年度": str(self.form.year),
            "上年": str(self.form.year - 1),
            "县区": self.form.pack.county,
            "值": figures.text,
            "格": figures.cell,
            "列举": figures.within,
            "整句": figures.sentence,
            "理由": figures.reason,
            "成立": figures.holds,
            "待填": figures.open,
            "明细": figures.rows,
            "增减": figures.growth,
            "节超": figures.saving,
            "占比": figures.shares,
            "得分表": self.score_rows,
            "分组得分": self.subtotal,
            "总分": self.total,
            "等级": self.grade,
            "满分": plain(self.card.weight),
            "扣分项": self.losses,
        }

    def total(self) -> str:
        """The total, or the gap that keeps it from being one."""
        if not self.card.complete:
            return self._first_gap()
        mark = PROVISIONAL if self.figures.any_provisional([i.id for i in asked(self.form, self.answers)]) else ""
        return plain(self.card.total) + mark

    def grade(self) -> str:
        """The grade; a dash when the pack has none."""
        return (self.card.grade or DASH) if self.card.complete else self._first_gap()

    def _first_gap(self) -> str:
        waiting = [w for line in self.card.lines for w in line.waiting if line.points is None]
        return gap(self.figures.number_of(waiting[0]) if waiting else 0)

    def subtotal(self, group: str) -> str:
        """Points of a level-1 or level-2 group."""
        if group not in self.card.subtotals:
            raise UnknownName(f"指标里没有 {group} 这一组")
        lines = [x for x in self.card.lines if group in (g.id for g in x.place.path)]
        unfinished = next((x for x in lines if x.points is None), None)
        if unfinished:
            return self._points(unfinished)
        rough = any(PROVISIONAL in self._points(line) for line in lines)
        return plain(self.card.subtotals[group].points) + (PROVISIONAL if rough else "")

    def score_rows(self) -> list[dict[str, object]]:
        """The indicators in printed order: the groups above, wording, points, and why."""
        return [
            {
                "分组": [f"{g.name}（{plain(g.weight)}分）" for g in line.place.path],
                "名称": line.indicator.name,
                "分值": plain(line.indicator.weight),
                "评分标准": one_line(line.indicator.printed_rule),
                "指标说明": one_line(line.indicator.printed_note),
                "得分": self._points(line),
                "理由": one_line(line.why),
            }
            for line in self.card.lines
        ]

    def losses(self) -> list[dict[str, str]]:
        """The indicators that lost points, with how many and why."""
        lost = [x for x in self.card.lines if x.points is not None and x.points < x.indicator.weight]
        return [
            {
                "名称": self._told_apart(x),
                "扣分": plain(x.indicator.weight - (x.points or 0)),
                "理由": SPACED.sub("", one_line(x.loss)),
            }
            for x in lost
        ]

    def _told_apart(self, line: Line) -> str:
        """The name of an indicator, with its group where two indicators have the same one."""
        name = line.indicator.name
        twins = sum(x.indicator.name == name for x in self.card.lines)
        return name if twins == 1 else f"{line.place.names[-1]}中的{name}"

    def _points(self, line: Line) -> str:
        if line.points is None:
            return gap(self.figures.number_of(line.waiting[0]) if line.waiting else 0)
        read = (*self.form.reads(line.indicator), line.indicator.manual_id)
        return plain(line.points) + (PROVISIONAL if self.figures.any_provisional(read) else "")


class FigureTexts:
    """The answers of a filing as text."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.form = form
        self.answers = answers
        self.figures = form.figures(answers)

    def text(self, name: str, nothing: str = NOTHING) -> str:
        """A figure or an answer as it stands in a sentence, without its unit (a percentage has its %)."""
        item_id, _, column = name.partition(".")
        if item_id in self.form.computed:
            return self._number(name, nothing)
        item = self.form.items.get(item_id)
        if item is None:
            raise UnknownName(f"报告用了 {name}，表里没有这个数据项")
        answer = self.answers.get(item_id)
        if not is_asked(self.form, item, self.answers) or (answer is not None and answer.state == "not_applicable"):
            return nothing
        if answer is None or answer.value is None:
            return nothing if item.optional else self.open(item_id)
        if answer.value == ():
            return nothing
        if column:
            return self._cell_of(item_id, column, answer, nothing)
        return self._shown(item_id, answer.value) + (PROVISIONAL if answer.provisional else "")

    def within(self, name: str, nothing: str = NOTHING) -> str:
        """As `text`, for the middle of a sentence: without the full stop that people like to put."""
        return re.sub(r"^\w{0,8}主要包括[：:]?", "", self.text(name, nothing)).rstrip("。；;，,.、 ")

    def sentence(self, name: str, nothing: str = "无。") -> str:
        """As `text`, closed with a full stop where it is not closed yet."""
        text = self.text(name, nothing).rstrip("。；;，,.、 ")
        return text if text.endswith(CLOSED) else f"{text}。"

    def reason(self, name: str) -> str:
        """Why the filler gave these points, for the middle of a sentence."""
        answer = self.answers.get(name)
        if answer is not None and isinstance(answer.value, ManualScore):
            return one_line(answer.value.reason).rstrip("。；;，,.、 ")
        return self.text(name)

    def cell(self, name: str) -> str:
        """As `text`, for a table: a dash where there is nothing."""
        return self.text(name, DASH)

    def _shown(self, item_id: str, value: Value) -> str:
        item = self.form.items[item_id]
        if isinstance(value, Decimal):
            return plain(value) + ("%" if item.type == "percent" else "")
        if isinstance(value, ManualScore):
            return one_line(f"{plain(value.points)} 分，{value.reason}")
        return one_line(shown(item, value))

    def _cell_of(self, item_id: str, column: str, answer: Answer, nothing: str) -> str:
        item = self.form.items[item_id]
        if not isinstance(item, Table) or not isinstance(answer.value, Row) or column not in (c.id for c in item.columns):
            raise UnknownName(f"报告用了 {item_id}.{column}，表里没有这一格")
        value = answer.value.cells[item.position(column)]
        if value is None:
            return nothing if item.columns[item.position(column)].optional else self.open(item_id)
        return (value if isinstance(value, str) else plain(value)) + (PROVISIONAL if answer.provisional else "")

    def _number(self, computed: str, nothing: str) -> str:
        spec = self.form.computed[computed]
        value = self._fraction(computed)
        if isinstance(value, str):
            return value or nothing
        mark = PROVISIONAL if self.any_provisional(self.form.resolve(computed)) else ""
        return (f"{plain(value, spec.places)}%" if spec.unit == "%" else exact(value, spec.places)) + mark

    def _fraction(self, name: str) -> Fraction | str:
        """The exact figure; else a gap, or an empty text where there is nothing to compute."""
        try:
            value = self.figures.scalar(name)
        except Missing as missing:
            return self.open(missing.names[0])
        except (Inapplicable, Undefined):
            return ""
        if not isinstance(value, Fraction):
            raise UnknownName(f"报告把 {name} 当数用，它不是数")
        return value

    def open(self, name: str) -> str:
        """The gap of a question."""
        return gap(self.number_of(name))

    def number_of(self, name: str) -> int:
        """The question behind an item, a column or a computed figure; 0 when there is none."""
        item = name.partition(".")[0]
        if item in self.form.computed:
            unanswered = [i for i in self.form.resolve(item) if i in self.form.numbers and i not in self.answers]
            item = unanswered[0] if unanswered else next((i for i in self.form.resolve(item) if i in self.form.numbers), "")
        return self.form.numbers.get(item, 0)

    def any_provisional(self, items: Sequence[str]) -> bool:
        return any(i in self.answers and self.answers[i].provisional for i in items)

    def holds(self, formula: str) -> bool:
        """Whether a condition over the figures holds; not while something it needs is missing."""
        try:
            return parse(formula).holds(self.figures)
        except (Missing, Inapplicable, Undefined):
            return False

    def rows(self, item_id: str) -> list[dict[str, str]]:
        """The lines of a table, each a mapping from column to text; none when it does not apply."""
        item = self.form.items.get(item_id)
        if not isinstance(item, Table):
            raise UnknownName(f"报告用了 {item_id} 的明细，它不是一张表")
        answer = self.answers.get(item_id)
        if answer is None or not answer.given or not is_asked(self.form, item, self.answers):
            return []
        rows = (answer.value,) if isinstance(answer.value, Row) else answer.value
        assert isinstance(rows, tuple)
        made = []
        for row in rows:
            assert isinstance(row, Row)
            cells: dict[str, str] = {}
            for column, value in zip(item.columns, row.cells, strict=True):
                empty = "" if column.optional else self.open(item_id)
                mark = PROVISIONAL if answer.provisional and isinstance(value, Decimal) else ""
                cells[column.id] = (
                    empty if value is None else (one_line(value) if isinstance(value, str) else plain(value)) + mark
                )
            made.append(cells)
        return made

    def growth(self, now: str, before: str, unit: str = "万元") -> str:
        """比上年增加1.3万元，增长52.63% — or 与上年持平; no percentage over a base of 0."""
        a, b = self._fraction(now), self._fraction(before)
        if isinstance(a, str) or isinstance(b, str):
            return _missing("比上年", a, b)
        if a == b:
            return "与上年持平"
        change, rate = ("增加", "增长") if a > b else ("减少", "下降")
        percentage = plain(abs(a - b) / b * 100, 2) if b > 0 else "0"
        share = f"，{rate}{percentage}%" if percentage != "0" else ""
        return f"比上年{change}{exact(abs(a - b), 4)}{unit}{share}{self._rough(now, before)}"

    def saving(self, final: str, budget: str, unit: str = "万元") -> str:
        """比预算节约8.65万元, 超出预算3.15万元, or 与预算一致."""
        a, b = self._fraction(final), self._fraction(budget)
        if isinstance(a, str) or isinstance(b, str):
            return _missing("比预算", a, b)
        if a == b:
            return "与预算一致"
        said = f"比预算节约{exact(b - a, 4)}{unit}" if a < b else f"超出预算{exact(a - b, 4)}{unit}"
        return said + self._rough(final, budget)

    def _rough(self, *names: str) -> str:
        items = [i for n in names for i in self.form.resolve(n.partition(".")[0])]
        return PROVISIONAL if self.any_provisional(items) else ""

    def shares(self, parts: Sequence[str], places: int = 2) -> list[str]:
        """What each part is of their sum, in percent; the printed shares add up to exactly 100%."""
        found = [self._fraction(p) for p in parts]
        values = [v for v in found if isinstance(v, Fraction)]
        if len(values) < len(found) or not sum(values):
            open_one = next((v for v in found if isinstance(v, str) and v), DASH)
            return [v if isinstance(v, str) and v else open_one for v in found]
        return [f"{plain(s, places)}%" for s in largest_remainder(values, places)]


def exact(value: Fraction, places: int) -> str:
    """The figure in full where it ends within six decimals, so that a total equals its printed parts; else rounded."""
    return plain(value, 6) if (value * 10**6).denominator == 1 else plain(value, places)


def _missing(against: str, *figures: Fraction | str) -> str:
    """A comparison of which a figure is missing: its gap, or a dash where there is nothing to compare."""
    return against + next((f for f in figures if isinstance(f, str) and f), DASH)


def largest_remainder(values: Sequence[Fraction], places: int) -> list[Decimal]:
    """Percentages of the sum with so many places, that add up to 100: the largest remainders are rounded up."""
    unit = Fraction(1, 10**places)
    exact = [v * 100 / sum(values) for v in values]
    floors = [e // unit * unit for e in exact]
    missing = int((100 - sum(floors)) / unit)
    order = sorted(range(len(exact)), key=lambda n: floors[n] - exact[n])
    raised = set(order[:missing])
    return [round_half_up(f + unit * (n in raised), places) for n, f in enumerate(floors)]
