"""A blank answers file: every item of a form with its question and what to write, as comments."""

import json
from collections.abc import Iterator

from scoring.columns import Rows, Survey, Table
from scoring.form import Form
from scoring.items import Checklist, Choice, Date, External, Item, Manual, Number, YesNo


def blank(form: Form) -> str:
    """An answers file with every item, its number, type, unit and question as comments; it reads back as empty."""
    lines = [
        f"# {form.pack.county} {form.year}年度　{form.title}（{form.id}）",
        "# 冒号后面写答案；不知道的空着，不适用的写 不适用。",
    ]
    for section in form.sections:
        lines += ["", f"# ──── {section.title} ────"]
        for item in section.items:
            lines += ["", *(f"# {line}" for line in _described(form, item)), f"{item.id}:"]
            if isinstance(item, Rows) and item.start:
                lines.append("#   表上现成的行：去掉行首的 # 就能用，null 换成答案")
                lines += [f"#  - {json.dumps(list(row), ensure_ascii=False)}" for row in item.start]
    return "\n".join(lines) + "\n"


def _described(form: Form, item: Item) -> Iterator[str]:
    yield f"{form.numbers[item.id]}. {' '.join(item.question.split())}"
    yield f"   {item.type}，应写{expected(item).strip()}"
    if isinstance(item, Checklist):
        for c in item.criteria:
            yield f"   {c.id} = {c.text}{'（这一条是坏事，有才勾）' if c.bad else ''}"
    if isinstance(item, Choice):
        for o in item.options:
            yield f"   {o.id} = {o.text}"
    if item.not_applicable:
        yield "   可以写 不适用"


def expected(item: Item) -> str:
    match item:
        case Number():
            return f"一个数（{item.unit}）" if item.unit else "一个数"
        case YesNo():
            return " true 或 false"
        case Checklist():
            return f"满足的条目，例如 [{', '.join(c.id for c in item.criteria if not c.bad)}]，或 all、none"
        case Choice():
            return "其中一项：" + "、".join(o.id for o in item.options)
        case Survey():
            return "[[发放, 收回, 有效], [第一题各选项的份数], …]"
        case Rows():
            return f"一行一个列表 [[{', '.join(c.label for c in item.columns)}]]"
        case Table():
            return f"一个列表 [{', '.join(c.label for c in item.columns)}]"
        case Manual():
            return " [分数, 理由]"
        case External():
            return " [得分, 满分, 来源]"
        case Date():
            return "日期，例如 2021-03-15"
    return "文字"
