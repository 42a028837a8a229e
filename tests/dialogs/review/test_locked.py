"""No answer changes while a filing is handed in or approved, however it comes about; and what was handed in stays."""

import json
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from dialogs.access.permissions import State
from dialogs.orders import Doing
from dialogs.review import deciding, submitting
from dialogs.scene import Change
from dialogs.store import filings, people, submissions
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.errors import Conflict, Locked
from scoring.answers import given
from templates import labels
from tests.dialogs.review.folk import Folk, folk
from tests.dialogs.tiny import tiny

TYPED = [
    "32",
    "在职人数 32",
    "在职人数 32\n退休人数 9",
    "撤销",
    "第2题",
    "改 在职人数",
    "沿用上年",
    "跳过",
    "上题标为暂估",
    "确认",
    "/start",
    "改项目名称",
]


def answers_of(everybody: Folk):
    return everybody.county.answers(everybody.filing)


@pytest.mark.parametrize("approved", [False, True])
def test_nothing_typed_or_tapped_changes_an_answer(sqlite_engine: Engine, tmp_path: Path, approved: bool) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    filler = all_of_us.changes("staff", "30").filler  # so that there is something to undo
    second = all_of_us.county.filler(all_of_us.unit, "周会计")
    all_of_us.opens(second).says("第2题").sees("在职多少人")
    all_of_us.submits()
    if approved:
        all_of_us.approves()
    before = answers_of(all_of_us)
    for somebody in (second, filler):
        for text in TYPED:
            somebody.says(text)
            assert answers_of(all_of_us) == before, text
    second.says("第2题").says("33")
    assert answers_of(all_of_us) == before
    for reply in list(second.received):  # every button ever seen, pressed once more
        for row in getattr(reply, "buttons", ()):
            for button in row:
                if button.text not in (labels.WITHDRAW, labels.WITHDRAW_NOW):
                    second.presses(button.token)
    assert answers_of(all_of_us) == before
    assert all_of_us.state() == ("approved" if approved else "submitted")


def test_the_one_who_was_just_asked_is_told_why(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    second = all_of_us.county.filler(all_of_us.unit, "周会计")
    all_of_us.opens(second).says("第18题").sees("存在的问题")
    all_of_us.submits()
    second.says("预算编制不细，定额没有管住。").sees("这份已经提交，等着审核，刚才的改动没有存", "要改，先点“撤回修改”")


def test_a_change_that_waits_for_its_word_is_too_late(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    second = all_of_us.county.filler(all_of_us.unit, "周会计")
    all_of_us.opens(second).says("第2题").says("33").sees("确认改吗")
    all_of_us.submits()
    all_of_us.taps_late(second, labels.CONFIRM)
    assert answers_of(all_of_us)["staff"].value == 31


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED])
def test_the_store_refuses_whoever_asks(engine: Engine, tmp_path: Path, state: State) -> None:
    all_of_us = folk(engine, tmp_path).submits()
    if state is State.APPROVED:
        all_of_us.approves()
    old = answers_of(all_of_us)["staff"]
    changes = [Change("staff", old, replace(old, value=Decimal(99)))]
    with writing(engine) as c, pytest.raises(Locked):
        filings.apply(c, all_of_us.filing, changes, all_of_us.filler.id, 1, None, 0)


