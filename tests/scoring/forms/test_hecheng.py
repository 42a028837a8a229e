"""Pack hecheng-2020 beyond what the golden filing shows: every question is explained, every table of a fund is drafted."""

import pytest

from scoring.form import Form
from scoring.items import Checklist, Date, Manual, Person, Phone, YesNo
from scoring.loading import load

FORMS = ("hecheng-2020/department", "hecheng-2020/project", "hecheng-2020/spending")


@pytest.mark.parametrize("form_id", FORMS)
def test_every_question_has_help_and_the_figures_say_where_they_are_found(form_id: str) -> None:
    form: Form = load(form_id)
    for item in form.items.values():
        if item.id in form.silent:
            continue
        assert item.help, item.id
        assert item.source or item.optional or isinstance(item, Person | Phone | Date), item.id
        assert item.good or isinstance(item, YesNo | Checklist), item.id


@pytest.mark.parametrize("form_id", FORMS)
def test_every_indicator_is_explained_with_a_good_and_a_bad_answer(form_id: str) -> None:
    form: Form = load(form_id)
    for place in form.indicators:
        items = [form.items[i] for i in form.reads(place.indicator)]
        assert place.indicator.explain, place.indicator.name
        assert any(i.good for i in items), place.indicator.name
        assert any(i.bad for i in items), place.indicator.name
        assert all(i.source for i in items if not isinstance(i, Manual)), place.indicator.name
