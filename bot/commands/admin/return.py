"""`ziping admin return`: many filings returned with one remark, after a look at which."""

import sys
from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.steps import through
from bot.commands.admin.which import add_which, county_of, year_of
from dialogs.access import units
from dialogs.bureau.progress import Entry, Stage, overview_of
from dialogs.bureau.returning_many import Result, return_all
from dialogs.review.deciding import LONGEST, SHORTEST
from dialogs.store import people
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("return", help="批量退回待审核的表，附一条意见")
    add_which(parser)
    parser.add_argument("--remark", required=True, metavar="TEXT", help="退回意见")
    parser.add_argument("--unit", action="append", default=[], metavar="NAME|CODE", help="退回这个单位的（可以写多次）")
    parser.add_argument("--group", help="退回这一组的")
    parser.add_argument("--all", action="store_true", help="退回全部待审核的")
    parser.add_argument("--dry-run", action="store_true", help="只看会退回哪些")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Return them, each by itself; 1 when one could not be."""
    remark = " ".join(arguments.remark.split())
    if not SHORTEST <= len(remark) <= LONGEST:
        raise ZipingError(f"意见要 {SHORTEST} 到 {LONGEST} 个字。")
    if not (arguments.unit or arguments.group or arguments.all):
        raise ZipingError("请写明退回哪些：--unit 单位（可以写多次）、--group 分组，或 --all。")
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        year = year_of(doing.c, arguments, county)
        person = people.console(doing.c, doing.at, desk.office.new_id)
        table = overview_of(doing.c, county.id, year, doing.at, desk.office.zone)
        meant = {units.find(doing.c, county.id, word).id: word for word in arguments.unit}
    waiting = table.only(Stage.SUBMITTED.name, arguments.group).entries
    chosen = [e for e in waiting if not meant or e.unit in meant]
    unknown = [word for id, word in meant.items() if not any(e.unit == id for e in waiting)]
    results = (
        [] if arguments.dry_run else through(return_all(desk.office, person, "", [e.filing for e in chosen], remark, gate=False))
    )
    _tell(arguments, chosen, results, unknown)
    return 1 if unknown or any(r.why for r in results) else 0


def _tell(arguments: Namespace, chosen: list[Entry], results: list[Result], unknown: list[str]) -> None:
    why = {r.filing: r.why for r in results}
    if arguments.json:
        rows = [{"filing": e.filing, "unit": e.unit_name, "project": e.project, "why_not": why.get(e.filing, "")} for e in chosen]
        print(as_json({"done": not arguments.dry_run, "filings": rows, "unknown": unknown}))
        return
    for e in chosen:
        said = "会退回" if arguments.dry_run else f"没有退回：{why[e.filing]}" if why[e.filing] else "已退回"
        print(f"{e.name}　{e.title}　{said}")
    for unit in unknown:
        print(f"{unit}：没有待审核的表", file=sys.stderr)
    if not chosen:
        print("没有待审核的表，一份也没有退回。")
    elif arguments.dry_run:
        print(f"共 {len(chosen)} 份。这是试运行，什么也没有做。")
