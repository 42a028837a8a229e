"""S9: a file made to harm is refused within a second and sixty-four megabytes, whoever reads it: evidence or a list of units.

Each is looked at in a process of its own, forked when the file is already in memory: what it took is what the kernel counted.
"""

import io
import json
import os
import random
import resource
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

from dialogs.bureau.sheets import BadSheet, read_sheets
from dialogs.evidence import archives, inspecting
from dialogs.evidence.inspecting import inspect
from dialogs.evidence.unfit import Unfit
from templates import wordfile
from tests.botapi.pictures import jpeg, png
from tests.soak import expect

GOAL = "S9"
AMOUNT = {"quick": 40, "full": 3_000}
TEETH = ("read_first", "sizes_believed")

SECONDS, MEMORY = 1.0, 64 * 1024 * 1024
WORD = wordfile.SKELETON.read_bytes()
SHEET = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
ENTITIES = b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
MADE = Callable[[], bytes]


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def zeros(size: int) -> bytes:
    """As many zeros as a stream of zlib makes of next to nothing, without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = bytes(1 << 20)
    return b"".join([*(packer.compress(piece) for _ in range(size >> 20)), packer.flush()])


def bomb(size: int, told: int | None = None, types: bytes = SHEET) -> bytes:
    """A document one part of which swells to `size`, and says that it is `told`."""
    content = bytearray(zipped({"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", "word/document.xml": b"-"}))
    body, crc = zeros(size), 0
    for _ in range(size >> 20):
        crc = zlib.crc32(bytes(1 << 20), crc)
    said = size if told is None else told
    name = b"xl/sharedStrings.xml"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(body), said, len(name), 0) + name + body
    at = content.rindex(b"PK\x05\x06")
    first, start = content.index(b"PK\x01\x02"), 0
    start = first
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(body), said, len(name), 0, 0, 0, 0, 0, start
    )
    directory = bytes(content[first:at]) + central + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 4, 4, len(directory), start + len(local), 0)
    return bytes(content[:first]) + local + directory + end


def nested() -> bytes:
    """A document in a document in a document, the innermost of which swells."""
    inner = zipped({"a.bin": bytes(100 << 20)})
    for _ in range(3):
        inner = zipped(
            {"[Content_Types].xml": SHEET, "xl/workbook.xml": b"-", "word/embeddings/x.docx": inner, "全部.zip": inner}
        )
    return inner


def linked() -> bytes:
    """A part that is a link to another file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", SHEET)
        archive.writestr("xl/workbook.xml", b"-")
        link = zipfile.ZipInfo("xl/passwd.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def word_with(parts: Mapping[str, bytes]) -> bytes:
    """A Word file with more in it."""
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist()} | dict(parts))


