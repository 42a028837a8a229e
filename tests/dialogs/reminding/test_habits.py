"""The pure parts: when a message may leave, what a person has asked for, days and times as they are typed, a county's rules."""

from datetime import date

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.reminding.habits import OPTIONAL, Habits, fits_digest, fits_quiet, habits_of, with_habits
from dialogs.reminding.leaving import leaves_at
from dialogs.reminding.rules import KEY, BadRules, Rules, changed, rules_of
from dialogs.reminding.schedule import FIRST_YEAR, group, schedule
from dialogs.reminding.typed import read_day, read_span, read_time
from tests.dialogs.reminding.town import ZONE, at, wall

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
SPANS = st.tuples(st.integers(0, 1440), st.integers(0, 1440))
TODAY = date(2026, 3, 17)  # a Tuesday


@st.composite
def habits(draw: st.DrawFn) -> Habits:
    hour = draw(st.sampled_from([0, 540, 600, 900, 1110]))
    quiet = draw(st.none() | SPANS)
    if quiet is not None and not fits_quiet(quiet, hour or 540):
        quiet = None
    off = draw(st.frozensets(st.sampled_from(list(OPTIONAL)), max_size=3))
    return Habits(off, quiet, hour, draw(st.none() | DAYS), draw(st.none() | DAYS))


@given(st.integers(at("2024-01-01"), at("2026-11-30")), habits(), st.booleans(), st.booleans())
def test_a_message_leaves_later_by_day_and_never_against_a_wish(moment: int, own: Habits, digest: bool, day0: bool) -> None:
    when = leaves_at(moment, ZONE, own, digest=digest, day0=day0)
    assert when >= moment
    there = wall(when)
    minutes = there.hour * 60 + there.minute
    assert 8 * 60 + 30 <= minutes < 20 * 60 + 30
    assert not own.quiet or not own.quiet[0] <= minutes < own.quiet[1]
    assert not own.quiet_until or there.date() >= own.quiet_until
    if digest and there.year <= 2026:
        assert chinese_calendar.is_workday(there.date())
        assert minutes >= (own.hour or 540)
        assert day0 or not own.snoozed_until or there.date() >= own.snoozed_until
    assert leaves_at(when, ZONE, own, digest=digest, day0=day0) == when  # it does not run away


@given(habits())
def test_habits_are_kept_beside_the_words_of_others(own: Habits) -> None:
    stored = with_habits({"name of another room": 7, "quiet": "rubbish"}, own)
    assert stored["name of another room"] == 7
    assert habits_of(stored) == own


@pytest.mark.parametrize(
    "settings", [{"quiet": [0, 1440]}, {"off": "all"}, {"quiet_until": "soon"}, {"digest_minutes": 3}, {"quiet": [5]}]
)
def test_settings_that_cannot_be_are_as_if_they_were_not(settings: dict[str, object]) -> None:
    assert habits_of(settings) == Habits()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明天", "2026-03-18"),
        ("到3月20日", "2026-03-20"),
        ("安静到 20号", "2026-03-20"),
        ("5天", "2026-03-22"),
        ("三天后", "2026-03-20"),
        ("两周", "2026-03-31"),
        ("下周一", "2026-03-23"),
        ("2026-04-05。", "2026-04-05"),
        ("昨天", "2026-03-17"),
        ("随便", None),
    ],
)
def test_days_as_they_are_typed(text: str, day: str | None) -> None:
    assert read_day(text, TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("12:00-14:30", (720, 870)),
        ("中午12点到2点", (720, 840)),
        ("十二点到两点半", (720, 870)),
        ("下午1点～3点", (780, 900)),
        ("8点到20点", (480, 1200)),
        ("14点到12点", None),
        ("中午", None),
    ],
)
def test_spans_as_they_are_typed(text: str, span: tuple[int, int] | None) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    ("text", "minutes"), [("9点", 540), ("十点半", 630), ("下午3点", 900), ("14:30", 870), ("25点", None), ("早上", None)]
)
def test_times_as_they_are_typed(text: str, minutes: int | None) -> None:
    assert read_time(text) == minutes


def test_an_hour_of_the_day_is_left_whatever_is_quiet() -> None:
    assert fits_quiet((720, 840), 540)
    assert not fits_quiet((480, 1200), 540)
    assert not fits_quiet((840, 720), 540)
    assert fits_digest(19 * 60)
    assert not fits_digest(20 * 60)


@pytest.mark.parametrize(
    "settings",
    [
        {"before": [0]},
        {"before": [3, 3]},
        {"before": "30"},
        {"before": list(range(1, 20))},
        {"hour": 23},
        {"hour": "9"},
        {"step": 0},
        {"overdue_days": -1},
        {"head": 99},
        {"colour": "red"},
        {"bureau": 1},
    ],
)
def test_rules_that_cannot_be_are_told_in_a_sentence(settings: dict[str, object]) -> None:
    with pytest.raises(BadRules, match=r"。$"):
        rules_of({KEY: settings})


def test_rules_are_kept_as_what_differs_from_the_usual() -> None:
    rules = changed(Rules(), {"before": [1, 10], "step": 3})
    assert rules.to_data() == {"before": [10, 1], "step": 3}
    assert rules_of({KEY: rules.to_data(), "other": 1}) == rules


def test_a_deadline_that_is_a_slip_of_the_pen_makes_no_reminders() -> None:
    assert schedule(Rules(), date(FIRST_YEAR - 10, 7, 1), ZONE) == ()
    assert schedule(Rules(), date(2999, 7, 1), ZONE) == ()


@given(st.dates(date(2024, 2, 1), date(2026, 10, 31)))
def test_reminders_fall_on_working_days_and_never_behind_the_deadline(due: date) -> None:
    for planned in schedule(Rules(), due, ZONE):
        there = wall(planned.due_at)
        assert chinese_calendar.is_workday(there.date())
        assert (there.hour, there.minute) == (9, 0)
        assert (there.date() > due) == planned.kind.startswith("overdue")
        assert group(planned.kind) in OPTIONAL


def test_summer_time_of_1986_to_1991_and_other_zones() -> None:
    assert wall(at("1990-07-01", "09:00")).hour == 9
    assert leaves_at(at("2026-03-17", "07:00"), "Asia/Shanghai", Habits(), digest=True) == at("2026-03-17", "09:00")
