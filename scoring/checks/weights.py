"""The weights a filing prints: indicators add up to their group, groups to the whole; weight only where it belongs."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Statements, number_in
from scoring.checks.causes import likely_cause
from scoring.checks.finding import EXPLAIN, WRONG, Finding
from scoring.checks.printed_figures import explained
from scoring.checks.printed_rows import weight_below
from scoring.form import Form
from scoring.numbers import plain
from scoring.tree import Group, Indicator
from scoring.wording import quoted

FULL = Decimal(100)
WHOLE = "整张表"


def weights(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """Groups whose printed weight is not the sum of the printed weights of their indicators, or of the lines of these."""
    leaves = [p.indicator for p in form.indicators]
    below = {i.id: w for i in leaves if (w := weight_below(form, answers, printed, i)) is not None}
    for node in _groups(form):
        yield from _group(
            form, node.name, _all_stated(node, printed), [i for i in leaves if i.id in _below(node)], below, printed
        )
    if leaves:
        labels = sum((_stated(g, printed.weights) for g in form.data.indicators), Decimal(0))
        told = [w for s in printed.weights.get("total", ()) if (w := number_in(s.stated)) is not None]
        yield from _group(form, WHOLE, told or [labels], leaves, below, printed)
    yield from _in_text(form, printed)
    yield from _double(form, printed)


def _groups(form: Form) -> Iterator[Group]:
    def walk(node: Group | Indicator) -> Iterator[Group]:
        if isinstance(node, Group):
            yield node
            for child in node.children:
                yield from walk(child)

    for group in form.data.indicators:
        yield from walk(group)


def _below(node: Group | Indicator) -> set[str]:
    return {node.id} if isinstance(node, Indicator) else {i for c in node.children for i in _below(c)}


def _stated(node: Group | Indicator, stated: Statements) -> Decimal:
    """The weight on paper: as this filing printed it, else as the form prints it, else the weight."""
    told = number_in(stated[node.id][0].stated) if stated.get(node.id) else None
    on_paper: Decimal | None = getattr(node, "printed_weight", None)
    return told if told is not None else on_paper if on_paper is not None else node.weight


def _all_stated(node: Group, printed: Printed) -> list[Decimal]:
    told = [w for s in printed.weights.get(node.id, ()) if (w := number_in(s.stated)) is not None]
    return told or [_stated(node, printed.weights)]


def _group(
    form: Form, name: str, stated: list[Decimal], leaves: list[Indicator], below: Mapping[str, Decimal], printed: Printed
) -> Iterator[Finding]:
    parts = [below[i.id] if i.id in below and i.id not in printed.weights else _stated(i, printed.weights) for i in leaves]
    total = sum(parts, Decimal(0))
    twice = [
        (f"像是把{quoted(form.items[key.partition('.')[0]].label)}的 {plain(extra)} 分又加了一次", Fraction(total + extra))
        for key, statements in printed.values.items()
        if key.endswith(".weight") and key.count(".") == 1 and (extra := number_in(statements[0].stated))
    ]
    for weight in dict.fromkeys(stated):
        if weight != total:
            shown = "＋".join(plain(p) for p in parts) if len(parts) <= 10 else "各指标分值相加"
            added = f"{shown}＝{plain(total)} 分" if len(parts) > 1 else f"下面加起来只有 {plain(total)} 分"
            text = f"{quoted(name)}的分值写的是 {plain(weight)} 分，{added}"
            cause = likely_cause(weight, Fraction(total), more=twice, unit="分") if name == WHOLE else ""
            yield Finding("WEIGHT_SUM", WRONG, (), explained(text, cause), plain(weight), plain(total), cause)


def _in_text(form: Form, printed: Printed) -> Iterator[Finding]:
    """Weights that the report's text states otherwise than the table."""
    nodes: dict[str, Group | Indicator] = {g.id: g for g in _groups(form)} | {
        p.indicator.id: p.indicator for p in form.indicators
    }
    for key, statements in printed.text_weights.items():
        for statement in statements:
            said = number_in(statement.stated)
            right = _stated(nodes[key], printed.weights) if key in nodes else FULL
            if said is not None and said != right:
                name = nodes[key].name if key in nodes else WHOLE
                text = f"{quoted(name)}的分值在{statement.where or '报告里'}写的是 {plain(said)} 分，表上是 {plain(right)} 分"
                yield Finding(statement.code or "TEXT_TABLE", WRONG, (), text, plain(said), plain(right))


def _double(form: Form, printed: Printed) -> Iterator[Finding]:
    """Weight or points printed on a row that carries none: the same amount once as the total, once as 其中."""
    rows = {k.partition(".")[0] for k in printed.values if k.count(".") == 1 and k.rpartition(".")[2] in ("points", "weight")}
    for row in sorted(rows & set(form.items)):
        shown = [
            f"{word} {s[0].stated}"
            for kind, word in (("weight", "分值"), ("points", "得分"))
            if (s := printed.values.get(f"{row}.{kind}")) and (number_in(s[0].stated) or 0) != 0
        ]
        if shown:
            text = f"{quoted(form.items[row].label)}这一行又写了{'、'.join(shown)}，分值和得分只写在总额一行，否则会重复计算"
            yield Finding("DOUBLE_COUNT", EXPLAIN, (row,), text, "、".join(shown), "")
