"""The blocks a report is written with: 题名, 一级, 段, 表, 行 … each returns WordprocessingML.

A report template reads like the document and calls these. Numbers of headings are counted here, gaps are
collected here, and everything a person typed is escaped here. Not here: what a report says (reports/).
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from templates.wordtables import Cell, TableWriter
from templates.wordxml import one_line, paragraph, paragraphs, plain_text

CHINESE = "零一二三四五六七八九十"
LEVELS = 4

Caller = Callable[[], str]


def chinese_number(n: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; up to 99."""
    tens, ones = divmod(n, 10)
    return (CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (CHINESE[ones] if ones or not tens else "")


class Blocks:
    """The blocks of one document part: counts its headings, collects its gaps."""

    def __init__(self) -> None:
        self.gaps: list[int] = []
        self.landscape = False
        self.numbers = [0] * LEVELS
        self.table = TableWriter(self.gaps.append)

    @property
    def vocabulary(self) -> Mapping[str, object]:
        """The blocks by the names that templates call."""
        styled = {
            "题名": "题名",
            "单位名称": "单位名称",
            "附件标记": "附件标记",
            "表题": "表题",
            "说明": "表格说明",
            "附件说明": "附件说明",
        }
        return {
            **{name: self._styled(style) for name, style in styled.items()},
            **{name: self._heading(n) for n, name in enumerate(("一级", "二级", "三级", "四级"))},
            "段": self._styled("公文正文"),
            "落款": self._styled("落款"),
            "落款日期": self._styled("落款日期"),
            "单位标注": self._styled("表上右"),
            "左标注": self._styled("表上左"),
            "换页": self._page_break,
            "横排": self._landscape,
            "表": self._table,
            "表头": self.table.header,
            "行": self.table.row,
            "合并": lambda text, columns=1: Cell(plain_text(text), columns, merged=True),
            "跨": lambda text, columns, align="": Cell(plain_text(text), columns, align=align),
            "居中": lambda text: Cell(plain_text(text), align="center"),
            "靠左": lambda text: Cell(plain_text(text), align="left"),
        }

    def _styled(self, style: str) -> Callable[..., Markup]:
        def block(text: str = "", caller: Caller | None = None) -> Markup:
            return Markup(paragraphs(style, _said(text, caller), self.gaps.append))  # noqa: S704

        return block

    def _heading(self, level: int) -> Callable[..., Markup]:
        style = ("一级", "二级", "三级", "四级")[level]

        def block(text: str = "", caller: Caller | None = None) -> Markup:
            self.numbers[level] += 1
            self.numbers[level + 1 :] = [0] * (LEVELS - level - 1)
            n = self.numbers[level]
            number = (f"{chinese_number(n)}、", f"（{chinese_number(n)}）", f"{n}.", f"（{n}）")[level]
            return Markup(paragraphs(style, number + _said(text, caller), self.gaps.append))  # noqa: S704

        return block

    def _page_break(self) -> Markup:
        return Markup(paragraph("间隔", new_page=True))  # noqa: S704

    def _landscape(self) -> str:
        self.landscape = True
        return ""

    def _table(
        self, widths: list[int], caller: Caller, small: bool = False, above: int = 0, align: str = "", following: bool = False
    ) -> Markup:
        """`widths` in mm; `above`: lines of text before it on its first page; `align`: l, c, r per column; `following`:
        on the page where the table before has ended."""
        self.table.begin(widths, small=small, above=above, landscape=self.landscape, align=align, following=following)
        return Markup(self.table.end(str(caller())))  # noqa: S704


def _said(text: str, caller: Caller | None) -> str:
    """What a block says: its argument, or the body of the call."""
    return plain_text(Markup(caller())) if caller else one_line(plain_text(text))  # noqa: S704
