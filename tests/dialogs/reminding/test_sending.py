"""From a due reminder to one digest that is sent: whom, when, once, and never any more when there is nothing to say."""

import gc
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, update

from dialogs.orders import Doing
from dialogs.outgoing import claim, later, sent
from dialogs.reminding import collecting, pausing
from dialogs.reminding.collecting import collect
from dialogs.reminding.dispatching import MOST
from dialogs.replies import Message
from dialogs.store import digests, notices, outbox, settings
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.store.tables import assignments, people
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.town import Town, at, day


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Town:
    town = Town(engine, tiny_packs(tmp_path), at("2026-03-01"))
    town.unit("u1", "小县社会保险服务中心")
    town.filing("f1", "u1")
    return town


def texts(town: Town) -> list[str]:
    return [m.text for m in town.works()]


def test_a_reminder_says_how_much_is_left_what_is_next_and_leads_there(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    assert town.goes_to(at("2026-03-17", "08:59")).works() == []
    (digest,) = town.goes_to(at("2026-03-17", "09:00")).works()
    assert "还有 14 天" in digest.text
    assert "编制数、在职人数、退休人数" in digest.text
    assert [[b.text for b in row] for row in digest.buttons] == [["接着填"], ["明天再提醒", "三天后"], ["安静到…", "提醒设置"]]
    with reading(town.engine) as c:
        id, _, index = digest.buttons[0][0].token.partition(".")
        person = town.said[-1][1].removeprefix("test:")
        mine = c.execute(people.select().where(people.c.address == person)).one().id
        assert notices.action_of(c, id, mine, int(index)) == "filing:f1"
        assert notices.action_of(c, id, "somebody else", int(index)) == ""
    assert town.works() == []


@pytest.mark.parametrize("searching", [True, False])
def test_no_search_for_cycles_while_a_batch_holds_the_writer(
    town: Town, monkeypatch: pytest.MonkeyPatch, searching: bool
) -> None:
    seen = []
    monkeypatch.setattr(collecting, "_put_into_digests", lambda *_: seen.append(gc.isenabled()))
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17"))
    if not searching:
        gc.disable()
    try:
        assert collect(town.office) == 1
        assert (seen, gc.isenabled()) == ([False], searching), "afterwards it is as it was"
    finally:
        gc.enable()


def test_one_digest_for_five_units(town: Town) -> None:
    names = [f"u{n}" for n in range(2, 6)]
    for n in names:
        town.unit(n)
        town.filing(f"f{n}", n)
    town.person("1", *((u, "filler") for u in ["u1", *names]))
    town.deadline("2026-03-31")
    (digest,) = town.goes_to(at("2026-03-17")).works()
    assert "有 5 张表等你填" in digest.text
    assert len(digest.buttons) == 5 + 2


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_nobody_is_reminded_of_what_is_finished(town: Town, state: str) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.stands("f1", state)
    assert town.goes_to(at("2026-03-17")).works() == []
    assert ("before14", 1, "2026-03-17 09:00", "void") in town.rows()


def test_what_is_finished_between_collecting_and_leaving_drops_out(town: Town) -> None:
    town.unit("u2")
    town.filing("f2", "u2")
    town.person("1", ("u1", "filler"), ("u2", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17")).ticks()
    town.stands("f1", "submitted")
    (digest,) = town.delivers()
    assert "有一张表" in digest.text
    assert "社会保险" not in digest.text
    town.goes_to(at("2026-03-24")).ticks()
    town.stands("f2", "submitted")
    assert town.delivers() == []
    assert ("digest:2026-03-24", "void", "nothing left") in town.notices()
    assert town.outbox()[-1] == ("parked", "withdrawn")


def test_a_deadline_moved_between_collecting_and_leaving_says_nothing_old(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17")).ticks()
    town.deadline("2026-06-30")
    assert town.delivers() == []


def test_only_those_whose_part_is_not_done(town: Town) -> None:
    one, two = town.person("1", ("u1", "filler")), town.person("2", ("u1", "filler"))
    with writing(town.engine) as c:
        for section, person, done in (("people", one, 5), ("money", two, None)):
            row = {"filing_id": "f1", "section": section, "person_id": person, "by_id": one, "at": 1, "done_at": done}
            c.execute(insert(assignments).values(**row))
    town.deadline("2026-03-31")
    (digest,) = town.goes_to(at("2026-03-17")).works()
    assert town.said[-1][1] == "test:2"
    assert "你负责“经费”，已填 0 / 6 题" in digest.text
    assert "接着是：公务接待" in digest.text
    with writing(town.engine) as c:
        c.execute(update(assignments).values(done_at=6))
    town.goes_to(at("2026-03-24")).works()
    assert sorted(chat for _, chat, _ in town.said[1:]) == ["test:1", "test:2"]  # only handing it in is left: both


def test_reviewers_a_day_before_and_the_bureau_on_the_day(town: Town) -> None:
    town.unit("u2", "小县人社局")
    town.unit("u3", supervisor="u2")
    town.filing("f3", "u3")
    town.person("1", ("u1", "filler"), name="张三")
    town.person("5", ("u1", "reviewer"))
    town.person("6", ("u2", "reviewer"))
    town.person("9", ("c1", "administrator"))
    town.deadline("2026-03-31")
    with writing(town.engine) as c:
        c.execute(update(people).where(people.c.address == "1").values(blocked_at=5))
    town.goes_to(at("2026-03-30")).works()
    said = {chat: m for _, chat, m in town.said}
    assert set(said) == {"test:5", "test:6"}
    assert said["test:5"].text.startswith("本单位还有 1 张表没交，明天截止：")
    assert "张三联系不上" in said["test:5"].text
    assert "还没有人加入填报" in said["test:6"].text
    (escalated,) = town.goes_to(at("2026-03-31")).works()
    assert escalated.text.startswith("今天截止，还有 2 家单位、2 张表没交：")
    assert "张三联系不上" in escalated.text


def test_somebody_who_blocked_the_bot_gets_one_digest_when_they_write_again(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17")).ticks()
    parcel = claim(town.office)
    assert parcel
    later(town.office, parcel, 86400, outbox.BLOCKED)
    for date in ("2026-03-17", "2026-03-18", "2026-03-24", "2026-03-27"):
        assert town.goes_to(at(date, "11:00")).works() == []
    with writing(town.engine) as c:
        from dialogs.store import sending

        sending.reached(c, "test:1")
    assert town.goes_to(at("2026-03-27", "21:30")).works() == []
    (digest,) = town.goes_to(at("2026-03-30", "09:00")).works()
    assert "明天" in digest.text
    assert town.works() == []


def test_after_a_week_without_anybody_running_one_merged_digest_comes(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-24")).ticks()  # collected and queued, and then the power fails
    (digest,) = town.goes_to(at("2026-04-02", "14:00")).works()
    assert "已经过了 2 天" in digest.text
    assert town.works() == []
    assert town.goes_to(at("2026-04-03", "14:00")).works() == []
    assert len(town.goes_to(at("2026-04-07", "14:00")).works()) == 1


def test_nothing_leaves_at_night_or_on_a_holiday(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17", "09:00")).ticks()
    assert town.goes_to(at("2026-03-17", "20:45")).delivers() == []  # it was on its way when the network failed
    for date, clock in (("2026-03-17", "23:00"), ("2026-03-18", "08:00"), ("2026-03-18", "08:59")):
        assert town.goes_to(at(date, clock)).works() == []
    assert len(town.goes_to(at("2026-03-18", "09:00")).works()) == 1
    town.goes_to(at("2026-04-02", "21:00"))
    for date in ("2026-04-04", "2026-04-05", "2026-04-06"):  # 清明
        assert town.goes_to(at(date, "10:00")).works() == []
    assert len(town.goes_to(at("2026-04-07", "10:00")).works()) == 1


def test_what_is_left_over_from_yesterday_comes_with_todays(town: Town) -> None:
    town.unit("u2")
    town.filing("f2", "u2")
    town.person("1", ("u1", "filler"), ("u2", "filler"))
    town.deadline("2026-03-31")
    town.deadline("2026-04-01", filing="f2")
    town.goes_to(at("2026-03-17", "20:40")).works()  # nobody ran until then
    (digest,) = town.goes_to(at("2026-03-18", "09:00")).works()
    assert "有 2 张表" in digest.text
    assert town.goes_to(at("2026-03-18", "18:00")).works() == []


def test_a_day_has_one_digest_even_when_more_falls_due(town: Town) -> None:
    town.unit("u2")
    town.filing("f2", "u2")
    town.person("1", ("u1", "filler"), ("u2", "filler"))
    town.deadline("2026-03-31", filing="f1")
    assert len(town.goes_to(at("2026-03-17", "09:00")).works()) == 1
    town.goes_to(at("2026-03-17", "08:30")).deadline("2026-03-20", filing="f2")  # the clock was put back by an hour
    assert town.goes_to(at("2026-03-17", "10:00")).works() == []
    (digest,) = town.goes_to(at("2026-03-18", "09:00")).works()
    assert "还有 2 天" in digest.text


def test_an_old_digest_never_is_the_second_one_of_a_day(town: Town) -> None:
    one = town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    assert len(town.goes_to(at("2026-03-17")).works()) == 1
    with writing(town.engine) as c:
        old = digests.open_on(c, "2026-03-12", {one: town.now - 9}, town.now, lambda: "old000000000")
        digests.add(c, [(old[one], 1)])
    assert town.works() == []
    assert town.goes_to(at("2026-03-18", "08:40")).works() == []
    assert len(town.goes_to(at("2026-03-18", "09:00")).works()) == 1


def test_paused_nothing_unasked_leaves_and_resuming_from_a_day_drops_what_was_before(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17")).ticks()
    with writing(town.engine) as c:
        pausing.pause(Doing(c, town.office, _console(c, town), town.now), "")
    assert town.delivers() == []
    assert town.goes_to(at("2026-03-24", "12:00")).works() == []
    with writing(town.engine) as c:
        dropped = pausing.resume(Doing(c, town.office, _console(c, town), town.now), day("2026-03-24"))
    assert (dropped.reminders, dropped.notices) == (0, 1)
    (digest,) = town.works()
    assert "还有 7 天" in digest.text
    assert ("digest:2026-03-17", "void", "before the pause ended") in town.notices()


def _console(c, town: Town) -> str:
    from dialogs.store import people as who

    return who.console(c, 1, town.office.new_id)


def test_other_messages_leave_by_day_also_on_a_sunday_and_can_be_switched_off(town: Town) -> None:
    one = town.person("1", ("u1", "filler"))

    def post(key: str, kind: str = "returned") -> bool:
        with writing(town.engine) as c:
            notice = Notice(one, kind, key, f"退回了 {key}", [[("去改", "filing:f1")]])
            return notices.post(c, f"notice{key:0>6}", notice, town.now, town.now)

    town.goes_to(at("2026-03-14", "23:00"))
    assert post("1")
    assert not post("1")  # once per person and key
    assert town.works() == []
    assert texts(town.goes_to(at("2026-03-15", "08:30"))) == ["退回了 1"]  # a Sunday
    with writing(town.engine) as c:
        settings.keep_for_person(c, one, {"off": ["returned"]})
    post("2")
    post("3", "announcement")
    assert texts(town) == ["退回了 3"]


def test_habits_move_a_digest_and_never_lose_it(town: Town) -> None:
    one = town.person("1", ("u1", "filler"))
    with writing(town.engine) as c:
        settings.keep_for_person(c, one, {"quiet": [8 * 60, 12 * 60], "quiet_until": "2026-03-19", "name": "kept"})
    town.deadline("2026-03-31")
    for date, clock in (("2026-03-17", "09:00"), ("2026-03-18", "14:00"), ("2026-03-19", "11:59")):
        assert town.goes_to(at(date, clock)).works() == []
    (digest,) = town.goes_to(at("2026-03-19", "12:00")).works()
    assert "还有 12 天" in digest.text


def test_only_a_few_dozen_stand_in_the_outbox(town: Town) -> None:
    for n in range(2 * MOST + 12):
        town.unit(f"x{n}")
        town.filing(f"g{n}", f"x{n}")
        town.person(f"10{n}", (f"x{n}", "filler"))
    town.deadline("2026-03-31")
    assert town.goes_to(at("2026-03-17")).ticks() == MOST
    assert town.ticks() == 0
    assert len(town.delivers()) == MOST
    assert town.ticks() == MOST
    town.delivers()
    assert len(town.works()) == 12


def test_a_digest_leaves_when_everything_for_it_has_been_collected(town: Town) -> None:
    for n in range(3):
        town.filing(f"g{n}", town.unit(f"x{n}"))
    town.person("1", *((f"x{n}", "filler") for n in range(3)))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17"))
    from dialogs.reminding.dispatching import dispatch

    assert collect(town.office, 2) == 2
    assert dispatch(town.office) == 0
    while collect(town.office, 2):
        pass
    assert dispatch(town.office) == 1
    assert "有 3 张表" in town.delivers()[0].text


def test_an_unknown_send_is_recorded_and_sent_again(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17")).ticks()
    first = claim(town.office)
    assert first
    assert isinstance(first.reply, Message)
    again = claim(town.goes_to(town.now + 1000).office)  # the first process died, and nobody knows whether it arrived
    assert again
    assert again.doubtful
    assert again.notice == first.notice
    sent(town.office, again, 7)
    sent(town.office, first, 8)  # too late: it is no longer its
    assert town.notices() == [("digest:2026-03-17", "sent", "")]
    assert town.works() == []


def test_a_digest_is_one_per_person_and_day_in_the_store(town: Town) -> None:
    town.person("1", ("u1", "filler"))
    with writing(town.engine) as c:
        one = c.execute(people.select().where(people.c.address == "1")).one().id
        ids = iter(["a" * 12, "b" * 12])
        assert digests.open_on(c, "2026-03-17", {one: 5}, 1, lambda: next(ids)) == {one: "a" * 12}
        assert digests.open_on(c, "2026-03-17", {one: 3}, 1, lambda: next(ids)) == {one: "a" * 12}
