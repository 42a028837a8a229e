"""The one gate every text passes before it is stored: what one store, file format or screen refuses is taken out.

NUL and control characters, surrogates, noncharacters, direction marks and invisible characters go; line ends
become \\n, tabs become spaces; the rest is NFC (never NFKC, which would rewrite full-width text).
"""

import re
import unicodedata

# Letters that fill room and show nothing, joiners and shorthand signs without a look, tags: two names with and without one
# look the same. Variation selectors stay: they tell two ways of writing a character of a name apart.
_UNSEEN = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_FORBIDDEN = re.compile(
    f"[{_UNSEEN}"
    + "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    "\ud800-\udfff" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)


def clean(text: str, *, tabs: bool = False) -> str:
    """The text as it may be stored, printed and sent; idempotent. `tabs`: keep them, where they part cells of a table."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    bare = _FORBIDDEN.sub("", lines if tabs else lines.replace("\t", " "))
    return unicodedata.normalize("NFC", bare).strip()
