"""In the chat: the buttons below a digest, and the settings of reminding, as people use them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.reminding.handing import hand_over
from dialogs.reminding.planning import replan
from dialogs.replies import Message
from dialogs.store.engine import reading, writing
from dialogs.store.tables import people
from templates import labels
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    return County(sqlite_engine, tiny_packs(tmp_path))


@pytest.fixture
def li(county: County) -> Somebody:
    """Reminded at nine on the 17th, a fortnight before the deadline."""
    unit = county.unit("小县民政局")
    filing = county.filing(unit)
    li = county.filler(unit)
    county.moves("2021-03-01 10:00").due("2021-03-31")
    with writing(county.office.engine) as c:
        replan(c, county.office, [filing])
    county.moves("2021-03-17 09:00").works()
    return li


def digest(somebody: Somebody) -> Message:
    found = [
        r for r in somebody.received if isinstance(r, Message) and any("明天再提醒" in b.text for row in r.buttons for b in row)
    ]
    return found[-1]


def presses(somebody: Somebody, label: str) -> Somebody:
    token = next(b.token for row in digest(somebody).buttons for b in row if b.text == label)
    return somebody.presses(token)


def test_the_button_leads_to_the_right_question_and_leaves_the_live_screen_alone(li: Somebody) -> None:
    li.sees("还有 14 天", "还没开始，一共 19 题", "编制数、在职人数、退休人数")
    presses(li, labels.GO_ON).sees("核定编制多少人？")
    li.says("37").sees("年末在职多少人？")
    presses(li, labels.SNOOZE_1).sees("好的，3月18日（星期四）再提醒你。")
    li.says(labels.BACK).sees("核定编制多少人？")  # the screen from before still lives
    presses(li, labels.GO_ON).sees("在职")


def test_tomorrow_means_tomorrow_once(county: County, li: Somebody) -> None:
    presses(li, labels.SNOOZE_1)
    assert county.moves("2021-03-17 18:00").works() is county
    assert li.replies == []
    county.moves("2021-03-18 09:00").works()
    li.sees("还有 13 天")
    county.moves("2021-03-19 09:00").works()
    assert li.replies == []


def test_three_days_later_but_the_deadline_itself_is_told(county: County, li: Somebody) -> None:
    county.moves("2021-03-30 09:00").works()
    presses(li, labels.SNOOZE_3).sees("4月2日（星期五）再提醒你", "3月31日（星期三）有表截止，截止当天我还是会说一声")
    county.moves("2021-03-31 09:00").works()
    li.sees("今天截止！")
    county.moves("2021-04-02 10:00").works()
    li.sees("已经过了 2 天")


def test_a_snoozed_reminder_of_what_is_finished_does_not_come(county: County, li: Somebody) -> None:
    from dialogs.access.permissions import State
    from dialogs.store import standing
    from dialogs.store.tables import filings

    presses(li, labels.SNOOZE_1)
    with writing(county.office.engine) as c:
        id = c.execute(filings.select()).one().id
        standing.move(c, id, [State.OPEN], State.SUBMITTED, county.clock())
    county.moves("2021-03-18 09:00").works()
    assert li.replies == []


def test_quiet_until_a_typed_day_and_back(county: County, li: Somebody) -> None:
    presses(li, labels.QUIET_UNTIL).sees("安静到哪一天？")
    li.says("昨天").sees("这一天已经到了")
    li.says("2月30日").sees("这一天不存在")
    li.says("随便").sees("没看懂是哪一天")
    li.says("10月1日").sees("最多安静 120 天")
    li.says("4月6日").sees("4月6日（星期二）之前我不主动发消息", "3月31日（星期三）有表截止，那时我不会提醒")
    for day in ("03-24", "03-30", "03-31", "04-02"):
        county.moves(f"2021-{day} 09:30").works()
        assert li.replies == []
    county.moves("2021-04-06 09:00").works()
    li.sees("已经过了 6 天")
    li.says("提醒设置").says("安静").says("5天")
    li.says("提醒设置").sees("安静到：4月11日（星期日）").taps(labels.NOT_QUIET).sees("提醒照常")
    li.taps(labels.BACK_TO_WORK)


def test_the_settings_page_ticks_and_keeps(county: County, li: Somebody) -> None:
    li.says("提醒设置").sees("工作日 9:00", "✓ 快截止").taps("✓ 快截止").sees("✗ 快截止")
    county.moves("2021-03-24 09:00").works()
    assert li.replies == []
    li.says("提醒设置").taps("✗ 快截止").taps(labels.DIGEST_TIME).says("随便").sees("没看懂这个时间")
    li.says("22点").sees("8:30 到 19:30").says("十点半").sees("工作日 10:30")
    li.taps(labels.QUIET_HOURS).says("8点到20点").sees("没有能提醒的时候").says("两点").sees("没看懂这个时段")
    li.says("中午12点到两点").sees("安静时段：12:00–14:00").taps(labels.QUIET_HOURS).taps(labels.NO_QUIET_HOURS)
    assert "安静时段：" not in li.text
    county.moves("2021-03-26 10:00").works()
    assert li.replies == []
    county.moves("2021-03-29 10:31").works()
    li.sees("还有 2 天")


def test_words_of_the_filling_work_on_the_settings_page(li: Somebody) -> None:
    presses(li, labels.GO_ON)
    li.says("提醒设置").says("目录").sees("人员")
    li.says("安静").says("目录").sees("人员")
    li.says("提醒设置").says("说点什么").sees("点下面的按钮改设置")


def test_somebody_elses_digest_buttons_mean_nothing(county: County, li: Somebody) -> None:
    stranger = county.filler(county.unit("另一家"), "别人")
    stranger.says("/start")
    token = next(b.token for row in digest(li).buttons for b in row if b.text == labels.SNOOZE_1)
    stranger.presses(token)
    assert "再提醒你" not in stranger.text
    with reading(county.office.engine) as c:
        assert all("snoozed" not in row.settings for row in c.execute(people.select()))


def test_a_reviewer_sees_only_what_concerns_reviewers(county: County, li: Somebody) -> None:
    reviewer = county.reviewer(county.unit("再一家"))
    reviewer.says("/start").says("提醒设置").sees("未交名单", "待审核")
    assert "逾期" not in reviewer.text


def test_what_waits_for_a_leaver_goes_to_the_successor(county: County, li: Somebody) -> None:
    from dialogs.store.tables import filings

    presses(li, labels.SNOOZE_1)
    with writing(county.office.engine) as c:
        filing = c.execute(filings.select()).one()
    wang = county.filler(filing.unit_id, "王会计")
    county.leaves(li, filing.unit_id)
    with writing(county.office.engine) as c:
        assert hand_over(c, county.office, li.id, wang.id, [filing.id]) == 1
    county.moves("2021-03-18 09:00").works()
    assert li.replies == []
    wang.sees("还有 13 天")
