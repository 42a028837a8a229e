"""Spreadsheets read: what office programs write is understood, what is broken or hostile is told in one sentence."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.bureau.columns import CODE, GROUP, PERSON, UNIT, find_columns
from dialogs.bureau.sheets import BadSheet, read_sheets
from tests.dialogs.bureau.sheets import HEADER, csv, xlsx

ROW = ("县教育局", "101001", "一组", "", "王芳", "填报人")


@pytest.mark.parametrize(
    "content",
    [
        xlsx(HEADER, ROW),
        csv(HEADER, ROW),
        csv(HEADER, ROW, encoding="utf-8"),
        csv(HEADER, ROW, encoding="gbk"),
        csv(HEADER, ROW, encoding="gb18030", comma="\t"),
        csv(HEADER, ROW, encoding="utf-16"),
        csv(HEADER, ROW, comma=";"),
    ],
)
def test_the_same_list_in_every_encoding(content: bytes) -> None:
    found, lines = find_columns(read_sheets(content))
    assert [found.of(lines[0], title) for title in (UNIT, CODE, GROUP, PERSON)] == ["县教育局", "101001", "一组", "王芳"]


def test_titles_in_any_order_below_a_heading_on_the_second_page() -> None:
    content = xlsx(
        ("青山县2026年单位和人员名单",),
        (),
        ("序号", "身份", "姓 名", "组别", "预算单位（全称）*"),
        (1, "审核人", "李四", "二组", "县水利局"),
        pages=("说明",),
    )
    found, lines = find_columns(read_sheets(content))
    assert found.row == 3
    assert (found.of(lines[0], UNIT), found.of(lines[0], PERSON), lines[0].number) == ("县水利局", "李四", 4)


def test_numbers_dates_and_merged_cells_are_text() -> None:
    content = xlsx(
        ("单位名称", "单位代码", "姓名", "角色"),
        ("县教育局", 101001.0, "王芳", "填报人"),
        (None, None, "李四", "审核人"),
        merged=("A2:A3", "B2:B3"),
    )
    found, lines = find_columns(read_sheets(content))
    assert [(found.of(line, UNIT), found.of(line, CODE)) for line in lines] == [("县教育局", "101001")] * 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("单位代码", "分组"), ("101", "一组")], "没有“单位名称”这一列（看到的是：单位代码、分组）"),
        ([("甲", "乙"), ("丙", "丁")], "没有找到表头"),
        ([("单位名称", "姓名"), ("县教育局", "王芳")], "有“姓名”却没有“角色”这一列"),
        ([("单位名称", "联系人", "职务"), ("县教育局", "王芳", "科员")], "有“联系人”却没有“角色”这一列"),
        ([("单位名称", "角色"), ("县教育局", "填报人")], "有“角色”却没有“姓名”这一列"),
        ([("单位名称", "单位全称"), ("县教育局", "县教育局")], "第 1 列“单位名称”和第 2 列“单位全称”是一个意思"),
    ],
)
def test_missing_and_doubled_columns(rows: list[tuple[str, ...]], said: str) -> None:
    with pytest.raises(BadSheet, match=said):
        find_columns(read_sheets(xlsx(*rows)))


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", "<a/>")
        z.writestr("xl/worksheets/sheet1.xml", b"0" * (70 << 20))
    return out.getvalue()


def with_part(name: str, text: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", "<a/>")
        z.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0 old", "另存为 .xlsx"),
        (b"PK\x03\x04 broken", "打不开"),
        (bomb(), "展开以后太大"),
        (with_part("xl/styles.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'), "不该有的内容"),
        (with_part("xl/styles.xml", f"<!--{'x' * 9000}--><!DOCTYPE a><a/>"), "不该有的内容"),
        (with_part("word/document.xml", "<a/>"), "打不开"),
        (bytes(range(256)) * 20, "编码认不出来"),
        (b"x" * (11 << 20), "太大了"),
        (b"\n".join([b"a,b"] * 20_001), "行太多了.最多 20000 行"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, said: str) -> None:
    with pytest.raises(BadSheet, match=said):
        read_sheets(content)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_nothing_but_a_sentence_comes_of_any_bytes(content: bytes) -> None:
    with suppress(BadSheet):
        find_columns(read_sheets(content))
