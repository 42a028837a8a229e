"""Lines of goals that multiply: people × rate ＝ money, in whatever units they stand."""

import pytest

from scoring.answers import given
from scoring.checks import check
from scoring.form import Form
from scoring.loading import compile_form
from scoring.values import Row

FORM = """
title: 表
sections:
  - id: a
    title: 甲
    items:
      - id: goals
        type: rows
        asks: cells
        label: 指标
        products: [{amount: 代缴人数, price: 代缴标准, money: 代缴金额}]
        columns:
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: actual, label: 完成值, type: actual}
        attainment: {note_below: null, note_for_lost: false}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return compile_form("tiny/a", {"pack.yaml": "{county: 小县, title: 小表, year: 2020}", "a/form.yaml": FORM})


def sums(form: Form, *lines: tuple[str, str, str]) -> list[str]:
    answers = {"goals": given(tuple(Row(line) for line in lines))}
    return [f.text for f in check(form, answers) if f.check == "SUM"]


def test_a_product_that_does_not_hold_is_found_for_target_and_actual(form: Form) -> None:
    people, rate = ("代缴人数", "≥1.3万人", "1.31万人"), ("代缴标准", "110元/人", "110元/人")
    assert sums(form, people, rate, ("代缴金额", "≤143万元", "144.1万元")) == []
    (found,) = sums(form, people, rate, ("代缴金额", "≤144.06万元", "144.1万元"))
    assert "代缴人数”1.3万人×“代缴标准”110元/人" in found
    assert "多 10600 元" in found


def test_lines_without_numbers_or_not_there_are_passed_over(form: Form) -> None:
    assert sums(form, ("代缴人数", "≥1.3万人", "1.3万人"), ("代缴标准", "按规定", "按规定"), ("代缴金额", "1元", "1元")) == []
    assert sums(form, ("代缴人数", "≥1.3万人", "1.3万人")) == []
