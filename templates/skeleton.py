"""The skeleton every Word report starts from: styles, page, footers after GB/T 9704-2012.

Run `python -m templates.skeleton` after a change here; it writes reports/skeleton.docx, which is kept in git.
Not here: what a report says (reports/), or how its blocks are written (blocks.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

PATH = Path(__file__).parent / "reports" / "skeleton.docx"

FANGSONG, KAITI, HEITI = "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE, SONGTI = "方正小标宋简体", "宋体"
OTHER_NAMES = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", TITLE: "方正小标宋_GBK", SONGTI: "SimSun"}

LINE = 579  # twips: 28.95 pt, the most at which 22 lines fit into 225 mm
SQUEEZE = -5  # twips: with 16 pt characters only 27 fit into 156 mm; a quarter point less and it is 28
INDENT = 630  # two characters of 15.75 pt


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: half-points of size, twips of everything else, in the child order Word wants."""

    name: str
    font: str
    size: int
    align: str = "left"
    line: int = 0  # 0: as high as the text
    before: int = 0
    after: int = 0
    first: int = 0
    outline: int = -1
    squeezed: bool = False
    keep: bool = False
    tabs: tuple[int, ...] = ()

    def xml(self) -> str:
        pitch = f'w:line="{self.line}" w:lineRule="exact"' if self.line else 'w:line="240" w:lineRule="auto"'
        tabs = "".join(f'<w:tab w:val="left" w:pos="{t}"/>' for t in self.tabs)
        return (
            f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{self.name}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
            + ("<w:keepNext/>" if self.keep else "")
            + '<w:widowControl w:val="0"/>'
            + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
            + f'<w:snapToGrid w:val="0"/><w:spacing w:before="{self.before}" w:after="{self.after}" {pitch}/>'
            + (f'<w:ind w:firstLine="{self.first}"/>' if self.first else "")
            + f'<w:jc w:val="{self.align}"/>'
            + (f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline >= 0 else "")
            + f"</w:pPr><w:rPr>{fonts(self.font)}"
            + (f'<w:spacing w:val="{SQUEEZE}"/>' if self.squeezed else "")
            + f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr></w:style>'
        )


def _body(name: str, font: str, **more: Any) -> Style:
    return Style(name, font, 32, "both", LINE, first=INDENT, squeezed=True, **more)


STYLES = (
    Style("题名", TITLE, 44, "center", 700, after=LINE // 2, keep=True),
    Style("单位名称", KAITI, 32, "center", LINE, after=LINE // 2),
    Style("附件标记", HEITI, 32, "left", LINE, after=LINE // 4, keep=True),
    _body("一级", HEITI, outline=0, keep=True),
    _body("二级", KAITI, outline=1, keep=True),
    _body("三级", FANGSONG),
    _body("四级", FANGSONG),
    _body("公文正文", FANGSONG),
    _body("附件说明", FANGSONG, keep=True),
    Style("表题", HEITI, 28, "center", 440, before=60, after=60, keep=True),
    Style("表上左", FANGSONG, 24, "left", 360, keep=True),
    Style("表上右", FANGSONG, 24, "right", 360, keep=True),
    Style("表头", HEITI, 24, "center", 340),
    Style("表格文字", FANGSONG, 24, "left", 340),
    Style("表格居中", FANGSONG, 24, "center", 340),
    Style("表格数字", FANGSONG, 24, "right", 340),
    Style("小表头", HEITI, 21, "center", 290),
    Style("小表格文字", FANGSONG, 21, "left", 290),
    Style("小表格居中", FANGSONG, 21, "center", 290),
    Style("小表格数字", FANGSONG, 21, "right", 290),
    Style("表格说明", FANGSONG, 24, "both", 360, before=80, first=480),
    Style("落款", FANGSONG, 24, "left", 400, before=60, tabs=(4500,)),
    Style("落款日期", FANGSONG, 32, "right", LINE, squeezed=True, keep=True),
    Style("图片", FANGSONG, 32, "center", before=120, after=120),
    Style("间隔", FANGSONG, 2, "left", 20),
    Style("页码", SONGTI, 28, "left"),
)


def fonts(name: str) -> str:
    """A font for every script; without eastAsia Word shows 宋体."""
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def build(path: Path = PATH) -> None:
    """Write the skeleton."""
    document = Document()
    _styles(document.styles.element)
    _settings(document.settings.element)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    section.header.is_linked_to_previous = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        for paragraph in list(footer._element):
            footer._element.remove(paragraph)
        footer._element.append(parse_xml(_page_number(side)))
    for relation in list(document.part.rels.values()):
        if not relation.reltype.endswith(("/styles", "/settings", "/fontTable", "/footer")):
            del document.part.rels[relation.rId]
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = _font_table().encode()
    package = document.part.package
    for relation in list(package.rels.values()):
        if not relation.reltype.endswith(("/officeDocument", "/core-properties")):
            del package.rels[relation.rId]
    path.parent.mkdir(exist_ok=True)
    document.save(str(path))


def _styles(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    base = (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{fonts(FANGSONG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        f'<w:style {nsdecls("w")} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="表格"><w:name w:val="表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for s in _SIDES)
        + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="待填"><w:name w:val="待填"/><w:rPr>'
        '<w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr></w:style>',
    )
    for xml in (*base, *(s.xml() for s in STYLES)):
        root.append(parse_xml(xml))


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _settings(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    for xml in _settings_xml():
        root.append(parse_xml(xml))


def _settings_xml() -> Iterator[str]:
    w = nsdecls("w")
    yield f'<w:zoom {w} w:percent="100"/>'
    yield f'<w:defaultTabStop {w} w:val="420"/>'
    yield f"<w:evenAndOddHeaders {w}/>"
    yield f'<w:characterSpacingControl {w} w:val="compressPunctuation"/>'
    yield (
        f'<w:compat {w}><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
    )
    yield f'<w:themeFontLang {w} w:val="en-US" w:eastAsia="zh-CN"/>'


def _page_number(side: str) -> str:
    """`— 1 —`, outside, one character in from the edge."""
    indent = "w:right" if side == "right" else "w:left"
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="页码"/><w:ind {indent}="280"/><w:jc w:val="{side}"/></w:pPr>{field}</w:p>'
    )


def _font_table() -> str:
    """The fonts with their other names: a machine without 仿宋_GB2312 has 仿宋."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in OTHER_NAMES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{entries}</w:fonts>'


if __name__ == "__main__":
    build()
