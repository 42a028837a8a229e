"""docs/privacy.md is true: every table and every column stands in it, with what becomes of it when a person is forgotten."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from dialogs.private import doors, handing_out
from dialogs.private.tokens import BYTES
from dialogs.store import retention
from dialogs.store.personal import TABLES, Fate
from dialogs.store.tables import metadata

PAGE = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| (\S+) \|$", re.MULTILINE)
ROWS = {name: (columns, why, long, fate) for name, columns, why, long, fate in ROW.findall(PAGE)}
FATES = {Fate.REMOVED: "删除", Fate.BLANKED: "清空", Fate.KEPT: "留下", Fate.NOBODY: "无关"}


def test_every_table_has_its_line() -> None:
    assert set(ROWS) == {table.name for table in metadata.sorted_tables}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_named_with_its_fate(table) -> None:
    columns, why, long, fate = ROWS[table.name]
    assert re.findall(r"`(\w+)`", columns) == [column.name for column in table.columns]
    assert fate == FATES[TABLES[table.name].fate]
    assert len(why) > 3
    assert long


def test_the_figures_are_those_of_the_program() -> None:
    day = 86_400
    assert f"{BYTES * 8} 位随机数" in PAGE
    assert f"{doors.HOURS} 小时内有效" in PAGE
    assert f"按钮之后 {handing_out.OPEN // 60} 分钟内有效" in PAGE
    assert f"{retention.KEPT // day} 天，处理不了的 {retention.SET_ASIDE // day} 天" in ROWS["inbox"][2]
    assert f"{retention.KEPT // day} 天，发不出去的 {retention.SET_ASIDE // day} 天" in ROWS["outbox"][2]
    assert f"过期后 {retention.LINKS // day} 天" in ROWS["links"][2]


def test_the_settings_it_names_are_there() -> None:
    named = {name.lower() for name in re.findall(r"^([A-Z_]+)=", PAGE, re.MULTILINE)}
    assert named == {"telegram_personal_data", "own_url", "listen"}
    assert named <= set(Settings.model_fields)
