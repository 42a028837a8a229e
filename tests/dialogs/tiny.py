"""A tiny form that shows every behaviour of the conversation; small enough to read beside the tests."""

from functools import lru_cache

from scoring.form import Form
from scoring.loading import compile_form

PACK = """
county: 小县
title: 小县套表
year: 2020
grades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]
"""

FORM = """
title: 小表
intro: 题目不多。
sections:
  - id: people
    title: 人员
    intro: 先说人数。
    items:
      - {id: quota, type: count, label: 编制数, unit: 人, ask: 核定编制多少人？, source: 编制批复, help: 看批文。, good: 37}
      - {id: staff, type: count, label: 在职人数, unit: 人, ask: 年末在职多少人？, good: 31}
      - {id: retired, type: count, label: 退休人数, unit: 人, optional: true}
  - id: money
    title: 经费
    items:
      - id: reception
        type: row
        label: 公务接待
        columns:
          - {id: prior_final, label: 上年决算, unit: 万元, last_year: final}
          - {id: budget, label: 本年预算, unit: 万元}
          - {id: final, label: 本年决算, unit: 万元}
      - {id: buying, type: money, label: 政府采购预算, not_applicable: 本年度没有政府采购}
      - {id: bought, type: money, label: 实际政府采购, when: buying > 0}
      - {id: carry, type: money, label: 本年结转}
      - {id: carry_prior, type: money, label: 上年结转}
      - {id: progress, type: percent, label: 支付进度}
      - id: projects
        type: rows
        label: 项目
        columns: [{id: name, label: 名称, type: text}, {id: budget, label: 预算, unit: 万元}]
  - id: quality
    title: 质量
    items:
      - id: goals
        type: checklist
        label: 目标要点
        criteria:
          - {id: law, text: 符合法律法规}
          - {id: plan, text: 符合规划}
          - {id: misuse, text: 存在挪用, bad: true}
      - {id: wrongs, type: instances, label: 违规例数}
      - {id: has_fund, type: yes_no, label: 有政府性基金}
      - {id: fund_text, type: long_text, label: 基金情况, when: has_fund}
      - {id: nature, type: choice, label: 单位性质, options: [{id: full, text: 全额}, {id: part, text: 差额}]}
      - {id: outside, type: external_score, label: 绩效办得分}
      - {id: benefit, type: manual_score, label: 社会效益, max: 20}
  - id: words
    title: 文字
    items:
      - {id: problems, type: long_text, label: 存在的问题}
      - {id: filler, type: person, label: 填表人}
      - {id: phone, type: phone, label: 联系电话}
      - {id: filled_on, type: date, label: 填报日期}
"""

INDICATORS = """
indicators:
  - id: all
    name: 全部
    weight: 100
    children:
      - {id: i_staff, name: 在职人员控制率, weight: 20, printed_rule: ≤100%计满分；每超过1个百分点扣0.5分。,
         rule: {kind: ratio_step, metric: staff / quota, target: 100, direction: above, step: 1, deduct: 0.5}}
      - {id: i_buy, name: 政府采购执行率, weight: 10, printed_rule: 100%计满分，每超过（降低）5%扣1分。,
         rule: {kind: ratio_step, metric: bought / buying, target: 100, direction: both, step: 5, deduct: 1}}
      - {id: i_carry, name: 结转变动率, weight: 10, printed_rule: 0%计满分，每超过5%扣1分。,
         rule: {kind: ratio_step, metric: (carry - carry_prior) / carry_prior, target: 0, direction: above, step: 5, deduct: 1}}
      - {id: i_goals, name: 目标合理性, weight: 20, printed_rule: 三个要点。,
         rule: {kind: checklist_add, item: goals, points: [5, 5, 10]}}
      - {id: i_wrongs, name: 合规性, weight: 10, printed_rule: 每例扣2分。, rule: {kind: deduct_per_item, item: wrongs, deduct: 2}}
      - {id: i_outside, name: 重点工作, weight: 10, printed_rule: 折算。, rule: {kind: converted, item: outside, mode: scale}}
      - {id: i_benefit, name: 社会效益, weight: 20, printed_rule: 酌情。, rule: {kind: discretionary, item: benefit}}
"""

CHECKS = """
computed:
  - {id: staff_rate, label: 控制率, formula: staff / quota * 100, unit: "%"}
checks:
  - {id: reception_over, code: OVER_BUDGET, severity: 需说明, that: reception.final <= reception.budget,
     say: "公务接待决算 {left} 大于预算 {right}"}
  - {id: over_quota, code: RATIO, severity: 错误, that: staff <= quota * 2, say: "在职 {left} 远多于编制 {right}"}
"""

DOCUMENTS = """
documents:
  - {id: report, title: 小报告, template: tiny/report.docx.j2}
  - {id: table, title: 小评分表, template: tiny/table.docx.j2}
  - {id: complete, title: 小全套, parts: [report, table]}
"""

WHOLE = {
    "quota": "37",
    "staff": "31",
    "retired": "6",
    "reception": "2.47 2 1.17",
    "buying": "10",
    "bought": "10",
    "carry": "1",
    "carry_prior": "2",
    "progress": "98.5",
    "projects": "业务专项 56",
    "goals": "1 2",
    "wrongs": "0",
    "has_fund": "否",
    "nature": "全额",
    "outside": "9/10 绩效办",
    "benefit": "18 群众评价好",
    "problems": "预算编制还不够细。",
    "filler": "李四",
    "phone": "0745-1234567",
    "filled_on": "2021年3月1日",
}


@lru_cache(maxsize=1)
def tiny() -> Form:
    sources = {
        "pack.yaml": PACK,
        "tiny/form.yaml": FORM,
        "tiny/indicators.yaml": INDICATORS,
        "tiny/checks.yaml": CHECKS,
        "tiny/documents.yaml": DOCUMENTS,
    }
    return compile_form("small/tiny", sources)
