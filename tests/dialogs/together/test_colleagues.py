"""A question put to a colleague, member or not: read by the same reader, arriving as a proposal, taken or not by the owner."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.office import Office
from dialogs.store import journal, office_settings, people
from dialogs.store.engine import reading, writing
from dialogs.together.enquiries import LASTS
from templates import labels
from tests.dialogs.desk import Filler
from tests.dialogs.together.notices import presses_notice, told
from tests.dialogs.together.team import id_of, named, office_on, rows, team


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    office = replace(office_on(engine, tmp_path), open_door=True)
    with writing(office.engine) as c:
        office_settings.put(c, office_settings.BOT_NAME, "ziping_test_bot")
    return office


def link_in(filler: Filler) -> str:
    """What the link in the latest messages sends to the bot."""
    found = re.search(r"t\.me/ziping_test_bot\?start=(c\w+)", filler.text)
    assert found, filler.text
    return found[1]


def test_a_member_is_asked_and_the_owner_takes_the_reply(office: Office) -> None:
    one, two = team(office)
    one.says("问同事").sees("“编制数”问谁？").says("看看去年的批文").sees("附的话：看看去年的批文").taps("李四")
    one.sees("已经问了李四，回了我就告诉你", "核定编制多少人？")
    assert "张三想请你帮忙看一题" in told(two)[-1]
    assert "核定编制多少人？（单位：人）" in told(two)[-1]
    assert "张三说：看看去年的批文" in told(two)[-1]
    presses_notice(two, labels.REPLY).says("好多").sees("没", "核定编制多少人？").says("三十七")
    two.sees("“编制数”：37 人", "发给张三吗？").taps(labels.SEND_REPLY).sees("谢谢！已经转给张三")
    two.taps(labels.CONTINUE).sees("核定编制多少人？")
    assert one.answers() == {}
    assert told(one)[-1].startswith("李四回复了“编制数”：37 人")
    presses_notice(one, labels.ACCEPT).sees("采用了李四的：“编制数”37 人", "年末在职多少人？")
    assert one.answers()["quota"].value == 37
    one.says("第1题").taps(labels.EXPLAIN).taps(labels.HISTORY).sees("李四（你采用）\n　填 37 人")
    assert told(two)[-1] == "张三采用了你对“编制数”的回复，谢谢！"
    presses_notice(one, labels.ACCEPT).sees("已经采用过了")
    with reading(office.engine) as c:
        acts = [line.act for line in journal.of_filing(c, one.filing.id)]
    assert acts == ["asked", "replied", "accepted reply"]


def test_somebody_outside_answers_by_a_link_and_sees_this_question_only(office: Office) -> None:
    one, _ = team(office)
    one.says("37")
    one.taps(labels.EXPLAIN).taps(labels.COLLEAGUE).taps(labels.ASK_BY_LINK).sees(
        "把下面这条转发", "年末在职多少人？", "不用注册"
    )
    payload = link_in(one)
    shut = replace(office, open_door=False)
    guest = Filler(shut, "9")
    guest.says(f"/start {payload}").sees("张三想请你帮忙看一题", "年末在职多少人？", "直接把答案发给我")
    assert "37" not in guest.text
    guest.says("大概31").sees("31 人（暂估）").taps(labels.SEND_REPLY).sees("怎么称呼你？").says("1").sees("2–20 个字")
    guest.says("王主任").sees("谢谢！已经转给张三")
    guest.says("目录")
    assert "编制" not in guest.text
    guest.says(f"/start {payload}").sees("你已经回复过了")
    other = Filler(shut, "8")
    other.says(f"/start {payload}").sees("这个问题已经有回复了")
    presses_notice(one, labels.ACCEPT).sees("采用了王主任的：“在职人数”31 人（暂估）")
    assert one.answers()["staff"].provisional
    assert [r for r in rows(office, "SELECT * FROM memberships") if id_of(guest) in r] == []
    stored = str([rows(office, f"SELECT * FROM {t}") for t in ("outbox", "proposals", "journal", "conversations")])
    assert payload[1:] not in stored


def test_the_code_of_a_question_is_understood_as_it_is_typed_on_a_phone(office: Office) -> None:
    one, _ = team(office)
    one.taps(labels.EXPLAIN).taps(labels.COLLEAGUE).taps(labels.ASK_BY_LINK)
    payload = link_in(one)
    typed = " ".join(payload.lower()[n : n + 4] for n in range(0, len(payload), 4))
    guest = Filler(replace(office, open_door=False), "9")
    guest.says(f" {typed}。").sees("张三想请你帮忙看一题", "核定编制多少人？")


def test_answered_meanwhile_both_are_shown(office: Office) -> None:
    one, two = team(office)
    one.says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).says("40").taps(labels.SEND_REPLY)
    one.says("37")
    presses_notice(one, labels.ACCEPT).sees("“编制数”已经有答案了", "你（08:00）：37 人", "李四（08:00）回复：40 人", "用哪个？")
    one.taps("用李四的").sees("采用了李四的：“编制数”40 人")
    assert one.answers()["quota"].value == 40
    one.taps(labels.UNDO)
    assert one.answers()["quota"].value == 37


def test_the_owner_may_decline_and_keeps_the_answer(office: Office) -> None:
    one, two = team(office)
    one.says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).says("40").taps(labels.SEND_REPLY)
    presses_notice(one, labels.DECLINE).sees("好的，李四的回复没有用")
    assert one.answers() == {}
    presses_notice(one, labels.ACCEPT).sees("已经说过不用了")


def test_two_owners_decide_once(office: Office) -> None:
    one, two, three = team(office, ("张三", "李四", "王五"))
    one.says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).says("40").taps(labels.SEND_REPLY)
    three.says("问同事").sees("李四回复：40 人").taps("看李四的回复").sees("采用了李四的：“编制数”40 人")
    presses_notice(one, labels.ACCEPT).sees("已经采用过了")


def test_withdrawn_expired_and_answered_questions_say_so(office: Office) -> None:
    one, two = team(office)
    one.says("问同事").taps("李四")
    one.says("问同事").sees("李四，还没回").taps("收回（李四）").sees("收回了")
    presses_notice(two, labels.REPLY).sees("张三已经收回了这个问题")
    one.says("第2题").says("问同事").taps("李四")
    office.clock.goes(LASTS)
    presses_notice(two, labels.REPLY).sees("过了期限")


def test_a_colleague_who_does_not_know_says_so(office: Office) -> None:
    one, two = team(office)
    one.says("问同事").taps("李四")
    presses_notice(two, labels.DO_NOT_KNOW).sees("我告诉张三")
    assert told(one)[-1] == "李四说不清楚“编制数”，再问问别人吧。"
    presses_notice(one, labels.COLLEAGUE).sees("“编制数”问谁？")


def test_a_wrong_link_a_forged_button_and_somebody_who_left_get_nothing(office: Office) -> None:
    one, two = team(office)
    guest = Filler(replace(office, open_door=False), "9")
    guest.says("/start cAAAA").sees("这个链接打不开")
    one.says("问同事").taps("李四")
    id = rows(office, "SELECT id FROM notices")[0][0]
    three = named(Filler(office, "7"), "赵七")
    three.presses(f"{id}.0").says("40")
    person, unit = id_of(two), one.filing.unit_id
    with writing(office.engine) as c:
        people.leave(c, person, unit)
    presses_notice(two, labels.REPLY).sees("你已经不在那个单位了")
    assert rows(office, "SELECT answer FROM proposals") == [(None,)]


def test_lines_of_a_table_and_ticks_can_be_asked_for(office: Office) -> None:
    one, two = team(office)
    one.says("第10题").says("业务专项 56").says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).says("养老补助 20").sees("养老补助").taps(labels.SEND_REPLY)
    presses_notice(one, labels.ACCEPT).sees("已经有答案了").taps(labels.ADD_LINES)
    assert [r.cells[0] for r in one.answers()["projects"].value] == ["业务专项", "养老补助"]
    one.says("第11题").says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).sees("① 符合法律法规").says("1 2").taps(labels.SEND_REPLY)
    presses_notice(one, labels.ACCEPT).sees("采用了李四的")
    assert one.answers()["goals"].value == ("law", "plan")
    one.says("第13题").says("问同事").taps("李四")
    presses_notice(two, labels.REPLY).taps(labels.NO).taps(labels.SEND_REPLY)
    presses_notice(one, labels.ACCEPT)
    assert one.answers()["has_fund"].value is False


def test_the_reply_of_two_at_one_link_is_kept_once(engine: Engine, tmp_path: Path) -> None:
    office = office_on(engine, tmp_path)
    with writing(office.engine) as c:
        office_settings.put(c, office_settings.BOT_NAME, "ziping_test_bot")
    (one,) = team(office, ("张三",))
    one.says("问同事").taps(labels.ASK_BY_LINK)
    payload = link_in(one)
    guests = [named(Filler(office, str(n)), f"客人{'甲乙丙'[n - 7]}") for n in (7, 8, 9)]
    for n, guest in enumerate(guests):
        guest.says(f"/start {payload}").says(str(30 + n))
    sent = [g.taps(labels.SEND_REPLY).text for g in guests]
    assert ["已经转给" in text for text in sent] == [True, False, False]
    assert len(told(one)) == 1
