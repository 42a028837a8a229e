"""暂估 wherever a figure below rests on one; and a total that is not the plain sum of its parts says why."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scoring.answers import Answer, State, given
from scoring.form import Form
from scoring.loading import compile_form
from scoring.scorecard import score
from scoring.values import Row
from templates.compared_texts import ComparedTexts
from templates.facts import Facts
from templates.pictures import score_picture
from templates.summary import summary

D = Decimal
FORM = """
title: 小表
sections:
  - id: all
    title: 全部
    items:
      - {id: a, type: money, label: 甲}
      - {id: b, type: money, label: 乙}
      - {id: c, type: money, label: 丙, not_applicable: 没有丙}
      - id: goals
        type: rows
        label: 目标
        attainment: {note_below: 100}
        columns:
          - {id: name, label: 指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: actual, label: 实际, type: actual}
          - {id: weight, label: 分值, type: weight}
          - {id: note, label: 说明, type: note}
      - id: survey
        type: survey
        label: 问卷
        points: [10, 0]
        questions: [{id: q1, text: 满意吗？, options: [满意, 不满意]}]
"""
INDICATORS = """
indicators:
  - id: first
    name: 一
    weight: 60
    children:
      - {id: i1, name: 甲率, weight: 30, printed_rule: 按比例, rule: {kind: proportional, metric: a / b, unit: ratio}}
      - {id: i2, name: 目标, weight: 30, printed_rule: 按比例, rule: {kind: target_attainment, item: goals}}
  - {id: i3, name: 丙率, weight: 40, printed_rule: 按比例, rule: {kind: proportional, metric: c / b, unit: ratio}}
"""
PACK = "county: 小县\ntitle: 小县套表\nyear: 2021\nnot_applicable: %s\ngrades: [{name: 优, from: 90}, {name: 差, from: 0}]\n"
ROUGH = {
    "a": given(D(9), provisional=True),
    "b": given(D(10)),
    "c": Answer(State.NOT_APPLICABLE),
    "goals": given((Row(("办件", "≥30件", "10件", D(30), "少办了20件")),), provisional=True),
    "survey": given((Row((D(9), D(9), D(9))), Row((D(8), D(1)))), provisional=True),
}


def form(policy: str = "excluded") -> Form:
    return compile_form(
        "small/rough", {"pack.yaml": PACK % policy, "rough/form.yaml": FORM, "rough/indicators.yaml": INDICATORS}, 2021
    )


def facts(answers: dict[str, Answer], policy: str = "excluded") -> Facts:
    made = form(policy)
    return Facts(made, answers, score(made, answers), "小县中心")


def test_every_figure_below_a_provisional_one_is_marked() -> None:
    rough = facts(ROUGH)
    (line,) = rough.figures.rows("goals")
    told = [
        rough.total(),
        rough.subtotal("first"),
        *ComparedTexts(rough.figures).shares(["a", "b"]),
        ComparedTexts(rough.figures).growth("a", "b"),
        rough.figures.text("survey.composite"),
        line["actual"],
        line["得分"],
        line["完成率"],
        *(x["扣分"] for x in rough.losses()),
        *(x["扣分"] for x in rough.deviations()),
    ]
    assert [t for t in told if "（暂估）" not in t] == []
    assert line["weight"] == "30"
    assert line["target"] == "≥30件"
    picture, firm = (score_picture(rough.form, rough.card, "小县中心", provisional=p) for p in (True, False))
    assert picture != firm
    page = load_workbook(BytesIO(summary(rough.form, ROUGH, rough.card, unit="小县中心")))["得分"]
    rows = {row[2].value or row[0].value: row[5].value for row in page.iter_rows(min_row=3)}
    assert [name for name, why in rows.items() if "暂估" in why] == ["甲率", "目标", "总分"]


def test_a_line_that_is_out_of_the_table_has_lost_nothing_and_the_total_says_how_it_was_scaled() -> None:
    out = facts(ROUGH)
    assert [x["名称"] for x in out.losses()] == ["甲率", "目标"]
    assert out.card.total == D("61.67")
    assert out.card.scaled == "不适用的指标共 40 分不计入总分：其余各项合计 37 分（满分 60 分），按 100 分折算为 61.67 分。"
    assert facts(ROUGH, "zero").card.scaled == ""
    assert all(x["理由"] for x in facts(ROUGH, "zero").losses())


def test_what_is_decided_so_far_stands_on_the_same_scale_as_the_points() -> None:
    half = facts({i: a for i, a in ROUGH.items() if i != "goals"})
    assert (half.card.total, half.card.decided) == (D(45), D(50))
    nothing = facts({"c": ROUGH["c"]})
    assert (nothing.card.total, nothing.card.decided) == (D(0), D(0))


@pytest.mark.parametrize(("policy", "told"), [("full", "按满分 30 分计"), ("zero", "计 0 分"), ("excluded", "不计入总分")])
def test_points_without_a_goal_are_explained_like_any_other(policy: str, told: str) -> None:
    without = {**ROUGH, "goals": given((Row(("办件", "无", "", "", "")),))}
    line = facts(without, policy).card.line("i2")
    assert line.why == f"“目标”里没有设指标，{told}"
