"""The seals of the audit: made behind the deeds, by one of several, in the order of commits; damage is told in a sentence."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from dialogs.access.rights import Place
from dialogs.handling import handle_next
from dialogs.reminding.ticking import tick
from dialogs.store import journal, sealed, sealing
from dialogs.store import tables as t
from dialogs.store.engine import open_store, reading, writing
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs
from tests.dialogs.store.stock import NOW, a_filing, at_once, statements

numbers = count(1)


def some(number: int) -> bytes:
    """Never the same bytes, and the same in every run."""
    return next(numbers).to_bytes(number, "big")


def deeds(engine: Engine, number: int, name: str = "1") -> None:
    """Lines of the journal, and somebody who did it."""
    with writing(engine) as c:
        if c.execute(select(t.people)).first() is None:
            a_filing(c, name)
        for n in range(number):
            journal.note(c, f"p{name}.1", "opened", Place(), {"n": n}, NOW)


def verdict(engine: Engine, *known: sealing.Head) -> sealed.Verdict:
    with reading(engine) as c:
        return sealed.verify(c, known)


def test_every_row_gets_one_seal_and_the_chain_holds(engine: Engine) -> None:
    deeds(engine, 7)
    assert verdict(engine).waiting == 7
    assert [sealing.seal(engine, NOW, some, batch=3) for _ in range(4)] == [3, 3, 1, 0]
    deeds(engine, 2)
    assert sealing.seal(engine, NOW + 5, some) == 2
    found = verdict(engine)
    assert (found.head.number, found.waiting, found.whole, found.again) == (9, 0, True, {})
    with reading(engine) as c:
        assert c.execute(select(t.seals.c.row_id).order_by(t.seals.c.seq)).scalars().all() == list(range(1, 10))
        assert sealing.head(c) == found.head
    assert sealing.Head.read(str(found.head)) == found.head


def test_an_empty_store_is_whole(engine: Engine) -> None:
    assert verdict(engine) == sealed.Verdict(sealing.START, 0, {}, 0, ())


def test_an_answer_costs_no_seal(engine: Engine, tmp_path: Path) -> None:
    """The clock makes it, behind the transaction of the deed, which touches neither the seals nor the head."""
    town = County(engine, tiny_packs(tmp_path / "packs"))
    unit = town.unit("民政局")
    town.filing(unit)
    filler = town.filler(unit, "王芳").says("/start").taps("民政局 · 2020年度 · 小表")
    tick(town.office)
    filler.arrives({"said": "37"})
    with statements(engine) as seen:
        handle_next(town.office)
    assert any("INSERT INTO history" in sql for sql, _ in seen)
    assert not any("seals" in sql or sealing.HEAD in str(values) for sql, values in seen)
    assert verdict(engine).waiting == 1
    tick(town.office)
    found = verdict(engine)
    assert (found.waiting, found.whole) == (0, True)


def test_damage_is_told_in_sentences(engine: Engine) -> None:
    deeds(engine, 5)
    sealing.seal(engine, NOW, some)
    with writing(engine) as c:
        c.execute(update(t.journal).where(t.journal.c.id == 2).values(detail=json.dumps({"n": 9})))
        c.execute(delete(t.journal).where(t.journal.c.id == 4))
        c.execute(delete(t.seals).where(t.seals.c.seq == 5))
    found = verdict(engine, sealing.Head(5, "f" * 64))
    assert found.damage == (
        "链应到第 5 号，现在只到第 4 号：末尾的封记被删掉了。",
        "操作记录第 2 行（第 2 号封记）和封存时不一样：被人改过。",
        "操作记录第 4 行（第 4 号封记）没有了：被人删掉了。",
        "外面记下过第 5 号封记，库里已经没有了。",
    )
    assert found.damaged == 4


def test_what_was_cut_off_stays_missing(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """The chain goes on from the recorded head, so that later seals do not close the gap."""
    deeds(engine, 5)
    sealing.seal(engine, NOW, some)
    with writing(engine) as c:
        c.execute(delete(t.journal).where(t.journal.c.id > 3))
        c.execute(delete(t.seals).where(t.seals.c.seq > 3))
    deeds(engine, 6)
    sealing.seal(engine, NOW, some)
    assert "does not end where it was left" in caplog.text
    assert verdict(engine).damage[0] == "第 6 号封记前面应是第 5 号，却是第 3 号：有封记被删掉了，或被塞进来。"


def test_a_seal_slipped_in_below_the_first_is_found(engine: Engine) -> None:
    """It would keep a line from ever being sealed."""
    deeds(engine, 1)
    sealing.seal(engine, NOW, some)
    with writing(engine) as c:
        c.execute(insert(t.seals).values(seq=-5, source="journal", row_id=2, digest="", hash="", at=NOW))
    deeds(engine, 1)
    assert not verdict(engine).whole


def test_the_head_is_in_the_log_once_an_hour(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """An outside record, which whoever writes to the database cannot reach."""
    caplog.set_level("INFO", logger="dialogs.store.sealing")
    hour = NOW - NOW % 3600
    for at in (hour, hour + 60, hour + 3599, hour + 3600):
        deeds(engine, 1)
        sealing.seal(engine, at, some)
    told = [sealing.Head.read(line.removeprefix("audit head ")) for line in caplog.messages]
    assert [head.number for head in told] == [1, 4]
    assert verdict(engine, *told).whole


@pytest.mark.parametrize("words", ["", "17", "17:", "x:" + "0" * 64, "17:" + "0" * 63])
def test_a_head_badly_copied_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="1207"):
        sealing.Head.read(words)


def test_bytes_that_are_no_text_are_damage(sqlite_engine: Engine) -> None:
    deeds(sqlite_engine, 2)
    sealing.seal(sqlite_engine, NOW, some)
    with writing(sqlite_engine) as c:
        c.execute(text("UPDATE journal SET act = CAST(x'ff41' AS TEXT) WHERE id = 1"))
    assert verdict(sqlite_engine).damage == ("操作记录第 1 行（第 1 号封记）和封存时不一样：被人改过。",)


def test_several_sealers_make_one_chain(engine: Engine) -> None:
    deeds(engine, 40)
    ended = threading.Event()

    def seals(own: Engine) -> None:
        while not ended.is_set():
            if not sealing.seal(own, NOW, some, batch=3) and not verdict(own).waiting:
                ended.set()

    at_once(engine, [seals] * 3)
    found = verdict(engine)
    assert found.whole
    assert found.head.number == 40


@contextmanager
def unfinished(engine: Engine) -> Iterator[Connection]:
    """A transaction of somebody else, still open."""
    other = open_store(engine.url.render_as_string(hide_password=False))
    with other.connect() as c, c.begin():
        yield c
    other.dispose()


def test_a_smaller_number_committed_later_is_sealed_too(postgresql_engine: Engine) -> None:
    deeds(postgresql_engine, 1)
    with unfinished(postgresql_engine) as late:
        journal.note(late, "p1.1", "opened", Place(), {}, NOW)
        deeds(postgresql_engine, 3)
        assert sealing.seal(postgresql_engine, NOW, some) == 4
    assert sealing.seal(postgresql_engine, NOW + 1, some) == 1
    found = verdict(postgresql_engine)
    assert found.whole
    assert found.waiting == 0


def test_one_committed_very_late_is_found_within_the_hour(postgresql_engine: Engine) -> None:
    hour = NOW - NOW % 3600
    deeds(postgresql_engine, 1)
    with unfinished(postgresql_engine) as late:
        journal.note(late, "p1.1", "opened", Place(), {}, NOW)
        deeds(postgresql_engine, 1)
        assert sealing.seal(postgresql_engine, hour, some) == 2
        deeds(postgresql_engine, 1)
        assert sealing.seal(postgresql_engine, hour + 2 * sealing.LATE, some) == 1
    assert sealing.seal(postgresql_engine, hour + 2 * sealing.LATE + 1, some) == 0
    deeds(postgresql_engine, 1)
    assert sealing.seal(postgresql_engine, hour + 3600, some) == 2


def test_forgetting_waits_for_a_sealer_at_work(postgresql_engine: Engine) -> None:
    """What a sealer seals as it was a moment before is sealed anew as it is now."""
    deeds(postgresql_engine, 1)
    with unfinished(postgresql_engine) as c:
        c.execute(update(t.journal).values(detail="{}"))
        sealing.seal(postgresql_engine, NOW, some)  # it sees the line as it was
        assert sealing.reseal(c, "journal", [1], "forgot:p9", NOW, some) == 1
    found = verdict(postgresql_engine)
    assert (found.whole, found.again, found.head.number) == (True, {"forgot:p9": 1}, 2)
    with reading(postgresql_engine) as c:
        assert [bool(salt) for salt in c.execute(select(t.seals.c.salt).order_by(t.seals.c.seq)).scalars()] == [False, True]


def test_a_line_not_sealed_yet_is_not_sealed_twice(engine: Engine) -> None:
    deeds(engine, 1)
    with writing(engine) as c:
        assert sealing.reseal(c, "journal", [1], "forgot:p9", NOW, some) == 0
    assert sealing.seal(engine, NOW, some) == 1
