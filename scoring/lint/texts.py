"""Whether what a pack says fits where it is shown: a chat message, a button, a cell of a table.

Lengths are counted as the messenger counts them, in UTF-16 units; the words around a text are allowed for.
"""

from collections.abc import Iterator

from scoring.columns import Survey, Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.items import Checklist, Choice, Item
from scoring.lint.source import Source
from scoring.yamlfile import Path as Place

MESSAGE = 4096  # units of one chat message
AROUND = 700  # units that a question carries beside its own texts: section, progress, last year, read-back
BUTTON = 40  # units of a button's words; longer ones are cut by phones
CELL = 600  # characters of a cell that a page still holds comfortably


def overlong(form: Form, source: Source) -> Iterator[Problem]:
    """Every text of form.yaml that is too long for where it is shown."""
    for path, key, text in _overlong(form):
        yield source.problem("TOO_LONG", "form.yaml", path, text, key=key)


def _overlong(form: Form) -> Iterator[tuple[Place, str, str]]:
    """Place, key and sentence."""
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            path: Place = ("sections", n, "items", k)
            asked = units(item.question, item.note, section.intro, *_inside(item)) + AROUND
            if asked > MESSAGE:
                yield path, "ask", f"{item.id} 的题目一条消息放不下（约 {asked} 字，最多 {MESSAGE}），请精简或拆成两题"
            rules = [
                t
                for p in form.indicators_of.get(item.id, ())
                for t in (
                    p.indicator.printed_rule,
                    p.indicator.explain,
                    p.indicator.good,
                    p.indicator.bad,
                    *(r.says + r.follows for r in p.indicator.readings),
                )
            ]
            told = asked + units(item.help, item.source, item.good, item.bad, item.printed, *rules)
            if told > MESSAGE:
                yield path, "help", f"{item.id} 的说明一条消息放不下（约 {told} 字，最多 {MESSAGE}），请精简 help 或 printed"
            yield from _buttons(item, path)
            yield from _cells(item, path)


def units(*texts: str) -> int:
    """Length of the texts together, as the messenger counts."""
    return sum(len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts)


def _inside(item: Item) -> tuple[str, ...]:
    match item:
        case Checklist():
            return tuple(c.text for c in item.criteria)
        case Survey():
            longest = max(item.questions, key=lambda q: len(q.text) + sum(map(len, q.options)))
            return (longest.text, *longest.options)
        case Table():
            return tuple(c.label + c.help + c.good for c in item.columns)
    return ()


def _buttons(item: Item, path: Place) -> Iterator[tuple[Place, str, str]]:
    if isinstance(item, Choice):
        for n, option in enumerate(item.options):
            if units(option.text) > BUTTON:
                yield (*path, "options", n), "text", f"选项“{option.text[:20]}…”按钮上放不下（最多 {BUTTON} 字）"


def _cells(item: Item, path: Place) -> Iterator[tuple[Place, str, str]]:
    if isinstance(item, Table):
        for n, column in enumerate(item.columns):
            if column.max_length > CELL:
                yield (
                    (*path, "columns", n),
                    "max_length",
                    f"{column.id} 最多 {column.max_length} 字，表格里一格放不下，请不超过 {CELL}",
                )
