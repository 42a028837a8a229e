"""The declaration as a document: every figure and line of the answers, the year, the estimate, gaps where answers are open."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from scoring.answers import Answers, given
from scoring.answersfiles.file import read_answers
from scoring.cells import rows_in
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from templates.drafting import draft
from tests.templates.validity import W, problems

CASES = OWN_PACKS / "guangshui-2024" / "cases"
UNIT = "广水市城乡居民社会养老保险服务中心"


@pytest.fixture(scope="module")
def form() -> Form:
    return load("guangshui-2024/declaration")


@pytest.fixture(scope="module")
def whole(form: Form) -> Answers:
    return read_answers(form, CASES / "declaration.yaml").answers


def lines(content: bytes) -> list[str]:
    """The rows of all tables and the paragraphs between them, cells parted by strokes."""
    with ZipFile(BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    found = []
    for block in body:
        for row in block.iter(f"{W}tr") if block.tag == f"{W}tbl" else [block]:
            cells = row.findall(f"{W}tc") or [row]
            found.append("|".join("".join(t.text or "" for t in c.iter(f"{W}t")) for c in cells))
    return found


def test_it_is_sound_whole_half_and_empty(form: Form, whole: Answers, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    half = {k: a for n, (k, a) in enumerate(whole.items()) if n % 2}
    for answers in (whole, half, {}):
        made = draft(form, answers, "complete", unit=UNIT)
        assert not problems(made.content)
        assert (made.gaps == ()) is (answers is whole)
        path = tmp_path / "it.docx"
        path.write_bytes(made.content)
        errors = [str(e) for e in OpenXmlValidator().validate(str(path)).errors]
        assert [e for e in errors if "relationships/theme" not in e] == []  # a theme may be left out: ISO 29500-1, 14.2.7


def test_the_year_is_printed_everywhere_the_paper_leaves_it_out(form: Form, whole: Answers) -> None:
    told = lines(draft(form, whole, "complete", unit=UNIT).content)
    text = "\n".join(told)
    assert "（2024年度）" in told
    assert "2022年|2023年（预计）" in text, "on 20 November the figures of the year are estimates"
    assert "长期目标（截止2026年）" in text
    assert "前_年" not in text
    assert "年年" not in text
    later = {**whole, "filled_on": given(date(2024, 1, 10))}
    assert "（预计）" not in "\n".join(lines(draft(form, later, "complete", unit=UNIT).content))


def test_funds_and_shares_stand_as_on_the_paper(form: Form, whole: Answers) -> None:
    told = lines(draft(form, whole, "overview", unit=UNIT).content)
    assert any(row.endswith("财政拨款|6951.77|99.9%|167.88|5950.81") for row in told)
    assert any(row.endswith("运转类项目支出|0.06|0%|0|0.06") for row in told)
    assert any(row.endswith("特定目标类项目支出|6841.32|98.3%|57.06|5846.33") for row in told)
    assert sum(row.endswith("合计|6961.77|100%|167.88|5960.81") for row in told) == 2


def test_every_indicator_is_printed_once_in_each_table(form: Form, whole: Answers) -> None:
    told = lines(draft(form, whole, "complete", unit=UNIT).content)
    for item in (i for i in whole if i.startswith("annual_") and i != "annual_goal"):
        for row in rows_in(whole[item].value):
            _, name, target, before, last, basis, kind = (str(c) if c else "无" for c in row.cells)
            assert sum(line.endswith(f"|{name}|{before}|{last}|{target}|{basis}|{kind}") for line in told) == 1
    for row in (r for i in whole if i.startswith("long_") and i != "long_goal" for r in rows_in(whole[i].value)):
        assert sum(line.endswith("|" + "|".join(str(c) for c in row.cells[1:])) for line in told) == 1
    assert sum(line.endswith("|经济效益|无") for line in told) == 2


def test_an_open_cell_is_a_gap_of_its_question(form: Form, whole: Answers) -> None:
    rows = list(rows_in(whole["annual_duty"].value))
    rows[0] = type(rows[0])((*rows[0].cells[:4], None, *rows[0].cells[5:]))
    made = draft(form, {**whole, "annual_duty": given(tuple(rows))}, "complete", unit=UNIT)
    number = form.numbers["annual_duty"]
    assert made.gaps == (number,)
    assert any(re.search(rf"0万元\|〔待填{number}〕\|≥6640.2万元", line) for line in lines(made.content))
