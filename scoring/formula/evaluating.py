"""The exact value of a formula, in rationals; and the formula with its figures put in, as people write it: 31÷37."""

import ast
from fractions import Fraction

from scoring.formula.facts import Facts, FormulaError, Scalar, Undefined
from scoring.formula.syntax import BINARY, COMPARE, dotted
from scoring.numbers import plain


def evaluate(node: ast.expr, facts: Facts) -> Scalar:
    """The value of one node. Raises Missing, Inapplicable or Undefined."""
    match node:
        case ast.Constant(value=bool() as flag):
            return flag
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=number):
            return Fraction(number)  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            return facts.scalar(dotted(node))
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _number(left, facts), _number(right, facts), node, facts)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, facts)
        case ast.UnaryOp(operand=operand):
            return not evaluate(operand, facts)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(evaluate(v, facts) for v in values)
        case ast.BoolOp(values=values):
            return any(evaluate(v, facts) for v in values)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            chain = [evaluate(part, facts) for part in (left, *rights)]
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
        raise Undefined(f"{show(node, facts, 0)} 的分母是 0，算不出比率")
    return a / b


def _compare(op: ast.cmpop, a: Scalar, b: Scalar) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        if not isinstance(op, ast.Eq | ast.NotEq):
            raise Undefined("文字只能比相等或不相等")
        return (a == b) == isinstance(op, ast.Eq)
    return COMPARE[type(op)][1](Fraction(a), Fraction(b))


def _number(node: ast.expr, facts: Facts) -> Fraction:
    value = evaluate(node, facts)
    return Fraction(value) if not isinstance(value, str) else refuse_text(ast.unparse(node))


def refuse_text(source: str) -> Fraction:
    """Raises Undefined: words where a number is wanted."""
    raise Undefined(f"{source} 不是数字")


def _call(function: str, args: list[ast.expr], facts: Facts) -> Fraction:
    match function:
        case "sum":
            return sum(facts.column(dotted(args[0])), Fraction(0))
        case "count":
            return Fraction(facts.count(dotted(args[0])))
        case "abs":
            return abs(_number(args[0], facts))
        case "min":
            return min(_number(a, facts) for a in args)
        case _:
            return max(_number(a, facts) for a in args)


def show(node: ast.expr, facts: Facts, outer: int) -> str:
    """One node, in brackets where it binds less than what stands around it (`outer`)."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            sign, level = BINARY[type(op)]
            right_level = level + (1 if isinstance(op, ast.Sub | ast.Div) else 0)
            text = f"{show(left, facts, level)}{sign}{show(right, facts, right_level)}"
            return f"（{text}）" if level < outer else text
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"－{show(operand, facts, 3)}"
        case ast.Compare(left=left, ops=ops, comparators=rights):
            text = show(left, facts, 0)
            for relation, right in zip(ops, rights, strict=True):
                text += f" {COMPARE[type(relation)][0]} {show(right, facts, 0)}"
            return text
        case ast.Call(func=ast.Name(id="sum"), args=[column]):
            parts = facts.column(dotted(column))
            text = "＋".join(plain(p) for p in parts) or "0"
            return f"（{text}）" if outer > 1 and len(parts) > 1 else text
        case ast.Call(func=ast.Name(id="abs"), args=[inner]):
            return f"|{show(inner, facts, 0)}|"
    value = evaluate(node, facts)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else plain(value)
