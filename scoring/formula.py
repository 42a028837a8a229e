"""Plain arithmetic over items, safely evaluated.

A formula is what a clerk would write: `staff_actual / staff_quota * 100`, `sum(projects.budget)`,
`public.final <= public.budget`, `has_fund and fund_total > 0`. It is parsed once with a closed table of
operators (anything else is refused with the reason), and evaluated exactly, in rationals.
Not here: what a missing figure means for points (rules/), or for a check (checks.py).
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from scoring.numbers import plain

Scalar = Fraction | str | bool

MAX_LENGTH = 400  # the longest real rule needs 90 characters; more is a mistake or an attack
MAX_DEPTH = 20


class FormulaError(ValueError):
    """The formula cannot be parsed; the message says where and what is allowed."""


class Missing(Exception):
    """Figures that have not been answered yet."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("、".join(names))
        self.names = names


class Inapplicable(Exception):
    """A figure was answered 不适用."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Undefined(Exception):
    """The arithmetic has no result (division by zero); the message is for people."""


class Facts(Protocol):
    """Where a formula finds its figures."""

    def scalar(self, name: str) -> Scalar:
        """The figure called `item` or `item.column`. Raises Missing or Inapplicable."""

    def column(self, name: str) -> tuple[Fraction, ...]:
        """All figures of a column of a repeating table, blanks left out. Raises Missing."""

    def count(self, name: str) -> int:
        """How many rows a repeating table has. Raises Missing."""


_BINARY: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("＋", 1),
    ast.Sub: ("－", 1),
    ast.Mult: ("×", 2),
    ast.Div: ("÷", 2),
}
_COMPARE: Mapping[type[ast.cmpop], tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    ast.Eq: ("＝", lambda a, b: a == b),
    ast.NotEq: ("≠", lambda a, b: a != b),
    ast.LtE: ("≤", lambda a, b: a <= b),
    ast.GtE: ("≥", lambda a, b: a >= b),
    ast.Lt: ("＜", lambda a, b: a < b),
    ast.Gt: ("＞", lambda a, b: a > b),
}
WRITTEN = re.compile(r"\d{1,18}(?:\.\d{1,18})?")
FUNCTIONS = ("sum", "count", "abs", "min", "max")


@dataclass(frozen=True, slots=True)
class Formula:
    """One parsed formula. `names` are the items (or item.column) it reads, in order of appearance."""

    source: str
    names: tuple[str, ...]
    tables: frozenset[str]  # those of `names` that stand for a whole column or table: sum(…), count(…)
    _tree: ast.expr

    def value(self, facts: Facts) -> Scalar:
        """The exact result. Raises Inapplicable before Missing (which names all that is missing), or Undefined."""
        missing = tuple(dict.fromkeys(m for n in self.names for m in self._missing(n, facts)))
        if missing:
            raise Missing(missing)
        return _evaluate(self._tree, facts)

    def _missing(self, name: str, facts: Facts) -> tuple[str, ...]:
        """What keeps this figure from being known: itself, or what stands behind it (a condition, a computed figure)."""
        try:
            if name in self.tables:
                facts.column(name) if "." in name else facts.count(name)
            else:
                facts.scalar(name)
        except Missing as missing:
            itself = name.partition(".")[0] in {m.partition(".")[0] for m in missing.names}
            return (name,) if itself else missing.names
        return ()

    def number(self, facts: Facts) -> Fraction:
        """As `value`, for a formula that must give a number."""
        result = self.value(facts)
        return Fraction(result) if not isinstance(result, str) else _refuse_text(self.source)

    def holds(self, facts: Facts) -> bool:
        """As `value`, for a condition."""
        return bool(self.value(facts))

    def sides(self, facts: Facts) -> tuple[Scalar, Scalar] | None:
        """Left and right value of a comparison; None when the formula is not one comparison."""
        if isinstance(self._tree, ast.Compare) and len(self._tree.ops) == 1:
            self.value(facts)
            return _evaluate(self._tree.left, facts), _evaluate(self._tree.comparators[0], facts)
        return None

    def with_numbers(self, facts: Facts) -> str:
        """The formula with the figures put in, as people write it: 31÷37."""
        return _show(self._tree, facts, 0)

    def side_with_numbers(self, facts: Facts, right: bool) -> str:
        """One side of a comparison with the figures put in."""
        tree = self._tree
        if isinstance(tree, ast.Compare):
            tree = tree.comparators[0] if right else tree.left
        return _show(tree, facts, 0)


@lru_cache(maxsize=4096)
def parse(source: str) -> Formula:
    """The formula, or FormulaError."""
    if len(source) > MAX_LENGTH:
        raise FormulaError(f"公式太长（{len(source)} 字符，最多 {MAX_LENGTH}）")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        raise FormulaError(f"公式写法不对：{source!r}") from e
    names: dict[str, bool] = {}
    try:
        tree = _Exact(source.strip()).visit(tree)
        _validate(tree, names, 0)
    except RecursionError as e:
        raise FormulaError("公式嵌套太深") from e
    return Formula(source.strip(), tuple(names), frozenset(n for n, table in names.items() if table), tree)


class _Exact(ast.NodeTransformer):
    """Numbers as they are written: Python has read 0.1 as a float, which is not 0.1."""

    def __init__(self, source: str) -> None:
        self.source = source

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, bool | str):
            return node
        written = ast.get_source_segment(self.source, node) or ""
        if not WRITTEN.fullmatch(written):
            raise FormulaError(f"数字要写成 12 或 0.5 这样：{written[:20]!r}")
        return ast.copy_location(ast.Constant(Decimal(written)), node)  # type: ignore[arg-type]


def _validate(node: ast.expr, names: dict[str, bool], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise FormulaError(f"公式嵌套太深（最多 {MAX_DEPTH} 层）")
    match node:
        case ast.Constant(value=bool() | str()):
            return
        case ast.Constant(value=Decimal()):
            return
        case ast.Name() | ast.Attribute(value=ast.Name()):
            names[_dotted(node)] = False
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            _validate(left, names, depth + 1)
            _validate(right, names, depth + 1)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            _validate(operand, names, depth + 1)
        case ast.BoolOp(values=values):
            for value in values:
                _validate(value, names, depth + 1)
        case ast.Compare(left=left, ops=ops, comparators=rights) if all(type(o) in _COMPARE for o in ops):
            for part in (left, *rights):
                _validate(part, names, depth + 1)
        case ast.Call(func=ast.Name(id="sum" | "count"), args=[ast.Name() | ast.Attribute() as table], keywords=[]):
            names[_dotted(table)] = True
        case ast.Call(func=ast.Name(id="abs" | "min" | "max"), args=args, keywords=[]) if args:
            for arg in args:
                _validate(arg, names, depth + 1)
        case _:
            raise FormulaError(
                f"公式里不能用 {ast.unparse(node)!r}；只可用数据项、数字、+ - * /、比较、and/or/not、" + "、".join(FUNCTIONS)
            )


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    assert isinstance(node, ast.Name)
    return node.id


def _evaluate(node: ast.expr, facts: Facts) -> Scalar:
    match node:
        case ast.Constant(value=bool() as flag):
            return flag
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=number):
            return Fraction(number)  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            return facts.scalar(_dotted(node))
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _number(left, facts), _number(right, facts), node, facts)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, facts)
        case ast.UnaryOp(operand=operand):
            return not _evaluate(operand, facts)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_evaluate(v, facts) for v in values)
        case ast.BoolOp(values=values):
            return any(_evaluate(v, facts) for v in values)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            chain = [_evaluate(part, facts) for part in (left, *rights)]
            return all(_compare(o, a, b) for o, a, b in zip(ops, chain, chain[1:], strict=False))
        case ast.Call(func=ast.Name(id=function), args=args):
            return _call(function, args, facts)
    raise FormulaError(ast.unparse(node))


def _arithmetic(op: ast.operator, a: Fraction, b: Fraction, node: ast.expr, facts: Facts) -> Fraction:
    match op:
        case ast.Add():
            return a + b
        case ast.Sub():
            return a - b
        case ast.Mult():
            return a * b
    if b == 0:
        raise Undefined(f"{_show(node, facts, 0)} 的分母是 0，算不出比率")
    return a / b


def _compare(op: ast.cmpop, a: Scalar, b: Scalar) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        if not isinstance(op, ast.Eq | ast.NotEq):
            raise Undefined("文字只能比相等或不相等")
        return (a == b) == isinstance(op, ast.Eq)
    return _COMPARE[type(op)][1](Fraction(a), Fraction(b))


def _number(node: ast.expr, facts: Facts) -> Fraction:
    value = _evaluate(node, facts)
    return Fraction(value) if not isinstance(value, str) else _refuse_text(ast.unparse(node))


def _refuse_text(source: str) -> Fraction:
    raise Undefined(f"{source} 不是数字")


def _call(function: str, args: list[ast.expr], facts: Facts) -> Fraction:
    match function:
        case "sum":
            return sum(facts.column(_dotted(args[0])), Fraction(0))
        case "count":
            return Fraction(facts.count(_dotted(args[0])))
        case "abs":
            return abs(_number(args[0], facts))
        case "min":
            return min(_number(a, facts) for a in args)
        case _:
            return max(_number(a, facts) for a in args)


def _show(node: ast.expr, facts: Facts, outer: int) -> str:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            sign, level = _BINARY[type(op)]
            right_level = level + (1 if isinstance(op, ast.Sub | ast.Div) else 0)
            text = f"{_show(left, facts, level)}{sign}{_show(right, facts, right_level)}"
            return f"（{text}）" if level < outer else text
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"－{_show(operand, facts, 3)}"
        case ast.Compare(left=left, ops=ops, comparators=rights):
            text = _show(left, facts, 0)
            for relation, right in zip(ops, rights, strict=True):
                text += f" {_COMPARE[type(relation)][0]} {_show(right, facts, 0)}"
            return text
        case ast.Call(func=ast.Name(id="sum"), args=[column]):
            parts = facts.column(_dotted(column))
            text = "＋".join(plain(p) for p in parts) or "0"
            return f"（{text}）" if outer > 1 and len(parts) > 1 else text
        case ast.Call(func=ast.Name(id="abs"), args=[inner]):
            return f"|{_show(inner, facts, 0)}|"
    value = _evaluate(node, facts)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else plain(value)
