"""Sections given to persons: each is led through their own first, sees whose turn it is, and the next one is told."""

from pathlib import Path

import pytest
from hypothesis import given as having
from hypothesis import strategies as st
from sqlalchemy import Engine

from dialogs.office import Office
from dialogs.store import assignments, people
from dialogs.store.assignments import Assigned
from dialogs.store.engine import reading, writing
from dialogs.together import turns
from scoring.answers import Answer, State
from scoring.asked import asked
from templates import labels
from tests.dialogs.desk import Filler
from tests.dialogs.tiny import WHOLE, tiny
from tests.dialogs.together.notices import presses_notice, told
from tests.dialogs.together.team import id_of, office_on, rows, team


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return office_on(engine, tmp_path)


def shared(office: Office) -> list[Filler]:
    """张三 has shared the work out: 人员 to 李四, 经费 to himself, 质量 to 王五."""
    one, two, three = team(office, ("张三", "李四", "王五"))
    one.says("分工").taps("人员").taps("李四").sees("“人员”交给了李四，我去告诉他")
    one.taps("经费").taps("我来（张三）").taps(labels.NO_DAY).sees("好的，日子先不定")
    one.says("分工").taps("质量").says("王五").sees("“质量”交给了王五")
    return [one, two, three]


def test_sections_are_given_and_everybody_sees_whose_turn_it_is(office: Office) -> None:
    one, two, _ = shared(office)
    one.sees("人员　李四　还有 3 题", "经费　你　还有", "质量　王五　还有", "文字　大家", "现在轮到李四")
    two.says("目录").sees("人员　0/3（你）", "经费　0/6（张三）").says("谁负责").sees("现在轮到你")
    assert told(two) == ["张三请你填“人员”这一节。\n小县社会保险服务中心 · 2020年度 · 小表\n一共 3 题，还有 3 题没填。"]


def test_a_person_is_led_through_their_own_part_and_the_next_one_is_told(office: Office) -> None:
    one, two, three = shared(office)
    presses_notice(three, labels.BEGIN_PART).sees("【质量】")
    one.says("/start").sees("【经费】")
    presses_notice(two, labels.BEGIN_PART).sees("核定编制多少人？").says("37").says("31").says("6").sees(
        "你负责的部分填好了：人员。谢谢！下面的题没有分", "【文字】"
    )
    assert "李四的部分填好了，轮到你了：经费，还有 6 题" in told(one)[-1]
    for answer in (WHOLE[i] for i in ("problems", "filler", "phone")):
        two.says(answer)
    two.says("2021年3月1日").sees("你负责的部分填好了：人员。谢谢！", "张三：经费，还有 6 题", "王五：质量", "他们那边我会提醒")
    two.says("继续").sees("【经费】", "这一节分给了张三，你填也行")
    two.says("2.47 2 1.17").sees("【经费】")


def test_a_promised_day_is_heard_shown_and_told(office: Office) -> None:
    one, two, _ = shared(office)
    presses_notice(two, labels.WHICH_DAY).sees("“人员”你哪天能填好？").says("尽快").sees("没看懂是哪一天")
    two.says("周五前给").sees("记下了，3月5日（周五）前", "核定编制多少人？")
    assert told(one)[-1] == "李四答应3月5日（周五）前填好“人员”（小县社会保险服务中心 · 小表）。"
    one.says("目录").sees("人员　0/3（李四，3月5日（周五）前）").says("分工").sees("李四　还有 3 题，答应3月5日（周五）前给")


def test_a_part_that_is_opened_again_is_not_done_any_more(office: Office) -> None:
    one, two, _ = shared(office)
    two.says("/start").says("37").says("31").says("6")
    with reading(office.engine) as c:
        assert {a.part for a in assignments.of_filing(c, one.filing.id) if a.done_at} == {"people"}
    two.says("第1题").says("大概40").taps(labels.CONFIRM)
    with reading(office.engine) as c:
        assert not [a for a in assignments.of_filing(c, one.filing.id) if a.done_at]


def test_a_single_question_goes_before_its_section_and_back_to_everybody(office: Office) -> None:
    one, two, three = shared(office)
    one.says("第2题").taps(labels.EXPLAIN).taps(labels.GIVE_ITEM).taps("王五").sees(
        "“在职人数”交给了王五", "在职人数　王五　还有 1 题"
    )
    two.says("/start").says("37").sees("退休人数").says("目录").taps("◐ 人员").sees("2. 在职人数（王五）")
    three.says("/start").sees("年末在职多少人？")
    one.says("第2题").taps(labels.EXPLAIN).taps(labels.GIVE_ITEM).taps(labels.EVERYBODY).sees("“在职人数”谁填都行")


def test_when_all_is_done_those_who_shared_it_out_are_told(office: Office) -> None:
    one, two = team(office)
    one.says("分工").taps("文字").taps("李四")
    presses_notice(two, labels.BEGIN_PART)
    for item in list(WHOLE)[:16]:
        one.says(f"第{tiny().numbers[item]}题").says(WHOLE[item])
    two.says("/start")
    for item in ("problems", "filler", "phone", "filled_on"):
        two.says(WHOLE[item])
    assert "李四的部分填好了，分下去的都填完了，可以检查一遍" in told(one)[-1]
    presses_notice(one, labels.CHECKUP).sees("得分")


def test_somebody_who_is_gone_is_not_given_anything(office: Office) -> None:
    one, two = team(office)
    one.says("分工").taps("人员")
    token = next(b.token for b in one.buttons if b.text == "李四")
    person = id_of(two)
    where = one.filing.unit_id
    with writing(office.engine) as c:
        people.leave(c, person, where)
    one.presses(token).sees("这位已经不在单位里了")
    assert told(two) == []


def test_somebody_alone_has_nobody_to_share_with(office: Office) -> None:
    (one,) = team(office, ("张三",))
    one.says("目录")
    assert labels.PARTS not in [b.text for b in one.buttons]
    one.says("分工").sees("填报的只有你一个人")


PARTS = st.lists(
    st.builds(
        Assigned,
        st.sampled_from(["people", "money", "quality", "words", "=staff", "=phone", "gone"]),
        st.sampled_from("甲乙丙丁"),
        st.just("甲"),
        st.just(0),
    ),
    unique_by=lambda a: a.part,
)
SKIPS = st.dictionaries(st.sampled_from(list(tiny().items)), st.just(Answer(State.SKIPPED)))


@having(PARTS, SKIPS)
def test_every_open_question_waits_for_somebody(known: list[Assigned], answers: dict[str, Answer]) -> None:
    form = tiny()
    waiting = turns.waiting_for(form, answers, known, "甲乙丙")
    assert {i.id for items in waiting.values() for i in items} == {i.id for i in asked(form, answers)}
    for person in waiting:
        for other in set(waiting) - {person}:
            own = {i.id for p in turns.parts_of(form, answers, known) if p.person == person for i in p.left}
            assert not own & {i.id for i in waiting[other]}
    parts = turns.parts_of(form, answers, known)
    assert sum(p.count for p in parts) + len(turns.open_for_all(form, answers, known)) == len(asked(form, answers))


def test_the_button_of_a_notice_is_nobody_elses(office: Office) -> None:
    _, two, three = shared(office)
    found = rows(office, "SELECT id, person_id FROM notices")
    id = next(i for i, person in found if person == id_of(two))
    three.presses(f"{id}.0").sees("这个按钮认不出来")
