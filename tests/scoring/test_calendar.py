"""Dates of a pack's calendar as a clerk writes them, and working days, make-up days included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.calendar import Days, written_date
from scoring.loading import load
from scoring.workdays import (
    holiday_name,
    is_known,
    is_workday,
    workday_from,
    workday_until,
    workdays_between,
    workdays_later,
)


@pytest.mark.parametrize(
    ("text", "for_2025", "for_2027"),
    [
        ("3月31日", "2026-03-31", "2028-03-31"),
        ("次年3月31日前", "2026-03-31", "2028-03-31"),
        ("第二年三月三十一日", "2026-03-31", "2028-03-31"),
        ("下一年度 3 月底", "2026-03-31", "2028-03-31"),
        ("次年2月底", "2026-02-28", "2028-02-29"),
        ("次年2月29日", "2026-02-28", "2028-02-29"),
        ("当年12月31日", "2025-12-31", "2027-12-31"),
        ("上年11月20日", "2024-11-20", "2026-11-20"),
        ("２０２６年３月３１日", "2026-03-31", "2028-03-31"),
        ("2026.3.31", "2026-03-31", "2028-03-31"),
        ("2026/3/31", "2026-03-31", "2028-03-31"),
        ("2026年3月底前", "2026-03-31", "2028-03-31"),
        ("2024-02-29", "2024-02-29", "2026-02-28"),
        ("{next_year}-03-31", "2026-03-31", "2028-03-31"),
        ("{year}年12月底", "2025-12-31", "2027-12-31"),
        ("{year+2}-01-05", "2027-01-05", "2029-01-05"),
        ("03-31", "2026-03-31", "2028-03-31"),
    ],
)
def test_a_date_means_the_same_day_of_every_year(text: str, for_2025: str, for_2027: str) -> None:
    written = written_date(text)
    assert written.in_year(2025, 2025).isoformat() == for_2025
    assert written.in_year(2027, 2025).isoformat() == for_2027


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("明天", "看不懂"),
        ("", "看不懂"),
        ("第三年3月1日", "看不懂"),
        ("{county}-03-31", "看不懂"),
        ("20260331", "看不懂"),
        ("2月30日", "没有“2月30日”这一天"),
        ("2025-02-29", "没有“2025-02-29”这一天"),
        ("13月1日", "这一天"),
        ("4月0日", "这一天"),
        ("1991-03-31", "1992"),
        ("2101年3月31日", "2100"),
    ],
)
def test_what_is_no_date_is_told_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        written_date(text)


@given(st.dates(date(1992, 1, 1), date(2100, 12, 31)), st.integers(2000, 2090))
def test_a_full_date_is_itself_in_the_year_it_was_written_for(day: date, year: int) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"):
        assert written_date(text).in_year(year, year) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        written_date(text)
    except ValueError as e:
        assert any("一" <= c <= "鿿" for c in str(e))  # noqa: PT017


def test_the_shipped_calendars() -> None:
    project = load("qingshan-2025/project")
    assert project.days == Days(date(2026, 1, 12), date(2026, 3, 20), date(2026, 4, 30), date(2026, 9, 30))
    assert load("qingshan-2025/declaration").days.due == date(2025, 2, 28)
    assert load("example/rules").days.due == date(2025, 2, 28)
    assert load("example/rules", year=2026).days.due == date(2027, 2, 28)
    assert load("hecheng-2020/department").days == Days()


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 2, 16), False, "春节"),
        (date(2026, 2, 28), True, "星期六"),  # a make-up day
        (date(2026, 4, 6), False, "清明"),
        (date(2026, 3, 28), False, "星期六"),
        (date(2026, 3, 31), True, "星期二"),
        (date(2024, 2, 29), True, "星期四"),
        (date(2026, 12, 31), True, "星期四"),
        (date(2027, 1, 1), False, "元旦"),  # not announced yet, but fixed by law
        (date(2027, 2, 8), True, "星期一"),  # the Spring Festival is not known yet
        (date(2027, 10, 9), False, "星期六"),
    ],
)
def test_working_days(day: date, works: bool, name: str) -> None:
    assert is_workday(day) is works
    assert holiday_name(day) == name


def test_known_years() -> None:
    assert is_known(2026)
    assert not is_known(2027)


@given(st.dates(date(2004, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_working_days_are_counted_as_on_fingers(day: date, count: int) -> None:
    later = workdays_later(day, count)
    assert workdays_between(day, later) == count
    assert count == 0 or is_workday(later)
    assert workday_until(day) <= day <= workday_from(day)
    assert workday_from(day) - workday_until(day) <= timedelta(days=14)
