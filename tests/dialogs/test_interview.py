"""The conversation as a filler meets it: asked, understood, explained, corrected, taken up again."""

from decimal import Decimal

import pytest

from dialogs.conversation import Screen
from scoring.answers import State, given
from scoring.loading import load
from scoring.scorecard import score
from scoring.values import Row
from templates import labels
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny


@pytest.fixture
def filler() -> Talk:
    return Talk(tiny()).begins()


def fill(filler: Talk, until: str = "") -> Talk:
    """Answer question by question, as they come, up to but not including `until`."""
    for _ in range(80):
        item = filler.asked
        if filler.conversation.screen is not Screen.QUESTION or item == until:
            return filler
        if item == "projects":
            filler.says(WHOLE[item]).taps(labels.DONE)
        elif item in WHOLE:
            filler.says(WHOLE[item])
        else:
            filler.says("5 按实际情况自评")
    raise AssertionError("the form never ends")


def test_the_first_question_says_where_we_are_and_what_is_asked(filler: Talk) -> None:
    filler.sees("鹤城区社会保险服务中心 · 2020年度", "先说人数。", "【人员】", "核定编制多少人？", "单位：人", "░░░░░░░░░░")
    assert [b.text for b in filler.buttons] == [labels.SKIP, labels.EXPLAIN, labels.CONTENTS]


def test_an_answer_is_read_back_and_explained(filler: Talk) -> None:
    filler.says("37").sees("已记：编制数 37 人").says("三十一人")
    filler.sees("已记：在职人数 31 人", "31÷37＝83.78% ≤ 100% → 满分 20 分", "目前 20 分，还有 80 分没评")


def test_the_way_to_full_marks_is_an_explanation_and_not_an_advice(filler: Talk) -> None:
    filler.says("37").says("40").sees("满分要求：在职人数不高于 37 人时为满分 20 分", "请照实填")
    filler.taps(labels.PRINTED).sees("评分标准：≤100%计满分；每超过1个百分点扣0.5分。")


@pytest.mark.parametrize("nonsense", ["很多", "-3", "🙂", "三十一个半人吧", "x" * 5000, "31元"])
def test_what_is_no_answer_gets_a_kind_question_back(filler: Talk, nonsense: str) -> None:
    filler.says(nonsense)
    assert filler.asked == "quota"
    assert not filler.answers
    filler.sees("（第 1 题：编制数，单位：人）")


@pytest.mark.parametrize("what", ["sticker", "voice", "photo", "file", "video", "other", "edited"])
def test_what_is_no_text_is_answered_kindly_and_nothing_moves(filler: Talk, what: str) -> None:
    filler.says("37").sends(what).sees("年末在职多少人？")
    assert list(filler.answers) == ["quota"]


def test_a_group_chat_gets_no_figures() -> None:
    filler = Talk(tiny()).begins().says("37").sends("group")
    filler.sees("私聊").does_not_see("37")


def test_skipped_questions_come_back_once_and_then_stand_on_the_checkup_page(filler: Talk) -> None:
    filler.taps(labels.SKIP).sees("先跳过")
    assert filler.answers["quota"].state is State.SKIPPED
    fill(filler, until="quota")
    assert filler.asked == "quota"
    filler.taps(labels.SKIP)
    assert filler.conversation.screen is Screen.CHECKUP
    filler.sees("还有 1 题没填：1 编制数")


def test_not_applicable_records_its_reason_and_scores_by_policy(filler: Talk) -> None:
    fill(filler, until="buying").taps(labels.NOT_APPLICABLE)
    filler.sees("不适用（本年度没有政府采购）", "按满分 10 分计")
    assert filler.asked == "carry"


def test_not_applicable_is_refused_where_every_unit_must_answer(filler: Talk) -> None:
    filler.says(labels.NOT_APPLICABLE).sees("不能选“不适用”")
    assert filler.asked == "quota"


def test_back_goes_to_the_question_before(filler: Talk) -> None:
    filler.says("37").taps(labels.BACK).sees("核定编制多少人？", "现在的答案：37 人")


def test_explain_gives_plain_words_source_and_the_printed_rule(filler: Talk) -> None:
    filler.taps(labels.EXPLAIN).sees("看批文。", "编制批复", "用于评分“在职人员控制率”", "≤100%计满分")
    assert filler.asked == "quota"


