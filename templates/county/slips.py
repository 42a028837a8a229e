"""Invitations on paper: a list for whoever hands them out, and a slip for each person, to be cut out.

The codes stand here in clear and nowhere else; whoever makes these files makes the codes with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from templates.county.books import workbook
from templates.county.summary_report import county_document
from templates.wordxml import one_line

COLUMNS = {"单位代码": 12, "单位": 34, "姓名": 12, "角色": 10, "邀请码": 40, "链接": 70, "有效期至": 14}


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's invitation. `link` may be empty while the bot's name is not known."""

    code_of_unit: str
    unit: str
    name: str
    role: str
    code: str
    link: str
    until: str


def slips_book(title: str, slips: Sequence[Slip]) -> bytes:
    """The list as .xlsx."""
    with workbook(title) as book:
        lines = [(s.code_of_unit, s.unit, s.name, s.role, s.code, s.link, s.until) for s in slips]
        book.write.sheet(book.name("邀请名单"), COLUMNS, lines)
    return book.content


def slips_document(title: str, slips: Sequence[Slip], bot: str) -> bytes:
    """One slip per person as .docx, two beside each other."""
    said = [one_line(_said(slip, bot)) for slip in slips]
    pairs = [(said[n], said[n + 1] if n + 1 < len(said) else "") for n in range(0, len(said), 2)]
    return county_document("slips.docx.j2", {"标题": title, "各对": pairs})


def _said(slip: Slip, bot: str) -> str:
    """What stands on a slip, line by line."""
    if slip.link:
        ways = [f"手机上点开：{slip.link}", f"点不开的话：在 Telegram 里搜 @{bot}，点“开始”，把邀请码发给它。"]
    else:
        ways = ["在 Telegram 里打开自评助手，点“开始”，把邀请码发给它。"]
    head = [slip.unit, f"{slip.name or '（没写姓名）'}　{slip.role}", f"邀请码：{slip.code}"]
    return "\n".join([*head, *ways, f"{slip.until}以前有效，只能用一次，请不要转给别人。"])
