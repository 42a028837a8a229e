"""New dates as administrators type them, seen from Wednesday 25 March 2026 with a last day on Tuesday 31 March."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.calendar.near import days_left, left_in_full
from dialogs.calendar.typed_days import read_new_day, suggested, told_day
from dialogs.days import NotADay
from scoring.workdays import is_workday

TODAY, PRESENT = date(2026, 3, 25), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4月10日", "2026-04-10"),
        ("四月十号", "2026-04-10"),
        ("4月10日（星期五）", "2026-04-10"),
        ("截止改到4月10日前", "2026-04-10"),
        ("2026-04-10", "2026-04-10"),
        ("２０２６年４月１０日", "2026-04-10"),
        ("20260410", "2026-04-10"),
        ("10号", "2026-04-10"),
        ("下周五", "2026-04-03"),
        ("改到下周五", "2026-04-03"),
        ("定在4月3日周五", "2026-04-03"),
        ("周五", "2026-03-27"),
        ("明天", "2026-03-26"),
        ("月底", "2026-03-31"),
        ("4月底", "2026-04-30"),
        ("2月底", "2027-02-28"),
        ("2028年2月底", "2028-02-29"),
        ("年底", "2026-12-31"),
        ("+3天", "2026-04-03"),
        ("+3", "2026-04-03"),
        ("＋3天", "2026-04-03"),
        ("延3天", "2026-04-03"),
        ("延期三天吧", "2026-04-03"),
        ("再给5个工作日", "2026-04-08"),  # 清明 lies between
        ("+5个工作日", "2026-04-08"),
        ("推迟一周", "2026-04-07"),
        ("延长两周", "2026-04-14"),
        ("+1个月", "2026-04-30"),
        ("提前2天", "2026-03-29"),
        ("-2天", "2026-03-29"),
        ("三天后", "2026-03-28"),
    ],
)
def test_a_new_day_is_understood(text: str, day: str) -> None:
    assert read_new_day(text, TODAY, PRESENT).isoformat() == day


def test_days_are_added_to_today_where_no_date_stands_yet() -> None:
    assert read_new_day("+3天", TODAY, None) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("随便", "没看懂是哪一天"),
        ("", "没看懂是哪一天"),
        ("2月30日", "不存在"),
        ("2026-02-29", "不存在"),
        ("13月底", "没有这个月份"),
        ("1990-03-31", "1992 年以前的日期用不了"),
        ("2036-01-01", "离今天太远"),
    ],
)
def test_what_is_no_day_is_told_kindly(text: str, says: str) -> None:
    with pytest.raises(NotADay, match=says):
        read_new_day(text, TODAY, PRESENT)


@given(
    st.text(max_size=45), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
)
def test_any_text_is_a_day_or_a_sentence(text: str, today: date, present: date | None) -> None:
    try:
        day = read_new_day(text, today, present)
    except NotADay as e:
        assert "。" in str(e)  # noqa: PT017
    else:
        assert day.year >= 1992


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_told_is_understood_again(today: date) -> None:
    for ahead in (0, 1, 40, 170):
        day = today + timedelta(days=ahead)
        assert read_new_day(told_day(day, today), today, None) == day


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_days_to_tap_are_working_days_that_come_later(today: date, present: date | None) -> None:
    days = suggested(today, present)
    assert days == sorted(set(days))
    assert all(is_workday(day) and day > max(today, present or today) for day in days)


def test_how_long_there_is() -> None:
    told = {n: days_left(TODAY + timedelta(days=n), TODAY) for n in (6, 1, 0, -2)}
    assert told == {6: "还有 6 天", 1: "明天截止", 0: "今天截止", -2: "已经过了 2 天"}
    assert left_in_full(PRESENT, TODAY) == "还有 6 天（4 个工作日）"
    assert left_in_full(date(2026, 3, 27), TODAY) == "还有 2 天"
    assert days_left(date(2024, 3, 1), date(2024, 2, 28)) == "还有 2 天"  # over a leap day
    assert days_left(date(2027, 1, 2), date(2026, 12, 31)) == "还有 2 天"  # over the end of a year
