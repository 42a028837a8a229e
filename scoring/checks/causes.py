"""How a wrong number may have come about. A cause is named only when it gives the printed number to its last digit.

The search is bounded (MOST tries) and always in the same order. Not here: whether a number is wrong.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from scoring.answersfiles.printed import places_of
from scoring.checks.arithmetic import Arithmetic, Cell, evaluate
from scoring.numbers import plain, round_half_up
from scoring.wording import quoted

MOST = 3000  # candidates tried for one number
SWAPPED = "像是填反了"  # how a cause ends that blames two cells, not the number
MONEY = ("元", "万元", "亿元")
ENOUGH = 3  # digits a number must have before a far-fetched cause is believed: 100 or 0.2 is hit by chance

Candidates = Iterable[tuple[str, Fraction | None]]


def likely_cause(
    stated: Decimal, exact: Fraction, how: Arithmetic | None = None, more: Candidates = (), unit: str = "万元"
) -> str:
    """The first cause that gives the stated number; empty when none does. `more`: causes only the caller knows.

    `unit`: of the number; only money can have been taken for 元 or 万元.
    """
    for text, gives in islice(_candidates(stated, exact, how, more, unit), MOST):
        if gives is not None and gives != exact and _reads(gives, stated):
            return text
    return ""


def truncated(stated: Decimal, exact: Fraction) -> bool:
    """Whether the number was cut off instead of rounded."""
    scale = 10 ** places_of(stated)
    return Fraction(int(exact * scale), scale) == stated and round_half_up(exact, places_of(stated)) != stated


def _reads(value: Fraction, stated: Decimal) -> bool:
    return round_half_up(value, places_of(stated)) == stated


def _candidates(
    stated: Decimal, exact: Fraction, how: Arithmetic | None, more: Candidates, unit: str
) -> Iterator[tuple[str, Fraction | None]]:
    right = plain(exact, places_of(stated))
    if not stated:
        return
    if truncated(stated, exact):
        yield f"像是直接截断，没有四舍五入；四舍五入是 {right}", Fraction(stated)
    if _transposed(stated, exact):
        yield f"{plain(stated)} 和 {right} 像是数字颠倒了", Fraction(stated)
    rate = how is not None and how.source.endswith("* 100")
    if len(_digits(stated)) > 1:
        if unit in MONEY and not rate:
            yield "像是把元当成了万元", exact * 10000
            yield "像是把万元当成了元", exact / 10000
        if rate:
            yield "像是忘了乘 100", exact / 100
    yield from more
    if len(_digits(stated)) < ENOUGH:
        return
    if how is not None:
        yield from _other_directions(how)
        yield from _other_figures(how)
        yield from _swaps(how)
        yield from _sums(how, exact)


def _digits(stated: Decimal) -> str:
    return "".join(str(d) for d in stated.as_tuple().digits).strip("0")


def _transposed(stated: Decimal, exact: Fraction) -> bool:
    """Two neighbouring digits exchanged: 6.62 for 6.26."""
    wrong, right = format(abs(stated), "f"), format(abs(round_half_up(exact, places_of(stated))), "f")
    if len(wrong) != len(right) or (stated < 0) != (exact < 0):
        return False
    differ = [n for n, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
    if len(differ) != 2 or "." in wrong[differ[0] + 1 : differ[1]].replace(".", "", 1):
        return False
    near = differ[1] - differ[0] == 1 or wrong[differ[0] + 1 : differ[1]] == "."
    return near and wrong[differ[0]] == right[differ[1]] and wrong[differ[1]] == right[differ[0]]


def _values(how: Arithmetic) -> dict[str, Fraction]:
    return {n: c.value for n, c in {**how.neighbours, **how.cells}.items()}


def _other_directions(how: Arithmetic) -> Iterator[tuple[str, Fraction | None]]:
    """A ratio the other way round, and its complement."""
    values = _values(how)
    exact = how.value()
    if "/" in how.source and exact:
        if how.source.rstrip().endswith("* 100"):
            yield "像是分子、分母颠倒了", Fraction(10000) / exact
            yield "像是用 100% 减去了这个数", 100 - exact
        else:
            yield "像是分子、分母颠倒了", 1 / exact
    if "-" in how.source and exact is not None:
        yield "像是正负号写反了", -exact
    swapped = how.source.replace("/ before", "/ now") if "before" in values else ""
    if swapped:
        yield "像是除以了本年数，没有除以上年数", evaluate(swapped, values)


def _other_figures(how: Arithmetic) -> Iterator[tuple[str, Fraction | None]]:
    """A figure of another column (last year's, another budget), for all figures at once or for one."""
    below = how.source.rpartition("/")[2] if "/" in how.source else ""
    columns = {c.column for c in how.neighbours.values() if c.column}
    for column in sorted(columns):
        other = {name: match for name in how.names if (match := _in_column(how, name, column)) is not None}
        if len(other) > 1:
            label = next(c.label for c in other.values())
            yield f"像是用了另一列的数，比如{quoted(label)}", how.value(**{n: c.value for n, c in other.items()})
    for name in how.names:
        cell = how.cells[name]
        for other_name, other_cell in how.neighbours.items():
            if other_name != name and other_cell.row == cell.row and other_cell.value != cell.value:
                text = _instead(other_cell, cell) if below else _exchanged(cell, other_cell)
                yield text, how.value(**{name: other_cell.value})
    for name in how.names:
        if name in below:
            for other_name, other_cell in how.neighbours.items():
                if other_name not in how.cells and other_cell.unit == how.cells[name].unit and other_cell.value:
                    yield (
                        f"像是分母用了{quoted(other_cell.label)} {plain(other_cell.value)}",
                        how.value(**{name: other_cell.value}),
                    )


def _instead(used: Cell, meant: Cell) -> str:
    return f"像是用了{quoted(used.label)}，没有用{quoted(meant.label)}"


def _exchanged(one: Cell, other: Cell) -> str:
    return f"{quoted(one.label)} {plain(one.value)} 和{quoted(other.label)} {plain(other.value)} {SWAPPED}"


def _in_column(how: Arithmetic, name: str, column: str) -> Cell | None:
    cell = how.cells[name]
    if cell.column == column:
        return None
    return next((c for c in how.neighbours.values() if c.row == cell.row and c.column == column), None)


def _swaps(how: Arithmetic) -> Iterator[tuple[str, Fraction | None]]:
    """Two cells of one line or one column exchanged."""
    for name in how.names:
        cell = how.cells[name]
        for other_name, other in how.neighbours.items():
            in_line = other.row == cell.row or (cell.column and other.column == cell.column)
            if other_name == name or not in_line or other.value == cell.value:
                continue
            yield _exchanged(cell, other), how.value(**{name: other.value, other_name: cell.value})


def _sums(how: Arithmetic, exact: Fraction) -> Iterator[tuple[str, Fraction | None]]:
    """A part that was added or taken off twice, or left out."""
    if "/" in how.source or "*" in how.source:
        return
    signs = {name: _sign(how, name, exact) for name in how.names}
    for name, sign in signs.items():
        cell = how.cells[name]
        if cell.value and sign:
            done, part = "加" if sign > 0 else "减", f"{quoted(cell.label)} {plain(cell.value)}"
            yield f"像是{part} {done}了两次", exact + sign * cell.value
            yield f"像是漏{done}了{part}", exact - sign * cell.value
    columns = {how.cells[n].column for n, sign in signs.items() if sign > 0 and how.cells[n].column}
    for name, cell in how.neighbours.items():
        if name not in how.cells and cell.column in columns and cell.value:
            yield f"像是把其中的{quoted(cell.label)} {plain(cell.value)} 又加了一次", exact + cell.value


def _sign(how: Arithmetic, name: str, exact: Fraction) -> int:
    """1 for a part that is added, -1 for one that is taken off, 0 for any other."""
    more = how.value(**{name: how.cells[name].value + 1})
    return int(more - exact) if more is not None and abs(more - exact) == 1 else 0
