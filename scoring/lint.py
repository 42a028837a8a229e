"""Mistakes in a pack that only show when its parts are seen together: each with file, line, key and remedy.

Shapes and types are checked by compiling.py; here: names that nobody defines, weights that do not add up,
points that cannot be reached, checklists worth more or less than their weight, items nobody uses,
documents nobody can draft. A contradiction in the printed form is allowed where a `readings:` entry
declares it; then it is a notice, not a mistake.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scoring.beside.declared import PartOf
from scoring.columns import Rows, Survey, Table
from scoring.compiling import compile_form, read_files
from scoring.errors import BadPack, Problem
from scoring.form import Check, Form, FormData
from scoring.formula import FormulaError, parse
from scoring.items import Item
from scoring.lint_beside import Sibling, lint_beside
from scoring.lint_reach import constant_conditions
from scoring.lint_tables import lint_table
from scoring.lint_texts import overlong
from scoring.numbers import plain
from scoring.rowchecks import UNIT
from scoring.rules.base import names_in
from scoring.rules.ratio_step import RatioStep
from scoring.sources import form_ids, pack_folder, read_sources
from scoring.survey import survey_figures
from scoring.tree import Group, Indicator
from scoring.wording import quoted
from scoring.yamlfile import Path as Place
from scoring.yamlfile import YamlFile


@dataclass(frozen=True)
class Source:
    """The files of one form, to say where something stands."""

    form: str
    files: Mapping[str, YamlFile]

    def problem(self, code: str, part: str, path: Place, text: str, *, fatal: bool = True, key: str = "") -> Problem:
        """A problem at `path` of form.yaml, indicators.yaml, checks.yaml or documents.yaml."""
        name = f"{self.form}/{part}"
        file = self.files.get(name, YamlFile(name, {}, {}))
        shown = key or (str(path[-1]) if path and isinstance(path[-1], str) else "")
        return Problem(code, name, file.line(path), shown, text, fatal)


# The items and figures that a form's documents read, and what is wrong with these documents; templates know.
Used = Callable[[Form], tuple[Sequence[str], Sequence[Problem]]]


def lint_folder(root: Path, used: Used | None = None) -> tuple[Problem, ...]:
    """Every problem of every pack below `root`; file names are relative to it."""
    problems: list[Problem] = []
    for pack in sorted(p for p in root.iterdir() if p.is_dir()):
        forms = sorted(f.parent.name for f in pack.glob("*/form.yaml"))
        if not forms and ((pack / "pack.yaml").exists() or list(pack.glob("*/indicators.yaml"))):
            problems.append(
                Problem("FORM_MISSING", f"{pack.name}/", 1, "", "里面没有一张表；每张表一个文件夹，里面要有 form.yaml")
            )
        for form in forms:
            form_id = f"{pack.name}/{form}"
            found = lint(form_id, read_sources(pack, form), used, siblings(pack))
            problems += [Problem(p.code, f"{pack.name}/{p.file}", p.line, p.key, p.text, p.fatal) for p in found]
    return tuple(dict.fromkeys(problems))


def lint_own(packs: Sequence[Path] = (), used: Used | None = None) -> tuple[Problem, ...]:
    """Every problem of the packs that can be loaded by name."""
    problems: list[Problem] = []
    for form_id in form_ids(packs):
        folder = pack_folder(form_id, packs)
        found = lint(form_id, read_sources(folder, form_id.partition("/")[2]), used, siblings(folder))
        problems += [Problem(p.code, f"{folder.name}/{p.file}", p.line, p.key, p.text, p.fatal) for p in found]
    return tuple(dict.fromkeys(problems))


def siblings(folder: Path) -> Sibling:
    """The forms of a pack's folder by their short names."""

    def sibling(name: str) -> Form | None:
        known = (folder / name / "form.yaml").is_file()
        return compile_form(f"{folder.name}/{name}", read_sources(folder, name)) if known else None

    return sibling


