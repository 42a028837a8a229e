"""Tables in WordprocessingML: fixed widths, repeated header rows, merged labels that begin anew on each page.

A merged 一级/二级 cell that runs over a page's end would leave the next page without its label, so the height
of every row is reckoned and the merge restarts with the first row of each page. Not here: what stands in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import east_asian_width

from markupsafe import Markup

from templates.wordxml import GAP_CLOSES, GAP_OPENS, lines, paragraphs, plain_text

TWIPS = 56.7  # to the millimetre
PADDING = 85  # twips left and right inside a cell, as the skeleton's table style has it
ROW_PADDING = 96  # twips above and below, with the border; a little more than measured, so that no row is pushed over unseen
BODY = {False: 12758, True: 8845}  # twips of the text area, 225 mm upright and 156 mm turned
HEADING_LINE = 579
STYLES = {"": "表格文字", "left": "表格文字", "center": "表格居中", "right": "表格数字", "head": "表头"}
ALIGN = {"l": "left", "c": "center", "r": "right"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: over so many columns; `merged` with equal neighbours above."""

    text: str
    columns: int = 1
    merged: bool = False
    align: str = ""


class TableWriter:
    """Writes the rows of one table after another; `note_gap` is told every gap."""

    def __init__(self, note_gap: Callable[[int], None]) -> None:
        self.note_gap = note_gap
        self.room = BODY[False]

    def begin(self, widths: list[int], *, small: bool, above: int, landscape: bool, align: str, following: bool) -> None:
        """Start a table: widths in mm, `small` for 五号 instead of 小四, `following` right below the table before."""
        self.widths = [round(w * TWIPS) for w in widths]
        self.small = small
        self.align = [ALIGN[a] for a in align] if align else ["center"] * len(widths)
        self.pitch, self.letter = (290, 210) if small else (340, 240)
        self.page = BODY[landscape]
        self.room = (self.room if following else self.page) - above * HEADING_LINE
        self.repeated = 0
        self.open: dict[int, tuple[str, ...]] = {}  # by merged column: its label, after those left of it
        self.labels: dict[int, tuple[int, int]] = {}  # … how high its label is, and the rows beside it so far
        self.started = False

    def header(self, *cells: str | Cell) -> Markup:
        """A header row; those before the first other row are repeated on every page."""
        return Markup(self._row(cells, head=True))  # noqa: S704

    def row(self, *cells: str | Cell) -> Markup:
        """A row of as many cells as there are columns, those that span several counted as several."""
        return Markup(self._row(cells, head=False))  # noqa: S704

    def _row(self, cells: tuple[str | Cell, ...], *, head: bool) -> str:
        made = [c if isinstance(c, Cell) else Cell(plain_text(c)) for c in cells]
        assert sum(c.columns for c in made) == len(self.widths), "a row has as many cells as its table has columns"
        height = self._height(made)
        keys = self._keys(made, head=head)
        self._settle(keys)
        repeats = head and not self.started
        if repeats:
            self.repeated += height
        at_top = self.room >= self.page - self.repeated
        new_page = height > self.room and not at_top  # a row that no page holds begins where it stands
        self.room = (self.page - self.repeated if new_page else self.room) - height
        if new_page:
            self.open.clear()
            self.labels.clear()
        self._count(made, height)
        self.started = self.started or not head
        column, xml = 0, []
        for cell in made:
            continues = column in keys and self.open.get(column) == keys[column]
            xml.append(self._cell(cell, column, head, continues=continues, new_page=new_page and not column))
            column += cell.columns
        self.open = keys
        mark = "<w:tblHeader/>" if repeats else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(xml)}</w:tr>"

    def _cell(self, cell: Cell, column: int, head: bool, *, continues: bool, new_page: bool) -> str:
        width = sum(self.widths[column : column + cell.columns])
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge, text = "", cell.text
        if cell.merged:
            merge = "<w:vMerge/>" if continues else '<w:vMerge w:val="restart"/>'
            text = "" if continues else text
        style = STYLES["head" if head else cell.align or self.align[column]]
        content = paragraphs(("小" if self.small else "") + style, text, self.note_gap, new_page=new_page)
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        )

    def _settle(self, keys: dict[int, tuple[str, ...]]) -> None:
        """Where a merged label ends that is higher than the rows beside it, the last of them has grown."""
        ended = [column for column in self.labels if self.open.get(column) != keys.get(column)]
        grown = [high - used for high, used in (self.labels.pop(column) for column in ended)]
        self.room -= max(0, *grown) if grown else 0

    def _count(self, cells: list[Cell], height: int) -> None:
        """Note the height of this row with the labels that it stands beside."""
        column = 0
        for cell in cells:
            if cell.merged:
                high, used = self.labels.get(column, (self._needed(cell, column), 0))
                self.labels[column] = (high, used + height)
            column += cell.columns

    def _keys(self, cells: list[Cell], *, head: bool) -> dict[int, tuple[str, ...]]:
        """By merged column: the label of this row, after those left of it; heads stand beside each other, not below."""
        keys: dict[int, tuple[str, ...]] = {}
        column = 0
        for cell in cells:
            if cell.merged:
                keys[column] = (cell.text,) if head else (*keys.get(column - 1, ()), cell.text)
            column += cell.columns
        return keys

    def _needed(self, cell: Cell, column: int) -> int:
        """The height of one cell in twips."""
        width = sum(self.widths[column : column + cell.columns]) - 2 * PADDING
        fits = max(1, width // self.letter)
        return sum(_wrapped(part, fits) for part in lines(cell.text) or [""]) * self.pitch + ROW_PADDING

    def _height(self, cells: list[Cell]) -> int:
        """Twips; a merged label is reckoned with when it ends."""
        column, tallest = 0, self.pitch + ROW_PADDING
        for cell in cells:
            if not cell.merged:
                tallest = max(tallest, self._needed(cell, column))
            column += cell.columns
        return tallest

    def end(self, rows: str) -> str:
        """The table around its rows, and the small paragraph that keeps it from the next one."""
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in self.widths)
        total = sum(self.widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="表格"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
            '<w:p><w:pPr><w:pStyle w:val="间隔"/></w:pPr></w:p>'
        )


_CLUSTER = re.compile(r"[（《〈“‘【]*(?:[A-Za-z0-9.,:/%<>=+~-]+|.)[，。、；：！？）》〉”’】％…]*")  # what no line is broken in


@lru_cache(maxsize=8192)
def _wrapped(text: str, fits: int) -> int:
    """Lines that a text takes, `fits` Chinese characters to the line; others are half as wide."""
    bare = text.replace(GAP_OPENS, "〔待填").replace(GAP_CLOSES, "〕")
    limit, taken, count = 2 * fits, 0, 1
    for cluster in _CLUSTER.findall(bare):
        width = sum(2 if east_asian_width(c) in "WFA" else 1 for c in cluster)
        if taken and taken + width > limit:
            count, taken = count + 1, 0
        count += max(0, width - 1) // limit  # a long run of letters is broken wherever the line ends
        taken = taken + width if width <= limit else width % limit
    return count
