"""What a clerk types beside the answers: who is at it, whether it is handed in, how that is done, that will do for today.

None of it may end up in a report; on the start page it means the filing there is.
"""

import pytest

from dialogs.access.permissions import State
from scoring.answers import Answer
from templates import labels
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs
from tests.dialogs.review.folk import Folk, whole


@pytest.fixture
def folk(sqlite_engine, tmp_path) -> Folk:
    """A whole filing of one unit, which nobody has opened yet."""
    county = County(sqlite_engine, tiny_packs(tmp_path))
    unit = county.unit("民政局")
    filler, reviewer = county.filler(unit), county.reviewer(unit)
    return Folk(county, unit, filler, reviewer, county.filing(unit, answers=whole()))


def text_question(folk: Folk) -> str:
    """A question that takes any sentence for an answer."""
    form = folk.county.form()
    return next(item.id for item in form.items.values() if type(item).__name__ in ("Text", "LongText"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("谁在填", "分工"),
        ("谁在填呢？", "分工"),
        ("交了没？", "还没有交。"),
        ("怎么交", "提交审核"),
        ("明天再填", "先停在这里"),
    ],
)
def test_a_question_to_the_bot_is_never_an_answer(folk: Folk, typed: str, told: str) -> None:
    item = text_question(folk)
    before: dict[str, Answer] = folk.county.answers(folk.filing)
    folk.opens(folk.filler).says(f"第{folk.county.form().numbers[item]}题").says(typed).sees(told)
    assert folk.county.answers(folk.filing) == before


def test_on_the_start_page_such_a_word_means_the_only_filing_there_is(folk: Folk) -> None:
    folk.filler.says("/start").says("提交").sees("提交审核", "97").taps(labels.SUBMIT_NOW)
    assert folk.state() == "submitted"
    folk.filler.says("换一张表").says("交了没").sees("等待审核")
    folk.filler.says("换一张表").says("目录").sees("民政局")


def test_with_several_filings_it_is_asked_which_one(folk: Folk) -> None:
    other = folk.county.unit("文化馆")
    folk.county.joins(folk.filler, other, "filler")
    folk.county.filing(other)
    folk.filler.says("/start").says("提交").sees("“提交”说的是哪一份？")
    folk.filler.taps(next(b.text for b in folk.filler.buttons if "文化馆" in b.text)).sees("还没有人能审核")


def test_without_any_filing_a_word_about_one_is_no_trespass(folk: Folk) -> None:
    clerk = folk.county.filler(folk.county.unit("老干局"), "周老师")
    clerk.says("/start").says("提交").sees("你手上还没有")
    assert "权限" not in clerk.text


def test_small_talk_after_handing_in_says_nothing_about_lost_changes(folk: Folk) -> None:
    folk.opens(folk.filler).says("提交").taps(labels.SUBMIT_NOW).says("好的").sees("审核有结果我会告诉你")
    assert "没有存" not in folk.filler.text
    assert "没有记" not in folk.filler.text
    folk.filler.says("人数再改一下").sees("这一句没有记", "撤回修改")
    folk.filler.says("什么时候截止？").sees("等审核")
    assert "接着答" not in folk.filler.text


def test_the_account_of_what_is_handed_in_does_not_say_that_nobody_has_begun(folk: Folk) -> None:
    folk.county.filing(folk.unit, project="路灯", state=State.SUBMITTED)
    folk.filler.says("/start").says("进度").sees("已提交，等审核", "路灯")
    assert folk.filler.text.count("还没有开始填") == 1  # the other one, which is open
