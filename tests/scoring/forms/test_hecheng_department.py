"""The real filing: every printed score, every contradiction that the analysis of the form lists, nothing that must hold."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answersfiles.cases import run_cases
from scoring.answersfiles.file import read_answers
from scoring.answersfiles.printed import Statement
from scoring.checks import check
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.numbers import plain
from scoring.scorecard import score
from scoring.textgate import clean

CASES = OWN_PACKS / "hecheng-2020" / "cases"
PRINTED = json.loads((Path(__file__).parents[2] / "golden" / "hecheng_a1.json").read_text(encoding="utf-8"))
PROVEN_WRONG = {"a1_11": Decimal(3)}  # finding F02: 77.98÷86.63 is below 100%, so 3 of 3, printed 2


@pytest.fixture(scope="module")
def form() -> Form:
    return load("hecheng-2020/department")


@pytest.fixture(scope="module")
def findings(form: Form) -> list[tuple[str, str]]:
    file = read_answers(form, CASES / "department.printed.yaml")
    return [(f.check, f.text) for f in check(form, file.answers, file.printed)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("row", PRINTED, ids=lambda r: r["pack_id"])
def test_an_indicator_keeps_its_printed_words_and_weight(form: Form, row: dict[str, str]) -> None:
    place = next(p for p in form.indicators if p.indicator.id == row["pack_id"])
    assert place.indicator.name == row["level3"]
    assert place.indicator.weight == Decimal(str(row["weight"]))
    assert place.names == (row["level1"], row["level2"])
    assert squeezed(clean(place.indicator.printed_rule)) == squeezed(clean(row["rule_text"]))
    assert squeezed(clean(place.indicator.printed_note)) == squeezed(clean(row["note_text"]))


def test_every_printed_score_comes_out_except_where_the_print_is_proven_wrong(form: Form) -> None:
    card = score(form, read_answers(form, CASES / "department.yaml").answers)
    printed = {r["pack_id"]: Decimal(str(r["seed_score"])) for r in PRINTED}
    assert {line.indicator.id: line.points for line in card.lines} == printed | PROVEN_WRONG
    assert card.total == sum(printed.values()) + 1 == 99
    for line in card.lines:
        assert any(c.isdigit() for c in line.why), line.why


def test_totals_equal_their_parts_on_every_level(form: Form) -> None:
    card = score(form, read_answers(form, CASES / "department.yaml").answers)
    for subtotal in card.subtotals.values():
        parts = [line.points for line in card.lines if subtotal.group in line.place.path]
        assert subtotal.points == sum(p for p in parts if p is not None)
    assert card.total == sum(s.points for s in card.subtotals.values() if s.group in form.data.indicators)


@pytest.mark.parametrize(
    ("finding", "code", "words"),
    [
        ("F01", "RATIO", ("在职人员控制率", "100%", "31÷37", "83.78%")),
        ("F02", "RULE_SCORE", ("公用经费控制率", "2 分", "3 分", "90.02%")),
        ("F11", "RULE_MAX", ("三公经费", "计5分", "2 分")),
        ("F14", "RULE_DIRECTION", ("预算调整率", "每下降5%扣1分")),
        ("F15", "RULE_DIRECTION", ("实际完成率", "每超过1%扣1分")),
        ("F16", "RULE_DIRECTION", ("完成及时率", "每超出1%扣1分")),
        ("F17", "RULE_DIRECTION", ("质量达标率", "每超过1%扣1分")),
        ("F19", "RULE_MAX", ("预决算信息公开性", "2.5")),
        ("F19", "RULE_MAX", ("资产管理安全性", "2.5")),
        ("F19", "RULE_MAX", ("基础信息完善性", "1.5")),
        ("F20", "YEAR", ("重点工作办结率", "2019", "2020")),
        ("F22", "MISSING_INPUT", ("项目支出", "2020年决算数")),
        ("F23", "MISSING_INPUT", ("政府采购执行率", "3 分")),
        ("F24", "MISSING_INPUT", ("预算调整率", "3 分")),
        ("F25", "MISSING_INPUT", ("预算执行率", "5 分")),
        ("F25", "MISSING_INPUT", ("固定资产利用率", "2 分")),
        ("F26", "MISSING_INPUT", ("三公经费", "变动率", "2 分")),
        ("F27", "MISSING_INPUT", ("会议费、培训费", "2020年决算数")),
        ("F28", "OVER_BUDGET", ("水费、电费、差旅费", "9.15", "6")),
        ("F29", "SUM_PART", ("124.09", "89.08")),
        ("F29", "SUM_PART", ("86.63", "46.12")),
        ("F29", "SUM_PART", ("77.98", "42.63")),
        ("F44", "MISSING_INPUT", ("管理制度健全性", "1 分")),
    ],
)
def test_a_contradiction_of_the_printed_filing_is_found(
    findings: list[tuple[str, str]], finding: str, code: str, words: tuple[str, ...]
) -> None:
    assert any(check == code and all(w in text for w in words) for check, text in findings), finding


def test_what_holds_in_the_printed_filing_is_not_called_wrong(findings: list[tuple[str, str]]) -> None:
    """Nothing is said of 416.14, 81.26%, 66, 2.47, 98, the funds, 20+38+20+20, 14+6, or the eight names of the 股室."""
    about_the_print = ("MISSING_INPUT", "RULE_TEXT", "RULE_MAX", "RULE_DIRECTION", "YEAR", "TYPO")
    assert Counter(code for code, _ in findings if code not in about_the_print) == {
        "RATIO": 1,  # F01
        "RULE_SCORE": 1,  # F02
        "SAME_FACT": 1,  # F22
        "OVER_BUDGET": 1,  # F28
        "SUM_PART": 3,  # F29, in three years
        "TEXT_LOGIC": 2,  # F35, F36
        "ATTACHMENT": 1,  # F37
        "NUMBERING": 1,  # F39
        "MISSING_TEXT": 2,  # F43
        "SIGNOFF": 1,  # F46
    }


def test_a_wrong_total_is_found(form: Form) -> None:
    file = read_answers(form, CASES / "department.printed.yaml")
    for key, stated in {"total": "100", "process": "40", "basic_total": "416.15", "public_share": "18.7%"}.items():
        assert file.printed is not None
        found = check(form, file.answers, file.printed.also({key: (Statement(stated),)}))
        fresh = [f for f in found if f.stated.rstrip("%") == stated.rstrip("%") and f.check in ("SCORE_SUM", "ROUNDING", "RATIO")]
        assert bool(fresh) is (key != "public_share"), key  # 18.7% is 18.74% rounded to what was printed


def test_the_cases_of_all_packs_pass() -> None:
    results = list(run_cases())
    assert {r.name for r in results} >= {"example/basic · basic", "example/rules · rules", "hecheng-2020/department · department"}
    assert len(results) == len(list(OWN_PACKS.glob("*/cases/*.expected.yaml")))
    assert all(r.passed for r in results), results


def test_the_example_shows_every_question_type_and_every_rule_kind() -> None:
    from typing import get_args

    from scoring.items import Item
    from scoring.rules import AnyRule

    example = load("example/basic")
    types = {get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(get_args(Item)[0])}
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(AnyRule)[0])}
    assert {i.type for s in example.data.sections for i in s.items} == types
    shown = {p.indicator.rule.kind for p in (*example.indicators, *load("example/rules").indicators)}
    assert shown | {"pass_line"} == kinds  # which stands inside another
    assert plain(example.weight) == "100"