def lint(
    form_id: str, sources: Mapping[str, str], used: Used | None = None, sibling: Sibling | None = None
) -> tuple[Problem, ...]:
    """All problems of one form, in the order of its files; with `sibling`, also of what it takes from the others."""
    try:
        form = compile_form(form_id, sources)
    except BadPack as bad:
        return bad.problems
    return lint_form(form, used, sibling)


def lint_form(form: Form, used: Used | None = None, sibling: Sibling | None = None) -> tuple[Problem, ...]:
    """As `lint`, for a form whose shape is right."""
    form_id, sources = form.id, form.sources
    source = Source(form_id.partition("/")[2], read_files(sources)[0])
    found = [
        *_names(form, source),
        *_weights(form.data, source),
        *_rules(form, source),
        *_caps(form, source),
        *_grades(form, source),
        *_documents(form, source),
        *_foreseen(form, source),
        *(_printed(form, source, used) if used else ()),
        *(_beside(form, source, sibling) if sibling else ()),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda p: (p.file, p.line)))


def _names(form: Form, source: Source) -> Iterator[Problem]:
    """Ids are unique, and every name in a formula is an item, a column or a computed figure."""
    seen: dict[str, str] = {}
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            path: Place = ("sections", n, "items", k)
            if item.id in seen:
                yield source.problem("NAME_TWICE", "form.yaml", path, f"{item.id} 已经在“{seen[item.id]}”里用过", key="id")
            seen[item.id] = section.title
            yield from _formula(form, source, "form.yaml", (*path, "when"), item.when)
            if item.when and item.id in {x for name in names_in(item.when) for x in form.resolve(name.partition(".")[0])}:
                yield source.problem("LOOP", "form.yaml", (*path, "when"), "when 里用到了这一题自己，永远问不到")
            yield from _last_year(form, source, path, item)
            yield from _table(form, source, path, item)
    for n, computed in enumerate(form.data.computed):
        if computed.id in seen:
            yield source.problem("NAME_TWICE", "checks.yaml", ("computed", n), f"{computed.id} 已经是数据项", key="id")
        yield from _formula(form, source, "checks.yaml", ("computed", n, "formula"), computed.formula)
        if computed.id in form.resolve(computed.id):
            yield source.problem("LOOP", "checks.yaml", ("computed", n, "formula"), f"{computed.id} 绕回到了自己")
    for n, conversion in enumerate(form.data.conversions):
        if conversion.item not in form.items:
            text = f"没有叫 {conversion.item} 的数据项"
            yield source.problem("NAME_UNKNOWN", "conversions.yaml", ("conversions", n, "item"), text)
    for n, check in enumerate(form.data.checks):
        yield from _check(form, source, ("checks", n), check)


def _check(form: Form, source: Source, path: Place, check: Check) -> Iterator[Problem]:
    """The tables, columns and formulas of a declared check."""
    wanted = [("each", check.each, "")] if check.each else []
    if check.match:
        wanted += [("match", check.match.table, check.match.column), ("match", check.each, check.match.within)]
    unknown = [(key, text) for key, table, column in wanted if (text := _unknown_cell(form, table, column))]
    if (check.where or check.match) and not check.each:
        unknown.append(("each", "where 和 match 要和 each（哪张表的每一行）一起写"))
    for key, text in unknown:
        yield source.problem("NAME_UNKNOWN", "checks.yaml", (*path, key), text)
    if not unknown:
        yield from _formula(form, source, "checks.yaml", (*path, "that"), check.that, check.tables)
        yield from _formula(form, source, "checks.yaml", (*path, "where"), check.where, check.tables)


def _unknown_cell(form: Form, table: str, column: str) -> str:
    """Why a column of a repeating table means nothing; empty when it is fine, or no column is named."""
    item = form.items.get(table)
    if not isinstance(item, Rows):
        return f"没有叫 {table} 的表（rows）"
    columns = [c.id for c in item.columns]
    return "" if column in ("", *columns) else f"{table} 没有 {column} 这一列，有：{'、'.join(columns)}"


