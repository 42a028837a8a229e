"""Answers from other filings: what arrives, what is laid over it, and that nothing of either is lost."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from scoring.answers import Answer, Answers, State, given
from scoring.beside.arrivals import arrived
from scoring.beside.cabinet import Cabinet, Kept
from scoring.beside.changes import added_lines, lost_lines, overridden
from scoring.beside.facts import Filed
from scoring.beside.overlay import combined, kept, overlaid
from scoring.form import Form
from scoring.loading import load
from scoring.values import Row
from tests.pair import pair

D = Decimal
GOALS = (Row(("产出指标", "发放人数", D(98))), Row(("效益指标", "覆盖率", D(100))), Row(("产出指标", "及时率", D(95))))


def project(name: str, budget: str, final: str | None = None, goals: tuple[Row, ...] = ()) -> Filed:
    answers: dict[str, Answer] = {"budget": given(D(budget)), "goals": given(goals)}
    if final:
        answers["final"] = given(D(final))
    return Filed(pair("project"), answers, 2021, "小县中心", name)


def test_each_project_gives_a_line_of_the_units_table() -> None:
    found = arrived(pair("unit"), "", [project("老字号", "10", "9"), project("新字号", "20")], [])
    assert found["projects"].value == (Row(("老字号", D(10), D(9), D(90))), Row(("新字号", D(20), None, None)))
    assert found["projects"].source == "2 份《2021年度项目自评表》"


def test_a_report_draws_from_the_filing_of_its_own_project_alone() -> None:
    beside = [project("老字号", "10", goals=GOALS), project("新字号", "20")]
    found = arrived(pair("report"), "老字号", beside, [])
    assert found["budget"] == replace(given(D(10)), source="《2021年度项目自评表》（老字号）")
    assert found["goals"].value == (Row(("发放人数", D(98), None)), Row(("及时率", D(95), None)))
    assert arrived(pair("report"), "别的", beside, []) == {}


def test_last_years_figures_move_to_their_columns() -> None:
    answers: Answers = {"staff": given(D(31)), "reception": given(Row((D(1), D(2), D(3))))}
    found = arrived(pair("unit"), "", [], [Filed(pair("unit", 2020), answers, 2020, "小县中心")])
    assert found["quota"].value == D(31)
    assert found["reception"].value == Row((D(3), None, None))
    assert found["reception"].source == "《2020年度单位自评表》"


def test_what_is_provisional_there_is_provisional_here() -> None:
    filed = Filed(pair("project"), {"budget": given(D(1), provisional=True)}, 2021, "", "甲")
    assert arrived(pair("report"), "甲", [filed], [])["budget"].provisional


def test_a_change_with_its_reason_stays_when_the_source_moves_and_the_rest_follows() -> None:
    form, item = pair("report"), pair("report").items["goals"]
    before = arrived(form, "甲", [project("甲", "10", goals=GOALS)], [])["goals"]
    new = given((Row(("发放人数", D(98), D(99))), Row(("及时率", D(90), D(96)))))
    assert overridden(item, before, new) == {(1, 1, D(90))}
    stored = kept(item, before, replace(new, reason="年中下调"))
    later = replace(before, value=(Row(("发放人数", D(97), None)), Row(("及时率", D(95), None)), Row(("新指标", D(1), None))))
    merged = combined(form, item, later, stored)
    assert merged is not None
    assert merged.reason == "年中下调"
    assert merged.value == (Row(("发放人数", D(97), D(99))), Row(("及时率", D(90), D(96))), Row(("新指标", D(1), None)))


def test_a_line_whose_source_is_gone_keeps_what_the_filler_wrote() -> None:
    form, item = pair("report"), pair("report").items["goals"]
    before = arrived(form, "甲", [project("甲", "10", goals=GOALS)], [])["goals"]
    stored = kept(item, before, given((Row(("发放人数", D(98), D(99))), Row(("及时率", D(95), None)))))
    merged = combined(form, item, replace(before, value=(Row(("及时率", D(95), None)),)), stored)
    assert merged is not None
    assert Row(("发放人数", None, D(99))) in merged.value  # type: ignore[operator]


def test_a_locked_answer_is_what_the_other_filing_says() -> None:
    form = pair("unit")
    brought = arrived(form, "", [project("甲", "10", "9")], [])
    stored = {"projects": given((Row(("甲", D(1), D(1), None)), Row(("乙", D(1), D(1), None))))}
    assert overlaid(form, stored, brought)["projects"].value == (Row(("甲", D(10), D(9), D(90))),)


CELLS = st.sampled_from((None, D(1), D(2), D(3)))
NAMES = st.lists(st.sampled_from(("甲", "乙", "丙", "丁")), unique=True, max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> Answer:
    rows = tuple(Row((name, draw(CELLS), draw(CELLS))) for name in draw(NAMES))
    return given(rows, provisional=draw(st.booleans()))


@for_all(tables(), tables())
def test_what_is_kept_laid_over_what_arrived_is_the_answer(brought: Answer, new: Answer) -> None:
    form, item = pair("report"), pair("report").items["goals"]
    brought = replace(brought, source="那边")
    merged = combined(form, item, brought, kept(item, brought, new)) or brought
    assert isinstance(merged.value, tuple)
    assert isinstance(new.value, tuple)
    assert isinstance(brought.value, tuple)
    lines = {r.cells[0]: r.cells for r in merged.value if isinstance(r, Row)}
    arrived_lines = {r.cells[0]: r.cells for r in brought.value if isinstance(r, Row)}
    own_lines = {r.cells[0]: r.cells for r in new.value if isinstance(r, Row)}
    assert set(lines) == set(arrived_lines) | set(own_lines)  # no line of either side is lost
    for name, cells in lines.items():
        here = own_lines.get(name, (name, None, None))
        there = arrived_lines.get(name, (name, None, None))
        assert cells == tuple(there_ if here_ is None else here_ for here_, there_ in zip(here, there, strict=True))
    assert lost_lines(item, brought, merged) == 0
    assert added_lines(item, brought, merged) == len(set(own_lines) - set(arrived_lines))
    assert merged.provisional == (brought.provisional or new.provisional)
    again = combined(form, item, brought, kept(item, brought, merged)) or brought
    assert again == merged


@for_all(st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans())
def test_a_single_fact_comes_back_as_it_was_given(there: int, here: int, rough: bool, rough_there: bool) -> None:
    form, item = pair("report"), pair("report").items["budget"]
    brought = replace(given(D(there), provisional=rough_there), source="那边")
    new = given(D(here), provisional=rough)
    merged = combined(form, item, brought, kept(item, brought, new)) or brought
    assert (merged.value, merged.provisional) == (new.value, new.provisional)
    assert bool(overridden(item, brought, new)) == (here != there)


def test_skipping_hides_nothing_that_arrived() -> None:
    form, item = pair("report"), pair("report").items["budget"]
    brought = given(D(1))
    assert combined(form, item, brought, Answer(State.SKIPPED)) == brought


def test_two_forms_that_draw_from_each_other_end() -> None:
    """The cabinet reads a filing that is being read just now as its filler left it."""
    forms = {name: pair(name) for name in ("unit", "project", "report")}
    stored: dict[str, Answers] = {"unit": {}, "project": {"budget": given(D(5))}, "report": {}}
    cabinet = Cabinet(
        [
            Kept(n, f"pair/{n}", 2021, "小县中心", "" if n == "unit" else "甲", lambda n=n: (forms[n], stored[n]))  # type: ignore[misc]
            for n in forms
        ]
    )
    filed = cabinet.filed(cabinet.find("report"))
    assert filed.answers["budget"].value == D(5)
    assert [f.form.id for f in cabinet.beside(cabinet.find("unit"))] == ["pair/project", "pair/report"]


def test_filings_of_many_forms_are_not_put_together_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms draw from each other: without remembering, forty projects would be read forty times each at every word."""
    read: list[str] = []

    def counted(form: Form, *more: object) -> dict[str, Answer]:
        read.append(form.id)
        return arrived(form, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("scoring.beside.cabinet.arrived", counted)
    forms = {name: load(f"hecheng-2020/{name}") for name in ("spending", "department", "project")}
    named = [("spending", ""), ("department", ""), *(("project", f"项目{n}") for n in range(20))]
    filings = [
        Kept(f"{form}{project}", forms[form].id, 2020, "小县中心", project, partial(_nothing_yet, forms[form]))
        for form, project in named
    ]
    cabinet = Cabinet(filings)
    cabinet.filed(cabinet.find("spending"))
    assert len(cabinet.beside(cabinet.find("spending"))) == 21
    assert len(read) <= 4 * len(filings)


def _nothing_yet(form: Form) -> tuple[Form, dict[str, Answer]]:
    return form, {}
