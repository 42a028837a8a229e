"""The points of tables of goals: filings as printed, lines that share a 分值, and what is waited for."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.answers import Figures, given
from scoring.columns import Rows
from scoring.formula import Missing
from scoring.goals.actuals import NotAnActual, read_actual
from scoring.goals.targets import Shape, Target, read_target
from scoring.items import Item
from scoring.rules.base import Standing, Verdict
from scoring.rules.target_attainment import TargetAttainment
from scoring.values import Cell, Row

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "targets.json").read_text(encoding="utf-8"))
KINDS = ["数量指标", "质量指标", "效益指标"]


def table(**keys: object) -> Rows:
    columns = [
        {"id": "kind", "label": "二级指标", "type": "choice", "options": KINDS},
        {"id": "name", "label": "三级指标", "type": "text"},
        {"id": "target", "label": "年度指标值", "type": "target"},
        {"id": "actual", "label": "实际完成值", "type": "actual"},
        {"id": "weight", "label": "分值", "type": "weight"},
        {"id": "tier", "label": "达成程度", "type": "tier"},
        {"id": "points", "label": "得分", "type": "points"},
        {"id": "note", "label": "偏差原因", "type": "note"},
    ]
    fixed = {"id": "goals", "type": "rows", "asks": "cells", "label": "产出指标", "min_rows": 1, "attainment": {}}
    return Rows.model_validate(fixed | {"columns": columns} | keys)


def line(name: str, target: str, actual: str | None, weight: str | None, tier: str | None = None, kind: str = "数量指标") -> Row:
    own: Cell = "" if weight == "" else None if weight is None else Decimal(weight)
    return Row((kind, name, target, actual, own, tier, None, None))


def verdict(rows: tuple[Row, ...], weight: object = 10, **where: object) -> Verdict:
    item = table()
    rule = TargetAttainment.model_validate({"kind": "target_attainment", "item": "goals", "where": where})
    items: dict[str, Item] = {"goals": item}
    return rule.verdict(Fraction(str(weight)), Figures(items, {"goals": given(rows)}))


def test_the_points_of_a_table_are_the_sum_of_its_lines() -> None:
    found = verdict((line("办件", "≥100件", "90件", "5"), line("培训", "≥4次", "4次", "5")))
    assert (found.standing, found.points) == (Standing.SCORED, Fraction("9.5"))
    assert found.why == "“办件”：90件 ＜ 100件，90÷100×5 → 4.5 分；“培训”：4次 ≥ 4次 → 满分 5 分；合计 4.5＋5 → 9.5 分"
    assert found.loss == "“办件”没有完成指标值，差 10 件"
    assert [(p.row, p.name, p.weight, p.points) for p in found.parts] == [
        (0, "办件", Fraction(5), Fraction("4.5")),
        (1, "培训", Fraction(5), Fraction(5)),
    ]


def test_lines_that_share_a_weight_earn_it_together_and_lose_nothing_to_rounding() -> None:
    rows = (
        line("企业养老发放人数", "1--1.2万人", "1.1万人", "10"),
        line("机关养老发放人数", "0.3--0.4万人", "0.37万人", ""),
        line("城乡养老发放人数", "2.4--2.5万人", "2.47万人", ""),
    )
    found = verdict(rows)
    assert found.points == 10
    assert [p.points for p in found.parts] == [10, None, None]
    assert found.why.endswith("→ 满分 10 分")


def test_the_sum_is_that_of_the_printed_column() -> None:
    rows = tuple(line(f"指标{n}", "≥3个", "2个", "1") for n in range(3))  # 0.67 three times
    assert verdict(rows, 3).points == Fraction("2.01")


def test_a_line_without_a_target_shares_nothing() -> None:
    rows = (line("人员经费", "6万元", "6万元", "10"), line("无", "无", "无", ""))
    assert verdict(rows).points == 10
    assert verdict((line("无", "无", "无", "", kind="质量指标"), *rows), kind="质量指标").standing is Standing.NOT_APPLICABLE


def test_where_picks_lines() -> None:
    rows = (line("甲", "≥1个", "1个", "4"), line("乙", "≥1个", "1个", "6", kind="质量指标"))
    assert verdict(rows, 4, kind="数量指标").points == 4
    assert verdict(rows, 6, kind="质量指标").points == 6
    assert verdict(rows, 10, kind=["数量指标", "质量指标"]).points == 10


@pytest.mark.parametrize(
    "row",
    [
        line("甲", "≥1个", None, "10"),
        line("甲", "≥1个", "1个", None),
        line("甲", "稳步提升", "稳步提升", "10"),
        line("甲", "≥98%", "≥98%", "10"),
    ],
)
def test_an_open_line_is_waited_for_and_named(row: Row) -> None:
    found = verdict((line("乙", "≥1个", "1个", "5"), row))
    assert (found.standing, found.points, found.waiting) == (Standing.WAITING, None, ("goals",))
    assert "甲" in found.why


def test_an_empty_table_is_missing() -> None:
    with pytest.raises(Missing):
        verdict(())


def _printed(prefix: str) -> list[dict[str, str]]:
    return [r for r in GOLDEN if r["id"].startswith(prefix) and "actual" in r]


@pytest.mark.parametrize(
    ("prefix", "total"), [("S000-C1", "90"), ("S000-C2", "90"), ("S001-A", "80"), ("S001-B", "90"), ("S004-C", "90")]
)
def test_the_tables_of_the_filings_score_in_full_once_their_actual_values_are_values(prefix: str, total: str) -> None:
    """As printed, with a value at the target where the print had a comparator or a phrase, and 达成 for words."""
    rows = []
    for row in _printed(prefix):
        wanted = read_target(row["target"])
        assert isinstance(wanted, Target)
        actual = row["actual"]
        if isinstance(read_actual(actual, wanted), NotAnActual):
            actual = "核定的 32 个单位" if wanted.shape is Shape.COMPARE_TEXT else wanted.example if wanted.counts else ""
        tier = "达成" if wanted.shape in (Shape.QUALITATIVE, Shape.COMPARE_TEXT) else None
        rows.append(line(row["name"], row["target"], actual, "" if row["weight"] is None else str(row["weight"]), tier))
    found = verdict(tuple(rows), total)
    assert found.points == Decimal(total)
    assert "都是满分" in found.why


@pytest.mark.parametrize(
    ("keys", "rule", "code"),
    [
        ({}, {"item": "other"}, "RULE_ITEM"),
        ({"attainment": None}, {}, "RULE_ITEM"),
        ({"min_rows": 0}, {}, "RULE_ITEM"),
        ({}, {"where": {"level": "数量指标"}}, "RULE_ITEM"),
        ({}, {"where": {"kind": "数目指标"}}, "RULE_ITEM"),
        ({"weight": 20}, {}, "RULE_MAX"),
        ({"columns": [{"id": "name", "label": "名称", "type": "text"}]}, {}, "RULE_ITEM"),
    ],
)
def test_lint(keys: dict[str, object], rule: dict[str, object], code: str) -> None:
    made = TargetAttainment.model_validate({"kind": "target_attainment", "item": "goals"} | rule)
    assert code in [c for c, _ in made.lint(Fraction(10), {"goals": table(**keys)})]
    assert not list(TargetAttainment(kind="target_attainment", item="goals").lint(Fraction(10), {"goals": table()}))
