"""沿用上年 on a text: its sentences are marked, mended one by one, and what is left over is a 提示 in the check-up."""

import pytest

from scoring.answers import Answer
from templates import labels
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny
from tests.scoring.checks.test_last_year import filled

TEXT = "预算编制还不够细。2019年在职31人，由李四负责汇总。下一步加强培训。"


@pytest.fixture
def talk() -> Talk:
    prior: dict[str, Answer] = filled(**WHOLE | {"problems": TEXT})
    one = Talk(tiny(), dict(filled(staff="33", filler="王五")), prior, prior_form=tiny())
    one.begins()
    return one.jumps("problems")


def test_sentences_are_marked_with_the_reason_and_mended_one_by_one(talk: Talk) -> None:
    talk.taps(labels.LAST_YEAR).sees(
        "一共 3 句，1 句里还有上年的内容", "▲ 2. 2019年在职31人", "2019 年是上年", "李四是上年的填表人，今年是王五"
    )
    talk.taps("改第 2 句").sees("请发改好的这一句").says("2020年在职31人，由王五负责汇总")
    talk.sees("第 2 句改好了", "▲ 2. 2020年在职31人", "31 人是上年的“在职人数”，今年是 33 人")
    talk.says("改第2句").says("2020年在职33人，由王五负责汇总。").sees("没有看出上年的")
    talk.taps(labels.USE_THIS)
    assert talk.answers["problems"].value == "预算编制还不够细。2020年在职33人，由王五负责汇总。下一步加强培训。"


def test_it_may_be_used_as_it_is_and_then_the_checkup_reminds(talk: Talk) -> None:
    talk.taps(labels.LAST_YEAR).taps(labels.USE_AS_IS)
    assert talk.answers["problems"].value == TEXT
    talk.says("检查一遍").sees("“存在的问题”第 2 句和上年的一样：2019 年是上年")


def test_a_sentence_is_left_out_and_the_whole_may_be_written_anew(talk: Talk) -> None:
    talk.taps(labels.LAST_YEAR).says("2").says("删掉").sees("第 2 句去掉了", "一共 2 句").says("9").sees("没有第 9 句").says(
        "什么"
    ).sees("改第2句")
    talk.taps(labels.WRITE_ANEW).sees("“存在的问题”重新写").says("今年没有大的问题。")
    assert talk.answers["problems"].value == "今年没有大的问题。"


def test_a_text_without_anything_of_last_year_is_taken_at_once() -> None:
    prior = filled(**WHOLE)
    one = Talk(tiny(), {}, prior, prior_form=tiny())
    one.begins()
    one.jumps("problems").taps(labels.LAST_YEAR)
    assert one.answers["problems"].value == WHOLE["problems"]


def test_words_that_lead_elsewhere_leave_the_text_unstored(talk: Talk) -> None:
    talk.taps(labels.LAST_YEAR).says("目录")
    assert "problems" not in talk.answers
