"""A table of goals and a questionnaire, asked piece by piece: add, paste, change, move, remove, take over."""

from decimal import Decimal
from fractions import Fraction

import pytest

from dialogs.replies import Message
from scoring.answers import given
from scoring.cells import is_complete, open_places
from scoring.form import Form
from scoring.loading import compile_form
from scoring.values import Row
from templates.messages import LIMIT
from tests.dialogs.goals import goals
from tests.dialogs.talk import Talk


@pytest.fixture(scope="module")
def form() -> Form:
    return goals()


@pytest.fixture
def talk(form: Form) -> Talk:
    return Talk(form).begins()


def rows(talk: Talk, item: str) -> list[list[str]]:
    answer = talk.answers.get(item)
    return [["" if c is None else str(c) for c in r.cells] for r in answer.value] if answer else []


def at_goals(talk: Talk) -> Talk:
    return talk.taps("没有，跳过这张表")


def test_cells_are_asked_one_by_one_and_the_line_says_what_it_earns(talk: Talk) -> None:
    at_goals(talk).sees("第 1 行的二级指标").taps("数量指标").sees("三级指标？")
    talk.says("参保人数").sees("指标值？").says("不低于17.5万人").sees("已记：指标值 ≥17.5万人", "完成值？")
    talk.says("≥18万人").sees("要写实际完成的数").says("18万人").sees("分值？", "还剩 20 分没有分").says("10")
    talk.sees("第 1 行", "→ 10 分", "第 2 行的二级指标")
    assert rows(talk, "goals") == [["数量指标", "参保人数", "≥17.5万人", "18万人", "10", "", "", ""]]


def test_a_target_that_was_missed_wants_its_reason_and_one_in_words_its_tier(talk: Talk) -> None:
    at_goals(talk).says("1").says("办件数").says("≥100件").says("90件").says("10")
    talk.sees("偏差原因？", "低于 100%").says("系统停机三天，少办了10件，明年错峰。").sees("→ 9 分")
    talk.taps("质量指标").says("服务质量").says("稳步提升").says("有所提升").taps("和上一行合用").sees("达成程度？")
    talk.taps("部分达成").sees("自评得分？").says("20").sees("之内").says("3.5").sees("偏差原因？").says("人手不够，差了一些。")
    talk.taps("完成")
    assert is_complete(talk.form.items["goals"], talk.answers["goals"].value)
    assert talk.asked == "survey"


def test_lines_are_pasted_changed_moved_and_removed(talk: Talk) -> None:
    at_goals(talk).says("数量指标\t甲\t≥100件\t120件\t10\n质量指标 | 乙 | 100% | 100% | 10").sees("已记 2 行")
    assert [r[1] for r in rows(talk, "goals")] == ["甲", "乙"]
    talk.says("第2行移到第1行").says("改 2 完成值 130件").sees("130件")
    assert [r[1] for r in rows(talk, "goals")] == ["乙", "甲"]
    assert rows(talk, "goals")[1][3] == "130件"
    talk.says("撤销")
    assert rows(talk, "goals")[1][3] == "120件"
    talk.taps("改某一行").taps("1").taps("三级指标").says("丙")
    assert rows(talk, "goals")[0][1] == "丙"
    talk.taps("改某一行").taps("2").taps("上移")
    assert [r[1] for r in rows(talk, "goals")] == ["甲", "丙"]
    talk.says("删 1")
    assert [r[1] for r in rows(talk, "goals")] == ["丙"]


def test_a_new_target_of_another_kind_asks_for_the_actual_value_again(talk: Talk) -> None:
    at_goals(talk).says("数量指标|甲|≥100件|120件|10").says("改 1 指标值 ≥95%").sees("完成值？")
    assert rows(talk, "goals")[0][3] == ""


def test_the_lines_of_the_form_and_of_another_table_can_be_taken_over(talk: Talk) -> None:
    talk.taps("用表上的行").sees("第 2 行“群众满意度”", "指标值？").says("95%以上")
    assert rows(talk, "long_goals") == [["公用经费控制率", "≤100%"], ["群众满意度", "≥95%"]]
    talk.taps("完成").taps("照另一张表抄").sees("二级指标？")
    assert [r[1:3] for r in rows(talk, "goals")] == [["公用经费控制率", "≤100%"], ["群众满意度", "≥95%"]]


