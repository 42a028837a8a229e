"""Invitations in the store: used once by whoever is first, and by nobody when they are over."""

import secrets
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from dialogs.access.codes import hashed, new_code
from dialogs.store import counties, invitations, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.invitations import HOUR, Invitation
from tests.dialogs.store.stock import NOW, at_once

CODE = "ABCD" * 7


def prepared(engine: Engine, **changed: object) -> Invitation:
    """A county with a unit, an inviter, eight guests, and one invitation under CODE."""
    with writing(engine) as c:
        counties.add_county(c, "c1", "小县", NOW)
        counties.add_units(c, "c1", [("u1", "民政局", "", "")], NOW)
        boss = people.person(c, "test", "boss", NOW, lambda: "boss")
        for n in range(8):
            people.person(c, "test", f"{n}", NOW, lambda n=n: f"p{n}")
        made = replace(Invitation("i1", None, "u1", "filler", "张三", boss, NOW, NOW + 72 * HOUR), **changed)
        invitations.create_many(c, [(made, hashed(CODE))])
    return made


def uses(engine: Engine, person: str, now: int = NOW, code: str = CODE) -> bool:
    with writing(engine) as c:
        return invitations.use(c, hashed(code), person, now) is not None


def test_of_eight_people_with_one_code_exactly_one_gets_in(engine: Engine) -> None:
    prepared(engine)
    winners: list[str] = []

    def tries(person: str):
        def work(own: Engine) -> None:
            if uses(own, person):
                winners.append(person)

        return work

    at_once(engine, [tries(f"p{n}") for n in range(8)])
    assert len(winners) == 1
    with reading(engine) as c:
        used = c.execute(select(t.invitations.c.used_by)).scalar_one()
    assert used == winners[0]


@pytest.mark.parametrize("round", range(5))
def test_many_codes_at_once_are_each_used_once(engine: Engine, round: int) -> None:
    prepared(engine)
    codes = [new_code(secrets.token_bytes) for _ in range(20)]
    with writing(engine) as c:
        rows = [
            (Invitation(f"n{n}", "c1", None, "overseer", "", "boss", NOW, NOW + HOUR), hashed(k)) for n, k in enumerate(codes)
        ]
        invitations.create_many(c, rows)
    wins: list[str] = []

    def tries(person: str):
        def work(own: Engine) -> None:
            wins.extend(code for code in codes if uses(own, person, code=code))

        return work

    at_once(engine, [tries(f"p{n}") for n in range(8)])
    assert sorted(wins) == sorted(codes)


def test_no_code_is_stored(engine: Engine) -> None:
    prepared(engine)
    with reading(engine) as c:
        stored = [tuple(map(str, row)) for row in c.execute(select(t.invitations))]
    assert not any(CODE in cell for row in stored for cell in row)


def test_it_expires(engine: Engine) -> None:
    prepared(engine)
    assert not uses(engine, "p1", NOW + 72 * HOUR)
    assert uses(engine, "p1", NOW + 72 * HOUR - 1)


def test_a_revoked_one_opens_nothing_and_is_revoked_once(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        assert invitations.revoke(c, "i1", NOW)
        assert not invitations.revoke(c, "i1", NOW)
    assert not uses(engine, "p1")


def test_a_used_one_cannot_be_revoked(engine: Engine) -> None:
    prepared(engine)
    assert uses(engine, "p1")
    with writing(engine) as c:
        assert not invitations.revoke(c, "i1", NOW)
        assert invitations.invitation(c, "i1").state(NOW) == "used"


def test_one_to_a_closed_unit_opens_nothing(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        counties.close_unit(c, "u1", NOW)
    assert not uses(engine, "p1")


def test_with_a_new_code_the_old_one_opens_nothing(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        assert invitations.rehash(c, "i1", hashed("WXYZ" * 7), NOW)
    assert not uses(engine, "p1")
    assert uses(engine, "p1", code="WXYZ" * 7)
    with writing(engine) as c:
        assert not invitations.rehash(c, "i1", hashed("QRST" * 7), NOW)


def test_wrong_tries_count_for_an_hour(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        for n in range(5):
            invitations.tried(c, "p1", NOW + n)
        invitations.tried(c, "p2", NOW)
        assert invitations.tries(c, "p1", NOW + 10) == 5
        assert invitations.tries(c, "p1", NOW + HOUR) == 4
        assert invitations.tries(c, "p1", NOW + HOUR + 4) == 0
        invitations.tried(c, "p1", NOW + 25 * HOUR)
        assert c.execute(select(t.wrong_codes.c.person_id)).scalars().all() == ["p1"]


def test_lists_are_of_a_county_with_its_units_of_a_unit_or_of_the_inviter(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        other = Invitation("i2", "c1", None, "overseer", "", "p1", NOW + 1, NOW + HOUR)
        invitations.create_many(c, [(other, hashed("WXYZ" * 7))])
        assert [i.id for i in invitations.listed(c, county="c1")] == ["i1", "i2"]
        assert [(i.id, i.place) for i in invitations.listed(c, unit="u1")] == [("i1", "民政局")]
        assert [(i.id, i.place) for i in invitations.listed(c, by="p1")] == [("i2", "小县")]
        assert [i.id for i in invitations.listed(c, county="c1", open_at=NOW + HOUR)] == ["i1"]


def test_thousands_are_made_at_once(engine: Engine) -> None:
    prepared(engine)
    with writing(engine) as c:
        rows = [(Invitation(f"m{n}", None, "u1", "filler", "", "boss", NOW, NOW + HOUR), hashed(f"{n}")) for n in range(2000)]
        invitations.create_many(c, rows)
        assert len(invitations.listed(c, unit="u1")) == 2001
