"""What a file is, is told by its content: programs, pages, locked and swollen files are refused, whatever they are called."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.evidence.inspecting import LARGEST, inspect
from dialogs.evidence.unfit import REASONS, Unfit
from templates import wordfile
from tests.botapi.pictures import jpeg, png

WORD = wordfile.SKELETON.read_bytes()
SHEET_TYPES = (
    b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_with(parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist()} | parts)


def ole(*parts: str) -> bytes:
    return OLE + bytes(1024) + b"".join(p.encode("utf-16-le") for p in parts)


def marked_locked(content: bytes) -> bytes:
    """A zip whose parts say that they have a password."""
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02")
    changed[at + 8] |= 1
    return bytes(changed)


def lying() -> bytes:
    """A part that says it is small, and is not what its checksum says."""
    content = bytearray(zipped({"[Content_Types].xml": SHEET_TYPES, "xl/workbook.xml": b"0" * 9_000_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


GOOD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a photo": (lambda: jpeg(), "jpg"),
    "a screenshot": (lambda: png(), "png"),
    "a Word file": (lambda: WORD, "docx"),
    "a spreadsheet": (lambda: zipped({"[Content_Types].xml": SHEET_TYPES, "xl/workbook.xml": b"<workbook/>"}), "xlsx"),
    "an OFD": (lambda: zipped({"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"}), "ofd"),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n", "pdf"),
    "an old Word file": (lambda: ole("WordDocument"), "doc"),
    "an old spreadsheet": (lambda: ole("Workbook"), "xls"),
    "a phone's own photo": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\0\x10meta" + bytes(64), "heic"),
}

BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b"", "空.jpg", "empty"),
    "30 MB": (lambda: bytes(LARGEST + 1), "大.pdf", "too_big"),
    "a program called .jpg": (lambda: b"MZ\x90\0" + bytes(500), "合同.jpg", "program"),
    "a Linux program": (lambda: b"\x7fELF" + bytes(500), "a.png", "program"),
    "a script": (lambda: b"#!/bin/sh\nrm -rf /\n", "照片.jpg", "program"),
    "a batch file": (lambda: b"echo hello", "看我.bat", "program"),
    "a web page": (lambda: b"\xef\xbb\xbf  <!DOCTYPE html><script>1</script>", "表.jpg", "script"),
    "a drawing that runs": (lambda: b"<svg onload='x()'/>", "图.svg", "script"),
    "an archive": (lambda: zipped({"合同.jpg": jpeg(8, 8)}), "全部.zip", "archive"),
    "a rar": (lambda: b"Rar!\x1a\x07\0" + bytes(99), "全部.rar", "archive"),
    "an app": (lambda: zipped({"AndroidManifest.xml": b"x", "classes.dex": b"x"}), "照片.jpg", "program"),
    "macros": (lambda: word_with({"word/vbaProject.bin": b"x"}), "表.docx", "macros"),
    "macros by kind": (
        lambda: zipped({"[Content_Types].xml": SHEET_TYPES.replace(b"main+xml", b"macroEnabled.main+xml")}),
        "表.xlsx",
        "macros",
    ),
    "a template from elsewhere": (
        lambda: word_with(
            {
                "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" '
                b'Target="http://evil/x.dotm" TargetMode="External"/></Relationships>'
            }
        ),
        "表.docx",
        "macros",
    ),
    "old macros": (lambda: ole("WordDocument", "_VBA_PROJECT"), "表.doc", "macros"),
    "a password": (lambda: ole("EncryptedPackage"), "表.docx", "locked"),
    "a locked PDF": (lambda: b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF", "表.pdf", "locked"),
    "a PDF that runs": (lambda: b"%PDF-1.7\n<< /S /JavaScript /JS (x) >>\n%%EOF", "表.pdf", "macros"),
    "a locked archive": (lambda: marked_locked(WORD), "表.docx", "locked"),
    "half a photo": (lambda: jpeg(800, 600)[:150], "照片.jpg", "broken"),
    "half a PDF": (lambda: b"%PDF-1.7\n1 0 obj", "表.pdf", "broken"),
    "half a Word file": (lambda: WORD[: len(WORD) // 2], "表.docx", "broken"),
    "a way out": (lambda: word_with({"../../etc/passwd": b"x"}), "表.docx", "broken"),
    "a way out of Windows": (lambda: word_with({"..\\..\\x": b"x"}), "表.docx", "broken"),
    "laughs": (lambda: word_with({"word/x.xml": b'<!DOCTYPE l [<!ENTITY l "&l;&l;">]><x>&l;</x>'}), "表.docx", "broken"),
    "a lie about its size": (lying, "表.xlsx", "broken"),
    "a bomb": (
        lambda: zipped({"[Content_Types].xml": SHEET_TYPES, "xl/sharedStrings.xml": bytes(200_000_000)}),
        "表.xlsx",
        "swollen",
    ),
    "many parts": (
        lambda: zipped({"[Content_Types].xml": SHEET_TYPES} | {f"x{n}": b"" for n in range(5001)}, zipfile.ZIP_STORED),
        "表.xlsx",
        "swollen",
    ),
    "a flood of pixels": (lambda: png(8, 8)[:16] + b"\0\0\xff\xff" * 2 + png(8, 8)[24:], "照片.png", "swollen"),
    "a film": (lambda: b"\0\0\0\x18ftypmp42" + bytes(99), "照片.jpg", "film"),
    "a recording": (lambda: b"OggS" + bytes(99), "照片.jpg", "film"),
    "words": (lambda: "张三的合同".encode(), "合同.txt", "unknown"),
}


@pytest.mark.parametrize("what", GOOD)
def test_what_is_evidence_is_known_by_its_content_whatever_it_is_called(what: str) -> None:
    make, suffix = GOOD[what]
    for name in ("", f"x.{suffix}", "照片.jpg", "合同.pdf"):
        assert inspect(make(), name).suffix == suffix


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_is_refused_with_its_reason(what: str) -> None:
    make, name, why = BAD[what]
    with pytest.raises(Unfit) as unfit:
        inspect(make(), name)
    assert unfit.value.why == why


def test_a_bomb_is_stopped_while_it_swells(tmp_path: Path) -> None:
    """The list of parts lies: each says it is small. What counts is what streams out."""
    content = bytearray(BAD["a bomb"][0]())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    started = time.process_time()
    with pytest.raises(Unfit):
        inspect(bytes(content), "表.xlsx")
    assert time.process_time() - started < 5


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"%PDF-", OLE, b"RIFF", b"\0\0\0\x18ftyp"]),
)
def test_any_bytes_are_taken_or_refused_and_nothing_worse(content: bytes, head: bytes) -> None:
    try:
        kind = inspect(head + content, "x.jpg")
    except Unfit as unfit:
        assert unfit.why in REASONS  # noqa: PT017
    else:
        assert kind.media_type


@given(st.integers(0, 3000), st.integers(0, 255))
def test_a_word_file_with_a_flipped_byte_is_taken_or_refused_and_nothing_worse(place: int, value: int) -> None:
    content = bytearray(WORD)
    content[len(content) * place // 3001] = value
    try:
        inspect(bytes(content))
    except Unfit as unfit:
        assert unfit.why in REASONS  # noqa: PT017
