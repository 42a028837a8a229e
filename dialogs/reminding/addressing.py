"""Who a reminder is for, by the world of this moment: fillers whose part is not done, reviewers, administrators.

Asked when a reminder is collected and once more when its digest leaves. Not here: when, or in which words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.reminding.schedule import BUREAU, HEAD
from dialogs.store import concerned
from dialogs.store.concerned import Concerned, Part
from dialogs.store.reminders import Reminder


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The filings concerned and the people around them."""

    filings: Mapping[str, Concerned]
    members: Mapping[tuple[str, str], list[str]]
    administrators: Mapping[str, list[str]]
    parts: Mapping[str, list[Part]]

    def useful(self, reminder: Reminder) -> bool:
        """Whether anybody still waits for this filing."""
        filing = self.filings.get(reminder.filing_id)
        return filing is not None and not filing.finished

    def addressees(self, reminder: Reminder) -> list[str]:
        """The people to be told, each once."""
        filing = self.filings.get(reminder.filing_id)
        if filing is None or filing.finished:
            return []
        if reminder.kind == BUREAU:
            return self.administrators.get(filing.county_id or "", [])
        if reminder.kind == HEAD:
            own = self.members.get((filing.unit_id, "reviewer"), [])
            above = self.members.get((filing.supervisor_id or "", "reviewer"), [])
            return list(dict.fromkeys([*own, *above]))
        return self.fillers(filing)

    def fillers(self, filing: Concerned) -> list[str]:
        """Fillers of the unit whose part is not done; all of them when only handing it in is left."""
        everybody = self.members.get((filing.unit_id, "filler"), [])
        parts = self.parts.get(filing.id)
        if not parts:
            return everybody
        done = {p.person_id for p in parts if p.done}
        open_parts = [p for p in everybody if p not in done]
        return open_parts or everybody


def surroundings(c: Connection, concerning: Iterable[Reminder]) -> Surroundings:
    """Everything needed to say whom these reminders are for."""
    found = list(concerning)
    filings = concerned.filings_by_id(c, {r.filing_id for r in found})
    units = {f.unit_id for f in filings.values()} | {f.supervisor_id for f in filings.values() if f.supervisor_id}
    counties = {f.county_id for f in filings.values() if f.county_id} if any(r.kind == BUREAU for r in found) else set()
    return Surroundings(
        filings,
        concerned.members(c, units),
        concerned.administrators(c, counties) if counties else {},
        concerned.parts(c, filings),
    )