def test_contents_shows_sections_and_jumps_anywhere(filler: Talk) -> None:
    filler.says("37").taps(labels.CONTENTS).sees("◐ 人员", "○ 经费", "1/")
    filler.taps("○ 文字").sees("存在的问题")
    number = str(tiny().numbers["problems"])
    filler.taps(number).sees("存在的问题")
    assert filler.asked == "problems"
    filler.taps(labels.CONTENTS).says("2")
    assert filler.asked == "staff"
    filler.says("#1")
    assert filler.asked == "quota"
    filler.says("第999题").sees("没有第 999 题")


def test_the_edit_bill_says_what_follows_before_anything_changes(filler: Talk) -> None:
    fill(filler)
    before = dict(filler.answers)
    filler.jumps("staff").says("40").sees("从 31 人 改成 40 人", "得分", "在职人员控制率：20 → 16 分")
    assert filler.answers == before
    filler.taps(labels.CANCEL).sees("没有动")
    assert filler.answers == before
    filler.jumps("staff").says("40").taps(labels.CONFIRM).sees("已改：在职人数 40 人")
    assert score(tiny(), filler.answers).line("i_staff").points == 16


def test_one_tap_undoes_an_edit(filler: Talk) -> None:
    fill(filler)
    before = dict(filler.answers)
    filler.jumps("staff").says("40").taps(labels.CONFIRM).taps(labels.UNDO).sees("已撤销：在职人数 恢复为 31 人")
    assert filler.answers == before
    filler.says("撤销").sees("没有可以撤销的修改")


def test_an_edit_says_which_questions_must_be_answered_again(filler: Talk) -> None:
    fill(filler)
    filler.jumps("carry_prior").says("0").sees("1 项需重答（结转变动率得分）")
    filler.taps(labels.CONFIRM).sees("按评分标准算不出分数")
    assert filler.asked == "i_carry_points"
    filler.says("8 新设单位，上年没有结转")
    filler.jumps("carry").says("5").sees("1 项需重答（结转变动率得分）").taps(labels.CONFIRM).sees("相关的数字改过了")


def test_the_same_answer_again_is_no_edit(filler: Talk) -> None:
    filler.says("37").taps(labels.BACK).says("37").sees("没有动")
    assert filler.asked == "staff"


def test_an_ambiguous_answer_is_asked_back_with_two_buttons(filler: Talk) -> None:
    fill(filler, until="buying").says("24700")
    assert filler.conversation.screen is Screen.CHOOSING
    assert "buying" not in filler.answers
    choice = next(b.text for b in filler.buttons if "2.47" in b.text)
    filler.taps(choice).sees("已记：政府采购预算 2.47 万元")
    fill(filler, until="progress").says("0.985")
    assert len([b for b in filler.buttons if "%" in b.text]) == 2


def test_provisional_answers_score_and_are_asked_again(filler: Talk) -> None:
    filler.says("37").says("31").taps(labels.PROVISIONAL).sees("暂估")
    assert filler.answers["staff"].provisional
    assert score(tiny(), filler.answers).line("i_staff").points == 20
    fill(filler, until="staff")
    assert filler.asked == "staff"
    filler.taps(labels.FIRM).does_not_see("暂估，以后")
    assert not filler.answers["staff"].provisional


def test_a_figure_typed_with_about_is_provisional(filler: Talk) -> None:
    filler.says("约37").sees("（暂估），有准数了我再问你")


def test_a_checklist_is_ticked_by_taps_in_place(filler: Talk) -> None:
    fill(filler, until="goals")
    turn = filler.conversation.turn
    filler.taps("①").taps("②").sees("√①", "√②")
    assert filler.conversation.turn == turn
    filler.taps("√②").taps(labels.DONE)
    assert filler.answers["goals"].value == ("law",)
    filler.sees("未满足：“符合规划”")


def test_a_second_quick_tap_on_another_toggle_counts(filler: Talk) -> None:
    fill(filler, until="goals")
    first, second = filler.buttons[0], filler.buttons[1]
    filler.presses(first.token).presses(second.token).taps(labels.DONE)
    assert filler.answers["goals"].value == ("law", "plan")


