"""S8: what a person typed stands in every spreadsheet as the text it is: no formula, no link, no lost digit.

Forty beginnings before twenty payloads, in the summary of a filing and in every list of the bureau; read back with openpyxl,
and recalculated by LibreOffice. The program writes no CSV; one that it is handed is read as text (and nothing is reckoned).
"""

import csv
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

from openpyxl import load_workbook

from dialogs.bureau.sheets import read_sheets
from scoring.answers import Answer, State, given
from scoring.scorecard import score
from scoring.textgate import clean
from scoring.values import Row
from templates import summary as summaries
from templates.county import books
from templates.county.anomaly_book import Noticed, anomaly_book
from templates.county.import_book import import_book
from templates.summary import SAFE, summary
from tests.dialogs.tiny import tiny
from tests.fuzz.texts import texts
from tests.soak import Red, expect

GOAL = "S8"
AMOUNT = {"quick": 200, "full": 40 * 20 + 5_000}
TEETH = ("appended", "as_numbers")

BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "\t=",
    "\r=",
    "\n=",
    "\x0b=",
    "\x00=",
    " =",
    "　=",
    "'=",
    '"=',
    "＝",
    "＋",
    "－",
    "＠",
    "\ufeff=",
)
BEGINNINGS += (
    "\u200b=",
    "\u202e=",
    ";=",
    ",=",
    "==",
    "=+",
    "-+",
    "--",
    "+-",
    "@=",
    "\\=",
    "`=",
    "{=",
    "[=",
    "(=",
    "#",
    "_x003D_",
    "0=",
    "﹦",
    "⁼",
)
PAYLOADS = (
    "1+1",
    "A1",
    "SUM(A1:A9)",
    'HYPERLINK("http://evil","点我")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("http://evil")',
    'IMPORTXML("http://evil","//a")',
    'DDE("cmd";"/C calc";"x")',
    "2+5+cmd|' /C notepad'!A1",
    "http://example.org",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "13800138000",
    "00012",
    "-2.5",
    "1e5",
    "2021-03-01",
    "TRUE",
    "{1,2}",
    "430103199001011234",
)
NUMBERS = ("-2.5", "0.07", "2.470055", "123456789012345", "12345678901234567", "-0.000001", "99999999999999999999.99")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many texts, some hundred in one workbook."""
    dice = random.Random(seed)
    corpus = [
        clean(a + b) for a, b in dice.sample(list(product(BEGINNINGS, PAYLOADS)), min(amount, len(BEGINNINGS) * len(PAYLOADS)))
    ]
    with _bug(planted), tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        source = texts(dice)
        while len(corpus) < amount:
            corpus.append(clean(next(source)))
        said = [t for t in corpus if t and len(t) <= 20_000]
        cells = 0
        for at in range(0, len(said), 400):
            cells += sum(_holds(content) for content in _workbooks(said[at : at + 400]))
        _numbers()
        _read_back(said[:200])
        recalculated = _by_libreoffice(said[:800], Path(folder)) if amount >= AMOUNT["full"] else "-"
    return {"texts": len(said), "cells looked at": cells, "recalculated by LibreOffice": recalculated}


def _workbooks(said: Sequence[str]) -> Iterator[tuple[bytes, Sequence[str]]]:
    """Every kind of workbook, with the texts in it."""
    try:
        first = said[0]
        answers = {
            "projects": given(tuple(Row((text, Decimal("-2.5"))) for text in said)),
            "problems": Answer(State.GIVEN, first, source=said[-1], reason=said[len(said) // 2]),
        }
        yield summary(tiny(), answers, score(tiny(), answers), unit=first, project=said[-1], past=[(t, t) for t in said]), said
        yield anomaly_book(first, [Noticed(t, t, t, t, t, t, t) for t in said]), said
        yield import_book(first, [(n, "有误", t, t) for n, t in enumerate(said)]), said
    except (ValueError, TypeError, UnicodeError) as e:
        raise Red(f"no workbook came of it: {type(e).__name__}: {e}") from e


def _holds(made: tuple[bytes, Sequence[str]]) -> int:
    """No formula, no link, and every text stands there as it was typed; how many cells."""
    content, said = made
    seen: set[str] = set()
    count = 0
    for page in load_workbook(BytesIO(content)).worksheets:
        for row in page.iter_rows():
            for cell in row:
                count += 1
                expect(cell.data_type in "snb", f"{cell.value!r} is a cell of kind {cell.data_type}")
                expect(cell.hyperlink is None, f"{cell.value!r} is a link")
                if isinstance(cell.value, str):
                    seen.add(cell.value)
    lost = [t for t in said if t not in seen]
    expect(not lost, f"{lost[:3]!r} do not stand there as they were typed")
    with ZipFile(BytesIO(content)) as package:
        outside = [n for n in package.namelist() if n.endswith(".rels") and b"External" in package.read(n)]
        active = [n for n in package.namelist() if "vba" in n.lower() or "externalLink" in n or "connections" in n]
        formulas = [n for n in package.namelist() if "worksheets/" in n and b"<f>" in package.read(n)]
    expect(not outside and not active and not formulas, f"{outside or active or formulas} in a workbook of texts")
    return count


def _numbers() -> None:
    """Phones and negatives keep their value; a number too long for a cell stands as text, digit by digit."""
    answers = {"projects": given(tuple(Row((n, Decimal(n))) for n in NUMBERS))}
    rows = list(load_workbook(BytesIO(summary(tiny(), answers, score(tiny(), answers), unit="小县中心")))["明细"].iter_rows())
    values = [row[3].value for row in rows[2:]]
    for typed in NUMBERS:
        at = values.index(typed)
        number = values[at + 1]
        kept = typed == number if isinstance(number, str) else Decimal(typed) == Decimal(repr(number))
        expect(kept, f"{typed} stands there as {number!r}")


def _read_back(said: Sequence[str]) -> None:
    """What is handed in as CSV comes in as the text it is."""
    rows = ["\t".join(('"' + t.replace('"', '""') + '"', "x")) for t in said if "\n" not in t]
    (page,) = read_sheets("\n".join(["名称\t备注", *rows]).encode())
    expect([line.cells[0] for line in page[1:]] == [clean(t)[:500] for t in said if "\n" not in t], "a CSV says what it says")


def _by_libreoffice(said: Sequence[str], folder: Path) -> int | str:
    """A cell after recalculation says what was typed."""
    office = shutil.which("soffice")
    if office is None or not any(Path(office).resolve().parent.glob("libsclo.*")):
        return "no Calc here"
    said = [t for t in said if "\n" not in t]
    (folder / "all.xlsx").write_bytes(import_book("全部", [(n, "有误", t, t) for n, t in enumerate(said)]))
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", filters, "--outdir", str(folder), str(folder / "all.xlsx")]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    (made,) = folder.glob("*.csv")
    with made.open(encoding="utf-8", newline="") as file:
        shown = [row[2] for row in csv.reader(file)][2:]
    expect(len(shown) == len(said), f"{len(shown)} lines of {len(said)}")
    for typed, seen in zip(said, shown, strict=True):
        expect(seen == typed, f"LibreOffice shows {seen!r} for {typed!r}")
    return len(shown)


def _bug(planted: str) -> ExitStack:
    """Texts written as a library guesses."""
    from xlsxwriter.worksheet import Worksheet

    stack = ExitStack()
    if planted in ("appended", "as_numbers"):
        loose: dict[str, Any] = {"in_memory": True, "strings_to_numbers": planted == "as_numbers"}
        loose["strings_to_formulas"] = loose["strings_to_urls"] = planted == "appended"
        for module in (summaries, books):
            stack.enter_context(patch.object(module, "SAFE", {**SAFE, **loose}))
        stack.enter_context(patch.object(Worksheet, "write_string", Worksheet.write))
    return stack
