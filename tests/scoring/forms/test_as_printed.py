"""The five filings as printed: what is stated, what the printed cells add up to, what the rules give — and why."""

from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answersfiles.printed import Printed, number_in
from scoring.answersfiles.sets import read_set
from scoring.checks import check
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.rules.target_attainment import TargetAttainment
from scoring.scorecard import Line, score

# Case: stated total, sum of the printed cells, total by the rules. The first two as spec/overview §1 recomputes them.
TOTALS = {
    "hecheng-2020/department": ("98", "98", "99"),
    "hecheng-2020/spending": ("98", "95", "97"),
    "hecheng-2020/project@contract": ("100", "100", "100"),
    "hecheng-2020/project@system": ("100", "100", "100"),
    "lieshan-2023/project@ward": ("100", "90", "89.73"),
    "lieshan-2023/project@pension": ("97.5", "175", "98.45"),
    "lieshan-2023/project-report@pension": ("99.84", "99.84", "99.84"),
    "xundian-2023/department": ("95", "95", "93.75"),
    "hengyang-2022/department": ("96.3", "96.3", "89.58"),
}
SCORES = ("RULE_SCORE", "SCORE_RANGE", "SCORE_REACHABLE", "MISSING_INPUT", "RULE_MAX", "SCORE_ATTAIN", "WEIGHT_SUM")


def files(case: str) -> tuple[Form, Path, Path]:
    pack, _, name = case.partition("/")
    folder = OWN_PACKS / pack / "cases"
    return load(f"{pack}/{name.partition('@')[0]}"), folder / f"{name}.yaml", folder / f"{name}.printed.yaml"


def printed_of(form: Form, path: Path) -> Printed:
    """The `printed:` part of a case."""
    printed = read_set(form, path).printed
    assert printed is not None, f"{path.name} has no printed part"
    return printed


def printed_points(form: Form, printed: Printed) -> dict[str, Decimal]:
    """The points that the table prints: of indicators, and of the lines of tables of goals."""
    scored = {p.indicator.id for p in form.indicators if not isinstance(p.indicator.rule, TargetAttainment)}
    found = {}
    for key in printed.values:
        item, _, rest = key.partition(".")
        of_line = rest.partition(".")[0].isdigit() and rest.endswith(".points") and item in form.items
        number = number_in(printed.stated(key) or "") if key in scored or of_line else None
        if number is not None:
            found[key] = number
    return found


@pytest.mark.parametrize("case", TOTALS)
def test_the_totals_are_those_of_the_recomputation(case: str) -> None:
    form, consistent, as_printed = files(case)
    printed = printed_of(form, as_printed)
    stated, added, by_rules = (Decimal(t) for t in TOTALS[case])
    assert number_in(printed.stated("total") or "") == stated
    assert sum(printed_points(form, printed).values()) == added
    assert score(form, read_set(form, consistent).answers).total == by_rules


@pytest.mark.parametrize("case", TOTALS)
def test_every_printed_score_is_reproduced_or_its_difference_is_explained(case: str) -> None:
    form, _, as_printed = files(case)
    filed = read_set(form, as_printed)
    card = {line.indicator.id: line for line in score(form, filed.answers).lines}
    findings = [f for f in check(form, filed.answers, filed.printed) if f.check in SCORES]
    for key, stated in printed_points(form, printed_of(form, as_printed)).items():
        if key in card and card[key].points not in (stated, _on_the_repaired_weight(card[key], stated)):
            name = card[key].indicator.name.replace("“", "‘").replace("”", "’")
            assert any(name in f.text for f in findings), f"{key} prints {stated}, the rule gives {card[key].points}"


def _on_the_repaired_weight(line: Line, stated: Decimal) -> Decimal:
    """Printed points of a weight that the pack repairs, in proportion: 1 of 1 on paper is 4 of 4 here."""
    on_paper = line.indicator.printed_weight
    return stated if on_paper is None else stated * line.indicator.weight / on_paper