def test_all_met_leaves_the_bad_criterion_alone(filler: Talk) -> None:
    fill(filler, until="goals").taps(labels.ALL_MET).sees("→ 满分 20 分")


def test_a_table_takes_line_after_line_and_keeps_each_at_once(filler: Talk) -> None:
    fill(filler, until="projects").says("业务专项 56").sees("1. 业务专项", "56")
    assert len(filler.answers["projects"].value) == 1
    filler.says("运行专项 10\n其他 3").sees("3. 其他")
    filler.taps(labels.REMOVE_LAST_ROW).does_not_see("3. 其他")
    filler.taps(labels.DONE)
    assert filler.asked == "goals"


def test_a_conditional_question_appears_and_disappears(filler: Talk) -> None:
    fill(filler, until="has_fund").taps(labels.YES)
    assert filler.asked == "fund_text"
    filler.says("基金 20 万元").taps(labels.BACK).taps(labels.BACK)
    filler.taps(labels.NO).sees("1 项不用再答（基金情况）").taps(labels.CONFIRM)
    assert filler.asked == "nature"


def test_a_choice_is_a_button(filler: Talk) -> None:
    fill(filler, until="nature").taps("差额")
    assert filler.answers["nature"].value == "part"


def test_an_optional_question_may_stay_empty(filler: Talk) -> None:
    fill(filler, until="retired").taps(labels.NOTHING)
    assert filler.asked == "reception"


def test_several_answers_in_one_message(filler: Talk) -> None:
    filler.says("编制数 37\n在职人数 三十一\n政府采购预算 很多\n不相干的一行 5")
    filler.sees("一次记下 2 项", "√ 编制数 37 人", "√ 在职人数 31 人", "没能记下", "不相干的一行")
    assert set(filler.answers) == {"quota", "staff"}


def test_a_pasted_column_fills_the_open_questions_in_order(filler: Talk) -> None:
    filler.says("37\n31\n6").sees("一次记下 3 项")
    assert {"quota", "staff", "retired"} == set(filler.answers)
    assert filler.asked == "reception"


def test_a_paste_over_earlier_answers_waits_for_confirmation(filler: Talk) -> None:
    filler.says("37").says("31").says("编制数 40\n在职人数 31\n退休人数 6")
    filler.sees("√ 退休人数 6 人", "编制数：37 人 → 40 人", "和原来一样，没动：在职人数")
    filler.taps(labels.CONFIRM).sees("已改")
    filler.says("撤销").sees("恢复为 37 人")


def test_last_year_is_shown_and_taken_over_with_one_tap() -> None:
    prior = dict(fill(Talk(tiny()).begins()).answers)
    filler = Talk(tiny(), prior=prior).begins().sees("上年：37 人").taps(labels.LAST_YEAR).sees("已记：编制数 37 人")
    fill(filler, until="reception").sees("上年：上年决算 1.17")
    assert labels.LAST_YEAR not in [b.text for b in filler.buttons]


def test_without_last_year_there_is_no_button_for_it(filler: Talk) -> None:
    assert labels.LAST_YEAR not in [b.text for b in filler.buttons]
    filler.says(labels.LAST_YEAR).sees("没有找到上年的答案")


def test_remarks_come_with_the_answer_that_breaks_a_relation(filler: Talk) -> None:
    fill(filler, until="reception").says("2.47 1 1.17").sees("留意：公务接待决算 1.17 大于预算 1")


def test_the_checkup_page_lists_what_is_open_and_what_does_not_agree(filler: Talk) -> None:
    filler.says("37").says("90").says(labels.CHECKUP)
    filler.sees("［错误］在职 90 远多于编制", "题没填", "草稿")
    assert any(b.text.startswith("2 在职人数") for b in filler.buttons)


def test_a_draft_can_be_had_at_any_minute_and_gaps_are_reached_by_number(filler: Talk) -> None:
    filler.says("37").says(labels.DRAFT).sees("第 1 版草稿", "〔待填n〕")
    assert [f.__class__.__name__ for f in filler.files] == ["File", "Picture"]
    filler.says("2")
    assert filler.asked == "staff"


def test_the_final_edition_is_offered_when_nothing_is_missing(filler: Talk) -> None:
    fill(filler).sees("都填齐了", "可以生成定稿了")
    filler.taps(labels.FINAL).sees("第 1 版定稿", "等级：")
    filler.taps(labels.SINGLES)
    assert len(filler.files) == 2
    filler.says(labels.CHECKUP).taps(labels.FINAL).sees("第 2 版定稿", "上一版还留着")


