"""People, units, roles, and where each chat stands."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from dialogs.access.permissions import Role
from dialogs.store import conversations, people
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from tests.dialogs.store.stock import NOW, a_filing, answers_of, at_once, change
from tests.dialogs.store.values import GIVEN


def person(engine: Engine, address: str, id: str, channel: str = "test") -> str:
    with writing(engine) as c:
        return people.person(c, channel, address, NOW, lambda: id)


def test_a_person_is_made_known_once_per_address(engine: Engine) -> None:
    assert person(engine, "1", "p1") == "p1"
    assert person(engine, "1", "p2") == "p1"
    assert person(engine, "2", "p3") == "p3"
    assert person(engine, "1", "p4", channel="other") == "p4"


def test_two_first_messages_at_once_make_one_person(engine: Engine) -> None:
    known: list[str] = []
    at_once(engine, [lambda e: known.append(person(e, "1", "x")), lambda e: known.append(person(e, "1", "y"))])
    assert len(set(known)) == 1
    with reading(engine) as c:
        assert c.execute(select(func.count()).select_from(t.people)).scalar() == 1


def test_a_unit_is_seen_by_its_members_only_and_in_their_role(engine: Engine) -> None:
    person(engine, "1", "p1")
    person(engine, "2", "p2")
    with writing(engine) as c:
        people.add_unit(c, "u1", "小县社会保险服务中心", NOW)
        people.join(c, "p1", "u1", "filler")
        assert people.units_of(c, "p1") == (people.Unit("u1", "小县社会保险服务中心", frozenset({Role.FILLER})),)
        assert people.rights_of(c, "p1").units == {"u1": {Role.FILLER}}
        assert people.units_of(c, "p2") == ()
        assert people.rights_of(c, "p2").none


def test_units_of_the_same_name_are_different_units(engine: Engine) -> None:
    person(engine, "1", "p1")
    with writing(engine) as c:
        for n, id in enumerate(("u2", "u1")):
            people.add_unit(c, id, "财政局", NOW + n)
            people.join(c, "p1", id, "filler")
        assert [u.id for u in people.units_of(c, "p1")] == ["u2", "u1"]  # oldest first


def test_joining_again_changes_the_role(engine: Engine) -> None:
    person(engine, "1", "p1")
    with writing(engine) as c:
        people.add_unit(c, "u1", "财政局", NOW)
        people.join(c, "p1", "u1", "filler")
        people.join(c, "p1", "u1", "reviewer")
        assert [u.roles for u in people.units_of(c, "p1")] == [{Role.FILLER, Role.REVIEWER}]


def test_who_left_a_unit_is_out_but_what_was_written_stays(engine: Engine) -> None:
    with writing(engine) as c:
        filing = a_filing(c)
    change(engine, filing, ("quota", None, GIVEN["quota"]))
    with writing(engine) as c:
        people.leave(c, "p1.1", "u1")
        people.leave(c, "p1.1", "u1")
        assert people.rights_of(c, "p1.1").none
    assert answers_of(engine, filing) == {"quota": GIVEN["quota"]}


def test_a_role_nobody_knows_is_refused_by_the_database(engine: Engine) -> None:
    person(engine, "1", "p1")
    with writing(engine) as c:
        people.add_unit(c, "u1", "财政局", NOW)
    with pytest.raises(IntegrityError), writing(engine) as c:
        people.join(c, "p1", "u1", "emperor")


@pytest.mark.parametrize(("who", "where"), [("nobody", "u1"), ("p1", "nowhere")])
def test_nobody_joins_who_or_where_is_not_known(engine: Engine, who: str, where: str) -> None:
    person(engine, "1", "p1")
    with writing(engine) as c:
        people.add_unit(c, "u1", "财政局", NOW)
    with pytest.raises(IntegrityError), writing(engine) as c:
        people.join(c, who, where, "filler")


def test_a_conversation_is_kept_per_chat_and_counts_its_changes(engine: Engine) -> None:
    with writing(engine) as c:
        filing = a_filing(c)
        assert conversations.load(c, "test:1") is None
        conversations.save(c, "test:1", "p1.1", None, "{}", NOW)
        conversations.save(c, "test:2", "p1.1", None, "{}", NOW)
        conversations.save(c, "test:1", "p1.1", filing.id, '{"页":1}', NOW + 1)
    with reading(engine) as c:
        assert conversations.load(c, "test:1") == conversations.Stored("p1.1", filing.id, '{"页":1}', 2)
        assert conversations.load(c, "test:2") == conversations.Stored("p1.1", None, "{}", 1)


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(engine: Engine) -> None:
    person(engine, "1", "p1")
    with reading(engine) as c:
        before = c.execute(select(t.people.c.id)).scalars().all()
        person(engine, "2", "p2")
        assert c.execute(select(t.people.c.id)).scalars().all() == before
    with reading(engine) as c:
        assert len(c.execute(select(t.people.c.id)).all()) == 2
