"""The past of an answer: in the chat a page at a time, in the spreadsheet and for programs in full."""

import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from dialogs.office import Office
from dialogs.outgoing import sheet
from dialogs.replies import File
from dialogs.store.engine import reading
from dialogs.together.past import as_data, past_of
from scoring.loading import load
from templates import labels
from tests.dialogs.desk import FORM
from tests.dialogs.together.team import office_on, team


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    return office_on(sqlite_engine, tmp_path)


def test_the_history_of_a_question_says_who_when_and_what(office: Office) -> None:
    one, two = team(office)
    one.says("37")
    office.clock.goes(86_400)
    two.says("40").taps("改成我的：40 人")
    one.says("第1题").taps(labels.EXPLAIN).taps(labels.HISTORY)
    one.sees("历史 · 编制数", "现在：40 人", "08:00 李四\n　37 人 → 40 人", "08:00 李四\n　也填了 40 人，当时已有 37 人")
    one.sees("3月1日 08:00 你\n　填 37 人").taps(labels.BACK_TO_QUESTION).sees("核定编制多少人？", "现在的答案：40 人")
    one.says("谁填的").sees("历史 · 编制数")


def test_a_long_history_is_turned_page_by_page(office: Office) -> None:
    (one,) = team(office, ("张三",))
    one.says("1")
    for n in range(2, 12):
        one.says("第1题").says(str(n)).taps(labels.CONFIRM)
    one.says("第1题").says("历史").sees("（第 1 / 2 页）", "10 人 → 11 人").taps(labels.NEXT_PAGE).sees(
        "（第 2 / 2 页）", "填 1 人"
    )
    one.taps(labels.PREVIOUS_PAGE).sees("（第 1 / 2 页）").says("嗯嗯").sees("（第 1 / 2 页）")


def test_the_history_of_the_whole_filing_names_the_questions(office: Office) -> None:
    one, two = team(office)
    two.says("目录").says("历史").sees("历史 · 小表", "还没有人改过")
    one.says("37").says("31")
    two.says("目录").says("历史").sees("张三\n　在职人数　填 31 人", "张三\n　编制数　填 37 人")


def test_the_spreadsheet_and_the_export_hold_every_change_in_full(office: Office) -> None:
    one, two = team(office)
    long = "预算编制还不够细。" * 12
    one.says("37").says(f"第{load(FORM, office.packs).numbers['problems']}题").says(long)
    two.says("=1+1").says("40").says("2")
    one.says("生成草稿").taps(labels.SUMMARY)
    made = next(r for r in one.files if isinstance(r, File))
    book = openpyxl.load_workbook(io.BytesIO(sheet(office, made, one.chat).content))
    lines = [[c.value for c in row] for row in book["历史"].iter_rows(min_row=3)]
    assert [(x[2], x[3], x[5], x[6]) for x in lines] == [
        ("编制数", "填写", "37 人", "张三"),
        ("存在的问题", "填写", long, "张三"),
        ("编制数", "未采用", "40 人", "李四"),
        ("编制数", "修改", "40 人", "李四"),
    ]
    assert all(cell.data_type != "f" for row in book["历史"].iter_rows() for cell in row)
    with reading(office.engine) as c:
        form = load(FORM, office.packs)
        data = as_data(form, past_of(c, one.filing.id, form), "Asia/Shanghai")
    assert data[0] == {
        "item": "quota",
        "person_id": data[0]["person_id"],
        "at": "2021-03-01 08:00:00",
        "number": "1",
        "label": "编制数",
        "act": "填写",
        "old": "",
        "new": "37 人",
        "person": "张三",
        "answered_by": "",
        "reason": "",
        "message": "",
    }