def test_a_provisional_figure_blocks_the_final_edition(filler: Talk) -> None:
    fill(filler).says("第1题").says("约37")
    filler.taps(labels.CONFIRM)
    filler.says(labels.CHECKUP).sees("1 题是暂估")
    assert labels.FINAL not in [b.text for b in filler.buttons]


def test_all_answers_can_be_reviewed_page_by_page(filler: Talk) -> None:
    fill(filler).says(labels.REVIEW).sees("全部答案", "1. 编制数：37 人", "发题号")


def test_pausing_and_coming_back_weeks_later(filler: Talk) -> None:
    filler.says("37").says(labels.CONTINUE_LATER).sees("都存好了", "在职人数")
    filler.says("/start").sees("欢迎回来", "年末在职多少人？")
    filler.taps(labels.CONTENTS).taps(labels.CONTINUE).sees("年末在职多少人？")


def test_a_button_of_last_week_is_recognised_and_answered_kindly(filler: Talk) -> None:
    old = filler.buttons[0].token
    filler.says("37").says("31").says("6").presses(old).sees("之前的", "公务接待")
    assert not filler.refused
    assert "quota" in filler.answers


def test_a_double_tap_counts_once(filler: Talk) -> None:
    token = next(b.token for b in filler.buttons if b.text == labels.SKIP)
    filler.presses(token).presses(token).sees("已经收到了")
    assert list(filler.answers) == ["quota"]


@pytest.mark.parametrize("token", ["", "skip", "0", "........", "jump:staff", "abcdefgh.9999", "'; drop table answers", "x" * 64])
def test_a_forged_button_changes_nothing_and_is_noted(filler: Talk, token: str) -> None:
    filler.presses(token)
    assert not filler.answers
    assert filler.asked == "quota"
    assert filler.refused


def test_the_index_of_a_live_turn_cannot_be_stretched(filler: Talk) -> None:
    filler.presses(f"{filler.conversation.turn}.99")
    assert not filler.answers


def test_help_is_there_at_any_time(filler: Talk) -> None:
    filler.says("/help").sees("目录", "核定编制多少人？")


def test_control_characters_and_surrogates_do_no_harm(filler: Talk) -> None:
    fill(filler, until="problems").says("问题\x00一\x0b\ud800是\u202e预算不细")
    assert filler.answers["problems"].value == "问题一是预算不细"


def test_another_button_of_the_question_just_left_is_not_mistaken_for_a_double_tap(filler: Talk) -> None:
    tokens = [b.token for b in filler.buttons]
    filler.presses(tokens[0]).presses(tokens[1])
    filler.does_not_see("已经收到了")


def test_a_column_sent_line_by_line_fills_the_row_on_the_screen(filler: Talk) -> None:
    fill(filler, until="reception").says("2.47\n2\n1.17").sees("已记：公务接待 2.47 / 2 / 1.17 万元")


def test_one_line_can_name_another_question(filler: Talk) -> None:
    filler.says("在职人数 31").sees("√ 在职人数 31 人")
    assert filler.asked == "quota"
    filler.says("37").says("编制数改成40").sees("以前答过", "37 人 → 40 人")
    filler.says("好的").sees("已改")
    assert filler.answers["quota"].value == 40


@pytest.mark.parametrize("words", ["对", "好的", "可以", "嗯"])
def test_the_words_of_yes_confirm_a_change(filler: Talk, words: str) -> None:
    filler.says("37").says("第1题").says("40").sees("确认改吗").says(words).sees("已改")
    assert filler.answers["quota"].value == 40


@pytest.mark.parametrize("words", ["不改了", "算了", "不要"])
def test_the_words_of_no_leave_the_answer_alone(filler: Talk, words: str) -> None:
    filler.says("37").says("第1题").says("40").sees("确认改吗").says(words)
    assert filler.answers["quota"].value == 37


@pytest.mark.parametrize(
    ("words", "answer"), [("什么意思？", "看批文"), ("?", "看批文"), ("不知道", "编制批复"), ("你好", "我在")]
)
def test_what_is_no_answer_is_understood_as_what_it_is(filler: Talk, words: str, answer: str) -> None:
    filler.says(words).sees(answer)
    assert filler.asked == "quota"
    assert not filler.answers


