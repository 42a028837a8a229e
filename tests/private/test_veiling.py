"""What leaves is veiled: names, personal answers, numbers that reach a person; and nothing that only looks like it."""

import random
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.access.codes import new_code, shown
from dialogs.access.inviting import Wanted, invite
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.handling import handle_next
from dialogs.private import tokens
from dialogs.private.veiling import NUMBER, has_number, hidden, told_apart
from dialogs.store.engine import writing
from tests.dialogs.county import Somebody
from tests.dialogs.desk import tiny_packs
from tests.private.house import House

NAME = "欧阳金丝雀"


@pytest.mark.parametrize(
    "text",
    [
        "手机13812345678。",
        "138 1234 5678",
        "+86 138-1234-5678",
        "0745-1234567转8",
        "（0745）1234567",
        "证号11010119900307123X",
        "a.b@example.cn",
    ],
)
def test_a_number_that_reaches_a_person_is_hidden(text: str) -> None:
    assert has_number(text)
    assert NUMBER in hidden(text, {})
    assert not has_number(hidden(text, {}))


@pytest.mark.parametrize(
    "text",
    [
        "1380000.00 元",
        "2024年3月1日10:00",
        "编码 420000202400000001",
        "98.5%",
        "1,234,567.89",
        "37 31 2.47",
        "鄂财绩发〔2024〕12号",
        "1.38亿元",
    ],
)
def test_what_is_no_such_number_stays(text: str) -> None:
    assert not has_number(text)
    assert hidden(text, {}) == text


def test_codes_and_links_are_never_touched() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        code = new_code(chance.randbytes)
        link = f"https://self.example/l/{tokens.new_token(chance.randbytes)}"
        for text in (f"邀请码：{shown(code)}", f"https://t.me/zp_bot?start=i{code}", f"👉 {link}\n（只能用一次）"):
            assert hidden(text, {"王芳": "王某"}) == text
            assert not has_number(text)


def test_a_code_of_nothing_but_figures_in_its_middle_is_a_code() -> None:
    code = "AAAA-1381-2345-6789-1381-2345-BBBB"
    assert hidden(f"邀请码：{code}", {}) == f"邀请码：{code}"


def test_the_longest_name_counts_and_every_place() -> None:
    words = {"王芳": "王某", "王芳华": "王某某"}
    assert hidden("王芳华和王芳，王芳华", words) == "王某某和王某，王某某"


def test_colleagues_who_would_look_alike_are_told_apart() -> None:
    told = told_apart(["王芳", "王华", "李明明"])
    assert told["李明明"] == "李某某"
    assert len({*told.values()}) == 3
    assert all(re.fullmatch(r"王某·[0-9a-f]{2}", told[name]) for name in ("王芳", "王华"))
    assert told_apart(["王华", "王芳", "赵六"])["王芳"] == told["王芳"]


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return House(engine, tiny_packs(tmp_path / "packs"))


def at_work(house: House) -> Somebody:
    unit = house.unit("民政局")
    house.filing(unit)
    return house.filler(unit, NAME).says("/start").taps("民政局 · 2020年度 · 小表")


def test_a_personal_question_is_not_passed_to_colleagues(house: House) -> None:
    filler = at_work(house)
    filler.says("第19题").says("问同事").sees("不转给别人在聊天里答")


def test_whoever_answers_by_a_link_is_not_asked_for_a_name(house: House) -> None:
    filler = at_work(house).says("第1题").says("问同事").taps("发链接给别人")
    code = re.search(r"c[0-9A-Z]{28}", filler.text)
    assert code
    stranger = house.stranger().says(f"/start {code[0]}").says("37").taps("发出去")
    stranger.sees("谢谢")
    passed = house.passed()
    assert NAME not in passed
    assert "欧某某" in passed


def test_buttons_and_toasts_are_veiled_and_still_work(house: House) -> None:
    filler = at_work(house)
    reviewer = house.reviewer(filler.filing.unit_id, "端木画眉")
    reviewer.says("成员名单").sees("欧某某").taps("移出成员").taps("欧某某").sees("欧某某")
    assert NAME not in house.passed()


def test_what_was_said_before_somebody_left_is_veiled_behind_them(house: House) -> None:
    unit = house.unit("民政局")
    house.filler(unit, NAME)
    boss = house.administrator("陈科长")
    boss.says("/start")
    with writing(house.office.engine) as c:
        ((made, code),) = invite(house.doing(c), [Wanted(Place(house.id, unit), Role.OBSERVER)])
    guest = house.stranger().says(f"邀请码：{shown(code)}")
    guest.arrives({"said": "成员名单"})
    handle_next(house.office)
    house.leaves(guest, unit)
    house.works()
    guest.sees("欧某某")
    assert NAME not in house.passed()
    assert made.unit_id == unit


def test_the_same_words_leave_untouched_where_nothing_has_to_stay_out(engine: Engine, tmp_path: Path) -> None:
    from dataclasses import replace

    house = House(engine, tiny_packs(tmp_path / "packs"))
    house.office = replace(house.office, private=False, own_url="")
    filler = at_work(house)
    filler.says("第20题").says("0745-1234567").sees("已记")
    filler.says("成员名单").sees(NAME)
