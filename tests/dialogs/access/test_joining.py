"""Coming in by link or by code; what strangers see; wrong codes."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from dialogs.access.codes import shown
from dialogs.access.permissions import Role
from dialogs.replies import File, Made, Message
from dialogs.store import invitations, journal, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from templates.messages import message
from tests.dialogs.access.conftest import code_in
from tests.dialogs.county import County, Somebody

Code = Callable[..., str]
WRONG = "-".join(["ABCD", "1234"] * 3 + ["EFGH"])
BAD = message("access/bad_code")


def rights(county: County, somebody: Somebody) -> people.Rights:
    with reading(county.office.engine) as c:
        return people.rights_of(c, somebody.id)


def test_a_stranger_hears_how_to_come_in_and_nothing_else(county: County) -> None:
    county.filing(county.unit("民政局"))
    stranger = county.stranger()
    for text in ("你好", "/start", "/help", "帮助", "小县民政局", "37", "新的填报", "目录", "1", "？", "提交", "成员名单x"):
        stranger.says(text).sees("你现在还没有加入任何单位", "邀请")
        assert stranger.buttons == []
        assert "民政局" not in stranger.text
    stranger.arrives({"pressed": "00000001.0"})
    stranger.works().sees("你现在还没有加入任何单位")


def test_a_shortened_code_is_noticed_without_counting(county: County) -> None:
    stranger = county.stranger()
    for _ in range(7):
        stranger.says("ABCD-1234-EFGH").sees("28 个字母和数字，你发的有 12 个")


def test_somebody_comes_in_by_the_link(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    county.filing(unit)
    stranger = county.stranger()
    stranger.says(f"/start i{code(unit, name='张三')}").sees("张三，欢迎！你已经加入民政局，身份是填报人", "你手上的填报")
    assert rights(county, stranger).units == {unit: {Role.FILLER}}


def test_somebody_comes_in_by_the_typed_code_and_is_asked_for_a_name(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    stranger = county.stranger()
    stranger.says(shown(code(unit)).lower()).sees("欢迎！你已经加入民政局", "怎么称呼你")
    stranger.says("？").sees("不是姓名").says("我叫张三").sees("记住了，张三").says("我的").sees("张三", "民政局：填报人")


def test_whoever_sends_the_code_they_came_in_by_once_more_has_not_tried_a_wrong_one(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    made = code(unit, name="张三")
    member = county.stranger()
    member.says(made)
    for _ in range(6):
        member.says(shown(made).lower().replace("-", " ")).sees("你已经用这个邀请码进来了，是民政局的填报人")
    county.leaves(member, unit)
    member.says(made)
    assert member.text == BAD


def test_a_member_comes_into_a_second_unit_in_the_middle_of_a_question_and_loses_nothing(county: County, code: Code) -> None:
    unit, second = county.unit("民政局"), county.unit("社保中心")
    filing = county.filing(unit)
    filler = county.filler(unit)
    filler.says("/start").taps("民政局 · 2020年度 · 小表").says("37")
    filler.says(code(second, Role.REVIEWER)).sees("你已经加入社保中心，身份是审核人")
    assert rights(county, filler).units == {unit: {Role.FILLER}, second: {Role.REVIEWER}}
    assert list(county.answers(filing)) == ["quota"]
    filler.taps("民政局 · 2020年度 · 小表").sees("年末在职多少人")


@pytest.mark.parametrize("kind", ["unknown", "used", "expired", "revoked", "closed"])
def test_the_answer_is_the_same_whatever_is_wrong_with_a_code(county: County, code: Code, kind: str) -> None:
    unit = county.unit("民政局")
    made = code(unit)
    match kind:
        case "unknown":
            made = WRONG
        case "used":
            county.stranger().says(made)
        case "expired":
            county.clock.now += 72 * 3600
        case "revoked":
            with writing(county.office.engine) as c:
                assert invitations.revoke(c, invitations.listed(c, unit=unit)[0].id, county.clock())
        case "closed":
            with writing(county.office.engine) as c:
                c.execute(t.units.update().values(closed_at=1))
    stranger = county.stranger()
    for typed in (made, f"/start i{made}"):
        stranger.says(typed)
        assert stranger.text == BAD
    assert rights(county, stranger).none


def test_after_five_wrong_codes_the_right_one_waits_for_an_hour(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    good = code(unit)
    stranger = county.stranger()
    for _ in range(5):
        stranger.says(WRONG)
        assert stranger.text == BAD
    stranger.says(good).sees("先歇一个小时")
    county.clock.now += 3599
    stranger.says(good).sees("先歇一个小时")
    county.clock.now += 1
    stranger.says(good).sees("你已经加入民政局")
    other = county.stranger()
    other.says(WRONG)
    assert other.text == BAD


def test_a_wrong_code_leaves_a_member_at_the_question(county: County) -> None:
    unit = county.unit("民政局")
    filing = county.filing(unit)
    filler = county.filler(unit)
    filler.says("/start").taps("民政局 · 2020年度 · 小表").says(WRONG)
    assert filler.text == BAD
    filler.says("37").sees("年末在职多少人")
    assert list(county.answers(filing)) == ["quota"]


def test_who_has_the_role_already_does_not_use_the_invitation_up(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    made = code(unit)
    county.filler(unit).says(made).sees("你已经是民政局的填报人了，这个邀请没有用掉")
    county.stranger().says(made).sees("你已经加入民政局")


def test_wrong_tries_and_joining_stand_in_the_journal_without_the_code(county: County, code: Code) -> None:
    made = code(county.unit("民政局"))
    stranger = county.stranger()
    stranger.says(WRONG).says(made)
    with reading(county.office.engine) as c:
        lines = journal.of_person(c, stranger.id)
        everything = " ".join(map(str, c.execute(select(t.journal)).all()))
    assert [line.act for line in lines] == ["denied", "joined"]
    assert made not in everything


def test_the_inviter_is_told_once_it_is_used(county: County) -> None:
    unit = county.unit("民政局")
    reviewer = county.reviewer(unit)
    reviewer.says("成员名单").taps("邀请同事").taps("填报人").says("张三").sees("转发给张三")
    code = code_in(reviewer)
    stranger = county.stranger()
    stranger.says(f"/start i{code}")
    told = [r for r in reviewer.replies if isinstance(r, Message)]
    assert [r.text.splitlines()[0] for r in told] == ["你发的邀请用上了：张三加入了民政局，身份是填报人。"]
    reviewer.taps("成员名单").sees("民政局 · 2 人", "张三：填报人")


def test_a_new_officer_is_told_to_every_administrator(county: County) -> None:
    one, two = county.administrator("陈科长"), county.administrator("林科长")
    one.says("成员名单").taps("邀请同事").taps("督查员（只看）").taps("不写名字")
    county.stranger("周主任").says(code_in(one))
    assert "周主任加入了小县，身份是督查员" in two.text
    assert "周主任加入了小县，身份是督查员" in one.text


def test_an_invitation_in_the_chat_is_kept_nowhere_in_clear(county: County) -> None:
    reviewer = county.reviewer(county.unit("民政局"))
    reviewer.says("成员名单").taps("邀请同事").taps("填报人").taps("不写名字")
    code = code_in(reviewer)
    with reading(county.office.engine) as c:
        for table in t.metadata.sorted_tables:
            rows = " ".join(map(str, c.execute(select(table)).all()))
            assert code not in rows, table.name
            assert shown(code) not in rows, table.name


def test_nobody_comes_in_from_a_group_or_through_somebody_elses_chat(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    made = code(unit)
    stranger = county.stranger()
    with reading(county.office.engine) as c:
        before = c.execute(select(func.count()).select_from(t.people)).scalar_one()
    arrival = stranger.arrives({"said": made})
    assert arrival.chat == arrival.person
    stranger.works().sees("你已经加入")
    with reading(county.office.engine) as c:
        assert c.execute(select(func.count()).select_from(t.people)).scalar_one() == before


def test_strangers_get_no_files(county: County) -> None:
    stranger = county.stranger()
    stranger.says("生成草稿")
    assert not [r for r in stranger.replies if isinstance(r, File | Made)]


def test_a_code_that_was_sent_lies_nowhere_in_clear_also_where_it_opened_nothing(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    made = code(unit)
    county.filler(unit).says(made).sees("这个邀请没有用掉").says(f"/start i{made}").says(shown(made).lower())
    with reading(county.office.engine) as c:
        for table in t.metadata.sorted_tables:
            rows = " ".join(map(str, c.execute(select(table)).all())).upper()
            assert made not in rows, table.name
            assert shown(made) not in rows, table.name
    county.stranger().says(made).sees("你已经加入民政局")
