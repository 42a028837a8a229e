"""Names of files: whatever a unit, a project or a person is called, its file can be written to any disk.

Not here: which files there are.
"""

import re
import unicodedata

from scoring.textgate import clean

LONGEST = 240  # bytes of a file's name: no file system takes more than 255, and a number may be put behind it
REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')  # … or not be seen
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # Windows takes them for no file at all
EDGES = ". \u2024\u2025\u2026\u3002\uff0e\uff61"  # dots of any kind: some disks make plain ones of them

KEPT = str.maketrans("", "", ':*?"<>|')  # what is full-width in a title stays as it is
KIND = re.compile(r"\.[a-z]{2,5}$")


def file_name(text: str) -> str:
    """The text as the name of a file: without what cannot be in one (a unit may be called 县人大/政协办公室), and cut in
    its middle where unit and project are so long that no disk would take it; both ends tell which file it is."""
    shown = REFUSED.sub("_", clean(text))
    safe = "".join("_" if _parts(c) else c for c in shown).strip(EDGES) or "_"
    if DEVICE.match(safe) or safe.startswith("-"):  # nor may it look like an option to a command
        safe = f"_{safe}"
    kind = match[0] if (match := KIND.search(safe)) else ""
    stem, room = safe.removesuffix(kind), LONGEST - len(kind)
    if len(stem.encode()) > room:
        half = room // 2 - len("…".encode())
        stem = stem.encode()[:half].decode(errors="ignore") + "…" + stem.encode()[-half:].decode(errors="ignore")
    return f"{stem}{kind}"


def _parts(letter: str) -> bool:
    """Whether a disk that knows one spelling only may make a step between folders of it (／ is one, ℀ holds one)."""
    return letter > "\x7f" and bool(REFUSED.search(unicodedata.normalize("NFKC", letter).translate(KEPT)))