def test_half_an_answer_waits_for_its_other_half(filler: Talk) -> None:
    item = next(i.id for i in filler.form.items.values() if i.type == "manual_score" and i.id not in filler.form.silent)
    fill(filler, until=item)
    filler.says("3").sees("还缺理由").says("发放问卷200份，满意率98%")
    assert "发放问卷" in str(filler.answers[item].value)


def test_lines_of_a_table_are_replaced_removed_and_cleared(filler: Talk) -> None:
    fill(filler, until="projects").says("甲项目 10\n乙项目 5").says("甲项目 12").sees("原来就有，换成了新的数")
    assert [r.cells[0] for r in filler.answers["projects"].value] == ["甲项目", "乙项目"]
    filler.says("删 1").sees("第 1 行删掉了")
    assert [r.cells[0] for r in filler.answers["projects"].value] == ["乙项目"]
    filler.says("删第9行").sees("没有第 9 行")
    filler.says("清空").sees("都清空了")
    assert "projects" not in filler.answers


def test_a_table_whose_columns_move_on_is_not_taken_over_whole() -> None:
    filler = Talk(tiny(), prior={"reception": given(Row((Decimal(9), Decimal(8), Decimal(7))))}).begins()
    fill(filler, until="reception").says("跟去年一样").sees("不能整行沿用")
    assert "reception" not in filler.answers


def test_a_command_at_a_bill_says_that_the_change_was_dropped(filler: Talk) -> None:
    filler.says("37").says("第1题").says("40").sees("确认改吗").says(labels.CONTENTS).sees("刚才的改动没有存")
    assert filler.answers["quota"].value == 37


def test_undo_leaves_a_question_that_the_undone_answer_had_opened(filler: Talk) -> None:
    filler.says("37").says("37").says("37").taps(labels.ZEROS)
    filler.says("37\n31\n6").sees("实际政府采购")  # asked because there is a budget for it
    filler.taps(labels.UNDO).sees("政府采购预算 恢复为 没有填")
    assert filler.conversation.item == "buying"


def test_undo_at_a_bill_is_a_cancel_and_undoes_nothing_else(filler: Talk) -> None:
    filler.says("37").says("第1题").says("40").taps(labels.CONFIRM)
    filler.says("第1题").says("50").sees("确认改吗").says("撤销")
    assert filler.answers["quota"].value == 40


def test_a_greeting_at_a_choice_keeps_the_question(filler: Talk) -> None:
    item = next(i.id for i in filler.form.items.values() if i.type == "percent")
    fill(filler, until=item).says("0.985").says("你好")
    assert filler.asked == item


@pytest.mark.parametrize("talk", ["好的", "谢谢", "算了", "等下我找找", "完成"])
def test_talk_is_never_stored_as_a_text(filler: Talk, talk: str) -> None:
    fill(filler, until="problems").says(talk)
    assert filler.asked == "problems"
    assert "problems" not in filler.answers


def test_sums_are_not_stored_as_lines_and_a_rough_line_makes_the_table_provisional(filler: Talk) -> None:
    fill(filler, until="projects").says("甲项目 约10\n合计 10").sees("合计不用填", "暂估")
    answer = filler.answers["projects"]
    assert answer.provisional
    assert [r.cells[0] for r in answer.value] == ["甲项目"]
    filler.says("没了")
    assert filler.answers["projects"].provisional


def test_a_misread_word_in_the_contents_stays_in_the_contents(filler: Talk) -> None:
    filler.says("37").says(labels.CONTENTS).says("随便说说").sees("没看懂", "点一节看里面的题")
    section = filler.form.sections[1]
    filler.says(section.title).sees(section.title)
    filler.says(labels.CONTINUE)
    assert filler.asked == "staff"


def test_the_examples_of_an_indicator_are_told_with_its_rule() -> None:
    form = load("xundian-2023/department")
    place = next(p for p in form.indicators if p.indicator.good and form.reads(p.indicator))
    item = form.reads(place.indicator)[0]
    talk = Talk(form).begins().jumps(item).taps("说明")
    talk.sees(place.indicator.good, place.indicator.bad)
