"""The scene of one step, built from the store: who speaks, which filing is open, what stands beside it and a year before.

Not here: what the conversation makes of it (interview.py), or what is written back (handling.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dialogs.access.permissions import Action, State
from dialogs.catalogue import catalogue
from dialogs.conversation import Conversation
from dialogs.editions import form_of
from dialogs.events import Event, Pressed
from dialogs.office import Office
from dialogs.reminding.planning import replan
from dialogs.scene import FilingChoice, FilingInfo, FormChoice, Opening, Scene
from dialogs.showing import STANDING
from dialogs.store import documents, filings, notices, people, submissions
from dialogs.world import World
from scoring.answers import Answers
from scoring.beside.cabinet import Cabinet, Kept
from scoring.form import Form
from scoring.loading import load
from templates.fields import forms_drawn


def build_scene(
    c: Connection, office: Office, event: Event, person: str, conversation: Conversation, filing_id: str | None
) -> Scene:
    """The world of one step. A filing of a unit the person does not belong to is not part of it."""
    rights = people.rights_of(c, person)
    base = Scene(
        conversation,
        event,
        office.new_id,
        office.today(),
        forms=offered(office),
        rights=rights,
        outside=World(c),
        standing=_standing(c, event, person),
        zone=office.zone,
        open_door=office.open_door,
        private=office.private,
    )
    known = filings.filings_around(c, filing_id) if filing_id else ()
    filing = next((f for f in known if f.id == filing_id), None)
    if filing is not None and not rights.may(Action.READ, filing.place):
        filing = None
        base = replace(base, conversation=Conversation(hat=conversation.hat))
    if filing is None:
        units = people.units_of(c, person)
        choices = tuple(_choice(c, f) for u in units for f in filings.filings_of(c, u.id))
        return replace(base, choices=choices, units=tuple((u.id, u.name) for u in units))
    drawers = cabinet(c, known)
    own = drawers.find(filing.id)
    filed = drawers.filed(own)
    form, stored = drawers.stored(own)
    before = drawers.previous(own)
    last_year = drawers.filed(before) if before else None
    return replace(
        base,
        form=form,
        filing=_info(filing),
        answers=filed.answers,
        stored=stored,
        brought=drawers.brought(own),
        prior=last_year.answers if last_year else {},
        prior_form=last_year.form if last_year else None,
        beside=drawers.beside(own) if forms_drawn(form) else (),
        choices=tuple(_choice(c, f) for f in known),
    )


def _info(f: filings.Filing) -> FilingInfo:
    own = (f.id, f.unit_id, f.unit_name, f.year, f.form_id, f.documents, f.project)
    return FilingInfo(*own, f.place.county, f.place.supervisor, f.place.state or State.OPEN, f.round)


def _standing(c: Connection, event: Event, person: str) -> str:
    """What the button of a notice means; empty for every other button."""
    token = event.action.token if isinstance(event.action, Pressed) else ""
    found = STANDING.fullmatch(token)
    return notices.action_of(c, found[1], person, int(found[2])) if found else ""


def _choice(c: Connection, f: filings.Filing) -> FilingChoice:
    form = form_of(c, f).title
    title = f"{f.unit_name} · {f.year}年度 · {form}" + (f" · {f.project}" if f.project else "")
    label = f"{f.project} · {form} · {f.year}年度" if f.project else title
    return FilingChoice(f.id, title, f.unit_id, f.form_id, f.year, f.project, label)


def cabinet(c: Connection, known: Sequence[filings.Filing]) -> Cabinet:
    """The filings of a unit, those begun first first. One that is handed in stays what it was when it was handed in."""

    def loading(f: filings.Filing) -> Callable[[], tuple[Form, Answers]]:
        def load_it() -> tuple[Form, Answers]:
            form = form_of(c, f)
            handed_in = submissions.inputs(c, f.id, f.round) if f.place.state in submissions.LOCKED else ""
            if not handed_in:
                return form, filings.answers(c, f.id, form)
            return form, documents.answers_in(handed_in, form)

        return load_it

    return Cabinet(
        [Kept(f.id, f.form_id, f.year, f.unit_name, f.project, loading(f), f.place.state in submissions.LOCKED) for f in known]
    )


def open_wish(c: Connection, office: Office, wish: Opening, person: str, now: int) -> str | None:
    """The id of the filing wished for, created when it is new; None when the person may not have it."""
    if wish.filing:
        found = filings.filing(c, wish.filing)
        allowed = found is not None and people.rights_of(c, person).may(Action.READ, found.place)
        return wish.filing if allowed else None
    unit = wish.unit
    if not unit:
        if not office.open_door:
            return None
        unit = office.new_id()
        people.add_unit(c, unit, wish.unit_name, now)
        people.join(c, person, unit, "filler", now)
    elif not _may_begin(c, person, unit):
        return None
    form = load(wish.form, office.packs, wish.year)
    opened = filings.open_filing(c, office.new_id(), unit, form, wish.year, wish.project, person, now)
    replan(c, office, [opened.id])
    return opened.id


def _may_begin(c: Connection, person: str, unit: str) -> bool:
    place = people.place_of_unit(c, unit)
    return place is not None and people.rights_of(c, person).may(Action.BEGIN, place)


def offered(office: Office) -> tuple[FormChoice, ...]:
    """The forms that can be begun, in the order of the setting."""
    return catalogue(office.forms, office.packs, office.memory)
