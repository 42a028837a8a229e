"""Mistakes in a pack that only show when its parts are seen together: each with file, line, key and remedy.

    names, formulas      what nobody defines
    weights, rules       what does not add up, cannot be reached or contradicts the printed words
    scales               percentages a hundred times too large or too small
    tables, texts        what does not fit: a line into its table, a text into its place
    reach                what can never happen
    documents, beside    what nobody can draft, and what the other forms of the pack do not have
    persons              what asks for something of a person without saying so
    calendar             dates that cannot follow each other

Not here: shapes and types (packs/compiling.py). What is `fatal` keeps a pack from loading, the rest is a notice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scoring.beside.declared import form_name
from scoring.errors import BadPack, Problem
from scoring.form import Form
from scoring.lint.beside import Sibling, beside, taken_from
from scoring.lint.calendar import calendar
from scoring.lint.documents import Used, documents, reports
from scoring.lint.names import names
from scoring.lint.persons import persons
from scoring.lint.reach import constant_conditions
from scoring.lint.rules import rules
from scoring.lint.scales import scales
from scoring.lint.source import Source
from scoring.lint.texts import overlong
from scoring.lint.weights import caps, grades, weights
from scoring.packs.compiling import compile_form, read_files
from scoring.packs.sources import form_ids, pack_folder, read_sources


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
            problems += _in_folder(pack, form, used)
    return tuple(dict.fromkeys(problems))


def lint_own(packs: Sequence[Path] = (), used: Used | None = None) -> tuple[Problem, ...]:
    """Every problem of the packs that can be loaded by name."""
    found = (_in_folder(pack_folder(form_id, packs), form_name(form_id), used) for form_id in form_ids(packs))
    return tuple(dict.fromkeys(problem for problems in found for problem in problems))


def _in_folder(pack: Path, form: str, used: Used | None) -> Iterator[Problem]:
    """The problems of one form on disk, with the pack's name before each file."""
    sibling = siblings(pack)
    others = (_sound(sibling, path.parent.name) for path in sorted(pack.glob("*/form.yaml")) if path.parent.name != form)
    taken = taken_from(form, (other for other in others if other is not None))
    for problem in lint(f"{pack.name}/{form}", read_sources(pack, form), used, sibling, taken):
        yield replace(problem, file=f"{pack.name}/{problem.file}")


def _sound(sibling: Sibling, name: str) -> Form | None:
    """A form of the pack, if its shape is right; what is wrong with it is told where it is linted itself."""
    try:
        return sibling(name)
    except BadPack:
        return None


def siblings(folder: Path) -> Sibling:
    """The forms of a pack's folder by their short names."""

    def sibling(name: str) -> Form | None:
        known = (folder / name / "form.yaml").is_file()
        return compile_form(f"{folder.name}/{name}", read_sources(folder, name)) if known else None

    return sibling


def lint(
    form_id: str,
    sources: Mapping[str, str],
    used: Used | None = None,
    sibling: Sibling | None = None,
    taken: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """All problems of one form, in the order of its files; with `sibling`, also of what it takes from the others.

    `taken`: its items that the others take, so that they are of use.
    """
    try:
        form = compile_form(form_id, sources)
    except BadPack as bad:
        return bad.problems
    return lint_form(form, used, sibling, taken)


def lint_form(
    form: Form, used: Used | None = None, sibling: Sibling | None = None, taken: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """As `lint`, for a form whose shape is right."""
    source = Source(form_name(form.id), read_files(form.sources)[0])
    found = [
        *names(form, source),
        *weights(form, source),
        *rules(form, source),
        *scales(form, source),
        *caps(form, source),
        *grades(form, source),
        *calendar(form, source, sibling),
        *documents(form, source),
        *constant_conditions(form, source),
        *overlong(form, source),
        *persons(form, source),
        *(reports(form, source, used, taken) if used else ()),
        *(beside(form, source, sibling) if sibling else ()),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda p: (p.file, p.line)))


__all__ = ["Sibling", "Used", "lint", "lint_folder", "lint_form", "lint_own", "siblings"]
