"""Cases: filings with the points an expert expects, kept beside the pack and run like tests.

cases/<form>.yaml            answers as a filler would type them; <form>@<which>.yaml where there are several
cases/<form>.expected.yaml   points by indicator, sub-totals by group, `total`, `grade`; computed figures by id
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from scoring.answers import Answers
from scoring.answersfiles.parsing import parsed
from scoring.answersfiles.sets import read_set
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined
from scoring.loading import OWN_PACKS, load
from scoring.numbers import plain
from scoring.scorecard import Scorecard, score


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with every difference between what was expected and what the rules give."""

    name: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_cases(packs: Sequence[Path] = (), *, own: bool = True) -> Iterator[CaseResult]:
    """Every case of the given folders of packs, and of our own."""
    for root in (*packs, *((OWN_PACKS,) if own else ())):
        for expected in sorted(root.glob("*/cases/*.expected.yaml")):
            pack = expected.parent.parent.name
            form = expected.name.split(".")[0].partition("@")[0]
            yield run_case(f"{pack}/{form}", expected, (root,))


def run_case(form_id: str, expected: Path, packs: Sequence[Path] = ()) -> CaseResult:
    """One case, compared cell by cell. Raises BadAnswers when its files cannot be read."""
    answers_path = expected.with_name(expected.name.replace(".expected.yaml", ".yaml"))
    form = load(form_id, packs)
    answers = read_set(form, answers_path, packs).answers
    card = score(form, answers)
    wanted = parsed(expected).data
    if not isinstance(wanted, dict):
        raise BadAnswers(f"{expected.name}：最外层应是“指标: 得分”")
    got = figures(form, answers) | points(card)
    differences = [
        f"{key}：预期 {value}，算得 {got.get(key, '（没有这一项：可写指标、分组、算出来的数、total、grade）')}"
        for key, value in wanted.items()
        if not _same(str(value), got.get(key, ""))
    ]
    return CaseResult(f"{form_id} · {answers_path.stem}", tuple(differences))


def points(card: Scorecard) -> dict[str, str]:
    """Points by indicator and group id, with `total` and `grade`, as text."""
    found = {line.indicator.id: "" if line.points is None else plain(line.points) for line in card.lines}
    found |= {group: plain(subtotal.points) for group, subtotal in card.subtotals.items()}
    return found | {"total": plain(card.total), "grade": card.grade}


def figures(form: Form, answers: Answers) -> dict[str, str]:
    """Computed figures by id as text, exact to six decimals; empty while they have no value."""
    found: dict[str, str] = {}
    facts = form.figures(answers)
    for name in form.computed:
        try:
            value = facts.scalar(name)
        except (Missing, Inapplicable, Undefined):
            value = ""
        found[name] = plain(value, 6) if isinstance(value, Fraction) else str(value)
    return found


def _same(a: str, b: str) -> bool:
    try:
        return Decimal(a) == Decimal(b)
    except InvalidOperation:
        return a == b
