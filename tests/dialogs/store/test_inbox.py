"""The inbox: nothing lost, nothing twice, each chat in its order."""

from collections import Counter
from contextlib import suppress

from sqlalchemy import Engine, select

from dialogs.store import conversations, inbox, outbox, people
from dialogs.store.engine import reading, writing
from dialogs.store.tables import inbox as rows
from tests.dialogs.store.stock import NOW, Killed, arrival, at_once


def receive(engine: Engine, *arrivals: tuple[int, str]) -> int:
    with writing(engine) as c:
        return inbox.receive(c, [arrival(update, chat) for update, chat in arrivals], NOW)


def take(engine: Engine, now: int = NOW) -> inbox.Taken | None:
    with writing(engine) as c:
        return inbox.take(c, now, "test")


def take_all(engine: Engine, now: int = NOW) -> list[str]:
    taken = []
    while one := take(engine, now):
        taken.append(one.body)
    return taken


def states(engine: Engine) -> list[tuple[int, str, int, str]]:
    with reading(engine) as c:
        found = c.execute(select(rows.c.update_id, rows.c.state, rows.c.attempts, rows.c.error).order_by(rows.c.id))
        return [tuple(r) for r in found]  # type: ignore[misc]


def test_what_arrived_is_taken_once_with_everything_that_was_stored(engine: Engine) -> None:
    assert receive(engine, (7_000_000_000, "-1001234567890")) == 1
    taken = take(engine, NOW + 5)
    assert taken is not None
    assert (taken.channel, taken.bot, taken.chat, taken.person) == ("test", "bot", "test:-1001234567890", "test:-1001234567890")
    assert (taken.body, taken.at, taken.attempts) == ("update 7000000000", NOW, 0)
    assert take(engine) is None
    assert states(engine) == [(7_000_000_000, "done", 0, "")]


def test_duplicates_are_known_by_set_not_by_the_highest_number(engine: Engine) -> None:
    assert receive(engine, (10, "a")) == 1
    assert receive(engine, (9, "a"), (10, "a"), (11, "a")) == 2
    assert receive(engine, (9, "a"), (10, "a"), (11, "a")) == 0
    assert take_all(engine) == ["update 10", "update 9", "update 11"]


def test_a_duplicate_within_one_batch_is_stored_once(engine: Engine) -> None:
    assert receive(engine, (5, "a"), (5, "a"), (6, "a"), (5, "a")) == 2
    assert take_all(engine) == ["update 5", "update 6"]


def test_a_duplicate_of_what_is_done_or_set_aside_does_not_come_back(engine: Engine) -> None:
    receive(engine, (1, "a"), (2, "b"))
    take(engine)
    with writing(engine) as c:
        other = inbox.take(c, NOW, "test")
        assert other is not None
        inbox.refuse(c, other, "unreadable")
    assert receive(engine, (1, "a"), (2, "b")) == 0
    assert take(engine) is None
    assert [s[1] for s in states(engine)] == ["done", "parked"]


def test_the_same_number_of_another_bot_or_channel_is_another_update(engine: Engine) -> None:
    with writing(engine) as c:
        new = inbox.receive(c, [arrival(1), arrival(1, bot="other"), arrival(1, channel="cli")], NOW)
        assert new == 3
        assert inbox.latest_update(c, "test", "bot") == 1


def test_the_latest_update_is_told_per_bot_and_none_is_0(engine: Engine) -> None:
    receive(engine, (3, "a"), (9, "b"), (4, "a"))
    with writing(engine) as c:
        inbox.receive(c, [arrival(50, bot="other")], NOW)
        assert inbox.latest_update(c, "test", "bot") == 9
        assert inbox.latest_update(c, "test", "nobody") == 0


def test_an_empty_batch_is_fine(engine: Engine) -> None:
    assert receive(engine) == 0


def test_rollback_leaves_the_event_new(engine: Engine) -> None:
    receive(engine, (1, "a"))
    for _ in range(3):
        with suppress(Killed), writing(engine) as c:
            assert inbox.take(c, NOW, "test") is not None
            raise Killed
        assert states(engine) == [(1, "new", 0, "")]
    assert take_all(engine) == ["update 1"]


def test_a_postponed_event_holds_back_its_own_chat_only(engine: Engine) -> None:
    receive(engine, (1, "a"), (2, "a"), (3, "b"), (4, "a"), (5, "b"))
    first = by_update(engine, 1)
    with writing(engine) as c:
        assert inbox.postpone(c, first, NOW + 10, "the disk is full")
    assert take_all(engine) == ["update 3", "update 5"]
    assert take_all(engine, NOW + 9) == []
    assert take_all(engine, NOW + 10) == ["update 1", "update 2", "update 4"]
    assert states(engine)[0] == (1, "done", 1, "the disk is full")


