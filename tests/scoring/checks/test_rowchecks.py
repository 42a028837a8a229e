"""Declared checks over the lines of a table: line by line, all together, and against the line of another table."""

from decimal import Decimal

import pytest

from scoring.answers import given
from scoring.checks.declared import declared
from scoring.form import Form
from scoring.lint import lint
from scoring.packs.compiling import compile_form
from scoring.values import Row

FORM = """
title: 小表
sections:
  - id: money
    title: 钱
    items:
      - {id: budget, type: money, label: 预算}
      - id: projects
        type: rows
        label: 项目
        columns: [{id: name, label: 名称, type: text}, {id: amount, label: 金额}]
      - id: goals
        type: rows
        asks: cells
        label: 指标
        columns:
          - {id: group, label: 二级指标, type: text}
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: last, label: 上年, type: earlier}
"""
CHECKS = """
checks:
  - id: same
    code: SAME_FACT
    each: goals
    where: row.unit == "万元"
    match: {table: projects, column: name, within: group}
    that: row.target == match.amount
    say: "{row.name}是 {left}，{match.name}是 {right}"
  - {id: in_all, code: TARGET_BUDGET, each: goals, where: row.unit == "万元", that: sum(row.target) <= budget, say: "{left}＞{right}"}
  - {id: grows, code: TARGET_TREND, each: goals, that: row.target >= row.last, say: "{row.name}：{left} 不到上年的 {right}"}
  - {id: enough, code: COUNT_OF, each: goals, where: row.group == "别的", that: count(row) >= 1, say: 一行“别的”也没有}
"""
SOURCES = {"pack.yaml": "{county: 小县, title: 小表, year: 2024}", "goals/form.yaml": FORM, "goals/checks.yaml": CHECKS}


@pytest.fixture(scope="module")
def form() -> Form:
    return compile_form("tiny/goals", SOURCES)


def found(form: Form, *goals: tuple[str | None, ...], budget: str = "100") -> list[tuple[str, str]]:
    projects = (Row(("修路", Decimal(30))), Row(("修路灯", Decimal(5))))
    answers = {
        "budget": given(Decimal(budget)),
        "projects": given(projects),
        "goals": given(tuple(Row(g) for g in goals)),
    }
    return [(f.check, f.text) for f in declared(form, answers) if f.check not in ("MISSING_INPUT", "COUNT_OF")]


def test_every_line_is_held_against_its_own_project(form: Form) -> None:
    lines = [
        ("产出1：修路", "投入", "=30万元", ""),
        ("产出2：修路灯", "投入", "≤6万元", ""),
        ("产出3：种树", "投入", "≤9万元", ""),
    ]
    assert found(form, *lines) == [("SAME_FACT", "投入是 6，修路灯是 5")]


def test_all_lines_together_are_held_against_a_figure(form: Form) -> None:
    lines = [("种树", "甲", "≤60万元", ""), ("种草", "乙", "≤50万元", ""), ("种花", "丙", "≥90%", "")]
    assert found(form, *lines) == [("TARGET_BUDGET", "60＋50＝110＞100")]


def test_earlier_values_are_read_in_the_unit_of_the_target(form: Form) -> None:
    assert found(form, ("种树", "丙", "≥1.2万人", "13000人")) == [("TARGET_TREND", "丙：1.2 不到上年的 1.3")]


@pytest.mark.parametrize("target", ["长期", "1--2万元", "", None, "无"])
def test_a_line_whose_figure_is_no_number_is_passed_over(form: Form, target: str | None) -> None:
    assert found(form, ("产出1：修路", "投入", target, "2万元")) == []


def test_a_table_not_answered_yet_breaks_no_relation(form: Form) -> None:
    assert [f for f in declared(form, {}) if f.check != "MISSING_INPUT"] == []


def test_lines_are_counted_even_when_there_is_none(form: Form) -> None:
    answers = {"goals": given((Row(("种树", "甲", "≥1人", "")),))}
    assert [f.text for f in declared(form, answers) if f.check == "COUNT_OF"] == ["一行“别的”也没有"]


@pytest.mark.parametrize(
    ("written", "instead", "word"),
    [
        ("that: row.target >= row.last", "that: row.goal >= row.last", "没有 goal 这一列"),
        ('where: row.group == "别的", that: count(row)', 'where: row.grup == "别的", that: count(row)', "没有 grup 这一列"),
        ("each: goals, that: row", "each: goal, that: row", "没有叫 goal 的表"),
        ("each: goals, that: row", "that: row", "没有叫 row 的数据项"),
        ("table: projects, column: name", "table: projects, column: title", "没有 title 这一列"),
        ("within: group", "within: grp", "没有 grp 这一列"),
        ("{id: grows, code: TARGET_TREND, each: goals,", '{id: grows, code: TARGET_TREND, where: "budget > 0",', "each"),
    ],
)
def test_a_mistake_in_a_check_over_a_table_is_named(written: str, instead: str, word: str) -> None:
    assert written in CHECKS
    problems = lint("tiny/goals", {**SOURCES, "goals/checks.yaml": CHECKS.replace(written, instead)})
    assert any(word in p.text and p.line > 1 for p in problems), problems


def test_the_checks_over_tables_are_without_mistakes(form: Form) -> None:
    assert [p for p in lint("tiny/goals", SOURCES) if p.fatal] == []
    assert [c.id for c in form.checks_of(["projects"])] == ["same"]
