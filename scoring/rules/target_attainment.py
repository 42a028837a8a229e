"""target_attainment: the points of a table of goals, each line by what was reached of its target.

Not here: what one line is worth (goals/attainment.py) and which lines share a 分值 (goals/lines.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.columns import Rows
from scoring.data import Name
from scoring.formula import Missing
from scoring.goals.attainment import Assessment
from scoring.goals.lines import assessed, cell_of, name_of, shares, weights
from scoring.items import Item
from scoring.numbers import Rounding, plain, rounded
from scoring.rules.base import RowPart, Rule, Standing, Verdict, outcome, scored
from scoring.values import Row
from scoring.wording import quoted

TOLD = 3  # lines that are all explained; of more only those that lost points
UNREADABLE = {"target": "指标值要改", "actual": "实际完成值要改"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table that this rule counts."""

    place: int
    name: str
    weight: Fraction
    worth: Assessment | None
    first: bool  # not sharing the 分值 of the line above

    @property
    def title(self) -> str:
        return quoted(self.name) if self.name else f"第 {self.place + 1} 行"


class TargetAttainment(Rule):
    """The sum over the lines of `item`, or over those that `where` picks: a column and the text(s) it must hold.

    Each printed figure, that of a line or of lines sharing a 分值, is rounded as the points of the indicator are (or to
    fewer `places`) before they are added, so that the sum is that of the printed column.
    """

    kind: Literal["target_attainment"]
    item: str
    where: Mapping[Name, str | tuple[str, ...]] = Field(default_factory=dict)
    places: int | None = Field(default=None, ge=0, le=4)

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        rows = figures.rows(self.item)
        table = figures.items[self.item]
        assert isinstance(table, Rows)
        lines = self._picked(table, rows)
        rounding: Rounding = table.attainment.rounding if table.attainment else "half_up"
        counting = [line for line in lines if line.worth is None or line.worth.counts or line.weight]
        if not lines and not rows:
            raise Missing((self.item,))
        if not counting:
            what = "、".join(t for texts in self.where.values() for t in ([texts] if isinstance(texts, str) else texts))
            return Verdict(Standing.NOT_APPLICABLE, f"{quoted(table.label)}里没有设{what or '指标'}")
        open_lines = [line for line in counting if line.worth is None or line.worth.share is None]
        if open_lines:
            return Verdict(
                Standing.WAITING, _waiting(table, open_lines), waiting=(self.item,), parts=self._parts(lines, figures, rounding)
            )
        parts = self._parts(lines, figures, rounding)
        points = sum((p.points for p in parts if p.points is not None), Fraction(0))
        why = f"{_explained(counting, parts)} {outcome(points, weight)}"
        if points >= weight:
            return Verdict(Standing.SCORED, why, points, parts=parts)
        lost = [line for line in counting if line.worth is not None and line.worth.share != 1]
        loss = "；".join(f"{line.title}{_loss(line)}" for line in lost) or "各行分值合计少于指标分值"
        found = scored(points, why, f"各项都完成指标值时为满分 {plain(weight)} 分", loss)
        return Verdict(found.standing, found.why, found.points, found.full, loss=found.loss, parts=parts)

    def _picked(self, table: Rows, rows: tuple[Row, ...]) -> list[_Line]:
        worth, weighs = assessed(table, rows), weights(table, rows)
        picked: list[_Line] = []
        for n, row in enumerate(rows):
            if all(_holds(row.cells[table.position(column)], texts) for column, texts in self.where.items()):
                own = cell_of(table, row, "weight")
                judged = None if own is None else worth[n]
                follows = bool(picked) and picked[-1].place == n - 1 and shares(table, row)
                picked.append(_Line(n, name_of(table, row), weighs[n], judged, not follows))
        return picked

    def _parts(self, lines: list[_Line], figures: Figures, rounding: Rounding) -> tuple[RowPart, ...]:
        """One part per line; the first of a block that shares a 分值 tells the points of all of it."""
        parts: list[RowPart] = []
        places = figures.places if self.places is None else min(self.places, figures.places)
        for n, line in enumerate(lines):
            block = [line]
            for other in lines[n + 1 :]:
                if other.first:
                    break
                block.append(other)
            earned = [each.worth.points for each in block if each.worth is not None and each.worth.points is not None]
            whole = sum(earned, Fraction(0)) if line.first and len(earned) == len(block) else None
            points = None if whole is None else Fraction(rounded(whole, places, rounding))
            why = line.worth.why if line.worth else ""
            parts.append(RowPart(line.place, line.name, sum((b.weight for b in block), Fraction(0)), points, why))
        return tuple(parts)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        table = items.get(self.item)
        if not isinstance(table, Rows) or table.attainment is None:
            yield "RULE_ITEM", f"{self.item} 应是 type: rows、带 attainment 的数据项"
            return
        for kind in ("target", "actual", "weight"):
            if table.place_of(kind) is None:
                yield "RULE_ITEM", f"{self.item} 要有一个 type: {kind} 的列"
        if table.min_rows < 1:
            yield "RULE_ITEM", f"{self.item} 要写 min_rows: 1（或更多）：一行也没有，这个指标就永远算不出分"
        for column, texts in self.where.items():
            found = next((c for c in table.columns if c.id == column), None)
            if found is None:
                yield "RULE_ITEM", f"where 里的 {column} 不是 {self.item} 的列"
                continue
            for text in [texts] if isinstance(texts, str) else texts:
                if found.options and text not in found.options:
                    yield "RULE_ITEM", f"where 里的 {text} 不在 {self.item}.{column} 的选项里"
        if not self.where and table.weight is not None and table.weight != weight:
            yield "RULE_MAX", f"{self.item} 的 weight 是 {plain(table.weight)}，分值是 {plain(weight)}"


def _holds(cell: object, texts: str | tuple[str, ...]) -> bool:
    return cell == texts if isinstance(texts, str) else cell in texts


def _waiting(table: Rows, lines: list[_Line]) -> str:
    line = lines[0]
    worth = line.worth
    told = "还没有填完" if worth is None else UNREADABLE.get(worth.needs[0], "") if worth.needs else ""
    told = told or (worth.why if worth else "")
    more = f"（共 {len(lines)} 行没有填完）" if len(lines) > 1 else ""
    return f"还缺：{table.label}，{line.title}{told}{more}"


def _explained(lines: list[_Line], parts: tuple[RowPart, ...]) -> str:
    lost = [line for line in lines if line.worth is not None and line.worth.share != 1]
    if len(lines) <= TOLD:
        told = [f"{line.title}：{line.worth.why}" for line in lines if line.worth]
    else:
        full = len(lines) - len(lost)
        told = [f"{len(lines)} 项指标，{full} 项满分" if lost else f"{len(lines)} 项指标都是满分"]
        told += [f"{line.title}：{line.worth.why}" for line in lost if line.worth]
    sums = [plain(p.points, 4) for p in parts if p.points is not None and p.weight]
    return "；".join(told) + (f"；合计 {'＋'.join(sums)}" if len(sums) > 1 else "；合计")


def _loss(line: _Line) -> str:
    worth = line.worth
    assert worth is not None
    return f"没有完成指标值，{worth.gap}" if worth.gap else "没有得满分"
