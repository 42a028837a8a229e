"""The last day of a survey is the same day before it begins and afterwards, wherever the units are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.surveying.dates import moment_after, said_day


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi", "America/New_York", "UTC"])
@given(day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_last_day_is_said_as_it_was_typed(zone: str, day: date) -> None:
    assert said_day(moment_after(day, zone), zone) == f"{day.year}年{day.month}月{day.day}日"
