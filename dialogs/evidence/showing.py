"""A stored file of evidence on its way to somebody's chat: under its name in the package, as a photo where it is one.

Whoever may no longer read the filing gets nothing. Not here: the pages (pages.py).
"""

from dialogs.access.permissions import Action
from dialogs.editions import form_of
from dialogs.evidence.enclosures import exhibits_of
from dialogs.evidence.pictures import is_showable
from dialogs.office import Office
from dialogs.outgoing import Sheet, Withheld
from dialogs.store import evidence, files, filings, people
from dialogs.store.engine import reading
from templates.exhibits import named

PHOTOS = ("image/jpeg", "image/png")
LARGEST_PHOTO = 9 * 1024 * 1024  # bytes of what is sent as a photo


def make(office: Office, id: str, person: str) -> Sheet:
    """The file with its name. Raises Withheld."""
    with reading(office.engine) as c:
        found = evidence.piece(c, id)
        filing = filings.filing(c, found[0]) if found else None
        if found is None or filing is None or not people.rights_of(c, person).may(Action.READ, filing.place):
            raise Withheld
        piece = found[1]
        known = list(exhibits_of(c, filing.id))
        listed = named(
            form_of(c, filing),
            f"{filing.unit_name}{filing.project}",
            known if piece.exhibit in known else [*known, piece.exhibit],
        )
        content = files.content(c, piece.sha256)
    name = next(n.name for n in listed if n.exhibit == piece.exhibit)
    return Sheet(name, content, piece.media_type in PHOTOS and piece.size <= LARGEST_PHOTO and is_showable(content))
