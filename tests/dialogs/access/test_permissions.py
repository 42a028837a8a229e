"""Who may do what: the reviewed table, written out, against every cell of the gate; and whom each may invite."""

from itertools import product

import pytest

from dialogs.access.granting import GRANTS, IN_COUNTY, IN_UNIT, grantable, may_remove
from dialogs.access.permissions import TABLE, Action, Role, State, may
from dialogs.access.rights import Place, Rights

# Of a filing that is o: open (填报中), s: submitted (待审核), r: returned (已退回), a: approved (已通过);
# n: where no filing is concerned. A dot: no. This table is read by people; a change here is a decision.
REVIEWED = """
action      filler  reviewer  observer  administrator  overseer  nobody
own         osran   osran     osran     osran          osran     osran
join        osran   osran     osran     osran          osran     osran
read        osran   osran     osran     osran          osran     .....
members     osran   osran     osran     osran          osran     .....
draft       osra.   osra.     osra.     osra.          osra.     .....
begin       ....n   .....     .....     .....          .....     .....
answer      o.r..   .....     .....     .....          .....     .....
evidence    o.r..   .....     .....     .....          .....     .....
survey      o.r..   .....     .....     .....          .....     .....
ask         o.r..   .....     .....     .....          .....     .....
submit      o.r..   .....     .....     .....          .....     .....
withdraw    .s...   .....     .....     .....          .....     .....
assign      o.r..   o.r..     .....     .....          .....     .....
remark      .....   .s...     .....     .s...          .....     .....
verify      .....   .s...     .....     .s...          .....     .....
return      .....   .s...     .....     .s...          .....     .....
approve     .....   .s...     .....     .s...          .....     .....
reopen      .....   ...a.     .....     ...a.          .....     .....
invite      ....n   ....n     .....     ....n          .....     .....
remove      .....   ....n     .....     ....n          .....     .....
hand_over   osran   .....     .....     osran          .....     .....
calendar    .....   .....     .....     osran          .....     .....
announce    .....   .....     .....     ....n          .....     .....
progress    .....   .....     .....     ....n          ....n     .....
export      .....   .....     .....     osran          osran     .....
import      .....   .....     .....     ....n          .....     .....
open_year   .....   .....     .....     ....n          .....     .....
"""
STATES: dict[str, State | None] = {
    "o": State.OPEN,
    "s": State.SUBMITTED,
    "r": State.RETURNED,
    "a": State.APPROVED,
    "n": None,
}
HEAD, *LINES = [line.split() for line in REVIEWED.strip().splitlines()]
GRID = {Action[line[0].upper()]: dict(zip(HEAD[1:], line[1:], strict=True)) for line in LINES}


def allowed(who: str, action: Action, state: str) -> bool:
    """What the reviewed table says."""
    return state in GRID[action][who]


def test_the_table_is_complete() -> None:
    assert set(GRID) == set(Action)
    assert HEAD[1:] == [*map(str, Role), "nobody"]
    assert set(TABLE) == set(Role)
    assert set(STATES.values()) == {*State, None}
    for line in GRID.values():
        assert all(cell == "".join(s if s in cell else "." for s in STATES) for cell in line.values())


@pytest.mark.parametrize("action", Action)
def test_every_cell_is_as_reviewed(action: Action) -> None:
    for who, (letter, state) in product(HEAD[1:], STATES.items()):
        roles = () if who == "nobody" else (Role(who),)
        assert may(roles, action, state) is allowed(who, action, letter), (who, letter)


@pytest.mark.parametrize("action", Action)
def test_several_roles_may_what_any_of_them_may(action: Action) -> None:
    for one, two in product(Role, Role):
        for letter, state in STATES.items():
            assert may((one, two), action, state) is (allowed(one, action, letter) or allowed(two, action, letter))


# Somebody's rights, and at which of these places they count: own unit, a unit the own one supervises, another unit
# of the county, a unit of another county.
HERE = {
    "own": Place("c1", "u1", "u0", "f1"),
    "supervised": Place("c1", "u2", "u1", "f2"),
    "other": Place("c1", "u3", "", "f3"),
    "abroad": Place("c2", "u4", "", "f4"),
    "nowhere": Place(),
}
COUNTS = {
    Role.FILLER: {"own"},
    Role.REVIEWER: {"own", "supervised"},
    Role.OBSERVER: {"own"},
    Role.ADMINISTRATOR: {"own", "supervised", "other"},
    Role.OVERSEER: {"own", "supervised", "other"},
}


def rights_of(role: Role) -> Rights:
    if role in IN_UNIT:
        return Rights("p1", {"u1": frozenset({role})})
    return Rights("p1", {}, {"c1": frozenset({role})})


@pytest.mark.parametrize("role", Role)
def test_a_role_counts_in_its_own_place_and_nowhere_else(role: Role) -> None:
    for (where, place), action, (letter, state) in product(HERE.items(), Action, STATES.items()):
        here = Place(place.county, place.unit, place.supervisor, place.filing, state)
        who = str(role) if where in COUNTS[role] else "nobody"
        assert rights_of(role).may(action, here) is allowed(who, action, letter), (where, action, letter)


def test_a_unit_of_no_county_is_nobody_elses_through_an_empty_name() -> None:
    everything = Rights("p1", {"": frozenset(Role)}, {"": frozenset(Role)})
    assert everything.roles_at(Place("", "u9")) == frozenset()
    assert everything.roles_at(Place()) == frozenset()


WHOM = """
inviter         filler  reviewer  observer  administrator  overseer
filler          yes     .         .         .              .
reviewer        yes     .         yes       .              .
observer        .       .         .         .              .
administrator   yes     yes       yes       yes            yes
overseer        .       .         .         .              .
"""


def test_whom_each_may_invite_is_as_reviewed() -> None:
    head, *lines = [line.split() for line in WHOM.strip().splitlines()]
    for inviter, *cells in lines:
        for whom, cell in zip(head[1:], cells, strict=True):
            assert (Role(whom) in GRANTS[Role(inviter)]) is (cell == "yes"), (inviter, whom)
            granted = grantable([Role(inviter)], unit=Role(whom) in IN_UNIT)
            assert (Role(whom) in granted) is (cell == "yes")
    assert set(IN_UNIT) | set(IN_COUNTY) == set(Role)


def test_nobody_takes_out_more_than_one_could_have_given() -> None:
    for mine, theirs in product(Role, Role):
        assert may_remove([mine], [theirs], unit=theirs in IN_UNIT) is (theirs in GRANTS[mine])
    assert not may_remove([Role.REVIEWER], [Role.FILLER, Role.REVIEWER], unit=True)
    assert not may_remove([Role.ADMINISTRATOR], [Role.OVERSEER], unit=True)
