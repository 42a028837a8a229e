"""Surveys in the chat: made by a filler, answered once by anybody, closed, and proposed to the form."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from dialogs.access.permissions import State
from dialogs.outgoing import Withheld, sheet
from dialogs.replies import Made, Message
from dialogs.store import office_settings, surveys
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice, post
from dialogs.surveying.closing import close_due
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs

RATE, TALLIES = "hecheng-2020/department", "xundian-2023/department"


class Desk:
    """A filler before the survey of one item, and whoever follows its link."""

    def __init__(self, engine: Engine, folder: Path, form_id: str, label: str) -> None:
        self.county = County(engine, tiny_packs(folder), (form_id,))
        with writing(engine) as c:
            office_settings.put(c, office_settings.BOT_NAME, "xiaoxian_bot")
        self.form_id = form_id
        self.unit = self.county.unit("民政局")
        self.filler = self.county.filler(self.unit)
        self.filing = self.county.filing(self.unit, form_id)
        form = self.county.form(form_id)
        self.item = next(i for i in form.items.values() if i.label == label)
        self.number = form.numbers[self.item.id]
        self.filler.says("/start")
        self.filler.taps(next(b.text for b in self.filler.buttons if b.text.startswith("民政局")))
        self.page()

    def page(self) -> Somebody:
        self.filler.says(f"第{self.number}题").taps("满意度调查")
        return self.filler

    def begins(self) -> str:
        """The link of a survey as it is proposed."""
        self.filler.taps("发起调查")
        return self.link()

    def link(self) -> str:
        found = re.search(r"https://t\.me/xiaoxian_bot\?start=(s[0-9a-z]{16})\b", self.filler.text)
        assert found, self.filler.text
        return found[1]

    def answered_by(self, link: str, *taps: str) -> Somebody:
        """A stranger who follows the link and taps so many answers."""
        somebody = self.county.stranger().says(f"/start {link}")
        for tap in taps:
            somebody.taps(tap)
        return somebody

    @property
    def value(self) -> object:
        answer = self.county.answers(self.filing, self.form_id).get(self.item.id)
        return answer.value if answer else None


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path, RATE, "满意度调查结果")


@pytest.fixture
def questionnaire(sqlite_engine: Engine, tmp_path: Path) -> Desk:
    return Desk(sqlite_engine, tmp_path, TALLIES, "受益人群调查问卷")


def test_a_rate_is_asked_tallied_and_proposed(desk: Desk) -> None:
    link = desk.begins()
    for tap in ("非常满意", "满意", "基本满意", "不满意"):
        desk.answered_by(link, tap).sees("填好了，谢谢您")
    desk.filler.says("刷新").sees(
        "打开 4 人，收回 4 份，有效 4 份（至少要 30 份，还差 26 份）", "非常满意 1　满意 1　基本满意 1　不满意 1"
    )
    desk.filler.taps("结束调查").taps("结束，看结果").sees("满意率：3÷4＝75%", "不到 30 份，样本偏少")
    assert desk.value is None  # nothing stands in the form before the filler has said so
    desk.filler.taps("填进这一题").sees("已记：满意度调查结果 75%")
    assert desk.value == Decimal(75)
    desk.filler.says("检查一遍").sees("［需说明］“满意度调查结果”的满意度调查有效 4 份，少于 30 份")


def test_one_answer_a_person_and_nothing_says_whose(desk: Desk) -> None:
    link = desk.begins()
    person = desk.answered_by(link)
    token = next(b.token for b in person.buttons if b.text == "满意")
    person.presses(token).presses(token)  # the second one finds everything done
    person.says(f"/start {link}").sees("您已经填过了")
    with reading(desk.county.office.engine) as c:
        rows = c.execute(select(t.survey_answers)).fetchall()
        assert len(rows) == 1
        kept = json.dumps([list(map(str, row)) for row in rows])
        assert person.id not in kept
        assert person.address not in [str(v) for v in rows[0]]
        bodies = c.execute(select(t.inbox.c.body).where(t.inbox.c.chat == person.chat)).scalars().all()
        assert bodies[:3] == ["{}"] * 3  # which button was tapped is not to be read anywhere else
        state = c.execute(select(t.conversations.c.state).where(t.conversations.c.chat == person.chat)).scalar_one()
        assert "survey_tick" not in state
    desk.filler.says("结束调查").taps("结束，看结果")
    with reading(desk.county.office.engine) as c:
        assert c.execute(select(t.surveys.c.salt)).scalar_one() == ""  # from now on nobody can find out


def test_the_order_of_the_answers_tells_nobody_who_came_when(desk: Desk) -> None:
    link = desk.begins()
    for _ in range(12):
        desk.answered_by(link, "满意")
    desk.filler.says("结束调查").taps("结束，看结果").sees("有效 12 份")
    order = "rowid" if desk.county.office.engine.dialect.name == "sqlite" else "ctid"
    with reading(desk.county.office.engine) as c:
        lying = c.execute(select(t.survey_answers.c.respondent).order_by(text(order))).scalars().all()
    assert len(lying) == 12
    assert lying == sorted(lying)  # by a hash whose salt is gone


def test_a_respondent_sees_nothing_else_and_is_a_stranger_again(desk: Desk) -> None:
    person = desk.answered_by(desk.begins())
    person.sees("这是民政局的满意度调查，一共 1 题", "不记姓名")
    assert [b.text for b in person.buttons] == ["非常满意", "满意", "基本满意", "不满意"]
    for word in ("目录", "检查一遍", "佐证材料", "随便说说"):
        person.says(word)
        assert "得分" not in person.text
        assert "小表" not in person.text
    person.sends("F1", "照片.jpg").sees("这里不用发文件", "第 1/1 题")
    person.says("满意").sees("填好了")
    person.says("目录").sees("还没有加入任何单位")


def test_a_double_tap_counts_once_and_does_not_answer_the_next_question(desk: Desk) -> None:
    desk.filler.taps("改问题").says("您对窗口办事的速度满意吗？\n您对工作人员的态度满意吗？").sees(
        "2. 您对工作人员的态度满意吗？"
    )
    person = desk.answered_by(desk.begins())
    token = next(b.token for b in person.buttons if b.text == "满意")
    person.presses(token).sees("第 2/2 题")
    person.presses(token)
    person.presses(token)
    with reading(desk.county.office.engine) as c:
        assert c.execute(select(t.survey_answers.c.marks)).scalar_one() == "[1, null]"


def test_a_respondent_goes_back_and_may_stop_and_come_again(desk: Desk) -> None:
    desk.filler.taps("改问题").says("您对窗口办事的速度满意吗？\n您对工作人员的态度满意吗？")
    link = desk.begins()
    person = desk.answered_by(link, "不满意")
    person.taps("上一题").sees("第 1/2 题")
    person.taps("满意").sees("第 2/2 题")
    person.says("/start").sees("还没有加入任何单位")
    person.says(f"/start {link}").sees("第 2/2 题")
    desk.filler.says("刷新").sees("打开 1 人，收回 1 份，有效 0 份")
    person.says(f"/start {link}").taps("非常满意").sees("填好了")
    desk.filler.says("刷新").sees("有效 1 份", "非常满意 0　满意 1　基本满意 0　不满意 0")


def test_a_member_of_another_unit_answers_and_is_back_where_he_was(desk: Desk) -> None:
    link = desk.begins()
    other = desk.county.unit("水利局")
    colleague = desk.county.filler(other)
    desk.county.filing(other, desk.form_id)
    colleague.says("/start")
    colleague.taps(next(b.text for b in colleague.buttons if b.text.startswith("水利局")))
    asked = colleague.text
    colleague.says(f"/start {link}").taps("满意").sees("填好了", "水利局")
    assert asked.splitlines()[-1] in colleague.text
    desk.page().sees("有效 1 份")


def test_the_unit_s_own_people_look_and_are_not_counted(desk: Desk) -> None:
    link = desk.begins()
    desk.filler.says(f"/start {link}").sees("填了不计入").taps("非常满意").sees("没有计入")
    desk.page().sees("打开 0 人，收回 0 份，有效 0 份")


@pytest.mark.parametrize("code", ["s", "sxx", "s" + "z" * 16, "s0000 0000", "s" + "9" * 64])
def test_a_wrong_link_gets_a_kind_sentence(desk: Desk, code: str) -> None:
    desk.begins()
    desk.county.stranger().says(f"/start {code}").sees("这个调查链接没有打开")


def test_after_the_last_day_it_is_over_and_its_maker_is_told(desk: Desk) -> None:
    link = desk.begins()
    late = desk.answered_by(link)
    desk.answered_by(link, "满意")
    desk.county.moves("2021-03-15 23:59")
    assert not close_due(desk.county.office)
    desk.answered_by(link, "满意")
    desk.county.moves("2021-03-16 00:00")
    late.says("满意").sees("这个调查已经结束了")
    desk.county.stranger().says(f"/start {link}").sees("这个调查已经结束了")
    assert close_due(desk.county.office)
    assert not close_due(desk.county.office)
    with reading(desk.county.office.engine) as c:
        notice = c.execute(select(t.notices).where(t.notices.c.kind == "survey")).one()
    assert notice.person_id == desk.filler.id
    assert "有效 2 份" in notice.body
    assert json.loads(notice.actions) == [f"goto:{desk.filing}:survey:{desk.item.id}"]
    desk.page().sees("调查结束", "满意率：2÷2＝100%")


def test_dates_and_numbers_that_cannot_be_are_asked_again(desk: Desk) -> None:
    filler = desk.filler
    filler.taps("改截止日期").says("2月1日 2021").sees("没看懂是哪一天")
    filler.says("2021年2月1日").sees("2月1日已经过了")
    filler.says("2022年3月1日").sees("太远了")
    filler.says("5月1日").sees("截止：5月1日")
    filler.taps("改最少份数").says("很多").sees("请发一个整数")
    filler.says("0").sees("请发一个整数")
    filler.says("50份").sees("最少：50 份有效")
    filler.taps("改问题").says("好吗").sees("问题太短")
    filler.says("\n".join(f"您对第{n}件事满意吗？" for n in range(11))).sees("1 到 10 个")
    filler.taps("取消").sees("截止：5月1日", "最少：50 份有效")


def test_the_last_day_of_a_running_survey_moves(desk: Desk) -> None:
    link = desk.begins()
    desk.filler.taps("改截止日期").says("3月20日").sees("2021年3月20日截止")
    desk.county.moves("2021-03-18 12:00")
    desk.answered_by(link, "满意").sees("填好了")


def test_the_picture_is_for_whoever_may_read_the_filing(desk: Desk) -> None:
    desk.begins()
    made = desk.filler.taps("二维码图片").replies[-1]
    assert isinstance(made, Made)
    assert "不记姓名" in made.caption
    picture = sheet(desk.county.office, made, desk.filler.chat)
    assert picture.name == "民政局满意度调查二维码.png"
    assert picture.content.startswith(b"\x89PNG")
    stranger = desk.county.stranger().says("/start")
    with pytest.raises(Withheld):
        sheet(desk.county.office, made, stranger.chat)


def test_a_submitted_filing_takes_nothing_over(desk: Desk) -> None:
    link = desk.begins()
    desk.answered_by(link, "满意")
    desk.filler.says("结束调查").taps("结束，看结果").sees("填进这一题")
    token = next(b.token for b in desk.filler.buttons if b.text == "填进这一题")
    with writing(desk.county.office.engine) as c:
        c.execute(t.filings.update().values(state=str(State.SUBMITTED)))
    desk.filler.presses(token)
    assert desk.value is None


def test_a_reviewer_of_the_unit_looks_and_decides_nothing(desk: Desk) -> None:
    desk.begins()
    reviewer = desk.county.reviewer(desk.unit)
    reviewer.says("/start")
    reviewer.taps(next(b.text for b in reviewer.buttons if b.text.startswith("民政局")))
    with writing(desk.county.office.engine) as c:
        notice = Notice(reviewer.id, "survey", "look", "看看", [[("看调查", f"survey:{desk.item.id}")]])
        post(c, "abcdefghijkl", notice, desk.county.clock(), desk.county.clock())
    reviewer.presses("abcdefghijkl.0").sees("打开 0 人")
    assert not {b.text for b in reviewer.buttons} & {"结束调查", "改截止日期"}
    desk.county.moves("2021-04-01 10:00")
    reviewer.presses("abcdefghijkl.0").sees("调查结束")
    assert not {b.text for b in reviewer.buttons} & {"再做一次", "填进这一题"}
    with reading(desk.county.office.engine) as c:
        survey = surveys.latest(c, desk.filing, desk.item.id)
    assert survey is not None
    assert survey.closed_at is None  # that is the clock's, or the filler's


def test_the_form_s_own_questionnaire_is_asked_and_its_tallies_flow_in(questionnaire: Desk) -> None:
    desk = questionnaire
    desk.filler.sees("10. 您对该部门工作现状的总体评价？")
    assert "改问题" not in [b.text for b in desk.filler.buttons]
    link = desk.begins()
    first = [q.options[0] for q in desk.item.questions]
    last = [q.options[-1] for q in desk.item.questions]
    for answers in (first, first, last, first[:3]):
        desk.answered_by(link, *answers)
    desk.filler.says("结束调查").taps("结束，看结果").sees("发放 4 份（按打开的人数），收回 4 份，有效 3 份")
    desk.filler.taps("改发放份数").says("3").sees("不能少于收回的 4 份")
    desk.filler.says("50份").sees("发放 50 份，收回 4 份")
    desk.filler.taps("填进这一题")
    rows = desk.value
    assert isinstance(rows, tuple)
    assert [list(map(int, row.cells)) for row in rows] == [[50, 4, 3], *[[2, 0, 1]] * 10]


def test_a_proposal_over_an_earlier_answer_shows_its_bill_first(desk: Desk) -> None:
    desk.filler.says(f"第{desk.number}题").says("90")
    desk.page()
    desk.answered_by(desk.begins(), "满意")
    desk.filler.says("结束调查").taps("结束，看结果").taps("填进这一题").sees("确认")
    assert desk.value == Decimal(90)
    desk.filler.taps("确认")
    assert desk.value == Decimal(100)


def test_messages_of_the_survey_page_are_messages(desk: Desk) -> None:
    assert all(r.text.strip() for r in desk.filler.replies if isinstance(r, Message))


def test_the_rate_becomes_the_actual_value_of_a_line_of_goals(sqlite_engine: Engine, tmp_path: Path) -> None:
    desk = Desk(sqlite_engine, tmp_path, "hecheng-2020/project", "满意度指标")
    link = desk.begins()
    for tap in ("满意", "满意", "不满意"):
        desk.answered_by(link, tap)
    desk.filler.says("结束调查").taps("结束，看结果").sees("满意率：2÷3＝66.67%", "先把指标和年度指标值写上")
    desk.filler.says(f"第{desk.number}题").says("参保人满意度 | ≥98% | | 10")
    desk.page().sees("填成它的实际完成值").taps("填进 参保人满意度")
    rows = desk.value
    assert isinstance(rows, tuple)
    assert rows[0].cells[:3] == ("参保人满意度", "≥98%", "66.67%")
