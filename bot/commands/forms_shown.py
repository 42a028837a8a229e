"""A form in words: as a filler meets it, and with its rules as a reviewer reads it."""

from collections.abc import Iterator

from scoring.calendar import STAGES
from scoring.columns import Survey, Table
from scoring.editions.comparing import rule_text
from scoring.form import Form
from scoring.items import Checklist, Choice, Item, Number
from scoring.numbers import plain
from scoring.reading.dates import shown_date
from scoring.tree import Branch, Group, Indicator


def shown(form: Form) -> str:
    """The form as a filler meets it: sections, questions, what may be answered."""
    lines = [f"{form.pack.county} {form.year}年度　{form.title}", form.data.intro, *_calendar(form)]
    for section in form.sections:
        lines += ["", f"【{section.title}】{section.intro}"]
        for item in section.items:
            lines.append(f"{form.numbers[item.id]:>3}. {item.question}{_answerable(item)}")
            if item.note:
                lines.append(f"     注意：{item.note}")
    lines += ["", "评分指标"] if form.indicators else []
    for place in form.indicators:
        indicator = place.indicator
        lines.append(f"  {'›'.join((*place.names, indicator.name))}（{plain(indicator.weight)} 分）")
    return "\n".join(line for line in lines if line is not None)


def _calendar(form: Form) -> Iterator[str]:
    """日程：2026年1月12日 开始填，2026年3月31日 截止 …"""
    stages = [f"{shown_date(day)} {STAGES[stage]}" for stage, day in zip(STAGES, form.days, strict=True) if day]
    if stages:
        yield "日程：" + "，".join(stages)


def _answerable(item: Item) -> str:
    match item:
        case Table():
            return "　〔" + " | ".join(c.label for c in item.columns) + ("；可加多行〕" if item.type == "rows" else "〕")
        case Survey():
            return "".join(f"\n       {n}) {q.text}　〔{' | '.join(q.options)}〕" for n, q in enumerate(item.questions, 1))
        case Checklist():
            return "".join(f"\n       □ {c.text}" for c in item.criteria)
        case Choice():
            return "　〔" + " / ".join(o.text for o in item.options) + "〕"
        case Number():
            return f"　〔{item.unit}〕"
    return ""


def reviewed(form: Form) -> str:
    """The form with its rules: weights level by level, the printed wording, how the points come about, the readings."""
    lines = [f"{form.pack.county} {form.year}年度　{form.title}　满分 {plain(form.weight)} 分"]
    lines += [*_calendar(form), *(f"说明：{note}" for note in form.pack.notes)]
    for branch in form.data.indicators:
        lines += _branch(branch, 0)
    lines += [f"封顶：{cap.say or cap.when}，总分最多 {plain(cap.at_most)} 分" for cap in form.data.caps]
    if form.pack.grades:
        lines.append("等级：" + "、".join(f"{g.name}（{plain(g.lowest)} 分起）" for g in form.pack.grades))
    lines += ["", "勾稽关系"] if form.data.checks else []
    lines += [f"  ［{c.severity}］{c.code}　{c.that}" for c in form.data.checks]
    return "\n".join(lines)


def _branch(branch: Branch, depth: int) -> Iterator[str]:
    pad = "  " * depth
    printed = f"（原表印 {plain(branch.printed_weight)} 分）" if branch.printed_weight is not None else ""
    yield f"{pad}{branch.name}　{plain(branch.weight)} 分{printed}"
    if isinstance(branch, Group):
        for child in branch.children:
            yield from _branch(child, depth + 1)
        return
    yield from (f"{pad}    {text}" for text in _rule(branch))


def _rule(indicator: Indicator) -> Iterator[str]:
    yield from (f"原文：{line}" for line in indicator.printed_rule.split("\n") if line.strip())
    if indicator.explain:
        yield f"大白话：{indicator.explain}"
    if indicator.good:
        yield f"比如：{indicator.good}"
    if indicator.bad:
        yield f"反过来：{indicator.bad}"
    yield f"算法：{rule_text(indicator)}"
    yield from (f"矛盾：{r.says}；采用：{r.follows}" for r in indicator.readings)
