"""A tiny pack of three forms that draw from each other: a unit's, its projects', and the projects' reports."""

from functools import lru_cache
from pathlib import Path

from scoring.form import Form
from scoring.loading import compile_form

PACK = """
county: 小县
title: 小县套表
year: 2021
grades: [{name: 优, from: 90}, {name: 差, from: 0}]
"""

PROJECT = """
title: 项目自评表
per: project
sections:
  - id: money
    title: 资金
    items:
      - {id: budget, type: money, label: 全年预算数}
      - {id: final, type: money, label: 全年执行数}
  - id: goals
    title: 目标
    items:
      - id: goals
        type: rows
        label: 年度指标
        columns:
          - {id: level, label: 一级指标, type: text}
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: percent}
"""

PROJECT_INDICATORS = """
indicators:
  - id: all
    name: 全部
    weight: 100
    children:
      - {id: rate, name: 执行率, weight: 100, printed_rule: 按比例。,
         rule: {kind: proportional, metric: final / budget, unit: ratio}}
"""

PROJECT_DOCUMENTS = """
documents:
  - {id: table, title: 项目支出绩效自评表, template: project-table.docx.j2}
"""

PROJECT_TABLE = """
{{ 题名("项目支出绩效自评表") }}
{% call 段() %}{{ 单位 }}的{{ 项目 }}，预算{{ 值("budget") }}万元，执行{{ 值("final") }}万元，得{{ 总分() }}分。{% endcall %}
{% call 段() %}指标{% for g in 明细("goals") %}{{ g.name }}{{ g.target }}%；{% endfor %}完。{% endcall %}
"""

UNIT = """
title: 单位自评表
arrivals:
  - item: projects
    from: project
    columns: {name: $project, budget: budget, final: final, points: $total}
    locked: true
  - item: quota
    from: unit
    value: staff
    year: last
sections:
  - id: people
    title: 人员
    items:
      - {id: quota, type: count, label: 上年末在职人数, unit: 人}
      - {id: staff, type: count, label: 在职人数, unit: 人}
      - id: reception
        type: row
        label: 公务接待
        columns:
          - {id: prior, label: 上年决算, unit: 万元, last_year: final}
          - {id: budget, label: 本年预算, unit: 万元}
          - {id: final, label: 本年决算, unit: 万元}
  - id: projects
    title: 项目
    items:
      - id: projects
        type: rows
        label: 项目支出情况
        columns:
          - {id: name, label: 项目名称, type: text}
          - {id: budget, label: 预算, unit: 万元, optional: true}
          - {id: final, label: 执行, unit: 万元, optional: true}
          - {id: points, label: 得分, type: percent, optional: true}
"""

UNIT_CHECKS = """
computed:
  - {id: project_final, label: 项目执行合计, formula: sum(projects.final), unit: 万元}
"""

UNIT_DOCUMENTS = """
documents:
  - {id: report, title: 单位自评报告, template: unit-report.docx.j2}
  - {id: complete, title: 全套材料, parts: [report, {form: project, document: table}]}
"""

UNIT_REPORT = """
{{ 题名("单位自评报告") }}
{% call 段() %}在职{{ 值("staff") }}人，上年{{ 值("quota") }}人，接待费{{ 值("reception.final") }}万元，上年{{ 值("reception.prior") }}万元，项目执行{{ 值("project_final") }}万元。{% endcall %}
{% for p in 各表("project") %}
{% call 段() %}{{ p.项目 }}执行{{ p.值("final") }}万元，得{{ p.总分() }}分。{% endcall %}
{% endfor %}
"""

REPORT = """
title: 项目自评报告
per: project
arrivals:
  - {item: budget, from: project, value: budget}
  - item: goals
    from: project
    rows: goals
    where: {level: 产出指标}
    columns: {name: name, target: target}
sections:
  - id: all
    title: 项目
    items:
      - {id: budget, type: money, label: 预算数}
      - id: goals
        type: rows
        label: 产出
        columns:
          - {id: name, label: 三级指标, type: text}
          - {id: target, label: 指标值, type: percent}
          - {id: actual, label: 完成值, type: percent}
      - {id: words, type: long_text, label: 说明}
"""

FILES = {
    "pack.yaml": PACK,
    "project/form.yaml": PROJECT,
    "project/indicators.yaml": PROJECT_INDICATORS,
    "project/documents.yaml": PROJECT_DOCUMENTS,
    "project/project-table.docx.j2": PROJECT_TABLE,
    "unit/form.yaml": UNIT,
    "unit/checks.yaml": UNIT_CHECKS,
    "unit/documents.yaml": UNIT_DOCUMENTS,
    "unit/unit-report.docx.j2": UNIT_REPORT,
    "report/form.yaml": REPORT,
}


@lru_cache(maxsize=8)
def pair(name: str, year: int = 2021) -> Form:
    """One of the three forms: unit, project, report."""
    sources = {path: text for path, text in FILES.items() if path == "pack.yaml" or path.startswith(f"{name}/")}
    return compile_form(f"pair/{name}", sources, year)


def pair_packs(folder: Path) -> Path:
    """The pack in a folder of packs."""
    for name, text in FILES.items():
        path = folder / "pair" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
