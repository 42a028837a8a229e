"""One reason, three places: the cell of the table, the sentence of the report, the list of the reviewer."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from scoring.answers import Answer
from scoring.answersfiles.file import read_answers
from scoring.columns import Rows
from scoring.goals.deviations import deviations
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.values import Row
from templates.drafting import draft
from templates.facts import Facts
from templates.summary import summary
from tests.templates.test_drafting import answered, paragraphs

FORM = load("lieshan-2023/project")
CASE = read_answers(FORM, OWN_PACKS / "lieshan-2023" / "cases" / "project@pension.yaml").answers
NOTE = "少了2个百分点，因为两个村缓报，今年起按月核对。"


@pytest.fixture
def answers() -> dict[str, Answer]:
    """One goal of 50 points that was missed by two points."""
    cells = {"kind": "时效指标", "name": "经费支出及时率", "target": "100%", "actual": "98%", "weight": Decimal(50), "note": NOTE}
    table = FORM.items["output_goals"]
    assert isinstance(table, Rows)
    return {**CASE, "output_goals": answered((Row(tuple(cells.get(c.id) for c in table.columns)),))}


def test_the_note_is_typed_once_and_stands_in_three_places(answers: dict[str, Answer]) -> None:
    (found,) = deviations(FORM, answers)
    assert (found.name, found.note, found.named) == ("经费支出及时率", NOTE, True)
    card = score(FORM, answers)
    table = "".join(paragraphs(draft(FORM, answers, "table", unit="某局", project="养老").content))
    assert NOTE.rstrip("。") in table
    (told,) = Facts(FORM, answers, card, "某局", "养老").vocabulary["偏差项"]()
    assert told["原因"] == NOTE.rstrip("。")
    assert told["扣分"] == "1"
    book = openpyxl.load_workbook(BytesIO(summary(FORM, answers, card, unit="某局", project="养老")))
    listed = [[c.value for c in line] for line in book["偏差说明"].iter_rows(min_row=3)]
    assert [(line[2], line[6], line[7]) for line in listed] == [("经费支出及时率", NOTE, "是")]


def test_a_note_that_does_not_name_the_gap_is_marked(answers: dict[str, Answer]) -> None:
    item = FORM.items["output_goals"]
    (row,) = answers["output_goals"].value
    vague = Row(tuple("工作安排原因，今后注意。" if c == NOTE else c for c in row.cells))
    (found,) = deviations(FORM, {**answers, item.id: answered((vague,))})
    assert not found.named


def test_a_filing_without_deviations_has_no_list() -> None:
    book = openpyxl.load_workbook(BytesIO(summary(FORM, CASE, score(FORM, CASE), unit="某局", project="养老")))
    assert ("偏差说明" in book.sheetnames) is bool(list(deviations(FORM, CASE)))