def test_an_answer_and_a_submission_at_the_same_instant(postgresql_engine: Engine, tmp_path: Path) -> None:
    """Whoever is first, what was handed in is what stands there."""
    all_of_us = folk(postgresql_engine, tmp_path)
    old = answers_of(all_of_us)["staff"]
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def hands_in() -> None:
        with writing(postgresql_engine) as c:
            together.wait()
            submitting.submit(all_of_us.county.doing(c, all_of_us.filler), all_of_us.filing)

    def answers() -> None:
        try:
            with writing(postgresql_engine) as c:
                together.wait()
                filings.apply(c, all_of_us.filing, [Change("staff", old, given(Decimal(30)))], all_of_us.filler.id, 1, None, 0)
            outcomes.append("answered")
        except Conflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=hands_in), threading.Thread(target=answers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all_of_us.state() == "submitted"
    stored = answers_of(all_of_us)["staff"].value
    with reading(postgresql_engine) as c:
        recorded = json.loads(submissions.inputs(c, all_of_us.filing, 1))["answers"]["staff"]
    assert stored == (30 if outcomes == ["answered"] else 31)
    assert json.loads(recorded["value"]) == str(stored)


def test_two_reviewers_at_the_same_instant(postgresql_engine: Engine, tmp_path: Path) -> None:
    """One decision, one set of documents; the other one is told."""
    all_of_us = folk(postgresql_engine, tmp_path).submits()
    second = all_of_us.county.reviewer(all_of_us.unit, "孙副局长")
    together = threading.Barrier(2)
    done: list[bool] = []

    def decides(person, deed) -> None:
        try:
            with writing(postgresql_engine) as c:
                doing = all_of_us.county.doing(c, person)
                together.wait()
                done.append(deed(doing, all_of_us.filing, "请补材料").done)
        except Conflict:
            done.append(False)

    deeds = [(all_of_us.reviewer, deciding.approve_filing), (second, deciding.return_filing)]
    threads = [threading.Thread(target=decides, args=pair) for pair in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]
    assert all_of_us.rounds()[0].verdict == all_of_us.state()
    assert (all_of_us.rounds()[0].version is not None) == (all_of_us.state() == "approved")


def test_what_arrives_from_elsewhere_moves_nothing_that_is_handed_in(sqlite_engine: Engine, tmp_path: Path) -> None:
    """A filing that is handed in is read from its submission, also by its neighbours."""
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    with writing(sqlite_engine) as c:
        c.execute(t.answers.update().where(t.answers.c.item == "staff").values(value="99"))
    all_of_us.opens(all_of_us.filler).taps(labels.ANSWERS).sees("2. 在职人数：31 人")


def test_somebody_who_only_reads_sees_everything_and_can_do_nothing(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    observer = all_of_us.county.observer(all_of_us.unit)
    all_of_us.opens(observer).sees("等待审核", "自评 97 分，优").taps(labels.SCORECARD).sees("1. 在职人员控制率").says(
        "1 8 缺佐证"
    )
    all_of_us.opens(observer).taps(labels.ANSWERS).says("2 对不上").says("通过")
    all_of_us.opens(observer).says("退回")
    assert not all_of_us.verdicts()
    assert not all_of_us.remarks()
    assert all_of_us.state() == "submitted"
    all_of_us.opens(observer).taps(labels.PAPERS).sees("送审时的文件（第 1 版）")
    assert len(observer.files) == 2


def test_a_console_returns_what_it_may_and_is_told_what_it_may_not(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    with writing(sqlite_engine) as c:
        console: Doing = all_of_us.county.doing(c)
        assert not deciding.return_filing(console, all_of_us.filing, "请补材料").done  # nobody has handed it in
        assert not deciding.approve_filing(console, "nowhere").done
    all_of_us.submits()
    with writing(sqlite_engine) as c:
        console = all_of_us.county.doing(c)
        assert not deciding.return_filing(console, all_of_us.filing).done  # without a word
        assert not deciding.return_filing(console, all_of_us.filing, "长" * 501).done
        assert deciding.return_filing(console, all_of_us.filing, "请补材料").done
        again = deciding.return_filing(console, all_of_us.filing, "请补材料")
        assert not again.done
        assert "退回了" in again.text
    assert all_of_us.state() == "returned"


def test_nobody_can_review_a_unit_of_its_own_and_the_filler_is_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path)
    with writing(sqlite_engine) as c:
        people.leave(c, all_of_us.reviewer.id, all_of_us.unit)
        c.execute(t.units.update().values(county_id=None))
    all_of_us.opens(all_of_us.filler)
    assert labels.SUBMIT not in {b.text for b in all_of_us.filler.buttons}
    all_of_us.filler.says("提交").sees("还没有人能审核")
    assert all_of_us.state() == "open"


def test_denied_decisions_are_noted(sqlite_engine: Engine, tmp_path: Path) -> None:
    all_of_us = folk(sqlite_engine, tmp_path).submits()
    with writing(sqlite_engine) as c:
        notice = {"id": "abcdefghijkl", "person_id": all_of_us.filler.id, "kind": "submitted", "key": "forged", "due_at": 0}
        body = {"body": '{"text": "", "labels": []}', "actions": f'["goto:{all_of_us.filing}:rv_approve_now"]'}
        c.execute(insert(t.notices), notice | body | {"at": 0, "state": "sent"})
    all_of_us.filler.presses("abcdefghijkl.0")
    assert all_of_us.state() == "submitted"
    with reading(sqlite_engine) as c:
        assert "denied" in c.execute(select(t.journal.c.act)).scalars().all()


def test_tiny_is_what_these_tests_think() -> None:
    assert tiny().numbers["staff"] == 2
