"""The list of golden findings itself: complete, sorted into decidable and undecidable; the published forms that are packs."""

from pathlib import Path

import pytest

from scoring.answersfiles.file import read_answers
from scoring.checks import Finding, check
from scoring.loading import OWN_PACKS, load
from tests.scoring.forms.golden_findings import EXPECTED, GOLDEN, MUST_HOLD, UNDECIDABLE, false_alarms, missing


def audited(form: str, case: str) -> tuple[Finding, ...]:
    pack = form.partition("/")[0]
    sheet = load(form)
    file = read_answers(sheet, Path(OWN_PACKS) / pack / "cases" / case)
    return check(sheet, file.answers, file.printed)


def test_every_golden_finding_is_decidable_or_says_why_not() -> None:
    ids = [g["id"] for g in GOLDEN["findings"]]
    assert len(ids) == 100
    assert set(ids) == set(EXPECTED) | set(UNDECIDABLE)
    assert not set(EXPECTED) & set(UNDECIDABLE)
    assert {m["seed"][:3] for m in GOLDEN["must_hold"]} >= set(MUST_HOLD)


def test_the_helper_tells_what_is_missing() -> None:
    assert "S000-F01" in missing((), "000", "D1")
    right = Finding("RATIO", "错误", (), "“控制率”写的是 100%，应为 31÷37＝83.78%", "100%", "83.78%")
    assert "S000-F01" not in missing((right,), "000", "D1")
    wrong = Finding("RATIO", "错误", (), "“控制率”写的是 100%，应为 31÷36＝86.11%", "100%", "86.11%")
    assert "S000-F01" in missing((wrong,), "000", "D1")
    alarm = Finding("SUM", "错误", (), "“基本支出”写的是 416.14，应为 416.15", "", "")
    assert false_alarms((alarm, right), "000") == [alarm.text]


@pytest.mark.parametrize(
    ("form", "case", "seed", "papers"), [("hecheng-2020/department", "department.printed.yaml", "000", ("A1",))]
)
def test_what_a_published_form_gets_wrong_is_found(form: str, case: str, seed: str, papers: tuple[str, ...]) -> None:
    found = audited(form, case)
    assert missing(found, seed, *papers) == ["S000-F34"]
    assert false_alarms(found, seed) == []
