"""Points and targets of one filing that look too good: full marks, exact hits, over-fulfilment, more points on return."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.anomalies.case import Anomaly, Case, Kind, Reached, reached
from scoring.goals.completing import measured
from scoring.numbers import percent, plain
from scoring.rules.base import Standing
from scoring.wording import quoted

FEW = 3  # lines below which nobody wonders
FULL_FEW = 5  # … and indicators
OVER = 130  # % of the target
TOLD = 3  # lines that are named; of more only how many


def full_marks(case: Case) -> Iterator[Anomaly]:
    """Not a single point lost."""
    counted = [line for line in case.card.lines if line.standing is not Standing.NOT_APPLICABLE]
    if len(counted) >= FULL_FEW and case.card.complete and all(line.points == line.indicator.weight for line in counted):
        yield Anomaly(Kind.FULL, case.id, f"{len(counted)} 项指标全部满分，总分 {plain(case.card.total)} 分。")


def all_equal(case: Case) -> Iterator[Anomaly]:
    """Every number is exactly what was promised. All of 100% is what most promise, and is not counted."""
    lines = [r for r in reached(case) if not (r.target.unit == "%" and _bound(r) == 100)]
    if len(lines) >= FEW and all(r.actual.number == _bound(r) for r in lines):
        named = "、".join(f"{r.name} {r.target.text}" for r in lines[:TOLD] if r.name)
        items = tuple(dict.fromkeys(r.item for r in lines))
        yield Anomaly(Kind.EQUAL, case.id, f"{len(lines)} 个数字指标的实际完成值都正好等于指标值，如：{named}。", items)


def _bound(line: Reached) -> object:
    return line.target.low if line.target.low is not None else line.target.high


def far_over(case: Case) -> Iterator[Anomaly]:
    """Far more than was promised: the target may have been set too low."""
    found: list[tuple[Fraction, Reached]] = []
    for line in reached(case):
        assert line.actual.number is not None
        ratio = measured(line.target, line.actual.number).ratio
        if ratio is not None and ratio > OVER:
            found.append((ratio, line))
    if not found:
        return
    found.sort(key=lambda pair: -pair[0])
    named = "、".join(
        f"{quoted(line.name)}指标值 {line.target.text}、完成 {line.actual.text}（{percent(ratio)}）"
        for ratio, line in found[:TOLD]
    )
    more = f"，共 {len(found)} 项" if len(found) > TOLD else ""
    yield Anomaly(Kind.OVER, case.id, f"{named}{more}。", tuple(dict.fromkeys(line.item for _, line in found)))


def raised(case: Case) -> Iterator[Anomaly]:
    """Points that are others than before the filing was returned."""
    if case.before is None:
        return
    old = {line.indicator.id: line for line in case.before.lines}
    moved = []
    for line in case.card.lines:
        before = old.get(line.indicator.id)
        if before is not None and before.points is not None and line.points is not None and before.points != line.points:
            moved.append((abs(line.points - before.points), before.points, line))
    if not moved:
        return
    moved.sort(key=lambda entry: -entry[0])
    named = "、".join(
        f"{quoted(line.indicator.name)}{plain(before)}→{plain(line.points or 0)} 分" for _, before, line in moved[:TOLD]
    )
    more = f"等 {len(moved)} 项" if len(moved) > TOLD else ""
    total = (
        f"总分 {plain(case.before.total)}→{plain(case.card.total)} 分" if case.before.total != case.card.total else "总分没有变"
    )
    items = tuple(dict.fromkeys(i for _, _, line in moved for i in case.form.reads_with_points(line.indicator)))
    yield Anomaly(Kind.RAISED, case.id, f"退回以后{named}{more}，{total}。", tuple(i for i in items if i in case.form.items))
