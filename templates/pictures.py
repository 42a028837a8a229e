"""The score as a picture for the phone: bars by level-1 and level-2, points of weight, total and grade.

SVG by Jinja2, PNG by resvg with the font that is shipped here: a machine without fonts shows every character,
and one that the font does not have is shown as 〓, never as an empty box. Not here: the figures themselves.
"""

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import resvg_py
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scoring.form import Form
from scoring.numbers import plain, round_half_up
from scoring.scorecard import Scorecard
from scoring.tree import Group, Indicator

FOLDER = Path(__file__).parent
FONT = FOLDER / "fonts" / "NotoSansCJKsc-GB2312.otf"
WIDTH, LEFT, TRACK = 900, 300, 400
ROW = {0: 52, 1: 44}  # height of a level-1 and of a level-2 bar
MISSING = "〓"
TITLE_LENGTH = 16


def score_picture(form: Form, card: Scorecard, unit: str, *, provisional: bool = False) -> bytes:
    """A PNG of the scorecard, 900 pixels wide; `provisional` figures are told. The same card gives the same bytes."""
    bars: list[dict[str, object]] = []
    y = 150
    for level, group in _groups(form):
        points, decided = _standing(card, group)
        share = Fraction(TRACK) * Fraction(group.weight) / max(Fraction(g.weight) for _, g in _groups(form))
        bars.append(
            {
                "y": y,
                "base": y + 26 - 4 * level,
                "name": known(group.name),
                "points": f"{plain(points)} / {plain(group.weight)}",
                "indent": 28 * level,
                "size": 26 - 3 * level,
                "thick": 26 - 6 * level,
                "track": plain(share, 1),
                "decided": plain(share * decided / Fraction(group.weight), 1),
                "filled": plain(share * points / Fraction(group.weight), 1),
                "colour": "#2a9d6f" if level else "#0b6e4f",
            }
        )
        y += ROW[level]
    left = card.weight - card.decided
    svg = template("score_picture").render(
        width=WIDTH,
        height=y + 70,
        left=LEFT,
        bars=bars,
        title=known(unit if len(unit) <= TITLE_LENGTH else unit[: TITLE_LENGTH - 1] + "…"),
        subtitle=known(f"{form.year}年度 {form.title}"),
        total=plain(round_half_up(card.total, form.pack.places)),
        grade=("含暂估数　" if provisional else "")
        + (
            f"满分 {plain(card.weight)}　等级：{card.grade or '未定'}"
            if not left
            else f"已评 {plain(card.decided)} / {plain(card.weight)} 分"
        ),
    )
    return png(svg)


def png(svg: str) -> bytes:
    """The picture as a PNG, with no other font than the one shipped here."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(FONT)], skip_system_fonts=True, font_family="Noto Sans CJK SC")
    )


def _groups(form: Form) -> list[tuple[int, Group | Indicator]]:
    """Level 1, each group with its level-2 groups below it."""
    found: list[tuple[int, Group | Indicator]] = []
    for top in form.data.indicators:
        found.append((0, top))
        found += [(1, child) for child in (top.children if isinstance(top, Group) else ()) if isinstance(child, Group)]
    return found


def _standing(card: Scorecard, group: Group | Indicator) -> tuple[Fraction, Fraction]:
    if isinstance(group, Indicator):
        points = card.line(group.id).points
        return (Fraction(0), Fraction(0)) if points is None else (Fraction(points), Fraction(group.weight))
    subtotal = card.subtotals.get(group.id)
    return (Fraction(subtotal.points), Fraction(subtotal.decided)) if subtotal else (Fraction(0), Fraction(0))


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """The SVG of one kind of picture."""
    engine = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER / "reports"), autoescape=True, undefined=StrictUndefined
    )
    return engine.get_template(f"{name}.svg.j2")


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """The characters of the shipped font, from its own table (cmap formats 4 and 12)."""
    from templates.fontfile import characters

    return characters(FONT.read_bytes())


def known(text: str) -> str:
    """The text with characters that the font lacks shown as 〓."""
    return "".join(c if ord(c) in _characters() or c == " " else MISSING for c in text)