def _formula(
    form: Form, source: Source, part: str, path: Place, formula: str, tables: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    if not formula:
        return
    try:
        parsed = parse(formula)
    except FormulaError as e:
        yield source.problem("FORMULA", part, path, str(e))
        return
    for name in parsed.names:
        head, _, column = name.partition(".")
        if tables and head in tables:
            text = "" if column == UNIT else _unknown_cell(form, tables[head], column)
        else:
            text = _unknown(form, name, name in parsed.tables)
        if text:
            yield source.problem("NAME_UNKNOWN", part, path, text)


def _unknown(form: Form, name: str, whole: bool) -> str:
    """Why a name in a formula means nothing; empty when it is fine."""
    item_id, _, column = name.partition(".")
    if item_id in form.computed and not column:
        return ""
    item = form.items.get(item_id)
    if item is None:
        return f"没有叫 {item_id} 的数据项"
    if isinstance(item, Survey):
        names = survey_figures(item)
        return "" if column in names else f"{item_id} 是问卷，要写明哪个数：{'、'.join(f'{item_id}.{n}' for n in names)}"
    if isinstance(item, Table):
        columns = [c.id for c in item.columns]
        if column and column not in columns:
            return f"{item_id} 没有 {column} 这一列，有：{'、'.join(columns)}"
        if not column and not whole:
            return f"{item_id} 是表格，要写明哪一列，例如 {item_id}.{columns[0]}"
        if item.type == "rows" and not whole:
            return f"{item_id} 有好几行，要用 sum({name})"
    elif column:
        return f"{item_id} 不是表格，没有列"
    return ""


def _last_year(form: Form, source: Source, path: Place, item: Item) -> Iterator[Problem]:
    if item.last_year:
        text = _unknown(form, item.last_year, whole=True)
        if text:
            yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "last_year"), text)
    if isinstance(item, Table):
        for n, column in enumerate(item.columns):
            if column.last_year and column.last_year not in {c.id for c in item.columns}:
                yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "columns", n), f"没有 {column.last_year} 这一列")


def _table(form: Form, source: Source, path: Place, item: Item) -> Iterator[Problem]:
    for below, key, text, fatal in lint_table(item):
        yield source.problem("COLUMN", "form.yaml", (*path, *below), text, fatal=fatal, key=key)
    if isinstance(item, Rows) and item.copies and not isinstance(form.items.get(item.copies), Rows):
        yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "copies"), f"没有 {item.copies} 这张表")


def _weights(data: FormData, source: Source) -> Iterator[Problem]:
    """Every level adds up to the one above it, level 1 to 100; ids are unique; weights that print other than they count."""
    seen: set[str] = set()
    for n, branch in enumerate(data.indicators):
        yield from _weights_below(branch, ("indicators", n), source, seen)
    total = sum((g.weight for g in data.indicators), Decimal(0))
    if data.indicators and total != 100:
        text = f"一级指标分值合计 {plain(total)}，应是 100"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", ("indicators",), text)


def _weights_below(branch: Group | Indicator, path: Place, source: Source, seen: set[str]) -> Iterator[Problem]:
    if branch.id in seen:
        yield source.problem("NAME_TWICE", "indicators.yaml", path, f"{branch.id} 用了两次", key="id")
    seen.add(branch.id)
    if branch.printed_weight is not None and branch.printed_weight != branch.weight:
        text = f"{quoted(branch.name)}表上印的是 {plain(branch.printed_weight)} 分，这里按 {plain(branch.weight)} 分计"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", (*path, "printed_weight"), text, fatal=False)
    if isinstance(branch, Indicator):
        return
    total = sum((c.weight for c in branch.children), Decimal(0))
    if total != branch.weight:
        text = f"{quoted(branch.name)}写 {plain(branch.weight)} 分，下面合计 {plain(total)} 分"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", (*path, "weight"), text)
    for n, child in enumerate(branch.children):
        yield from _weights_below(child, (*path, "children", n), source, seen)


