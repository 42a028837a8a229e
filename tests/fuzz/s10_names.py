"""S10: whatever somebody or something is called, its files stay in their folder, nothing in it is unseen, and who looks like
another is told apart.

Two hundred names and mixtures of them, as the name of a unit, a project, a document, a file that was sent; unpacked, and read
as a disk reads them that knows one spelling of a letter only.
"""

import random
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from unittest.mock import patch
from zipfile import ZipFile

from dialogs.access import lookalikes
from dialogs.access.lookalikes import like
from dialogs.bureau import planning
from dialogs.bureau.columns import find_columns
from dialogs.bureau.planning import Known, KnownUnit, plan
from dialogs.bureau.sheets import read_sheets
from dialogs.evidence import naming
from dialogs.evidence.naming import shown_name
from scoring.textgate import clean
from templates import filenames, package
from templates.county import archive
from templates.county.archive import Archive
from templates.filenames import file_name
from templates.package import zipped
from tests.fuzz.texts import HOSTILE, texts
from tests.soak import expect

GOAL = "S10"
AMOUNT = {"quick": 300, "full": 20_000}
TEETH = ("as_given", "looked_at_too_early", "no_lookalikes")

STEPS = (
    "..",
    ".",
    "../",
    "..\\",
    "/",
    "\\",
    "／",
    "＼",
    "．．／",
    "..／",
    "．．",
    "‥/",
    "…",
    "%2e%2e%2f",
    "..;/",
    "℀",
    "⁄",
    "∕",
    "⧵",
    "﹨",
)
DEVICES = (
    "CON",
    "con.docx",
    "NUL",
    "nul.txt",
    "AUX.x",
    "PRN",
    "COM1",
    "com9.docx",
    "LPT1",
    "CLOCK$",
    "con .docx",
    "CON.",
    "aux.tar.gz",
)
OPTIONS = (
    "-rf",
    "--help",
    "-",
    "—",
    "~",
    "~root",
    "$HOME",
    "`id`",
    "$(id)",
    "*",
    "?",
    "|",
    "<",
    ">",
    '"',
    "'",
    ":",
    "C:",
    "C:x",
    "a:b",
)
UNSEEN = (
    "\u202e",
    "\u202afdp.exe",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u115f",
    "\u3164",
    "\u180e",
    "\U000e0041",
    "\u2066a\u2069",
    "\x00",
    "\x1b[2J",
)
SIZES = (
    "长" * 100,
    "a" * 300,
    "𠮷" * 100,
    "e\u0301" * 150,
    "." * 300,
    " " * 300,
    "长" * 85 + ".docx",
    "a" * 255,
    "甲" + "." * 200 + "docx",
)
WHOLE = (
    "",
    " ",
    "　",
    ".",
    "..",
    "...",
    ".docx",
    "..docx",
    "docx.",
    "a.",
    "a ",
    " a",
    "/etc/passwd",
    "C:\\Windows\\x",
    "\\\\host\\x",
    "file:///x",
    "a\nb",
    "a\tb",
)
NAMES = (*STEPS, *DEVICES, *OPTIONS, *UNSEEN, *SIZES, *WHOLE, *HOSTILE)
CORPUS = (
    *NAMES,
    *(f"{step}etc{step}passwd" for step in STEPS),
    *(f"民政局{name}" for name in (*STEPS, *UNSEEN)),
    *(f"{name}民政局" for name in (*STEPS, *UNSEEN)),
)

