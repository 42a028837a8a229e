"""Pack lieshan-2023: every decidable contradiction of the published filing is found, its totals come out as recomputed,
every question is explained. How the documents look is in tests/templates/test_lieshan_documents.py."""

from decimal import Decimal

import pytest

from scoring.answersfiles.cases import figures, run_case
from scoring.answersfiles.sets import FileSet, read_set
from scoring.checks import Finding, check
from scoring.form import Form
from scoring.items import stored_value
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.values import to_json
from tests.scoring.forms.golden_findings import EXPECTED, GOLDEN, UNDECIDABLE, false_alarms, missing

PACK = "lieshan-2023"
CASES = OWN_PACKS / PACK / "cases"
FORMS = ("project", "project-report", "statement")
PRINTED = {"A": "project@ward", "B": "project@pension", "R": "project-report@pension", "N": "statement"}
TOTALS = {
    "project@ward": "89.73",
    "project@pension": "98.45",
    "project-report@pension": "99.84",
    "project-report@arrived": "98.45",
}


def form_of(case: str) -> Form:
    return load(f"{PACK}/{case.partition('.')[0].partition('@')[0]}")


def filed(case: str) -> FileSet:
    return read_set(form_of(case), CASES / f"{case}.yaml")


def found(case: str) -> tuple[Finding, ...]:
    file = filed(f"{case}.printed")
    return check(form_of(case), file.answers, file.printed)


@pytest.mark.parametrize(("paper", "case"), PRINTED.items())
def test_every_decidable_contradiction_of_the_print_is_found_and_nothing_that_must_hold(paper: str, case: str) -> None:
    findings = found(case)
    assert missing(findings, "001", paper) == []
    assert false_alarms(findings, "001") == []


def test_what_cannot_be_decided_is_listed_with_the_reason() -> None:
    undecidable = {i: why for i, why in UNDECIDABLE.items() if i.startswith("S001")}
    assert list(undecidable) == ["S001-F23"]
    assert all(undecidable.values())
    seed = [g["id"] for g in GOLDEN["findings"] if g["id"].startswith("S001")]
    assert len(seed) == 28
    assert all(i in EXPECTED or i in undecidable for i in seed)
    # whoever transcribes the report can still say that two places speak of different dimensions
    assert any(f.check == "TEXT_LOGIC" and "评价维度" in f.text for f in found("project-report@pension"))


@pytest.mark.parametrize(("case", "total"), TOTALS.items())
def test_the_totals_are_those_recomputed_from_the_printed_cells(case: str, total: str) -> None:
    card = score(form_of(case), filed(case).answers)
    assert card.complete
    assert card.total == Decimal(total)
    assert run_case(f"{PACK}/{case.partition('@')[0]}", CASES / f"{case}.expected.yaml").passed


def test_only_the_total_row_earns_points_for_the_funds() -> None:
    form, file = form_of("project@ward"), filed("project@ward")
    line = score(form, file.answers).line("p_funds")
    assert "661.7252÷680＝97.31%" in line.why
    more = file.answers | {"fund_other": file.answers["fund_current"]}
    assert score(form, more).line("p_funds").points == line.points  # twice the money at the same rate


def test_the_statement_types_nothing_that_a_project_has_told() -> None:
    form, file = form_of("statement"), filed("statement")
    assert not {"projects", "evaluated"} & set(file.stored)
    assert figures(form, file.answers)["project_budget"] == "1580"
    told = [row.cells for row in file.answers["projects"].value]  # type: ignore[union-attr]
    assert [(c[0], str(c[3]), c[4]) for c in told] == [("老字号", "89.73", "良"), ("城乡居民基本养老保险", "98.45", "优")]


def test_the_report_takes_the_funds_of_the_same_project_and_year_only() -> None:
    arrived, own = filed("project-report@arrived"), filed("project-report@pension")
    assert not {"budget", "executed", "deviation"} & set(arrived.stored)
    assert "区级补贴支出少于预算" in str(arrived.answers["deviation"].value)
    assert arrived.answers["executed"].value == Decimal("760.216")
    assert own.answers["executed"].value == Decimal("777.256")  # a report of the year before stands alone


def test_a_score_without_money_comes_back_from_the_store_as_a_number() -> None:
    item = load(f"{PACK}/statement").items["unit_score"]
    assert stored_value(item, to_json(Decimal("95.5"))) == Decimal("95.5")


def test_a_clean_filing_has_no_finding_but_the_weights_that_were_printed_so() -> None:
    grave = {c: [f.check for f in check(form_of(c), filed(c).answers) if f.severity != "提示"] for c in [*TOTALS, "statement"]}
    assert grave.pop("project@ward") == ["WEIGHT_SUM"]  # 效益指标 30, its lines 10 + 10
    assert not any(grave.values()), grave


@pytest.mark.parametrize("name", FORMS)
def test_every_question_says_what_it_means_where_it_is_found_and_how_it_is_answered(name: str) -> None:
    form = load(f"{PACK}/{name}")
    for item in form.items.values():
        if item.id not in form.silent:
            assert item.help, item.id
            assert item.good, item.id
            assert item.bad, item.id
            assert item.source, item.id
    for place in form.indicators:
        indicator = place.indicator
        assert indicator.explain, indicator.name
        assert indicator.source, indicator.name
        assert indicator.good, indicator.name
        assert indicator.bad, indicator.name
