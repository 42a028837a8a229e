"""Documents nobody can draft, reports that name what is not there, and items that neither a rule, a check nor a report reads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from scoring.beside.declared import PartOf
from scoring.errors import Problem
from scoring.form import Form
from scoring.lint.source import Source
from scoring.rules.base import names_in

# The items and figures that a form's documents read, and what is wrong with these documents; templates know.
Used = Callable[[Form], tuple[Sequence[str], Sequence[Problem]]]


def documents(form: Form, source: Source) -> Iterator[Problem]:
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


def reports(form: Form, source: Source, used: Used, taken: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """The problems of the reports, and items that neither a rule, a check, a condition nor a report reads.

    `taken`: items that other forms of the pack take from here.
    """
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
    read = {n.partition(".")[0] for n in names} | taken
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
