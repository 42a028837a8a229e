"""An office that keeps personal data on its own server, with one filler at a question; on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.dialogs.county import Somebody
from tests.dialogs.desk import tiny_packs
from tests.private.house import House


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return House(engine, tiny_packs(tmp_path / "packs"))


@pytest.fixture
def filler(house: House) -> Somebody:
    unit = house.unit("民政局")
    house.filing_id = house.filing(unit)
    return house.filler(unit, "李会计").says("/start").taps("民政局 · 2020年度 · 小表")
