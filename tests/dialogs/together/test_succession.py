"""换人: the successor sees on one screen how everything stands; what is open moves along; the predecessor leaves or stays."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from dialogs.access.permissions import Role
from dialogs.office import Office
from dialogs.store import assignments, journal, members, notices
from dialogs.store.engine import reading, writing
from templates import labels
from tests.dialogs.county import County
from tests.dialogs.desk import Filler, tiny_packs
from tests.dialogs.together.notices import presses_notice, told
from tests.dialogs.together.team import id_of, office_on, rows, team


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return office_on(engine, tmp_path)


def at_work(office: Office) -> list[Filler]:
    """李四 has a part with a promised day, has asked 王五, and was asked by 张三."""
    one, two, three = team(office, ("张三", "李四", "王五"))
    one.says("分工").taps("人员").taps("李四").says("分工").taps("经费").taps("我来（张三）").taps(labels.NO_DAY)
    presses_notice(two, labels.WHICH_DAY).says("周五前").says("37")
    two.says("问同事").taps("王五")
    one.says("第13题").says("问同事").taps("李四")
    return [one, two, three]


def test_the_filler_hands_over_and_leaves(office: Office) -> None:
    one, two, three = at_work(office)
    two.says("换人").sees("谁来接你的工作", "填过的答案一个不动").taps("王五").sees("你的工作交给王五", "你还留在单位里吗？")
    two.taps("交接，我退出").sees("交接好了", "转过去 1 处分工、2 个问题", "李四已退出单位")
    with reading(office.engine) as c:
        assert {a.part: a.person for a in assignments.of_filing(c, one.filing.id)} == {
            "people": id_of(three),
            "money": id_of(one),
        }
        assert not any(m.id == id_of(two) for m in members.members_of(c, one.filing.unit_id))
        assert journal.of_person(c, id_of(two))[-1].act == "handed over"
    account = told(three)[-1]
    for words in (
        "李四把小县社会保险服务中心的工作交给了你",
        "2020年度 小表　填报中",
        "已填 1 / 19 题，还有 18 题",
        "○ 人员：你，答应3月5日（周五）前",
        "○ 经费：张三",
        "有 1 个问题等你回答",
    ):
        assert words in account, account
    two.says("40").sees("单位全称")
    three.says("/start").sees("【人员】", "年末在职多少人？")
    presses_notice(three, "回答：有政府性基金").taps("否").taps(labels.SEND_REPLY).sees("已经转给张三")
    assert one.answers()["quota"].value == 37


def test_a_reply_to_somebody_who_has_handed_over_reaches_the_successor(office: Office) -> None:
    one, two, three = at_work(office)
    two.says("换人").taps("张三").taps("交接，我还留着").sees("交接好了")
    presses_notice(three, labels.REPLY).says("31").taps(labels.SEND_REPLY).sees("已经转给张三")
    assert told(one)[-1].startswith("王五回复了“在职人数”：31 人")
    two.says("/start").says("1").sees("【质量】")


def test_the_successor_says_so_on_coming_in(office: Office) -> None:
    one, two, three = at_work(office)
    three.says("目录")
    unit = one.filing.unit_id
    button(three, f"succeed:{unit}", "abcdefghijkl").sees("你接替谁的工作？").taps("接替李四").sees("李四把", "○ 人员：你")
    assert "由王五接手了" in told(two)[-1]
    assert "你还留在单位里" in told(two)[-1]
    presses_notice(two, labels.ACCOUNT).sees("现在是这样", "○ 人员：王五")


def who(filler: Filler) -> str:
    """The id of somebody who is known."""
    return str(rows(filler.office, f"SELECT id FROM people WHERE address = '{filler.address}'")[0][0])


def button(filler: Filler, action: str, id: str) -> Filler:
    """Somebody presses a button that stands below a message from before."""
    person = who(filler)
    with writing(filler.office.engine) as c:
        notices.post(c, id, notices.Notice(person, "assigned", id, "x", [[("按", action)]]), 0, 0)
        c.execute(text("UPDATE notices SET state = 'sent' WHERE id = :id"), {"id": id})
    return filler.presses(f"{id}.0")


def test_what_waits_to_be_said_moves_and_is_said_once(office: Office) -> None:
    one, two, three = at_work(office)
    before = rows(office, "SELECT count(*) FROM notices WHERE state = 'waiting'")[0][0]
    two.says("换人").taps("王五").taps("交接，我退出")
    mine = rows(office, f"SELECT key FROM notices WHERE person_id = '{id_of(two)}' AND state = 'waiting'")
    assert mine == []
    after = rows(office, "SELECT count(*) FROM notices WHERE state = 'waiting'")[0][0]
    assert after == before + 1  # nothing is lost; the account comes behind
    assert one.answers()["quota"].value == 37
    assert any("张三请你填“人员”" in said for said in told(three))


def test_an_administrator_replaces_somebody_and_a_filler_cannot_take_another_out(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = County(sqlite_engine, tiny_packs(tmp_path))
    unit = county.unit("民政局")
    one, two = county.filler(unit, "李会计"), county.filler(unit, "王会计")
    boss = county.administrator()
    filing = county.filing(unit)
    ids = {f.address: who(f) for f in (one, two, boss)}
    button(boss, f"handover:{unit}", "aaaaaaaaaaaa").sees("要把谁换下来？").taps("李会计").sees("谁来接李会计的工作？").taps(
        "王会计"
    )
    boss.taps("交接，原来的人退出").sees("交接好了：民政局，李会计 → 王会计", "李会计已退出单位")
    with reading(sqlite_engine) as c:
        left = {m.name for m in members.members_of(c, unit) if Role.FILLER in m.roles}
    assert left == {"王会计"}
    three = county.filler(unit, "赵会计")
    button(three, f"hand:{unit}:{ids[two.address]}:{who(three)}:leave", "bbbbbbbbbbbb")
    with reading(sqlite_engine) as c:
        assert {m.name for m in members.members_of(c, unit) if Role.FILLER in m.roles} == {"王会计", "赵会计"}
        assert any(line.act == "denied" for line in journal.of_person(c, who(three)))
    assert filing


def test_somebody_alone_is_told_how_a_successor_comes_in(office: Office) -> None:
    (one,) = team(office, ("张三",))
    one.says("换人").sees("单位里还没有别的填报人", "接替一位同事").taps(labels.CANCEL).sees("核定编制多少人？")
