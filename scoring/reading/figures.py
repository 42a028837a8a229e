"""Money, counts and percentages: from a typed number to the item's own unit, or a question back."""

from decimal import Decimal

from scoring.columns import Column
from scoring.items import Count, Instances, Money, Number, Percent, Quantity
from scoring.numbers import plain
from scoring.reading.result import Ambiguous, NotUnderstood, Reading, Understood
from scoring.typednumbers import Typed, is_none, typed_number
from scoring.values import Value
from scoring.wording import quoted

WAN = Decimal(10000)
LARGE = Decimal(10000)  # a bare number this large in a 万元 field may have been meant in 元
FACTOR = Decimal(20)  # as near as this to last year's figure, a reading is believed


def read_figure(item: Number, text: str, last: Value | None = None) -> Reading:
    """A numeric answer. 没有 is 0 where 0 is possible, except for a percentage, where it says nothing."""
    if is_none(text) and not isinstance(item, Percent):
        return _within(item, Understood(Decimal(0)))
    typed = typed_number(text)
    if typed is None:
        return NotUnderstood(f"没看懂“{_short(text)}”。{_expected(item)}")
    match item:
        case Money():
            reading = _money(item.unit, typed, last, large=item.large)
        case Percent():
            reading = _percent(typed)
        case Quantity():
            reading = _quantity(item.label, item.unit, typed)
        case _:
            reading = _count(item.unit, typed)
    return _within(item, reading) if isinstance(reading, Understood) else reading


def read_cell(column: Column, text: str) -> Reading:
    """A numeric cell of a table; 无 and a dash stand for 0."""
    if is_none(text):
        return Understood(Decimal(0))
    typed = typed_number(text)
    if typed is None:
        none = "" if column.type in ("weight", "points") else "，没有就填“无”"
        return NotUnderstood(f"{quoted(column.label)}这一格没看懂“{_short(text)}”，要填数字{none}。")
    match column.type:
        case "money":
            reading = _money(column.unit or "万元", typed, None, large=column.large)
        case "percent":
            reading = _percent(typed)
        case "count":
            reading = _count(column.unit or "个", typed)
        case _:
            reading = _quantity(column.label, column.unit or "分", typed)
    if isinstance(reading, Understood) and isinstance(reading.value, Decimal) and reading.value < 0:
        return NotUnderstood(f"{quoted(column.label)}不能是负数。")
    return reading


def _expected(item: Number) -> str:
    usual = "2.47 万元 或 24700 元" if isinstance(item, Money) else "98.5%" if isinstance(item, Percent) else f"31{item.unit}"
    return f"这一题要填数字，例如：{item.good or usual}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:20] + "…"


def _money(unit: str, typed: Typed, last: Value | None, *, large: bool) -> Reading:
    if typed.unit not in ("", "元"):
        return NotUnderstood(f"这里要填金额（{unit}），“{plain(typed.bare)}{typed.unit}”的单位不对。")
    in_yuan = typed.unit == "元" or typed.scaled
    if unit == "元":
        return Understood(typed.number, typed.about)
    if in_yuan:
        return Understood(_exact(typed.number / WAN), typed.about)
    if large or abs(typed.number) < LARGE or _near(typed.number, last, typed.number / WAN):
        return Understood(typed.number, typed.about)
    as_yuan = _exact(typed.number / WAN)
    shown = plain(typed.number)
    return Ambiguous(
        f"“{shown}”是元还是万元？",
        ((f"{shown} 元（{plain(as_yuan)} 万元）", as_yuan), (f"{shown} 万元", typed.number)),
        typed.about,
    )


def _near(as_typed: Decimal, last: Value | None, as_yuan: Decimal) -> bool:
    """Whether last year's figure supports the number as typed and not the other reading."""
    if not isinstance(last, Decimal) or last <= 0 or as_typed <= 0:
        return False

    def close(x: Decimal) -> bool:
        return last / FACTOR <= x <= last * FACTOR

    return close(as_typed) and not close(as_yuan)


def _percent(typed: Typed) -> Reading:
    if typed.unit not in ("", "%") or typed.scaled:
        return NotUnderstood(f"这里要填百分比，例如 98.5%；“{plain(typed.bare)}{typed.unit}”不像百分比。")
    if typed.unit == "" and 0 < typed.number <= 1:
        times = _exact(typed.number * 100)
        return Ambiguous(
            f"“{plain(typed.number)}”是 {plain(times)}% 还是 {plain(typed.number)}%？",
            ((f"{plain(times)}%", times), (f"{plain(typed.number)}%", typed.number)),
            typed.about,
        )
    return Understood(typed.number, typed.about)


def _count(unit: str, typed: Typed) -> Reading:
    if typed.unit not in ("", unit) and not (unit in ("人", "个", "项") and typed.unit in ("名", "位", "个")):
        return NotUnderstood(f"这里要填数量（{unit}），“{plain(typed.bare)}{typed.unit}”的单位不对。")
    if typed.number != typed.number.to_integral_value():
        as_wan = _exact(typed.number * WAN)
        if unit == "人" and typed.unit == "" and as_wan == as_wan.to_integral_value():
            whole = typed.number.to_integral_value()
            return Ambiguous(
                f"人数要是整数。“{plain(typed.number)}”是 {plain(typed.number)} 万人吗？",
                ((f"{plain(typed.number)} 万人（{plain(as_wan)} 人）", as_wan), (f"{plain(whole)} 人", whole)),
                typed.about,
            )
        return NotUnderstood(f"数量要是整数，“{plain(typed.number)}”不是。")
    return Understood(typed.number, typed.about)


def _quantity(label: str, unit: str, typed: Typed) -> Reading:
    """A decimal in its own unit; a unit in 万 takes 2.47, 2.47万 and 24700人 alike."""
    large = unit.startswith("万")
    bare = unit.removeprefix("万") if large else unit
    if typed.unit not in ("", bare) and not (typed.unit == "元" and bare == ""):
        return NotUnderstood(f"{quoted(label)}要填 {unit} 数，“{plain(typed.bare)}{typed.unit}”的单位不对。")
    in_ones = typed.scaled or (large and typed.unit == bare and bare != "")
    return Understood(_exact(typed.number / WAN) if large and in_ones else typed.number, typed.about)


def _within(item: Number, reading: Understood) -> Reading:
    value = reading.value
    assert isinstance(value, Decimal)
    unit = "" if item.unit == "%" else f" {item.unit}"
    mark = "%" if item.unit == "%" else ""
    if item.min is not None and value < item.min:
        least = "不能是负数" if item.min == 0 else f"不能小于 {plain(item.min)}{mark}{unit}"
        return NotUnderstood(f"{quoted(item.label)}{least}，收到的是 {plain(value)}{mark}{unit}。")
    if item.max is not None and value > item.max:
        return NotUnderstood(
            f"{quoted(item.label)}不会超过 {plain(item.max)}{mark}{unit}，收到的是 {plain(value)}{mark}{unit}，请再核对一下。"
        )
    if isinstance(item, Count | Instances) and value != value.to_integral_value():
        return NotUnderstood(f"{quoted(item.label)}要是整数。")
    return reading


def _exact(number: Decimal) -> Decimal:
    return Decimal(plain(number))
