"""Planning: one row per kind and version of a deadline; moved deadlines void old rows; nothing is made up for."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.reminding.planning import replan
from dialogs.store import settings
from dialogs.store.engine import writing
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.town import Town, at


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Town:
    town = Town(engine, tiny_packs(tmp_path), at("2026-02-01"))
    town.unit("u1")
    town.person("1", ("u1", "filler"))
    town.filing("f1", "u1")
    return town


def due(town: Town) -> dict[str, str]:
    return {kind: when for kind, _, when, state in town.rows("f1") if state == "due"}


def test_a_deadline_makes_the_whole_row_of_reminders_each_on_a_working_day(town: Town) -> None:
    assert town.rows() == []
    town.deadline("2026-03-31")
    assert due(town) == {
        "before30": "2026-02-28 09:00",  # 1 March is a Sunday; the Saturday before is worked for the spring festival
        "before14": "2026-03-17 09:00",
        "before7": "2026-03-24 09:00",
        "before3": "2026-03-27 09:00",  # Saturday the 28th: the Friday before
        "before1": "2026-03-30 09:00",
        "escalation_head": "2026-03-30 09:00",
        "day0": "2026-03-31 09:00",
        "escalation_bureau": "2026-03-31 09:00",
        "overdue1": "2026-04-02 09:00",
    }


def test_a_deadline_in_a_holiday_is_told_on_the_last_working_day_before(town: Town) -> None:
    town.deadline("2026-02-18")  # spring festival from the 15th to the 23rd; Saturday the 14th is worked
    assert due(town)["day0"] == "2026-02-14 09:00"
    assert due(town)["escalation_head"] == "2026-02-14 09:00"
    assert due(town)["overdue1"] == "2026-02-25 09:00"


def test_across_the_year_and_on_29_february(town: Town) -> None:
    town.goes_to(at("2027-12-01")).deadline("2028-02-29", filing="f1")
    assert due(town)["day0"] == "2028-02-29 09:00"
    assert due(town)["before30"] == "2028-01-28 09:00"
    town.deadline("2027-12-31", filing="f1")
    assert due(town)["day0"] == "2027-12-31 09:00"
    assert due(town)["overdue1"] == "2028-01-04 09:00"


def test_a_moved_deadline_voids_what_was_planned_for_the_old_one(town: Town) -> None:
    town.deadline("2026-03-31")
    town.deadline("2026-04-15")
    states = {(deadline, state) for _, deadline, _, state in town.rows("f1")}
    assert states == {(1, "void"), (2, "due")}
    assert due(town)["day0"] == "2026-04-15 09:00"
    assert len(town.rows("f1")) == 18


def test_what_would_be_due_already_is_not_made_up_for(town: Town) -> None:
    town.goes_to(at("2026-03-25", "15:00")).deadline("2026-03-31")
    assert min(due(town).values()) == "2026-03-27 09:00"
    town.goes_to(at("2026-03-25", "15:00")).deadline("2026-03-20", filing="f1")
    assert due(town) == {"overdue1": "2026-03-27 09:00"}  # two working days from now, not five days ago


def test_long_after_the_deadline_nobody_is_reminded_any_more(town: Town) -> None:
    town.goes_to(at("2026-09-01")).deadline("2026-03-31")
    assert due(town) == {}


def test_planning_again_changes_nothing(town: Town) -> None:
    town.deadline("2026-03-31")
    before = town.rows()
    with writing(town.engine) as c:
        replan(c, town.office, ["f1", "f1", "no such filing"])
    assert town.rows() == before


def test_a_county_sets_its_own_days_and_hour(town: Town) -> None:
    town.deadline("2026-03-31")
    with writing(town.engine) as c:
        settings.keep_for_county(c, "c1", {"reminders": {"before": [10, 2], "hour": 10, "minute": 30, "step": 1, "head": 0}})
        replan(c, town.office, ["f1"])
    assert due(town) == {
        "before10": "2026-03-20 10:30",  # the 21st is a Saturday
        "before2": "2026-03-27 10:30",
        "day0": "2026-03-31 10:30",
        "escalation_bureau": "2026-03-31 10:30",
        "overdue1": "2026-04-02 09:00",  # as it was planned; the next one follows the new rules
    }


def test_a_filing_that_comes_back_after_its_deadline_is_reminded_of_again(town: Town) -> None:
    town.deadline("2026-03-31")
    town.stands("f1", "submitted")
    town.goes_to(at("2026-04-02", "09:01")).works()
    assert due(town) == {}
    town.goes_to(at("2026-04-20", "15:00")).stands("f1", "returned")
    assert due(town) == {"overdue2": "2026-04-22 09:00"}


def test_a_thousand_filings_move_at_once(town: Town) -> None:
    with writing(town.engine) as c:
        from sqlalchemy import insert

        from dialogs.store.tables import filings, units

        first = c.execute(filings.select()).one()
        c.execute(insert(units), [{"id": f"x{n}", "name": f"x{n}", "created_at": 1, "county_id": "c1"} for n in range(1000)])
        c.execute(insert(filings), [{**first._mapping, "id": f"g{n}", "unit_id": f"x{n}"} for n in range(1000)])
    town.deadline("2026-03-31")
    town.deadline("2026-04-10")
    rows = town.rows()
    assert sum(state == "due" for *_, state in rows) == 1001 * 9
    assert sum(state == "void" for *_, state in rows) == 1001 * 9
