"""Draws docs/pictures/chat.png: some turns of the real conversation as they look on a phone.

Run `python -m docs.draw_chat` after the chat's texts have changed. Not part of the program.
"""

import tempfile
from html import escape
from pathlib import Path

import resvg_py

from bot.office import open_office
from bot.terminal import CHANNEL, Desk, understand
from templates.pictures import FONT

WIDTH, PAD, LINE, SIZE = 640, 20, 34, 24
LETTERS = 21.5  # to a line
BAR = str.maketrans({"▓": "■", "░": "□"})  # signs that phones have and the drawing font has not
LINES = ["鹤城区社会保险服务中心", "对，开始", "机构设置略", "职责略", "编制数 三十七\\n在职人员数：３１", "24700"]
LATER = ["2.47万 2 1.17", "大概2.5"]


def conversation() -> list[tuple[bool, str]]:
    """(from the bot?, text) of the last turns."""
    turns: list[tuple[bool, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(f"sqlite:///{folder}/a.db", {CHANNEL: understand}, ("hecheng-2020/department",), open_door=True)
        desk = Desk(office, Path(folder), lambda text: turns.append((True, text)))
        for line in ("/start", *LINES[:4]):
            desk.says(line)
        turns.clear()
        for line in (LINES[4], "#1", "6", "#1", "#1", "#1", *LATER):
            turns.append((False, line.replace("\\n", "\n")))
            desk.says(line)
        office.engine.dispose()
    return turns[:2] + turns[-4:]


def wrapped(text: str) -> list[str]:
    lines = []
    for line in text.split("\n"):
        width, start = 0.0, 0
        for n, c in enumerate(line):
            width += 1 if ord(c) > 0x2E7F else 0.55
            if width > LETTERS:
                lines.append(line[start:n])
                start, width = n, 1
        lines.append(line[start:])
    return lines


def main() -> None:
    y, parts = PAD, []
    for from_bot, text in conversation():
        lines = [x for x in wrapped(text.translate(BAR)) if x.strip()]
        height = len(lines) * LINE + 24
        width = 560 if from_bot else max(len(x) for x in lines) * SIZE + 44
        x = PAD if from_bot else WIDTH - PAD - width
        parts.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="16" fill="{"#ffffff" if from_bot else "#d6f5c8"}"/>'
        )
        for n, line in enumerate(lines):
            shade = "#0b6e4f" if "〔#" in line else "#1f2933"
            parts.append(f'<text x="{x + 20}" y="{y + 40 + n * LINE}" font-size="{SIZE}" fill="{shade}">{escape(line)}</text>')
        y += height + 16
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" font-family="Noto Sans CJK SC">'
        f'<rect width="{WIDTH}" height="{y}" fill="#e8eef2"/>{"".join(parts)}</svg>'
    )
    picture = resvg_py.svg_to_bytes(
        svg_string=svg, font_files=[str(FONT)], skip_system_fonts=True, font_family="Noto Sans CJK SC"
    )
    (Path(__file__).parent / "pictures" / "chat.png").write_bytes(bytes(picture))


if __name__ == "__main__":
    main()