def _caps(form: Form, source: Source) -> Iterator[Problem]:
    """The conditions of caps can be evaluated, and a cap is one."""
    for n, cap in enumerate(form.data.caps):
        yield from _formula(form, source, "indicators.yaml", ("caps", n, "when"), cap.when)
        if not names_in(cap.when):
            yield source.problem("CAP", "indicators.yaml", ("caps", n, "when"), "when 里没有数据项，永远成立或永远不成立")
        if cap.at_most >= form.weight:
            text = f"at_most {plain(cap.at_most)} 不低于满分 {plain(form.weight)}，封不住"
            yield source.problem("CAP", "indicators.yaml", ("caps", n, "at_most"), text)


def _rules(form: Form, source: Source) -> Iterator[Problem]:
    items = dict(form.items)
    for path, indicator in _indicator_paths(form):
        rule_path: Place = (*path, "rule")
        for formula in indicator.rule.formulas():
            yield from _formula(form, source, "indicators.yaml", (*rule_path, "metric"), formula)
        for n, reading in enumerate(indicator.readings):
            for formula in reading.literal.formulas() if reading.literal else ():
                yield from _formula(form, source, "indicators.yaml", (*path, "readings", n, "literal"), formula)
        declared: set[str] = {r.code for r in indicator.readings}
        own = list(indicator.rule.lint(Fraction(indicator.weight), items))
        for code, text in own:
            fatal = code not in declared
            yield source.problem(code, "indicators.yaml", rule_path, f"{quoted(indicator.name)}{text}", fatal=fatal)
        yield from _direction(form, source, rule_path, indicator, declared)
        if "RULE_ITEM" not in {code for code, _ in own}:
            yield from _reachable(form, source, rule_path, indicator, declared)


def _indicator_paths(form: Form) -> Iterator[tuple[Place, Indicator]]:
    def below(branch: Group | Indicator, path: Place) -> Iterator[tuple[Place, Indicator]]:
        if isinstance(branch, Indicator):
            yield path, branch
            return
        for n, child in enumerate(branch.children):
            yield from below(child, (*path, "children", n))

    for n, branch in enumerate(form.data.indicators):
        yield from below(branch, ("indicators", n))


def _direction(form: Form, source: Source, path: Place, indicator: Indicator, declared: set[str]) -> Iterator[Problem]:
    """The printed words tell a direction: 每下降/低于/降低 loses below the target, 每超过/超出 above it."""
    rule = indicator.rule
    if not isinstance(rule, RatioStep):
        return
    words = indicator.printed_rule
    down = any(w in words for w in ("下降", "低于", "降低"))
    up = any(w in words for w in ("超过", "超出"))
    printed = "both" if up and down else "below" if down else "above" if up else rule.direction
    if printed != rule.direction:
        names = {"below": "低于目标扣分", "above": "高于目标扣分", "both": "两边都扣分"}
        text = f"{quoted(indicator.name)}原文是{names[printed]}，规则写的是{names[rule.direction]}"
        yield source.problem("RULE_DIRECTION", "indicators.yaml", path, text, fatal="RULE_DIRECTION" not in declared)


def _reachable(form: Form, source: Source, path: Place, indicator: Indicator, declared: set[str]) -> Iterator[Problem]:
    reachable = indicator.rule.reachable(Fraction(indicator.weight), dict(form.items))
    if reachable is not None and Fraction(indicator.weight) not in reachable:
        best = plain(max(reachable))
        text = f"{quoted(indicator.name)}最多只能得 {best} 分，分值是 {plain(indicator.weight)} 分"
        yield source.problem("UNREACHABLE", "indicators.yaml", path, text, fatal="RULE_MAX" not in declared)
    if reachable and min(reachable) > 0:
        text = f"{quoted(indicator.name)}最少也有 {plain(min(reachable))} 分，得不到 0 分"
        yield source.problem("UNREACHABLE", "indicators.yaml", path, text, fatal=False)


