"""Evidence beside a filing's documents: which of it is recorded with a version, and what goes into which package.

Few files go into the package of documents; where they are too many for one message, they get packages of their own.
"""

import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from dialogs.store import evidence
from scoring.evidence import Exhibit
from scoring.form import Form
from templates.exhibits import FOLDER, LARGEST_PACKAGE, bundles, named

ALONGSIDE = LARGEST_PACKAGE - 10 * 1024 * 1024  # bytes of evidence that fit beside the documents
APART = "evidence-{}.zip"  # the ids of packages that hold nothing but evidence


def exhibits_of(c: Connection, filing: str) -> tuple[Exhibit, ...]:
    """The evidence of a filing as it is now."""
    return tuple(p.exhibit for p in evidence.listed(c, filing))


def apart(exhibits: Sequence[Exhibit]) -> list[tuple[str, str]]:
    """The packages of their own that this evidence needs: id and title of each."""
    if sum(e.size for e in exhibits) <= ALONGSIDE:
        return []
    count = len(bundles(exhibits))
    return [(APART.format(n), f"{FOLDER}{n if count > 1 else ''}") for n in range(1, count + 1)]


def is_apart(document: str) -> bool:
    """Whether a document is a package of nothing but evidence."""
    return re.fullmatch(r"evidence-\d+\.zip", document) is not None


def enclosed(
    form: Form, whose: str, exhibits: Sequence[Exhibit], document: str, load: Callable[[str], bytes]
) -> list[tuple[str, bytes]]:
    """The files of evidence that go into a package, by name; `load` gives the bytes of a hash."""
    separate = [id for id, _ in apart(exhibits)]
    if document in separate:
        chosen = {id(e) for e in bundles(exhibits)[separate.index(document)]}
    else:
        chosen = set() if separate else {id(e) for e in exhibits}
    return [(n.name, load(n.exhibit.sha256)) for n in named(form, whose, exhibits) if id(n.exhibit) in chosen]
