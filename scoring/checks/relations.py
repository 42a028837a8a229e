"""Relations between printed figures that are no items: sums, rates, growth, shares, balances, counts.

Each number is a literal or a formula over items. A relation with a number that is still missing is said to be
uncheckable, never passed over in silence.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Relation, number_in, places_of
from scoring.checks.arithmetic import Arithmetic, Cell
from scoring.checks.causes import likely_cause
from scoring.checks.finding import EXPLAIN, WRONG, Finding
from scoring.checks.printed_figures import at_length, explained, graded
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined, parse
from scoring.numbers import plain, round_half_up
from scoring.wording import quoted

_LABELS = {"now": "本年数", "before": "上年数", "delta": "增减额", "percent": "增减率", "part": "分子", "whole": "分母"}
Numbers = Mapping[str, tuple[Fraction, ...]]


def relations(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """The printed relations that do not hold."""
    judge = {"sums": _sum, "rates": _rate, "growth": _growth, "shares": _shares, "balance": _balance}
    for relation in printed.relations:
        if relation.kind == "counts":
            yield from _count(relation)
            continue
        try:
            numbers = {role: tuple(_number(form, answers, t) for t in texts) for role, texts in relation.numbers.items()}
            named = {name: _number(form, answers, t) for name, t in relation.named.items()}
        except (Missing, Inapplicable, Undefined) as gap:
            text = f"{_name(relation)}缺少{gap}，无法复核"
            yield Finding("MISSING_INPUT", EXPLAIN, (), text)
            continue
        yield from judge[relation.kind](relation, numbers, named)


def _number(form: Form, answers: Answers, text: str) -> Fraction:
    number = number_in(text)
    return Fraction(number) if number is not None else parse(text).number(form.figures(answers))


def _name(relation: Relation) -> str:
    return f"{relation.where}{quoted(relation.what)}" if relation.what else relation.where or "这一处"


def _one(numbers: Numbers, role: str) -> Fraction | None:
    return numbers[role][0] if numbers.get(role) else None


def _compared(
    relation: Relation, code: str, role: str, exact: Fraction, how: str, arithmetic: Arithmetic, *, unit: str = ""
) -> Iterator[Finding]:
    """The stated number of a role against the computed one, at the digits it is printed with."""
    shown = relation.numbers[role][0]
    stated = number_in(shown)
    if stated is None or round_half_up(exact, places_of(stated)) == stated:
        return
    cause = likely_cause(stated, exact, arithmetic, unit=unit or "万元")
    right = at_length(exact, max(2, places_of(stated))) + unit
    usual, severity = graded(code, stated, exact, len(arithmetic.names))
    text = explained(f"{_name(relation)}写的是 {shown}，应为 {right if how == right else f'{how}＝{right}'}", cause)
    yield Finding(relation.code or usual, relation.severity or severity, (), text, shown, right, cause)


def _cells(numbers: Numbers, named: Mapping[str, Fraction], *roles: str) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """The roles as cells, and the further figures in line with each of them."""
    own = {r: Cell(numbers[r][0], _LABELS[r], "own") for r in roles if numbers.get(r)}
    others = {f"other{n}": Cell(v, label, "own") for n, (label, v) in enumerate(named.items())}
    return own, others


def _sum(relation: Relation, numbers: Numbers, named: Mapping[str, Fraction]) -> Iterator[Finding]:
    parts, total = numbers.get("parts", ()), _one(numbers, "total")
    if not parts or total is None:
        return
    exact = sum(parts, Fraction(0))
    if relation.partial and exact <= total:
        return
    cells = {f"part{n}": Cell(p, f"第 {n} 项", f"{n}") for n, p in enumerate(parts, 1)}
    shown = "＋".join(plain(p) for p in parts)
    if relation.partial:
        text = f"{_name(relation)}的其中项 {shown}＝{plain(exact)}，比总数 {plain(total)} 还多"
        yield Finding(relation.code or "SUM_PART", relation.severity or WRONG, (), text, plain(total), plain(exact))
        return
    if number_in(relation.numbers["total"][0]) is None:
        if exact != total:
            text = f"{_name(relation)}：{shown}＝{plain(exact)}，不等于 {plain(total)}"
            yield Finding(relation.code or "SUM", relation.severity or WRONG, (), text, plain(total), plain(exact))
        return
    _, others = _cells(numbers, named)
    yield from _compared(relation, "SUM", "total", exact, shown, Arithmetic(" + ".join(cells), cells, {**cells, **others}))


def _rate(relation: Relation, numbers: Numbers, named: Mapping[str, Fraction]) -> Iterator[Finding]:
    part, whole = _one(numbers, "part"), _one(numbers, "whole")
    if part is None or whole is None or "percent" not in numbers:
        return
    if whole == 0:
        yield _no_rate(relation, "RATIO", f"{plain(part)}÷0")
        return
    own, others = _cells(numbers, named, "part", "whole")
    arithmetic = Arithmetic("part / whole * 100", own, {**own, **others})
    yield from _compared(relation, "RATIO", "percent", part / whole * 100, f"{plain(part)}÷{plain(whole)}", arithmetic, unit="%")


def _no_rate(relation: Relation, code: str, how: str) -> Finding:
    shown = relation.numbers["percent"][0]
    text = f"{_name(relation)}写的是 {shown}，但 {how}，算不出比率"
    return Finding(relation.code or code, relation.severity or EXPLAIN, (), text, shown, "")


def _growth(relation: Relation, numbers: Numbers, named: Mapping[str, Fraction]) -> Iterator[Finding]:
    now, before, delta, percent = (_one(numbers, r) for r in ("now", "before", "delta", "percent"))
    prior = _one(numbers, "prior")
    if now is not None and before is not None and delta is not None and number_in(relation.numbers["delta"][0]) is not None:
        own, others = _cells(numbers, named, "now", "before")
        how = f"{plain(now)}－{plain(before)}"
        yield from _compared(relation, "DELTA", "delta", now - before, how, Arithmetic("now - before", own, {**own, **others}))
    if before is None and now is not None and delta is not None:
        before = now - delta
    if now is None and before is not None and delta is not None:
        now = before + delta
    if prior is not None and before is not None and prior != before:
        text = f"{_name(relation)}按写的增减额倒推，上年是 {plain(before)}，但上年数在别处是 {plain(prior)}"
        yield Finding(relation.code or "GROWTH", relation.severity or WRONG, (), text, plain(before), plain(prior))
    if percent is None:
        return
    if percent < -100:
        shown = relation.numbers["percent"][0]
        text = f"{_name(relation)}写的是减少 {shown.lstrip('-－')}，一个数最多只能减少 100%"
        yield Finding(relation.code or "IMPOSSIBLE", relation.severity or WRONG, (), text, shown, "")
    if now is None or before is None:
        return
    if before == 0:
        yield _no_rate(relation, "GROWTH", "上年是 0")
        return
    cells = {"now": Cell(now, _LABELS["now"], "own"), "before": Cell(before, _LABELS["before"], "own")}
    _, others = _cells(numbers, named)
    arithmetic = Arithmetic("(now - before) / before * 100", cells, {**cells, **others})
    how = f"（{plain(now)}－{plain(before)}）÷{plain(before)}"
    yield from _compared(relation, "GROWTH", "percent", (now - before) / before * 100, how, arithmetic, unit="%")


def _shares(relation: Relation, numbers: Numbers, named: Mapping[str, Fraction]) -> Iterator[Finding]:
    of, parts, total = numbers.get("of", ()), relation.numbers.get("parts", ()), _one(numbers, "total")
    whole = sum(of, Fraction(0))
    rounded = True
    if of and whole == 0:
        yield _no_share(relation)
    elif of:
        for n, (share, amount) in enumerate(zip(parts, of, strict=False), 1):
            one = Relation("rates", f"{relation.what}第 {n} 项", {"percent": (share,)}, relation.where, "", relation.severity)
            cells = {"part": Cell(amount, _LABELS["part"]), "whole": Cell(whole, _LABELS["whole"])}
            wrong = list(
                _compared(
                    one, "RATIO", "percent", amount / whole * 100, f"{plain(amount)}÷{plain(whole)}",
                    Arithmetic("part / whole * 100", cells), unit="%",
                )
            )  # fmt: skip
            rounded = rounded and not wrong
            yield from wrong
    if len(of) != len(parts) and of:
        text = f"{_name(relation)}有 {len(of)} 个数，却有 {len(parts)} 个占比"
        yield Finding("MISSING_INPUT", EXPLAIN, (), text)
    shares = [number_in(p) for p in parts]
    exact = sum((s for s in shares if s is not None), start=number_in("0") or 0)
    allowed = len(parts) * Fraction(1, 2 * 10 ** max((places_of(s) for s in shares if s is not None), default=0))
    stated = total if total is not None else Fraction(100)
    if parts and exact != stated and not (of and rounded and abs(Fraction(exact) - stated) <= allowed):
        shown = "＋".join(parts)
        text = f"{_name(relation)}的占比相加是 {plain(exact)}%（{shown}），不是 {plain(stated)}%"
        yield Finding(relation.code or "PERCENT_SUM", relation.severity or EXPLAIN, (), text, plain(stated), plain(exact))


def _no_share(relation: Relation) -> Finding:
    return Finding(relation.code or "RATIO", EXPLAIN, (), f"{_name(relation)}合计是 0，算不出占比")


def _balance(relation: Relation, numbers: Numbers, named: Mapping[str, Fraction]) -> Iterator[Finding]:
    left, right = _one(numbers, "left"), _one(numbers, "right")
    if left is not None and right is not None and left != right:
        text = f"{_name(relation)}两边不相等：{plain(left)} 和 {plain(right)}，相差 {plain(abs(left - right))}"
        yield Finding(relation.code or "BALANCE", relation.severity or WRONG, (), text, plain(left), plain(right))
    flow = [_one(numbers, r) for r in ("opening", "income", "expenditure", "closing")]
    if any(f is not None for f in flow):
        opening, income, expenditure, closing = (f or Fraction(0) for f in flow)
        if (exact := opening + income - expenditure) != closing:
            how = f"年初 {plain(opening)}＋收入 {plain(income)}－支出 {plain(expenditure)}＝{plain(exact)}"
            text = f"{_name(relation)}：{how}，年末写的是 {plain(closing)}"
            yield Finding(relation.code or "BALANCE", relation.severity or WRONG, (), text, plain(closing), plain(exact))


def _count(relation: Relation) -> Iterator[Finding]:
    """“N 个……” against what is listed: names, or a number."""
    stated = number_in((relation.numbers.get("stated") or ("",))[0])
    listed = relation.numbers.get("listed", ())
    if stated is None:
        return
    number = number_in(listed[0]) if len(listed) == 1 else None
    counted = number if number is not None else len(listed)
    if stated != counted:
        shown = f"列出的有 {plain(counted)} 个" + (f"：{'、'.join(listed)}" if number is None and listed else "")
        text = f"{_name(relation)}写的是 {plain(stated)} 个，{shown}"
        yield Finding(relation.code or "COUNT_OF", relation.severity or WRONG, (), text, plain(stated), plain(counted))
