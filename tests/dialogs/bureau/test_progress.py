"""Progress in the chat: numbers first, lists behind them, files for whoever may see them."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from dialogs.access.permissions import State
from dialogs.outgoing import Withheld, sheet
from dialogs.replies import Made
from scoring.answers import given
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    """Four units: not begun, at work, submitted, approved; due on 28 February, seen on 8 March."""
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    county.moves("2021-02-20 10:00")
    edu = county.unit("县教育局", "101", "一组")
    water = county.unit("县水利局", "102", "一组")
    health = county.unit("县卫健局", "103", "二组")
    county.filing(county.unit("县交通局", "104", "二组"))
    filer = county.filler(edu)
    county.filing(edu)
    filer.says("/start").says("1").says("37").says("31")
    county.filing(water, state=State.SUBMITTED)
    county.filing(health, state=State.APPROVED)
    county.due("2021-02-28")
    return county.moves("2021-03-08 10:00")


def test_numbers_first_then_lists_then_the_filing(county: County) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").sees("共 4 份，已交 2 份，逾期 2 份，停住不动 1 份。")
    boss.taps("进度").sees("共 4 份，已交 2 份（50%）", "没有开始 1", "填报中 1", "待审核 1", "已通过 1", "逾期没交 2 份")
    boss.taps("逾期 2").sees(
        "逾期没交：2 份",
        "1. 县教育局",
        "填了 2/",
        "停在“人员”第 3 题（退休人数）",
        "16 天没动，逾期 8 天",
        "2. 县交通局\n　还没有开始，逾期 8 天",
    )
    boss.taps("1")
    assert "县教育局" in boss.text


def test_by_group_and_by_stage(county: County) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("进度").taps("按分组看").sees(
        "一组：已交 1/2，逾期 1，停住 1", "二组：已交 1/2，逾期 1"
    )
    boss.taps("二组").sees("进度（二组）", "共 2 份，已交 1 份").taps("没有开始 1").sees("没有开始（二组）：1 份", "县交通局")


def test_files_are_made_for_whoever_may_still_see_them(county: County) -> None:
    boss, other = county.administrator(), county.stranger()
    boss.says("/start").taps("小县财政局").taps("进度").taps("要表格")
    table = next(r for r in boss.replies if isinstance(r, Made))
    made = sheet(county.office, table, boss.chat)
    book = load_workbook(BytesIO(made.content))
    assert made.name == "小县2020年度绩效自评进度_2021年3月8日.xlsx"
    assert [r[2].value for r in book["逾期"].iter_rows(min_row=3)] == ["县教育局", "县交通局"]
    assert [r[1].value for r in book["汇总"].iter_rows(min_row=3)] == [4, 2, 2]
    boss.says("/start").taps("小县财政局").taps("进度").taps("要图")
    picture = next(r for r in boss.replies if isinstance(r, Made))
    drawn = sheet(county.office, picture, boss.chat)
    assert drawn.content.startswith(b"\x89PNG")
    other.says("/start")
    with pytest.raises(Withheld):
        sheet(county.office, table, other.chat)
    county.dismisses(boss)
    with pytest.raises(Withheld):
        sheet(county.office, table, boss.chat)


def test_an_overseer_looks_and_a_filler_does_not(county: County) -> None:
    county.overseer().says("/start").taps("小县财政局").sees("已交 2 份").taps("进度").sees("共 4 份")
    filler = county.filler(county.unit("县审计局", "105"))
    filler.says("/start")
    assert "小县财政局" not in [b.text for b in filler.buttons]


def test_a_county_without_filings_says_what_to_do_first(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    county.administrator().says("/start").taps("小县财政局").sees("还没有单位，也没有开表。先导入名单，再开新一年。")


def test_a_filing_begun_by_an_earlier_version_is_counted_when_it_is_looked_at(county: County) -> None:
    county.filing(county.unit("县林业局", "106"), answers={"quota": given(Decimal(37))})
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("进度").taps("填报中 2").sees("县林业局\n　填了 1/")
