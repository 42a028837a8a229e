"""From inbox to outbox: one transaction per event, nothing lost, nothing twice, no one in who does not belong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

import dialogs.editions
import dialogs.handling
from dialogs.events import Arrival
from dialogs.handling import Trouble, handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, later, sent
from dialogs.store import conversations, documents, filings, inbox, outbox, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.outbox import LEASE
from scoring.loading import load
from templates import labels
from templates.filenames import file_name
from tests.dialogs.desk import FORM, Filler, make_office, tiny_packs, understand


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(f"sqlite:///{tmp_path}/store.db", tiny_packs(tmp_path / "packs"))
    yield office
    office.engine.dispose()


def test_a_newcomer_names_the_unit_and_begins(office: Office) -> None:
    filler = Filler(office)
    filler.says("你好").sees("单位的全称是")
    filler.says("123").sees("不是单位名称").says("小县社会保险服务中心").sees("没问题的话就开始吧")
    filler.taps("对，开始").sees("核定编制多少人？")
    assert filler.filing.unit_name == "小县社会保险服务中心"


def test_an_answer_is_stored_with_who_when_and_from_which_message(office: Office) -> None:
    filler = Filler(office).begins()
    filler.arrives({"said": "37", "message": 55})
    filler.works()
    with reading(office.engine) as c:
        (entry,) = filings.history_of(c, filler.filing.id, load(FORM, office.packs))
    assert (entry.item, entry.old, entry.message, entry.at) == ("quota", None, 55, office.clock())
    assert entry.new == filler.answers()["quota"]


def test_an_ordinary_answer_asks_the_store_few_things(office: Office) -> None:
    filler = Filler(office).begins().says("37").says("31")
    said: list[str] = []
    with reading(office.engine) as c:
        driver = c.connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(lambda sql: said.append(" ".join(sql.split()[:6])))
    filler.arrives({"said": "6"})
    handle_next(office)
    driver.set_trace_callback(None)
    assert len(said) in range(10, 18), "\n".join(said)


def test_redelivery_of_every_update_changes_nothing(office: Office) -> None:
    filler = Filler(office).begins().says("37").says("31").says("6").says("2.47 2 1.17")
    before = dump(office)
    assert filler.receive(filler.sent * 3) == 0
    filler.works()
    assert dump(office) == before
    assert filler.replies == []


def test_events_of_one_chat_are_handled_in_order(office: Office) -> None:
    one, two = Filler(office, "1").begins(), Filler(office, "2").begins()
    for figure in ("37", "31"):
        one.arrives({"said": figure})
        two.arrives({"said": figure})
    one.works()
    assert [str(a.value) for a in one.answers().values()] == ["37", "31"]
    assert [str(a.value) for a in two.answers().values()] == ["37", "31"]


def test_two_people_who_name_the_same_unit_share_nothing(office: Office) -> None:
    one = Filler(office, "1").begins().says("37")
    two = Filler(office, "2").begins()
    assert one.filing.id != two.filing.id
    assert two.answers() == {}
    two.says("/start").sees("核定编制多少人？")


def test_somebody_removed_from_a_unit_sees_nothing_of_it_from_the_next_event_on(office: Office) -> None:
    filler = Filler(office).begins().says("37")
    with writing(office.engine) as c:
        person = people.person(c, "test", "1", 0, office.new_id)
        unit = people.units_of(c, person)[0].id
        people.leave(c, person, unit)
    filler.says("31").sees("单位的全称是")
    assert "37" not in filler.text
    with reading(office.engine) as c:
        assert [r.item for r in c.execute(select(t.answers.c.item))] == ["quota"]


def test_a_filing_of_another_unit_cannot_be_opened_by_its_id(office: Office) -> None:
    one = Filler(office, "1").begins().says("37")
    two = Filler(office, "2").begins()
    foreign = one.filing.id
    with writing(office.engine) as c:
        stored = conversations.load(c, two.chat)
        assert stored is not None
        conversations.save(c, two.chat, stored.person_id, foreign, stored.state, 0)
    two.says("31").sees("你手上的填报")
    assert list(one.answers()) == ["quota"]


def test_a_killed_worker_leaves_the_event_or_the_whole_effect(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at each step inside the transaction, then taken up again: the same end every time."""
    filler = Filler(office).begins()
    for step, module, name in (
        ("37", filings, "apply"),
        ("31", conversations, "save"),
        ("6", outbox, "enqueue"),
        ("2.47 2 1.17", dialogs.handling, "step"),
    ):
        filler.arrives({"said": step})
        before = dump(office)
        real = getattr(module, name)

        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(module, name, die)
        with pytest.raises(KeyboardInterrupt):
            handle_next(office)
        monkeypatch.setattr(module, name, real)
        assert dump(office) == before
        filler.works()
    assert set(filler.answers()) == {"quota", "staff", "retired", "reception"}


