"""Printed figures that are no items: sums, rates, growth, shares, balances, counts — those of the published filings."""

from decimal import Decimal

import pytest

from scoring.answers import given
from scoring.answersfiles.printedparts import read_printed
from scoring.checks import Finding
from scoring.checks.relations import relations
from scoring.form import Form
from scoring.loading import load
from scoring.values import Row
from scoring.yamlfile import read_yaml


@pytest.fixture(scope="module")
def form() -> Form:
    return load("hecheng-2020/department")


def found(form: Form, text: str) -> list[Finding]:
    answers = {"staff_cost": given(Decimal("338.16")), "reception": given(Row((Decimal("2.47"), None, Decimal("1.17"))))}
    return list(relations(form, answers, read_printed(read_yaml("printed", text).data)))


@pytest.mark.parametrize(
    ("text", "code", "severity", "words"),
    [
        ("sums: [{what: 收入, parts: [8523.37, 32.4], total: 8555.17}]", "SUM", "错误", ("8555.77",)),
        ("sums: [{what: 支出, parts: [345.82, 33.60, 8176.36], total: 8555.77}]", "ROUNDING", "提示", ("8555.78",)),
        ("sums: [{what: 支出, parts: [100.5, 20.25], total: 141}]", "SUM", "错误", ("像是“第 2 项” 20.25 加了两次",)),
        ("sums: [{what: 支出, parts: [5744, 130], total: 5846.33, partial: true}]", "SUM_PART", "错误", ("5874", "比总数")),
        ("sums: [{what: 支出, parts: [57.06, 6587, 130], total: 6841.32}]", "SUM", "错误", ("6774.06",)),
        ("rates: [{what: 执行率, part: 661.7252, whole: 680, percent: 100%}]", "RATIO", "错误", ("97.31%",)),
        ("rates: [{what: 执行率, part: 0.17, whole: 0, percent: 100%}]", "RATIO", "需说明", ("算不出比率",)),
        ("rates: [{what: 占比, part: 10, whole: 32.5, percent: 325%}]", "RATIO", "错误", ("颠倒",)),
        (
            "growth: [{what: 收入, now: 8555.17, before: 8165.66, percent: 3.86%, others: {年初预算: 8480.61}}]",
            "GROWTH",
            "错误",
            ("4.77%", "“年初预算”"),
        ),
        ("growth: [{what: 支出, now: 8555.77, before: 8051.43, percent: 6.62%}]", "GROWTH", "错误", ("6.26%", "颠倒")),
        (
            "growth: [{what: 收入, now: 38706.47, delta: 38001.88, percent: 53.93%}]",
            "GROWTH",
            "错误",
            ("5393.47%", "像是忘了乘 100"),
        ),
        ("growth: [{what: 三公, now: 0.18, before: 0.06, percent: 227.27%}]", "GROWTH", "错误", ("200%",)),
        ("growth: [{what: 资产, percent: -482.57%}]", "IMPOSSIBLE", "错误", ("最多只能减少 100%",)),
        (
            "growth: [{what: 三公, now: 3.32, delta: -2.64, percent: -44%, prior: 3.30}]",
            "GROWTH",
            "错误",
            ("倒推，上年是 5.96", "3.3"),
        ),
        ("growth: [{what: 支出, now: 8151.45, before: 7608.44, delta: 534.01}]", "DELTA", "错误", ("543.01", "颠倒")),
        ("growth: [{what: 支出, now: 5, before: 0, percent: 100%}]", "GROWTH", "需说明", ("上年是 0",)),
        (
            "shares: [{what: 收入, of: [6951.77, 0, 10], parts: [99.8%, 0%, 0.1%], total: 100%}]",
            "RATIO",
            "需说明",
            ("99.86%", "截断"),
        ),
        (
            "shares: [{what: 收入, of: [6951.77, 0, 10], parts: [99.8%, 0%, 0.1%], total: 100%}]",
            "PERCENT_SUM",
            "需说明",
            ("99.9%",),
        ),
        ("shares: [{what: 支出, of: [120.39, 0.06, 6841.32], parts: [1.7%, 0.1%, 98.2%]}]", "RATIO", "错误", ("0.06÷6961.77",)),
        ("shares: [{what: 支出, of: [1, 2], parts: [33.3%]}]", "MISSING_INPUT", "需说明", ("2 个数",)),
        ("shares: [{what: 支出, of: [0, 0], parts: [0%, 0%]}]", "RATIO", "需说明", ("合计是 0",)),
        ("balance: [{what: 收支, left: 1043.84, right: 1095.69}]", "BALANCE", "错误", ("51.85",)),
        ("balance: [{what: 结转, opening: 0.72, income: 10, expenditure: 9, closing: 2}]", "BALANCE", "错误", ("1.72",)),
        ("counts: [{what: 三级指标, stated: 4, listed: 7}]", "COUNT_OF", "错误", ("4 个", "7 个")),
        ("counts: [{what: 股室, stated: 3, listed: [甲, 乙]}]", "COUNT_OF", "错误", ("甲、乙",)),
        ("sums: [{what: 基本支出, parts: [staff_cost, 77.98], total: 461.14}]", "SUM", "错误", ("416.14", "颠倒")),
        ("sums: [{what: 三公, parts: [reception.budget], total: 2}]", "MISSING_INPUT", "需说明", ("无法复核",)),
        ("sums: [{what: 三公, parts: [1, 2], total: 4, code: BALANCE, severity: 提示}]", "BALANCE", "提示", ("3",)),
    ],
)
def test_a_relation_that_does_not_hold(form: Form, text: str, code: str, severity: str, words: tuple[str, ...]) -> None:
    findings = found(form, text)
    assert any(f.check == code and f.severity == severity and all(w in f.text for w in words) for f in findings), findings


@pytest.mark.parametrize(
    "text",
    [
        "sums: [{parts: [338.16, 77.98], total: 416.14}, {parts: [6, 50], total: 56}, {parts: [56, 10], total: 66}]",
        "sums: [{parts: [3035.79, 3.77], total: 3039.56}, {parts: [21233.3, 93.77, 2.94], total: 21330.01}]",
        "sums: [{parts: [24134.17, 25732.83, 518.56, 1824.35], total: 52209.91}]",
        "sums: [{parts: [35.01], total: 124.09, partial: true}]",
        "sums: [{parts: ['83212796.93', '1301248.07', '292012.44'], total: '84806057.44'}]",
        "rates: [{part: 777.256, whole: 790, percent: 98.39%}, {part: 80, whole: 95, percent: 84%}]",
        "rates: [{part: 4.1956, whole: 3.87, percent: 108.41%}, {part: 2.9410, whole: 2.94, percent: 100.03%}]",
        "growth: [{now: 8151.45, before: 7608.44, delta: 543.01}, {now: 1043.84, delta: 156.94, percent: 18%}]",
        "growth: [{now: 998.82, delta: 146.47, percent: 17%}, {now: 3.32, delta: -2.64, percent: -44%}]",
        "shares: [{of: [1, 1, 1], parts: [33.3%, 33.3%, 33.3%], total: 100%}]",
        "shares: [{parts: [1.7%, 0.1%, 98.2%], total: 100%}]",
        "balance: [{left: 6961.77, right: 6961.77}, {opening: 7196.83, income: 85551711.95, expenditure: 85557735.09, closing: 1173.69}]",
        "counts: [{what: 股室, stated: 2, listed: [甲, 乙]}]",
    ],
)
def test_what_must_hold_is_left_in_peace(form: Form, text: str) -> None:
    assert found(form, text) == []
