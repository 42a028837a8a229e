"""Mistakes in what a form says about the others of its pack: forms, items and documents that are not there."""

from collections.abc import Callable, Iterable, Iterator

from scoring.beside.declared import ABOUT, Arrival, PartOf
from scoring.columns import OneRow, Rows, Table
from scoring.errors import BadPack, Problem
from scoring.form import Form
from scoring.lint.source import Source

# Another form of the same pack by its short name; None when there is none. Raises BadPack when it has problems of its own.
Sibling = Callable[[str], Form | None]


def taken_from(name: str, others: Iterable[Form]) -> frozenset[str]:
    """The items of a form that other forms of its pack take, figures that are computed from them included."""
    arrivals = [a for other in others for a in other.data.arrivals if a.origin == name]
    named = {n for a in arrivals for n in (a.value, a.rows, *a.columns.values()) if n}
    return frozenset(n.partition(".")[0] for n in named)


def beside(form: Form, source: Source, sibling: Sibling) -> Iterator[Problem]:
    """Problems of the form's arrivals and of the parts its documents take from other forms."""
    for n, arrival in enumerate(form.data.arrivals):
        place = ("arrivals", n)
        for text in _arrival(form, arrival):
            yield source.problem("BESIDE", "form.yaml", place, text)
        try:
            origin = sibling(arrival.origin)
        except BadPack:
            continue
        if origin is None and arrival.year == "this":
            yield source.problem("BESIDE", "form.yaml", (*place, "from"), f"这套表里没有 {arrival.origin} 这张表")
        elif origin is None:
            yield source.problem(
                "BESIDE", "form.yaml", (*place, "from"), f"这套表里没有 {arrival.origin} 这张表，上年的来源核对不了", fatal=False
            )
        else:
            for text in _origin(form, arrival, origin):
                yield source.problem("BESIDE", "form.yaml", place, text)
    for n, document in enumerate(form.data.documents):
        for part in document.parts:
            if isinstance(part, PartOf) and (text := _part(part, sibling)):
                yield source.problem("BESIDE", "documents.yaml", ("documents", n, "parts"), text)


def _part(part: PartOf, sibling: Sibling) -> str:
    """Why a part cannot be bound in; empty when it can."""
    try:
        other = sibling(part.form)
    except BadPack:
        return ""
    if other is None:
        return f"这套表里没有 {part.form} 这张表"
    drafted = {d.id for d in other.data.documents if d.template}
    return "" if part.document in drafted else f"{part.form} 没有 {part.document} 这份文件，或它没有模板"


def _arrival(form: Form, arrival: Arrival) -> Iterator[str]:
    """What is wrong on this side."""
    item = form.items.get(arrival.item)
    if item is None or item.id in form.silent:
        yield f"没有叫 {arrival.item} 的数据项"
        return
    if not isinstance(item, Table):
        if not arrival.value or arrival.columns or arrival.rows:
            yield f"{item.id} 是单个数据项，要写且只写 value"
        return
    if arrival.value or not arrival.columns:
        yield f"{item.id} 是表格，要写 columns：这边的列名: 那边的数据项"
    for column in arrival.columns:
        if column not in {c.id for c in item.columns}:
            yield f"{item.id} 没有 {column} 这一列"
    if arrival.where and not arrival.rows:
        yield "where 只能和 rows 一起用"
    if arrival.rows and not isinstance(item, Rows):
        yield f"{item.id} 只有一行，不能用 rows"


def _origin(form: Form, arrival: Arrival, origin: Form) -> Iterator[str]:
    """What is wrong on the other side."""
    many = origin.data.per == "project" and form.data.per == "unit"
    item = form.items.get(arrival.item)
    if many and not isinstance(item, Rows):
        yield f"{arrival.origin} 每个项目一份，{arrival.item} 只能填一个数；请改成 rows 类型的表"
    if arrival.year == "this" and origin.id == form.id:
        yield "from 是这张表自己；要取上年的，请写 year: last"
    table = origin.items.get(arrival.rows) if arrival.rows else None
    if arrival.rows and not isinstance(table, Table):
        yield f"{arrival.origin} 的 {arrival.rows} 不是表格"
        return
    own = {c.id for c in table.columns} if isinstance(table, Table) else set()
    for name in arrival.where:
        if name not in own:
            yield f"{arrival.rows} 没有 {name} 这一列"
    for name in filter(None, (*arrival.columns.values(), arrival.value)):
        if name not in own:
            yield from _fact(origin, name)
        back = origin.arrivals_of.get(name.partition(".")[0], ())
        if any(b.year == arrival.year == "this" and form.id.endswith(f"/{b.origin}") and _reads(b, arrival.item) for b in back):
            yield f"{name} 又是从这张表的 {arrival.item} 带过去的，绕成了一圈"


def _reads(arrival: Arrival, item: str) -> bool:
    names = (arrival.value, arrival.rows, *arrival.columns.values())
    return item in {n.partition(".")[0] for n in names if n}


def _fact(origin: Form, name: str) -> Iterator[str]:
    """Why a name means nothing over there; nothing when it is fine."""
    if name.startswith("$"):
        if name not in ABOUT:
            yield f"没有 {name}，可用：{'、'.join(ABOUT)}"
        return
    item_id, _, column = name.partition(".")
    if item_id in origin.computed and not column:
        return
    item = origin.items.get(item_id)
    if item is None:
        yield f"{origin.id} 没有叫 {item_id} 的数据项"
    elif isinstance(item, Table):
        columns = [c.id for c in item.columns]
        if not isinstance(item, OneRow) or column not in columns:
            yield f"{origin.id} 的 {name} 要写明一行表格的哪一列，例如 {item_id}.{columns[0]}"
    elif column:
        yield f"{origin.id} 的 {item_id} 不是表格，没有列"
