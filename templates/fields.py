"""What a form's reports name: for the lint, which tells the author what is never printed and what is not there.

Read from the templates' syntax, without rendering. Not here: the values (facts.py).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta, nodes

from scoring.beside.declared import PartOf
from scoring.columns import Survey, Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.formula import FormulaError, parse
from scoring.survey import survey_figures
from templates.drafting import environment, own_templates

NAMING = (
    "值",
    "格",
    "列举",
    "整句",
    "理由",
    "待填",
    "明细",
    "要点",
    "问卷",
    "行合计",
    "增减",
    "节超",
    "占比",
)  # whose first arguments are names of figures
Kind = TypeVar("Kind", bound=nodes.Node)
DEEPEST = 200  # nodes of a template's syntax within each other; those of the house need 20
TOO_DEEP = "嵌套太深"
SECOND = ("增减", "节超", "占比")  # … and the second, too


def fields_used(form: Form) -> tuple[Sequence[str], Sequence[Problem]]:
    """The names of items and computed figures in the form's reports, and what is wrong with those reports."""
    engine = environment(tuple(sorted(own_templates(form).items())))
    known = _known(form)
    names: list[str] = []
    problems: list[Problem] = []
    for template in dict.fromkeys(d.template for d in form.data.documents if d.template):
        try:
            tree = _parsed(engine, template)
        except TemplateSyntaxError as e:
            problems.append(Problem("REPORT", template, e.lineno, "", f"模板写法有误：{e.message}"))
            continue
        except TemplateError:
            problems.append(Problem("REPORT", template, 1, "", "没有这个模板"))
            continue
        # a name may also be handed to a macro, so every text that is a known name counts as used
        for shown in (tree, *_referenced(engine, tree)):
            names += [c.value for c in _all(shown, nodes.Const) if isinstance(c.value, str) and c.value in known]
        for line, name in _named(tree):
            names.append(name)
            if name not in known:
                problems.append(Problem("FIELD_UNKNOWN", template, line, name, "表里没有这个数据项、格子或算出来的数"))
    return tuple(dict.fromkeys(names)), problems


def _referenced(engine: Environment, tree: nodes.Template) -> Iterator[nodes.Template]:
    """The templates that this one imports, includes or extends, and those that these do; each once."""
    waiting = [t for t in meta.find_referenced_templates(tree) if t]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = _parsed(engine, name)
        except TemplateError:  # told when the document is drafted
            continue
        yield found
        waiting += [t for t in meta.find_referenced_templates(found) if t]


@lru_cache(maxsize=256)
def forms_drawn(form: Form) -> tuple[str, ...]:
    """The short names of the forms whose filings this form's documents show: by 各表, or by binding in their documents."""
    found = [part.form for d in form.data.documents for part in d.parts if isinstance(part, PartOf)]
    engine = environment(tuple(sorted(own_templates(form).items())))
    for template in dict.fromkeys(d.template for d in form.data.documents if d.template):
        try:
            tree = _parsed(engine, template)
        except TemplateError:  # told by the lint, and when the document is drafted
            continue
        for call in (c for t in (tree, *_referenced(engine, tree)) for c in _all(t, nodes.Call)):
            if isinstance(call.node, nodes.Name) and call.node.name == "各表":
                found += [name for argument in call.args[:1] for name in _texts(argument)]
    return tuple(dict.fromkeys(found))


def _known(form: Form) -> set[str]:
    cells = {f"{i.id}.{c.id}" for i in form.items.values() if isinstance(i, Table) for c in i.columns}
    tallies = {f"{i.id}.{n}" for i in form.items.values() if isinstance(i, Survey) for n in survey_figures(i)}
    return {*form.items, *form.computed, *cells, *tallies}


def _parsed(engine: Environment, template: str) -> nodes.Template:
    """The syntax of a template. Raises TemplateError when there is none, or it names a filter that does not exist."""
    assert engine.loader is not None
    return _tree(engine, engine.loader.get_source(engine, template)[0])


@lru_cache(maxsize=256)
def _tree(engine: Environment, text: str) -> nodes.Template:
    try:
        tree = engine.parse(text)
    except RecursionError as e:
        raise TemplateSyntaxError(TOO_DEEP, 1) from e
    if _depth(tree) > DEEPEST:
        raise TemplateSyntaxError(TOO_DEEP, 1)
    known = {nodes.Filter: engine.filters, nodes.Test: engine.tests}
    for kind, names in known.items():
        for node in _all(tree, kind):
            if node.name not in names:
                raise TemplateSyntaxError(f"没有 {node.name} 这个过滤器或判断", node.lineno)
    return tree


def _depth(tree: nodes.Template) -> int:
    """How many nodes stand within each other; counted without a call for each, of which Python takes only so many."""
    deepest, waiting = 0, [(tree.iter_child_nodes(), 1)]
    while waiting and deepest <= DEEPEST:
        children, depth = waiting[-1]
        node = next(children, None)
        if node is None:
            waiting.pop()
        else:
            waiting.append((node.iter_child_nodes(), depth + 1))
            deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=256)
def _walked(tree: nodes.Template) -> tuple[nodes.Node, ...]:
    """Every node of a template: walking it costs as much as parsing it, and is wanted for several kinds."""
    return tuple(tree.find_all(nodes.Node))


def _all(tree: nodes.Template, kind: type[Kind]) -> Iterator[Kind]:
    return (node for node in _walked(tree) if isinstance(node, kind))


def _named(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Line and name of every figure that is named outright; a name put together at run time is not seen."""
    for call in _all(tree, nodes.Call):
        function = call.node.name if isinstance(call.node, nodes.Name) else ""
        if function not in (*NAMING, "成立"):
            continue
        arguments = call.args if function in SECOND else call.args[:1]
        for text in (t for a in arguments[:2] for t in _texts(a)):
            try:
                names = parse(text).names if function == "成立" else (text,)
            except FormulaError:
                names = (text,)
            yield from ((call.lineno, name) for name in names)


def _texts(node: nodes.Node) -> Iterator[str]:
    """The text of an argument, or the texts of a list."""
    for part in node.items if isinstance(node, nodes.List) else [node]:
        if isinstance(part, nodes.Const) and isinstance(part.value, str):
            yield part.value
