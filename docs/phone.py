"""Draws turns of a conversation as they look on a phone: bubbles, and below a message its rows of buttons.

For the pictures of the README. Not part of the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from unicodedata import east_asian_width

import resvg_py

from templates.pictures import FONT

WIDTH, PAD, LINE, SIZE = 640, 20, 34, 24
BUBBLE = 590  # of the bot
LETTERS = 22.2  # to a line
TOGETHER = "0123456789.,%"
CLOSING = "，。；：！？、）”》】"
BAR = str.maketrans({"▓": "■", "░": "□", "✓": "√", "⚠": "！", "›": "·"})  # signs that phones have and the drawing font has not
GREEN, WHITE, INK, BLUE = "#d6f5c8", "#ffffff", "#1f2933", "#2f6f9f"


@dataclass(frozen=True)
class Turn:
    """What one side said."""

    text: str
    rows: Sequence[Sequence[str]] = ()
    own: bool = False  # said by the person


def wrapped(text: str) -> list[str]:
    """The lines of a bubble; no line begins with a closing mark."""
    lines = []
    for line in text.split("\n"):
        width, start = 0.0, 0
        for n, c in enumerate(line):
            width += wide(c)
            if width > LETTERS and c not in CLOSING:
                cut = n
                while cut - 1 > start and line[cut - 1] in TOGETHER and line[cut] in TOGETHER:
                    cut -= 1  # a number is not torn apart
                lines.append(line[start:cut])
                start, width = cut, sum(wide(x) for x in line[cut : n + 1])
        lines.append(line[start:])
    return lines


def wide(c: str) -> float:
    """How much of a line a character takes."""
    return 1 if east_asian_width(c) in "WFA" else 0.55


def draw(turns: Sequence[Turn], path: Path) -> None:
    """Write the picture."""
    y, parts = PAD, []
    for turn in turns:
        drawn, height = _turn(turn, y)
        parts += drawn
        y += height + 16
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" font-family="Noto Sans CJK SC">'
        f'<rect width="{WIDTH}" height="{y}" fill="#e8eef2"/>{"".join(parts)}</svg>'
    )
    picture = resvg_py.svg_to_bytes(
        svg_string=svg, font_files=[str(FONT)], skip_system_fonts=True, font_family="Noto Sans CJK SC"
    )
    path.write_bytes(bytes(picture))


def _turn(turn: Turn, top: int) -> tuple[list[str], int]:
    lines = wrapped(turn.text.translate(BAR).strip())
    steps = [LINE if line.strip() else LINE // 2 for line in lines]
    height = sum(steps) + 24
    width = max(sum(wide(c) for c in line) for line in lines) * SIZE + 44 if turn.own else BUBBLE
    left = WIDTH - PAD - width if turn.own else PAD
    fill = GREEN if turn.own else WHITE
    parts = [f'<rect x="{left:.0f}" y="{top}" width="{width:.0f}" height="{height}" rx="16" fill="{fill}"/>']
    y = top + 6
    for line, step in zip(lines, steps, strict=True):
        y += step
        if line.strip():
            parts.append(f'<text x="{left + 20:.0f}" y="{y}" font-size="{SIZE}" fill="{INK}">{escape(line)}</text>')
    for row in turn.rows:
        top_of_row = top + height + 6
        each = (BUBBLE - 8 * (len(row) - 1)) / len(row)
        for n, label in enumerate(row):
            x = PAD + n * (each + 8)
            shown = label.translate(BAR)
            parts.append(f'<rect x="{x:.0f}" y="{top_of_row}" width="{each:.0f}" height="46" rx="10" fill="#cfdde6"/>')
            parts.append(
                f'<text x="{x + each / 2:.0f}" y="{top_of_row + 31}" font-size="21" text-anchor="middle" fill="{BLUE}">'
                f"{escape(shown)}</text>"
            )
        height += 52
    return parts, height
