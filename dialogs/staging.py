"""The scene of one step, built from the store: who speaks, which filing is open, what stands beside it and a year before.

Not here: what the conversation makes of it (interview.py), or what is written back (handling.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dialogs.catalogue import catalogue
from dialogs.conversation import Conversation
from dialogs.editions import form_of
from dialogs.events import Event
from dialogs.office import Office
from dialogs.scene import FilingChoice, FilingInfo, FormChoice, Opening, Scene
from dialogs.store import filings, people
from scoring.answers import Answers
from scoring.beside.cabinet import Cabinet, Kept
from scoring.form import Form
from scoring.loading import load
from templates.fields import forms_drawn


def build_scene(
    c: Connection, office: Office, event: Event, person: str, conversation: Conversation, filing_id: str | None
) -> Scene:
    """The world of one step. A filing of a unit the person does not belong to is not part of it."""
    base = Scene(conversation, event, office.new_id, office.today(), forms=offered(office))
    filing = filings.filing(c, filing_id) if filing_id else None
    if filing is not None and people.role_in(c, person, filing.unit_id) is None:
        filing = None
        base = replace(base, conversation=Conversation())
    if filing is None:
        units = people.units_of(c, person)
        choices = tuple(_choice(c, f) for u in units for f in filings.filings_of(c, u.id))
        return replace(base, choices=choices, units=tuple((u.id, u.name) for u in units))
    known = filings.filings_of(c, filing.unit_id)
    cabinet = _cabinet(c, known)
    own = cabinet.find(filing.id)
    filed = cabinet.filed(own)
    form, stored = cabinet.stored(own)
    before = cabinet.previous(own)
    last_year = cabinet.filed(before) if before else None
    return replace(
        base,
        form=form,
        filing=FilingInfo(
            filing.id, filing.unit_id, filing.unit_name, filing.year, filing.form_id, filing.documents, filing.project
        ),
        answers=filed.answers,
        stored=stored,
        brought=cabinet.brought(own),
        prior=last_year.answers if last_year else {},
        prior_form=last_year.form if last_year else None,
        beside=cabinet.beside(own) if forms_drawn(form) else (),
        choices=tuple(_choice(c, f) for f in known),
    )


def _choice(c: Connection, f: filings.Filing) -> FilingChoice:
    form = form_of(c, f).title
    title = f"{f.unit_name} · {f.year}年度 · {form}" + (f" · {f.project}" if f.project else "")
    label = f"{f.project} · {form} · {f.year}年度" if f.project else title
    return FilingChoice(f.id, title, f.unit_id, f.form_id, f.year, f.project, label)


def _cabinet(c: Connection, known: Sequence[filings.Filing]) -> Cabinet:
    """The filings of a unit, those begun first first."""

    def loading(f: filings.Filing) -> Callable[[], tuple[Form, Answers]]:
        def load_it() -> tuple[Form, Answers]:
            form = form_of(c, f)
            return form, filings.answers(c, f.id, form)

        return load_it

    return Cabinet([Kept(f.id, f.form_id, f.year, f.unit_name, f.project, loading(f)) for f in known])


def open_wish(c: Connection, office: Office, wish: Opening, person: str, now: int) -> str | None:
    """The id of the filing wished for, created when it is new; None when the person may not have it."""
    if wish.filing:
        found = filings.filing(c, wish.filing)
        allowed = found is not None and people.role_in(c, person, found.unit_id) is not None
        return wish.filing if allowed else None
    unit = wish.unit
    if not unit:
        unit = office.new_id()
        people.add_unit(c, unit, wish.unit_name, now)
        people.join(c, person, unit, "filler")
    elif people.role_in(c, person, unit) is None:
        return None
    form = load(wish.form, office.packs, wish.year)
    return filings.open_filing(c, office.new_id(), unit, form, wish.year, wish.project, person, now).id


def offered(office: Office) -> tuple[FormChoice, ...]:
    """The forms that can be begun, in the order of the setting."""
    return catalogue(office.forms, office.packs, office.memory)
