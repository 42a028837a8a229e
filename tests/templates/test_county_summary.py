"""The county summary: figures that agree with each other, tables that hold what was typed, the same bytes each time."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from templates.county.figures import averages, grade_counts, groups, mean, ranking
from templates.county.results import County, Part, Result
from templates.county.summary_book import summary_book
from templates.county.summary_report import summary_report

GRADES = ("优", "良", "中", "差")
DEPARTMENT, PROJECT = "部门整体支出绩效自评表", "项目支出绩效自评表"


def result(unit: str, total: str, grade: str = "优", group: str = "一组", **more: object) -> Result:
    points = Decimal(total)
    parts = (Part("投入", points / 4, Decimal(25)), Part("产出", points * 3 / 4, Decimal(75)))
    values: dict[str, object] = {"form": DEPARTMENT, "state": "approved", "parts": parts, **more}
    return Result(unit=unit, total=points, weight=Decimal(100), grade=grade, group=group, **values)  # type: ignore[arg-type]


COUNTY = County(
    "青山县",
    2025,
    (
        result("县教育局", "95", code="101", notes=2),
        result("县水利局", "88.5", "良", code="102", verified=Decimal("86.25")),
        result("县卫健局", "88.5", "良", code="103", state="submitted"),
        result("=1+1局", "61", "中", "", notes=1),
        result("县交通局", "92", form=PROJECT, project="农村公路养护"),
    ),
    7,
    GRADES,
    "2026年5月8日",
)


def test_figures() -> None:
    results = COUNTY.of(DEPARTMENT)
    assert grade_counts(results, GRADES) == (("优", 1), ("良", 2), ("中", 1), ("差", 0))
    assert groups(results) == ("一组", "未分组")
    assert [(r.place, r.result.unit) for r in ranking(results, "一组")] == [(1, "县教育局"), (2, "县卫健局"), (3, "县水利局")]
    assert mean(results) == (Fraction(95) + Fraction("86.25") + Fraction("88.5") + 61) / 4
    assert [(a.name, a.weight) for a in averages(results)] == [("投入", 25), ("产出", 75)]


def test_equal_points_share_a_place() -> None:
    tied = [result(name, points) for name, points in (("甲局", "90"), ("乙局", "90"), ("丙局", "80"))]
    assert [r.place for r in ranking(tied, "一组")] == [1, 1, 3]


def test_the_spreadsheet_holds_every_filing_as_text_and_numbers() -> None:
    book = load_workbook(BytesIO(summary_book(COUNTY)))
    assert book.sheetnames == ["汇总", "一级指标平均", "分组排名", DEPARTMENT, PROJECT]
    page = book[DEPARTMENT]
    assert [c.value for c in page[2]][:10] == [
        "序号",
        "分组",
        "单位代码",
        "单位",
        "项目",
        "自评分",
        "核查分",
        "等级",
        "状态",
        "偏差说明（条）",
    ]
    assert [c.value for c in page[4]][2:9] == ["102", "县水利局", "", 88.5, 86.25, "良", "已审核"]
    assert page["D6"].value == "=1+1局"
    assert page["D6"].data_type == "s"
    rows = {(r[0].value, r[1].value): r[2].value for r in book["汇总"].iter_rows(min_row=3)}
    assert (rows["全部", "应报"], rows["全部", "已报"], rows["全部", "未报"], rows[DEPARTMENT, "等级：良"]) == (7, 5, 2, 2)


def test_the_document_says_what_the_spreadsheet_says() -> None:
    document = Document(BytesIO(summary_report(COUNTY)))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "青山县2025年度绩效自评结果汇总" in text
    assert "应报自评表7份，已报5份，未报2份；已报的当中1份还没有审核通过。其中“优”2份，“良”2份，“中”1份，“差”0份。" in text
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[0][0] == ["表", "份数", "平均分", "最高分", "优", "良", "中", "差"]
    assert tables[0][1] == [DEPARTMENT, "4", "82.69", "95", "1", "2", "1", "0"]
    assert ["名次", "单位", "自评分", "核查分", "等级", "状态"] in [t[0] for t in tables]
    assert ["1", "县交通局", "农村公路养护", "92", "优", "已审核"] in [row for t in tables for row in t]


def test_the_same_results_give_the_same_bytes_and_none_is_no_trouble() -> None:
    assert summary_book(COUNTY) == summary_book(COUNTY)
    assert summary_report(COUNTY) == summary_report(COUNTY)
    nobody = County("青山县", 2025, (), 7, GRADES)
    assert "还没有提交的" in "\n".join(p.text for p in Document(BytesIO(summary_report(nobody))).paragraphs)
    assert load_workbook(BytesIO(summary_book(nobody))).sheetnames[0] == "汇总"


names = st.text(min_size=1, max_size=12)


@given(
    st.lists(st.tuples(names, st.decimals(0, 100, places=2), names, st.sampled_from([*GRADES, ""])), min_size=1, max_size=6),
    names,
)
def test_any_names_are_carried(rows: list[tuple[str, Decimal, str, str]], form: str) -> None:
    results = tuple(result(unit, str(total), grade, group, form=form) for unit, total, group, grade in rows)
    county = County("县", 2025, results, len(rows), GRADES)
    load_workbook(BytesIO(summary_book(county)))
    Document(BytesIO(summary_report(county)))
    places = [r.place for g in groups(results) for r in ranking(results, g)]
    assert len(places) == len(rows)
