"""Whole rounds by chat: handed in, returned with remarks, mended, handed in again, approved, reopened — on both databases."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dialogs.outgoing import sheet
from dialogs.replies import File
from dialogs.store import documents, journal
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from templates import labels
from tests.dialogs.county import Somebody
from tests.dialogs.review.folk import Folk, folk, whole
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny
from tests.templates.test_drafting import paragraphs


def told(everybody: Folk, kind: str) -> list[tuple[str, str]]:
    """Whom the bot tells what, unasked."""
    with reading(everybody.county.office.engine) as c:
        rows = c.execute(select(t.notices.c.person_id, t.notices.c.body).where(t.notices.c.kind == kind)).fetchall()
    return [(person, json.loads(body)["text"]) for person, body in rows]


def test_a_filing_goes_the_whole_way(engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(engine, tmp_path)
    filler, reviewer = all_of_us.filler, all_of_us.reviewer
    all_of_us.submits()
    filler.sees("提交成功", "等待审核")
    assert [p for p, _ in told(all_of_us, "submitted")] == [reviewer.id]

    reviewer.says("/start").sees("待审核 1 份").taps("待审核 1 份").taps("1. 小县社保中心").sees("自评 97 分，优")
    reviewer.taps(labels.SCORECARD).sees("1. 在职人员控制率　20 / 20", "31÷37＝83.78%")
    reviewer.taps("1").says("8 缺佐证").sees("核查 8 分：缺佐证")
    reviewer.taps(labels.REVIEW_PAGE).sees("自评 97 分，优；核查 85 分，良")
    reviewer.taps(labels.ANSWERS).says("2 和编制批复对不上").sees("已记意见（第 2 题 在职人数）：和编制批复对不上")
    reviewer.says("第18题").says("写得太简单").taps(labels.REVIEW_PAGE).sees("已写 2 条意见")
    reviewer.taps(labels.RETURN).sees("1. 第 2 题 在职人数：和编制批复对不上").says("请按意见改").sees("对整份的意见：请按意见改")
    reviewer.taps(labels.RETURN_NOW).sees("已退回")
    assert all_of_us.state() == "returned"
    assert [p for p, _ in told(all_of_us, "returned")] == [filler.id]

    filler.says("/start").sees("退回来 3 条要改", "第 2 题 在职人数", "和编制批复对不上", "整份")
    filler.taps("第 2 题 在职人数").sees("审核人 王局长的意见：和编制批复对不上").says("32").taps(labels.CONFIRM)
    filler.sees("退回来 2 条要改", "√ 第 2 题 在职人数")
    filler.taps("第 18 题 存在的问题").taps(labels.REMARK_ANSWER).says("单位小，只有这一个问题").sees("退回来 1 条要改")
    filler.taps("整份").taps(labels.REMARK_DONE).sees("都处理完了")
    filler.taps(labels.SUBMIT_AGAIN).sees("第 2 轮").taps(labels.SUBMIT_NOW).sees("等待审核（第 2 轮")

    all_of_us.opens(reviewer).sees("和上一轮比：改了 1 题").taps(labels.CHANGES)
    reviewer.sees("2. 在职人数", "31 人 → 32 人", "和编制批复对不上（已改）", "答复：单位小，只有这一个问题")
    assert "编制数" not in reviewer.text
    reviewer.says("通过").sees("自评 97 分，优", "核查 85 分，良", "在职人员控制率　20 → 8").taps(labels.APPROVE_NOW)
    reviewer.sees("审核通过，已锁定")
    assert [p for p, _ in told(all_of_us, "approved")] == [filler.id]
    assert [(r.round, r.verdict) for r in all_of_us.rounds()] == [(1, "returned"), (2, "approved")]

    all_of_us.opens(reviewer).taps(labels.REOPEN).sees("请写原因").says("财政局要求补附件").sees("已重新打开")
    filler.says("/start").sees("退回来 1 条要改", "重新打开：财政局要求补附件")
    with reading(all_of_us.county.office.engine) as c:
        acts = [line.act for line in journal.of_filing(c, all_of_us.filing)]
    for act in ("submitted", "remarked", "verified", "returned", "approved", "reopened"):
        assert act in acts


def test_what_hinders_is_said_with_a_button_each(sqlite_engine: Engine, tmp_path: Path) -> None:
    talk = Talk(tiny()).begins()
    for item, typed in (WHOLE | {"staff": "100", "carry": "约1"}).items():
        if item not in ("problems",):
            talk.jumps(item).says(typed)
    all_of_us = folk(sqlite_engine, tmp_path, dict(talk.answers))
    filler = all_of_us.opens(all_of_us.filler).says("提交")
    filler.sees("还差几处", "没填 1 题：18 存在的问题", "暂估 1 题", "7 本年结转", "［错误］在职 100 远多于编制 37")
    assert {"18 存在的问题", "2 在职人数"} <= {b.text for b in filler.buttons}
    assert labels.SUBMIT_NOW not in {b.text for b in filler.buttons}
    assert all_of_us.state() == "open"
    filler.taps("18 存在的问题").sees("存在的问题")


def test_a_county_may_take_gaps_that_are_said_but_never_errors(sqlite_engine: Engine, tmp_path: Path) -> None:
    answers = {k: v for k, v in whole().items() if k != "problems"}
    all_of_us = folk(sqlite_engine, tmp_path, answers)
    with writing(sqlite_engine) as c:
        c.execute(t.counties.update().values(settings=json.dumps({"gaps_allowed": True})))
    all_of_us.opens(all_of_us.filler).says("提交").sees("没填：18 存在的问题").taps(labels.SUBMIT_NOW)
    assert all_of_us.rounds()[0].gaps == 1
    all_of_us.opens(all_of_us.reviewer).sees("带着 1 处没完成的内容提交")


def test_explanations_wanted_do_not_hinder(sqlite_engine: Engine, tmp_path: Path) -> None:
    talk = Talk(tiny()).begins()
    for item, typed in (WHOLE | {"reception": "2.47 2 3"}).items():
        talk.jumps(item).says(typed)
    all_of_us = folk(sqlite_engine, tmp_path, dict(talk.answers)).submits()
    all_of_us.opens(all_of_us.reviewer).sees("［需说明］公务接待决算 3 大于预算 2")


def test_without_a_reviewer_the_bureau_reviews_and_the_filler_knows(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path, reviewer=False)
    all_of_us.opens(all_of_us.filler).says("提交").sees("交给财政局审核").taps(labels.SUBMIT_NOW)
    all_of_us.filler.sees("已经请财政局管理员审核")
    assert [p for p, _ in told(all_of_us, "submitted")] == [all_of_us.reviewer.id]
    administrator = all_of_us.reviewer
    administrator.says("/start").says("待审核").says("好的").sees("发序号，或点一份").says("7").sees("没有第 7 份").says("1")
    administrator.sees("等待审核").taps(labels.APPROVE).taps(labels.APPROVE_NOW)
    assert all_of_us.state() == "approved"


def test_the_unit_above_reviews(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path, reviewer=False)
    county = all_of_us.county
    above = county.unit("县人社局")
    with writing(sqlite_engine) as c:
        c.execute(t.units.update().where(t.units.c.id == all_of_us.unit).values(supervisor_id=above))
    chief = county.reviewer(above, "孙主任")
    all_of_us.submits()
    assert [p for p, _ in told(all_of_us, "submitted")] == [chief.id]
    chief.says("/start").sees("待审核 1 份").taps("待审核 1 份").taps("1. 小县社保中心").sees("等待审核").taps(labels.APPROVE)
    chief.taps(labels.APPROVE_NOW)
    assert all_of_us.state() == "approved"


def test_taken_back_before_anybody_decides(engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(engine, tmp_path).submits()
    all_of_us.opens(all_of_us.filler).taps(labels.WITHDRAW).sees("确定撤回吗").taps(labels.WITHDRAW_NOW).sees("已撤回")
    assert all_of_us.state() == "open"
    all_of_us.changes("staff", "30").submits()
    assert [(r.round, r.verdict) for r in all_of_us.rounds()] == [(1, "withdrawn"), (2, "")]
    all_of_us.opens(all_of_us.reviewer)
    assert "和上一轮比" not in all_of_us.reviewer.text  # nobody has decided a round yet


def test_remarks_of_a_round_taken_back_wait_for_the_next_return(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.opens(all_of_us.reviewer).taps(labels.ANSWERS).says("2 对不上")
    all_of_us.opens(all_of_us.filler)
    assert "对不上" not in all_of_us.filler.says("第2题").text  # not the filler's business yet
    all_of_us.opens(all_of_us.filler).taps(labels.WITHDRAW).taps(labels.WITHDRAW_NOW)
    assert "对不上" not in all_of_us.filler.text
    all_of_us.submits()
    all_of_us.opens(all_of_us.reviewer).taps(labels.RETURN).sees("第 2 题 在职人数：对不上").taps(labels.RETURN_NOW)
    all_of_us.opens(all_of_us.filler).sees("退回来 1 条要改", "对不上")


def test_nobody_decides_on_their_own(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    both = all_of_us.county.member(all_of_us.unit, "钱会计", "filler", "reviewer")
    all_of_us.filler = both
    both.says("/start")
    all_of_us.submits()
    both.says("/start").says("通过")
    both.sees("要由别人来审核")
    both.says("退回").sees("要由别人来审核")
    assert all_of_us.state() == "submitted"
    assert "待审核 1 份" not in both.says("换一张表").text


def test_too_late_is_said_kindly_and_changes_nothing(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    second = all_of_us.county.reviewer(all_of_us.unit, "孙副局长")
    all_of_us.opens(second).taps(labels.RETURN).says("补材料")
    all_of_us.approves()
    all_of_us.taps_late(second, labels.RETURN_NOW).sees("由审核人 王局长审核通过了，已经锁定，没有再动")
    second.says("通过").sees("审核通过了，已经锁定")
    second.taps(labels.SCORECARD).taps("1").says("8 缺佐证").sees("审核通过了，已经锁定")
    assert all_of_us.state() == "approved"
    assert not all_of_us.verdicts()
    assert not all_of_us.remarks()


@pytest.mark.parametrize("typed", ["21 太多", "8.123 太细", "8", "-1 扣"])
def test_points_outside_the_weight_are_refused_with_a_sentence(sqlite_engine: Engine, tmp_path: Path, typed: str) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.opens(all_of_us.reviewer).taps(labels.SCORECARD).taps("1").says(typed)
    assert not all_of_us.verdicts()
    assert "在职人员控制率" in all_of_us.reviewer.text


def test_points_are_given_from_the_list_and_taken_back(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    reviewer = all_of_us.opens(all_of_us.reviewer).taps(labels.SCORECARD).says("7 10 只有一份问卷")
    reviewer.sees("核查 10", "核查理由：只有一份问卷", "核查 89 分")
    reviewer.taps("7").taps(labels.OWN_POINTS).sees("按自评分")
    assert not all_of_us.verdicts()
    reviewer.says("18 一样").sees("自评就是 18 分，不用改")


def test_a_return_without_a_word_is_not_possible(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.opens(all_of_us.reviewer).taps(labels.RETURN).sees("请写一句话")
    assert labels.RETURN_NOW not in {b.text for b in all_of_us.reviewer.buttons}
    all_of_us.reviewer.says("好的").sees("写一句话")
    assert all_of_us.state() == "submitted"


def test_a_remark_that_is_not_sent_can_be_taken_back(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    reviewer = all_of_us.opens(all_of_us.reviewer).taps(labels.ANSWERS).says("2 对不上").taps(labels.REVIEW_PAGE)
    reviewer.taps(labels.REMARKS).sees("对不上（还没发出）").taps("收回第 1 条").sees("已收回", "还没有意见")
    assert not all_of_us.remarks()


def files_of(everybody: Folk, somebody: Somebody) -> dict[str, bytes]:
    """The opinion that was sent, by the name of the file; drafted anew from what is recorded."""
    with writing(everybody.county.office.engine) as c:
        c.execute(t.documents.update().values(content=None, sha256=None))
    made = [
        sheet(everybody.county.office, r, somebody.chat)
        for r in somebody.replies
        if isinstance(r, File) and "审核意见表" in r.caption
    ]
    return {m.name: m.content for m in made}


def words_in(content: bytes) -> str:
    return "\n".join(paragraphs(content))


def test_approval_issues_the_documents_with_both_scores(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    all_of_us.returns("请补说明").opens(all_of_us.filler).taps("整份").taps(labels.REMARK_DONE)
    all_of_us.submits()
    reviewer = all_of_us.opens(all_of_us.reviewer).taps(labels.SCORECARD).says("1 8 缺佐证").taps(labels.REVIEW_PAGE)
    reviewer.taps(labels.APPROVE).says("材料齐全，同意上报").taps(labels.APPROVE_NOW)
    version = all_of_us.rounds()[-1].version
    assert version == 1
    with reading(sqlite_engine) as c:
        issued = documents.of_version(c, all_of_us.filing, version)
        row = documents.load(c, issued["review_opinion"][0])
    assert {"report", "table", "complete", "review_opinion", "package.zip", "summary.xlsx"} == set(issued)
    assert (row.total, row.grade) == ("85", "良")  # by 核查分: it is what counts
    reviewer.taps(labels.PAPERS).sees("审定稿（第 1 版）")
    replies = list(reviewer.replies)
    files = files_of(all_of_us, reviewer)
    opinion = next(content for name, content in files.items() if "审核意见表" in name)
    assert all("审定稿" in name for name in files)
    said = words_in(opinion)
    for words in ("在职人员控制率", "缺佐证", "97", "85", "良", "请补说明", "材料齐全，同意上报", "第1轮", "通过　2021年3月1日"):
        assert words in said, said
    assert "王局长" not in said
    assert "（已改）" in said  # by a tap: nobody has answered anything
    assert "填报人答复" not in said
    reviewer.replies = replies
    assert files_of(all_of_us, reviewer) == files  # the same inputs, the same bytes
    all_of_us.opens(all_of_us.filler).taps(labels.PAPERS).sees("审定稿（第 1 版）")


def test_what_is_handed_in_is_drafted_once_for_all_who_ask(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    all_of_us.opens(all_of_us.filler).says("生成定稿").sees("第 1 版定稿")
    all_of_us.county.moves("2021-03-01 11:00")
    all_of_us.submits()
    all_of_us.county.moves("2021-03-01 12:00")
    all_of_us.opens(all_of_us.reviewer).taps(labels.PAPERS).sees("第 2 版")
    all_of_us.opens(all_of_us.filler).says("生成定稿").sees("送审时的文件（第 2 版）")


def test_the_answers_are_those_that_were_handed_in(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Also when somebody writes into the store behind everybody's back."""
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    with writing(sqlite_engine) as c:
        c.execute(t.answers.update().where(t.answers.c.item == "staff").values(value="99"))
    all_of_us.opens(all_of_us.reviewer).taps(labels.ANSWERS).sees("2. 在职人数：31 人")
