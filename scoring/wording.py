"""How names, list numbers and points stand in Chinese text.

Names by GB/T 15834: quotation marks inside quotation marks are single ones.
"""

from fractions import Fraction

from scoring.numbers import plain

NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"  # 1 to 20, printed and read


def quoted(name: str) -> str:
    """“name”, with the quotation marks that it has itself turned into ‘ ’."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def outcome(points: Fraction, weight: Fraction) -> str:
    """How a `why` ends: → 满分 2 分, or → 1.5 分."""
    return f"→ 满分 {plain(weight, 2)} 分" if points == weight else f"→ {plain(points, 2)} 分"
