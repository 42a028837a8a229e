"""Personal questions: asked in the chat, answered on the office's own page, never shown in the chat again."""

import threading

from sqlalchemy import select

from dialogs.access.permissions import State
from dialogs.store import filings, journal
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from scoring.answers import given
from tests.dialogs.county import Somebody
from tests.dialogs.store.stock import dump
from tests.private.house import House

NAME, PHONE = "欧阳金丝雀", "13812345678"


def at_the_phone(filler: Somebody) -> Somebody:
    return filler.says("第20题")


def test_a_personal_question_is_asked_with_a_link_and_answered_on_its_page(house: House, filler: Somebody) -> None:
    filler.says("第19题").sees("填表人", "不在聊天里填", "https://self.example/l/", "只能用一次")
    page = house.opens(filler).sees("民政局", "小表", "填表人", "联系电话", 'name="phone"')
    assert (page.status, page.answer.headers["cache-control"], page.answer.headers["referrer-policy"]) == (
        200,
        "no-store",
        "no-referrer",
    )
    house.posts(page, filler=NAME, phone=PHONE).sees("已保存：填表人、联系电话")
    filler.sees("已在网页上收到：填表人、联系电话")
    answers = house.answers(house.filing_id)
    assert (answers["filler"].value, answers["phone"].value) == (NAME, PHONE)
    with reading(house.office.engine) as c:
        form = house.form()
        assert filings.replay(c, house.filing_id, form) == filings.answers(c, house.filing_id, form)
        assert "filled on the page" in [line.act for line in journal.of_filing(c, house.filing_id)]


def test_the_chat_goes_on_with_the_next_question(house: House, filler: Somebody) -> None:
    filler.says("第20题")
    house.posts(house.opens(filler), phone=PHONE)
    filler.sees("第 21 题", "填报日期")
    filler.says("2021年3月1日").sees("已记")


def test_whoever_is_elsewhere_by_now_is_only_told(house: House, filler: Somebody) -> None:
    filler.says("第20题").says("第1题").sees("编制")
    house.posts(house.link(filler), phone=PHONE)
    filler.sees("已在网页上收到：联系电话")
    filler.says("37").sees("已记：编制数 37 人")


def test_a_link_works_once_and_looking_uses_nothing_up(house: House, filler: Somebody) -> None:
    page = house.opens(at_the_phone(filler))
    for _ in range(3):
        house.gets(page.path).sees("联系电话")
        assert house.gets(page.path, "HEAD").status == 200
    house.posts(page, phone=PHONE).sees("已保存")
    for again in (house.gets(page.path), house.posts(page, phone="13900000000")):
        assert again.status == 404
        again.sees("用过了，或者过期了", "新链接")
    assert house.answers(house.filing_id)["phone"].value == PHONE


