"""寻甸 2023 on paper: a sentence for each indicator, sub-totals that agree with the table, 42 working sheets, no figure twice."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from scoring.answers import Answers
from scoring.answersfiles.file import read_answers
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from templates.drafting import draft
from tests.templates.validity import W, problems

CASE = OWN_PACKS / "xundian-2023" / "cases" / "department.yaml"
UNIT = "寻甸回族彝族自治县社会保险中心"


@pytest.fixture(scope="module")
def form() -> Form:
    return load("xundian-2023/department")


@pytest.fixture(scope="module")
def answers(form: Form) -> Answers:
    return read_answers(form, CASE).answers


def written(form: Form, answers: Answers, document: str) -> str:
    """The text of a document, a line for every paragraph."""
    content = draft(form, answers, document, unit=UNIT).content
    assert not problems(content)
    root = etree.fromstring(ZipFile(BytesIO(content)).read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


def test_every_indicator_has_its_sentence_and_every_group_its_sub_total(form: Form, answers: Answers) -> None:
    report = written(form, answers, "report")
    card = score(form, answers)
    for groups in {p.path for p in form.indicators}:
        lines = [x for x in card.lines if x.place.path == groups]
        name, points = re.sub(r"^[A-C]\d", "", groups[-1].name), card.subtotals[groups[-1].id].points
        said = re.search(rf"{name}设立.*?{name}总评价分{groups[-1].weight}分，评价得分{points}分。", report, re.S)
        assert said, name
        assert re.findall(r"，得([\d.]+)分[；。]", said[0]) == [str(x.points) for x in lines], name
    for words in (
        "部门决策总评价分35分，评价得分32.25分",
        "部门管理总评价分16分，评价得分15分",
        "部门绩效总评价分49分，评价得分46.5分",
    ):
        assert words in report
    assert report.count("得分93.75分") == 2
    assert "增加227.27" not in report
    assert "增长227.27%" in report


def test_the_narrative_is_numbered_through_and_has_seven_sections(form: Form, answers: Answers) -> None:
    report = written(form, answers, "report")
    found = re.findall(r"^([一二三四五六七八])、(.+)$", report, re.M)
    assert [h for _, h in found] == [
        "部门概况", "绩效目标", "评价思路和过程", "评价结论和绩效分析", "主要经验做法", "存在的问题", "改进措施及建议",
    ]  # fmt: skip


def test_there_is_a_working_sheet_for_each_indicator(form: Form, answers: Answers) -> None:
    sheets = written(form, answers, "sheets")
    card = score(form, answers)
    assert sheets.count("评价底稿") == sheets.count("评价机构：") == len(card.lines) == 42
    assert re.findall(r"指标得分：([\d.]+)分", sheets) == [str(x.points) for x in card.lines]
    assert "设立了部门中长期规划，中长期规划目标明确，并发布实施。" in sheets
    assert "附件1：部门整体支出绩效评价共性指标体系框架" not in sheets


def test_the_same_figure_stands_in_report_and_attachments(form: Form, answers: Answers) -> None:
    texts = {d: written(form, answers, d) for d in ("report", "benefit", "duties_done", "score_table", "questionnaire")}
    for figure, documents in {
        "8555.7735万元": ("report", "benefit"),
        "108.41%": ("report", "benefit", "duties_done"),
        "8176.3575万元": ("report", "benefit"),
        "99.58": ("report", "benefit", "questionnaire"),
        "93.75": ("report", "score_table"),
        "17万元": ("report", "benefit"),
    }.items():
        for document in documents:
            assert figure in texts[document], (figure, document)


def test_nothing_answered_is_all_gaps_and_still_a_document(form: Form, answers: Answers) -> None:
    for spec in form.data.documents:
        done = draft(form, {}, spec.id, unit=UNIT)
        assert done.gaps, spec.id
        assert not problems(done.content)
    shown = set(draft(form, {}, "complete", unit=UNIT).gaps)
    asked = [i for i in form.items.values() if i.id not in form.conditional and not i.optional]
    hidden = [i.id for i in asked if form.numbers[i.id] not in shown]  # behind the gap of a figure they are added to
    assert len(hidden) < len(asked) / 10
    for item in hidden:
        rest = {k: v for k, v in answers.items() if k != item}
        assert form.numbers[item] in draft(form, rest, "complete", unit=UNIT).gaps, item


def test_the_worst_answers_are_told_as_well(form: Form, answers: Answers, tmp_path: Path) -> None:
    worst = {
        "key_unfunded": "2", "key_missed": "3", "overpaid": "1", "purchase_faults": "2", "duty_clear": "false", "comforted": "false",
        "pension_agrees": "false", "mid_term_goal": "none", "proper_use": "[rules, misuse]", "payout_rate": "99",
        "plan_match": "90", "task_new": "[3100, 3000]", "reception": "[0, 0.18]", "evidence": "[]", "output_text": "不适用",
        "c24_points": "[2, 已全部追回]", "a21_points": "[0.5, 三定方案正在修订]", "c107_points": "[1, 只在春节慰问]", "c105_points": "[1, 有1人停发]",
        "a13_points": "[1, 有一条没有对应的计划]", "c22_points": "[3, 新扩面差100人]", "b13_points": "[0, 上年没有支出]",
    }  # fmt: skip
    kept = [line for line in CASE.read_text(encoding="utf-8").split("\n") if not line.startswith('  - ["A') or ":" in line]
    text, skipping = [], False
    for line in kept:
        skipping = line.partition(":")[0] in worst if line[:1].strip() else skipping
        if not skipping:
            text.append(line)
    file = tmp_path / "worst.yaml"
    file.write_text("\n".join([*text, *(f"{k}: {v}" for k, v in worst.items())]), encoding="utf-8")
    told = read_answers(form, file).answers
    report = written(form, told, "report")
    assert "没有做到设定了部门中长期规划目标、" in report
    assert "存在截留、挤占、挪用、虚列支出等情况" in report
    assert "未发现截留" not in report
    assert "因资金不足未完成的重点项目有2项" in report
    assert "多领冒领养老金有1例，已全部追回，得2分" in report
    assert "采购方式、程序不规范的有2处，得0分" in report
    assert score(form, told).complete
    assert not draft(form, told, "complete", unit=UNIT).gaps
