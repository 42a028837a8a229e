"""The picture of a survey's link, to be printed and put up or passed on: who asks, the QR code, until when, anonymous.

SVG by Jinja2, PNG by resvg, as the score picture. Not here: the survey itself.
"""

from dataclasses import dataclass

import segno

from templates.pictures import known, png, template

WIDTH, HEIGHT = 1240, 1754  # A5 at 210 dots an inch
CODE = 760  # the side of the QR code
LINE = 18  # characters of a line of the heading


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the picture. `until`: the last day, empty where there is none."""

    unit: str
    title: str
    link: str
    until: str


def poster(notice: Notice) -> bytes:
    """A PNG. The same notice gives the same bytes."""
    code = segno.make(notice.link, error="m", micro=False)
    side = code.symbol_size(border=0)[0]
    dots = [(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark]
    heading = known(notice.title)
    svg = template("survey_poster").render(
        width=WIDTH,
        height=HEIGHT,
        unit=known(notice.unit),
        unit_size=min(56, 1100 // max(len(notice.unit), 1)),
        lines=[heading[n : n + LINE] for n in range(0, len(heading), LINE)][:3],
        left=(WIDTH - CODE) / 2,
        scale=CODE / side,
        dots=dots,
        until=known(notice.until),
        link=notice.link.removeprefix("https://"),
    )
    return png(svg)