def test_a_table_begun_can_be_put_off_and_comes_back_before_the_end(talk: Talk) -> None:
    at_goals(talk).says("1").says("办件数").taps("跳过")
    assert talk.asked == "survey"
    talk.taps("跳过").sees("问卷")
    talk.says("第2题").sees("第 1 行“办件数”：指标值？")
    assert rows(talk, "goals")[0][:2] == ["数量指标", "办件数"]


def test_last_years_lines_come_without_last_years_result(form: Form) -> None:
    old = given((Row(("数量指标", "甲", "≥100件", "120件", None, None, None, None)),))
    talk = Talk(form, prior={"goals": old}).begins()
    at_goals(talk).taps("沿用上年")
    assert rows(talk, "goals") == [["数量指标", "甲", "≥100件", "", "", "", "", ""]]


EARLIER = """
title: 申报
sections:
  - id: goals
    title: 目标
    items:
      - id: long_goals
        type: rows
        asks: cells
        label: 长期指标
        columns: [{id: name, label: 三级指标, type: text}, {id: target, label: 指标值, type: target}]
        start: [[公用经费控制率, ≤100%], [规划相符性, 规划与职能相符]]
      - id: goals
        type: rows
        asks: cells
        label: 年度指标
        copies: long_goals
        columns:
          - {id: group, label: 二级指标, type: text, optional: true}
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: before, label: "{year-2}年", type: earlier, last_year: last}
          - {id: last, label: "{last_year}年", type: earlier}
        start: [["", 公用经费控制率, null, null, null], ["", 规划相符性, 规划与职能相符, 规划与职能相符, 规划与职能相符]]
"""


@pytest.fixture(scope="module")
def declaring() -> Form:
    return compile_form("tiny/goals", {"pack.yaml": "{county: 小县, title: 小表, year: 2024}", "goals/form.yaml": EARLIER})


def test_lines_taken_over_are_completed_from_the_form_and_earlier_years_are_asked(declaring: Form) -> None:
    talk = Talk(declaring).begins()
    talk.taps("用表上的行").says("改 1 指标值 ≤98%").taps("完成").taps("照另一张表抄")
    talk.sees("第 1 行“公用经费控制率”：2022年？", "不带“≥”").says("≤100%").sees("实际完成")
    talk.says("97").taps("无").sees("还有的话")
    assert rows(talk, "goals") == [
        ["", "公用经费控制率", "≤98%", "97%", ""],
        ["", "规划相符性", "规划与职能相符", "规划与职能相符", "规划与职能相符"],
    ]


@pytest.mark.parametrize("typed", ["97% 99%", "97 99", "97 % 99 %", "97、99", "97 ≥99"])
def test_the_values_of_several_years_may_come_in_one_message(declaring: Form, typed: str) -> None:
    talk = Talk(declaring).begins()
    talk.taps("用表上的行").taps("完成").taps("照另一张表抄").sees("可以一起发").says(typed)
    stored = rows(talk, "goals")[0][3:]
    assert stored == (["97%", "99%"] if "≥" not in typed else ["", ""])


def test_last_years_values_move_on_by_a_year(declaring: Form) -> None:
    old = given((Row(("", "公用经费控制率", "≤99%", "96%", "97%")),))
    talk = Talk(declaring, prior={"goals": old}).begins()
    talk.taps("用表上的行").taps("完成").taps("沿用上年").sees("2023年？")
    assert rows(talk, "goals") == [["", "公用经费控制率", "≤99%", "97%", ""]]


def test_a_questionnaire_is_asked_question_by_question(talk: Talk) -> None:
    at_goals(talk).taps("没有，跳过这张表").says("发放50份 收回50份 有效48份").sees("第 1 / 2 题", "好、一般、差")
    talk.says("47 0 0").sees("合计 47 份", "有效问卷是 48 份").says("改 1").says("47 1 0").sees("第 2 / 2 题").says("48 0 0")
    talk.sees("都填好了").taps("完成")
    figures = talk.form.figures(talk.answers)
    assert figures.scalar("survey.total") == 475 + 480
    assert figures.scalar("survey.composite") == Fraction((475 + 480) * 100, 48 * 2 * 10)