def test_of_eight_browsers_with_one_link_exactly_one_gets_in(house: House, filler: Somebody) -> None:
    path = house.link(at_the_phone(filler))
    from dialogs.private.filling import Filled, fill

    token, got, barrier = path.removeprefix("/l/"), [], threading.Barrier(8)

    def press(n: int) -> None:
        barrier.wait()
        got.append((n, fill(house.office, token, {"phone": f"1380000000{n}"})))

    threads = [threading.Thread(target=press, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [n for n, done in got if isinstance(done, Filled)]
    assert len(got) == 8
    assert len(winners) == 1
    assert house.answers(house.filing_id)["phone"].value == f"1380000000{winners[0]}"
    with reading(house.office.engine) as c:
        assert len(c.execute(select(t.history).where(t.history.c.item == "phone")).all()) == 1


def test_what_is_wrong_is_said_on_the_page_and_the_link_stays_good(house: House, filler: Somebody) -> None:
    page = house.opens(at_the_phone(filler))
    before = dump(house.office.engine)
    wrong = house.posts(page, filler="张<3", phone="12")
    assert wrong.status == 422
    wrong.sees("电话号码位数不对", "请写姓名", 'value="张&lt;3"')
    house.posts(page).sees("一项也没有填")
    assert dump(house.office.engine) == before
    house.posts(page, filler="张三", phone=PHONE).sees("已保存")


def test_a_link_expires_and_the_newest_one_is_the_only_one(house: House, filler: Somebody) -> None:
    old = house.link(at_the_phone(filler))
    new = house.link(filler.says("新链接").sees("填姓名、电话", "新的链接"))
    assert old != new
    assert house.gets(old).status == 404
    assert house.gets(new).status == 200
    house.clock.now += 72 * 3600
    assert house.gets(new).status == 404
    assert house.posts(new, phone=PHONE).status == 404
    house.posts(house.link(filler.says("新链接")), phone=PHONE).sees("已保存")


def test_rights_are_asked_again_when_the_link_is_used(house: House, filler: Somebody) -> None:
    page = house.opens(at_the_phone(filler))
    with writing(house.office.engine) as c:
        c.execute(t.filings.update().values(state=str(State.SUBMITTED)))
    house.gets(page.path).sees("现在没有要在这里填的")
    assert house.posts(page, phone=PHONE).status == 422
    with writing(house.office.engine) as c:
        c.execute(t.filings.update().values(state=str(State.OPEN)))
    house.leaves(filler, _unit(house))
    house.posts(page, phone=PHONE).sees("现在没有要在这里填的")
    assert "phone" not in house.answers(house.filing_id)


def _unit(house: House) -> str:
    with reading(house.office.engine) as c:
        return str(c.execute(select(t.filings.c.unit_id)).scalar_one())


def test_a_personal_answer_typed_in_the_chat_is_neither_taken_nor_kept(house: House, filler: Somebody) -> None:
    filler.says("第19题").says(NAME).sees("个人信息", "没有记", "删掉", "https://self.example/l/")
    filler.says(f"填表人：{NAME}\n编制数 37")
    filler.says(f"改填表人\n{NAME}")
    at_the_phone(filler).says(PHONE).sees("没有记")
    filler.says(f"打 {PHONE} 找我").sees("“联系电话”是个人信息", "https://self.example/l/")
    filler.says("第1题").says(f"电话 {PHONE}").sees("电话、证件号码")
    assert {"filler", "phone"}.isdisjoint(house.answers(house.filing_id))
    stored = "".join(map(str, dump(house.office.engine).values()))
    assert NAME not in stored
    assert PHONE not in stored


def test_a_stored_personal_answer_never_shows_in_the_chat(house: House, filler: Somebody) -> None:
    unit = _unit(house)
    reviewer = house.reviewer(unit, "王局长")
    house.posts(house.link(at_the_phone(filler)), filler=NAME, phone=PHONE)
    for word in ("第19题", "第20题", "目录", "看全部答案", "检查一遍", "历史", "成员名单", "谁在填"):
        filler.says(word)
    house.posts(house.link(at_the_phone(filler)), phone="0745-7654321", filler="端木画眉")
    filler.says("看全部答案").says("撤销").says("历史")
    reviewer.says("/start").says("成员名单")
    passed = house.passed()
    for word in (NAME, PHONE, "7654321", "端木画眉", "李会计", "王局长"):
        assert word not in passed, word
    assert "欧某某" in passed
    assert "李某某" in passed


def test_last_years_name_is_taken_over_without_being_shown(house: House, filler: Somebody) -> None:
    with writing(house.office.engine) as c:
        change = filings.Change("filler", None, given(NAME))
        filings.apply(c, house.filing_id, [change], house.console, house.clock(), None, 0)
    page = house.opens(filler.says("第19题"))
    assert NAME not in page.text
    page.sees("已经填过，不在这里显示")
    assert NAME not in house.passed()


def test_ones_own_name_is_written_on_a_page(house: House, filler: Somebody) -> None:
    filler.says("我的").taps("改姓名").sees("不在聊天里填")
    page = house.opens(filler)
    house.posts(page, name="1").sees("好像不是姓名")
    house.posts(page, name="司马孔雀").sees("已保存")
    filler.says("成员名单")
    passed = house.passed()
    assert "司马孔雀" not in passed
    assert "司某某" in passed
