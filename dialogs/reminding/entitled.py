"""Whether a notice may still be read by the person it waits for: since it was posted they may have left, or been taken out.

Asked when it leaves, from where its buttons lead. Digests are looked at line by line (dispatching.py).
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from dialogs.access import places
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.store import filings, people, proposals

FOR_MEMBERS = ("announcement", "moved")  # kinds whose buttons need not name a place, and that are for members only


def is_still_theirs(c: Connection, person: str, kind: str, actions: Sequence[str]) -> bool:
    """Whether this person may read anything of what the notice is about."""
    rights = people.rights_of(c, person)
    about = [place for place in (_place(c, action) for action in actions) if place is not None]
    if about:
        return any(rights.may(Action.READ, place) for place in about)
    return kind not in FOR_MEMBERS or not rights.none


def _place(c: Connection, action: str) -> Place | None:
    """Where a button leads; None for one that leads to no unit."""
    name, _, rest = action.partition(":")
    if name in ("reply", "reply_pass"):
        asked = proposals.load(c, rest)
        name, rest = ("goto", asked.filing_id) if asked else ("", "")
    if name in ("goto", "filing"):
        filing = filings.filing(c, rest.partition(":")[0])
        return filing.place if filing else None
    if name in ("members", "account"):
        spot = places.find(c, rest if name == "members" else f"u.{rest}")
        return spot.place if spot else None
    return None
