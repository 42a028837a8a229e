"""A form of two tables of goals and a questionnaire: all that is asked piece by piece."""

from functools import lru_cache

from scoring.form import Form
from scoring.loading import compile_form

FORM = """
title: 目标表
sections:
  - id: goals
    title: 目标
    items:
      - id: long_goals
        type: rows
        asks: cells
        label: 长期指标
        columns:
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: target}
        start: [[公用经费控制率, ≤100%], [群众满意度, null]]
      - id: goals
        type: rows
        asks: cells
        label: 年度指标
        copies: long_goals
        weight: 20
        columns:
          - {id: kind, label: 二级指标, type: choice, options: [数量指标, 质量指标]}
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: target}
          - {id: actual, label: 完成值, type: actual}
          - {id: weight, label: 分值, type: weight}
          - {id: tier, label: 达成程度, type: tier}
          - {id: points, label: 自评得分, type: points}
          - {id: note, label: 偏差原因, type: note}
        attainment: {unmet: proportional}
      - id: survey
        type: survey
        label: 问卷
        points: [10, 5, 0]
        questions:
          - {id: q1, text: 服务态度如何？, options: [好, 一般, 差]}
          - {id: q2, text: 办事快不快？, options: [快, 一般, 慢]}
"""


@lru_cache(maxsize=1)
def goals() -> Form:
    """The form, compiled once."""
    return compile_form("tiny/goals", {"pack.yaml": "{county: 小县, title: 小表, year: 2020}", "goals/form.yaml": FORM})
