"""The summary and the package: what they hold, that text stays text, and the same bytes every time."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from scoring.answers import Answer, State, given
from scoring.beside.facts import Filed
from scoring.loading import load
from scoring.scorecard import score
from scoring.values import Row
from templates.filenames import file_name
from templates.package import package, zipped
from templates.summary import summary
from tests.dialogs.tiny import tiny
from tests.pair import pair
from tests.templates.validity import problems

D = Decimal
ANSWERS = {
    "quota": given(D(37)),
    "staff": given(D(31), provisional=True),
    "retired": Answer(State.SKIPPED),
    "buying": Answer(State.NOT_APPLICABLE),
    "projects": given((Row(("=1+1", D("2.47"))), Row(("https://example.org", None)))),
    "problems": Answer(State.GIVEN, '=HYPERLINK("http://x")', source="《2019年度小表》", reason="@口径"),
}


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(BytesIO(content))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book.worksheets}


def test_every_answer_stands_in_the_summary_with_its_standing_source_and_reason() -> None:
    pages = sheets(summary(tiny(), ANSWERS, score(tiny(), ANSWERS), unit="小县中心", project="老字号"))
    assert list(pages) == ["答案", "明细", "得分", "检查"]
    rows = {row[2]: row for row in pages["答案"][2:]}
    assert pages["答案"][0][0] == "小县中心　老字号　2020年度　小表"
    assert rows["编制数"][3:6] == [37, "人", "已填"]
    assert rows["在职人数"][5] == "暂估"
    assert rows["退休人数"][5] == "没填"
    assert rows["政府采购预算"][3] == "不适用：本年度没有政府采购"
    assert rows["存在的问题"][6:] == ["《2019年度小表》", "@口径"]
    assert ["项目", 1, "预算", 2.47, "万元"] in pages["明细"]
    assert "（暂估）31÷37＝83.78% ≤ 100% → 满分 20 分" in [row[5] for row in pages["得分"]]
    assert any("暂估" in str(row[2]) for row in pages["检查"])


def test_what_was_typed_never_becomes_a_formula_or_a_link() -> None:
    content = summary(tiny(), ANSWERS, score(tiny(), ANSWERS), unit="=A1")
    book = load_workbook(BytesIO(content))
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert not [name for name in ZipFile(BytesIO(content)).namelist() if "rels" in name and "sheet" in name]


def test_a_long_number_keeps_all_its_digits() -> None:
    answers = {"projects": given((Row(("甲", D("12345678901234.5678"))),))}
    pages = sheets(summary(tiny(), answers, score(tiny(), answers), unit="小县中心"))
    assert "12345678901234.5678" in [row[3] for row in pages["明细"]]


def test_the_package_holds_single_files_also_of_the_projects_and_never_differs() -> None:
    answers = {"staff": given(D(3))}
    projects = [
        Filed(pair("project"), {"budget": given(D(10)), "final": given(D(9))}, 2021, "小县中心", name) for name in ("甲", "乙/丙")
    ]
    made = package(pair("unit"), answers, unit="小县中心", beside=projects)
    assert made == package(pair("unit"), answers, unit="小县中心", beside=projects)
    with ZipFile(BytesIO(made)) as file:
        assert file.namelist() == [
            "单位自评报告.docx",
            "项目支出绩效自评表_甲.docx",
            "项目支出绩效自评表_乙_丙.docx",
            "答案汇总表.xlsx",
        ]
        for name in file.namelist()[:3]:
            assert not problems(file.read(name)), name
        text = ZipFile(BytesIO(file.read("项目支出绩效自评表_甲.docx"))).read("word/document.xml").decode()
        assert "执行9万元" in text
        assert "〔甲待填3〕" not in text


def test_what_a_project_lacks_is_a_gap_by_its_name() -> None:
    projects = [Filed(pair("project"), {"budget": given(D(10))}, 2021, "小县中心", "甲<乙")]
    made = package(pair("unit"), {}, unit="小县中心", beside=projects)
    with ZipFile(BytesIO(made)) as file:
        report = ZipFile(BytesIO(file.read("单位自评报告.docx"))).read("word/document.xml").decode()
    assert "〔甲&lt;乙待填2〕" in report


def test_two_files_of_one_name_are_told_apart() -> None:
    with ZipFile(BytesIO(zipped([("a.docx", b"1"), ("a.docx", b"2")]))) as file:
        assert file.namelist() == ["a.docx", "a_2.docx"]


def test_a_name_that_comes_twice_is_numbered_past_those_that_are_taken() -> None:
    twice = [("a.docx", b"1"), ("A.docx", b"2"), ("a_2.docx", b"3")]
    with ZipFile(BytesIO(zipped(twice))) as file:
        names = file.namelist()
    assert len({n.lower() for n in names}) == len(twice)


@pytest.mark.parametrize("text", ["..", " .docx", "县" * 50 + "项" * 50 + "2020年度部门整体支出绩效自评全套材料_第1版_草稿.docx"])
def test_every_name_of_a_file_can_be_written_to_a_disk(text: str, tmp_path: Path) -> None:
    name = file_name(text)
    (tmp_path / name).write_bytes(b"")
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert name.endswith(".docx") is (text.endswith(".docx") and text != " .docx")


def test_nothing_invisible_stands_in_the_name_of_a_file() -> None:
    assert file_name("报告\u202excod.exe\x7f.docx") == "报告xcod.exe.docx"


def test_an_indicator_without_a_group_stands_in_the_summary_too() -> None:
    form = load("example/rules")
    pages = sheets(summary(form, {}, score(form, {}), unit="某某中心"))
    found = {row[2]: row[:2] for row in pages["得分"]}
    assert found["社会效益"] == ["—", ""]
    assert found["预算执行率"] == ["资金", ""]
