"""A promised day is understood as people say it; what lies behind or names no day is refused with a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.together.promises import NotADay, read_day, said_day

TODAY = date(2021, 3, 3)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周五前给", date(2021, 3, 5)),
        ("周五之前给你", date(2021, 3, 5)),
        ("这周五", date(2021, 3, 5)),
        ("星期三", date(2021, 3, 3)),
        ("周一", date(2021, 3, 8)),
        ("下周一", date(2021, 3, 8)),
        ("下周五下班前", date(2021, 3, 12)),
        ("下下周一", date(2021, 3, 15)),
        ("礼拜天", date(2021, 3, 7)),
        ("今天", TODAY),
        ("明天给", date(2021, 3, 4)),
        ("三天内", date(2021, 3, 6)),
        ("两周内", date(2021, 3, 17)),
        ("月底", date(2021, 3, 31)),
        ("下月底前", date(2021, 4, 30)),
        ("3月5日前", date(2021, 3, 5)),
        ("3.15", date(2021, 3, 15)),
        ("15号", date(2021, 3, 15)),
        ("1号", date(2021, 4, 1)),
        ("2021-03-20", date(2021, 3, 20)),
        ("２０２１年３月２０日", date(2021, 3, 20)),
        ("本周内", date(2021, 3, 5)),
    ],
)
def test_a_day_is_understood_as_people_say_it(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("尽快", "没看懂"),
        ("31", "没看懂"),
        ("3月2日", "已经过去了"),
        ("2021-02-30", "不存在"),
        ("2030年1月1日", "一年以后"),
        ("", "没看懂"),
    ],
)
def test_what_is_no_day_to_come_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(NotADay, match=words):
        read_day(text, TODAY)


def test_a_month_that_lies_half_a_year_behind_is_next_years() -> None:
    assert read_day("1月5日", date(2020, 12, 20)) == date(2021, 1, 5)
    assert read_day("31号", date(2020, 12, 31)) == date(2020, 12, 31)


@given(
    st.text(alphabet="今明后天周星期一二三四五六日下月底内前给0123456789年-./号 ", max_size=12),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_whatever_is_typed_gives_a_day_to_come_or_a_sentence(text: str, today: date) -> None:
    try:
        day = read_day(text, today)
    except NotADay:
        return
    assert today <= day <= today + timedelta(days=366)
    assert said_day(day, today)
