"""Printed invitations: the codes are made with the files, at the moment the files leave, and are kept nowhere else.

Printing the same invitations again makes new codes; the slips printed before then open nothing. Not here: how a slip looks.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from dialogs.access.codes import shown
from dialogs.access.inviting import link_to, mint
from dialogs.access.naming import role_name
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.store import counties, invitations, office_settings, people
from dialogs.store.engine import writing
from dialogs.store.invitations import Invitation
from dialogs.store.office_settings import BOT_NAME
from scoring.reading.dates import shown_date
from templates.county.slips import Slip, slips_book, slips_document
from templates.package import file_name, zipped


def open_batch(c: Connection, county: str, now: int, batch: int = 0) -> list[Invitation]:
    """The open invitations to units of a county, of one import or of all."""
    found = invitations.listed(c, county=county, open_at=now)
    return [i for i in found if i.unit_id and (not batch or i.created_at == batch)]


def minted(c: Connection, office: Office, county: str, batch: int = 0) -> tuple[list[Slip], str]:
    """The slips with fresh codes, by unit; and the bot's name."""
    now = office.clock()
    codes = {u.id: (n, u.code) for n, u in enumerate(counties.units_in(c, county))}
    found: list[tuple[int, Slip]] = []
    for invitation in open_batch(c, county, now, batch):
        made = mint(c, office, invitation.id, now)
        if made is None:
            continue
        one, code = made
        place, unit_code = codes.get(one.unit_id or "", (len(codes), ""))
        until = shown_date(office.day_of(one.expires_at))
        slip = Slip(unit_code, one.place, one.name, role_name(one.role), shown(code), link_to(c, code), until)
        found.append((place, slip))
    return [slip for _, slip in sorted(found, key=lambda pair: pair[0])], office_settings.get(c, BOT_NAME)


def make_slips(office: Office, key: str, person: str) -> Sheet:
    """List and slips of `county.batch` in one .zip."""
    county, batch = key.split(".", 1)
    with writing(office.engine) as c:
        if not people.rights_of(c, person).may(Action.IMPORT, Place(county)):
            raise Withheld
        slips, bot = minted(c, office, county, int(batch))
        known = counties.county(c, county)
        assert known is not None
    title = f"{known.name}邀请单"
    return Sheet(file_name(f"{title}.zip"), zipped(files(title, slips, bot)))


def files(title: str, slips: Sequence[Slip], bot: str) -> list[tuple[str, bytes]]:
    """The two files."""
    named = title.replace("邀请单", "邀请名单")
    return [(f"{named}.xlsx", slips_book(named, slips)), (f"{title}.docx", slips_document(title, slips, bot))]
