"""Everything held about a person: found, exported, and forgotten down to the bytes."""

import json
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from dialogs.access.forgetting import WHY, CannotForget, forget
from dialogs.access.holdings import TITLES, as_data, readable
from dialogs.orders import Doing
from dialogs.store import journal, people, personal
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.store.personal import TABLES, Fate
from dialogs.store.purging import purge
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.stores import files_of

NAME = "欧阳金丝雀"
CHATTER = "这句是金丝雀闲话不是答案"
ADDRESS = "990077553311"


def canaries() -> list[bytes]:
    """Spelled as text and as JSON may spell it."""
    words = (NAME, CHATTER, ADDRESS)
    return [w.encode() for w in words] + [json.dumps(w)[1:-1].encode() for w in words]


def a_life(county: County) -> Somebody:
    """Somebody who fills, talks, invites, is told things, and is talked about."""
    unit = county.unit("民政局")
    county.filing(unit)
    somebody = county.filler(unit, NAME)
    with writing(county.office.engine) as c:
        c.execute(t.people.update().where(t.people.c.id == somebody.id).values(address=ADDRESS))
    county.everybody[f"test:{ADDRESS}"] = county.everybody.pop(somebody.chat)
    somebody.address = ADDRESS
    numbers = count(9_000 - int(ADDRESS) * 1_000_000)
    somebody.updates = numbers.__next__
    somebody.says("/start").taps("民政局 · 2020年度 · 小表").says("37").says(CHATTER).says("成员名单").taps("邀请同事").taps(
        "不写名字"
    )
    somebody.says(f"邀请码：{'ABCD1234' * 3}EFGH")
    reviewer = county.reviewer(unit, "王局长")
    reviewer.says("成员名单").sees(NAME).taps("移出成员").taps("成员名单").sees(NAME)
    county.observer(unit, NAME)  # somebody else of the same name
    with writing(county.office.engine) as c:
        county.doing(c).say(Notice(somebody.id, "announcement", "k1", f"{NAME}，请看通知。"))
        county.doing(c).say(Notice(reviewer.id, "submitted", "k2", f"{NAME}提交了。"), county.clock() + 10**7)
    county.works()
    somebody.says("37")  # stays in the inbox and the outbox
    return somebody


def the_person(county: County, somebody: Somebody) -> personal.Found:
    with reading(county.office.engine) as c:
        found = personal.find(c, somebody.id)
    assert found is not None
    return found


@pytest.fixture
def county(engine: Engine, tmp_path: Path) -> County:
    return County(engine, tiny_packs(tmp_path / "packs"))


def test_every_table_is_thought_about() -> None:
    assert set(TABLES) == {table.name for table in t.metadata.sorted_tables}
    for table in t.metadata.sorted_tables:
        how = TABLES[table.name]
        people_in_it = {fk.parent.name for fk in table.foreign_keys if fk.column.table.name == "people"}
        assert people_in_it <= {*how.by, *how.also}, f"{table.name} names people in {people_in_it}"
        addresses = {c.name for c in table.columns if c.name in ("chat", "person", "address")} - {"address"}
        assert addresses <= {*how.at, *how.blank}, f"{table.name} holds an address in {addresses}"
        for name in (*how.by, *how.at, *how.blank, *how.hidden, *how.named):
            assert name in table.columns, f"{table.name}.{name}"
        if how.fate is not Fate.NOBODY:
            assert table.name in TITLES, table.name
        if how.fate in (Fate.KEPT, Fate.BLANKED) and table.name not in ("people", "inbox"):
            assert table.name in WHY, table.name


def test_everything_held_is_exported_with_what_was_said_and_answered(county: County) -> None:
    somebody = a_life(county)
    person = the_person(county, somebody)
    with reading(county.office.engine) as c:
        data = as_data(c, person)
        text = readable(c, county.office, person)
    assert {"people", "memberships", "journal", "answers", "history", "conversations", "inbox", "invitations", "notices"} <= set(
        data
    )
    for word in (NAME, CHATTER, ADDRESS, "民政局：填报人", "编制数：没有填 → 37 人"):
        assert word in text
    assert not any("code_hash" in row for rows in data.values() for row in rows)
    json.dumps(data)


def test_nobody_elses_rows_are_exported(county: County) -> None:
    somebody = a_life(county)
    other = county.stranger()
    other.says("别人的话")
    with reading(county.office.engine) as c:
        assert "别人的话" not in readable(c, county.office, the_person(county, somebody))
        assert set(as_data(c, the_person(county, other))) == {"people", "conversations", "inbox", "outbox"}


def test_a_person_is_forgotten_and_the_units_work_stays(county: County) -> None:
    somebody = a_life(county)
    person = the_person(county, somebody)
    with writing(county.office.engine) as c:
        answers = c.execute(select(t.answers)).all()
        history = c.execute(select(t.history)).all()
        done = forget(county.doing(c), person)
    assert {"在单位的身份", "对话停在哪里", "发给机器人的原始消息", "机器人发来的消息"} <= {what for what, _ in done.removed}
    assert {"答案的修改记录", "操作记录"} <= {what for what, _, _ in done.kept}
    assert all(why for _, _, why in done.kept)
    with reading(county.office.engine) as c:
        assert c.execute(select(t.answers)).all() == answers
        assert c.execute(select(t.history)).all() == history
        assert people.rights_of(c, somebody.id).none
        row = c.execute(select(t.people).where(t.people.c.id == somebody.id)).mappings().one()
        assert (row["name"], row["settings"], row["channel"], row["address"]) == ("", "{}", "forgotten", somebody.id)
        assert journal.of_person(c, county.console)[-1].act == "forgot"
        for table in t.metadata.sorted_tables:
            text = " ".join(map(str, c.execute(select(table)).all()))
            assert CHATTER not in text, table.name
            assert ADDRESS not in text, table.name
            if table.name != "people":  # where the other one of this name still has it
                assert NAME not in text.replace("赵", ""), table.name


