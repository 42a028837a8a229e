"""Everything that is logged while something runs, as a serving process would write it; and whether it may be."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.logging_setup import Redacting


class Listener(logging.Handler):
    """Keeps every line, and every record that tells of a defect."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Redacting(secrets))
        self.lines: list[str] = []
        self.defects: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines.append(line)
        if record.exc_info or record.levelno >= logging.ERROR:
            self.defects.append(line)

    def clear(self) -> None:
        self.lines.clear()
        self.defects.clear()


@contextmanager
def listening(secrets: Sequence[str] = ()) -> Iterator[Listener]:
    """Hear all loggers, and nobody else does meanwhile."""
    root, listener = logging.getLogger(), Listener(secrets)
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = [listener]
    root.setLevel(logging.DEBUG)
    try:
        yield listener
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
