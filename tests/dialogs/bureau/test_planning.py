"""What an import will do: every row judged, nothing guessed, and nothing left to do the second time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.bureau.columns import find_columns
from dialogs.bureau.planning import Known, KnownUnit, Plan, What, plan
from dialogs.bureau.roles import key_of
from dialogs.bureau.sheets import read_sheets
from tests.dialogs.bureau.sheets import HEADER, csv

TODAY = date(2026, 1, 5)
EDU = KnownUnit("u1", "县教育局", "101001", "一组")


def planned(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, known: Known | None = None) -> Plan:
    found, lines = find_columns(read_sheets(csv(header, *rows)))
    return plan(found, lines, known or Known(), TODAY)


def said(plan: Plan) -> list[str]:
    return [f"{r.number} {r.what} {r.said}" for r in plan.rows]


def test_units_and_people_of_several_rows() -> None:
    made = planned(
        ("县教育局", "101001", "一组", "", "王芳", "填报人"),
        ("县教育局", "", "", "", "李四", "单位负责人"),
        ("县第一中学", "101002", "二组", "县教育局", "", ""),
        ("合计", "", "", "", "", ""),
    )
    assert said(made) == [
        "2 新增 新建单位“县教育局”；邀请王芳为填报人。",
        "3 新增 邀请李四为审核人。",
        "4 新增 新建单位“县第一中学”。",
        "5 略过 合计或说明行，没有用。",
    ]
    assert [(u.name, u.code, u.grouping, u.supervisor) for u in made.units] == [
        ("县教育局", "101001", "一组", ""),
        ("县第一中学", "101002", "二组", "县教育局"),
    ]


def test_a_column_for_each_role_with_several_names() -> None:
    made = planned(("县教育局", "王芳、李四", "赵六"), header=("单位", "填报人", "审核人"))
    assert [(i.role, i.name) for i in made.invites] == [("filler", "王芳"), ("filler", "李四"), ("reviewer", "赵六")]


def test_a_list_as_offices_keep_it() -> None:
    made = planned(
        ("1", " 县纪委 监委 ", "１０１００１", "王　丽", "经办", "138 0000 0001", "财务"),
        ("2", "县教育局", "101002", "刘洋、陈 静", "经办人", "", ""),
        ("3", "县教育局", "101002", "高军 13912345678", "分管领导", "", ""),
        ("4", "县水利局", "101003", "何平（财务）", "经办/负责人", "", ""),
        header=("序号", "单位名称", "预算编码", "联系人", "职务", "联系电话", "备注"),
    )
    assert [(u.name, u.code) for u in made.units] == [("县纪委监委", "101001"), ("县教育局", "101002"), ("县水利局", "101003")]
    people = [
        ("filler", "王丽"),
        ("filler", "刘洋"),
        ("filler", "陈静"),
        ("reviewer", "高军"),
        ("filler", "何平"),
        ("reviewer", "何平"),
    ]
    assert [(i.role, i.name) for i in made.invites] == people
    assert made.unused == ("序号", "联系电话", "备注")


def test_a_column_for_the_head_and_one_for_the_deputy() -> None:
    made = planned(("县教育局", "王芳", "赵六", "钱七"), header=("单位", "经办人", "负责人", "分管领导"))
    assert [(i.role, i.name) for i in made.invites] == [("filler", "王芳"), ("reviewer", "赵六"), ("reviewer", "钱七")]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("", "", "", "", "王芳", "填报人"), "没有写单位名称"),
        (("ABC", "", "", "", "", ""), "不像单位名称"),
        (("县水利局", "10 1", "", "", "", ""), "单位代码“10 1”只能是数字和字母"),
        (("县水利局", "", "", "", "王芳", "填表员工"), "不认识角色“填表员工”（是“填报人”吗？）"),
        (("县水利局", "", "", "", "王芳", "司机"), "不认识角色“司机”：应是"),
        (("县水利局", "", "", "", "王芳", ""), "王芳的角色没有写"),
        (("县水利局", "", "", "", "", "填报人"), "没有写姓名"),
        (("县水利局", "", "", "", "13800001111", "填报人"), "不像姓名"),
        (("县水利局", "", "", "", "王芳", "管理员"), "不能用表格邀请"),
        (("县水利局", "", "", "县教玉局", "", ""), "主管部门“县教玉局”不在名单里（是“县教育局”吗？）"),
        (("县水利局", "101001", "", "", "", ""), "代码 101001 现在是“县教育局”的"),
        (("县教育局", "101009", "", "", "", ""), "“县教育局”现在的代码是 101001，这一行写的是 101009"),
    ],
)
def test_a_row_with_a_mistake_does_nothing(row: tuple[str, ...], wrong: str) -> None:
    made = planned(row, known=Known((EDU,)))
    assert [r.what for r in made.rows] == [What.REFUSED]
    assert wrong in made.rows[0].said
    assert made.empty


def test_one_name_one_code_one_group() -> None:
    made = planned(
        ("县教育局", "1", "一组", "", "", ""),
        ("县卫健局", "1", "", "", "", ""),
        ("县教育局", "2", "", "", "", ""),
        ("县教育局", "1", "二组", "", "", ""),
        ("县 教育局", "1", "", "", "", ""),
    )
    assert [r.said for r in made.rows] == [
        "新建单位“县教育局”。",
        "代码 1 在第 2 行是“县教育局”的，和这一行的“县卫健局”对不上。",
        "“县教育局”在第 2 行的代码是 1，这一行写的是 2。",
        "“县教育局”的分组，第 2 行是“一组”，这一行是“二组”。",
        "单位和第 2 行重复，没有再建。",
    ]


def test_supervision_does_not_go_in_circles_nor_over_refused_rows() -> None:
    made = planned(
        ("甲局", "", "", "乙局", "", ""),
        ("乙局", "", "", "甲局", "", ""),
        ("丙局", "", "", "丁局", "", ""),
        ("丁局", "x y", "", "", "", ""),
        ("戊局", "", "", "戊局", "", ""),
    )
    assert [r.what for r in made.rows] == [What.REFUSED] * 4 + [What.NEW]
    assert "绕成了一圈" in made.rows[1].said
    assert "主管部门“丁局”不在名单里" in made.rows[2].said
    assert all(not u.supervisor for u in made.units)


@pytest.mark.parametrize(
    ("until", "wrong"),
    [
        ("2026-01-05", "已经到了"),
        ("2025年3月1日", "2025-03-01 已经到了"),
        ("月底", "不是日期"),
        ("2026-06-01", "太远了"),
        ("2026/2/1", ""),
    ],
)
def test_how_long_an_invitation_lasts(until: str, wrong: str) -> None:
    made = planned(("县教育局", "王芳", "填报人", until), header=("单位名称", "姓名", "角色", "有效期至"))
    if wrong:
        assert wrong in made.refused[0].said
    else:
        assert made.invites[0].until == "2026-02-01"


def known_after(made: Plan, before: Known) -> Known:
    """The county once the plan has been carried out."""
    units = {key_of(u.name): u for u in before.units}
    for n, wish in enumerate(made.units):
        units[wish.key] = KnownUnit(wish.id or f"n{n}{wish.key}", wish.name, wish.code, wish.grouping)
    for wish in made.units:
        if wish.supervisor:
            old = units[wish.key]
            units[wish.key] = KnownUnit(old.id, old.name, old.code, old.grouping, units[wish.supervisor].id)
    people = before.people | {(units[i.unit].id, i.role, key_of(i.name)) for i in made.invites}
    return Known(tuple(units.values()), people)


cells = st.tuples(
    st.sampled_from(["县教育局", "县 教育局", "县水利局", "县卫健局", "", "合计"]),
    st.sampled_from(["", "1", "2", "3 4"]),
    st.sampled_from(["", "一组", "二组"]),
    st.sampled_from(["", "县教育局", "县水利局", "县财政局"]),
    st.sampled_from(["", "王芳", "李四", "王 芳"]),
    st.sampled_from(["", "填报人", "审核人", "观察", "管理员", "厨师"]),
)


@given(st.lists(cells, min_size=1, max_size=12))
def test_the_second_time_nothing_is_left_to_do(rows: list[tuple[str, ...]]) -> None:
    first = planned(*rows)
    again = planned(*rows, known=known_after(first, Known()))
    assert not again.invites
    assert not again.units
    assert len(again.refused) == len(first.refused)
    filled = [r for r in rows if any(r)]
    assert len(first.rows) == len(filled)
