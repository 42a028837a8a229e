"""Files people sent, kept once by the hash of their content. Not here: what they are evidence of (evidence.py)."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select

from dialogs.store.statements import either
from dialogs.store.tables import files

_KEEP = either(lambda insert: insert(files).on_conflict_do_nothing(index_elements=["sha256"]))
_LOAD = select(files.c.media_type, files.c.content).where(files.c.sha256 == bindparam("this"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file."""

    media_type: str
    content: bytes


def keep(c: Connection, content: bytes, media_type: str, now: int) -> str:
    """Store a file, unless it is there already; its hash."""
    digest = sha256(content).hexdigest()
    row = {"sha256": digest, "size": len(content), "media_type": media_type, "content": content, "at": now}
    c.execute(_KEEP[c.dialect.name], row)
    return digest


def load(c: Connection, digest: str) -> Kept | None:
    """The file with this hash."""
    row = c.execute(_LOAD, {"this": digest}).first()
    return None if row is None else Kept(*row)


def content(c: Connection, digest: str) -> bytes:
    """The bytes of a file that is known to be there."""
    kept = load(c, digest)
    assert kept is not None
    return kept.content
