"""Which column of a spreadsheet means what: the row of titles found by name, in any order, under any usual title.

Not here: what stands below the titles (rows.py).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.bureau.roles import named
from dialogs.bureau.sheets import BadSheet, Line
from scoring.wording import quoted

LOOKED_AT = 15  # rows in which the titles may stand: a heading, a date, an empty row before them

UNIT, CODE, GROUP, SUPERVISOR, PERSON, ROLE, UNTIL = "单位名称", "单位代码", "分组", "主管部门", "姓名", "角色", "邀请有效期"
TITLES: Mapping[str, tuple[str, ...]] = {
    UNIT: ("单位名称", "单位", "单位全称", "预算单位", "预算单位名称", "部门单位", "部门名称", "部门单位名称", "填报单位"),
    CODE: (
        "单位代码",
        "单位编码",
        "单位编号",
        "代码",
        "编码",
        "预算编码",
        "预算代码",
        "预算单位代码",
        "预算单位编码",
        "部门代码",
        "部门编码",
    ),
    GROUP: ("分组", "组别", "考核分组", "排名分组", "单位类别", "单位分组", "类别", "分类", "小组"),
    SUPERVISOR: ("主管部门", "主管单位", "上级部门", "主管预算单位", "归口部门", "主管部门名称"),
    PERSON: ("姓名", "人员姓名", "人员", "名字", "经办人姓名", "联系人", "联系人姓名", "人名"),
    ROLE: ("角色", "身份", "人员角色", "权限", "职责", "分工"),
    UNTIL: ("邀请有效期", "邀请有效期至", "有效期至", "有效期", "邀请截止日期"),
}
PEOPLE: Mapping[str, tuple[str, ...]] = {  # a column of names for each role, beside the unit
    "filler": ("填报人", "填表人", "填报人姓名", "填表人姓名", "填报员", "经办人", "经办人员"),
    "reviewer": ("审核人", "审核人姓名", "单位负责人", "负责人", "复核人", "主要负责人", "分管负责人", "分管领导", "主管领导"),
    "observer": ("观察", "观察员", "观察人", "观察员姓名"),
}
_MEANINGS = {t: meaning for meaning, titles in {**TITLES, **PEOPLE}.items() for t in titles}


@dataclass(frozen=True, slots=True)
class Columns:
    """The titles of a page: the row they stand in, and the place of every column by what it means.

    `names`: the columns of names of each role, of which there may be several (负责人 and 分管领导 both review).
    `unused`: titles that mean nothing here.
    """

    row: int
    places: Mapping[str, int]
    unused: tuple[str, ...]
    names: tuple[tuple[str, int], ...] = ()

    def of(self, line: Line, meaning: str) -> str:
        """The cell of a line under this column; empty where there is none."""
        place = self.places.get(meaning)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    def named(self, line: Line) -> Iterator[tuple[str, str]]:
        """The role and the cell of every column of names."""
        for role, place in self.names:
            if place < len(line.cells) and line.cells[place]:
                yield role, line.cells[place]

    def anything(self, line: Line) -> bool:
        """Whether a line says anything under these titles."""
        return any(self.of(line, meaning) for meaning in self.places) or any(True for _ in self.named(line))


def find_columns(pages: Sequence[Sequence[Line]]) -> tuple[Columns, tuple[Line, ...]]:
    """The titles and the lines below them, of the first page that has a column of units. Raises BadSheet."""
    seen: list[str] = []
    for page in pages:
        for n, line in enumerate(page[:LOOKED_AT]):
            meanings = [_MEANINGS.get(plain_title(cell), "") for cell in line.cells]
            if UNIT in meanings and sum(map(bool, meanings)) >= min(2, len([c for c in line.cells if c])):
                return _columns(line, meanings, page[n + 1 :]), tuple(page[n + 1 :])
            if sum(map(bool, meanings)) >= 2:
                seen = [c for c in line.cells if c]
    if seen:
        raise BadSheet(f"表头里没有{quoted(UNIT)}这一列（看到的是：{'、'.join(seen[:8])}）。请补上再导入。")
    raise BadSheet(
        f"没有找到表头：请让一行写着列名，至少要有{quoted(UNIT)}；还可以有{'、'.join(quoted(t) for t in (CODE, GROUP, SUPERVISOR, PERSON, ROLE))}。"
    )


def _columns(line: Line, meanings: Sequence[str], below: Sequence[Line]) -> Columns:
    places: dict[str, int] = {}
    names: list[tuple[str, int]] = []
    for n, meaning in enumerate(meanings):
        if not meaning:
            continue
        if meaning in PEOPLE:
            names.append((meaning, n))
            continue
        if meaning in places:
            first, second = quoted(line.cells[places[meaning]]), quoted(line.cells[n])
            raise BadSheet(f"第 {places[meaning] + 1} 列{first}和第 {n + 1} 列{second}是一个意思，不知道用哪一列，请删掉一列。")
        places[meaning] = n
    if PERSON in places and ROLE not in places:
        places |= _roles_by_content(meanings, below)
    unused = [c for n, (c, m) in enumerate(zip(line.cells, meanings, strict=True)) if c and not m and n not in places.values()]
    if PERSON in places and ROLE not in places:
        person = quoted(line.cells[places[PERSON]])
        raise BadSheet(f"有{person}却没有{quoted(ROLE)}这一列：请加一列{quoted(ROLE)}，写明每个人是填报人、审核人还是观察。")
    if ROLE in places and PERSON not in places:
        raise BadSheet(f"有{quoted(line.cells[places[ROLE]])}却没有{quoted(PERSON)}这一列，请补上再导入。")
    return Columns(line.number, places, tuple(unused), tuple(names))


def _roles_by_content(meanings: Sequence[str], below: Sequence[Line]) -> dict[str, int]:
    """The one column without a known title in which most cells are roles: 职务, where 经办 and 负责人 stand in it."""
    found = []
    for n, meaning in enumerate(meanings):
        said = [line.cells[n] for line in below if n < len(line.cells) and line.cells[n]]
        if not meaning and said and sum(bool(named(cell)) for cell in said) * 2 > len(said):
            found.append(n)
    return {ROLE: found[0]} if len(found) == 1 else {}


def plain_title(text: str) -> str:
    """A title without what decorates it: 单 位 名 称（全称）* is 单位名称."""
    bare = re.sub(r"[（(【\[].*?[)）】\]]", "", unicodedata.normalize("NFKC", text)) or text
    return re.sub(r"[\s*:：/／、_-]+", "", bare).lower()
