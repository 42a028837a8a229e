"""Spreadsheets for the tests, as office programs write them."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

HEADER = ("单位名称", "单位代码", "分组", "主管部门", "姓名", "角色")


def xlsx(*rows: Sequence[object], merged: Sequence[str] = (), pages: Sequence[str] = ()) -> bytes:
    """An .xlsx of these rows; `pages`: names of empty pages before it."""
    book = Workbook()
    sheet = book.active
    for name in pages:
        book.create_sheet(name, 0)
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows: Sequence[str], encoding: str = "utf-8-sig", comma: str = ",") -> bytes:
    return "\r\n".join(comma.join(row) for row in rows).encode(encoding)
