"""Stumbles on the parts that first-timers reach late: beginning, renaming, drafts with gaps, changes that wait for 确认.

Each was met in a real conversation. Those of a first filing stand in test_novices.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.events import Pressed
from dialogs.handling import Office
from scoring.form import Form
from templates import labels
from tests.dialogs.desk import Filler, make_office
from tests.dialogs.goals import goals
from tests.dialogs.talk import Talk
from tests.dialogs.test_novices import Newcomer
from tests.dialogs.test_projects import UNIT, filled, project
from tests.dialogs.test_rowgroups import at_goals
from tests.dialogs.tiny import tiny
from tests.pair import pair_packs


@pytest.fixture(scope="module")
def form() -> Form:
    return goals()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(f"sqlite:///{tmp_path}/store.db", pair_packs(tmp_path / "packs"), ("pair",))
    yield office
    office.engine.dispose()


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


def test_a_name_is_confirmed_with_a_word(office: Office) -> None:
    filler = project(Filler(office).says("/start").says(UNIT).taps("项目自评表（2021年，一个项目一份）"), "老字号补助", "10", "9")
    filler.says("改名").sees("项目现在叫“老字号补助”").says("对，开始").sees("这好像不是项目名称")
    filler.says("新字号补助").sees("对吗").says("是").sees("新字号补助")
    assert filler.filing.project == "新字号补助"


def test_a_filing_just_begun_is_not_welcomed_back_because_figures_were_brought(office: Office) -> None:
    filler = filled(office)
    filler.sees("已带入 1 项", "带来的 1 题不用再填")
    assert "欢迎回来" not in filler.text
    filler.says("30").says("/start").sees("欢迎回来")


def test_a_table_that_is_not_changed_here_does_not_ask_for_lines(office: Office) -> None:
    filler = filled(office).says("30").says("第4题").sees("在这里改不了", "老字号补助")
    assert "再发一行" not in filler.text
    assert "依次发" not in filler.text
    assert labels.REMOVE_LAST_ROW not in [b.text for b in filler.buttons]
    filler.says("老字号").sees("在这里改不了，没有动")


def test_the_check_up_names_what_other_filings_lack_before_a_draft_is_made(office: Office) -> None:
    filler = Filler(office).says("/start").says(UNIT).taps("项目自评表（2021年，一个项目一份）").says("老字号补助")
    filler.taps(labels.BEGIN).says("10").says("换一张表").taps(labels.NEW_FILING).taps("单位自评表（2021年）").taps(labels.BEGIN)
    filler.says("30").says("31").says("检查一遍").sees("《2021年度项目自评表》（老字号补助）还有 2 题没填", "这里才能出定稿")
    assert labels.FINAL not in [b.text for b in filler.buttons]
    filler.says("生成草稿").sees("所以这份是草稿").taps("去改 老字号补助").sees("老字号补助", "2021年度")


@pytest.fixture
def talk(form: Form) -> Talk:
    return at_goals(Talk(form).begins())


def test_a_table_left_for_another_question_by_its_number_is_asked_again(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").jumps("long_goals").says("没有")
    assert talk.asked == "goals"
    talk.sees("第 2 行的二级指标").taps("完成")
    assert talk.asked == "survey"
    talk.jumps("long_goals").says("完成").does_not_see("第 2 行的二级指标")


def test_a_table_put_off_is_not_asked_again_at_once(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").taps("完成").jumps("goals").says("改 1 完成值 110件").says("目录").says("检查一遍")
    talk.says("继续").sees("第 2 行的二级指标").says("完成")
    assert talk.asked == "survey"


def test_a_table_left_for_another_filing_is_where_one_comes_back_to(office: Office) -> None:
    filler = Filler(office).says("/start").says(UNIT).taps("项目自评表（2021年，一个项目一份）").says("老字号补助")
    filler.taps(labels.BEGIN).says("10").says("9").says("产出指标 人数 98").sees("已记 1 行")
    filler.says("再填一个项目").says("新字号补助").taps(labels.BEGIN).says("10").says("换一张表").says("1")
    filler.sees("欢迎回来", "已有 1 行", "人数").taps("完成")
    filler.says("换一张表").says("1")
    assert "已有 1 行" not in filler.text


def test_a_long_table_shows_the_line_that_is_asked(form: Form) -> None:
    talk = at_goals(Talk(form).begins())
    talk.says("\n".join(f"数量指标|指标{'甲乙丙丁戊己庚辛壬癸子丑'[n]}|{'' if n == 2 else '≥100件'}|120件|10" for n in range(12)))
    talk.sees("第 3 行“指标丙”", "3. 数量指标　指标丙", "（后面还有 4 行）").does_not_see("12. ")


def test_the_table_that_lines_are_taken_from_is_named(form: Form) -> None:
    Talk(form).begins().taps("用表上的行").says("95%以上").taps("完成").sees("“照另一张表抄”抄的是", "的 2 行")


def test_from_a_finding_to_its_answer_and_back() -> None:
    talk = Talk(tiny()).begins().says("37").says("检查一遍")
    talk.does(Pressed(next(b.token for b in talk.buttons if b.text[0].isdigit()))).taps("检查一遍").sees("检查结果")
    talk.says("2").sees("第 2 题").taps("检查一遍").sees("检查结果")
