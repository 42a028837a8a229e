"""The county the other tests stand on: who belongs where, whose button is whose, and a clock that moves."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.access.permissions import Action, State
from dialogs.access.rights import Rights
from dialogs.store import filings, people
from dialogs.store.engine import reading
from tests.dialogs.county import County, moment
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def county(engine: Engine, tmp_path: Path) -> County:
    return County(engine, tiny_packs(tmp_path))


def rights(county: County, person: str) -> Rights:
    with reading(county.office.engine) as c:
        return people.rights_of(c, person)


def test_everybody_has_the_rights_of_their_place(county: County) -> None:
    above = county.unit("人社局")
    unit = county.unit("社保中心", code="001", supervisor=above)
    filing = county.filing(unit)
    with reading(county.office.engine) as c:
        found = filings.filing(c, filing)
    assert found is not None
    may = {
        somebody.name: [
            a for a in (Action.READ, Action.ANSWER, Action.APPROVE) if rights(county, somebody.id).may(a, found.place)
        ]
        for somebody in (
            county.filler(unit),
            county.reviewer(above),
            county.observer(unit),
            county.administrator(),
            county.stranger("路人"),
        )
    }
    assert may == {
        "李会计": [Action.READ, Action.ANSWER],
        "王局长": [Action.READ],  # approves only what was submitted
        "赵督察": [Action.READ],
        "陈科长": [Action.READ],
        "路人": [],
    }


def test_two_people_talk_and_each_sees_their_own(county: County) -> None:
    unit = county.unit("社保中心")
    filing = county.filing(unit)
    one, other = county.filler(unit, "甲"), county.filler(unit, "乙")
    one.says("/start")
    assert one.text
    assert not other.received
    other.says("/start")
    assert other.text
    assert county.state(filing) == State.OPEN


def test_the_clock_moves_in_the_countys_own_time(county: County) -> None:
    assert county.clock.words == "2021-03-01 10:00"
    county.moves("2021-04-30 08:30")
    assert county.office.today().isoformat() == "2021-04-30"
    assert moment("2021-04-30 08:30") == county.clock() == 1_619_742_600
