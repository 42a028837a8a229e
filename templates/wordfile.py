"""From the parts of a document to the bytes of a .docx: sections, strict parsing, a zip that never differs.

The skeleton gives everything but the text. Not here: how a part is written (blocks.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from templates.wordxml import paragraph

SKELETON = Path(__file__).parent / "reports" / "skeleton.docx"
DOCUMENT = "word/document.xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the zip's own date: the same inputs give the same bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document, beginning on a page of its own."""

    body: str
    landscape: bool = False


@lru_cache(maxsize=1)
def _skeleton() -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
    """The opening of the document element, the section properties, and all other files."""
    with ZipFile(SKELETON) as skeleton:
        files = tuple((name, skeleton.read(name)) for name in sorted(skeleton.namelist()) if name != DOCUMENT)
        document = skeleton.read(DOCUMENT).decode()
    opening = re.search(r"<w:document\b[^>]*>", document)
    section = re.search(r"<w:sectPr\b.*</w:sectPr>", document, re.DOTALL)
    assert opening, "the skeleton has a document"
    assert section, "with one section"
    return opening[0], section[0], files


def write(parts: Sequence[Part]) -> bytes:
    """The .docx of these parts. Raises lxml's XMLSyntaxError when a block wrote something that is no XML."""
    opening, section, files = _skeleton()
    body = "".join(_closed(part, _turned(section, part.landscape), last=n == len(parts)) for n, part in enumerate(parts, 1))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{opening}<w:body>{body}</w:body></w:document>'.encode()
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    stray = next((t for e in root[0] for t in [e.tail] if t and t.strip()), root[0].text and root[0].text.strip())
    if stray:
        raise ValueError(f"text outside of blocks: {stray.strip()[:40]}")
    out = BytesIO()
    with ZipFile(out, "w") as docx:
        for name, content in sorted((*files, (DOCUMENT, xml)), key=lambda f: (f[0] != "[Content_Types].xml", f[0])):
            info = ZipInfo(name, LONG_AGO)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            docx.writestr(info, content, compresslevel=6)
    return out.getvalue()


def _closed(part: Part, section: str, *, last: bool) -> str:
    """The part's body with its section's end: in its last paragraph, or for the last part in the body itself."""
    body = part.body.strip()
    if last:
        return body + section
    head, opened, tail = body.rpartition("<w:p><w:pPr>")
    if not opened or not body.endswith("</w:p>"):
        return body + paragraph("间隔").replace("</w:pPr>", f"{section}</w:pPr>")
    return head + opened + tail.replace("</w:pPr>", f"{section}</w:pPr>", 1)


@lru_cache(maxsize=4)
def _turned(section: str, landscape: bool) -> str:
    """The section upright or turned by a quarter; the binding edge of the turned page is its top."""
    if not landscape:
        return section
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    margins = '<w:pgMar w:top="1588" w:right="2041" w:bottom="1474" w:left="2041" w:header="851" w:footer="964" w:gutter="0"/>'
    turned = re.sub(r"<w:pgSz\b[^>]*/>", size, section)
    return re.sub(r"<w:pgMar\b[^>]*/>", margins, turned)
