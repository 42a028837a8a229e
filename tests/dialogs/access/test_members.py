"""Members: seen, invited, taken out, leaving; hats."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from dialogs.access.permissions import Role
from dialogs.replies import Made
from dialogs.store import invitations, journal, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from tests.dialogs.access.conftest import code_in
from tests.dialogs.county import County, Somebody

Code = Callable[..., str]


def labels_of(somebody: Somebody) -> list[str]:
    return [b.text for b in somebody.buttons]


def test_everybody_of_a_unit_sees_who_belongs_to_it(county: County) -> None:
    unit = county.unit("民政局")
    county.filler(unit, "李会计"), county.reviewer(unit, "王局长")
    observer = county.observer(unit, "赵督察")
    observer.says("成员名单").sees("民政局 · 3 人", "1. 李会计：填报人", "2. 王局长：审核人", "3. 赵督察（你）：观察员")
    assert labels_of(observer) == ["我的", "回首页"]


@pytest.mark.parametrize(
    ("who", "roles"),
    [("filler", []), ("reviewer", ["填报人", "观察员"]), ("administrator", ["填报人", "审核人", "观察员"])],
)
def test_whom_each_may_invite(county: County, who: str, roles: list[str]) -> None:
    unit = county.unit("民政局")
    somebody = county.administrator() if who == "administrator" else county.member(unit, "某人", who)
    if who == "administrator":
        county.joins(somebody, unit, "observer")
        somebody.says("成员名单").taps("民政局")
    else:
        somebody.says("成员名单")
    somebody.taps("邀请同事")
    if who == "filler":  # one role only: nothing to choose
        somebody.sees("请一位填报人加入民政局")
    else:
        assert labels_of(somebody)[:-1] == roles


def test_a_name_that_is_none_is_asked_again(county: County) -> None:
    filler = county.filler(county.unit("民政局"))
    filler.says("成员名单").taps("邀请同事").says("12345").sees("这好像不是姓名", "叫什么名字")
    filler.says("张").sees("只有一个字").says("张" * 30).sees("太长了").says("张三").sees("转发给张三")


def test_open_invitations_are_listed_and_taken_back(county: County) -> None:
    unit = county.unit("民政局")
    reviewer = county.reviewer(unit)
    reviewer.says("成员名单").taps("邀请同事").taps("填报人").says("张三")
    code = code_in(reviewer)
    reviewer.taps("成员名单").taps("没用的邀请 1").sees("1. 张三，填报人，还剩 72 小时")
    reviewer.taps("收回 1").sees("收回了", "民政局 · 1 人")
    county.stranger().says(code).sees("这个邀请码不能用")


def test_one_person_has_not_hundreds_of_invitations_open(county: County) -> None:
    unit = county.unit("民政局")
    filler = county.filler(unit)
    with writing(county.office.engine) as c:
        rows = [(invitations.Invitation(f"x{n}", None, unit, "filler", "", filler.id, 0, 2**40), f"{n}") for n in range(50)]
        invitations.create_many(c, rows)
    filler.says("成员名单").taps("邀请同事").taps("不写名字").sees("你已经有 50 个邀请还没人用")


def test_somebody_taken_out_sees_nothing_from_the_very_next_message_on(county: County) -> None:
    unit = county.unit("民政局")
    filing = county.filing(unit)
    filler, reviewer = county.filler(unit, "李会计"), county.reviewer(unit)
    filler.says("/start").taps("民政局 · 2020年度 · 小表").says("37")
    alive = filler.buttons[0].token
    reviewer.says("成员名单").taps("移出成员").taps("李会计").sees("把李会计（填报人）移出民政局？")
    reviewer.taps("确认移出").sees("李会计已经不在民政局了", "民政局 · 1 人")
    assert "你已经不在民政局的名单里了" in filler.text
    before = county.answers(filing)
    for deed in ({"pressed": alive}, {"said": "31"}, {"said": "/start"}, {"said": "目录"}, {"said": "生成草稿"}):
        filler.arrives(deed)
        filler.works().sees("你现在还没有加入任何单位")
        assert "民政局" not in filler.text
    assert county.answers(filing) == before
    with reading(county.office.engine) as c:  # what was written stays, under the name of who wrote it
        assert c.execute(select(t.answers.c.person_id)).scalars().all() == [filler.id]
        removal = journal.of_person(c, reviewer.id)[-1]
    assert (removal.act, removal.unit_id, removal.detail) == ("removed", unit, {"whom": filler.id})


def test_a_document_on_its_way_is_withheld_from_somebody_taken_out(county: County) -> None:
    from dialogs.outgoing import Withheld, sheet
    from dialogs.replies import Picture

    unit = county.unit("民政局")
    county.filing(unit)
    filler = county.filler(unit)
    filler.says("/start").taps("民政局 · 2020年度 · 小表").says("生成草稿")
    document = next(r for r in filler.replies if isinstance(r, Picture))
    assert sheet(county.office, document, filler.chat).content
    county.leaves(filler, unit)
    with pytest.raises(Withheld):
        sheet(county.office, document, filler.chat)


@pytest.mark.parametrize(("who", "sees"), [("filler", False), ("observer", False), ("reviewer", True)])
def test_who_may_take_people_out(county: County, who: str, sees: bool) -> None:
    unit = county.unit("民政局")
    county.filler(unit, "李会计")
    somebody = county.member(unit, "某人", who).says("成员名单")
    assert ("移出成员" in labels_of(somebody)) is sees


def test_a_reviewer_does_not_take_a_reviewer_out(county: County) -> None:
    unit = county.unit("民政局")
    one, _ = county.reviewer(unit, "王局长"), county.reviewer(unit, "马局长")
    one.says("成员名单")
    assert "移出成员" not in labels_of(one)
    county.joins(county.filler(unit, "李会计"), unit, "reviewer")
    one.says("成员名单")
    assert "移出成员" not in labels_of(one)


def test_leaving_is_confirmed_and_the_only_filler_is_warned(county: County) -> None:
    unit = county.unit("民政局")
    filler = county.filler(unit)
    filler.says("退出单位").sees("退出民政局（填报人）？", "唯一的填报人").taps("取消").sees("民政局：填报人")
    filler.taps("退出单位").taps("确认退出").sees("你已经退出民政局", "你现在还没有加入任何单位")
    with reading(county.office.engine) as c:
        assert people.rights_of(c, filler.id).none
        assert journal.of_person(c, filler.id)[-1].act == "left"


def test_the_only_administrator_does_not_leave(county: County) -> None:
    admin = county.administrator()
    admin.says("退出单位").sees("小县只有这一位管理员")
    county.administrator("林科长")
    admin.says("退出单位").taps("确认退出").sees("你已经退出小县")


def test_invitations_of_somebody_who_leaves_open_nothing(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    filler = county.filler(unit)
    made = code(unit, by=filler)
    filler.says("退出单位").taps("确认退出")
    county.stranger().says(made).sees("这个邀请码不能用")


def test_two_hats_are_shown_and_changed_with_one_tap(county: County) -> None:
    unit, other = county.unit("民政局"), county.unit("社保中心")
    county.filing(unit)
    somebody = county.member(unit, "李会计", "filler")
    county.joins(somebody, other, "reviewer")
    somebody.says("/start").sees("· 民政局：填报人", "· 社保中心：审核人", "现在的身份：填报人")
    somebody.taps("改当审核人").sees("现在的身份：审核人").taps("改当填报人").sees("现在的身份：填报人")
    somebody.says("换身份").sees("现在的身份：审核人")


def test_one_role_is_not_talked_about(county: County) -> None:
    filler = county.filler(county.unit("民政局")).says("/start")
    assert "身份" not in filler.text
    filler.says("换身份").sees("你在这里只有一个身份：填报人")


def test_somebody_with_two_hats_in_one_unit_fills_and_reviews(county: County) -> None:
    unit = county.unit("民政局")
    county.filing(unit)
    somebody = county.member(unit, "李会计", "filler", "reviewer")
    somebody.says("/start").taps("民政局 · 2020年度 · 小表").sees("现在的身份：填报人", "核定编制多少人？")
    somebody.says("换身份").sees("现在的身份：审核人")
    somebody.says("换身份").sees("核定编制多少人？")


def test_my_data_comes_as_a_file_of_ones_own(county: County) -> None:
    from dialogs.outgoing import sheet

    unit = county.unit("民政局")
    county.filing(unit)
    filler, other = county.filler(unit, "李会计"), county.filler(unit, "孙会计")
    filler.says("/start").taps("民政局 · 2020年度 · 小表").says("37").says("我的资料")
    (made,) = [r for r in filler.replies if isinstance(r, Made)]
    file = sheet(county.office, made, filler.chat)
    text = file.content.decode("utf-8-sig")
    assert file.name == "我的资料_2021-03-01.txt"
    assert "姓名：李会计" in text
    assert "民政局：填报人" in text
    assert "编制数：没有填 → 37 人" in text
    assert "孙会计" not in text
    assert "孙会计" in sheet(county.office, made, other.says("我的").chat).content.decode("utf-8-sig")


def test_somebody_removed_still_gets_ones_own_data(county: County) -> None:
    unit = county.unit("民政局")
    filler = county.filler(unit)
    filler.says("/start")
    county.leaves(filler, unit)
    filler.says("我的资料")
    assert [r for r in filler.replies if isinstance(r, Made)]


def test_a_filler_joining_a_unit_with_fillers_may_succeed_one(county: County, code: Code) -> None:
    unit = county.unit("民政局")
    county.filler(unit, "李会计")
    stranger = county.stranger()
    stranger.says(code(unit, Role.FILLER, "张三")).sees("这里的填报人还有李会计")
    assert labels_of(stranger) == ["回首页", "接替一位同事"]


def test_an_administrator_finds_one_of_many_units_by_a_part_of_its_name(county: County) -> None:
    units = [county.unit(f"第{n}中学", code=f"{n:03}") for n in range(1, 31)]
    county.filler(units[6], "李会计")
    admin = county.administrator()
    admin.says("成员名单").taps("某个单位的成员").sees("小县有 30 个单位").says("中学").sees("可能是：第1中学").says("没有").sees(
        "没有找到"
    )
    admin.says("第7中").sees("第7中学 · 1 人", "李会计：填报人").taps("邀请同事").taps("审核人").says("王校长").sees(
        "转发给王校长"
    )
    admin.taps("回首页").taps("我的").taps("成员名单").taps("某个单位的成员").says("030").sees("第30中学 · 0 人", "还没有人加入")


def test_who_has_no_office_finds_no_units(county: County) -> None:
    filler = county.filler(county.unit("民政局"))
    filler.says("成员名单")
    assert "某个单位的成员" not in labels_of(filler)


def test_nobody_takes_back_an_invitation_only_somebody_else_may_give(county: County) -> None:
    unit = county.unit("民政局")
    filler, boss = county.filler(unit), county.administrator()
    boss.says("/start")
    with writing(county.office.engine) as c:
        row = invitations.Invitation("forhead1", None, unit, "reviewer", "王局长", boss.id, county.clock(), county.clock() + 9999)
        invitations.create_many(c, [(row, "hash")])
    filler.says("成员名单")
    assert "没用的邀请" not in str([b.text for b in filler.buttons])
    with reading(county.office.engine) as c:
        assert c.execute(select(t.invitations.c.revoked_at)).scalar_one() is None
