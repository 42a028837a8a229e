"""Leases: one holder at a time, renewed while it lives, anybody's afterwards."""

from collections.abc import Callable

from sqlalchemy import Engine

from dialogs.store import leases
from dialogs.store.engine import reading, writing
from tests.dialogs.store.stock import NOW, at_once


def take(engine: Engine, who: str, now: int = NOW, name: str = "poll:1") -> bool:
    with writing(engine) as c:
        return leases.take(c, name, who, now, 15)


def test_one_holds_it_and_renews_it(engine: Engine) -> None:
    assert take(engine, "a")
    assert take(engine, "a", NOW + 10)
    assert not take(engine, "b", NOW + 24)
    assert take(engine, "b", NOW + 25)
    assert not take(engine, "a", NOW + 26)


def test_of_many_who_reach_for_it_one_gets_it(engine: Engine) -> None:
    got: list[str] = []

    def reach(name: str) -> Callable[[Engine], None]:
        return lambda own: got.append(name) if take(own, name) else None

    at_once(engine, [reach(f"w{n}") for n in range(8)])
    assert len(got) == 1


def test_a_beat_keeps_what_nobody_else_has_taken(engine: Engine) -> None:
    take(engine, "a")
    with writing(engine) as c:
        leases.renew(c, "a", NOW + 14, 15)
    assert not take(engine, "b", NOW + 28)
    assert take(engine, "b", NOW + 29)
    with writing(engine) as c:
        leases.renew(c, "a", NOW + 30, 15)
    assert take(engine, "b", NOW + 31)


def test_only_the_dead_are_buried_and_once(engine: Engine) -> None:
    with writing(engine) as c:
        for worker, at in (("old", NOW), ("young", NOW + 10)):
            leases.renew(c, worker, at, 15)
        assert leases.dead(c, NOW + 20) == ("old",)
        assert leases.bury(c, "old", NOW + 20)
        assert not leases.bury(c, "old", NOW + 20)
        assert not leases.bury(c, "young", NOW + 20)


def test_whoever_leaves_holds_nothing(engine: Engine) -> None:
    take(engine, "a")
    take(engine, "b", name="poll:2")
    with writing(engine) as c:
        leases.free_all(c, "a")
    with reading(engine) as c:
        assert leases.held(c) == (("poll:2", "b", NOW + 15),)
