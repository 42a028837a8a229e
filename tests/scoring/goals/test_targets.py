"""Targets and actual values: every writing of the seeds, what is refused, and no text that raises."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.goals.actuals import Actual, NotAnActual, read_actual
from scoring.goals.targets import NotATarget, Shape, Target, read_target
from scoring.goals.units import converted, product, quantity

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "targets.json").read_text(encoding="utf-8"))
SIGNS = {">=": "≥", "<=": "≤", "=": "="}


def target(text: str) -> Target:
    found = read_target(text)
    assert isinstance(found, Target), found
    return found


@pytest.mark.parametrize("row", GOLDEN, ids=lambda r: r["id"])
def test_every_target_of_the_filings_is_understood(row: dict[str, dict[str, str]]) -> None:
    found, parsed = target(str(row["target"])), row["parsed"]
    assert found.shape == parsed["form"]
    match found.shape:
        case Shape.COMPARE:
            assert found.comparator == SIGNS[parsed["op"]]
            assert (found.high if found.comparator == "≤" else found.low) == Decimal(parsed["value"])
        case Shape.EXACT:
            assert (found.low, found.high) == (Decimal(parsed["value"]), Decimal(parsed["value"]))
        case Shape.RANGE:
            assert (found.low, found.high) == (Decimal(parsed["lo"]), Decimal(parsed["hi"]))
        case Shape.COMPARE_TEXT:
            assert (found.comparator, found.words) == (SIGNS[parsed["op"]], parsed["text"])
        case Shape.PERIOD:
            assert (found.year, found.words) == (parsed["year"], parsed["text"])
    if found.numeric:
        assert found.unit == (parsed["unit"] or "")


REFUSED = {
    "S000-C1-12": "≥98%",
    "S000-C2-10": "≥98%",
    "S001-A-01": "达成预期指标",
    "S001-A-09": "达成预期指标",
    "S001-B-04": "达成预期指标",
    "S001-B-05": "达成预期指标",
    "S001-B-06": "达成预期指标",
    "S001-B-07": "达成预期指标",
    "S001-B-08": "达成预期指标",
}


@pytest.mark.parametrize("row", [r for r in GOLDEN if "actual" in r], ids=lambda r: r["id"])
def test_every_actual_value_of_the_filings_is_understood_or_refused(row: dict[str, str]) -> None:
    found = read_actual(row["actual"], row["target"])
    if row["id"] in REFUSED:
        assert row["actual"] == REFUSED[row["id"]]
        assert isinstance(found, NotAnActual)
        return
    assert isinstance(found, Actual), found
    parsed = row["actual_parsed"]
    assert isinstance(parsed, dict)
    if "value" in parsed:
        assert found.number == Decimal(parsed["value"])


@pytest.mark.parametrize(
    ("text", "canonical", "low", "high", "unit"),
    [
        ("≥ 6857 万元", "≥6857万元", "6857", None, "万元"),
        ("大于等于95%", "≥95%", "95", None, "%"),
        ("不低于百分之九十", "≥90%", "90", None, "%"),
        ("98%以上", "≥98%", "98", None, "%"),
        ("至少三次", "≥3次", "3", None, "次"),
        ("＞９５％", "＞95%", "95", None, "%"),
        ("不超过5个工作日", "≤5个工作日", None, "5", "个工作日"),
        ("控制在50万元以内", "≤50万元", None, "50", "万元"),
        ("≤-5%", "≤-5%", None, "-5", "%"),
        ("=100%", "=100%", "100", "100", "%"),
        ("1～1.2万人", "1--1.2万人", "1", "1.2", "万人"),
        ("1-1.2", "1--1.2", "1", "1.2", ""),
        ("1万至1.2万人", "1--1.2万人", "1", "1.2", "万人"),
        ("8000人--1.2万人", "0.8--1.2万人", "0.8", "1.2", "万人"),
        ("3,000,000", "3000000", "3000000", "3000000", ""),
        ("0%", "0%", "0", "0", "%"),
        ("1.2", "1.2", "1.2", "1.2", ""),
        ("12.5", "12.5", "12.5", "12.5", ""),
        ("500元/人", "500元/人", "500", "500", "元/人"),
    ],
)
def test_a_number_target_has_its_bounds_and_a_canonical_text(
    text: str, canonical: str, low: str | None, high: str | None, unit: str
) -> None:
    found = target(text)
    assert (found.text, found.unit) == (canonical, unit)
    assert (found.low, found.high) == tuple(n if n is None else Decimal(n) for n in (low, high))
    assert target(found.text) == found


@pytest.mark.parametrize(
    "text", ["2024年12月底前", "12月31日前", "每月15日前", "2024-12-31", "2024.6.30前", "2024年1-12月", "年底前完成", "全年"]
)
def test_a_period_is_told_from_a_number(text: str) -> None:
    assert target(text).shape is Shape.PERIOD


@pytest.mark.parametrize("text", ["一般", "一致", "十分满意", "3次培训", "控制在预算以内", "100%完成", "职级并行体制改革完成"])
def test_words_stay_words(text: str) -> None:
    assert target(text).shape is Shape.QUALITATIVE


@pytest.mark.parametrize("text", ["≥", "≥98%且≤100%", "约100人", "1.2--1万人", "1万人--5%", "1:3", "??", "字" * 201])
def test_what_is_no_target_gets_a_sentence(text: str) -> None:
    found = read_target(text)
    assert isinstance(found, NotATarget)
    assert found.reason.endswith(("。", "？"))


@pytest.mark.parametrize(
    ("wanted", "text", "canonical"),
    [
        ("1--1.2万人", "1.1", "1.1万人"),
        ("1--1.2万人", "11000人", "1.1万人"),
        ("≥17.5万人", "十八万人", "18万人"),
        ("≥17.5万人", "18万名", "18万人"),
        ("≥98%", "98.5", "98.5%"),
        ("≥98%", "９８．５％", "98.5%"),
        ("≥98%", "百分之九十九", "99%"),
        ("50万元", "500,000元", "50万元"),
        ("≤3000000", "300万", "3000000"),
        ("≤3000000", "2999999.5元", "2999999.5"),
        ("=100%", "=100%", "100%"),
        ("≤0%", "-3%", "-3%"),
        ("长期", "长期", "长期"),
        ("较高", "达成预期指标", "达成预期指标"),
        ("≤核定单位数量", "36个", "36个"),
        ("2020年全年", "2020 年全年", "2020年全年"),
        ("无", "无", "无"),
    ],
)
def test_an_actual_value_stands_in_the_unit_of_its_target(wanted: str, text: str, canonical: str) -> None:
    assert read_actual(text, wanted) == read_actual(canonical, wanted)
    found = read_actual(text, wanted)
    assert isinstance(found, Actual), found
    assert found.text == canonical


@pytest.mark.parametrize(
    ("wanted", "text", "says"),
    [
        ("≥98%", "≥98%", "98%"),
        ("≥98%", "98%以上", "98%"),
        ("≥98%", "100人", "单位"),
        ("≥98%", "0.985", "98.5% 还是 0.985%"),
        ("≥98%", "约98%", "估计数"),
        ("≥98%", "已完成", "例如 98%"),
        ("1--1.2万人", "1--1.1万人", "区间"),
        ("1--1.2万人", "11000", "11000人"),
        ("≥17.5万人", "98%", "单位"),
        ("≤3000000", "300万元", "单位"),
        ("≤3000000", "98%", "百分比"),
        ("2020年全年", "按时完成", "什么时候"),
        ("无", "很好", "无"),
        ("长期", "", "长期"),
    ],
)
def test_what_is_no_actual_value_gets_a_sentence_that_says_what_to_type(wanted: str, text: str, says: str) -> None:
    found = read_actual(text, wanted)
    assert isinstance(found, NotAnActual), found
    assert says in found.reason
    assert found.reason.endswith(("。", "？"))


WRITTEN = "≥ ≤ ＞ = 大于等于 不超过 98 1.2 - -- ～ 万 人 元 % 2020年 全年 12月 以上 无 约 一 十 亿 达成 指标 0 ． ， / ?"
PIECES = st.sampled_from([*WRITTEN.split(" "), " ", "\x00", "\ud800"])
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map("".join))


@given(TEXTS, TEXTS)
def test_no_text_raises_and_what_is_understood_is_understood_again(wanted: str, actual: str) -> None:
    found = read_target(wanted)
    if isinstance(found, Target):
        assert read_target(found.text) == found
        value = read_actual(actual, found)
        if isinstance(value, Actual) and value.number is not None:
            again = read_actual(value.text, found)
            assert isinstance(again, NotAnActual) or again.number == value.number
    else:
        assert found.reason
    assert isinstance(read_actual(actual, wanted), Actual | NotAnActual)


def test_units_convert_only_where_they_measure_the_same() -> None:
    assert converted(Decimal(11000), "人", "万人") == Decimal("1.1")
    assert converted(Decimal("0.5"), "亿元", "万元") == Decimal(5000)
    assert converted(Decimal(5), "%", "人") is None
    assert converted(Decimal(5), "人次", "人") is None
    assert quantity("0万元") is not None
    assert quantity("50万元整") == quantity("50万元")


def test_a_price_times_a_quantity_is_compared_with_the_money() -> None:
    assert product("1.3万人", "110元/人", "144.06万元") == Decimal(10600)
    assert product("1.3万人", "110元", "143万元") == 0
    assert product("1.3万人", "长期", "143万元") is None
    assert product("5%", "110元", "143万元") is None
