"""From the first answer to the approval and back, each from the screen they happen to have before them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.dialogs.county import County, Somebody
from tests.year.small import UNIT_FORM, write_pack

ANSWERS = ("37", "31", "100", "98", "97%", "没有大的问题，明年继续。")


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    return County(sqlite_engine, write_pack(tmp_path), (UNIT_FORM,))


def handed_in(county: County) -> tuple[Somebody, Somebody, str]:
    unit = county.unit("清溪县林业站")
    filler, reviewer = county.filler(unit), county.reviewer(unit)
    filing = county.filing(unit, UNIT_FORM)
    filler.says("/start").taps("清溪县林业站 · 2025年度 · 部门整体支出绩效自评简表")
    for answer in ANSWERS:
        filler.says(answer)
    filler.taps("提交审核").taps("确认提交")
    assert county.state(filing) == "submitted"
    return filler, reviewer, filing


def returned(reviewer: Somebody) -> None:
    reviewer.says("/start").taps("待审核 1 份").taps("1. 清溪县林业站")
    reviewer.taps("退回").says("执行数和决算对不上。").taps("确认退回")


def test_a_filler_who_still_looks_at_the_page_of_the_handed_in_filing_gets_to_the_question_when_it_has_come_back(
    county: County,
) -> None:
    filler, reviewer, filing = handed_in(county)
    returned(reviewer)
    assert county.state(filing) == "returned"
    filler.says("第4题").sees("全年执行数").says("97")
    assert county.answers(filing, UNIT_FORM)["final"].value == 98 or "确认" in [b.text for b in filler.buttons]
    if "确认" in [b.text for b in filler.buttons]:
        filler.taps("确认")
    assert county.answers(filing, UNIT_FORM)["final"].value == 97
    filler.says("提交审核").taps("确认提交")
    assert county.state(filing) == "submitted"


def test_words_typed_on_such_a_page_lead_back_to_the_filing_and_nothing_is_refused(county: County) -> None:
    filler, reviewer, _ = handed_in(county)
    returned(reviewer)
    filler.says("我改好了").sees("这份现在可以改了")
