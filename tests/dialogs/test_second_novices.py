"""Stumbles on the parts that first-timers reach late: beginning, renaming, drafts with gaps, changes that wait for 确认.

Each was met in a real conversation. Those of a first filing stand in test_novices.py.
"""

import pytest

from scoring.form import Form
from tests.dialogs.goals import goals
from tests.dialogs.talk import Talk
from tests.dialogs.test_novices import Newcomer
from tests.dialogs.tiny import tiny


@pytest.fixture(scope="module")
def form() -> Form:
    return goals()


def test_a_number_stands_for_the_button_where_everything_is_named() -> None:
    person = (
        Newcomer().says("/start").says("小县水务局").says("1").says("幼儿园建设").sees("项目：幼儿园建设", "没问题的话").says("1")
    )
    assert person.outcome.opening is not None
    assert person.outcome.opening.project == "幼儿园建设"
    Newcomer().says("/start").says("小县水务局").says("1").says("幼儿园建设").says("2").sees("这次填哪个项目")


@pytest.mark.parametrize("words", ["对，开始", "新的填报", "名称不对", "生成草稿"])
def test_words_on_buttons_are_no_project(words: str) -> None:
    Newcomer().says("/start").says("小县水务局").says("1").says(words).sees("单位：小县水务局").says("幼儿园建设").sees(
        "项目：幼儿园建设"
    )


@pytest.mark.parametrize("words", ["第三张表", "对，开始", "幼儿园建设", "说明书"])
def test_other_words_while_forms_are_chosen_leave_the_name_alone(words: str) -> None:
    Newcomer().says("/start").says("小县水务局").says(words).sees("单位：小县水务局", "要填哪张表").says("2").sees(
        "单位：小县水务局"
    )


def test_a_name_that_is_said_to_be_the_name_is_a_correction() -> None:
    Newcomer().says("/start").says("小县水务局").says("单位是小县水利局").sees("单位：小县水利局", "要填哪张表")


@pytest.mark.parametrize("typed", ["待填2", "〔待填2〕", "待填 2"])
def test_a_gap_is_reached_by_what_the_draft_prints_from_any_question(typed: str) -> None:
    talk = Talk(tiny()).begins().says(typed).sees("第 2 题")
    assert not talk.answers
    talk.says("待填99").sees("99")


def test_a_change_that_waits_is_not_lost_to_words_that_are_no_answer() -> None:
    talk = (
        Talk(tiny()).begins().says("37").jumps("quota").says("40").sees("确认改吗").says("那个").sees("“那个”没有记", "确认改吗")
    )
    talk.says("好")
    assert talk.answers["quota"].value == 40
