"""The smallest pieces of WordprocessingML: safe text, runs, paragraphs.

Everything a person typed passes `safe` here, so it can never act as markup. Four noncharacters, which the
text gate keeps out of every answer, carry meaning from the figures to the page: a gap's start, its end and whose it
is, and a line break. Not here: headings and numbering (blocks.py), tables (wordtables.py).
"""

import re
from collections.abc import Callable, Iterable
from html import unescape

from markupsafe import Markup

GAP_OPENS, GAP_CLOSES, BREAK = "\ufdd0", "\ufdd1", "\ufdd2"

_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufdcf\ufdd4-\ufffd\U00010000-\U0010ffff]")
_GAP = re.compile(f"{GAP_OPENS}([^{GAP_OPENS}{GAP_CLOSES}]*){GAP_CLOSES}")
_WHOSE = "\ufdd3"
_WRAP = re.compile(r"[ \t]*\n[ \t]*")


def gap(number: int, whose: str = "") -> str:
    """The mark of an unfilled place, as text carries it; it prints as 〔待填12〕. 0: a place without a question.

    `whose`: the other filing that waits for it, by its project or title; it prints as 〔老字号待填12〕 and is not counted
    here, because its number means nothing in this filing's chat.
    """
    return f"{GAP_OPENS}{one_line(whose)}{_WHOSE if whose else ''}{number or ''}{GAP_CLOSES}"


def one_line(text: str) -> str:
    """The text as one paragraph carries it: its own line ends become breaks."""
    return text.replace("\n", BREAK)


def plain_text(text: str) -> str:
    """What a template wrote, unescaped where it was already safe for XML; its own line wraps vanish."""
    bare = unescape(str(text)) if isinstance(text, Markup) else text
    return _WRAP.sub("", bare.strip(" \t\n"))  # a full-width space is an indent


def lines(text: str) -> list[str]:
    """The paragraphs of a text, without empty ones."""
    return [part.strip(" \t") for part in re.split(f"[{BREAK}\n]", text) if part.strip()]


def safe(text: str) -> str:
    """Text as XML carries it: what XML cannot hold is left out, the rest is escaped."""
    bare = _IMPOSSIBLE.sub("", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def runs(text: str, note_gap: Callable[[int], None]) -> str:
    """The runs of one paragraph; a gap stands out and is told to `note_gap`."""
    made = []
    for n, part in enumerate(_GAP.split(text)):
        if n % 2:
            whose, foreign, number = part.rpartition(_WHOSE)
            if not foreign:
                note_gap(int(number or 0))
            said = f"〔{safe(whose)}待填{number}〕"
            made.append(f'<w:r><w:rPr><w:rStyle w:val="待填"/></w:rPr><w:t>{said}</w:t></w:r>')
        elif bare := safe(part):
            made.append("<w:r><w:tab/></w:r>".join(_run(piece) for piece in bare.split("\t")))
    return "".join(made)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def paragraph(style: str, content: str = "", *, new_page: bool = False) -> str:
    """One paragraph of runs. Always `<w:p><w:pPr>…`, so that a section's end can be put into the last one."""
    turn = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{turn}</w:pPr>{content}</w:p>'


def paragraphs(style: str, text: str, note_gap: Callable[[int], None], *, new_page: bool = False) -> str:
    """A text as paragraphs of one style, one for each of its lines; at least one."""
    parts: Iterable[str] = lines(text) or [""]
    return "".join(paragraph(style, runs(p, note_gap), new_page=new_page and not n) for n, p in enumerate(parts))
