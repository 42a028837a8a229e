"""Names of files: whatever a unit, a project or a person is called, its file can be written to any disk.

Not here: which files there are.
"""

import re

LONGEST = 240  # bytes of a file's name: no file system takes more than 255, and a number may be put behind it
REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')  # … or not be seen

KIND = re.compile(r"\.[a-z]{2,5}$")


def file_name(text: str) -> str:
    """The text as the name of a file: without what cannot be in one (a unit may be called 县人大/政协办公室), and cut in
    its middle where unit and project are so long that no disk would take it; both ends tell which file it is."""
    safe = REFUSED.sub("_", text).strip(". ") or "_"
    kind = match[0] if (match := KIND.search(safe)) else ""
    stem, room = safe.removesuffix(kind), LONGEST - len(kind)
    if len(stem.encode()) > room:
        half = room // 2 - len("…".encode())
        stem = stem.encode()[:half].decode(errors="ignore") + "…" + stem.encode()[-half:].decode(errors="ignore")
    return f"{stem}{kind}"
