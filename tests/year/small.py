"""The short forms most units of the simulated county fill: a handful of questions each, with everything a form has.

Not here: the real packs, which take part beside them (plan.py).
"""

from pathlib import Path

PACK = "qingxi-2025"
UNIT_FORM, PROJECT_FORM = f"{PACK}/short", f"{PACK}/project"

_PACK = """
county: 清溪县
title: 清溪县2025年度绩效自评简表
year: 2025
source: 清财绩〔2026〕1号（虚构）
grades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]
calendar:
  short: {opens: 次年1月12日, due: 次年3月31日, reviewed: 次年4月30日, published: 次年9月30日}
  project: {opens: 次年1月12日, due: 次年3月20日, reviewed: 次年4月30日, published: 次年9月30日}
"""

_SHORT = """
title: 部门整体支出绩效自评简表
sections:
  - id: people
    title: 人员和经费
    items:
      - {id: quota, type: count, label: 编制数, unit: 人}
      - {id: staff, type: count, label: 年末在职人数, unit: 人}
      - {id: budget, type: money, label: 全年预算数}
      - {id: final, type: money, label: 全年执行数}
  - id: words
    title: 效果
    items:
      - {id: satisfied, type: percent, label: 群众满意度}
      - {id: problems, type: long_text, label: 存在的问题}
"""

_SHORT_INDICATORS = """
indicators:
  - id: all
    name: 全部
    weight: 100
    children:
      - {id: i_staff, name: 在职人员控制率, weight: 30, printed_rule: ≤100%计满分；每超过1个百分点扣1分。,
         rule: {kind: ratio_step, metric: staff / quota, target: 100, direction: above, step: 1, deduct: 1}}
      - {id: i_final, name: 预算执行率, weight: 50, printed_rule: 100%计满分，每低于1个百分点扣1分。,
         rule: {kind: ratio_step, metric: final / budget, target: 100, direction: below, step: 1, deduct: 1}}
      - {id: i_satisfied, name: 群众满意度, weight: 20, printed_rule: 95%及以上计满分，每低于1个百分点扣1分。,
         rule: {kind: ratio_step, metric: satisfied, unit: percent, target: 95, direction: below, step: 1, deduct: 1}}
"""

_SHORT_CHECKS = """
checks:
  - {id: over_budget, code: OVER_BUDGET, severity: 需说明, that: final <= budget, say: "执行数 {left} 大于预算数 {right}"}
"""

_PROJECT = """
title: 项目支出绩效自评简表
per: project
sections:
  - id: money
    title: 资金
    items:
      - {id: budget, type: money, label: 项目预算数}
      - {id: final, type: money, label: 项目执行数}
  - id: results
    title: 完成情况
    items:
      - {id: done, type: percent, label: 任务完成率}
      - {id: results, type: long_text, label: 项目成效}
"""

_PROJECT_INDICATORS = """
indicators:
  - id: all
    name: 全部
    weight: 100
    children:
      - {id: i_final, name: 预算执行率, weight: 40, printed_rule: 100%计满分，每低于1个百分点扣1分。,
         rule: {kind: ratio_step, metric: final / budget, target: 100, direction: below, step: 1, deduct: 1}}
      - {id: i_done, name: 任务完成率, weight: 60, printed_rule: 100%计满分，每低于1个百分点扣2分。,
         rule: {kind: ratio_step, metric: done, unit: percent, target: 100, direction: below, step: 1, deduct: 2}}
"""

_DOCUMENTS = """
documents:
  - {id: table, title: TITLE, template: table.docx.j2}
"""

_TABLE = """{{ 题名(表名) }}
{{ 左标注("填报单位：" ~ 单位 ~ "　　评价年度：" ~ 年度 ~ "年") }}
{% call 表([60, 60, 30], small=True) %}
{{ 表头("指标", "评分说明", "得分") }}
{% for x in 得分表() %}
{{ 行(x.名称, 靠左(x.理由), x.得分) }}
{% endfor %}
{{ 行(跨("总分", 2, "center"), 总分()) }}
{% endcall %}
"""

_UNIT_TEXT = '{% call 段() %}编制{{ 值("quota") }}，存在的问题：{{ 整句("problems") }}{% endcall %}\n'
_PROJECT_TEXT = '{% call 段() %}{{ 项目 }}：{{ 整句("results") }}{% endcall %}\n'

SHORT_ANSWERS = ("quota", "staff", "budget", "final", "satisfied", "problems")
PROJECT_ANSWERS = ("budget", "final", "done", "results")


def write_pack(folder: Path) -> Path:
    """The pack as a folder of YAML below `folder`, which is given to the program as a folder of packs."""
    titles = {"short": "部门整体支出绩效自评简表", "project": "项目支出绩效自评简表"}
    texts = {
        "pack.yaml": _PACK,
        "short/form.yaml": _SHORT,
        "short/indicators.yaml": _SHORT_INDICATORS,
        "short/checks.yaml": _SHORT_CHECKS,
        "project/form.yaml": _PROJECT,
        "project/indicators.yaml": _PROJECT_INDICATORS,
    }
    for form, own in (("short", _UNIT_TEXT), ("project", _PROJECT_TEXT)):
        texts[f"{form}/documents.yaml"] = _DOCUMENTS.replace("TITLE", titles[form])
        texts[f"{form}/table.docx.j2"] = _TABLE.replace("表名", f'"{titles[form]}"') + own
    for name, text in texts.items():
        path = folder / PACK / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder
