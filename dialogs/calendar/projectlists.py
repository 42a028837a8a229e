"""A list of projects, unit and project a line: from a spreadsheet's cells, or pasted into the chat.

Not here: reading the spreadsheet (bureau/sheets.py), opening the filings (opening_year.py).
"""

import re
from collections.abc import Iterable, Sequence

from dialogs.opening import project_name
from dialogs.store.counties import CountyUnit

HEADS = frozenset({"单位", "单位名称", "单位编号", "单位编码", "编号", "编码", "unit", "项目", "项目名称", "project"})
MOST_WRONG = 8
_BETWEEN = re.compile(r"\t+|[,，;；|｜]|\s+")


def read_projects(
    lines: Iterable[tuple[int, Sequence[str]]], units: Sequence[CountyUnit]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(unit's id, project) of each line, each once; and what is wrong, line by line."""
    names = {u.name: u.id for u in units} | {u.code: u.id for u in units if u.code}
    found: dict[tuple[str, str], None] = {}
    wrong: list[str] = []
    for number, row in lines:
        cells = [cell.strip() for cell in row if cell.strip()]
        if not cells or set(cells) <= HEADS:
            continue
        if len(cells) < 2:
            wrong.append(f"第 {number} 行只有“{cells[0][:20]}”，要有单位和项目两样")
            continue
        project, why = project_name(cells[1])
        if cells[0] not in names:
            wrong.append(f"第 {number} 行：没有叫“{cells[0][:20]}”的单位")
        elif why:
            wrong.append(f"第 {number} 行，项目“{cells[1][:20]}”：{why.rstrip('。')}")
        else:
            found[(names[cells[0]], project)] = None
    return tuple(found), tuple(wrong)


def pasted(text: str) -> list[tuple[int, list[str]]]:
    """The lines of a message, each parted into unit and project."""
    return [(n, _BETWEEN.split(line.strip(), maxsplit=1)) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def told_wrong(wrong: Sequence[str]) -> str:
    """The mistakes in one sentence."""
    more = f"；……共 {len(wrong)} 处" if len(wrong) > MOST_WRONG else ""
    return "；".join(wrong[:MOST_WRONG]) + more + "。"
