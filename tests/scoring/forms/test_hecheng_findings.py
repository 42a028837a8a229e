"""The published filing of 鹤城 with its contradictions: every one that can be decided is found, nothing that holds is called wrong."""

import pytest

from scoring.answersfiles.sets import read_set
from scoring.checks import Finding, check
from scoring.loading import OWN_PACKS, load
from tests.scoring.forms.golden_findings import GOLDEN, UNDECIDABLE, false_alarms, missing

CASES = OWN_PACKS / "hecheng-2020" / "cases"
PAPERS = {  # the printed filing's papers, by the file that holds them
    "department": ("A1", "D1", "R1"),  # 附件1, 附件2, 附件3
    "spending": ("B", "R2"),  # 附件4-1, 附件5-1
    "project@contract": ("C1",),  # 附件4-2
    "project@system": ("C2",),
}
NEEDS_A_READER = {
    "S000-F31": "whether 人员经费 6 and 城乡居保的专项工作经费 6 are the same money takes someone who reads both papers",
    "S000-F32": "that a goal for 城乡居保 leaves out the other pensioners takes someone who knows the work",
    "S000-F35": "that money meant to top up 公用经费 needs a gap to fill takes someone who understands the sentence",
}
WRITTEN_DOWN = {  # … and once that reader has put both sides into the file, the check says so
    "S000-F31": ("NAME", ("人员经费", "城乡居保的专项工作经费")),
    "S000-F32": ("NAME", ("城乡居保参保人员", "企业、机关、城乡参保人员")),
    "S000-F35": ("TEXT_LOGIC", ("公用经费", "66")),
}


def found_in(case: str) -> tuple[Finding, ...]:
    form = load(f"hecheng-2020/{case.partition('@')[0]}")
    filing = read_set(form, CASES / f"{case}.printed.yaml")
    return check(form, filing.answers, filing.printed)


@pytest.fixture(scope="module")
def findings() -> dict[str, tuple[Finding, ...]]:
    return {case: found_in(case) for case in PAPERS}


def test_every_decidable_contradiction_is_found(findings: dict[str, tuple[Finding, ...]]) -> None:
    everything = [f for found in findings.values() for f in found]
    left = missing(everything, "000", *(p for papers in PAPERS.values() for p in papers))
    assert left == []


def test_what_a_reader_must_decide_is_named_with_the_reason(findings: dict[str, tuple[Finding, ...]]) -> None:
    ids = {g["id"] for g in GOLDEN["findings"] if g["id"].startswith("S000-")}
    assert len(ids) == 46
    assert set(NEEDS_A_READER) == ids & set(UNDECIDABLE)
    everything = [f for found in findings.values() for f in found]
    for golden, (code, words) in WRITTEN_DOWN.items():
        assert any(f.check == code and all(w in f.text for w in words) for f in everything), golden


def test_nothing_that_holds_is_called_wrong(findings: dict[str, tuple[Finding, ...]]) -> None:
    for case, found in findings.items():
        assert false_alarms(found, "000") == [], case


def test_the_same_filing_as_the_rules_have_it_has_no_mistake_left() -> None:
    for case in PAPERS:
        form = load(f"hecheng-2020/{case.partition('@')[0]}")
        left = check(form, read_set(form, CASES / f"{case}.yaml").answers)
        assert [f for f in left if f.severity == "错误"] == [], case
