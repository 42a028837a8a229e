"""One tick of the clock: a batch of reminders collected, or, when none is due, notices sent on their way; then seals are made."""

from dataclasses import dataclass

from dialogs.office import Office
from dialogs.reminding.collecting import BATCH, collect
from dialogs.reminding.dispatching import dispatch
from dialogs.store import sealing


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did. `more`: there is more to do at once."""

    collected: int
    queued: int
    more: bool


def tick(office: Office, batch: int = BATCH) -> Ticked:
    """One step, in short transactions. Several processes may tick over one store."""
    collected = collect(office, batch)
    if collected == batch:
        return Ticked(collected, 0, more=True)
    queued = dispatch(office)
    sealed = sealing.seal(office.engine, office.clock(), office.random)
    return Ticked(collected, queued, more=sealed >= sealing.BATCH)
