"""What a file really is, told by its content and never by its name; what cannot be evidence is Unfit, with a reason.

Pure, and bounded: no file is unpacked to memory, and what swells is stopped while it swells.
"""

import re
from dataclasses import dataclass

from dialogs.evidence.archives import ZIP, unpacked_kind
from dialogs.evidence.pictures import heic, jpeg, png, webp
from dialogs.evidence.unfit import Unfit
from templates.exhibits import SUFFIXES

LARGEST = 20 * 1024 * 1024  # bytes: what a messenger hands over to a bot
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office files before 2007, and locked ones after
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"dex\n",
    b"L\0\0\0\x01\x14\x02\0",
)
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
SCRIPTS = re.compile(rb"\s*(?:<!doctype html|<html|<script|<svg|<\?xml|<\?php|@echo|import |function |powershell)", re.IGNORECASE)
SCRIPT_NAMES = re.compile(r"\.(?:exe|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|apk|jar|sh|py|lnk|dll|reg)$", re.IGNORECASE)
MEDIA = {b"isom", b"mp42", b"mp41", b"avc1", b"qt  ", b"M4A ", b"3gp4", b"3gp5", b"iso2", b"M4V "}
PDF_LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
PDF_ACTIVE = re.compile(rb"/S\s*/(?:JavaScript|Launch)\b")


@dataclass(frozen=True, slots=True)
class Kind:
    """`suffix`: what the file's name ends with, whatever it was called."""

    suffix: str

    @property
    def media_type(self) -> str:
        return next(kind for kind, suffix in SUFFIXES.items() if suffix == self.suffix)


def inspect(content: bytes, name: str = "") -> Kind:
    """What this is. Raises Unfit. `name` only helps to say what is wrong."""
    if not content:
        raise Unfit("empty")
    if len(content) > LARGEST:
        raise Unfit("too_big")
    head = content[:64]
    if head.startswith(PROGRAMS) or (SCRIPT_NAMES.search(name) and not head.startswith((b"\xff\xd8", b"\x89PNG", b"%PDF"))):
        raise Unfit("program")
    if head.startswith(b"\xff\xd8\xff"):
        jpeg(content)
        return Kind("jpg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        png(content)
        return Kind("png")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        webp(content)
        return Kind("webp")
    if head[4:8] == b"ftyp":
        if head[8:12] in MEDIA:
            raise Unfit("film")
        heic(content)
        return Kind("heic")
    if head.startswith(b"%PDF-"):
        return _pdf(content)
    if head.startswith(ZIP):
        return Kind(unpacked_kind(content))
    if head.startswith(OLE):
        return _old_office(content)
    if head.startswith(ARCHIVES):
        raise Unfit("archive")
    if head.startswith((b"OggS", b"ID3", b"\xff\xfb", b"RIFF", b"\x1aE\xdf\xa3", b"FLV")):
        raise Unfit("film")
    if SCRIPTS.match(content[:256].removeprefix(b"\xef\xbb\xbf")):
        raise Unfit("script")
    raise Unfit("unknown")


def _pdf(content: bytes) -> Kind:
    if b"%%EOF" not in content[-4096:]:
        raise Unfit("broken")
    if PDF_LOCKED.search(content):
        raise Unfit("locked")
    if PDF_ACTIVE.search(content):
        raise Unfit("macros")
    return Kind("pdf")


def _old_office(content: bytes) -> Kind:
    """A .doc or .xls: its parts are named in UTF-16."""

    def has(part: str) -> bool:
        return part.encode("utf-16-le") in content

    if has("EncryptedPackage") or (content[512:514] == b"\xec\xa5" and content[523] & 1):  # Word's own mark of a password
        raise Unfit("locked")
    if has("_VBA_PROJECT") or has("Macros\0"):
        raise Unfit("macros")
    if has("WordDocument"):
        return Kind("doc")
    if has("Workbook"):
        return Kind("xls")
    raise Unfit("unknown")
