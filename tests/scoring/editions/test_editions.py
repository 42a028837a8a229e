"""A new edition: what changed in words, what each answer becomes, whose points change."""

from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answers import Answer, State, given
from scoring.editions.cases import run_upgrades
from scoring.editions.comparing import differences
from scoring.editions.upgrading import Fate, rehearse
from scoring.errors import BadPack
from scoring.form import Form
from scoring.loading import compile_form
from scoring.values import Row

PACK = "{county: 小县, title: 小表, year: 2020, grades: [{name: 优, from: 0}]}"
OLD = """
title: 旧表
sections:
  - id: all
    title: 全部
    items:
      - {id: staff, type: count, label: 在职人数, unit: 人}
      - {id: spent, type: money, label: 支出数, unit: 元}
      - {id: kind, type: choice, label: 性质, options: [{id: a, text: 全额}, {id: b, text: 差额}]}
      - {id: gone, type: short_text, label: 旧话}
      - {id: ratio, type: percent, label: 完成率}
      - {id: projects, type: rows, label: 项目, columns: [{id: name, label: 名称, type: text}, {id: money, label: 金额}]}
indicators:
  - {id: done, name: 完成率, weight: 100, printed_rule: 按比例, rule: {kind: proportional, metric: ratio, unit: percent}}
"""
NEW = """
title: 新表
sections:
  - id: all
    title: 全部
    items:
      - {id: staff, type: count, label: 在职人员数, unit: 人}
      - {id: executed, type: money, label: 执行数, unit: 万元}
      - {id: nature, type: choice, label: 性质, options: [{id: full, text: 全额}, {id: part, text: 差额}]}
      - {id: ratio, type: percent, label: 完成率}
      - {id: heads, type: number, label: 人均支出, unit: 万元}
      - {id: lines, type: rows, label: 项目, columns: [{id: title, label: 名称, type: text}, {id: sum, label: 金额}, {id: more, label: 说明, type: text}]}
      - {id: fresh, type: yes_no, label: 新问题}
indicators:
  - {id: done, name: 完成率, weight: 100, printed_rule: 95%满分, rule: {kind: proportional, metric: ratio, unit: percent, base: 95}}
conversions:
  - {item: executed, from: spent, scale: 0.0001}
  - {item: nature, from: kind, options: {a: full, b: part}}
  - {item: heads, formula: spent / staff / 10000}
  - {item: lines, from: projects, columns: {title: name, sum: money}}
"""
ANSWERS = {
    "staff": given(Decimal(4)),
    "spent": given(Decimal(24700), provisional=True),
    "kind": given("b"),
    "gone": given("旧"),
    "ratio": given(Decimal(90)),
    "projects": given((Row(("甲", Decimal(10))),)),
}


def form(name: str, text: str) -> Form:
    return compile_form(f"tiny/{name}", {"pack.yaml": PACK, f"{name}/form.yaml": text})


def test_every_answer_is_kept_converted_asked_again_or_left_behind() -> None:
    plan = rehearse(form("old", OLD), form("new", NEW), ANSWERS)
    assert {s.item: s.fate for s in plan.steps} == {
        "staff": Fate.KEEP,
        "executed": Fate.CONVERT,
        "nature": Fate.CONVERT,
        "ratio": Fate.KEEP,
        "heads": Fate.CONVERT,
        "lines": Fate.CONVERT,
        "fresh": Fate.NEW,
        "gone": Fate.LEAVE,
    }
    assert plan.answers["executed"] == Answer(State.GIVEN, Decimal("2.47"), provisional=True)
    assert plan.answers["nature"].value == "part"
    assert plan.answers["heads"].value == Decimal("0.6175")
    assert plan.answers["lines"].value == (Row(("甲", Decimal(10), None)),)


def test_whose_points_change_is_told() -> None:
    plan = rehearse(form("old", OLD), form("new", NEW), ANSWERS)
    assert [(s.indicator, s.before, s.after) for s in plan.shifts] == [("done", Decimal(90), Decimal("94.74"))]
    assert (plan.before, plan.after) == (Decimal(90), Decimal("94.74"))


def test_an_answer_of_another_kind_is_asked_again() -> None:
    other = OLD.replace("type: count, label: 在职人数, unit: 人", "type: short_text, label: 在职人数")
    plan = rehearse(form("old", other), form("new", NEW), {"staff": given("四个")})
    assert {s.item: s.fate for s in plan.steps}["staff"] is Fate.ASK


def test_nothing_is_lost_between_equal_editions() -> None:
    plan = rehearse(form("old", OLD), form("old", OLD), ANSWERS)
    assert plan.answers == ANSWERS
    assert not plan.shifts


def test_what_changed_is_said_in_words() -> None:
    found = "\n".join(differences(form("old", OLD), form("new", NEW)))
    for sentence in (
        "表名由“旧表”改为“新表”",
        "在职人员数：名称由“在职人数”",
        "新问：执行数",
        "不再问：旧话",
        "“按比例”改为“95%满分”",
    ):
        assert sentence in found
    assert differences(form("old", OLD), form("old", OLD)) == ()


def test_a_conversion_needs_one_source() -> None:
    with pytest.raises(BadPack):
        form("new", NEW.replace("from: spent, scale: 0.0001", "scale: 0.0001"))


def test_an_upgrade_case_says_what_must_become_of_a_filing(tmp_path: Path) -> None:
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / "tiny" / name).mkdir(parents=True)
        (tmp_path / "tiny" / name / "form.yaml").write_text(text, encoding="utf-8")
    cases = tmp_path / "tiny" / "cases"
    cases.mkdir()
    (tmp_path / "tiny" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (cases / "before.yaml").write_text("{staff: 4, spent: 24700}", encoding="utf-8")
    (cases / "after.yaml").write_text("{staff: 4, executed: 2.47, heads: 0.6}", encoding="utf-8")
    (cases / "new.upgrade.yaml").write_text("{from: tiny/old, answers: before.yaml, expected: after.yaml}", encoding="utf-8")
    (result,) = run_upgrades([tmp_path], own=False)
    assert result.differences == ("heads：预期“0.6 万元”，换算得“0.6175 万元”",)
