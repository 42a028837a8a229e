"""A clock that was set back: what was put off by a second is not put off by hours; what is far off stays as far off."""

from sqlalchemy import Engine

from dialogs.store import leases, outbox, paces, setback
from dialogs.store.engine import writing
from dialogs.store.tables import outbox as rows

NOW = 1_700_000_000
HOUR = 3_600


def test_what_waited_for_a_second_waits_no_longer_for_an_hour(engine: Engine) -> None:
    with writing(engine) as c:
        setback.mend(c, NOW)
        paces.turn(c, "telegram", 1000 * NOW, 500)
        leases.take(c, "poll:1", "other", NOW, 15)
        outbox.enqueue(c, "telegram:1", None, [("message", {"text": "好"})], NOW)
        claimed = outbox.claim(c, NOW, "telegram", 60, owner="other")
        assert claimed is not None
    with writing(engine) as c:
        assert setback.mend(c, NOW - HOUR) == HOUR
        assert paces.free_at(c, "telegram") == 1000 * (NOW - HOUR) + 500
        assert ("poll:1", "other", NOW - HOUR + 15) in leases.held(c)
        assert outbox.claim(c, NOW - HOUR + 59, "telegram", owner="me") is None
        again = outbox.claim(c, NOW - HOUR + 60, "telegram", owner="me")
        assert again is not None
        assert again.ambiguous
    with writing(engine) as c:
        assert setback.mend(c, NOW - HOUR) == 0  # whoever beats next finds nothing to mend


def test_clocks_that_differ_a_little_shift_nothing(engine: Engine) -> None:
    with writing(engine) as c:
        setback.mend(c, NOW)
        paces.turn(c, "telegram", 1000 * NOW, 500)
        assert setback.mend(c, NOW - setback.SLACK) == 0
        assert paces.free_at(c, "telegram") == 1000 * NOW + 500
        assert setback.mend(c, NOW + HOUR) == 0  # ahead: what waited is simply due


def test_what_is_done_keeps_its_moments(engine: Engine) -> None:
    with writing(engine) as c:
        setback.mend(c, NOW)
        outbox.enqueue(c, "telegram:1", None, [("message", {"text": "好"})], NOW)
        claimed = outbox.claim(c, NOW, "telegram", 60)
        assert claimed is not None
        assert outbox.sent(c, claimed.id, claimed.attempts, 7)
        setback.mend(c, NOW - HOUR)
        assert c.execute(rows.select()).one().lease_until == NOW + 60
