"""Logging for a serving process: one line per record on stderr, and nothing secret or personal in any of them.

Every record passes a filter that blots out tokens, codes, phone and identity numbers; what would be printed past all
loggers — a process or a thread that ends by an error, a task nobody waited for — is made a record first.
Not here: what is logged.
"""

import asyncio
import logging
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from traceback import format_tb
from typing import Any

PATTERNS = (
    re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}\b"),  # a bot's token, whoever's
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),  # mobile numbers
    re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"),  # telephone numbers
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),  # identity numbers
    re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-?){7}\b"),  # codes of invitations and colleagues' questions
    re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)"),  # name and password in the address of a database
)
HIDDEN = "<hidden>"
CHATTY = (
    *("aiohttp", "alembic", "asyncio", "httpcore", "httpx", "psycopg", "python_multipart", "sqlalchemy", "starlette"),
    *("telegram", "uvicorn"),
)

log = logging.getLogger(__name__)


class Redacting(logging.Formatter):
    """Formats a record, its traceback included, and blots out what must not be read."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.secrets = tuple(s for s in secrets if s)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self.secrets)

    def formatException(self, ei: Any) -> str:
        """Where it happened and what kind it was. What an exception says may quote an answer, a person or a unit."""
        return "\n".join(_without_words(ei[1]))


def _without_words(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _without_words(before)
        yield "… and then:"
    yield "".join(format_tb(error.__traceback__)).rstrip("\n")
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}" + (f": {error.strerror}" if isinstance(error, OSError) else "")


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without tokens, phone numbers and identity numbers."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for pattern in PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text


def set_up_logging(level: str, secrets: Sequence[str] = ()) -> None:
    """Send everything from `level` on to stderr, the libraries only their warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper() if level.upper() in logging.getLevelNamesMapping() else "INFO")
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def nothing_past_the_log() -> None:
    """What Python would print by itself, with all that an error says, becomes a record from now on."""
    logging.captureWarnings(True)
    sys.excepthook = lambda _, error, __: _ended("the process", error)
    threading.excepthook = lambda told: _ended("a thread", told.exc_value)
    sys.unraisablehook = lambda told: _ended("something being cleared away", told.exc_value)


def _ended(what: str, error: BaseException | None) -> None:
    """An error nobody caught: where it happened, as of any other. Python itself would print what it says, too."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return
    log.critical("%s ended by an error", what, exc_info=error)


def loop_in_trouble(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The handler of an event loop's errors. Its own one prints the task and the error, and with them what anybody wrote."""
    log.error("an error in a task or callback that nobody waits for", exc_info=context.get("exception"))
