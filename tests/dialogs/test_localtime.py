"""Moments where the units are: the same there and back, in every zone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dialogs.localtime import day_of, local, moment, said_day, stamp

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Pacific/Kiritimati", "UTC")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(5 * 60, 24 * 60 - 1), st.sampled_from(ZONES))
def test_there_and_back(day: date, minutes: int, zone: str) -> None:
    at = moment(day, minutes, zone)
    there = local(at, zone)
    assert (day_of(at, zone), there.hour * 60 + there.minute) == (day, minutes)
    assert stamp(at, zone).startswith(day.isoformat())
    assert said_day(at, zone) == f"{day.month}月{day.day}日"
