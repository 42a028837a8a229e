"""The outbox: replies leave each chat in order, one in flight, and whoever comes too late is told so."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import Engine, select

from dialogs.store import outbox
from dialogs.store.engine import reading, writing
from dialogs.store.tables import outbox as rows
from tests.dialogs.store.stock import NOW, Killed, at_once


def enqueue(engine: Engine, *replies: tuple[str, str]) -> None:
    with writing(engine) as c:
        for chat, text in replies:
            outbox.enqueue(c, f"test:{chat}", None, [("text", {"text": text})], NOW)


def claim(engine: Engine, now: int = NOW) -> outbox.Outgoing:
    found = claim_or_none(engine, now)
    assert found is not None
    return found


def claim_or_none(engine: Engine, now: int = NOW) -> outbox.Outgoing | None:
    with writing(engine) as c:
        return outbox.claim(c, now, "test")


def sent(engine: Engine, row: outbox.Outgoing, message: int = 1) -> bool:
    with writing(engine) as c:
        return outbox.sent(c, row.id, row.attempts, message)


def retry(engine: Engine, row: outbox.Outgoing, not_before: int, error: str = "429") -> bool:
    with writing(engine) as c:
        return outbox.retry(c, row.id, row.attempts, not_before, error)


def park(engine: Engine, row: outbox.Outgoing, error: str = "403") -> bool:
    with writing(engine) as c:
        return outbox.park(c, row.id, row.attempts, error)


def said(row: outbox.Outgoing) -> str:
    return str(row.body["text"])


def leave(engine: Engine, now: int = NOW) -> list[str]:
    """Everything that can leave now, in the order in which it does."""
    left = []
    while row := claim_or_none(engine, now):
        left.append(said(row))
        assert sent(engine, row)
    return left


def stored(engine: Engine) -> list[tuple[str, int, int | None, int, str]]:
    with reading(engine) as c:
        found = c.execute(
            select(rows.c.state, rows.c.attempts, rows.c.message_id, rows.c.ambiguous, rows.c.error).order_by(rows.c.id)
        )
        return [tuple(r) for r in found]  # type: ignore[misc]


def test_a_claimed_reply_is_what_was_put_in(engine: Engine) -> None:
    with writing(engine) as c:
        outbox.enqueue(c, "test:-100123", 7, [("buttons", {"text": "填完了 🎉", "rows": [["是", "否"]]})], NOW)
    row = claim(engine)
    assert (row.attempts, row.chat, row.kind, row.ambiguous) == (1, "test:-100123", "buttons", False)
    assert row.body == {"text": "填完了 🎉", "rows": [["是", "否"]]}
    assert sent(engine, row, 8_000_000_000)
    assert stored(engine) == [("sent", 1, 8_000_000_000, 0, "")]


def test_replies_of_one_chat_leave_in_order_and_one_at_a_time(engine: Engine) -> None:
    enqueue(engine, ("a", "1"), ("a", "2"), ("b", "3"))
    first, other = claim(engine), claim(engine)
    assert (said(first), said(other)) == ("1", "3")
    assert claim_or_none(engine) is None
    sent(engine, first)
    assert leave(engine) == ["2"]


def test_the_replies_to_one_event_keep_their_order(engine: Engine) -> None:
    with writing(engine) as c:
        outbox.enqueue(c, "test:a", 1, [("text", {"text": str(n)}) for n in range(20)], NOW)
        outbox.enqueue(c, "test:a", 2, [], NOW)
    assert leave(engine) == [str(n) for n in range(20)]


def test_a_reply_that_must_wait_holds_back_its_own_chat_only(engine: Engine) -> None:
    enqueue(engine, ("a", "1"), ("a", "2"), ("b", "3"))
    assert retry(engine, claim(engine), NOW + 30)
    assert leave(engine) == ["3"]
    assert leave(engine, NOW + 29) == []
    assert leave(engine, NOW + 30) == ["1", "2"]
    assert stored(engine)[0] == ("sent", 2, 1, 0, "429")


def test_a_lease_that_ends_frees_the_reply_and_marks_it_ambiguous(engine: Engine) -> None:
    enqueue(engine, ("a", "1"), ("a", "2"))
    lost = claim(engine)
    assert claim_or_none(engine, NOW + outbox.LEASE - 1) is None
    again = claim(engine, NOW + outbox.LEASE)
    assert (again.id, again.attempts, again.ambiguous) == (lost.id, 2, True)


def test_the_lease_is_as_long_as_asked(engine: Engine) -> None:
    enqueue(engine, ("a", "1"))
    with writing(engine) as c:
        assert outbox.claim(c, NOW, "test", lease=5) is not None
    assert claim_or_none(engine, NOW + 4) is None
    assert claim(engine, NOW + 5).ambiguous


@pytest.mark.parametrize("late", [sent, park, lambda e, row: retry(e, row, NOW)], ids=["sent", "park", "retry"])
def test_who_lost_the_claim_cannot_mark_the_reply(engine: Engine, late: Callable[[Engine, outbox.Outgoing], bool]) -> None:
    enqueue(engine, ("a", "1"))
    lost = claim(engine)
    again = claim(engine, NOW + outbox.LEASE)
    assert not late(engine, lost)
    assert stored(engine) == [("sending", 2, None, 1, "")]
    assert sent(engine, again, 2)
    assert not late(engine, lost)
    assert not late(engine, again)
    assert stored(engine) == [("sent", 2, 2, 1, "")]


def test_who_gave_a_reply_back_cannot_mark_it_any_more(engine: Engine) -> None:
    enqueue(engine, ("a", "1"))
    row = claim(engine)
    assert retry(engine, row, NOW)
    assert not sent(engine, row)
    assert not retry(engine, row, NOW + 99)
    assert not park(engine, row)
    assert claim(engine).attempts == 2


def test_a_try_without_an_answer_makes_the_reply_ambiguous_and_it_stays_so(engine: Engine) -> None:
    enqueue(engine, ("a", "1"))
    row = claim(engine)
    assert not row.ambiguous
    retry(engine, row, NOW, outbox.AMBIGUOUS)
    row = claim(engine)
    assert row.ambiguous
    retry(engine, row, NOW, "429")
    assert claim(engine).ambiguous


def test_a_refused_try_is_not_ambiguous(engine: Engine) -> None:
    enqueue(engine, ("a", "1"))
    retry(engine, claim(engine), NOW, "429")
    assert not claim(engine).ambiguous


def test_a_parked_reply_does_not_hold_back_what_is_behind_it(engine: Engine) -> None:
    enqueue(engine, ("a", "1"), ("a", "2"))
    assert park(engine, claim(engine), "blocked by the user")
    assert leave(engine) == ["2"]
    assert stored(engine)[0] == ("parked", 1, None, 0, "blocked by the user")


def test_a_rolled_back_event_sends_nothing(engine: Engine) -> None:
    with suppress(Killed), writing(engine) as c:
        outbox.enqueue(c, "test:a", None, [("text", {"text": "1"})], NOW)
        raise Killed
    assert claim_or_none(engine) is None


def test_pending_counts_what_is_due(engine: Engine) -> None:
    enqueue(engine, ("a", "1"), ("a", "2"), ("b", "3"), ("c", "4"))
    retry(engine, claim(engine), NOW + 30)
    sent(engine, claim(engine))
    with reading(engine) as c:
        assert outbox.pending(c, NOW) == 2
        assert outbox.pending(c, NOW + 30) == 3


def test_the_next_due_time_is_that_of_the_first_chat_that_may_go_on(engine: Engine) -> None:
    assert next_due(engine) is None
    enqueue(engine, ("a", "1"), ("a", "2"))
    due = next_due(engine)
    assert due is not None
    assert due <= NOW
    row = claim(engine)
    assert next_due(engine) == NOW + outbox.LEASE  # when the lease ends
    retry(engine, row, NOW + 30)
    assert next_due(engine) == NOW + 30  # the second reply waits for the first
    assert leave(engine, NOW + 30) == ["1", "2"]
    assert next_due(engine) is None


def next_due(engine: Engine) -> int | None:
    with reading(engine) as c:
        return outbox.next_due(c)


def test_two_carriers_never_carry_the_same_reply(engine: Engine) -> None:
    enqueue(engine, *((chat, f"{chat}{n}") for n in range(10) for chat in "abc"))
    carried: list[str] = []

    def carry(own: Engine) -> None:
        while waits(own):
            if row := claim_or_none(own):
                carried.append(said(row))
                assert sent(own, row)

    at_once(engine, [carry, carry])
    assert len(carried) == 30
    for chat in "abc":
        assert [text for text in carried if text[0] == chat] == [f"{chat}{n}" for n in range(10)]


def waits(engine: Engine) -> bool:
    with reading(engine) as c:
        return outbox.pending(c, NOW + 1000) > 0


def test_two_claims_at_the_same_moment_take_two_chats(postgresql_engine: Engine) -> None:
    """PostgreSQL: a claim that is not committed yet does not make the next one wait."""
    engine = postgresql_engine
    enqueue(engine, ("a", "1"), ("a", "2"), ("b", "3"))
    with writing(engine) as mine, writing(engine) as theirs:
        one, other, none = (outbox.claim(c, NOW, "test") for c in (mine, theirs, theirs))
    assert one is not None
    assert other is not None
    assert (said(one), said(other)) == ("1", "3")
    assert none is None


def test_a_channel_leaves_the_replies_of_another_channel_alone(engine: Engine) -> None:
    with writing(engine) as c:
        outbox.enqueue(c, "other:a", None, [("text", {"text": "别人的"})], NOW)
    assert claim_or_none(engine) is None
    with writing(engine) as c:
        found = outbox.claim(c, NOW, "other")
    assert found is not None
    assert said(found) == "别人的"


def test_somebody_who_unblocks_and_speaks_gets_what_waited_at_once(engine: Engine) -> None:
    enqueue(engine, ("a", "1"))
    assert retry(engine, claim(engine), NOW + 86400, outbox.BLOCKED)
    assert claim_or_none(engine) is None
    with writing(engine) as c:
        outbox.heard_from(c, "test:a", NOW)
    assert said(claim(engine)) == "1"
