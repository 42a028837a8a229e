"""The heartbeat: what a dead worker had in hand is free within seconds, what a living one has is its own; old rows go."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, func, select

from dialogs import outgoing
from dialogs.beating import LIFE, beat, hold_polling, leave, tidy
from dialogs.office import Office
from dialogs.replies import Message, to_data
from dialogs.store import evidence, inbox, jobs, leases, outbox, retention
from dialogs.store.engine import reading, writing
from dialogs.store.tables import inbox as updates
from dialogs.store.tables import outbox as rows
from tests.dialogs.store.stock import NOW


class Two:
    """Two workers over one store."""

    def __init__(self, engine: Engine) -> None:
        self.now = NOW
        office = Office(engine, lambda: self.now, lambda: "id", {"test": lambda _, __: None}, ())
        self.one, self.other = (replace(office, worker=w) for w in ("one", "other"))
        with writing(engine) as c:
            outbox.enqueue(c, "test:1", None, [to_data(Message("一"))], NOW)


def test_what_a_dead_worker_carried_is_free_within_seconds_and_doubtful(engine: Engine) -> None:
    two = Two(engine)
    beat(two.one)
    assert outgoing.claim(two.one) is not None
    two.now += LIFE - 1
    assert beat(two.other) == ()
    assert outgoing.claim(two.other) is None
    two.now += 1
    assert beat(two.other) == ("one",)
    again = outgoing.claim(two.other)
    assert again is not None
    assert again.doubtful
    assert beat(two.other) == ()


def test_a_worker_that_lives_keeps_what_it_carries(engine: Engine) -> None:
    two = Two(engine)
    beat(two.one)
    assert outgoing.claim(two.one) is not None
    for _ in range(10):
        two.now += LIFE - 1
        beat(two.one)
        assert beat(two.other) == ()
        assert outgoing.claim(two.other) is None


def test_one_polls_and_the_other_when_it_is_gone(engine: Engine) -> None:
    two = Two(engine)
    for worker in (two.one, two.other):
        beat(worker)
    assert hold_polling(two.one, "7")
    assert not hold_polling(two.other, "7")
    assert hold_polling(two.other, "8")
    for _ in range(4):  # a long poll, and beats meanwhile
        two.now += LIFE - 2
        beat(two.one)
    assert not hold_polling(two.other, "7")
    leave(two.one)
    assert hold_polling(two.other, "7")
    two.now += LIFE
    beat(two.one)
    assert hold_polling(two.one, "7")


def test_whoever_leaves_frees_what_is_in_hand(engine: Engine) -> None:
    two = Two(engine)
    beat(two.one)
    assert outgoing.claim(two.one) is not None
    leave(two.one)
    assert outgoing.claim(two.other) is not None
    with reading(engine) as c:
        assert [name for name, _, _ in leases.held(c)] == []


def test_files_and_work_in_hand_of_the_dead_are_free_too(tmp_path: Path, engine: Engine) -> None:
    with writing(engine) as c:
        c.exec_driver_sql(
            "INSERT INTO people (id, channel, address, created_at, name, settings) VALUES ('p', 'test', '1', 1, '', '{}')"
        )
        jobs.add(c, "j" * 12, "p", "test:1", "import", {}, NOW)
        assert jobs.claim(c, NOW, owner="one") is not None
        leases.renew(c, "one", NOW, LIFE)
    two = Two(engine)
    two.now += LIFE
    beat(two.other)
    with writing(engine) as c:
        assert jobs.claim(c, two.now, owner="other") is not None
        assert evidence.release(c, two.now, "nobody") == 0


def test_old_messages_go_and_what_waits_stays(engine: Engine) -> None:
    two = Two(engine)
    old = NOW - retention.KEPT - 1
    with writing(engine) as c:
        for n, (state, at) in enumerate((("done", old), ("new", old), ("parked", old), ("done", NOW))):
            row = {"channel": "test", "bot": "1", "update_id": n, "chat": "test:1", "person": "test:1", "body": "{}"}
            c.execute(updates.insert(), row | {"at": at, "state": state})
            words = {"chat": "test:1", "kind": "text", "body": "{}", "at": at}
            c.execute(rows.insert(), words | {"state": state if state != "done" else "sent"})
    assert tidy(two.one) == 2
    assert tidy(two.other) == 0  # it is not time again
    with reading(engine) as c:
        assert c.execute(select(func.count()).select_from(updates)).scalar() == 3
        assert c.execute(select(func.count()).select_from(rows)).scalar() == 4
        assert inbox.depth(c) == 1


def test_a_lot_of_it_goes_a_little_at_a_time(engine: Engine) -> None:
    two = Two(engine)
    row = {"channel": "test", "bot": "1", "chat": "test:1", "person": "test:1", "body": "{}", "at": 1, "state": "done"}
    many = retention.AT_ONCE + 7
    with writing(engine) as c:
        c.execute(updates.insert(), [row | {"update_id": n} for n in range(many)])
    assert tidy(two.one) == retention.AT_ONCE
    assert tidy(two.other) == 7
    assert tidy(two.one) == 0
