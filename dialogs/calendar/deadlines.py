"""The dates that count for a filing: its own before its unit's, the county's, and those of the pack it was begun with.

Of each date the latest row of the most specific level decides, date by date; an own date taken back leaves it to
the level above. Not here: how dates are changed (moving.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.editions import edition_of
from dialogs.store import deadlines
from dialogs.store.deadlines import Key, Row
from scoring.calendar import STAGES, Days

FEW = 8  # filings whose rows are asked for one by one
PackDays = Callable[[Key], Days]


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one filing. `version`: the row that made `due` what it is, 0 for the pack's own."""

    opens: date | None = None
    due: date | None = None
    reviewed: date | None = None
    published: date | None = None
    version: int = 0

    def day(self, stage: str) -> date | None:
        """The date of a stage by its name."""
        found: date | None = getattr(self, stage)
        return found


def dates_of(c: Connection, filing_ids: Iterable[str]) -> dict[str, Dates]:
    """The dates of these filings, however many; those that are not there have none."""
    return _looked_up(c, deadlines.keys_of(c, filing_ids))


def dates_in(c: Connection, county: str, year: int | None = None) -> dict[str, Dates]:
    """The dates of all filings of a county, of one year or of all."""
    return _looked_up(c, deadlines.keys_in(c, county, year))


def _looked_up(c: Connection, keys: Sequence[Key]) -> dict[str, Dates]:
    if len(keys) <= FEW:
        rows = sorted({row for key in keys for row in deadlines.rows_about(c, key)})
    else:
        rows = deadlines.rows_of(c, {key.year for key in keys})
    return effective(keys, rows, lambda key: edition_of(c, key.form, key.edition, key.year).days)


def effective(keys: Iterable[Key], rows: Iterable[Row], pack_days: PackDays) -> dict[str, Dates]:
    """The dates of each filing, from all rows about its year, oldest first."""
    levels = by_level(rows)
    shared: dict[tuple[str, str | None, str, int, str], Dates] = {}
    found: dict[str, Dates] = {}
    for key in keys:
        own, unit = levels.filings.get(key.filing), levels.units.get((key.unit, key.form, key.year))
        same = (key.unit if unit else "", key.county, key.form, key.year, key.edition)
        dates = None if own else shared.get(same)
        if dates is None:
            above = levels.counties.get((key.county or "", key.form, key.year))
            dates = decided([own, unit, above], pack_days(key))
            if not own:
                shared[same] = dates
        found[key.filing] = dates
    return found


Said = dict[str, tuple[str, int]]  # by stage: the date last said on one level ("" takes it back), and by which row


@dataclass(frozen=True, slots=True)
class Levels:
    """What was said last, by whom it is about."""

    counties: Mapping[tuple[str, str, int], Said]
    units: Mapping[tuple[str, str, int], Said]
    filings: Mapping[str, Said]


def by_level(rows: Iterable[Row]) -> Levels:
    """The rows, oldest first, as what stands on each level."""
    counties: dict[tuple[str, str, int], Said] = {}
    units: dict[tuple[str, str, int], Said] = {}
    filings: dict[str, Said] = {}
    for row in rows:
        if row.filing:
            said = filings.setdefault(row.filing, {})
        elif row.unit:
            said = units.setdefault((row.unit, row.form, row.year), {})
        else:
            said = counties.setdefault((row.county or "", row.form, row.year), {})
        for stage in STAGES:
            day: str | None = getattr(row, stage)
            if day is not None:
                said[stage] = (day, row.id)
    return Levels(counties, units, filings)


def decided(levels: Sequence[Said | None], pack: Days) -> Dates:
    """The dates that count, the most specific level first."""
    days: dict[str, date | None] = {}
    version = 0
    for stage in STAGES:
        days[stage] = getattr(pack, stage)
        latest = 0
        for said in levels:
            if said is None or stage not in said:
                continue
            day, row = said[stage]
            latest = max(latest, row)
            if day:
                days[stage] = date.fromisoformat(day)
                break
        if stage == "due":
            version = latest
    return Dates(**days, version=version)
