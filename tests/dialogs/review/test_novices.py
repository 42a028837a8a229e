"""What reviewers stumbled over who saw the review for the first time, on a phone, between two meetings."""

from pathlib import Path

from sqlalchemy import Engine

from scoring.review.verified import Verified
from templates import labels
from tests.dialogs.review.folk import folk
from tests.dialogs.review.test_rounds import told
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny


def test_verified_points_of_before_a_change_are_shown_and_asked_about(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    reviewer = all_of_us.opens(all_of_us.reviewer).taps(labels.SCORECARD).says("1 7 缺佐证")
    all_of_us.returns("请核对人数").changes("staff", "40").submits()
    said = "自评 20→16，核查 7 是改之前给的"
    all_of_us.opens(reviewer).sees(f"［再看一眼］在职人员控制率：{said}").taps(labels.SCORECARD).sees(said)
    reviewer.says("通过").sees("照旧吗", said)
    assert labels.APPROVE_NOW not in {b.text for b in reviewer.buttons}
    reviewer.taps("在职人员控制率").sees(said).taps("仍按 7 分").sees("核查仍是 7 分")
    assert said not in reviewer.text
    assert list(all_of_us.verdicts().values()) == [Verified(7, "缺佐证")]
    reviewer.says("通过").taps(labels.APPROVE_NOW).sees("已锁定")


def test_whoever_was_told_of_a_submission_is_told_that_it_was_taken_back(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.opens(all_of_us.filler).taps(labels.WITHDRAW).taps(labels.WITHDRAW_NOW)
    all_of_us.reviewer.sees("撤回去改了，先不用审")
    all_of_us.county.moves("2021-03-01 22:00")  # nothing is said at night: neither the one nor the other
    all_of_us.submits().opens(all_of_us.filler).taps(labels.WITHDRAW).taps(labels.WITHDRAW_NOW)
    received = len(all_of_us.reviewer.received)
    all_of_us.county.moves("2021-03-02 10:00").works()
    assert len(all_of_us.reviewer.received) == received
    assert len(told(all_of_us, "submitted")) == 3


def test_a_question_is_meant_by_its_word_also_on_the_scorecard(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    reviewer = all_of_us.opens(all_of_us.reviewer)
    reviewer.says("第2题写错了，改成31").sees("已记意见（第 2 题 在职人数）：写错了，改成31")
    reviewer.taps(labels.SCORECARD).says("第3题对不上").sees("第 3 题 退休人数）：对不上")
    reviewer.says("1").says("第2题和批复不符").sees("第 2 题 在职人数）：和批复不符", "1/")
    assert {r.about for r in all_of_us.remarks()} == {"item"}


def test_points_without_an_indicator_are_asked_back(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    reviewer = all_of_us.opens(all_of_us.reviewer).taps(labels.SCORECARD)
    reviewer.sees("“1 10 缺佐证”").says("8分吧，没附件").sees("给哪一个指标")
    reviewer.says("1 8").sees("还缺理由", "8 缺佐证").says("1 21 太多").sees("“在职人员控制率”：分数要在 0–20 分之间")
    reviewer.says("１ ８分吧，没附件").sees("核查 8 分：没附件")


def test_a_word_of_refusal_is_no_opinion_of_the_whole(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.opens(all_of_us.reviewer).says("通过").says("算了").sees("还没有通过", "等待审核")
    all_of_us.reviewer.says("退回").says("不用了").sees("没有退回", "等待审核")
    assert all_of_us.state() == "submitted"
    all_of_us.approves().reviewer.says("重新打开").says("算了").sees("还锁着", "审核通过")
    assert all_of_us.state() == "approved"


def test_an_empty_list_wants_no_number_and_taking_back_has_its_short_word(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.filler.says("撤回").taps(labels.WITHDRAW_NOW).sees("已撤回")
    all_of_us.reviewer.says("/start").says("待审核").says("1").sees("现在没有等你审核的")
    assert "没有第 1 份" not in all_of_us.reviewer.text


def test_a_finding_leads_to_its_answer_and_a_table_names_its_columns(sqlite_engine: Engine, tmp_path: Path) -> None:
    talk = Talk(tiny()).begins()
    for item, typed in (WHOLE | {"reception": "2.47 2 3"}).items():
        talk.jumps(item).says(typed)
    all_of_us = folk(sqlite_engine, tmp_path, dict(talk.answers)).submits()
    label = f"{tiny().numbers['reception']} {tiny().items['reception'].label}"[:14]
    all_of_us.opens(all_of_us.reviewer).sees("公务接待决算 3 大于预算 2").taps(label)
    for column in tiny().items["reception"].columns:
        all_of_us.reviewer.sees(f"{column.label}：")


def test_whoever_only_looks_is_told_so_and_no_untruth(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    observer = all_of_us.opens(all_of_us.county.observer(all_of_us.unit))
    for typed in ("通过", "退回", "重新打开", "3 写得不对", "撤回修改"):
        observer.says(typed).sees("你在这里只能看")
    observer.says("要文件").sees("马上发来")
    assert all_of_us.state() == "submitted"
    assert not all_of_us.remarks()


def test_nobody_is_offered_to_decide_on_their_own_and_knows_who_does(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path, reviewer=False)
    all_of_us.filler = both = all_of_us.county.member(all_of_us.unit, "刘科长", "filler", "reviewer")
    both.says("/start").says("提交").sees("提交审核", "财政局审核")
    all_of_us.submits()
    both.sees("已经请财政局管理员审核")
    assert not {labels.RETURN, labels.APPROVE} & {b.text for b in both.buttons}
    all_of_us.reviewer.says("待审核").says("1")
    assert {labels.RETURN, labels.APPROVE} <= {b.text for b in all_of_us.reviewer.buttons}


def test_whoever_hands_in_sees_what_evidence_is_still_missing(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    filler = all_of_us.opens(all_of_us.filler).says("提交").sees("佐证材料还没有，缺")
    button = next(b.text for b in filler.buttons if b.text.startswith("缺佐证"))
    filler.taps(button).sees("佐证")
