"""What changed between two editions of a form, in words a clerk and a reviewer understand."""

from collections.abc import Iterator, Mapping

from scoring.calendar import STAGES
from scoring.columns import Table
from scoring.form import Form
from scoring.items import Checklist, Choice, Item, Number
from scoring.numbers import plain
from scoring.reading.dates import shown_date
from scoring.tree import Indicator
from scoring.wording import quoted


def differences(old: Form, new: Form) -> tuple[str, ...]:
    """Sentences, in the order of the form: title, questions, indicators, checks, documents, grades, dates."""
    found = [f"表名由{quoted(old.title)}改为{quoted(new.title)}"] if old.title != new.title else []
    found += _items(old, new)
    found += _indicators(old, new)
    found += _named("检查", {c.id: c.that for c in old.data.checks}, {c.id: c.that for c in new.data.checks})
    found += _named("文件", {d.id: d.title for d in old.data.documents}, {d.id: d.title for d in new.data.documents})
    grades = [" ".join(f"{g.name}≥{plain(g.lowest)}" for g in f.pack.grades) for f in (old, new)]
    if grades[0] != grades[1]:
        found.append(f"等级由（{grades[0] or '没有'}）改为（{grades[1] or '没有'}）")
    for stage, was, now in zip(STAGES.values(), old.days, new.days, strict=True):
        if was != now:
            found.append(f"{stage}日期由{shown_date(was) if was else '不定'}改为{shown_date(now) if now else '不定'}")
    return tuple(found)


def _items(old: Form, new: Form) -> Iterator[str]:
    for item in new.items.values():
        before = old.items.get(item.id)
        if before is None:
            yield f"新问：{item.label}"
            continue
        changes = [f"{what}由{quoted(a)}改为{quoted(b)}" for what, a, b in _aspects(before, item) if a != b]
        if changes:
            yield f"{item.label}：{'；'.join(changes)}"
    yield from (f"不再问：{i.label}" for i in old.items.values() if i.id not in new.items)


def _aspects(before: Item, now: Item) -> Iterator[tuple[str, str, str]]:
    """What of a question may have changed: name, value before, value now."""
    yield "名称", before.label, now.label
    yield "题型", before.type, now.type
    yield "问法", before.question, now.question
    yield "条件", before.when or "总是问", now.when or "总是问"
    yield "必填", "可不填" if before.optional else "必填", "可不填" if now.optional else "必填"
    yield "单位", _unit(before), _unit(now)
    yield "内容", _content(before), _content(now)


def _unit(item: Item) -> str:
    return item.unit if isinstance(item, Number) else ""


def _content(item: Item) -> str:
    match item:
        case Table():
            return "、".join(f"{c.label}{f'（{c.unit}）' if c.unit else ''}" for c in item.columns)
        case Checklist():
            return "、".join(c.text for c in item.criteria)
        case Choice():
            return "、".join(o.text for o in item.options)
    return ""


def _indicators(old: Form, new: Form) -> Iterator[str]:
    was = {p.indicator.id: p for p in old.indicators}
    now = {p.indicator.id: p for p in new.indicators}
    for id, place in now.items():
        indicator = place.indicator
        if id not in was:
            yield f"新指标：{indicator.name}（{plain(indicator.weight)} 分）"
            continue
        before = was[id].indicator
        changes = [f"{what}由{quoted(a)}改为{quoted(b)}" for what, a, b in _of_indicator(before, indicator) if a != b]
        if was[id].names != place.names:
            changes.append(f"由{quoted('›'.join(was[id].names))}移到{quoted('›'.join(place.names))}")
        if changes:
            yield f"指标{quoted(indicator.name)}：{'；'.join(changes)}"
    yield from (f"取消指标：{p.indicator.name}（{plain(p.indicator.weight)} 分）" for id, p in was.items() if id not in now)


def _of_indicator(before: Indicator, now: Indicator) -> Iterator[tuple[str, str, str]]:
    yield "名称", before.name, now.name
    yield "分值", plain(before.weight), plain(now.weight)
    yield "评分标准", before.printed_rule, now.printed_rule
    yield "算法", rule_text(before), rule_text(now)


def rule_text(indicator: Indicator) -> str:
    """The rule with its parameters, as it stands in the pack: ratio_step(metric: …，target: 100，…)."""
    return _written(indicator.rule.model_dump(exclude_defaults=True, exclude_none=True, by_alias=True))


def _written(value: object) -> str:
    match value:
        case {"kind": kind, **rest}:
            return f"{kind}（{'，'.join(f'{k}: {_written(v)}' for k, v in rest.items())}）"
        case dict():
            return "{" + "，".join(f"{k}: {_written(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + "，".join(_written(v) for v in value) + "]"
    return str(value)


def _named(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (f"新增{what}：{id}" for id in new if id not in old)
    yield from (f"取消{what}：{id}" for id in old if id not in new)
    yield from (f"{what} {id} 由{quoted(old[id])}改为{quoted(new[id])}" for id in new if id in old and old[id] != new[id])
