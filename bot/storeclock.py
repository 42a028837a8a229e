"""The clock of a process: the database's own, where several machines share one.

Not here: asking the database (dialogs/store/moments.py), and how often (heart.py).
"""

import logging
import time

from dialogs.store.engine import Engine
from dialogs.store.moments import offset

log = logging.getLogger(__name__)

ALARMING = 5_000  # milliseconds that a machine's clock may be off before somebody is told


class StoreClock:
    """The clock that all workers over one store share."""

    def __init__(self) -> None:
        self.ahead = 0  # milliseconds that the store's clock is ahead of ours

    def millis(self) -> int:
        """UTC epoch milliseconds."""
        return time.time_ns() // 1_000_000 + self.ahead

    def now(self) -> int:
        """UTC epoch seconds."""
        return self.millis() // 1000

    def set(self, engine: Engine) -> None:
        """Go by the store's clock from now on."""
        ahead = offset(engine)
        if abs(ahead) > ALARMING and abs(ahead - self.ahead) > ALARMING:
            log.warning("this machine's clock is off by %d s; the database's clock counts", -ahead // 1000)
        self.ahead = ahead
