"""What a report may say about a filing, by the Chinese names that templates call: its figures and its scores.

Built from the form, its answers and the scorecard. Not here: how a figure becomes text (figure_texts.py,
compared_texts.py, ticked_texts.py), or how it looks on the page (blocks.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scoring.answers import Answers
from scoring.asked import is_provisional
from scoring.beside.declared import form_name
from scoring.beside.facts import Filed
from scoring.evidence import Exhibit
from scoring.form import Form
from scoring.goals.deviations import deviations
from scoring.numbers import plain
from scoring.review.record import Reviewed
from scoring.review.verified import verified_card
from scoring.scorecard import Line, Scorecard, is_out, score
from scoring.tree import Group, Indicator
from templates.compared_texts import ComparedTexts
from templates.exhibits import Named, day_of, named
from templates.figure_texts import DASH, PROVISIONAL, FigureTexts, UnknownName
from templates.ticked_texts import TickedTexts
from templates.wordxml import one_line

SPACED = re.compile(r"(?<=[\u4e00-\u9fff，]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])")  # as the chat spaces figures, documents do not


@dataclass(frozen=True)
class Facts:
    """One filing as its reports read it, with the filings beside it. `whose`: see FigureTexts."""

    form: Form
    answers: Answers
    card: Scorecard
    unit: str
    project: str = ""
    beside: Sequence[Filed] = ()
    whose: str = ""
    exhibits: Sequence[Exhibit] = ()
    reviewed: Reviewed | None = None  # what a reviewer made of it, where one has approved it

    @cached_property
    def verified(self) -> Scorecard | None:
        """The scorecard by 核查分; None while nobody has reviewed the filing."""
        return None if self.reviewed is None else verified_card(self.form, self.answers, self.reviewed.verdicts)

    @cached_property
    def figures(self) -> FigureTexts:
        return FigureTexts(self.form, self.answers, self.whose)

    def of(self, filed: Filed) -> "Facts":
        """A filing beside this one, as a report of this one reads it."""
        own = Filed(self.form, self.answers, self.form.year, self.unit, self.project)
        around = (own, *(f for f in self.beside if f is not filed))
        card = score(filed.form, filed.answers)
        return Facts(filed.form, filed.answers, card, self.unit, filed.project, around, filed.project or filed.form.title)

    def each(self, form: str) -> list[Mapping[str, object]]:
        """What every filing of another form says, in the order they were begun."""
        return [self.of(f).vocabulary for f in filings_for(self.form, self.project, form, self.beside)]

    @cached_property
    def vocabulary(self) -> Mapping[str, object]:
        """Everything a report can name, by its Chinese name."""
        figures = self.figures
        ticked, compared = TickedTexts(figures), ComparedTexts(figures)
        return {
            "单位": self.unit,
            "项目": self.project,
            "各表": self.each,
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
            "行合计": figures.row_sums,
            "增减": compared.growth,
            "节超": compared.saving,
            "占比": compared.shares,
            "要点": ticked.criteria,
            "问卷": ticked.tallies,
            "得分表": self.score_rows,
            "分组表": self.score_tree,
            "分组得分": self.subtotal,
            "总分": self.total,
            "等级": self.grade,
            "满分": plain(self.card.weight),
            "扣分项": self.losses,
            "偏差项": self.deviations,
            "折算": one_line(self.card.scaled),
            "封顶": one_line(self.card.capped),
            "合格": self.passed,
            "已核查": self.reviewed is not None,
            "核查分": self.verified_points,
            "核查总分": self.verified_total,
            "核查等级": self.verified_grade,
            "核查意见": self.opinions,
            "佐证": self.evidence_of,
            "佐证清单": self.evidence,
        }

    @cached_property
    def _named(self) -> tuple[Named, ...]:
        return named(self.form, f"{self.unit}{self.project}", self.exhibits)

    def evidence_of(self, indicator: str) -> list[str]:
        """The files that prove an indicator, by the names they have in the package."""
        return [n.name for n in self._named if n.spot.key == ("indicator", indicator)]

    def evidence(self) -> list[dict[str, str]]:
        """All evidence, for the annex: where it belongs, what it is, the name of its file, the day it was handed in."""
        return [{"指标": n.spot.title, "材料": n.exhibit.name, "文件": n.name, "日期": day_of(n.exhibit)} for n in self._named]

    def total(self) -> str:
        """The total, or the gap that keeps it from being one."""
        if not self.card.complete:
            return self._first_gap()
        mark = PROVISIONAL if is_provisional(self.form, self.answers) else ""
        return plain(self.card.total) + mark

    def grade(self) -> str:
        """The grade; a dash when the pack has none."""
        return (self.card.grade or DASH) if self.card.complete else self._first_gap()

    def passed(self) -> str:
        """合格 or 不合格 by the pack's pass line; a dash when it has none."""
        if not self.card.complete:
            return self._first_gap()
        return {None: DASH, True: "合格", False: "不合格"}[self.card.passed]

    def verified_points(self, indicator: str) -> str:
        """核查分 of an indicator; empty while nobody has reviewed the filing."""
        if all(line.indicator.id != indicator for line in self.card.lines):
            raise UnknownName(f"指标里没有 {indicator}")
        return self._verified_points(indicator)

    def _verified_points(self, indicator: str) -> str:
        if self.verified is None:
            return ""
        line = self.verified.line(indicator)
        return DASH if line.points is None or is_out(self.form, line) else plain(line.points)

    def verified_total(self) -> str:
        """The total by 核查分; empty while nobody has reviewed the filing."""
        return "" if self.verified is None else plain(self.verified.total)

    def verified_grade(self) -> str:
        """The grade by 核查分; empty while nobody has reviewed the filing."""
        return "" if self.verified is None else self.verified.grade or DASH

    def opinions(self) -> list[dict[str, object]]:
        """The rounds of the review in order, each with its remarks."""
        return [
            {
                "轮次": str(r.number),
                "结论": r.verdict,
                "日期": r.day,
                "总意见": one_line(r.remark),
                "各条": [{"关于": o.about, "意见": one_line(o.text), "答复": one_line(o.answer)} for o in r.opinions],
            }
            for r in (self.reviewed.rounds if self.reviewed else ())
        ]

    def _verdict_of(self, indicator: str) -> str:
        """Why the 核查分 of an indicator is not its 自评分; empty where it is."""
        found = self.reviewed.verdicts.get(indicator) if self.reviewed else None
        return one_line(found.reason) if found else ""

    def _first_gap(self) -> str:
        waiting = [w for line in self.card.lines for w in line.waiting if line.points is None]
        return self.figures.gap(self.figures.number_of(waiting[0]) if waiting else 0)

    def subtotal(self, group: str) -> str:
        """Points of a group of any level."""
        if group not in self.card.subtotals:
            raise UnknownName(f"指标里没有 {group} 这一组")
        lines = [x for x in self.card.lines if group in (g.id for g in x.place.path)]
        unfinished = next((x for x in lines if x.points is None), None)
        if unfinished:
            return self._points(unfinished)
        mark = PROVISIONAL if any(self._is_rough(line) for line in lines) else ""
        return plain(self.card.subtotals[group].points) + mark

    def score_rows(self) -> list[dict[str, object]]:
        """The indicators in printed order: the groups above, wording, points, and why."""
        return [
            {
                "编号": line.indicator.id,
                "分组": [f"{g.name}（{plain(g.weight)}分）" for g in line.place.path],
                "名称": line.indicator.name,
                "分值": plain(line.indicator.weight),
                "评分标准": one_line(line.indicator.printed_rule),
                "指标说明": one_line(line.indicator.printed_note),
                "数据来源": one_line(line.indicator.source),
                "大白话": one_line(line.indicator.explain),
                "得分": self._points(line),
                "理由": one_line(line.why),
                "核查分": self._verified_points(line.indicator.id),
                "核查理由": self._verdict_of(line.indicator.id),
            }
            for line in self.card.lines
        ]

    def score_tree(self) -> list[dict[str, object]]:
        """The groups of level 1 with their weight and points, each with the groups (下级) and indicators (指标) below it."""
        rows = {str(row["编号"]): row for row in self.score_rows()}
        return [self._branch(group, rows) for group in self.form.data.indicators if isinstance(group, Group)]

    def _branch(self, group: Group, rows: Mapping[str, dict[str, object]]) -> dict[str, object]:
        return {
            "编号": group.id,
            "名称": group.name,
            "分值": plain(group.weight),
            "得分": self.subtotal(group.id),
            "下级": [self._branch(child, rows) for child in group.children if isinstance(child, Group)],
            "指标": [rows[child.id] for child in group.children if isinstance(child, Indicator)],
        }

    def deviations(self) -> list[dict[str, str]]:
        """The lines of goals that deviate: name, gap, note (a gap to fill while it is open), and the points lost."""
        return [
            {
                "名称": d.name,
                "差距": SPACED.sub("", d.gap),
                "原因": one_line(d.note).rstrip("。；;，,.、 ") if d.note else self.figures.open(d.item),
                "扣分": "" if not d.lost else plain(d.lost, self.form.pack.places) + self.figures.mark(d.item),
            }
            for d in deviations(self.form, self.answers)
        ]

    def losses(self) -> list[dict[str, str]]:
        """The indicators that lost points, with how many and why; one that left the table has lost nothing."""
        lost = [x for x in self.card.lines if x.points is not None and x.points < x.indicator.weight and not is_out(self.form, x)]
        return [
            {
                "名称": self._told_apart(x),
                "扣分": plain(x.indicator.weight - (x.points or 0)) + (PROVISIONAL if self._is_rough(x) else ""),
                "理由": SPACED.sub("", one_line(x.loss or x.why)),
            }
            for x in lost
        ]

    def _told_apart(self, line: Line) -> str:
        """The name of an indicator, with its group where two indicators have the same one."""
        name = line.indicator.name
        twins = sum(x.indicator.name == name for x in self.card.lines)
        return name if twins == 1 or not line.place.path else f"{line.place.names[-1]}中的{name}"

    def _points(self, line: Line) -> str:
        if line.points is None:
            return self.figures.gap(self.figures.number_of(line.waiting[0]) if line.waiting else 0)
        if is_out(self.form, line):
            return DASH
        return plain(line.points) + (PROVISIONAL if self._is_rough(line) else "")

    def _is_rough(self, line: Line) -> bool:
        """Whether the points rest on an answer that is provisional."""
        return self.figures.any_provisional(self.form.reads_with_points(line.indicator))


def filings_for(form: Form, project: str, wanted: str, beside: Sequence[Filed]) -> tuple[Filed, ...]:
    """The filings of another form that belong to one of `form`: those of its project where both are filled per project."""
    found = [f for f in beside if form_name(f.form.id) == wanted]
    if form.data.per == "project":
        found = [f for f in found if f.form.data.per == "unit" or f.project == project]
    return tuple(found)