def sheet_with(parts: Mapping[str, bytes]) -> bytes:
    """A spreadsheet with more in it."""
    return zipped({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<workbook/>", **parts})


def locked() -> bytes:
    """A zip whose parts have a password."""
    changed = bytearray(WORD)
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def flood(wide: int, high: int) -> bytes:
    """A picture that says it is so large, and is next to nothing."""
    return png(8, 8)[:16] + wide.to_bytes(4) + high.to_bytes(4) + png(8, 8)[24:]


HARMFUL: dict[str, MADE] = {
    "bomb": lambda: bomb(300 << 20),
    "bomb, and says it is small": lambda: bomb(300 << 20, told=1000),
    "bomb of a Word file": lambda: word_with({"word/media/a.xml": bytes(300 << 20)}),
    "nested": nested,
    "lying header": lambda: bomb(40 << 20, told=0),
    "outside entity": lambda: word_with({"word/x.xml": OUTSIDE}),
    "outside entity in a sheet": lambda: sheet_with({"xl/worksheets/sheet1.xml": OUTSIDE}),
    "laughs": lambda: word_with({"word/x.xml": ENTITIES}),
    "laughs in a sheet": lambda: sheet_with({"xl/sharedStrings.xml": b"<!--" + b"-" * (2 << 20) + b"-->" + ENTITIES}),
    "a link": linked,
    "../": lambda: word_with({"../../../etc/cron.d/x": b"x"}),
    "..\\": lambda: word_with({"..\\..\\x.exe": b"x"}),
    "an absolute path": lambda: word_with({"/etc/passwd": b"x"}),
    "a drive": lambda: word_with({"C:/x": b"x"}),
    "100,000 entries": lambda: sheet_with({f"xl/{n}": b"" for n in range(100_000)}),
    "encrypted": locked,
    ".docm": lambda: word_with({"word/vbaProject.bin": b"x"}),
    ".docm by kind": lambda: zipped({"[Content_Types].xml": SHEET.replace(b"main+xml", b"macroEnabled.main+xml")}),
    "a template from elsewhere": lambda: word_with(
        {"word/_rels/settings.xml.rels": b'<R Type="a/attachedTemplate" TargetMode="External"/>'}
    ),
    "pixel flood": lambda: flood(65_535, 65_535),
    "pixel flood, one line": lambda: flood(2**31 - 1, 1),
    "a picture of zeros": lambda: png(8, 8)[:33] + bytes(15 << 20),
    "a PDF that runs": lambda: b"%PDF-1.7\n<< /S /JavaScript /JS (x) >>\n%%EOF",
    "a PDF of brackets": lambda: b"%PDF-1.7\n" + b"<<" * (9 << 20) + b"%%EOF"[:3],
    "half a picture": lambda: jpeg(800, 600)[:200],
    "a zip of nothing": lambda: b"PK\x05\x06" + bytes(18),
    "only the end of a zip": lambda: b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18,
    "a million cells": lambda: sheet_with(
        {"xl/worksheets/sheet1.xml": b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 2_000_000}
    ),
    "three million lines": lambda: b"\n" * (3 << 20) + b"a,b",
    "a million small lines": lambda: b"1\n" * (1 << 20),
    "a comma's CSV": lambda: b"," * (9 << 20),
    "one quote and no end": lambda: b'a,b\n"' + b"x" * (9 << 20),
    "a page": lambda: b"<!doctype html><script>1</script>",
    "20 MB and one": lambda: bytes(inspecting.LARGEST + 1),
}


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """Each harmful file, then harmless ones with bytes turned over: taken or refused, and nothing worse."""
    dice = random.Random(seed)
    slowest, most = 0.0, 0
    names = list(HARMFUL) if amount >= AMOUNT["full"] or planted else dice.sample(list(HARMFUL), 8)
    if planted:
        names = ["bomb of a Word file", "lying header"]
    with _bug(planted):
        for name in names:
            content = HARMFUL[name]()
            for reader in (_as_evidence, _as_list):
                seconds, memory, verdict = _apart(reader, content)
                slowest, most = max(slowest, seconds), max(most, memory)
                words = reader is _as_list and not content.startswith(b"PK")  # read as the text it is, and of no use
                expect(verdict == "refused" or (words and verdict == "taken"), f"{name}: {reader.__name__} says {verdict}")
                expect(memory <= MEMORY, f"{name}: {reader.__name__} took {memory >> 20} MB")
                expect(seconds <= SECONDS or amount < AMOUNT["full"], f"{name}: {reader.__name__} took {seconds:.1f} s")
        flipped = sum(1 for content in _broken(dice, amount) if _is_an_answer(content))
    return {"harmful": len(names), "broken": flipped, "slowest": f"{slowest:.2f} s", "most memory": f"{most >> 20} MB"}


def _as_evidence(content: bytes) -> None:
    inspect(content, "表.docx")


def _as_list(content: bytes) -> None:
    read_sheets(content)


def _is_an_answer(content: bytes) -> bool:
    """Taken or refused with a reason; anything else stops the run."""
    for reader in (_as_evidence, _as_list):
        with suppress(Unfit, BadSheet):
            reader(content)
    return True


def _broken(dice: random.Random, amount: int) -> Iterator[bytes]:
    """Harmless files with some bytes turned over, pieces left out, pieces twice."""
    small = [
        WORD,
        jpeg(),
        png(),
        sheet_with({"xl/worksheets/sheet1.xml": b"<worksheet/>"}),
        b"%PDF-1.7\n<<>>\n%%EOF",
        "单位,代码\n甲,1\n".encode(),
    ]
    for _ in range(amount):
        content = bytearray(dice.choice(small))
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(content))
            match dice.randrange(3):
                case 0:
                    content[at] ^= 1 << dice.randrange(8)
                case 1:
                    del content[at : at + dice.randint(1, 40)]
                case _:
                    content[at:at] = content[at : at + dice.randint(1, 40)]
            content = content or bytearray(b"x")
        yield bytes(content)


def _apart(reader: Callable[[bytes], None], content: bytes) -> tuple[float, int, str]:
    """Seconds of work and bytes over what was there before, in a process of its own; and what it said."""
    with tempfile.NamedTemporaryFile(prefix="ziping-") as told:
        pid = os.fork()
        if not pid:
            with suppress(BaseException):
                Path(told.name).write_text(json.dumps(_measured(reader, content)))
            os._exit(0)
        os.waitpid(pid, 0)
        said = Path(told.name).read_text()
    if not said:
        return 0.0, 0, "nothing: its process has died"
    seconds, memory, verdict = json.loads(said)
    return float(seconds), int(memory), str(verdict)


def _measured(reader: Callable[[bytes], None], content: bytes) -> tuple[float, int, str]:
    def spent() -> tuple[float, int]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024

    seconds, memory = spent()
    verdict = "taken"
    try:
        reader(content)
    except (Unfit, BadSheet) as e:
        verdict = "refused" if str(e) or isinstance(e, Unfit) else "refused without a word"
    except Exception as e:
        verdict = f"{type(e).__name__}: {e}"
    after = spent()
    return after[0] - seconds, after[1] - memory, verdict


def _bug(planted: str) -> ExitStack:
    """A reader that opens the file before it is looked over; one that believes what the list of parts says."""
    stack = ExitStack()
    if planted == "read_first":
        first = archives._looked_over

        def reads(parts: list[zipfile.ZipInfo], size: int) -> None:
            held = [bytes(p.file_size) + b"x" for p in parts]  # what python-docx does: every part at once
            first(parts, size + len(held[0]))

        stack.enter_context(patch.object(archives, "_looked_over", reads))
    elif planted == "sizes_believed":
        stack.enter_context(patch.object(archives, "_counted", lambda *_: None))
    return stack
