"""`ziping forms list | show FORM | lint [DIR] | blank FORM | test [DIR]`: what a pack's author needs."""

import sys
from argparse import Namespace
from pathlib import Path

from scoring.answersfile import blank
from scoring.cases import run_cases
from scoring.columns import Table
from scoring.errors import BadPack, ZipingError
from scoring.form import Form
from scoring.items import Checklist, Choice, Item, Number
from scoring.lint import lint_folder, lint_own
from scoring.loading import form_ids, load
from scoring.numbers import plain


def run(arguments: Namespace) -> int:
    """Carry out the action."""
    packs: list[Path] = arguments.packs
    match arguments.action:
        case "list":
            return _list(packs)
        case "lint":
            return _lint(packs, arguments.name)
        case "test":
            return _test(packs, arguments.name)
    if not arguments.name:
        raise ZipingError(f"请写明是哪张表，例如：ziping forms {arguments.action} hecheng-2020/department")
    form = load(arguments.name, packs)
    print(blank(form) if arguments.action == "blank" else shown(form))
    return 0


def _list(packs: list[Path]) -> int:
    broken = 0
    for form_id in form_ids(packs):
        try:
            form = load(form_id, packs)
        except BadPack as e:
            print(f"{form_id}　有错，不能用：{e.problems[0]}", file=sys.stderr)
            broken = 1
            continue
        print(
            f"{form_id}　{form.pack.county} {form.year}年度 {form.title}　{len(form.items) - len(form.silent)} 题，{len(form.indicators)} 个指标"
        )
    return broken


def _lint(packs: list[Path], folder: str | None) -> int:
    from templates.fields import fields_used

    if folder is not None and not Path(folder).is_dir():
        raise ZipingError(f"没有这个文件夹：{folder}")
    root = Path(folder) if folder else None
    problems = lint_folder(root, fields_used) if root else lint_own(packs, fields_used)
    for problem in problems:
        print(f"{'错误' if problem.fatal else '提示'}　{problem}")
    errors = sum(p.fatal for p in problems)
    print(f"{errors} 个错误，{len(problems) - errors} 个提示。" if problems else "没有错误。")
    return 1 if errors else 0


def _test(packs: list[Path], folder: str | None) -> int:
    if folder is not None and not Path(folder).is_dir():
        raise ZipingError(f"没有这个文件夹：{folder}")
    results = list(run_cases([Path(folder)] if folder else packs, own=folder is None))
    for result in results:
        print(f"{'通过' if result.passed else '不符'}　{result.name}" + "".join(f"\n　　{d}" for d in result.differences))
    failed = sum(not r.passed for r in results)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0


def shown(form: Form) -> str:
    """The form as a filler meets it: sections, questions, what may be answered."""
    lines = [f"{form.pack.county} {form.year}年度　{form.title}", form.data.intro]
    for section in form.sections:
        lines += ["", f"【{section.title}】{section.intro}"]
        for item in section.items:
            lines.append(f"{form.numbers[item.id]:>3}. {item.question}{_answerable(item)}")
            if item.note:
                lines.append(f"     注意：{item.note}")
    lines += ["", "评分指标"]
    for place in form.indicators:
        indicator = place.indicator
        lines.append(f"  {'›'.join(place.names)}›{indicator.name}（{plain(indicator.weight)} 分）")
    return "\n".join(line for line in lines if line is not None)


def _answerable(item: Item) -> str:
    match item:
        case Table():
            return "　〔" + " | ".join(c.label for c in item.columns) + ("；可加多行〕" if item.type == "rows" else "〕")
        case Checklist():
            return "".join(f"\n       □ {c.text}" for c in item.criteria)
        case Choice():
            return "　〔" + " / ".join(o.text for o in item.options) + "〕"
        case Number():
            return f"　〔{item.unit}〕"
    return ""
