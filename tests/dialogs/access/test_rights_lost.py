"""What was begun with rights that are lost since: messages that wait, invitations that are open, two who go at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from dialogs.access.leaving import LastAdministrator, part
from dialogs.access.permissions import State
from dialogs.access.rights import Place
from dialogs.conversation import Conversation, Screen
from dialogs.store import conversations, members, notices
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.together.succession import hand_over
from templates.messages import message
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.store.stock import until_it_waits

Code = Callable[..., str]
BAD = message("access/bad_code")


def _posted(county: County, somebody: Somebody, kind: str, *actions: str) -> None:
    with writing(county.office.engine) as c:
        rows = [[("看", action) for action in actions]] if actions else []
        notices.post(c, "n00000000001", Notice(somebody.id, kind, "k", "退休人数 37 人", rows), county.clock(), county.clock())


@pytest.mark.parametrize("action", ["goto:{f}:returned", "filing:{f}", "account:{u}", "members:u.{u}"])
def test_what_waits_for_the_morning_is_not_sent_to_somebody_who_was_taken_out_at_night(county: County, action: str) -> None:
    unit, other = county.unit("民政局"), county.unit("教育局")
    filing, filler = county.filing(unit), county.filler(unit)
    county.joins(filler, other, "filler")
    county.moves("2021-03-01 22:00")
    _posted(county, filler, "returned", action.format(f=filing, u=unit))
    county.leaves(filler, unit)
    county.moves("2021-03-02 09:30").works()
    assert "37" not in "".join(getattr(r, "text", "") for r in filler.received)


def test_who_still_belongs_there_has_it_in_the_morning(county: County) -> None:
    unit = county.unit("民政局")
    filing, filler = county.filing(unit), county.filler(unit)
    county.moves("2021-03-01 22:00")
    _posted(county, filler, "returned", f"goto:{filing}:returned")
    county.moves("2021-03-02 09:30").works()
    assert "37" in "".join(getattr(r, "text", "") for r in filler.received)


@pytest.mark.parametrize("said", ["民政", "请大家都改一改这几处", "/start", "目录", "0", ("pressed", "stalestal.0"), ("edited",)])
@pytest.mark.parametrize(
    "state",
    [
        Conversation(Screen.WHICH_UNIT, turn="zzzzzzzz", pending={"of": "c.c1"}),
        Conversation(Screen.INVITING, turn="zzzzzzzz", pending={"invite": "c.c1.overseer"}),
        Conversation(Screen.ANNOUNCING, turn="zzzzzzzz", pending={"here": "c.c1.2020"}),
        Conversation(Screen.RETURNING, turn="zzzzzzzz", pending={"here": "c.c1.2020", "chosen": ["f"]}),
        Conversation(Screen.IMPORTING, turn="zzzzzzzz", pending={"county": "c1"}),
        Conversation(Screen.CALENDAR, turn="zzzzzzzz", pending={"step": "page", "county": "c1", "year": 2020}),
        Conversation(Screen.CALENDAR, turn="zzzzzzzz", pending={"step": "unit", "county": "c1", "year": 2020}),
    ],
    ids=lambda state: f"{state.screen}-{state.pending.get('step', '')}",
)
def test_a_page_of_the_county_says_nothing_more_to_whoever_has_lost_the_office(
    county: County, state: Conversation, said: str | tuple[str, ...]
) -> None:
    filing = county.filing(county.unit("民政局"), state=State.SUBMITTED)
    chen = county.administrator()
    county.joins(chen, county.unit("教育局"), "filler")
    county.dismisses(chen)
    with writing(county.office.engine) as c:
        left = replace(state, pending={**state.pending, **({"chosen": [filing]} if "chosen" in state.pending else {})})
        conversations.save(c, chen.chat, chen.id, None, left.to_json(), county.clock())
    if isinstance(said, str):
        chen.says(said)
    elif said[0] == "pressed":
        chen.presses(said[1])
    else:
        chen.sends("F1", "名单.xlsx")
    assert "民政局" not in chen.text
    assert "小县" not in chen.text
    assert chen.text


def test_an_announcement_is_for_members(county: County) -> None:
    unit = county.unit("民政局")
    filler = county.filler(unit)
    county.moves("2021-03-01 22:00")
    _posted(county, filler, "announcement")
    county.leaves(filler, unit)
    county.moves("2021-03-02 09:30").works()
    assert filler.received == []


def test_an_invitation_ends_with_the_rights_of_whoever_made_it(county: County, code: Code) -> None:
    """Somebody who hands over and leaves keeps no way back in their pocket."""
    unit = county.unit("民政局")
    before, after = county.filler(unit, "张三"), county.filler(unit, "李四")
    kept = code(unit, by=before)
    with writing(county.office.engine) as c:
        hand_over(county.doing(c, before), unit, before.id, after.id, True)
    before.says(kept).sees(BAD)
    assert not members_in(county, unit) & {before.id}


def test_so_it_does_when_the_unit_gets_another_supervisor(county: County, code: Code) -> None:
    old, new = county.unit("水利局"), county.unit("农业局")
    unit = county.unit("水管站", supervisor=old)
    head = county.reviewer(old)
    open_now, later = code(unit, by=head), code(unit, by=head)
    county.stranger().says(open_now).sees("你已经加入水管站")
    with writing(county.office.engine) as c:
        c.execute(update(t.units).where(t.units.c.id == unit).values(supervisor_id=new))
    stranger = county.stranger()
    stranger.says(later).sees(BAD)
    assert not members_in(county, unit) & {stranger.id}


def members_in(county: County, unit: str) -> set[str]:
    with reading(county.office.engine) as c:
        return {m.id for m in members.members_of(c, unit)}


def test_of_two_administrators_who_leave_at_once_one_stays(postgresql_engine: Engine, tmp_path: Path) -> None:
    county = County(postgresql_engine, tiny_packs(tmp_path / "packs"))
    both = [county.administrator("陈科长"), county.administrator("林科长")]
    refused: list[Exception] = []

    def go() -> None:
        try:
            with writing(postgresql_engine) as c:
                part(county.doing(c, both[1]), both[1].id, Place(county.id))
        except LastAdministrator as e:
            refused.append(e)

    other = threading.Thread(target=go)
    with writing(postgresql_engine) as c:
        part(county.doing(c, both[0]), both[0].id, Place(county.id))
        other.start()
        until_it_waits(postgresql_engine, other)
    other.join()
    assert len(refused) == 1
    with reading(postgresql_engine) as c:
        assert [m.id for m in members.officers_of(c, county.id)] == [both[1].id]
