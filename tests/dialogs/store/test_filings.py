"""Filings: the edition stays what it was, an answer changes only as it was seen, and history tells it all again."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from dialogs.scene import Change
from dialogs.store import filings
from dialogs.store import tables as t
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.errors import Conflict, NoSuchEdition
from scoring.answers import Answer, State, given
from scoring.beside.cabinet import Cabinet, Kept
from scoring.form import Form
from tests.dialogs.store.stock import NOW, a_filing, answers_of, at_once, change, dump
from tests.dialogs.store.values import GIVEN
from tests.dialogs.tiny import tiny


def opened(engine: Engine, name: str = "1") -> filings.Filing:
    with writing(engine) as c:
        return a_filing(c, name)


def open_again(
    engine: Engine, id: str, *, form: Form | None = None, year: int = 2020, project: str = "", unit: str = "u1"
) -> filings.Filing:
    with writing(engine) as c:
        return filings.open_filing(c, id, unit, form or tiny(), year, project, "p1.1", NOW)


def later_edition() -> Form:
    return replace(tiny(), edition="later", sources={"pack.yaml": "county: 改了"})


def history_of(engine: Engine, filing: filings.Filing, item: str | None = None) -> tuple[filings.Entry, ...]:
    with reading(engine) as c:
        return filings.history_of(c, filing.id, tiny(), item)


def replayed(engine: Engine, filing: filings.Filing) -> dict[str, Answer]:
    with reading(engine) as c:
        return filings.replay(c, filing.id, tiny())


def test_a_filing_is_opened_once_per_unit_year_form_and_project(engine: Engine) -> None:
    filing = opened(engine)
    assert (filing.id, filing.unit_id, filing.unit_name) == ("f1", "u1", "单位1")
    assert (filing.year, filing.form_id, filing.project, filing.edition, filing.documents) == (
        2020,
        tiny().id,
        "",
        tiny().edition,
        0,
    )
    assert open_again(engine, "other") == filing
    assert open_again(engine, "f2", year=2019).id == "f2"
    assert open_again(engine, "f3", project="业务专项").id == "f3"
    with reading(engine) as c:
        assert [f.id for f in filings.filings_of(c, "u1")] == ["f1", "f3", "f2"]  # the latest year first
        assert filings.filing(c, "f1") == filing
        assert filings.filing(c, "nothing") is None
        assert filings.filings_of(c, "nowhere") == ()


def test_two_who_open_the_same_filing_at_once_get_the_same(engine: Engine) -> None:
    opened(engine)
    got: list[str] = []
    at_once(
        engine, [lambda e: got.append(open_again(e, "x", year=2021).id), lambda e: got.append(open_again(e, "y", year=2021).id)]
    )
    assert len(got) == 2
    assert len(set(got)) == 1


def test_a_filing_keeps_the_edition_it_was_begun_in(engine: Engine) -> None:
    filing = opened(engine)
    assert open_again(engine, "other", form=later_edition()).edition == filing.edition
    assert open_again(engine, "next", form=later_edition(), year=2021).edition == "later"
    with reading(engine) as c:
        assert json.loads(filings.edition_sources(c, filing.edition)) == dict(tiny().sources)
        assert json.loads(filings.edition_sources(c, "later")) == {"pack.yaml": "county: 改了"}


def test_an_edition_once_frozen_never_changes(engine: Engine) -> None:
    opened(engine)
    before = dump(engine, [t.editions])
    with writing(engine) as c:
        filings.freeze_edition(c, tiny())
        filings.freeze_edition(c, replace(tiny(), id="other/form", sources={"pack.yaml": "county: 别的"}))
    assert dump(engine, [t.editions]) == before


def test_an_edition_never_frozen_is_missed_by_name(engine: Engine) -> None:
    with reading(engine) as c, pytest.raises(NoSuchEdition, match="abc123"):
        filings.edition_sources(c, "abc123")


def test_last_year_is_found_under_the_name_of_last_years_pack(engine: Engine) -> None:
    this = opened(engine)
    with reading(engine) as c:
        assert previous(c, this) is None
    open_again(engine, "other-form", form=replace(tiny(), id="small-2019/else"), year=2019)
    open_again(engine, "project", year=2019, project="业务专项")
    open_again(engine, "too-old", year=2018)
    with reading(engine) as c:
        assert previous(c, this) is None
    open_again(engine, "renamed", form=replace(tiny(), id="small-2019/tiny"), year=2019)
    with reading(engine) as c:
        assert previous_id(previous(c, this)) == "renamed"
    open_again(engine, "same", year=2019)
    with reading(engine) as c:
        assert previous_id(previous(c, this)) == "same"


def test_filings_begun_within_one_second_stand_in_the_order_they_were_begun(engine: Engine) -> None:
    opened(engine)
    for id, project in (("z", "先"), ("m", "再"), ("a", "后")):
        open_again(engine, id, project=project)
    with reading(engine) as c:
        assert [f.project for f in filings.filings_of(c, "u1")] == ["", "先", "再", "后"]


def previous(c: Connection, this: filings.Filing) -> Kept | None:
    known = filings.filings_of(c, this.unit_id)
    cabinet = Cabinet([Kept(f.id, f.form_id, f.year, f.unit_name, f.project, lambda: (tiny(), {})) for f in known])
    return cabinet.previous(cabinet.find(this.id))


def previous_id(filing: Kept | None) -> str:
    assert filing is not None
    return filing.id


def test_an_answer_of_every_type_comes_back_as_it_was_given(engine: Engine) -> None:
    filing = opened(engine)
    change(engine, filing, *((item, None, answer) for item, answer in GIVEN.items()))
    assert answers_of(engine, filing) == GIVEN
    assert replayed(engine, filing) == GIVEN


def test_an_answer_that_is_no_value_comes_back_too(engine: Engine) -> None:
    filing = opened(engine)
    told = {
        "retired": Answer(State.SKIPPED, basis="quota=1"),
        "buying": Answer(State.NOT_APPLICABLE),
        "quota": Answer(State.GIVEN, Decimal(40), True, "staff=2"),
    }
    change(engine, filing, *((item, None, answer) for item, answer in told.items()))
    assert answers_of(engine, filing) == replayed(engine, filing) == told


def test_history_tells_who_changed_what_when_and_by_which_message(engine: Engine) -> None:
    filing = opened(engine)
    with writing(engine) as c:
        filings.apply(c, filing.id, [Change("quota", None, given(Decimal(37)))], "p1.1", NOW, 5, 8_000_000_000)
        filings.apply(c, filing.id, [Change("staff", None, given(Decimal(31)))], "p1.1", NOW + 1, 6, 56)
        filings.apply(c, filing.id, [Change("quota", given(Decimal(37)), given(Decimal(38)))], "p1.1", NOW + 2, None, 57)
        filings.apply(c, filing.id, [Change("quota", given(Decimal(38)), None)], "p1.1", NOW + 3, None, 58)
    assert history_of(engine, filing, "quota") == (
        filings.Entry("quota", None, given(Decimal(37)), "p1.1", NOW, 5, 8_000_000_000),
        filings.Entry("quota", given(Decimal(37)), given(Decimal(38)), "p1.1", NOW + 2, None, 57),
        filings.Entry("quota", given(Decimal(38)), None, "p1.1", NOW + 3, None, 58),
    )
    assert [e.item for e in history_of(engine, filing)] == ["quota", "staff", "quota", "quota"]
    assert answers_of(engine, filing) == {"staff": given(Decimal(31))}


def test_a_change_that_changes_nothing_leaves_no_trace(engine: Engine) -> None:
    filing = opened(engine)
    change(engine, filing, ("quota", None, GIVEN["quota"]))
    before = dump(engine)
    change(engine, filing, ("quota", GIVEN["quota"], GIVEN["quota"]), ("staff", None, None))
    change(engine, filing)
    assert dump(engine) == before


def test_answers_of_one_filing_are_not_seen_in_another(engine: Engine) -> None:
    one, two = opened(engine, "1"), opened(engine, "2")
    change(engine, one, ("quota", None, GIVEN["quota"]))
    change(engine, two, ("quota", None, given(Decimal(5))))
    change(engine, two, ("quota", given(Decimal(5)), None))
    assert answers_of(engine, one) == {"quota": GIVEN["quota"]}
    assert answers_of(engine, two) == {}
    assert len(history_of(engine, one)) == 1


SEEN = given(Decimal(37), provisional=True)
STALE = {
    "it was given meanwhile": (None, given(Decimal(1))),
    "the value is another": (given(Decimal(36), provisional=True), given(Decimal(1))),
    "it is provisional by now": (given(Decimal(37)), given(Decimal(1))),
    "it rests on other answers": (replace(SEEN, basis="x"), given(Decimal(1))),
    "it was skipped before": (Answer(State.SKIPPED), given(Decimal(1))),
    "it is taken away": (given(Decimal(36)), None),
}


@pytest.mark.parametrize(("old", "new"), STALE.values(), ids=STALE.keys())
def test_a_stale_change_is_a_conflict_and_nothing_of_its_transaction_stays(
    engine: Engine, old: Answer | None, new: Answer | None
) -> None:
    filing = opened(engine)
    change(engine, filing, ("quota", None, SEEN))
    before = dump(engine)
    with pytest.raises(Conflict, match="刚刚有别人改过") as caught:
        change(engine, filing, ("staff", None, given(Decimal(31))), ("quota", old, new), ("carry", None, given(Decimal(1))))
    assert caught.value.item == "quota"
    assert dump(engine) == before


@pytest.mark.parametrize("new", [given(Decimal(1)), None], ids=["changed", "taken away"])
def test_an_answer_taken_away_meanwhile_is_a_conflict(engine: Engine, new: Answer | None) -> None:
    filing = opened(engine)
    before = dump(engine)
    with pytest.raises(Conflict):
        change(engine, filing, ("quota", SEEN, new))
    assert dump(engine) == before


@pytest.mark.parametrize("old", [None, SEEN], ids=["first", "changed"])
def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told(engine: Engine, old: Answer | None) -> None:
    filing = opened(engine)
    if old is not None:
        change(engine, filing, ("quota", None, old))
    told: list[str] = []

    def answer(own: Engine, points: int) -> None:
        try:
            change(own, filing, ("quota", old, given(Decimal(points))))
            told.append(f"won {points}")
        except Conflict:
            told.append("conflict")

    at_once(engine, [lambda e: answer(e, 1), lambda e: answer(e, 2)])
    assert "conflict" in told
    (winner,) = [x for x in told if x != "conflict"]
    assert f"won {answers_of(engine, filing)['quota'].value}" == winner
    assert replayed(engine, filing) == answers_of(engine, filing)


def test_an_answer_to_a_question_no_longer_asked_stays_stored_but_is_not_seen(engine: Engine) -> None:
    filing = opened(engine)
    change(engine, filing, ("quota", None, GIVEN["quota"]), ("abolished", None, given("旧答案")))
    assert answers_of(engine, filing) == {"quota": GIVEN["quota"]}
    assert replayed(engine, filing) == {"quota": GIVEN["quota"]}
    with reading(engine) as c:
        assert set(c.execute(select(t.answers.c.item)).scalars()) == {"quota", "abolished"}


def test_an_answer_to_no_filing_is_refused_by_the_database(engine: Engine) -> None:
    filing = opened(engine)
    with pytest.raises(IntegrityError):
        change(engine, replace(filing, id="fnowhere"), ("quota", None, GIVEN["quota"]))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("shelf") / "store.db"
    upgrade(f"sqlite:///{path}")
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()


names = count(100)
one_answer = st.one_of(
    st.none(),
    st.builds(Answer, st.sampled_from([State.SKIPPED, State.NOT_APPLICABLE]), basis=st.sampled_from(["", "b"])),
    st.builds(
        Answer,
        st.just(State.GIVEN),
        st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=10**12),
        st.booleans(),
        st.text(max_size=5),
    ),
)
one_step = st.tuples(
    st.lists(st.tuples(st.sampled_from(["quota", "staff", "carry"]), one_answer), max_size=4),
    st.sampled_from(["kept", "kept", "kept", "killed", "stale"]),
)


@for_all(steps=st.lists(one_step, max_size=12))
@settings(max_examples=50, deadline=None)
def test_history_replayed_gives_the_stored_answers_after_any_sequence_of_changes(
    shelf: Engine, steps: list[tuple[list[tuple[str, Answer | None]], str]]
) -> None:
    """Also after transactions that were killed, and changes that came too late."""
    filing = opened(shelf, str(next(names)))
    known: dict[str, Answer] = {}
    for wanted, fate in steps:
        after, changes = planned(known, wanted)
        if fate == "stale":
            changes.append(Change("wrongs", given(Decimal(1)), given(Decimal(2))))
        with suppress(Conflict, KeyboardInterrupt), writing(shelf) as c:
            filings.apply(c, filing.id, changes, f"p{filing.id[1:]}.1", NOW, None, 0)
            if fate == "killed":
                raise KeyboardInterrupt
        if fate == "kept":
            known = after
        assert answers_of(shelf, filing) == replayed(shelf, filing) == known
    for item in ("quota", "staff", "carry"):
        lines = history_of(shelf, filing, item)
        assert [line.old for line in lines[1:]] == [line.new for line in lines[:-1]]


def planned(known: dict[str, Answer], wanted: list[tuple[str, Answer | None]]) -> tuple[dict[str, Answer], list[Change]]:
    """What is known after the wanted changes, and the changes, each starting from what the one before has left."""
    after, changes = dict(known), []
    for item, new in wanted:
        changes.append(Change(item, after.get(item), new))
        after.pop(item, None)
        if new is not None:
            after[item] = new
    return after, changes
