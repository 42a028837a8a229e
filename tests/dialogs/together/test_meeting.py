"""Two people at the same question: the second sees the first's answer and decides; nobody's answer is lost."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.office import Office
from dialogs.store import changes
from dialogs.store.engine import reading
from templates import labels
from tests.dialogs.desk import Filler
from tests.dialogs.goals import goals
from tests.dialogs.together.team import office_on, team


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    return office_on(sqlite_engine, tmp_path)


def history(filler: Filler, item: str) -> list[tuple[str | None, str | None, bool]]:
    """old, new and whether it was laid aside, of every line."""
    with reading(filler.office.engine) as c:
        lines = changes.of_item(c, filler.filing.id, item)
    return [(x.old and x.old["value"], x.new and x.new["value"], x.aside) for x in lines]


def test_the_second_is_shown_the_firsts_answer_and_asked_which_stands(office: Office) -> None:
    one, two = team(office)
    one.says("37").sees("已记：编制数 37 人")
    two.says("40").sees("“编制数”有人先填了，你的还没有存", "张三（08:00）：37 人", "你：40 人", "用哪个？")
    assert one.answers()["quota"].value == 37
    two.taps("用张三的：37 人").sees("好的，“编制数”用张三的：37 人", "年末在职多少人？")
    assert history(one, "quota") == [(None, '"37"', False), ('"37"', '"40"', True)]


def test_the_second_may_insist_and_both_stay_in_the_history(office: Office) -> None:
    one, two = team(office)
    one.says("37")
    two.says("40").taps("改成我的：40 人").sees("改成了你的：“编制数”40 人（张三填的是 37 人")
    assert one.answers()["quota"].value == 40
    assert history(one, "quota") == [(None, '"37"', False), ('"37"', '"40"', True), ('"37"', '"40"', False)]
    two.taps(labels.UNDO).sees("已撤销")
    assert one.answers()["quota"].value == 37


def test_the_same_answer_twice_is_no_matter(office: Office) -> None:
    one, two = team(office)
    one.says("37")
    two.says("37").sees("“编制数”张三刚填好：37 人", "年末在职多少人？")


def test_a_third_change_while_two_stand_side_by_side_is_shown_too(office: Office) -> None:
    one, two, three = team(office, ("张三", "李四", "王五"))
    one.says("37")
    two.says("40")
    three.says("/start").says("第1题").says("38").taps(labels.CONFIRM)
    two.taps("改成我的：40 人").sees("又改了一次", "王五", "38 人", "40 人").says("1").sees("用王五的：38 人")
    assert one.answers()["quota"].value == 38


def test_a_change_waiting_for_its_word_meets_another_change(office: Office) -> None:
    one, two = team(office)
    one.says("37")
    one.says("第1题").says("40").sees("要把“编制数”从 37 人 改成 40 人")
    two.says("第1题").says("41").taps(labels.CONFIRM)
    one.taps(labels.CONFIRM).sees("李四", "41 人", "你：40 人", "用哪个？")
    one.taps("改成我的：40 人")
    assert one.answers()["quota"].value == 40
    assert [new for _, new, _ in history(one, "quota")] == ['"37"', '"41"', '"40"', '"40"']


def test_pasted_changes_meet_another_change(office: Office) -> None:
    one, two = team(office)
    one.says("编制数 37\n在职人数 31").says("编制数 38\n在职人数 32").sees("38 人", "32 人")
    two.says("第1题").says("41").taps(labels.CONFIRM)
    one.taps(labels.CONFIRM).sees("李四", "编制数", "41 人")
    assert one.answers()["quota"].value == 41
    assert one.answers()["staff"].value == 31
    one.taps(labels.CONFIRM)
    assert (one.answers()["quota"].value, one.answers()["staff"].value) == (38, 32)


def test_words_that_lead_elsewhere_still_do_and_say_that_nothing_was_stored(office: Office) -> None:
    one, two = team(office)
    one.says("37")
    two.says("40").says("哦哦").sees("先定一下用哪个", "用哪个？").says("目录").sees("刚才的改动没有存", "人员")
    assert one.answers()["quota"].value == 37


def test_a_question_put_again_after_a_slip_still_notices(office: Office) -> None:
    one, two = team(office)
    two.says("很多").sees("（第 1 题：编制数")
    one.says("37")
    two.says("40").sees("张三（08:00）：37 人")


def test_lines_of_a_table_meet(office: Office) -> None:
    one, two = team(office)
    for filler in (one, two):
        filler.says("第10题").sees("项目")
    one.says("业务专项 56").sees("已记 1 行")
    two.says("养老补助 20").sees("这张表张三刚改过", "加了：业务专项", "养老补助 20").taps(labels.RESEND).sees("已记 1 行")
    rows = one.answers()["projects"].value
    assert [r.cells[0] for r in rows] == ["业务专项", "养老补助"]


def test_ticks_in_progress_meet_a_finished_list(office: Office) -> None:
    one, two = team(office)
    for filler in (one, two):
        filler.says("第11题")
    two.taps("①")
    one.taps(labels.ALL_MET)
    two.taps("√①" if any(b.text == "√①" for b in two.buttons) else "①").taps(labels.DONE).sees("张三", "用哪个？")


def test_somebody_alone_notices_nothing(office: Office) -> None:
    (one,) = team(office, ("张三",))
    one.says("37").says("第1题").says("40").taps(labels.CONFIRM).says("撤销").sees("已撤销")
    assert history(one, "quota") == [(None, '"37"', False), ('"37"', '"40"', False), ('"40"', '"37"', False)]


def test_cells_of_a_table_of_goals_meet(sqlite_engine: Engine, tmp_path: Path) -> None:
    for name, text in goals().sources.items():
        path = tmp_path / "tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    one, two = team(office_on(sqlite_engine, tmp_path, tmp_path, ("tiny/goals",)))
    one.taps(labels.START_ROWS).sees("群众满意度")
    two.taps(labels.START_ROWS).sees("这张表张三刚改过（08:00）", "加了：公用经费控制率", "再点一次", "指标值？")
    one.says("≥90%")
    two.says("≥95%").sees("这张表张三刚改过", "“≥95%”还要的话", "照样再记").taps(labels.EDIT_ROWS).sees("群众满意度　≥90%")
