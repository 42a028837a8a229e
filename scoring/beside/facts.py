"""What one filing reads of another: its items, cells, computed figures, its name and its score, as they stand there now.

Not here: which filings are read (arrivals.py), or how a fact becomes an answer (fitting.py).
"""

from dataclasses import dataclass, field

from scoring.answers import Answers
from scoring.asked import asked, is_asked
from scoring.columns import Column, Table
from scoring.computed import computed_value
from scoring.form import Form
from scoring.items import Number
from scoring.scorecard import score
from scoring.values import ExternalScore, ManualScore, Row, Value


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing as another one reads it. `answers` are complete: with what has arrived there. `id`: the store's, if any."""

    form: Form
    answers: Answers = field(hash=False)
    year: int
    unit: str = ""
    project: str = ""
    id: str = ""

    @property
    def title(self) -> str:
        """《2023年度项目支出绩效自评表》（老字号）."""
        return f"《{self.year}年度{self.form.title}》" + (f"（{self.project}）" if self.project else "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or words of another filing, and whether they are provisional there."""

    value: Value | None
    unit: str = ""
    provisional: bool = False


NOTHING = Fact(None)


def fact_of(filed: Filed, name: str) -> Fact:
    """An item, a cell of a fixed line, a computed figure, or one of `ABOUT`, as that filing has it now."""
    form, answers = filed.form, filed.answers
    if name in ("$total", "$grade"):
        card = score(form, answers)
        rough = any(answers[i.id].provisional for i in asked(form, answers) if i.id in answers)
        value = (card.total if name == "$total" else card.grade or None) if card.complete and card.lines else None
        return Fact(value, "", rough)
    if name.startswith("$"):
        return Fact({"$project": filed.project, "$unit": filed.unit, "$year": str(filed.year)}.get(name) or None)
    item_id, _, column = name.partition(".")
    rough = any(i in answers and answers[i].provisional for i in form.resolve(item_id))
    if item_id in form.computed:
        return Fact(computed_value(form, item_id, answers), form.computed[item_id].unit, rough)
    item, answer = form.items.get(item_id), answers.get(item_id)
    if item is None or answer is None or not answer.given or not is_asked(form, item, answers):
        return NOTHING
    if isinstance(item, Table) and column:
        place = item.position(column)
        return Fact(answer.value.cells[place], unit_of(item.columns[place]), rough) if isinstance(answer.value, Row) else NOTHING
    match answer.value:
        case ManualScore(points, _) | ExternalScore(points, _, _) if not isinstance(item, Table):
            return Fact(points, "", rough)
    return Fact(answer.value, item.unit if isinstance(item, Number) else "", rough)


def unit_of(column: Column) -> str:
    """The unit of a column; money is in 万元 unless it says otherwise."""
    return column.unit or ("万元" if column.type == "money" else "")
