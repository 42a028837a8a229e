"""`ziping forms list | show FORM [--rules] | lint [DIR] | blank FORM | test [DIR] | diff A B | upgrade OLD NEW … | schema`:
what a pack's author needs."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.commands.forms_editions import compare, upgrade
from bot.commands.forms_schema import write_schemas
from bot.commands.forms_shown import reviewed, shown
from scoring.answersfiles.blank import blank
from scoring.answersfiles.cases import run_cases
from scoring.editions.cases import run_upgrades
from scoring.errors import BadPack, ZipingError
from scoring.lint import lint_folder, lint_own
from scoring.loading import form_ids, load


def run(arguments: Namespace) -> int:
    """Carry out the action."""
    packs: list[Path] = arguments.packs
    names: list[str] = arguments.names
    match arguments.action:
        case "list":
            return _list(packs)
        case "lint":
            return _lint(packs, names[0] if names else None)
        case "test":
            return _test(packs, names[0] if names else None)
        case "schema":
            return write_schemas(arguments.out)
        case "diff":
            return compare(packs, names, arguments.answers)
        case "upgrade":
            return upgrade(packs, names)
    if not names:
        raise ZipingError(f"请写明是哪张表，例如：ziping forms {arguments.action} hecheng-2020/department")
    form = load(names[0], packs)
    if arguments.action == "blank":
        print(blank(form))
    else:
        print(reviewed(form) if arguments.rules else shown(form))
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


def _check_folder(folder: str | None) -> None:
    """Refuse a folder that holds no pack: nothing found in it would read as nothing wrong."""
    if folder is None:
        return
    root = Path(folder)
    if not root.is_dir():
        raise ZipingError(f"没有这个文件夹：{folder}")
    if (root / "pack.yaml").is_file():
        raise ZipingError(f"{folder} 本身就是一套表；请写它的上一级文件夹：{root.resolve().parent}")
    if not any(root.glob("*/pack.yaml")) and not any(root.glob("*/*/form.yaml")):
        raise ZipingError(f"{folder} 里没有套表；一套表是一个文件夹，里面有 pack.yaml")


def _lint(packs: list[Path], folder: str | None) -> int:
    from templates.fields import fields_used

    _check_folder(folder)
    root = Path(folder) if folder else None
    problems = lint_folder(root, fields_used) if root else lint_own(packs, fields_used)
    for problem in problems:
        print(f"{'错误' if problem.fatal else '提示'}　{problem}")
    errors = sum(p.fatal for p in problems)
    print(f"{errors} 个错误，{len(problems) - errors} 个提示。" if problems else "没有错误。")
    return 1 if errors else 0


def _test(packs: list[Path], folder: str | None) -> int:
    _check_folder(folder)
    where, own = [Path(folder)] if folder else packs, folder is None
    results = [*run_cases(where, own=own), *run_upgrades(where, own=own)]
    for result in results:
        print(f"{'通过' if result.passed else '不符'}　{result.name}" + "".join(f"\n　　{d}" for d in result.differences))
    failed = sum(not r.passed for r in results)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed or not results else 0
