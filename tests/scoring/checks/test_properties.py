"""Whatever was answered and printed, checking ends in findings or in one kind sentence, and always in the same ones."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.answers import Answer, State
from scoring.answersfiles.printed import LISTS, BadPrinted, Printed
from scoring.answersfiles.printedkeys import refuse_unknown, score_names
from scoring.answersfiles.printedparts import read_printed
from scoring.checks import check
from scoring.checks.causes import likely_cause
from scoring.checks.text_figures import figures_in
from scoring.checks.text_lists import lists_in
from scoring.columns import Column, OneRow, Rows, Survey
from scoring.form import Form
from scoring.items import Checklist, Choice, Date, External, Item, Manual, Number, YesNo
from scoring.loading import load
from scoring.numbers import round_half_up
from scoring.values import ExternalScore, ManualScore, Row, Value

FORMS = {name: load(name) for name in ("example/basic", "example/rules", "guangshui-2024/declaration", "hecheng-2020/department")}

numbers = st.one_of(
    st.sampled_from([Decimal(n) for n in ("0", "1", "-1", "0.01", "100", "99999999999999", "-482.57", "0.3333")]),
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
)
words = st.one_of(
    st.sampled_from(
        [
            "",
            "100%",
            "≥98%",
            "1--1.2万人",
            "长期",
            "2019年",
            "……",
            "一是甲。三是乙。",
            "比上年增加5万元，增加-3%",
            "3个科室，分别为：甲、乙",
        ]
    ),
    st.text(alphabet="一二三是个年月0123456789.%万元，。；：、（）①③增加减少比上完成其中＿_X…≥", max_size=60),
)


def cell(column: Column) -> st.SearchStrategy[Decimal | str | None]:
    if column.figure:
        return st.one_of(st.none(), st.just(""), numbers)
    return st.one_of(st.none(), words, *([st.sampled_from(column.options)] if column.options else []))


def value(item: Item) -> st.SearchStrategy[Value]:
    match item:
        case OneRow():
            return st.tuples(*(cell(c) for c in item.columns)).map(Row)
        case Rows():
            return st.lists(st.tuples(*(cell(c) for c in item.columns)).map(Row), max_size=4).map(tuple)
        case Survey():
            ticks = st.tuples(*(st.integers(0, 60).map(Decimal) for _ in item.points)).map(Row)
            head = st.tuples(*(st.integers(0, 60).map(Decimal) for _ in range(3))).map(Row)
            return st.tuples(head, st.lists(ticks, max_size=len(item.questions))).map(lambda t: (t[0], *t[1]))
        case YesNo():
            return st.booleans()
        case Checklist():
            return st.lists(st.sampled_from([c.id for c in item.criteria]), unique=True).map(tuple)
        case Choice():
            return st.sampled_from([o.id for o in item.options])
        case Date():
            return st.dates(date(2000, 1, 1), date(2100, 1, 1))
        case External():
            return st.builds(ExternalScore, numbers, numbers, words)
        case Manual():
            return st.builds(ManualScore, numbers, words)
        case Number():
            return numbers
    return words


def answers_to(form: Form) -> st.SearchStrategy[Mapping[str, Answer]]:
    def answer(item: Item) -> st.SearchStrategy[Answer]:
        return st.one_of(
            st.builds(Answer, st.just(State.GIVEN), value(item), st.booleans()),
            st.just(Answer(State.NOT_APPLICABLE)),
            st.just(Answer(State.SKIPPED)),
        )

    return st.fixed_dictionaries({}, optional={i.id: answer(i) for i in form.items.values()})


scalars = st.one_of(numbers, words, st.booleans(), st.none(), numbers.map(lambda n: f"{n:f}%"))
statements = st.one_of(
    scalars, st.lists(st.one_of(scalars, st.fixed_dictionaries({"stated": scalars, "where": words})), max_size=3)
)
nests = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)), max_leaves=6
)


def prints_of(form: Form) -> st.SearchStrategy[object]:
    keys = [*score_names(form), *form.computed, *(i.id for i in form.items.values())]
    keys += [f"{i.id}.{c.id}" for i in form.items.values() if isinstance(i, OneRow) for c in i.columns]
    keys += [
        f"{i.id}.{n}.{c}"
        for i in form.items.values()
        if isinstance(i, Rows)
        for n in (1, 9)
        for c in ("points", "weight", "rate")
    ]
    scores = st.dictionaries(st.sampled_from(list(score_names(form))), statements, max_size=6)
    figures = st.one_of(scalars, st.sampled_from(list(form.computed) or ["1"]))
    relations = {
        kind: st.lists(
            st.fixed_dictionaries({}, optional={r: st.one_of(figures, st.lists(figures, max_size=3)) for r in roles}), max_size=2
        )
        for kind, roles in LISTS.items()
    }
    lines = st.lists(st.sampled_from(["一、甲", "（二）乙", "3、丙", "（4）丁", "无号", "②", "十二、"]), max_size=6)
    parts = {
        **relations,
        "text": scores,
        "weights": scores,
        "names": st.dictionaries(words, statements, max_size=2),
        "codes": st.lists(st.sampled_from(["A11", "A13", "B1", "C", "A11", ""]), max_size=5),
        "headings": lines,
        "sections": st.dictionaries(words, words, max_size=3),
        "sentences": st.lists(words, max_size=3),
        "attachments": st.fixed_dictionaries({"listed": st.lists(words, max_size=3), "present": st.lists(words, max_size=3)}),
        "signoff": st.dictionaries(words, words, max_size=3),
        "survey_letters": st.lists(st.text(max_size=5), max_size=3),
    }
    good = st.tuples(st.dictionaries(st.sampled_from(keys), statements, max_size=8), st.fixed_dictionaries({}, optional=parts))
    return st.one_of(good.map(lambda t: t[0] | t[1]), st.dictionaries(st.sampled_from([*parts, *keys[:20]]), nests, max_size=4))


@pytest.mark.parametrize("name", list(FORMS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_answers_and_any_print_end_in_findings_or_one_sentence(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    answers = data.draw(answers_to(form))
    printed: Printed | None = None
    try:
        printed = read_printed(data.draw(prints_of(form)))
        refuse_unknown(form, printed)
    except BadPrinted:
        printed = None
    found = check(form, answers, printed)
    assert found == check(form, answers, printed)
    for finding in found:
        assert finding.text
        assert finding.check.isupper()
        assert set(finding.items) <= set(form.items)


@settings(max_examples=300, deadline=None)
@given(stated=numbers, exact=st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_a_number_that_is_right_has_no_cause(stated: Decimal, exact: Fraction) -> None:
    places = max(0, -int(stated.as_tuple().exponent))
    assert likely_cause(round_half_up(exact, places), exact) == ""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="一二三是个年月0123456789.%万元，。；：、（）①③增加减少比较上年完成的其中", max_size=200))
def test_any_text_is_read_to_its_end(text: str) -> None:
    list(figures_in(text))
    list(lists_in(text))
