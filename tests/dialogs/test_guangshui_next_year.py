"""The declaration a year later: figures move on by a column, lines come over, only what is new is asked."""

import pytest

from scoring.answersfiles.file import read_answers
from scoring.cells import open_places, rows_in
from scoring.columns import Rows
from scoring.loading import OWN_PACKS, load
from scoring.packs.compiling import compile_form
from tests.dialogs.talk import Talk


@pytest.fixture
def talk() -> Talk:
    form = load("guangshui-2024/declaration")
    before = read_answers(form, OWN_PACKS / "guangshui-2024" / "cases" / "declaration.yaml").answers
    later = compile_form(form.id, form.sources, year=2025)
    return Talk(later, prior=dict(before)).begins()


def test_the_years_before_are_shown_with_the_question(talk: Talk) -> None:
    talk.sees("财政拨款收入：2025年预算、2023年、2024年各多少万元", "2023年 5950.81、2024年 6951.77")


def test_texts_and_lines_are_taken_over_with_one_tap(talk: Talk) -> None:
    talk.says("第7题").taps("沿用上年")
    assert talk.answers["duties"].value == talk.prior["duties"].value
    talk.says("第13题").taps("沿用上年")
    assert talk.answers["long_duty"].value == talk.prior["long_duty"].value


def test_only_last_years_result_is_asked_anew(talk: Talk) -> None:
    talk.says("第20题").taps("沿用上年").sees("2024年指标值？")
    table = talk.form.items["annual_duty"]
    assert isinstance(table, Rows)
    rows, old = rows_in(talk.answers["annual_duty"].value), rows_in(talk.prior["annual_duty"].value)
    before, last = table.earlier
    assert {p.column for p in open_places(table, rows)} == {last}
    assert [r.cells[before] for r in rows] == [r.cells[last] for r in old]