def test_killed_between_sending_and_marking_a_reply_goes_out_again_and_that_is_recorded(office: Office) -> None:
    filler = Filler(office)
    filler.arrives({"said": "/start"})
    handle_next(office)
    first = claim(office)
    assert first is not None
    assert claim(office) is None
    tomorrow = replace(office, clock=lambda: office.clock() + LEASE + 1)
    again = claim(tomorrow)
    assert again is not None
    assert (again.id, again.doubtful) == (first.id, True)
    sent(office, first, 1)  # the dead worker's late mark is fenced off
    sent(tomorrow, again, 2)
    with reading(office.engine) as c:
        row = c.execute(select(t.outbox.c.state, t.outbox.c.message_id, t.outbox.c.ambiguous)).one()
    assert tuple(row) == ("sent", 2, 1)


def test_a_reply_that_must_wait_holds_back_only_its_own_chat(office: Office) -> None:
    one, two = Filler(office, "1"), Filler(office, "2")
    one.arrives({"said": "/start"})
    two.arrives({"said": "/start"})
    while handle_next(office):
        pass
    first = claim(office)
    assert first is not None
    later(office, first, 30, "429")
    other = claim(office)
    assert other is not None
    assert other.chat != first.chat
    assert claim(office) is None


def test_a_defect_is_tried_again_and_at_last_set_aside_with_a_word(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = Filler(office).begins()
    real = dialogs.handling.step

    def broken(scene: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(dialogs.handling, "step", broken)
    filler.arrives({"said": "37"})
    now = office.clock()
    for n in range(3):
        assert handle_next(replace(office, clock=lambda n=n: now + n * 60)) == filler.chat
    monkeypatch.setattr(dialogs.handling, "step", real)
    filler.works().sees("没能处理好", "前面填的都在")
    filler.says("37").sees("已记：编制数 37 人")


def test_what_cannot_be_understood_is_parked_and_the_next_update_is_served(office: Office) -> None:
    filler = Filler(office)
    for n, body in enumerate(("not json", "[]", "{}", '{"said": 5}'), 500):
        filler.receive([Arrival("test", "bot", n, filler.chat, filler.chat, body)])
    now = office.clock()
    for n in range(20):
        handle_next(replace(office, clock=lambda n=n: now + n * 60))
    with reading(office.engine) as c:
        assert inbox.depth(c) == 0
    filler.says("/start").sees("单位的全称是")


def test_a_locked_store_keeps_the_event_and_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = Filler(office).begins()
    filler.arrives({"said": "37"})

    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as m:
        m.setattr(filings, "apply", full)
        with pytest.raises(Trouble) as caught:
            handle_next(office)
    assert caught.value.chat == filler.chat
    filler.works().sees("已记：编制数 37 人")


def test_documents_remember_what_they_were_made_from(office: Office) -> None:
    filler = Filler(office).begins().says("37").says("生成草稿")
    assert [f.__class__.__name__ for f in filler.files] == ["File", "Picture"]
    filler.says("2").says("31").says("生成草稿").sees("第 2 版草稿", "上一版还留着")
    form = load(FORM, office.packs)
    with reading(office.engine) as c:
        made = documents.of_filing(c, filler.filing.id)
    assert [d.version for d in made] == [1] * 5 + [2] * 5
    assert set(documents.inputs_of(made[0], form, lambda *_: form).answers) == {"quota"}
    assert set(documents.inputs_of(made[-1], form, lambda *_: form).answers) == {"quota", "staff"}


def test_a_filing_keeps_the_edition_it_was_begun_in(office: Office, tmp_path: Path) -> None:
    filler = Filler(office).begins().says("37")
    path = tmp_path / "packs" / "small" / "tiny" / "form.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("年末在职多少人？", "新版问法？"), encoding="utf-8")
    load.__globals__["_load"].cache_clear()
    dialogs.editions._editions.clear()
    filler.says("/start").sees("年末在职多少人？")


def test_history_replayed_gives_the_stored_answers(office: Office) -> None:
    filler = Filler(office).begins().says("37").says("31").says("跳过").says("2.47 2 1.17")
    filler.says("第2题").says("40").taps("确认").says("撤销")
    with reading(office.engine) as c:
        assert filings.replay(c, filler.filing.id, load(FORM, office.packs)) == filler.answers()


def dump(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store."""
    with reading(office.engine) as c:
        return {table.name: [tuple(r) for r in c.execute(select(table))] for table in t.metadata.sorted_tables}


def test_a_person_with_one_filing_can_begin_another_and_come_back(office: Office) -> None:
    filler = Filler(office).begins("小县中心")
    filler.says("37").says("换个单位").sees("你手上的填报")
    filler.taps(labels.NEW_FILING).says("大县中心").taps("对，开始").sees("核定编制多少人？")
    filler.says("40").says("换个单位").taps("小县中心 · 2020年度 · 小表").sees("已填 1")


def test_a_channel_leaves_the_events_of_another_channel_alone(office: Office) -> None:
    filler = Filler(office)
    filler.arrives({"said": "/start"})
    elsewhere = replace(office, understand={"other": understand})
    assert handle_next(elsewhere) is None
    assert claim(elsewhere) is None
    assert handle_next(office) == filler.chat
    assert claim(elsewhere) is None


def test_a_unit_with_a_slash_in_its_name_gets_its_file(office: Office) -> None:
    assert file_name("县人大/政协办公室2020年度报告.docx") == "县人大_政协办公室2020年度报告.docx"
    assert file_name("../../etc/逃") == "_.._etc_逃"


def test_a_filing_of_the_start_page_is_opened_by_its_number_or_name(office: Office) -> None:
    filler = Filler(office).begins("小县中心")
    filler.says("37").says("换个单位").says("1").sees("已填 1")
    filler.says("换个单位").says("小县中心").sees("已填 1")
    filler.says("换个单位").says("别的什么").sees("你手上的填报")


def test_an_update_that_speaks_of_two_chats_is_heard_in_neither(office: Office) -> None:
    one, two = Filler(office, "1").begins(), Filler(office, "2").begins()
    before = [one.answers(), two.answers()]
    body = json.dumps({"said": "37", "chat": two.chat})
    one.receive([Arrival("test", "bot", 77, one.chat, one.chat, body)])
    one.works()
    assert [one.answers(), two.answers()] == before
    assert one.replies == []
    with reading(office.engine) as c:
        assert c.execute(select(t.inbox.c.state, t.inbox.c.error).where(t.inbox.c.update_id == 77)).one() == (
            "parked",
            "malformed",
        )


def test_who_says_more_than_can_be_answered_is_set_aside_and_told_once(office: Office) -> None:
    flooder, other = Filler(office, "1").begins(), Filler(office, "2").begins()
    for _ in range(dialogs.handling.MOST_UNSENT + 30):
        flooder.arrives({"said": "目录"})
    other.arrives({"said": "37"})
    while handle_next(office):
        pass
    with reading(office.engine) as c:
        waiting = (
            c.execute(select(t.outbox.c.body).where(t.outbox.c.state == "new", t.outbox.c.chat == flooder.chat)).scalars().all()
        )
        parked = c.execute(select(t.inbox.c.error).where(t.inbox.c.state == "parked")).scalars().all()
    assert len(waiting) == dialogs.handling.MOST_UNSENT + 1
    assert [body for body in waiting if "来不及" in body] == waiting[-1:]
    assert set(parked) == {"flood"}
    assert len(parked) == 30
    other.works().sees("年末在职多少人")
    flooder.works()
    flooder.says("37").sees("没有第 37 题")  # there is room again
