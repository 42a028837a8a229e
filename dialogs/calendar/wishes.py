"""What is wished of the calendar, looked at before anything is written: refused in a sentence, or the dates before and after.

Not here: writing it down and telling people (moving.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from dialogs.access.permissions import State
from dialogs.access.rights import Place
from dialogs.calendar.deadlines import Dates, Said, by_level, decided
from dialogs.calendar.typed_days import told_day
from dialogs.editions import edition_of
from dialogs.store import deadlines, filings
from dialogs.store.deadlines import Row
from scoring.calendar import EARLIEST, STAGES, Days
from scoring.errors import ZipingError
from scoring.textgate import clean

LONGEST_REASON = 200
NEXT = 1 << 60  # a row that is not written yet
NAMES: Mapping[str, str] = {"opens": "开始填的日子", "due": "截止日", "reviewed": "审核完的日子", "published": "公开的日子"}
PackDays = tuple[tuple[str, Days], ...]  # by form, what its pack says


class Refused(ZipingError):
    """Dates that cannot be set, and why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Dates for a county's forms of one year (`unit`, `filing` empty), for a unit's, or for one filing.

    `dates`: stage and ISO day each, or "" to take an own date back. A filing says its form and year itself.
    """

    county: str = ""
    unit: str = ""
    filing: str = ""
    forms: tuple[str, ...] = ()
    year: int = 0
    dates: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def days(self) -> dict[str, str]:
        """The dates by stage."""
        return dict(self.dates)

    @property
    def place(self) -> Place:
        """Where it is, for the permission gate."""
        return Place(self.county, self.unit, filing=self.filing)


@dataclass(frozen=True, slots=True)
class Look:
    """One form's dates on the level of the wish, before and after."""

    form: str
    was: Dates
    now: Dates

    @property
    def changes(self) -> bool:
        """Whether any date would be another one."""
        return any(self.was.day(stage) != self.now.day(stage) for stage in STAGES)


def stand(c: Connection, wish: Wish, packs: PackDays) -> tuple[tuple[str, Dates], ...]:
    """Each form's present dates on the level of the wish."""
    rows = deadlines.rows_of(c, [wish.year])
    own = _of_filing(c, wish)
    return tuple((form, standing(wish, form, rows, own or dict(packs).get(form, Days()))) for form in wish.forms)


def look(c: Connection, wish: Wish, today: date, packs: PackDays) -> tuple[Wish, tuple[Look, ...]]:
    """The wish completed, and each form's dates before and after. Raises Refused."""
    wish = _completed(c, wish)
    rows = deadlines.rows_of(c, [wish.year])
    found = []
    for form in wish.forms:
        pack = _of_filing(c, wish) or dict(packs).get(form, Days())
        was = standing(wish, form, rows, pack)
        said = wish.days.get
        dates = said("opens"), said("due"), said("reviewed"), said("published")
        more = Row(NEXT, wish.county, wish.unit or None, wish.filing or None, form, wish.year, *dates, "", "", 0)
        now = standing(wish, form, [*rows, more], pack)
        _check(wish, was, now, today)
        found.append(Look(form, was, now))
    return wish, tuple(found)


def standing(wish: Wish, form: str, rows: Sequence[Row], pack: Days) -> Dates:
    """The dates on the level of the wish, by these rows."""
    levels = by_level(rows)
    said: list[Said | None] = [levels.counties.get((wish.county, form, wish.year))]
    if wish.unit:
        said.insert(0, levels.units.get((wish.unit, form, wish.year)))
    if wish.filing:
        said.insert(0, levels.filings.get(wish.filing))
    return decided(said, pack)


def _completed(c: Connection, wish: Wish) -> Wish:
    """The wish with what its filing says, the reason cleaned. Raises Refused."""
    if not wish.dates or any(stage not in STAGES for stage, _ in wish.dates):
        raise Refused("请写明改哪个日子：开始填、截止、审核完还是公开。")
    for _, day in wish.dates:
        if day:
            _read(day)
    reason = " ".join(clean(wish.reason).split())
    if len(reason) > LONGEST_REASON:
        raise Refused(f"原因有 {len(reason)} 个字，太长了，{LONGEST_REASON} 字以内就行。")
    wish = replace(wish, reason=reason)
    if wish.filing:
        wish = _of_its_filing(c, wish)
    if not wish.county or not wish.forms or not wish.year:
        raise Refused("请写明是哪个县、哪一年、哪张表。")
    return wish


def _of_its_filing(c: Connection, wish: Wish) -> Wish:
    filing = filings.filing(c, wish.filing)
    if filing is None or (wish.county and filing.place.county != wish.county):
        raise Refused("没有这份填报。")
    state = filing.place.state
    if state in (State.SUBMITTED, State.APPROVED) and wish.days.keys() & {"opens", "due"}:
        word = "已经提交，正在等审核" if state is State.SUBMITTED else "已经审核通过"
        raise Refused(f"这一份{word}，不用改截止日了。")
    return replace(wish, county=filing.place.county, unit=filing.unit_id, forms=(filing.form_id,), year=filing.year)


def _read(day: str) -> date:
    try:
        found = date.fromisoformat(day)
    except ValueError as e:
        raise Refused(f"“{day[:20]}”不是日期，请写成 2026-04-10 这样。") from e
    if found.year < EARLIEST:
        raise Refused(f"{EARLIEST} 年以前的日期用不了，请核对年份。")
    return found


def _of_filing(c: Connection, wish: Wish) -> Days | None:
    """What the pack says that a filing was begun with; None when the wish is not about one filing."""
    filing = filings.filing(c, wish.filing) if wish.filing else None
    return edition_of(c, filing.form_id, filing.edition, filing.year).days if filing else None


_ORDER = (("opens", "due"), ("due", "reviewed"), ("reviewed", "published"), ("due", "published"))


def _check(wish: Wish, was: Dates, now: Dates, today: date) -> None:
    """Raise Refused for dates nobody can mean."""
    for stage in wish.days:
        day = now.day(stage)
        if day and stage != "opens" and day < today and day != was.day(stage):
            raise Refused(f"{told_day(day, today)}已经过去了，{NAMES[stage]}请定在今天或以后。")
    for first, then in _ORDER:
        early, late = now.day(first), now.day(then)
        waits = first == "due" and then not in wish.days  # of a later last day, the dates behind it are a hint, no refusal
        if early and late and late < early and wish.days.keys() & {first, then} and not waits:
            raise Refused(f"{NAMES[then]}是{told_day(late, today)}，不能早于{NAMES[first]}{told_day(early, today)}。")
    needs_one = wish.unit or wish.filing or any(was.day(stage) for stage in wish.days)
    if not wish.reason and needs_one and any(was.day(stage) != now.day(stage) for stage in wish.days):
        raise Refused(NO_REASON)


NO_REASON = "改日期要写一句原因，单位会看到，例如：系统培训推迟了。"
