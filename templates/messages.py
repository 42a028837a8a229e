"""What the chat says: Jinja2 texts in messages/*.j2, rendered as plain text.

One file per message, named after what it says. Strict: a name that nobody feeds is an error, not a blank.
Plain text needs no escaping; what a person typed is put in as data and never parsed as a template.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scoring.numbers import plain
from scoring.wording import quoted

FOLDER = Path(__file__).parent / "messages"
LIMIT = 4096  # characters in one Telegram message
ELLIPSIS = "……（太长，后面的请在目录里看）"

_ENVIRONMENT = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["plain"] = plain
_ENVIRONMENT.filters["quoted"] = quoted


@lru_cache(maxsize=512)
def _template(name: str) -> Template:
    return _ENVIRONMENT.get_template(f"{name}.j2")


def message(name: str, /, **facts: object) -> str:
    """The text of messages/<name>.j2 with these facts, never longer than one chat message."""
    return fit(_template(name).render(**facts).strip("\n"))


def whole(name: str, **facts: object) -> str:
    """The same as a text of any length: what leaves as a file."""
    return _template(name).render(**facts).strip("\n")


def fit(text: str, kept_free: int = 0) -> str:
    """Cut to what one message carries, on a line's end where possible. Counted in UTF-16 units, as Telegram does.
    `kept_free`: room left for what is put below."""
    if _units(text) <= LIMIT - kept_free:
        return text
    room = LIMIT - kept_free - _units(ELLIPSIS) - 1
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore")
    cut = kept.rfind("\n")
    return f"{kept[:cut] if cut > len(kept) // 2 else kept}\n{ELLIPSIS}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
