"""What a formula may be made of: a closed table of operators and functions, numbers as they are written, names."""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from scoring.formula.facts import FormulaError

MAX_DEPTH = 20
BINARY: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("＋", 1),
    ast.Sub: ("－", 1),
    ast.Mult: ("×", 2),
    ast.Div: ("÷", 2),
}
COMPARE: Mapping[type[ast.cmpop], tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    ast.Eq: ("＝", lambda a, b: a == b),
    ast.NotEq: ("≠", lambda a, b: a != b),
    ast.LtE: ("≤", lambda a, b: a <= b),
    ast.GtE: ("≥", lambda a, b: a >= b),
    ast.Lt: ("＜", lambda a, b: a < b),
    ast.Gt: ("＞", lambda a, b: a > b),
}
WRITTEN = re.compile(r"\d{1,18}(?:\.\d{1,18})?")
FUNCTIONS = ("sum", "count", "abs", "min", "max")


class AsWritten(ast.NodeTransformer):
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


def validate(node: ast.expr, names: dict[str, bool], depth: int) -> None:
    """Gathers the names, and whether each stands for a whole table. Raises FormulaError for anything not in the tables here."""
    if depth > MAX_DEPTH:
        raise FormulaError(f"公式嵌套太深（最多 {MAX_DEPTH} 层）")
    match node:
        case ast.Constant(value=bool() | str()):
            return
        case ast.Constant(value=Decimal()):
            return
        case ast.Name() | ast.Attribute(value=ast.Name()):
            names[dotted(node)] = False
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            validate(left, names, depth + 1)
            validate(right, names, depth + 1)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            validate(operand, names, depth + 1)
        case ast.BoolOp(values=values):
            for value in values:
                validate(value, names, depth + 1)
        case ast.Compare(left=left, ops=ops, comparators=rights) if all(type(o) in COMPARE for o in ops):
            for part in (left, *rights):
                validate(part, names, depth + 1)
        case ast.Call(func=ast.Name(id="sum" | "count"), args=[ast.Name() | ast.Attribute() as table], keywords=[]):
            names[dotted(table)] = True
        case ast.Call(func=ast.Name(id="abs" | "min" | "max"), args=args, keywords=[]) if args:
            for arg in args:
                validate(arg, names, depth + 1)
        case _:
            raise FormulaError(
                f"公式里不能用 {ast.unparse(node)!r}；只可用数据项、数字、+ - * /、比较、and/or/not、" + "、".join(FUNCTIONS)
            )


def dotted(node: ast.expr) -> str:
    """The name a node stands for: item or item.column."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    assert isinstance(node, ast.Name)
    return node.id