def test_an_event_taken_again_knows_how_often_it_was_tried(engine: Engine) -> None:
    receive(engine, (1, "a"))
    id = by_update(engine, 1)
    for n in range(3):
        with writing(engine) as c:
            inbox.postpone(c, id, NOW + n, f"try {n}")
    taken = take(engine, NOW + 2)
    assert taken is not None
    assert taken.attempts == 3


def test_a_parked_event_does_not_hold_back_its_chat(engine: Engine) -> None:
    receive(engine, (1, "a"), (2, "a"))
    with writing(engine) as c:
        assert inbox.park(c, by_update(engine, 1), "a defect")
    assert take_all(engine) == ["update 2"]
    assert states(engine)[0] == (1, "parked", 1, "a defect")


def test_what_somebody_else_has_done_is_neither_postponed_nor_parked(engine: Engine) -> None:
    receive(engine, (1, "a"))
    taken = take(engine)
    assert taken is not None
    with writing(engine) as c:
        assert not inbox.postpone(c, taken.id, NOW + 10, "too late")
        assert not inbox.park(c, taken.id, "too late")
    assert states(engine) == [(1, "done", 0, "")]


def test_a_refused_event_is_set_aside_in_the_transaction_that_took_it(engine: Engine) -> None:
    receive(engine, (1, "a"), (2, "a"))
    with writing(engine) as c:
        taken = inbox.take(c, NOW, "test")
        assert taken is not None
        inbox.refuse(c, taken, "not json")
    assert states(engine)[0] == (1, "parked", 0, "not json")
    assert take_all(engine) == ["update 2"]


def test_depth_counts_what_waits(engine: Engine) -> None:
    receive(engine, (1, "a"), (2, "a"), (3, "b"))
    take(engine)
    with writing(engine) as c:
        inbox.postpone(c, by_update(engine, 2), NOW + 99, "later")
    with reading(engine) as c:
        assert inbox.depth(c) == 2


def test_two_workers_never_do_an_event_twice_and_keep_the_order_of_every_chat(engine: Engine) -> None:
    """Each worker has connections of its own, as another process would; every fifth try is killed before it commits."""
    updates = [(n, "abc"[n % 3]) for n in range(1, 46)]
    receive(engine, *updates)
    with writing(engine) as c:
        known = people.person(c, "test", "a", NOW, lambda: "p1")
        conversations.save(c, "test:a", known, None, "{}", NOW)  # one chat has a conversation to lock already
    at_once(engine, [worker, worker])
    with reading(engine) as c:
        effects = c.execute(select(outbox.outbox.c.chat, outbox.outbox.c.body).order_by(outbox.outbox.c.id)).all()
        assert inbox.depth(c) == 0
    assert Counter(body for _, body in effects) == {f'"update {n}"': 1 for n, _ in updates}
    for chat in "abc":
        assert [body for of, body in effects if of == f"test:{chat}"] == [f'"update {n}"' for n, of in updates if of == chat]


def worker(engine: Engine) -> None:
    tries = 0
    while True:
        with suppress(Killed), writing(engine) as c:  # what it had in hand is rolled back, and taken again
            taken = inbox.take(c, NOW, "test")
            if taken is None:
                if inbox.depth(c) == 0:
                    return
                continue
            outbox.enqueue(c, taken.chat, taken.id, [("text", taken.body)], NOW)  # type: ignore[list-item]
            tries += 1
            if tries % 5 == 0:
                raise Killed


def test_a_worker_busy_with_one_chat_leaves_the_other_chats_to_its_colleague(postgresql_engine: Engine) -> None:
    """PostgreSQL: chats go in parallel, but nothing behind an event in hand."""
    engine = postgresql_engine
    receive(engine, (1, "a"), (2, "a"), (3, "b"))
    with writing(engine) as mine, writing(engine) as theirs:
        assert body(inbox.take(mine, NOW, "test")) == "update 1"
        assert body(inbox.take(theirs, NOW, "test")) == "update 3"
        assert inbox.take(theirs, NOW, "test") is None
    assert take_all(engine) == ["update 2"]


def body(taken: inbox.Taken | None) -> str:
    assert taken is not None
    return taken.body


def by_update(engine: Engine, update: int) -> int:
    with reading(engine) as c:
        return int(c.execute(select(rows.c.id).where(rows.c.update_id == update)).scalar_one())
