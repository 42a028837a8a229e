"""How far a county is: who has not begun, who is stuck where and since when, who is late, what waits for whom.

Made from one sweep over the filings and one over the deadlines; answers are not read. Not here: how it is shown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from dialogs.calendar.deadlines import Dates, dates_in
from dialogs.editions import edition_of
from dialogs.localtime import day_of
from dialogs.route import next_item, progress
from dialogs.store import counties, filings, overview
from dialogs.store.overview import Standing
from scoring.form import Form

STUCK = 3  # days without an answer


class Stage(StrEnum):
    """How far a filing is, in the words of the table."""

    NEW = "没有开始"
    AT_WORK = "填报中"
    READY = "填完没交"
    RETURNED = "已退回"
    SUBMITTED = "待审核"
    APPROVED = "已通过"


HANDED_IN = (Stage.SUBMITTED, Stage.APPROVED)
_STAGE = {"submitted": Stage.SUBMITTED, "returned": Stage.RETURNED, "approved": Stage.APPROVED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One filing in the table. `quiet`: days since the last answer (or since it was returned); `late`: days after it was
    due, 0 when it is not; `section` and `item`: where it stands."""

    filing: str
    unit: str
    unit_name: str
    code: str
    group: str
    form: str
    title: str
    project: str
    stage: Stage
    done: int
    total: int
    due: date | None
    late: int
    quiet: int
    since: date | None
    section: str = ""
    item: str = ""
    number: int = 0
    round: int = 0

    @property
    def name(self) -> str:
        """The unit, and the project where there is one."""
        return f"{self.unit_name} · {self.project}" if self.project else self.unit_name

    @property
    def stuck(self) -> bool:
        """Begun (or returned), not handed in, and nobody has touched it for days."""
        return self.stage in (Stage.AT_WORK, Stage.READY, Stage.RETURNED) and self.quiet >= STUCK


@dataclass(frozen=True)
class Overview:
    """The table of a county for a year, as of a day."""

    county: str
    name: str
    year: int
    day: date
    entries: Sequence[Entry]

    def count(self, stage: Stage) -> int:
        """How many filings are so far."""
        return self._counts[stage]

    @property
    def _counts(self) -> Counter[Stage]:
        return Counter(e.stage for e in self.entries)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(e.late > 0 for e in self.entries)

    @property
    def stuck(self) -> int:
        """How many are stuck."""
        return sum(e.stuck for e in self.entries)

    @property
    def handed_in(self) -> int:
        """How many are with the reviewer or approved."""
        return sum(e.stage in HANDED_IN for e in self.entries)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups there are."""
        return tuple(sorted({e.group for e in self.entries}))

    @property
    def forms(self) -> Mapping[str, str]:
        """The forms there are: id and title."""
        return {e.form: e.title for e in self.entries}

    def only(self, what: str = "", group: str | None = None, form: str = "") -> "Overview":
        """The part of it that a filter leaves: a stage by its name, `late`, `stuck` or `open` (not handed in)."""
        kept = [
            e
            for e in self.entries
            if (group is None or e.group == group)
            and (not form or e.form == form)
            and (
                not what
                or what == e.stage.name
                or (what == "late" and e.late > 0)
                or (what == "stuck" and e.stuck)
                or (what == "open" and e.stage not in HANDED_IN)
            )
        ]
        return replace(self, entries=kept)

    @property
    def by_urgency(self) -> list[Entry]:
        """The latest first, then those quiet for longest."""
        return sorted(self.entries, key=lambda e: (-e.late, -e.quiet, e.done / e.total if e.total else 0, e.code, e.unit_name))


def overview_of(c: Connection, county: str, year: int, now: int, zone: str) -> Overview:
    """The whole table."""
    today = day_of(now, zone)
    dates = dates_in(c, county, year)
    uncounted = set(overview.uncounted(c, county, year))
    days: dict[int, date] = {}
    forms: dict[tuple[str, str, int], _Titles] = {}
    found: list[Entry] = []
    called = counties.county(c, county)
    for s in overview.standings(c, county, year):
        key = (s.form, s.edition, s.year)
        titles = forms.get(key)
        if titles is None:
            titles = forms[key] = _titles(edition_of(c, *key))
        if s.filing in uncounted:
            s = _counted(c, s)
        found.append(_entry(s, titles, dates.get(s.filing), today, days, zone))
    return Overview(county, called.name if called else "", year, today, found)


@dataclass(frozen=True, slots=True)
class _Titles:
    """What the filings of a form are told with."""

    title: str
    where: Mapping[str, tuple[str, str, int]]


def _titles(form: Form) -> _Titles:
    return _Titles(form.title, {i.id: (form.section_of[i.id].title, i.label, form.numbers[i.id]) for i in form.items.values()})


def _counted(c: Connection, s: Standing) -> Standing:
    """A filing begun by an earlier version, counted now."""
    form = edition_of(c, s.form, s.edition, s.year)
    answers = filings.answers(c, s.filing, form)
    stand, upcoming = progress(form, answers), next_item(form, answers)
    latest = filings.last_answered(c, s.filing)
    return s._replace(done=stand.done, total=stand.total, at_item=upcoming.id if upcoming else "", answered_at=latest)


def _entry(s: Standing, titles: _Titles, dates: Dates | None, today: date, days: dict[int, date], zone: str) -> Entry:
    stage = _STAGE.get(s.state)
    if stage is None:
        stage = Stage.NEW if s.answered_at is None else Stage.READY if s.total and s.done >= s.total else Stage.AT_WORK
    touched = max(s.answered_at or 0, s.state_at)
    since = days.get(touched) if touched else None
    if touched and since is None:
        since = days[touched] = day_of(touched, zone)
    due = dates.due if dates else None
    late = (today - due).days if due is not None and stage not in HANDED_IN and today > due else 0
    section, item, number = titles.where.get(s.at_item, ("", "", 0))
    quiet = (today - since).days if since is not None else 0
    return Entry(
        *(s.filing, s.unit, s.unit_name, s.code, s.grouping, s.form, titles.title, s.project, stage, s.done, s.total),
        *(due, late, max(0, quiet), since, section, item, number, s.round),
    )
