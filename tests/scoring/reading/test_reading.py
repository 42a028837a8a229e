"""Reading what people type: every way of writing a figure that people have, exact; nothing guessed, nothing raised."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.items import Count, Date, Instances, Item, Money, Percent
from scoring.loading import load
from scoring.reading import Ambiguous, NotUnderstood, Understood, looks_like_paste, read, read_lines, shown
from scoring.textgate import clean
from scoring.values import Row

TODAY = date(2021, 3, 15)
MONEY = Money(id="m", type="money", label="金额")
YUAN = Money(id="y", type="money", label="金额", unit="元")
COUNT = Count(id="c", type="count", label="人数", unit="人")
CASES = Instances(id="i", type="instances", label="例数")
PERCENT = Percent(id="p", type="percent", label="比率")
FORM = load("example/basic")


def reading(item: Item, text: str, **more: object) -> Understood | Ambiguous | NotUnderstood:
    return read(item, text, today=TODAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        (MONEY, "2.47", "2.47"),
        (MONEY, "２．４７", "2.47"),
        (MONEY, "二点四七万", "2.47"),
        (MONEY, "二点四七", "2.47"),
        (MONEY, "2.47万元", "2.47"),
        (MONEY, "24700元", "2.47"),
        (MONEY, "24，700元", "2.47"),
        (MONEY, "24,700.5 元", "2.47005"),
        (MONEY, "1,234.5", "1234.5"),
        (MONEY, "0.5亿元", "5000"),
        (MONEY, "一千二百三十四点五六万元", "1234.56"),
        (MONEY, "0", "0"),
        (MONEY, "没有", "0"),
        (MONEY, "2.47万元。", "2.47"),
        (YUAN, "2.47万", "24700"),
        (YUAN, "24700.01", "24700.01"),
        (COUNT, "31", "31"),
        (COUNT, "三十一", "31"),
        (COUNT, "31人", "31"),
        (COUNT, "2.47万人", "24700"),
        (COUNT, "１２", "12"),
        (CASES, "0例", "0"),
        (CASES, "没有", "0"),
        (PERCENT, "98.5", "98.5"),
        (PERCENT, "98.5%", "98.5"),
        (PERCENT, "98.5％", "98.5"),
        (PERCENT, "百分之九十八点五", "98.5"),
        (PERCENT, "0.985%", "0.985"),
    ],
)
def test_a_figure_is_understood_exactly(item: Item, text: str, value: str) -> None:
    result = reading(item, text)
    assert isinstance(result, Understood), result
    assert result.value == Decimal(value)
    assert not result.provisional


@pytest.mark.parametrize("text", ["约2.47万元", "大概2.47", "2.47左右"])
def test_a_rough_figure_is_provisional(text: str) -> None:
    assert reading(MONEY, text) == Understood(Decimal("2.47"), provisional=True)


@pytest.mark.parametrize(
    ("item", "text", "choices"),
    [
        (PERCENT, "0.985", ["98.5", "0.985"]),
        (PERCENT, "1", ["100", "1"]),
        (MONEY, "24700", ["2.47", "24700"]),
        (COUNT, "2.47", ["24700", "2"]),
    ],
)
def test_two_meanings_are_asked_back(item: Item, text: str, choices: list[str]) -> None:
    result = reading(item, text)
    assert isinstance(result, Ambiguous), result
    assert [v for _, v in result.choices] == [Decimal(c) for c in choices]
    assert all(label for label, _ in result.choices)


def test_last_years_figure_settles_what_a_large_number_means() -> None:
    assert reading(MONEY, "24700", last=Decimal(23000)) == Understood(Decimal(24700))


@pytest.mark.parametrize(
    ("item", "text", "words"),
    [
        (MONEY, "不少", "没看懂"),
        (MONEY, "31人", "单位不对"),
        (MONEY, "-3", "-3"),
        (MONEY, "1 2 3", "没看懂"),
        (COUNT, "31.5人", "整数"),
        (COUNT, "负三", "-3"),
        (PERCENT, "130%", "100%"),
        (PERCENT, "3万元", "百分比"),
        (CASES, "🙂", "没看懂"),
        (COUNT, "9" * 40, ""),
        (Date(id="d", type="date", label="日期"), "2021年2月30日", "不存在"),
    ],
)
def test_what_is_no_answer_is_said_kindly(item: Item, text: str, words: str) -> None:
    result = reading(item, text)
    assert isinstance(result, NotUnderstood), result
    assert words in result.text
    assert "\n" not in result.text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年2月20日", date(2023, 2, 20)),
        ("2023-2-20", date(2023, 2, 20)),
        ("2023.02.20", date(2023, 2, 20)),
        ("20230220", date(2023, 2, 20)),
        ("二〇二三年二月二十日", date(2023, 2, 20)),
        ("2月20日", date(2021, 2, 20)),
        ("今天", TODAY),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: date) -> None:
    assert reading(Date(id="d", type="date", label="日期"), text) == Understood(day)


def test_a_row_and_a_list_of_rows() -> None:
    three = Row((Decimal("2.47"), Decimal(2), Decimal("1.17")))
    for text in (
        "2.47 2 1.17",
        "2.47、2、1.17",
        "2.47\t2\t1.17",
        "２．４７　２　１．１７",
        "公务接待 2.47 2 1.17",
        "24700元 2万元 1.17",
    ):
        assert reading(FORM.items["reception"], text) == Understood(three), text
    assert reading(FORM.items["reception"], "2.47 无 -") == Understood(Row((Decimal("2.47"), Decimal(0), Decimal(0))))
    rows = reading(FORM.items["projects"], "业务工作专项 56 56\n系统 维护 10 9.8")
    assert isinstance(rows, Understood)
    assert len(rows.value) == 2  # type: ignore[arg-type]


def test_pasted_lines_fill_several_items_and_say_what_was_not_found() -> None:
    items = tuple(FORM.items.values())
    text = "编制数 37\n在职人员数：31\n公务接待\t2.47\t2\t1.17\n食堂 3"
    assert looks_like_paste(items, text)
    pasted = read_lines(items, text, today=TODAY)
    assert [(i.id) for i, _ in pasted.matched] == ["staff_quota", "staff_actual", "reception"]
    assert all(isinstance(r, Understood) for _, r in pasted.matched)
    assert [line for line, _ in pasted.unmatched] == ["食堂 3"]


def test_prose_in_paragraphs_is_not_torn_apart() -> None:
    assert not looks_like_paste(tuple(FORM.items.values()), "一是抓好在职人员数的核定。\n二是做好编制数的报批。")


EVERY_ITEM = tuple(load("hecheng-2020/department").items.values()) + tuple(FORM.items.values())


@settings(max_examples=400)
@given(
    st.sampled_from(EVERY_ITEM),
    st.text(max_size=60) | st.from_regex(r"[约]?[-0-9０-９一二三十百千万亿点.,，]{1,12}[元万亿人项%]{0,2}", fullmatch=True),
)
def test_any_text_for_any_question_is_a_value_or_a_sentence(item: Item, text: str) -> None:
    result = reading(item, text)
    if isinstance(result, Understood):
        assert shown(item, result.value)
    elif isinstance(result, NotUnderstood):
        assert result.text.strip()


@given(st.decimals(min_value=0, max_value=9999, places=4, allow_nan=False, allow_infinity=False))
def test_yuan_become_wan_yuan_without_losing_a_digit(wan: Decimal) -> None:
    result = reading(MONEY, f"{format(wan * 10000, 'f')}元")
    assert isinstance(result, Understood)
    assert result.value == wan


@settings(max_examples=300)
@given(st.text(st.characters(codec=None)))
def test_the_gate_lets_only_storable_text_through(text: str) -> None:
    gated = clean(text)
    gated.encode("utf-8")
    assert clean(gated) == gated
    assert not any(ord(c) < 32 and c != "\n" for c in gated)
    assert "\x00" not in gated


HOSTILE = [
    "㉑" * 3000,
    "一" * 5000,
    "9" * 5000,
    "左右" * 2000,
    "1年" * 5000,
    "约" * 4000,
    "1\n" * 3000,
    "0." + "0" * 4000 + "1",
    "1 " * 2000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_refused_at_once_for_every_question(text: str) -> None:
    from scoring.items import LongText

    for item in EVERY_ITEM:
        result = reading(item, text)
        assert isinstance(result, NotUnderstood | Ambiguous) or isinstance(item, LongText), item.id


@pytest.mark.parametrize("text", ["2.47 200", "1 2 3", "12 34", "1,23"])
def test_two_figures_are_never_read_as_one(text: str) -> None:
    assert isinstance(reading(MONEY, text), NotUnderstood)


def test_a_rough_figure_stays_rough_wherever_it_stands() -> None:
    assert reading(FORM.items["reception"], "约2.47 2 1.17") == Understood(
        Row((Decimal("2.47"), Decimal(2), Decimal("1.17"))), provisional=True
    )
    asked = reading(MONEY, "约24700")
    assert isinstance(asked, Ambiguous)
    assert asked.provisional


def test_names_in_rows_keep_their_commas_and_short_rows_are_refused() -> None:
    rows = reading(FORM.items["projects"], "养老保险系统维护、代发工作经费 10 12")
    assert isinstance(rows, Understood)
    assert rows.value[0].cells[0] == "养老保险系统维护、代发工作经费"  # type: ignore[index, union-attr]
    funds = load("hecheng-2020/department").items["social_funds"]
    assert isinstance(reading(funds, "城乡居民养老保险基金 3039.56 3035.79 3.77"), NotUnderstood)
    assert isinstance(reading(FORM.items["projects"], "公用经费 124.09万元 86.63万元 77.98万元"), NotUnderstood)


@pytest.mark.parametrize(
    ("text", "ok"),
    [("5 发放问卷200份", True), ("5分，因为群众满意", True), ("5个村全部完成任务", False), ("给5分吧，群众都满意", True)],
)
def test_points_are_not_guessed_from_a_sentence(text: str, ok: bool) -> None:
    result = reading(FORM.items["satisfaction"], text)
    assert isinstance(result, Understood) is ok, result


def test_a_year_is_not_a_full_mark() -> None:
    result = reading(FORM.items["key_work"], "92 2020年县绩效考核")
    assert isinstance(result, NotUnderstood)
    assert "满分是多少" in result.text