def test_who_comes_again_is_a_new_person_and_a_stranger(county: County) -> None:
    somebody = a_life(county)
    with writing(county.office.engine) as c:
        forget(county.doing(c), the_person(county, somebody))
    somebody.says("你好").sees("你现在还没有加入任何单位")
    with reading(county.office.engine) as c:
        again = people.person(c, "test", ADDRESS, 0, lambda: "unused")
    assert again not in ("unused", somebody.id)


def test_what_waited_for_somebody_forgotten_is_not_sent(county: County) -> None:
    somebody = a_life(county)
    somebody.arrives({"said": "31"})  # waits in the inbox
    with writing(county.office.engine) as c:
        county.doing(c).say(Notice(somebody.id, "announcement", "k3", "等着的通知"))
        forget(county.doing(c), the_person(county, somebody))
    somebody.replies = []
    county.works()
    assert somebody.replies == []


def test_redelivered_updates_of_somebody_forgotten_change_nothing(county: County) -> None:
    somebody = a_life(county)
    with writing(county.office.engine) as c:
        forget(county.doing(c), the_person(county, somebody))
    assert somebody.receive(somebody.sent) == 0


def test_forgetting_twice_finds_nothing_more(county: County) -> None:
    somebody = a_life(county)
    with writing(county.office.engine) as c:
        forget(county.doing(c), the_person(county, somebody))
        found = personal.find(c, somebody.id)
        assert found is not None
        again = forget(county.doing(c), found)
    assert again.again
    with reading(county.office.engine) as c:
        assert [line.act for line in journal.of_person(c, county.console)].count("forgot") == 1


def test_the_command_line_itself_is_not_forgotten(county: County) -> None:
    with writing(county.office.engine) as c:
        console = personal.find(c, county.console)
        assert console is not None
        with pytest.raises(CannotForget):
            forget(Doing(c, county.office, county.console, county.clock()), console)


def test_texts_to_others_lose_the_name_and_stay_sendable(county: County) -> None:
    somebody = a_life(county)
    with writing(county.office.engine) as c:
        forget(county.doing(c), the_person(county, somebody))
        bodies = c.execute(select(t.notices.c.body).where(t.notices.c.kind == "submitted")).scalars().all()
    assert [json.loads(body)["text"] for body in bodies] == [f"{personal.NAMELESS}提交了。"]


def test_a_name_that_is_also_a_word_of_the_machine_breaks_nothing(county: County) -> None:
    unit = county.unit("民政局")
    county.filing(unit)
    somebody, other = county.filler(unit, "text"), county.filler(unit, "filing")
    other.says("/start")
    for each in (somebody, other):
        with writing(county.office.engine) as c:
            forget(county.doing(c), the_person(county, each))
    third = county.filler(unit, "孙会计")
    third.says("/start").taps("民政局 · 2020年度 · 小表").sees("核定编制多少人")


def test_no_byte_of_a_forgotten_person_is_left_in_the_files(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    somebody = a_life(county)
    assert any(canary in file.read_bytes() for file in tmp_path.glob("store.db*") for canary in canaries())
    with writing(sqlite_engine) as c:
        c.execute(t.people.update().where(t.people.c.id != somebody.id, t.people.c.name == NAME).values(name="别人"))
        forget(county.doing(c), the_person(county, somebody))
    assert purge(sqlite_engine)
    for file in tmp_path.glob("store.db*"):
        content = file.read_bytes()
        for canary in canaries():
            assert canary not in content, (file.name, canary.decode())


def test_postgresql_is_rewritten_too(postgresql_engine: Engine, tmp_path: Path) -> None:
    county = County(postgresql_engine, tiny_packs(tmp_path / "packs"))
    somebody = a_life(county)
    with writing(postgresql_engine) as c:
        c.execute(text("ANALYZE"))  # samples of what stands in the columns
        c.execute(t.people.update().where(t.people.c.id != somebody.id, t.people.c.name == NAME).values(name="别人"))
        forget(county.doing(c), the_person(county, somebody))
    assert purge(postgresql_engine)
    for file in files_of(postgresql_engine):
        content = file.read_bytes() if file.parent.name != "pg_wal" else b""  # old segments go in the server's own time
        for canary in canaries():
            assert canary not in content, (file.name, canary.decode())


def test_a_busy_database_is_told_and_tried_again(sqlite_engine: Engine) -> None:
    with reading(sqlite_engine) as c:
        c.execute(select(t.people)).all()
        with writing(sqlite_engine) as other:
            people.console(other, 0, lambda: "x")
        assert purge(sqlite_engine, patience=0) is False
    assert purge(sqlite_engine) is True
