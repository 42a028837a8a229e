"""One filing among many, and what is noticed about it. Not here: the noticing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scoring.answers import Answers
from scoring.asked import asked
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.actuals import Actual, read_actual
from scoring.goals.lines import cell_of, name_of
from scoring.goals.targets import Target, read_target
from scoring.scorecard import Scorecard


class Kind(StrEnum):
    """What is unlikely, in the words of the list."""

    FULL = "全部满分"
    EQUAL = "完成值都等于指标值"
    RATE = "比率都一样"
    SATISFACTION = "满意度和别的单位一样"
    OVER = "超过 130%"
    COPIED = "文字和别的单位相同"
    RAISED = "退回后得分变了"


@dataclass(frozen=True, slots=True)
class Case:
    """A filing as it was handed in. `before`: its scorecard when it was last returned, None when it never was."""

    id: str
    unit: str
    form: Form
    answers: Answers
    card: Scorecard
    project: str = ""
    before: Scorecard | None = None

    @property
    def name(self) -> str:
        """The unit, and the project where there is one."""
        return f"{self.unit}（{self.project}）" if self.project else self.unit


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing noticed: in which filing, the evidence in one sentence, the items it is about, and the filing it is like."""

    kind: Kind
    case: str
    said: str
    items: tuple[str, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A line of goals with a number for target and actual value."""

    item: str
    name: str
    target: Target
    actual: Actual


def reached(case: Case) -> Iterator[Reached]:
    """Every line of the tables of goals whose target and actual value are numbers, in the order of the form."""
    for item in asked(case.form, case.answers):
        if not isinstance(item, Rows) or item.place_of("target") is None:
            continue
        for row in lines_of(case.answers.get(item.id)):
            text, said = cell_of(item, row, "target"), cell_of(item, row, "actual")
            target = read_target(text) if isinstance(text, str) else None
            if not isinstance(target, Target) or not target.numeric or not isinstance(said, str):
                continue
            actual = read_actual(said, target)
            if isinstance(actual, Actual) and actual.number is not None:
                yield Reached(item.id, name_of(item, row), target, actual)
