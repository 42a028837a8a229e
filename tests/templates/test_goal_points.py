"""The points behind the lines of a table of goals: what a document prints adds up to the points of the indicator."""

from decimal import Decimal

import pytest

from scoring.answers import given
from scoring.form import Form
from scoring.loading import compile_form
from scoring.scorecard import score
from scoring.values import Row
from templates.facts import Facts

PACK = "county: 小县\ntitle: 小县套表\nyear: 2021\ngrades: [{name: 优, from: 90}, {name: 差, from: 0}]\n"
TABLE = """
title: 小表
sections:
  - id: all
    title: 目标
    items:
      - id: goals
        type: rows
        label: 目标
        weight: 10
        attainment: {note_below: null, note_for_lost: false}
        columns:
          - {id: name, label: 指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: actual, label: 实际, type: actual}
          - {id: weight, label: 分值, type: weight}
"""
INDICATORS = """
indicators:
  - {id: all, name: 全部, weight: 10, printed_rule: 按比例, rule: {kind: target_attainment, item: goals}}
"""
THIRDS = given(
    tuple(Row((name, "≥30人", "10人", Decimal(weight))) for name, weight in (("甲", "3.5"), ("乙", "3.5"), ("丙", "3")))
)


def form(pack: str, indicator: str = "") -> Form:
    indicators = INDICATORS.replace("weight: 10,", f"weight: 10,{indicator}")
    return compile_form(
        "small/goals", {"pack.yaml": PACK + pack, "goals/form.yaml": TABLE, "goals/indicators.yaml": indicators}, 2021
    )


@pytest.mark.parametrize(
    ("pack", "indicator", "printed", "total"),
    [
        ("", "", ["1.17", "1.17", "1"], "3.34"),
        ("rounding: down\n", "", ["1.16", "1.16", "1"], "3.32"),
        ("places: 1\n", "", ["1.2", "1.2", "1"], "3.4"),
        ("places: 1\nrounding: down\n", "", ["1.1", "1.1", "1"], "3.2"),
        ("", " places: 0,", ["1", "1", "1"], "3"),
        ("places: 0\n", " places: 3,", ["1.167", "1.167", "1"], "3.334"),
    ],
)
def test_the_lines_add_up_to_the_indicator_however_it_is_rounded(
    pack: str, indicator: str, printed: list[str], total: str
) -> None:
    made = form(pack, indicator)
    answers = {"goals": THIRDS}
    facts = Facts(made, answers, score(made, answers), "小县中心")
    assert [row["得分"] for row in facts.figures.rows("goals")] == printed
    assert sum(map(Decimal, printed)) == Decimal(total) == facts.card.total
    assert facts.score_rows()[0]["得分"] == facts.total() == total
