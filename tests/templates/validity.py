"""What Word insists on, beyond well-formed XML: merges that continue something, a paragraph in every cell, sections.

Returns sentences; none means that nothing was found.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def problems(docx: bytes) -> list[str]:
    """Everything wrong with a .docx."""
    with ZipFile(BytesIO(docx)) as package:
        document = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        relations = [n for n in package.namelist() if n.endswith(".rels")]
        outside = [n for n in relations if b'TargetMode="External"' in package.read(n)]
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    used = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in document.iter(W + tag)}
    text = "".join(t.text or "" for t in document.iter(f"{W}t"))
    body = document[0]
    return [
        *(f"{n} leads outside" for n in outside),
        *(f"style {s} is not defined" for s in used - known),
        *(f"left over: {t}" for t in re.findall(r"\{\{|\}\}|\{%|%\}", text)),
        *([] if body[-1].tag == f"{W}sectPr" else ["the body does not end with its section"]),
        *(p for table in document.iter(f"{W}tbl") for p in _table(table)),
    ]


def _table(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    open_columns: set[int] = set()
    for n, row in enumerate(table.findall(f"{W}tr"), 1):
        at, merged = 0, set()
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                merged.add(at)
                if merge.get(f"{W}val") != "restart" and at not in open_columns:
                    yield f"row {n}: a merge continues nothing"
            if len(cell) < 2 or cell[-1].tag != f"{W}p":
                yield f"row {n}: a cell without a paragraph"
            at += int(span.get(f"{W}val", "1")) if span is not None else 1
        if at != columns:
            yield f"row {n} has {at} of {columns} columns"
        open_columns = merged
    if table.getnext() is None or table.getnext().tag == f"{W}tbl":
        yield "a table is not followed by a paragraph"
