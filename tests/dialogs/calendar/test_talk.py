"""The calendar in the chat: the administrator opens a year and moves dates, fillers ask when it is due."""

from pathlib import Path

from sqlalchemy import Engine, func, select

from dialogs.access.permissions import State
from dialogs.replies import Message
from dialogs.store.engine import reading
from dialogs.store.tables import filings, journal
from templates import labels
from tests.dialogs.calendar.green import DEPARTMENT, TITLE, Green, heard, last
from tests.dialogs.county import County
from tests.dialogs.desk import FORM, tiny_packs


def test_a_year_is_opened_and_begun_with_one_tap(engine: Engine, tmp_path: Path) -> None:
    """On SQLite and on PostgreSQL."""
    county = Green(engine, tmp_path, ("qingshan-2025",))
    chen = county.chen
    chen.says("日程").sees("【青山县 · 2025年度日程】", "3月31日（星期二）截止", "还没有开")
    chen.taps(labels.OPEN_YEAR).sees("评价哪一年？", TITLE)
    chen.says("明年").sees("没看懂是哪一年").says("2025年").sees("给哪些单位开？")
    chen.taps("部门（2）").sees("2025年度，部门，2 个单位", "会新开 2 份", "一个项目一份")
    chen.taps(labels.NOT_OPENED).sees("【青山县 · 2025年度日程】")
    chen.taps(labels.OPEN_YEAR).taps("2025年度").taps("全部 4 个单位").sees(
        "会新开 4 份", "还没有填报人的单位有 1 个：城南镇人民政府"
    )
    chen.taps(labels.OPEN_NOW).sees("2025年度开好了：新开 4 份", "会通知 3 位填报人", "没交 4 份")
    assert "青山县开了2025年度的表，卫生健康局要填" in heard(county.li)
    last(county.li).taps("开始填").sees("第 1 题")
    county.li.says("/start")  # and it stands on the start page, too
    last(chen).taps(labels.OPEN_YEAR).taps("2025年度").taps("全部 4 个单位").sees("这 4 份都已经开好了")
    assert labels.OPEN_NOW not in [b.text for b in chen.buttons]
    with reading(engine) as c:
        assert c.execute(select(func.count()).select_from(filings)).scalar() == 4
        assert c.execute(select(func.count()).select_from(journal).where(journal.c.act == "opened year")).scalar() == 1


def test_projects_are_opened_from_a_pasted_list(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path, ("qingshan-2025/project",))
    chen = county.chen.says("日程").taps(labels.OPEN_YEAR).taps("2025年度").taps("全部 4 个单位")
    chen.sees("没有要开的", "一行一个，先单位、再项目")
    chen.says("卫生健康局 村医补助\n水利局 水库").sees("没有收：第 2 行：没有叫“水利局”的单位。", "例如：卫生健康局 村医补助")
    assert labels.OPEN_NOW not in [b.text for b in chen.buttons]
    chen.says("单位\t项目\n卫生健康局\t村医补助\n101，老街 路灯").sees("项目清单收到，2 个项目", "会新开 2 份")
    chen.taps(labels.OPEN_NOW).sees("新开 2 份")
    assert "项目支出绩效自评表 · 老街 路灯" in heard(county.zhao)


