"""What a person has asked for: which messages, at which times, quiet until when. Kept in people.settings. Pure.

Other rooms keep words of their own in the same settings; they stay. Not here: the screens (preferences.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """What may be switched off: the word on its button, and what it is."""

    label: str
    text: str


OPTIONAL: Mapping[str, Kind] = {  # in the order of the settings page
    "early": Kind("早提醒", "截止前两周以上的提醒"),
    "before": Kind("快截止", "截止前一周内和当天的提醒"),
    "overdue": Kind("逾期", "过了截止日期的提醒"),
    "escalation": Kind("未交名单", "快截止时还没交的名单"),
    "opened": Kind("新表", "有新的表可以填"),
    "assigned": Kind("分工", "有一部分分给我填"),
    "submitted": Kind("待审核", "有表交上来等我审核"),
    "returned": Kind("退回", "我填的表被退回"),
    "approved": Kind("通过", "我填的表审核通过"),
    "moved": Kind("改期", "截止日期变了"),
    "announcement": Kind("通知", "财政局的通知"),
    "proposal": Kind("代答", "同事的代答到了"),
    "survey": Kind("问卷", "满意度问卷的进展"),
}
NIGHT_BEFORE, NIGHT_AFTER = 8 * 60 + 30, 20 * 60 + 30  # minutes of the day between which unasked messages leave
SHORTEST = 60  # minutes that must be left of a day


@dataclass(frozen=True, slots=True)
class Habits:
    """`quiet`: minutes of the day, from and to, without messages. `hour`: minutes before which no digest comes (0: as the
    county says). `snoozed_until`: digests rest until that day, but for the one on the deadline itself; `quiet_until`:
    everything unasked rests."""

    off: frozenset[str] = frozenset()
    quiet: tuple[int, int] | None = None
    hour: int = 0
    snoozed_until: date | None = None
    quiet_until: date | None = None

    def wants(self, kind: str) -> bool:
        return kind not in self.off


USUAL = Habits()


def habits_of(settings: Mapping[str, Any]) -> Habits:
    """The habits in a person's settings; what cannot be read is as if it were not there."""
    if not settings:
        return USUAL
    off = settings.get("off")
    hour = settings.get("digest_minutes")
    return Habits(
        frozenset(k for k in off if k in OPTIONAL) if isinstance(off, list) else frozenset(),
        _span(settings.get("quiet")),
        hour if isinstance(hour, int) and fits_digest(hour) else 0,
        _day(settings.get("snoozed_until")),
        _day(settings.get("quiet_until")),
    )


def with_habits(settings: Mapping[str, Any], habits: Habits) -> dict[str, Any]:
    """The person's settings with these habits in them; other words in it stay."""
    said: dict[str, Any] = {
        "off": [k for k in OPTIONAL if k in habits.off],
        "quiet": list(habits.quiet) if habits.quiet else None,
        "digest_minutes": habits.hour or None,
        "snoozed_until": habits.snoozed_until.isoformat() if habits.snoozed_until else None,
        "quiet_until": habits.quiet_until.isoformat() if habits.quiet_until else None,
    }
    others = {k: v for k, v in settings.items() if k not in said}
    return {**others, **{k: v for k, v in said.items() if v}}


def fits_digest(minutes: int) -> bool:
    """Whether a digest may come at this time of day, with room for it to leave."""
    return NIGHT_BEFORE <= minutes <= NIGHT_AFTER - SHORTEST


def fits_quiet(span: tuple[int, int], earliest: int) -> bool:
    """Whether enough of the day is left when this span is quiet and digests come at `earliest` or later."""
    low, high = span
    if not 0 <= low < high <= 24 * 60:
        return False
    first = max(earliest, NIGHT_BEFORE)
    before, after = min(low, NIGHT_AFTER) - first, NIGHT_AFTER - max(high, first)
    return max(before, after) >= SHORTEST


def _span(value: Any) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value) and fits_quiet((value[0], value[1]), 0):
        return (value[0], value[1])
    return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
