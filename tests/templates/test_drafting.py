"""Documents: every figure from an answer, every gap numbered, nothing a person types acts as markup, the same bytes twice."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scoring.answers import Answer, Answers, State
from scoring.answers import given as answered
from scoring.answersfiles.file import read_answers
from scoring.asked import asked
from scoring.form import Form
from scoring.items import LongText, ShortText
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.textgate import clean
from scoring.values import Row
from templates.drafting import BadReport, draft
from templates.fields import fields_used
from templates.wordtables import BODY, ROW_PADDING, TableWriter
from templates.wordtables import Cell as WordCell
from tests.pair import pair
from tests.templates.validity import W, problems

UNIT = "鹤城区社会保险服务中心"
HECHENG = load("hecheng-2020/department")
EXAMPLE = load("example/basic")
CASES = {"hecheng-2020/department": "department", "example/basic": "basic"}


def case(form: Form) -> dict[str, Answer]:
    path = OWN_PACKS / form.id.partition("/")[0] / "cases" / f"{CASES[form.id]}.yaml"
    return dict(read_answers(form, path).answers)


def document(content: bytes) -> etree._Element:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def paragraphs(content: bytes) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in document(content).iter(f"{W}p")]


def written(form: Form, answers: Answers, name: str = "complete") -> str:
    return "\n".join(paragraphs(draft(form, answers, name, unit=UNIT).content))


@pytest.mark.parametrize("form", [HECHENG, EXAMPLE], ids=lambda f: f.id)
def test_every_document_is_valid_whole_empty_and_half_filled(form: Form, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    whole = case(form)
    half = {k: a for n, (k, a) in enumerate(whole.items()) if n % 2}
    for spec in form.data.documents:
        for answers in (whole, half, {}):
            content = draft(form, answers, spec.id, unit=UNIT).content
            assert problems(content) == []
            path = tmp_path / "d.docx"
            path.write_bytes(content)
            errors = [str(e) for e in OpenXmlValidator().validate(str(path)).errors]
            assert [e for e in errors if "relationships/theme" not in e] == []  # a theme may be left out: ISO 29500-1, 14.2.7


def test_the_report_says_the_figures_of_the_filing() -> None:
    text = written(HECHENG, case(HECHENG), "report")
    for sentence in (
        "核定编制37人，在编在岗人员共计31人，其中23人参照公务员管理，退休人员6人。",
        "2020年度财政拨款基本支出416.14万元，其中：人员经费338.16万元，占基本支出的81.26%",
        "公用经费77.98万元，占基本支出的18.74%",
        "公用经费2020年决算比上年减少46.11万元，下降37.16%，比预算节约8.65万元。",
        "“三公经费”2020年决算1.17万元，比上年减少1.3万元，下降52.63%，比预算节约0.83万元。",
        "项目支出预算共66万元，决算66万元，与预算一致。其中：人社局包干工作经费及城乡居保工作经费预算56万元、决算56万元；养老保险系统维护及代发工作经费预算10万元、决算10万元。",
        "除专项资金以外的其他项目支出情况。无。",
        "无政府性基金支出。",
        "无国有资本经营支出。",
        "城乡居民养老保险基金总支出3039.56万元，其中社会保险待遇支出3035.79万元，转移支出3.77万元；",
        "自评得分99分（满分100分），等级为“优”。其中：投入20分，过程39分，产出20分，效果20分。",
        "管理制度健全性扣1分",
        "2021年3月15日",
    ):
        assert sentence in text
    assert draft(HECHENG, case(HECHENG), "complete", unit=UNIT).gaps == ()


def test_headings_are_numbered_without_a_gap_or_a_twin() -> None:
    text = paragraphs(draft(HECHENG, case(HECHENG), "report", unit=UNIT).content)
    assert [p[0] for p in text if p[1:2] == "、" and len(p) < 20] == list("一二三四五六七八九")
    assert [p for p in text if p.startswith("（") and len(p) < 20] == ["（一）基本支出情况", "（二）项目支出情况"]


@pytest.mark.parametrize("form", [HECHENG, EXAMPLE], ids=lambda f: f.id)
def test_an_empty_draft_names_every_question_that_is_printed_by_its_number(form: Form) -> None:
    made = draft(form, {}, "complete", unit=UNIT)
    text = "\n".join(paragraphs(made.content))
    open_questions = {form.numbers[i.id] for i in asked(form, {}) if not i.optional}
    assert set(made.gaps) <= open_questions
    for number in made.gaps:
        assert f"〔待填{number}〕" in text
    assert "〔待填〕" not in text


PRINTED_OUTRIGHT = {
    "unit_profile",
    "staff_quota",
    "office",
    "staff_cost",
    "reception",
    "performance",
    "goal_clear",
    "filler_name",
}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(sorted(case(HECHENG)))))
def test_gaps_are_exactly_what_was_left_out(left_out: set[str]) -> None:
    answers = {k: a for k, a in case(HECHENG).items() if k not in left_out}
    made = draft(HECHENG, answers, "complete", unit=UNIT)
    missing = {k for k in left_out if not HECHENG.items[k].optional}
    assert set(made.gaps) <= {HECHENG.numbers[k] for k in missing}
    for item in missing & PRINTED_OUTRIGHT:
        assert HECHENG.numbers[item] in made.gaps


def test_the_same_inputs_give_the_same_bytes() -> None:
    once = draft(HECHENG, case(HECHENG), "complete", unit=UNIT).content
    again = draft(
        load("hecheng-2020/department"), case(HECHENG), "complete", unit=UNIT, card=score(HECHENG, case(HECHENG))
    ).content
    assert once == again


def test_a_provisional_figure_is_marked_wherever_it_is_printed() -> None:
    answers = case(HECHENG)
    answers["public_total"] = replace(answers["public_total"], provisional=True)
    report = written(HECHENG, answers, "report")
    assert "公用经费77.98（暂估）万元" in report
    assert "基本支出416.14（暂估）万元" in report
    assert "77.98（暂估）" in written(HECHENG, answers, "base_data")
    assert "3（暂估）" in written(HECHENG, answers, "score_table")
    assert "99（暂估）" in report


def test_what_does_not_apply_is_a_dash_in_tables_and_none_in_sentences() -> None:
    answers = case(HECHENG)
    answers["projects"] = answers["social_funds"] = Answer(State.NOT_APPLICABLE)
    report = written(HECHENG, answers, "report")
    assert "无项目支出。" in report
    assert "无社会保险基金支出。" in report
    assert "政府采购金额\n\n—\n—" in written(HECHENG, answers, "base_data")


@pytest.mark.parametrize("typed", ["按时发放。", "按时发放", "按时发放。。", "按时发放；"])
def test_sentences_end_with_one_full_stop(typed: str) -> None:
    answers = {**case(HECHENG), "problems": answered(typed), "staff_cost_items": answered(f"基本工资、{typed}")}
    report = written(HECHENG, answers, "report")
    assert "\n按时发放。\n" in report
    assert "基本工资、按时发放；公用经费" in report
    assert not re.search("[。；，]{2}", report)


def test_growth_and_savings_say_what_happened() -> None:
    def said(prior: str, budget: str, final: str) -> str:
        row = Row((Decimal(prior), Decimal(budget), Decimal(final)))
        return written(EXAMPLE, {**case(EXAMPLE), "reception": answered(row)}, "report")

    assert "2万元，与上年持平，与预算一致。" in said("2", "2", "2")
    assert "3万元，比上年增加1万元，增长50%，超出预算1万元。" in said("2", "2", "3")
    assert "3万元，比上年增加3万元，比预算节约1.5万元。" in said("0", "4.5", "3")  # nothing to be a percentage of


def test_labels_of_merged_cells_begin_anew_on_every_page() -> None:
    root = document(draft(HECHENG, case(HECHENG), "score_table", unit=UNIT).content)
    rows = next(root.iter(f"{W}tbl")).findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    breaks = [r for r in rows if r.find(f".//{W}pageBreakBefore") is not None]
    assert len(breaks) >= 4
    for row in breaks:
        for cell in row.findall(f"{W}tc")[:2]:
            assert cell.find(f"{W}tcPr/{W}vMerge").get(f"{W}val") == "restart"
            assert "".join(t.text for t in cell.iter(f"{W}t"))


def test_the_score_table_is_landscape_and_the_rest_is_not() -> None:
    sizes = [
        s.get(f"{W}orient", "portrait")
        for s in document(draft(HECHENG, case(HECHENG), "complete", unit=UNIT).content).iter(f"{W}pgSz")
    ]
    assert sizes == ["portrait", "portrait", "landscape", "portrait", "portrait", "portrait"]


HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    "</w:t></w:r>",
    "a & b < c > d",
    "<w:p/>",
    "]]>",
    "“引号”",
    "\ufdd012\ufdd1",
    "&lt;b&gt;",
    "\x0b\x00\x08",
    "{#",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_types_comes_out_as_typed(text: str) -> None:
    answers = {**case(HECHENG), "problems": answered(clean(f"始{text}终")), "filler_name": answered(clean(f"甲{text}") or "甲")}
    content = draft(HECHENG, answers, "complete", unit=clean(f"单位{text}")).content
    assert [p for p in problems(content) if not p.startswith("left over")] == []
    assert any(clean(f"始{text}终") in p for p in paragraphs(content))
    assert "〔待填12〕" not in "".join(paragraphs(content))


TEXTS = tuple(i.id for i in HECHENG.items.values() if isinstance(i, LongText | ShortText))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.text(st.characters(codec=None), min_size=1))
def test_any_text_in_any_place_changes_only_its_own_paragraphs(item: str, text: str) -> None:
    said = clean(text) or "无字"
    before = case(HECHENG) | {item: answered("占位")}
    after: Mapping[str, Answer] = {**before, item: answered(said)}
    content = draft(HECHENG, after, "complete", unit=UNIT).content
    lines = [x for x in said.split("\n") if x.strip()]
    grown = len(paragraphs(content)) - len(paragraphs(draft(HECHENG, before, "complete", unit=UNIT).content))
    assert grown == max(0, len(lines) - 1)


def test_a_very_long_text_is_printed_whole() -> None:
    text = "绩效" * 50_000
    assert text in written(HECHENG, {**case(HECHENG), "performance": answered(text)}, "report")


def test_a_report_that_names_what_is_not_there_says_so() -> None:
    sources = {**EXAMPLE.sources, "basic/report.docx.j2": "{{ 段(值('staf')) }}", "basic/documents.yaml": DOCUMENTS}
    from scoring.packs.compiling import compile_form

    form = compile_form("example/basic", sources)
    with pytest.raises(BadReport, match="staf"):
        draft(form, {}, "report", unit=UNIT)
    with pytest.raises(BadReport, match=r"没有 repot 这份文件；现有：report"):
        draft(form, {}, "repot", unit=UNIT)


@pytest.mark.parametrize(
    ("report", "code", "words"),
    [
        ("{{ 段(值('staf_actual')) }}", "FIELD_UNKNOWN", "staf_actual"),
        ("{{ 行(格('reception.finl')) }}", "FIELD_UNKNOWN", "reception.finl"),
        ("{% if 成立('staff_actual > quota') %}{% endif %}", "FIELD_UNKNOWN", "quota"),
        ("{{ 段(值('slogan') }}", "REPORT", "模板写法有误"),
        ("{% call 段() %}", "REPORT", "模板写法有误"),
    ],
)
def test_the_lint_names_a_mistake_in_a_report(report: str, code: str, words: str) -> None:
    from scoring.lint import lint
    from templates.fields import fields_used

    found = lint(
        "example/basic", {**EXAMPLE.sources, "basic/report.docx.j2": report, "basic/documents.yaml": DOCUMENTS}, fields_used
    )
    assert any(p.code == code and words in str(p) and p.line for p in found), found


def test_the_lint_names_a_report_that_is_not_there() -> None:
    from scoring.lint import lint
    from templates.fields import fields_used

    found = lint(
        "example/basic",
        {**EXAMPLE.sources, "basic/documents.yaml": DOCUMENTS.replace("report.docx.j2", "none.docx.j2")},
        fields_used,
    )
    assert ("REPORT", 4) in [(p.code, p.line) for p in found if "没有这个模板" in p.text]


DOCUMENTS = """documents:
  - id: report
    title: 报告
    template: report.docx.j2