def test_a_date_is_moved_for_all(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    chen = county.chen
    chen.says("日程").taps(f"改 {TITLE}").sees("全县", "截止日现在是3月31日（星期二），还有 6 天（4 个工作日）", "改到哪天？")
    chen.says("好的").sees("没看懂是哪一天").says("3月1日").sees("已经过去了").says("3月31日").sees("本来就是")
    chen.says("4月4日").sees("截止日由3月31日（星期二）改到4月4日（星期六）", "是清明，不上班", "涉及 1 份填报")
    chen.taps(labels.LEAVE_DATE).sees("3月31日（星期二）截止")
    assert county.rows() == []
    chen.taps(f"改 {TITLE}").says("+8天").sees("改到4月8日（星期三）").says("因" * 201).sees("太长了", "为什么改？")
    chen.says("上级要求先培训").sees("改好了", "4月8日（星期三）截止", "会告诉 2 个人")
    assert "原因：上级要求先培训" in heard(county.li)
    last(county.li).taps(labels.CONTINUE).sees("第 1 题")
    last(chen).taps(f"改 {TITLE}").taps("改审核完").sees("审核完的日子现在是4月30日（星期四）").says("4月1日").sees(
        "不能早于截止日"
    )
    chen.says("5月15日").taps(labels.DATE_REASONS[0]).sees("审核完的日子 4月30日（星期四） → 5月15日（星期五）")


def test_one_unit_gets_more_time(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    for unit in (county.health, county.civil):
        county.filing(unit, DEPARTMENT)
    county.filing(county.town, DEPARTMENT, state=State.SUBMITTED)
    chen = county.chen
    chen.says("日程").taps(labels.EXTEND).sees("给哪个单位延期？").says("水利局").sees("没有找到“水利局”")
    chen.says("城关镇").sees("这一年的表都交了").says("102").sees("这一年还没有开表")
    chen.says("局").sees("是哪一个？").taps("001 卫生健康局").sees(f"卫生健康局 · {TITLE}", "还有 6 天")
    chen.says("再给5个工作日").sees("改到4月8日（星期三）").taps(labels.DATE_REASONS[2])
    chen.sees("单独定了日子的", f"卫生健康局 · {TITLE}：4月8日（星期三）截止（{labels.DATE_REASONS[2]}）")
    assert "4月8日" in heard(county.li)
    assert "4月8日" not in heard(county.wang)
    chen.taps(labels.EXTEND).says("卫健局").taps(labels.NO_OWN_DATE).sees("不再单独定", "3月31日（星期二）")
    chen.says("不需要了")
    assert "单独定了日子的" not in chen.text
    assert [row["due"] for row in county.rows()] == ["2026-04-08", ""]


def test_the_page_understands_what_is_typed_on_it(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    county.chen.says("日程").says("1").sees("全县", "改到哪天？").taps(labels.LEAVE_DATE)
    county.chen.says("部门整体").sees("全县", "改到哪天？").taps(labels.LEAVE_DATE)
    county.chen.says("卫健局").sees("卫生健康局", "改到哪天？").taps(labels.LEAVE_DATE)
    county.chen.says("哈哈").sees("点一个按钮就行", "2025年度日程")


def test_a_unit_with_several_forms(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path, ("qingshan-2025",))
    county.filing(county.health, DEPARTMENT)
    county.filing(county.health, "qingshan-2025/project", project="村医补助")
    chen = county.chen
    chen.says("日程").taps(labels.EXTEND).says("卫生").sees(
        "卫生健康局还没交的", "项目支出绩效自评表 · 村医补助：3月20日（星期五）截止"
    )
    chen.taps("项目支出绩效自评表 · 村医补助").sees("已经过了 5 天").says("4月10日").says("下雪")
    chen.taps(labels.EXTEND).says("卫生").taps(labels.ALL_ITS_FORMS).sees("卫生健康局 · 2 张表").says("4月15日").says("统一延")
    chen.sees("村医补助：4月10日（星期五）截止（下雪）", f"{TITLE}：4月15日（星期三）截止（统一延）")
    chen.taps(labels.MOVE_ALL).sees("全县 · 2 张表").says("5月8日").says("全县顺延").sees("单独定了更早的日子，没有跟着动")


def test_anybody_asks_when_it_is_due(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    filing = county.filing(county.health, DEPARTMENT)
    li = county.li
    li.says("/start").sees("还有 6 天", "3月31日（星期二）截止")
    li.says("还有几天？").sees("今天是3月25日（星期三）", f"{TITLE}（2025年度）：3月31日（星期二）截止，还有 6 天（4 个工作日）")
    li.taps(f"{TITLE}（还有 6 天）").sees("第 1 题", "还有 6 天")
    question = li.buttons
    li.says("什么时候交").sees("还有 6 天", "接着答上面那一题就行")
    assert not li.buttons  # the question above is still the live one
    li.presses(question[0].token)
    assert "已经过期" not in li.text
    county.moves("2026-04-02 09:00")
    li.says("目录").says("截止").sees("已经过了 2 天")
    county.head.says("截止时间").sees(TITLE)
    assert filing


def test_far_from_the_last_day_a_question_says_nothing_of_it(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    county.moves("2026-02-10 09:00")
    county.li.says("/start")
    assert "还有" not in county.li.text
    last(county.li).taps(f"卫生健康局 · 2025年度 · {TITLE}").sees("第 1 题")
    assert "还有" not in county.li.text.partition("第 1 题")[2]


def test_states_in_ones_own_list(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT, state=State.SUBMITTED)
    county.filing(county.civil, DEPARTMENT, state=State.APPROVED)
    county.li.says("截止日期").sees("已经提交，等审核，4月30日（星期四）前审完")
    county.wang.says("期限").sees("已经审核通过")
    county.zhao.says("截止").sees("你手上现在没有要交的表")
    county.chen.says("截止").sees("看全县的日子，点“日程”").taps(labels.CALENDAR).sees("2025年度日程")


def test_nobody_else_reaches_the_countys_calendar(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    for somebody in (county.li, county.head):
        somebody.says("日程")
        assert "年度日程】" not in somebody.text
    looking = county.overseer().says("日程").sees("2025年度日程】", "3月31日（星期二）截止")  # may look, and nothing more
    assert [b.text for b in looking.buttons] == [labels.BUREAU_BACK]
    looking.says("1").sees("要由有这个权限的人")
    chen = county.chen.says("日程").taps(f"改 {TITLE}")
    county.joins(chen, county.civil, "observer")
    county.dismisses(chen)
    chen.says("4月10日")
    assert "要由有这个权限的人" in chen.text
    chen.presses(next(b.token for b in last(chen).buttons if b.text.startswith("4月")))
    assert "已经不算数了" in chen.text  # the page went with the office
    assert county.rows() == []


def test_a_date_typed_after_somebody_else_moved_it_is_looked_at_anew(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    one, other = county.chen, county.administrator("第二位")
    one.says("日程").taps(f"改 {TITLE}").says("4月10日").sees("为什么改？")
    other.says("日程").taps(f"改 {TITLE}").says("4月10日").says("开会定的").sees("改好了")
    one.says("我也这么定")
    assert len(county.rows()) == 1
    assert "本来就是这样" in one.text


def test_a_pack_without_dates_gets_them_from_the_county(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"), name="小县")
    county.moves("2021-03-01 10:00")
    unit = county.unit("小局")
    filler, chen = county.filler(unit), county.administrator()
    county.filing(unit, FORM)
    filler.says("截止").sees("没有定截止日")
    chen.says("日程").sees("没有定日子", "到期不会提醒").taps("改 小表").sees("截止日还没有定", "定在哪天？")
    chen.says("3月31日").sees("原因可以不写").taps(labels.SET_WITHOUT_REASON).sees("没有定 → 3月31日（星期三）")
    filler.says("截止").sees("3月31日（星期三）截止，还有 30 天（22 个工作日）")
    messages = [r for r in filler.received if isinstance(r, Message)]
    assert any("截止定在3月31日（星期三）" in m.text for m in messages)
