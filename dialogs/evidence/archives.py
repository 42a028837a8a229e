"""Files that are zip archives inside: Word, Excel and OFD documents. Everything in them is counted as it streams.

What is an archive and no document is refused: nobody can look at it on a phone, and anything may hide in it.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from dialogs.evidence.unfit import Unfit

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MOST_PARTS = 5_000
LARGEST_UNPACKED = 150 * 1024 * 1024  # bytes of all parts together
MOST_SWELLING = 100  # times its own size, once it is worth worrying about
WORTH_WORRYING = 30 * 1024 * 1024
LARGEST_LIST = 4 * 1024 * 1024  # bytes of the part that names the kinds of all others
CHUNK = 65_536
LARGEST_WITHIN = 16 * 1024 * 1024  # bytes of a document within a document: the one part that is held to be looked into
DEEPEST = 2  # a spreadsheet within a Word file, perhaps with one within itself; no office program goes deeper
TYPES = "[Content_Types].xml"
MAIN = {
    b"wordprocessingml.document.main+xml": "docx",
    b"wordprocessingml.template.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
MACROS = re.compile(r"vbaproject\.bin$|\.(?:docm|xlsm|pptm|dotm|xltm)$|/activex/", re.IGNORECASE)
PROGRAM = re.compile(
    r"(?:^|/)(?:androidmanifest\.xml|meta-inf/manifest\.mf|classes\.dex)$|\.(?:exe|dll|class|bat|vbs|js)$", re.IGNORECASE
)
OUTSIDE = re.compile(
    rb"/(?:attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\"|TargetMode=\"External\"[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)\""
)
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
BROKEN = (BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


def unpacked_kind(content: bytes) -> str:
    """docx, xlsx or ofd. Raises Unfit."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _looked_over(parts, len(content))
            kind = _kind(archive, [p.filename for p in parts])
            _counted(archive, parts, len(content))
            return kind
    except BROKEN as e:
        raise Unfit("broken") from e


def _looked_over(parts: list[ZipInfo], size: int) -> None:
    """What the list of parts alone tells."""
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > _most(size):
        raise Unfit("swollen")
    if any(p.flag_bits & 0x1 for p in parts):
        raise Unfit("locked")
    names = [p.filename for p in parts]
    if len({n.lower() for n in names}) < len(names) or any(_astray(p) for p in parts):
        raise Unfit("broken")
    if any(MACROS.search(n) for n in names):
        raise Unfit("macros")
    if any(PROGRAM.search(n) for n in names):
        raise Unfit("program")


def _astray(part: ZipInfo) -> bool:
    """A name that would lead out of a folder, a link, or a way of packing that documents do not use."""
    name = part.filename.replace("\\", "/")
    linked = (part.external_attr >> 16) & 0o170000 == 0o120000
    outside = name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in part.orig_filename
    return linked or outside or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)


def _kind(archive: ZipFile, names: list[str]) -> str:
    if "OFD.xml" in names:
        return "ofd"
    if TYPES not in names:
        raise Unfit("archive")
    listed = archive.open(TYPES).read(LARGEST_LIST)
    if any(mark in listed for mark in ENTITIES):
        raise Unfit("broken")
    if b"macroEnabled" in listed:
        raise Unfit("macros")
    kind = next((kind for words, kind in MAIN.items() if words in listed), "")
    if not kind:
        raise Unfit("unknown")
    return kind


def _counted(archive: ZipFile, parts: list[ZipInfo], size: int, depth: int = 0) -> None:
    """Every part read to its end, with its checksum, and none of it kept; a document within it likewise."""
    total, most = 0, _most(size)
    for part in parts:
        with archive.open(part) as stream:
            first = before = b""
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > most:
                    raise Unfit("swollen")
                first = first or chunk
                if part.filename.endswith((".xml", ".rels")) and any(mark in before + chunk for mark in ENTITIES):
                    raise Unfit("broken")  # wherever it stands: any length of comments may come before
                before = chunk[-64:]
        if first.startswith(ZIP):
            _within(archive, part, depth + 1)
        if part.filename.endswith(".rels"):
            _leads_nowhere(archive, part)


def _leads_nowhere(archive: ZipFile, part: ZipInfo) -> None:
    """Nothing is fetched from elsewhere when the document is opened."""
    if part.file_size > LARGEST_LIST:
        raise Unfit("swollen")
    relations = archive.read(part)
    if b"\0" in relations:  # not as any office program writes them, and not to be looked through
        raise Unfit("broken")
    if OUTSIDE.search(relations):
        raise Unfit("macros")


def _within(archive: ZipFile, part: ZipInfo, depth: int) -> None:
    if depth > DEEPEST or part.file_size > LARGEST_WITHIN:
        raise Unfit("swollen")
    with ZipFile(BytesIO(archive.read(part))) as inner:
        parts = inner.infolist()
        _looked_over(parts, part.file_size)
        if TYPES not in (p.filename for p in parts):
            raise Unfit("archive")
        _counted(inner, parts, part.file_size, depth)


def _most(size: int) -> int:
    return min(LARGEST_UNPACKED, max(WORTH_WORRYING, size * MOST_SWELLING))
