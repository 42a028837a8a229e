"""Names and other words about people that somebody's messages may hold: of those around them, and in their units' filings.

Not here: what is done about them (dialogs/private/veiling.py).
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, exists, or_, select

from dialogs.store.tables import filings, history, invitations, memberships, officers, people, proposals, units

_here: BindParameter[list[str]] = bindparam("counties", expanding=True)
_own: BindParameter[list[str]] = bindparam("units", expanding=True)
_PLACES = select(units.c.county_id).where(units.c.id.in_(_own), units.c.county_id.is_not(None)).distinct()
_member = exists().where(
    memberships.c.person_id == people.c.id,
    memberships.c.unit_id == units.c.id,
    or_(units.c.id.in_(_own), units.c.county_id.in_(_here)),
)
_officer = exists().where(officers.c.person_id == people.c.id, officers.c.county_id.in_(_here))
_NAMES = select(people.c.name).where(people.c.name != "", or_(_member, _officer))
_INVITED = (
    select(invitations.c.name)
    .outerjoin(units, units.c.id == invitations.c.unit_id)
    .where(
        invitations.c.name != "",
        or_(units.c.id.in_(_own), units.c.county_id.in_(_here), invitations.c.county_id.in_(_here)),
    )
)
_OWN_NAME = select(people.c.name).where(people.c.id == bindparam("of_person"), people.c.name != "")
_CAME_TO = select(invitations.c.unit_id, invitations.c.county_id).where(invitations.c.used_by == bindparam("of_person"))
_ASKERS = (
    select(people.c.name)
    .join(proposals, proposals.c.asked_by == people.c.id)
    .where(people.c.name != "", or_(proposals.c.asked_of.is_(None), proposals.c.asked_of == bindparam("of_person")))
    .distinct()
)
_REPLIERS = (
    select(people.c.name)
    .join(proposals, proposals.c.answered_by == people.c.id)
    .join(filings, filings.c.id == proposals.c.filing_id)
    .where(people.c.name != "", filings.c.unit_id.in_(_own))
)
_FORMS = select(filings.c.form_id, filings.c.edition, filings.c.year).where(filings.c.unit_id.in_(_own)).distinct()
_SAID = (
    select(filings.c.form_id, history.c.item, history.c.new)
    .join(filings, filings.c.id == history.c.filing_id)
    .where(filings.c.unit_id.in_(_own), history.c.item.in_(bindparam("items", expanding=True)), history.c.new.is_not(None))
)


def names_near(c: Connection, of_units: Sequence[str], of_counties: Sequence[str]) -> set[str]:
    """The names of everybody in these units, in the counties they belong to and in these counties; of those who are invited
    there, and of those who answered a question of these units from elsewhere, too."""
    where = {"units": list(of_units)}
    counties = {*of_counties, *c.execute(_PLACES, where).scalars()}
    values = {**where, "counties": sorted(counties)}
    return {name for names in (_NAMES, _INVITED) for name in c.execute(names, values).scalars()} | {
        *c.execute(_REPLIERS, where).scalars()
    }


def came_to(c: Connection, person: str) -> tuple[set[str], set[str]]:
    """The units and counties a person was invited to, also those they have left: what was said before may still be on its way."""
    rows = c.execute(_CAME_TO, {"of_person": person}).all()
    return {unit for unit, _ in rows if unit}, {county for _, county in rows if county}


def beside(c: Connection, person: str) -> set[str]:
    """A person's own name, and the names of those who asked this person, or anybody who has the link, a question."""
    who = {"of_person": person}
    return {*c.execute(_OWN_NAME, who).scalars(), *c.execute(_ASKERS, who).scalars()}


def forms_in(c: Connection, of_units: Sequence[str]) -> list[tuple[str, str, int]]:
    """The forms that these units have filled, each in its edition and year."""
    return [(form, edition, year) for form, edition, year in c.execute(_FORMS, {"units": list(of_units)})]


def said_in(c: Connection, of_units: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> set[str]:
    """Every text these units ever answered to the `wanted` items of a form, by form."""
    items = sorted({item for of_form in wanted.values() for item in of_form})
    found: set[str] = set()
    for form, item, new in c.execute(_SAID, {"units": list(of_units), "items": items}) if items else ():
        value = json.loads(new).get("value")
        if item in wanted.get(form, ()) and isinstance(value, str):
            said = json.loads(value)
            found |= {said} if isinstance(said, str) else set()
    return found
