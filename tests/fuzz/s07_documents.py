"""S7: whatever a person types, the Word file opens, says exactly that in as many paragraphs, and leads nowhere.

Several texts at once stand in every place that takes one; a file of another text is held against it, part by part.
"""

import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from html import unescape
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

from lxml import etree

from scoring.answers import Answer, given
from scoring.answersfiles.file import read_answers
from scoring.columns import Table
from scoring.form import Form
from scoring.items import LongText, ShortText
from scoring.loading import OWN_PACKS, load
from scoring.review.record import Opinion, Reviewed, Round
from scoring.review.verified import Verified
from scoring.textgate import clean
from scoring.values import Row
from templates import wordtables, wordxml
from templates.drafting import OPINION, BadReport, draft
from tests.fuzz.docx import W, paragraphs
from tests.fuzz.texts import texts
from tests.soak import Red, expect
from tests.templates.validity import problems

GOAL = "S7"
AMOUNT = {"quick": 150, "full": 10_000}
TEETH = ("unescaped", "no_gate", "a_field")

HECHENG, EXAMPLE = load("hecheng-2020/department"), load("example/basic")
PER_SHEET = 40  # files opened with LibreOffice at once
LAYOUT = {"tab", "pageBreakBefore", "vMerge", "trPr", "cantSplit"}  # where a longer text ends on another page
FORBIDDEN = ("fldSimple", "fldChar", "instrText", "object", "pict", "drawing", "altChunk", "hyperlink", "attachedTemplate")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many texts, in as many files as they need."""
    dice = random.Random(seed)
    full = amount >= AMOUNT["full"]
    files: list[bytes] = []
    count = drafted = 0
    with _bug(planted), tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        source = texts(dice, longest=100_000 if full else 2_000)
        while count < amount:
            for form, document in ((HECHENG, "complete"), (EXAMPLE, OPINION.id)):
                used, content = _drafted(form, document, source)
                count += used
                drafted += 1
                _opens(content)
                if full and drafted % 10 == 0:
                    files.append(content)
        opened = _by_libreoffice(files, Path(folder))
    return {"texts": count, "files": drafted, "opened by LibreOffice": opened}


def _drafted(form: Form, document: str, source: Iterator[str]) -> tuple[int, bytes]:
    """A file with another text in every place, held against the same with a plain word there."""
    places = _places(form, document)
    said = [_marked(n, text) for n, text in enumerate(islice(source, len(places)))]
    try:
        content = _draft(form, document, said)
    except (BadReport, ValueError) as e:
        raise Red(f"no file came of {said!r}: {e}"[:300]) from e
    before, after = _measured(form, document), _measure(content)
    expect(after[0] == before[0], f"{after[0]} paragraphs instead of {before[0]} with {said!r}"[:300])
    expect(after[1] <= before[1] | LAYOUT, f"{after[1] - before[1]} is no kind of element of it with {said!r}"[:300])
    expect(after[2:] == before[2:], f"another part or relation with {said!r}"[:300])
    together = "\n".join(paragraphs(content))
    for place, text in zip(places, said, strict=True):
        expect(place not in _printed(form, document) or text in together, f"{place} does not say {text[:80]!r}")
    wrong = [p for p in problems(content) if not p.startswith("left over")]
    expect(not wrong, f"{wrong} with {said!r}"[:300])
    return len(said), content


def _marked(number: int, text: str) -> str:
    """One line, between marks: so it can be found again, whatever a sentence puts before and behind it."""
    return f"始{number}〈{' '.join(clean(text).split())}〉{number}终"


@lru_cache(maxsize=4)
def _answers(form: Form) -> Mapping[str, Answer]:
    case = "department" if form is HECHENG else "basic"
    return dict(read_answers(form, OWN_PACKS / form.id.partition("/")[0] / "cases" / f"{case}.yaml").answers)


@lru_cache(maxsize=4)
def _places(form: Form, document: str) -> tuple[str, ...]:
    """Where a person's words stand: questions, cells of tables, the names of unit and project, a reviewer's words."""
    if document == OPINION.id:
        return ("unit", "project", "remark", "about", "opinion", "reply", "reason")
    questions = [i.id for i in form.items.values() if isinstance(i, LongText | ShortText)]
    cells = [
        f"{i.id}.{c.id}"
        for i in form.items.values()
        if isinstance(i, Table) and (a := _answers(form).get(i.id)) is not None and isinstance(a.value, tuple) and a.value
        for c in i.columns
        if c.type == "text"
    ]
    return ("unit", *questions, *cells)


def _draft(form: Form, document: str, said: Sequence[str]) -> bytes:
    words = dict(zip(_places(form, document), said, strict=True))
    if document == OPINION.id:
        first = form.indicators[0].indicator.id
        opinion = Opinion(words["about"], words["opinion"], words["reply"])
        reviewed = Reviewed(
            {first: Verified(0, words["reason"])}, (Round(1, "退回", "2021年3月1日", words["remark"], (opinion,)),)
        )  # type: ignore[arg-type]
        return draft(form, _answers(form), document, unit=words["unit"], project=words["project"], reviewed=reviewed).content
    answers = dict(_answers(form))
    for place, text in words.items():
        item, _, column = place.partition(".")
        if column:
            answers[item] = _with_cell(form, answers[item], item, column, text)
        elif item != "unit":
            answers[item] = given(text)
    return draft(form, answers, document, unit=words["unit"]).content


def _with_cell(form: Form, answer: Answer, item: str, column: str, text: str) -> Answer:
    table = form.items[item]
    assert isinstance(table, Table)
    assert isinstance(answer.value, tuple)
    at = [c.id for c in table.columns].index(column)
    first, *others = answer.value
    assert isinstance(first, Row)
    return given((Row((*first.cells[:at], text, *first.cells[at + 1 :])), *others))


def _plain(form: Form, document: str) -> bytes:
    return _draft(form, document, [f"始{n}〈一〉{n}终" for n in range(len(_places(form, document)))])


_ORIGINAL: dict[tuple[str, str], tuple[object, frozenset[str]]] = {}


def _known(form: Form, document: str) -> tuple[object, frozenset[str]]:
    """What a file with plain words measures, and in which places it prints them; made before any bug is planted."""
    key = (form.id, document)
    if key not in _ORIGINAL:
        content = _plain(form, document)
        together = "\n".join(paragraphs(content))
        printed = frozenset(p for n, p in enumerate(_places(form, document)) if f"始{n}〈一〉{n}终" in together)
        _ORIGINAL[key] = (_measure(content), printed)
    return _ORIGINAL[key]


def _measured(form: Form, document: str) -> Any:
    return _known(form, document)[0]


def _printed(form: Form, document: str) -> frozenset[str]:
    return _known(form, document)[1]


def _measure(content: bytes) -> tuple[int, frozenset[str], tuple[str, ...], tuple[tuple[str, bytes], ...]]:
    """Paragraphs, kinds of elements, parts, and relations."""
    with ZipFile(BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(resolve_entities=False, huge_tree=True))
        names = tuple(package.namelist())
        relations = tuple((n, package.read(n)) for n in names if n.endswith(".rels"))
        kinds = package.read("[Content_Types].xml")
    tags = frozenset(str(e.tag).replace(W, "") for e in root.iter())
    expect(not tags & set(FORBIDDEN), f"the body holds {tags & set(FORBIDDEN)}")
    expect(b"macroEnabled" not in kinds, "no macros")
    for name, relation in relations:
        expect(b"External" not in relation, f"{name} leads outside")
        expect(not re.search(rb"/(?:oleObject|attachedTemplate|frame|vbaProject)", relation), f"{name} brings something in")
    return sum(1 for _ in root.iter(f"{W}p")), tags, names, relations


def _opens(content: bytes) -> None:
    import docx

    expect(len(docx.Document(BytesIO(content)).paragraphs) > 0, "python-docx opens it")


def _by_libreoffice(files: Sequence[bytes], folder: Path) -> int | str:
    """How many of the files LibreOffice has opened and read back with every marked text."""
    office = shutil.which("soffice")
    if not files or office is None:
        return "-" if not files else "not installed"
    for at in range(0, len(files), PER_SHEET):
        batch = folder / str(at)
        batch.mkdir()
        for n, content in enumerate(files[at : at + PER_SHEET]):
            (batch / f"{n}.docx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "html:HTML (StarWriter):EmbedImages", "--outdir", str(batch)]
        done = subprocess.run([*command, *map(str, sorted(batch.glob("*.docx")))], capture_output=True, timeout=600, check=False)
        for n, content in enumerate(files[at : at + PER_SHEET]):
            made = batch / f"{n}.html"
            expect(made.exists(), f"LibreOffice opens file {at + n}: {done.stderr[-200:]!r}")
            seen = _letters(unescape(re.sub(r"<[^>]*>", "", made.read_text("utf-8", errors="replace"))))
            for text in set(re.findall(r"始\d+〈.*?〉\d+终", "\n".join(paragraphs(content)))):
                expect(_letters(text) in seen, f"LibreOffice reads {text[:80]!r}")
    return len(files)


def _letters(text: str) -> str:
    """Without the blanks, which HTML folds."""
    return re.sub(r"\s+", "", text)


def _bug(planted: str) -> ExitStack:
    for form, document in ((HECHENG, "complete"), (EXAMPLE, OPINION.id)):
        _known(form, document)
    stack = ExitStack()
    if planted == "unescaped":
        stack.enter_context(patch.object(wordxml, "safe", lambda text: text))
        if hasattr(wordtables, "safe"):
            stack.enter_context(patch.object(wordtables, "safe", lambda text: text))
    elif planted == "no_gate":
        stack.enter_context(patch.object(wordxml, "_IMPOSSIBLE", re.compile("(?!)")))
        stack.enter_context(patch.dict(globals(), {"clean": lambda text: text}))
    elif planted == "a_field":
        run = wordxml._run
        field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        stack.enter_context(patch.object(wordxml, "_run", lambda text: run(text) + (field if "=" in text else "")))
    return stack
