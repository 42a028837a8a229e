"""Stumbles of people who fill a form for the first time: each was met in a real conversation, and none loses anything."""

import pytest

from dialogs.conversation import Conversation
from dialogs.events import Event, Pressed, Said
from dialogs.interview import step
from dialogs.replies import Message
from dialogs.scene import FormChoice, Outcome, Scene
from scoring.form import Form
from tests.dialogs.goals import goals
from tests.dialogs.talk import FIRST_DAY, Talk
from tests.dialogs.test_rowgroups import at_goals, rows
from tests.dialogs.tiny import tiny


@pytest.fixture(scope="module")
def form() -> Form:
    return goals()


@pytest.fixture
def talk(form: Form) -> Talk:
    return at_goals(Talk(form).begins())


HEADED = """一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	质量指标	验收合格率	≥98%	≥98%	10	10
		资料完整率	100%	100%		10
	数量指标	办件数	≥100件	120件	10
效益指标	社会效益	入园率	≥90%	95%	20
合计					40"""


def test_a_block_from_a_spreadsheet_is_placed_by_its_heading_and_what_does_not_fit_is_named(talk: Talk) -> None:
    talk.says(HEADED).sees(
        "已记 3 行", "没有的列没有记：一级指标", "“≥98%”是指标值的写法", "“入园率”这一行没有记", "第 1 行“验收合格率”：完成值？"
    )
    assert [r[:5] for r in rows(talk, "goals")] == [
        ["质量指标", "验收合格率", "≥98%", "", "10"],
        ["质量指标", "资料完整率", "100%", "100%", ""],
        ["数量指标", "办件数", "≥100件", "120件", "10"],
    ]
    assert [r[6] for r in rows(talk, "goals")] == ["", "", ""], "points that are computed are not taken over"


def test_without_a_heading_columns_too_many_before_the_first_are_passed_over(talk: Talk) -> None:
    talk.says("产出指标\t数量指标\t甲\t≥100件\t120件\t10")
    assert rows(talk, "goals")[0][:5] == ["数量指标", "甲", "≥100件", "120件", "10"]


def test_a_line_typed_with_spaces_or_commas_is_a_line(talk: Talk) -> None:
    talk.says("数量指标 甲 ≥100件 120件 10").says("质量指标，乙，100%，100%，10")
    assert [r[:2] for r in rows(talk, "goals")] == [["数量指标", "甲"], ["质量指标", "乙"]]