def _foreseen(form: Form, source: Source) -> Iterator[Problem]:
    """Conditions that never change, and texts too long for where they are shown."""
    for part, path, text in constant_conditions(form):
        yield source.problem("NEVER", part, path, text, fatal=False)
    for path, key, text in overlong(form):
        yield source.problem("TOO_LONG", "form.yaml", path, text, key=key)


def _grades(form: Form, source: Source) -> Iterator[Problem]:
    file = source.files.get("pack.yaml", YamlFile("pack.yaml", {}, {}))

    def problem(key: str, text: str) -> Problem:
        return Problem("GRADES", "pack.yaml", file.line((key,)), key, text)

    edges = [g.lowest for g in form.pack.grades]
    if edges and min(edges) != 0:
        yield problem("grades", "最低一档要从 0 开始，否则有的总分没有等级")
    if len(set(edges)) != len(edges):
        yield problem("grades", "两个等级的起点一样，请改一个 from")
    if form.pack.pass_line and form.pack.passing is None:
        names = "、".join(g.name for g in form.pack.grades)
        yield problem("pass_line", f"pass_line 写的是 {form.pack.pass_line}，应是一个等级（{names}）或 0–100 的分数")


def _documents(form: Form, source: Source) -> Iterator[Problem]:
    """Every document is drafted from a template or bound from others that are."""
    drafted = {d.id for d in form.data.documents if d.template}
    seen: set[str] = set()
    for n, document in enumerate(form.data.documents):
        place = ("documents", n)
        if document.id in seen:
            yield source.problem("NAME_TWICE", "documents.yaml", (*place, "id"), f"{document.id} 用了两次")
        seen.add(document.id)
        if bool(document.template) is bool(document.parts):
            text = "要么写 template（模板），要么写 parts（由哪几份合成），写且只写一样"
            yield source.problem("DOCUMENT", "documents.yaml", (*place, "id"), text)
        for part in document.parts:
            if not isinstance(part, PartOf) and part not in drafted:
                yield source.problem("DOCUMENT", "documents.yaml", (*place, "parts"), f"没有 {part} 这份文件，或它没有模板")


def _beside(form: Form, source: Source, sibling: Sibling) -> Iterator[Problem]:
    def problem(part: str, path: Place, text: str) -> Problem:
        return source.problem("BESIDE", part, path, text)

    def notice(part: str, path: Place, text: str) -> Problem:
        return source.problem("BESIDE", part, path, text, fatal=False)

    return lint_beside(form, sibling, problem, notice)


def _printed(form: Form, source: Source, used: Used) -> Iterator[Problem]:
    """The problems of the reports, and items that neither a rule, a check, a condition nor a report reads."""
    names, problems = used(form)
    for problem in problems:
        if problem.code == "REPORT":
            where = next(n for n, d in enumerate(form.data.documents) if d.template == problem.file)
            yield source.problem(
                "REPORT", "documents.yaml", ("documents", where, "template"), f"{problem.file}:{problem.line}：{problem.text}"
            )
        else:
            own = f"{source.form}/{problem.file}" in form.sources
            yield replace(problem, file=f"{source.form}/{problem.file}") if own else problem
    read = {n.partition(".")[0] for n in names}
    read |= {i for name in read for i in form.resolve(name)}
    for place in form.indicators:
        read |= set(form.reads(place.indicator))
    read |= {n.partition(".")[0] for c in form.data.checks for n in c.names}
    formulas = [c.formula for c in form.data.computed]
    formulas += [i.when for i in form.items.values()] + [c.when for c in form.data.caps]
    read |= {n.partition(".")[0] for f in formulas for n in names_in(f)}
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            if item.id not in read:
                text = f"{item.id} 问了却没有用到：没有规则、检查或文件读它"
                yield source.problem("ITEM_IDLE", "form.yaml", ("sections", n, "items", k), text, key="id")
