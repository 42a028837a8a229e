"""Who is how far, as a picture for the phone: a bar for the county, for each form and each group, by stage.

SVG by Jinja2, PNG by resvg with the font that is shipped here, as the score picture is made.
"""

from functools import lru_cache

import resvg_py
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from templates.county.standings import Bar, Standings
from templates.pictures import FOLDER, FONT, known

WIDTH, LEFT, TRACK, ROW = 900, 300, 470, 46
COLOURS = ("#e4e7eb", "#f4c95d", "#e9a23b", "#d9534f", "#5aa9c7", "#2a9d6f")
MOST = 24  # bars in one picture
NAME = 12  # characters of a bar's name


def progress_picture(table: Standings) -> bytes:
    """A PNG, 900 pixels wide. The same table gives the same bytes."""
    bars = [_bar(bar, 170 + n * ROW) for n, bar in enumerate(table.bars[:MOST])]
    legend = [
        {"x": 40 + 140 * n, "name": known(name), "colour": colour}
        for n, (name, colour) in enumerate(zip(table.stages, COLOURS, strict=True))
    ]
    svg = _template().render(
        width=WIDTH,
        height=170 + len(bars) * ROW + (40 if len(table.bars) > MOST else 16),
        left=LEFT,
        title=known(table.title),
        day=known(table.day),
        legend=legend,
        bars=bars,
        more=len(table.bars) - MOST,
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(FONT)], skip_system_fonts=True, font_family="Noto Sans CJK SC")
    return bytes(png)


def _bar(bar: Bar, y: int) -> dict[str, object]:
    x, parts = LEFT, []
    total = max(1, bar.total)
    ends = [LEFT + TRACK * sum(bar.counts[: n + 1]) // total for n in range(len(bar.counts))]
    for end, count, colour in zip(ends, bar.counts, COLOURS, strict=True):
        if count:
            parts.append({"x": x, "width": max(1, end - x), "colour": colour})
        x = end
    name = bar.name if len(bar.name) <= NAME else bar.name[: NAME - 1] + "…"
    handed = f"{bar.counts[-1] + bar.counts[-2]}/{bar.total}"
    return {"y": y, "name": known(name), "parts": parts, "said": handed, "late": bar.late}


@lru_cache(maxsize=1)
def _template() -> Template:
    engine = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER / "reports" / "county"), autoescape=True, undefined=StrictUndefined
    )
    return engine.get_template("progress.svg.j2")