def test_a_line_that_stands_there_already_is_pointed_out(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").says("数量指标|甲|≥100件|120件|10").sees("第 2 行“甲”和第 1 行同名", "删 2")


def test_a_removed_line_comes_back_with_one_word(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").says("数量指标|乙|≥100件|120件|10").says("删1").sees("第 1 行删掉了（甲）", "撤销")
    talk.says("撤销")
    assert [r[1] for r in rows(talk, "goals")] == ["甲", "乙"]
    talk.says("清空").says("撤销")
    assert len(rows(talk, "goals")) == 2


@pytest.mark.parametrize("said", ["改第9行", "上移", "删掉这一行", "用表上的行", "和上一行合用"])
def test_orders_that_do_not_fit_are_no_names(talk: Talk, said: str) -> None:
    talk.says("数量指标").says(said)
    assert rows(talk, "goals")[0][1] == ""


def test_a_line_is_changed_by_its_name(talk: Talk) -> None:
    talk.says("数量指标|办件数|≥100件|120件|10").says("质量指标|合格率|100%|100%|10").says("改办件").sees("第 1 行", "要改哪一格")


def test_points_are_never_asked_for_with_nothing(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件").says("很多").sees("要填数字").does_not_see("没有就填")


def test_a_number_is_no_name(talk: Talk) -> None:
    talk.says("数量指标").says("11").sees("只是一个数", "先点“目录”")
    assert rows(talk, "goals")[0][1] == ""


def test_one_step_back_is_the_cell_before_with_what_it_holds(talk: Talk) -> None:
    talk.says("数量指标").says("甲").says("≥100件").taps("上一格").sees("指标值？（现在：≥100件）").taps("不改了").sees(
        "完成值？"
    )
    talk.taps("上一格").says("≥90件").sees("已记：指标值 ≥90件", "完成值？")


def test_nobody_can_share_the_points_of_no_line(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件").does_not_see("和上一行合用")
    assert "和上一行合用" not in [b.text for b in talk.buttons]
    talk.says("无").sees("没有可以合用分值的行")


def test_a_line_upright_shows_only_cells_that_mean_something(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").says("改 1").does_not_see("达成程度").does_not_see("自评得分")


def test_an_actual_value_that_the_new_target_makes_void_is_named(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").says("改 1 指标值 ≥95%").sees("“完成值”原来是 120件", "请重新定")


def test_the_points_that_are_left_are_told_when_the_lines_are_complete(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|15").sees("还剩 5 分没有分").says("数量指标|乙|≥100件|120件|10").sees("已经多了 5 分")


def test_whoever_comes_back_is_at_the_table_that_was_not_finished(talk: Talk) -> None:
    talk.says("数量指标|甲|≥100件|120件|10").says("/start").sees("欢迎回来", "第 2 行的二级指标")
    talk.says("目录").says("继续填").sees("第 2 行的二级指标").taps("完成")
    assert talk.asked == "survey"
    talk.says("/start").sees("发放、收回、有效")


def test_a_questionnaire_reads_back_and_goes_back_question_by_question(talk: Talk) -> None:
    talk.taps("没有，跳过这张表").says("完成").sees("问卷还差").says("50 50 48").sees("发放 50、收回 50、有效 48 份")
    talk.says("47").sees("要 3 个数（好、一般、差），收到 1 个").says("47 1 0").sees("已记：第 1 题 47 / 1 / 0（共 48 份）")
    talk.says("改 2").sees("第 2 题还没有填到").says("上一题").sees("第 1 / 2 题", "现在：47 / 1 / 0").says("46 2 0").sees(
        "第 2 / 2 题"
    )
    talk.says("撤销").sees("第 2 / 2 题", "第 1 题 47 / 1 / 0").says("上一题").says("上一题").sees("先发三个数").says("上一题")
    assert talk.asked == "goals"


def test_a_question_is_changed_by_its_name_even_where_any_words_would_do() -> None:
    filler = Talk(tiny()).begins().says("37").says("31")
    filler.says("改编制数").sees("核定编制多少人", "现在的答案：37 人")
    assert filler.answers["quota"].value == 37


def test_the_very_last_answer_can_be_taken_back() -> None:
    filler = Talk(tiny()).begins().says("37").says("撤销").sees("核定编制多少人")
    assert "quota" not in filler.answers


@pytest.mark.parametrize("typed", ["约2.4万，2万，1.17万", "2.4，2，1.17", "2.4、2、1.17", "2.4,2,1.17"])
def test_figures_parted_by_commas(typed: str) -> None:
    filler = Talk(tiny()).begins().jumps("reception").says(typed)
    assert [str(c) for c in filler.answers["reception"].value.cells][1:] == ["2", "1.17"]


def test_three_figures_are_no_thousands() -> None:
    filler = Talk(tiny()).begins().jumps("reception").says("120,120,110.5")
    assert [str(c) for c in filler.answers["reception"].value.cells] == ["120", "120", "110.5"]


class Newcomer:
    """Somebody before the first filing."""

    def __init__(self) -> None:
        self.conversation, self.outcome, self.ids = Conversation(), Outcome(Conversation(), ()), iter(range(1000))

    def says(self, text: str) -> "Newcomer":
        event = Event(Said(text), "test:1", "test:1", FIRST_DAY, 1, "")
        forms = (FormChoice("p/a", "项目支出自评表", 2023, "project"), FormChoice("p/b", "情况说明", 2023))
        self.outcome = step(Scene(self.conversation, event, lambda: f"{next(self.ids):08d}", None, forms=forms))  # type: ignore[arg-type]
        self.conversation = Conversation.from_json(self.outcome.conversation.to_json())
        return self

    def sees(self, *fragments: str) -> "Newcomer":
        text = "\n".join(r.text for r in self.outcome.replies if isinstance(r, Message))
        assert all(f in text for f in fragments), text
        return self


def test_what_was_said_before_the_first_question_is_not_lost() -> None:
    person = Newcomer().says("/start").says("小县水务局").sees("要填哪张表")
    person.says("好的").sees("单位：小县水务局", "要填哪张表").says("2023").sees("单位：小县水务局", "要填哪张表")
    person.says("/start").sees("欢迎回来", "单位：小县水务局").says("1").sees("哪个项目")
    person.says("你好").sees("哪个项目").says("检查一遍").sees("哪个项目").says("幼儿园建设").sees(
        "项目：幼儿园建设", "没问题的话"
    )
    person.says("/start").sees("项目：幼儿园建设", "没问题的话").says("谢谢").sees("项目：幼儿园建设").says("对")
    assert person.outcome.opening is not None
    assert person.outcome.opening.project == "幼儿园建设"


def test_a_form_is_chosen_by_words_of_its_title() -> None:
    Newcomer().says("/start").says("小县水务局").says("情况说明").sees("要填的是：2023年度情况说明")


def test_pressing_is_still_possible() -> None:
    person = Newcomer().says("/start").says("小县水务局")
    token = person.outcome.conversation.turn + ".1"
    event = Event(Pressed(token), "test:1", "test:1", FIRST_DAY, 1, "q")
    forms = (FormChoice("p/a", "项目支出自评表", 2023, "project"), FormChoice("p/b", "情况说明", 2023))
    outcome = step(Scene(person.conversation, event, lambda: "00000abc", None, forms=forms))  # type: ignore[arg-type]
    assert outcome.conversation.pending["form"] == "p/b"
