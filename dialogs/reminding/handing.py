"""Handing over: what a leaver still was to be told goes to the successor, in one digest.

Reminders not collected yet need nothing: they go to whoever fills the unit when they are due. Not here: who may hand over.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from dialogs.office import Office
from dialogs.reminding.collecting import habits_by_person, into_digests
from dialogs.reminding.rules import USUAL
from dialogs.store import reminders


def hand_over(c: Connection, office: Office, old: str, new: str, filing_ids: Iterable[str]) -> int:
    """The reminders of these filings that wait for one person, snoozed ones too, wait for another. How many."""
    wanted = set(filing_ids)
    own = [r for r in reminders.waiting_for(c, old) if r.filing_id in wanted]
    if own:
        starts = {r.id: USUAL.start for r in own}
        into_digests(c, office, {new: own}, habits_by_person(c, [new]), starts, office.clock())
        reminders.take_back(c, old, [r.id for r in own])
    return len(own)
