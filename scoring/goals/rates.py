"""What the name of an indicator says about its values: a share of a whole, a decrease, a number of things, money.

Not here: what targets and actual values are (targets.py).
"""

import re
from decimal import Decimal

from scoring.goals.targets import Shape, Target
from scoring.goals.units import base

RATE = re.compile(r"(?:[^频效费税利汇]率|合规律|比例|比重|占比|满意度|覆盖面|知晓度)$")
BEYOND = re.compile(
    "增长|增速|增幅|提高|提升|变动|变化|控制|完成率|执行率|收益|回报|周转|负债|同比|环比|超额|倍|下降|降低|减少|压减|压缩|节约"
)
DECREASE = re.compile("下降|降低|减少|压减|压缩|节约")
NUMBER_OF = re.compile(r"(?:数量|人数|个数|次数|户数|件数|场次|份数|天数|批次|人次|规模)$")
MONEY = re.compile(r"(?:成本|经费|金额|资金|支出|费用|投资)$")
COUNTED = ("人", "人次", "个", "项", "次", "份", "批", "批次", "户", "家", "件", "场", "期", "套", "台", "亩", "天", "元")


def bounded(name: str, unit: str) -> bool:
    """Whether the indicator is a share of a whole, which cannot exceed 100%."""
    return unit == "%" and RATE.search(name) is not None and BEYOND.search(name) is None


def impossible_target(name: str, target: Target) -> str:
    """Why no actual value can (or none can fail to) be what the target says; empty when it is sound."""
    if not target.numeric:
        return ""
    low, high, unit = target.low, target.high, target.unit
    if bounded(name, unit):
        if low is not None and (low > 100 or (low == 100 and target.comparator == "＞")):
            return f"{target.text} 做不到：这个比率最高是 100%"
        if low == 100 and target.comparator == "≥":
            return f"{target.text} 就是 =100%：这个比率最高是 100%，指标值请写成 =100%"
    if unit == "%" and DECREASE.search(name) and low is not None and low > 100:
        return f"{target.text} 做不到：减少最多是 100%"
    if base(unit)[1] in COUNTED and high is not None and (high < 0 or (high == 0 and target.comparator == "＜")):
        return f"{target.text} 做不到：不会少于 0{unit}"
    return ""


def can_never_be(target: Target) -> bool:
    """Whether the target itself is out of reach, rather than written in a roundabout way."""
    return not (target.shape is Shape.COMPARE and target.comparator == "≥" and target.low == 100)


def impossible_actual(name: str, target: Target, number: Decimal) -> str:
    """Why the actual value cannot be; empty when it can."""
    shown = f"{number:f}{target.unit}"
    if bounded(name, target.unit) and number > 100:
        return f"{shown} 不可能：这个比率最高是 100%"
    if target.unit == "%" and DECREASE.search(name) and number > 100:
        return f"{shown} 不可能：减少最多是 100%"
    if number < 0 and base(target.unit)[1] in COUNTED:
        return f"{shown} 不可能：不会少于 0{target.unit}"
    return ""


def mismatch(name: str, target: Target) -> str:
    """How name and target are of different kinds: 100% for a number of things, 36个 for a rate; empty when they fit."""
    if target.unit == "%" and target.numeric:
        if NUMBER_OF.search(name):
            return f"是数量，指标值 {target.text} 却是百分比"
        if MONEY.search(name):
            return f"是金额，指标值 {target.text} 却是百分比"
    elif RATE.search(name) and (target.shape is Shape.COMPARE_TEXT or (target.numeric and base(target.unit)[1] in COUNTED)):
        return f"是比率，指标值 {target.text} 却不是百分比"
    return ""


def lacks_unit(name: str, target: Target) -> bool:
    """Whether it is an amount of money without 元 or 万元, so that nobody can say which."""
    return target.numeric and not target.unit and MONEY.search(name) is not None
