"""Tables of goals as printed, questionnaires, names of lines, causes of wrong totals, checks that look for words."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answers import Answer, given
from scoring.answersfiles.file import read_answers
from scoring.answersfiles.printed import Printed, Statement
from scoring.answersfiles.printedparts import read_printed
from scoring.checks import Finding, check
from scoring.checks.undone import undone
from scoring.form import Form
from scoring.formdata import Check
from scoring.loading import OWN_PACKS, load
from scoring.values import Row
from scoring.yamlfile import read_yaml


@pytest.fixture(scope="module")
def project() -> Form:
    return load("lieshan-2023/project")


@pytest.fixture(scope="module")
def basic() -> Form:
    return load("example/basic")


def audited(form: Form, case: str) -> tuple[Finding, ...]:
    file = read_answers(form, Path(OWN_PACKS) / form.id.partition("/")[0] / "cases" / case)
    return check(form, file.answers, file.printed)


def printed(text: str) -> Printed:
    return read_printed(read_yaml("printed", text).data)


def one(findings: tuple[Finding, ...], code: str, *words: str) -> Finding:
    found = [f for f in findings if f.check == code and all(w in f.text for w in words)]
    assert len(found) == 1, [f.text for f in findings if f.check == code]
    return found[0]


def test_a_total_that_counts_a_row_twice_says_so(project: Form) -> None:
    found = audited(project, "project@ward.printed.yaml")
    assert one(found, "WEIGHT_SUM", "整张表").cause == "像是把“本年财政拨款”的 10 分又加了一次"
    assert one(found, "SCORE_SUM", "总分").cause == "像是把“本年财政拨款”的 10 分又加了一次"


def test_a_total_by_the_printed_rate_says_so(project: Form) -> None:
    found = one(audited(project, "project@pension.printed.yaml"), "SCORE_SUM", "97.5", "175")
    assert "75.00% 算成 7.5 分" in found.cause


def test_points_by_the_printed_rate_say_so(project: Form) -> None:
    answers = {"fund_current": given(row(680, 680, 661)), "fund_carried": given(row(0, 0, 0)), "fund_other": given(row(0, 0, 0))}
    stated = printed("p_funds: 7.5\nexecution_rate: 75%")
    found = one(check(project, answers, stated), "RULE_SCORE")
    assert found.cause.startswith("按印出的")
    assert "75% 正好是 7.5 分" in found.cause


def row(*cells: object) -> Row:
    return Row(tuple(Decimal(str(c)) for c in cells))


GOALS = "output_goals"


def goals(*weights: str) -> dict[str, Answer]:
    kinds = ("数量指标", "质量指标", "时效指标", "成本指标")
    rows = tuple(
        Row((kind, f"{kind}一", "100%", "100%", Decimal(w) if w else "", None, None, None))
        for kind, w in zip(kinds, weights, strict=False)
    )
    return {GOALS: given(rows)}


def test_the_points_of_lines_add_up_to_their_indicator(project: Form) -> None:
    answers = goals("20", "30")
    assert not [
        f
        for f in check(project, answers, printed(f"{GOALS}.1.points: 20\n{GOALS}.2.points: 30\np_outputs: 50"))
        if f.check == "SCORE_SUM"
    ]
    wrong = check(project, answers, printed(f"{GOALS}.1.points: 20\n{GOALS}.2.points: 29\np_outputs: 50"))
    assert "49" in one(wrong, "SCORE_SUM").text
    only_lines = check(project, answers, printed(f"{GOALS}.1.points: 20\n{GOALS}.2.points: 29\noutputs: 50"))
    assert "下面是 49 分" in one(only_lines, "SCORE_SUM").text


def test_printed_weights_of_lines_are_added_with_their_blocks(project: Form) -> None:
    shared = goals("20", "", "30")
    blank = printed(f"{GOALS}.1.weight: 20\n{GOALS}.2.weight: ''\nweights: {{outputs: 50}}")
    found = check(project, shared, blank)
    assert not [f for f in found if f.check == "WEIGHT_SUM" and "产出" in f.text]
    assert "分值却空着" in one(found, "MISSING_INPUT", "质量指标一").text
    other = check(project, shared, printed(f"{GOALS}.1.weight: 25\nweights: {{outputs: 50}}"))
    assert any(f.check == "WEIGHT_SUM" and "55" in f.text for f in other)


def test_a_line_that_is_not_there_is_said(project: Form) -> None:
    assert "没有第 7 行" in one(check(project, goals("50"), printed(f"{GOALS}.7.points: 3")), "MISSING_INPUT", "第 7 行").text


def test_a_name_is_a_name(project: Form) -> None:
    rows = (Row(("经济效益指标", "100%", "=100%", "100%", Decimal(10), None, None, None)),)
    assert "不是指标名称" in one(check(project, {"benefit_goals": given(rows)}), "NAME").text


def survey(*rows: tuple[int, ...]) -> dict[str, Answer]:
    return {"survey": given(tuple(row(*r) for r in rows))}


@pytest.mark.parametrize(
    ("answers", "stated", "words"),
    [
        (survey((50, 51, 48)), "", "收回 51 份，比发放 50 份还多"),
        (survey((50, 50, 51)), "", "有效 51 份，比收回 50 份还多"),
        (survey((50, 50, 48), (47, 2, 0), (48, 0, 0)), "", "第 1 题各选项加起来 47＋2＋0＝49"),
        (survey((50, 50, 12)), "", "少于 30 份"),
        (
            survey((50, 50, 48), (47, 1, 0), (48, 0, 0)),
            "survey.composite: 99.4",
            "综合得分写的是 99.4，按各题份数算是 99.48；像是直接截断",
        ),
        (survey((50, 50, 48), (47, 1, 0), (48, 0, 0)), "survey.total: 956", "问卷总分写的是 956"),
        ({}, "survey_letters: [ABC, ACD]", "第 2 题的选项字母是 A、C、D"),
    ],
)
def test_a_questionnaire_that_does_not_agree(basic: Form, answers: dict[str, Answer], stated: str, words: str) -> None:
    found = check(basic, answers, printed(stated) if stated else None)
    assert any(f.check == "SURVEY" and words in f.text for f in found), [f.text for f in found if f.check == "SURVEY"]


def test_a_questionnaire_that_agrees(basic: Form) -> None:
    answers = survey((50, 50, 48), (47, 1, 0), (48, 0, 0))
    stated = printed("survey.total: 955\nsurvey.composite: 99.48\nsurvey_letters: [ABC, ABC]")
    assert not [f for f in check(basic, answers, stated) if f.check == "SURVEY"]


def test_a_check_may_wait_for_words(basic: Form) -> None:
    reason = Check(
        id="no_projects",
        code="TEXT_LOGIC",
        that="sum(projects.final) > 0",
        say="说是项目支出增加，可是没有项目支出。",
        mentions="项目支出增加",
    )
    form = replace(basic, data=basic.data.model_copy(update={"checks": (reason,)}))
    answers = {"projects": given((Row(("甲", Decimal(10), Decimal(0))),))}
    assert not [f for f in check(form, answers) if f.check == "TEXT_LOGIC"]
    said = {**answers, "performance": given("主要原因是项目支出增加。")}
    assert one(check(form, said), "TEXT_LOGIC").text.startswith("说是项目支出增加")
    in_print = Printed(sentences=(Statement("主要原因是项目支出增加"),))
    assert one(check(form, answers, in_print), "TEXT_LOGIC")
    with pytest.raises(ValueError, match="正则"):
        Check(id="broken", code="TEXT_LOGIC", that="1 > 0", say="", mentions="(")


def test_what_was_not_achieved_is_known_from_lines_rates_and_total(project: Form) -> None:
    assert undone(project, goals("50")) == ""
    missed = (Row(("数量指标", "参保率", "≥95%", "90%", Decimal(50), None, None, None)),)
    assert undone(project, {GOALS: given(missed)}) == "“参保率”没有完成"
    assert undone(project, {}, printed("rates: [{what: 执行率, percent: 75%}]")) == "执行率只有 75%"
    assert undone(project, {}, printed("total: 97.5")) == "自评总分是 97.5 分"
    assert undone(project, {}, printed("total: 100")) == ""


@pytest.mark.parametrize(
    "pattern",
    ["(字+)+$", "(字|字字)*完", "(?:字{1,9}){1,9}甲", ".{0,99}.{0,99}.{0,99}完", "项目.*增加", "(字)\\1", "字{3,}", "字" * 201],
)
def test_a_pattern_that_could_keep_the_chat_busy_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"没有上限|不能|太多|太长"):
        Check(id="slow", code="TEXT_LOGIC", that="1 > 0", say="", mentions=pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?<!代发)项目支出增加",
        "并非所有的?(?:员工|人员)|没有全员",
        "项目[^。，*+]{0,20}增加",
        r"100\+",
        "新增.{0,10}?人员?",
        "{年}",
    ],
)
def test_a_pattern_with_bounds_is_taken(pattern: str) -> None:
    assert Check(id="quick", code="TEXT_LOGIC", that="1 > 0", say="", mentions=pattern).mentions == pattern