"""


def test_a_total_equals_its_printed_parts_to_the_last_digit() -> None:
    answers = {**case(HECHENG), "reception": answered(Row((Decimal("2.47"), Decimal(2), Decimal("2.470055"))))}
    assert written(HECHENG, answers, "base_data").count("2.470055") == 2  # the row and 三公经费
    assert "比上年增加0.000055万元，超出预算0.470055万元" in written(HECHENG, answers, "report")


def test_other_projects_are_printed_though_there_are_no_projects() -> None:
    answers = {**case(HECHENG), "projects": answered(()), "other_projects": answered("上级临时安排疫情防控经费20万元")}
    report = written(HECHENG, answers, "report")
    assert "无项目支出。" in report
    assert "上级临时安排疫情防控经费20万元。" in report


def test_reasons_of_points_given_by_hand_are_printed() -> None:
    assert "社会效益方面：2.47万名城乡居民按月足额领到养老金；" in written(HECHENG, case(HECHENG), "report")


def test_a_label_higher_than_its_rows_takes_its_room_on_the_page() -> None:
    """Three groups whose label needs five lines beside one short row: reckoned by rows alone, a page would hold them all."""
    writer = TableWriter(lambda gap: None)
    writer.begin([20, 136], small=True, above=0, landscape=False, align="cl", following=False)
    room = writer.room
    for name in ("一二三四五六七八九十" * 2, "甲乙丙丁" * 5, "完"):
        writer.row(WordCell(name, merged=True), "短")
    assert room - writer.room == 2 * (5 * 290 + ROW_PADDING) + 290 + ROW_PADDING


def test_a_table_below_another_goes_on_with_what_is_left_of_the_page() -> None:
    writer = TableWriter(lambda gap: None)
    for following in (False, True):
        writer.begin([156], small=True, above=0, landscape=False, align="l", following=following)
        writer.row("一行")
    assert BODY[False] - writer.room == 2 * (290 + ROW_PADDING)


def test_heads_merge_downwards_whatever_stands_beside_them() -> None:
    writer = TableWriter(lambda gap: None)
    writer.begin([50, 50, 50], small=True, above=0, landscape=False, align="", following=False)
    writer.header(WordCell("指标值", 2), WordCell("依据", merged=True))
    second = str(writer.header("上年", WordCell("当年", merged=True), WordCell("依据", merged=True)))
    assert second.count("<w:vMerge/>") == 1
    assert "依据" not in second


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n{{ 1 + 'a' }}", "第 2 行"),
        ("{{ 值() }}", "值|name|第 1 行"),
        ("{{ 1 // 0 }}", "ZeroDivision"),
        ('{% include "project-table.docx.j2" %}', "绕回"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "绕回"),
        ('{% include "../../pyproject.toml" %}', "pyproject"),
        ("{{ 值.__self__.answers }}", "unsafe"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "绕回|嵌套"),
    ],
)
def test_a_template_that_cannot_be_drafted_is_named_with_what_is_wrong(text: str, told: str) -> None:
    """A pack's author sees a sentence, not a stack of Python; and no template reads a file or what it is not given."""
    made = replace(pair("project"), sources={**pair("project").sources, "project/project-table.docx.j2": text})
    fields_used(made)
    with pytest.raises(BadReport, match=told) as bad:
        draft(made, {}, "table", unit=UNIT)
    assert "project-table.docx.j2" in str(bad.value)
