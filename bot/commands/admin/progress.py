"""`ziping admin progress`: who has not begun, who is stuck where and since when, who is late."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of, year_of
from dialogs.bureau.progress import Entry, Overview, Stage, overview_of
from dialogs.bureau.progress_files import standings
from dialogs.bureau.progress_pages import ORDER, told

LONGEST = 60  # filings in the list on the screen; the spreadsheet has all


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("progress", help="进度：谁没开始、停在哪里、谁逾期")
    add_which(parser)
    parser.add_argument("--late", action="store_true", help="只看逾期的")
    parser.add_argument("--stuck", action="store_true", help="只看停住不动的")
    parser.add_argument("--stage", choices=[str(s) for s in Stage], help="只看这个状态的")
    parser.add_argument("--group", help="只看这一组")
    parser.add_argument("--form", default="", help="只看这张表（套表/表）")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="写成表格")
    parser.add_argument("--png", type=Path, metavar="FILE", help="画成图")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Print it, or write it to files."""
    with desk.reading() as c:
        county = county_of(c, arguments)
        year = year_of(c, arguments, county)
        table = overview_of(c, county.id, year, desk.office.clock(), desk.office.zone)
    what = "late" if arguments.late else "stuck" if arguments.stuck else ""
    stage = next((s.name for s in Stage if str(s) == arguments.stage), "")
    table = table.only(what, arguments.group, arguments.form).only(stage)
    for path, draw in ((arguments.xlsx, _book), (arguments.png, _picture)):
        if path is not None:
            path.write_bytes(draw(table, arguments.group or ""))
            print(f"已写到 {path}")
    if arguments.json:
        print(as_json(_data(table)))
    elif arguments.xlsx is None and arguments.png is None:
        _show(table)
    return 0


def _book(table: Overview, group: str) -> bytes:
    from templates.county.progress_book import progress_book

    return progress_book(standings(table, group))


def _picture(table: Overview, group: str) -> bytes:
    from templates.county.progress_picture import progress_picture

    return progress_picture(standings(table, group))


def _show(table: Overview) -> None:
    counts = "，".join(f"{stage} {table.count(stage)}" for stage in ORDER if table.count(stage))
    print(f"{table.name}{table.year}年度：共 {len(table.entries)} 份，已交 {table.handed_in} 份。{counts}")
    print(f"逾期没交 {table.late} 份，停住不动 {table.stuck} 份。")
    for entry in table.by_urgency[:LONGEST]:
        print(f"  {entry.name}　{entry.title}　{told(entry, table.day)}")
    if len(table.entries) > LONGEST:
        print(f"  ……共 {len(table.entries)} 份，全部的请用 --xlsx 写成表格")


def _data(table: Overview) -> dict[str, object]:
    return {
        "county": table.name,
        "year": table.year,
        "day": table.day.isoformat(),
        "filings": len(table.entries),
        "handed_in": table.handed_in,
        "late": table.late,
        "stuck": table.stuck,
        "stages": {stage.name.lower(): table.count(stage) for stage in ORDER},
        "entries": [_entry(e) for e in table.by_urgency],
    }


def _entry(e: Entry) -> dict[str, object]:
    return {
        "filing": e.filing,
        "unit": e.unit_name,
        "code": e.code,
        "group": e.group,
        "form": e.form,
        "project": e.project,
        "stage": e.stage.name.lower(),
        "done": e.done,
        "total": e.total,
        "section": e.section,
        "item": e.item,
        "question": e.number,
        "since": e.since.isoformat() if e.since else None,
        "quiet": e.quiet,
        "due": e.due.isoformat() if e.due else None,
        "late": e.late,
    }