TWINS = (
    ("县民政局", "县民政局\u200b"),
    ("县民政局（本级）", "县民政局(本级)"),
    ("王己", "王已"),
    ("日昇镇", "曰昇镇"),
    ("土门乡", "士门乡"),
    ("未来科技局", "末来科技局"),
    ("ABC中心", "АВС中心"),
    ("第1小学", "第l小学"),
    ("O一小学", "0一小学"),
    ("二〇小学", "二○小学"),
    ("口岸办", "囗岸办"),
    ("人民法院", "入民法院"),
    ("李·四", "李•四"),
    ("戊村", "戌村"),
    ("候家镇", "侯家镇"),
    ("县医院A", "县医院Ａ"),
    ("亳州办", "毫州办"),
    ("力生公司", "カ生公司"),
)
APART = (("县民政局", "县财政局"), ("第一小学", "第二小学"), ("王芳", "王丽"), ("城关镇", "城东镇"), ("张三", "张三丰"))
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many names."""
    dice = random.Random(seed)
    with _bug(planted):
        mixed = ("".join(dice.choices((*NAMES, "民政局", "决算"), k=dice.randint(2, 4))) for _ in iter(int, 1))
        names = [*CORPUS, *islice(_taking_turns(texts(dice), mixed), max(0, amount - len(CORPUS)))]
        for name in names:
            for made in (file_name(name), file_name(clean(name)), file_name(f"{name}.docx"), f"{shown_name(name)}"):
                _is_one_name(made, name)
        unpacked = sum(_unpacks(names[at : at + 100]) for at in range(0, min(len(names), 3_000), 100))
        _twins()
    return {"names": len(names), "in the corpus": len(CORPUS), "unpacked": unpacked, "lookalikes": len(TWINS)}


def _taking_turns(one: Iterator[str], other: Iterator[str]) -> Iterator[str]:
    while True:
        yield next(one)
        yield next(other)


def _is_one_name(made: str, name: str) -> None:
    """One name of one file, whichever way a disk spells it."""
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        spelled = unicodedata.normalize(form, made)  # type: ignore[arg-type]
        expect(len(PurePosixPath(spelled).parts) == 1 and "/" not in spelled, f"{name!r} becomes {made!r}, {form} {spelled!r}")
        expect("\\" not in spelled and spelled.strip(". ") != "", f"{name!r} becomes {made!r}, {form} {spelled!r}")
    expect(not PureWindowsPath(made).drive and not RESERVED.match(made), f"{name!r} becomes {made!r}")
    expect(not made.startswith(("-", ".")) and not made.endswith((".", " ")), f"{name!r} becomes {made!r}")
    expect(0 < len(made.encode()) <= 255, f"{name!r} becomes {len(made.encode())} bytes")
    unseen = [c for c in made if unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in STEERING]
    expect(not unseen, f"{name!r} becomes {made!r}: {unseen[:3]!r} is not seen")


STEERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN")


def _unpacks(names: Sequence[str]) -> int:
    """Every file of an archive lies in its folder, each under a name of its own; how many."""
    out = BytesIO()
    packed = Archive(out, "全部")
    for name in names:
        packed.add((name, f"{name}表"), f"{name}.docx", b"x")
    packed.close()
    count = 0
    for content in (out.getvalue(), zipped([(f"{name}.docx", b"x") for name in names], [(name, b"x") for name in names])):
        with tempfile.TemporaryDirectory(prefix="ziping-") as folder, ZipFile(BytesIO(content)) as opened:
            inside = Path(folder) / "里面"
            inside.mkdir()
            for member in opened.infolist():
                target = Path(inside / unicodedata.normalize("NFKC", member.filename)).resolve()
                expect(inside in target.parents, f"{member.filename!r} leads to {target}")
            opened.extractall(inside)
            expect({p.name for p in Path(folder).iterdir()} == {"里面"}, "all of it lies in its folder")
            files = [p for p in inside.rglob("*") if p.is_file()]
            expect(len(files) == len(opened.namelist()), f"{len(files)} files of {len(opened.namelist())}")
            count += len(files)
    return count


def _twins() -> None:
    """Names that look the same are told; names that do not are left in peace."""
    for one, other in TWINS:
        kept = clean(other)
        if kept == one:
            continue  # the gate makes one name of the two
        expect(like(kept, [one]) == one, f"{one} and {other!r} look the same")
        known = Known((KnownUnit("u1", one + "办公室"),))
        found, lines = find_columns(read_sheets(f"单位名称\n{kept}办公室\n".encode()))
        made = plan(found, lines, known, date(2021, 3, 1))
        told = made.rows[0].said
        expect("写法很像" in told or "已经有了" in told, f"{one} and {other!r} in a list: {told}")
    for one, other in APART:
        expect(not like(other, [one]), f"{one} and {other} do not look the same")


def _bug(planted: str) -> ExitStack:
    """A name taken as it came; one looked at before it is spelled as the disk spells it; nobody told apart."""
    stack = ExitStack()
    homes = (filenames, naming, package, archive)

    def put(made: Callable[[str], str]) -> None:
        for module in homes:
            stack.enter_context(patch.object(module, "file_name", made))
        stack.enter_context(patch.dict(globals(), {"file_name": made}))

    if planted == "as_given":
        put(lambda text: text or "_")
    elif planted == "looked_at_too_early":
        stack.enter_context(patch.object(filenames, "_parts", lambda letter: False))
        checked = filenames.file_name
        put(lambda text: unicodedata.normalize("NFKC", checked(text)))
    elif planted == "no_lookalikes":
        for module in (lookalikes, planning):
            stack.enter_context(patch.object(module, "looks", lambda name: name))
    return stack