def test_a_whole_questionnaire_is_pasted(talk: Talk) -> None:
    at_goals(talk).taps("没有，跳过这张表").says("50 50 48\n47 1 0\n48 0 0")
    assert is_complete(talk.form.items["survey"], talk.answers["survey"].value)


def test_open_cells_of_a_line_are_known(form: Form) -> None:
    item = form.items["goals"]
    row = Row(("数量指标", "甲", "≥100件", "90件", None, None, None, None))
    assert [item.columns[p.column].id for p in open_places(item, (row,))] == ["weight"]
    weighed = Row((*row.cells[:4], Decimal(10), None, None, None))
    assert [item.columns[p.column].id for p in open_places(item, (weighed,))] == ["note"]


def test_a_weight_is_asked_where_there_is_nothing_to_share(talk: Talk) -> None:
    at_goals(talk).says("质量指标 | 甲 | 100% | 100%").sees("分值？").does_not_see("→ 0 分")
    talk.says("无").sees("没有可以合用分值的行").says("20").sees("→ 20 分").says("质量指标 | 乙 | 100% | 50% | 无").sees(
        "偏差原因？"
    )
    talk.says("差了50个百分点，设备没到。").sees("15 分")


def test_a_rate_that_ends_at_100_percent_refuses_more(talk: Talk) -> None:
    at_goals(talk).says("1").says("养老金发放及时率").says("≥100%").sees("请写成 =100%", "指标值")
    talk.says("=100%").sees("完成值？").says("105%").sees("最高是 100%").says("100%").sees("分值？")
    talk.says("20").taps("目录")
    talk.jumps("goals").says("数量指标 | 参保率 | ≥120% | 100% | 5").sees("做不到", "最高是 100%", "指标值？")
    assert rows(talk, "goals")[1] == ["数量指标", "参保率", "", "", "5", "", "", ""]


def test_a_table_that_changed_in_another_chat_is_shown_again_before_anything_is_done_to_it(talk: Talk) -> None:
    """The second choice of one cell is not that of another, and line 2 may be another line by now."""
    at_goals(talk)
    tapped = next(b.token for b in talk.buttons if b.text == "质量指标")
    talk.answers["goals"] = given((Row(("数量指标", "别处填的", *[None] * 6)),))
    talk.presses(tapped).sees("刚才在别处改过", "别处填的", "指标值？")
    talk.answers["goals"] = given((Row(("数量指标", "别处填的", "≥100件", None, *[None] * 4)),))
    talk.says("≥5件").sees("刚才在别处改过")
    assert rows(talk, "goals") == [["数量指标", "别处填的", "≥100件", "", "", "", "", ""]]
    talk.taps("改某一行").taps("1")
    removed = next(b.token for b in talk.buttons if b.text == "删掉这一行")
    talk.answers["goals"] = given((Row(("质量指标", "另一行", *[None] * 6)), *talk.answers["goals"].value))
    talk.presses(removed).sees("刚才在别处改过")
    assert [r[1] for r in rows(talk, "goals")] == ["另一行", "别处填的"]


def test_a_full_table_of_long_cells_fits_a_message_wherever_it_is_shown(talk: Talk) -> None:
    at_goals(talk)
    name, note = "很长的指标名称" * 8, "因为设备更换停了三天，少办了10件，" * 3
    talk.answers["goals"] = given(
        tuple(Row(("数量指标", f"{n}{name}", "≥100件", "90件", Decimal("0.3"), None, None, note)) for n in range(60))
    )
    talk.jumps("goals").sees("60. 数量指标")
    talk.taps("改某一行").sees("\n1. 数量指标　0很长", "\n60. 数量指标　59很长")
    longest = max(len(r.text) for r in talk.replies if isinstance(r, Message))
    assert longest <= LIMIT
    talk.taps("60").sees("第 60 行", note)
