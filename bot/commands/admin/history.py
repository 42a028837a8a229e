"""`ziping admin history UNIT`: every change of every answer of a unit — who, when, from what to what, and why."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.access import units
from dialogs.editions import form_of
from dialogs.store import filings
from dialogs.together.past import as_data, past_of


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("history", help="一个单位每个答案的修改记录：谁、什么时候、从什么改成什么、为什么")
    parser.add_argument("unit", metavar="UNIT", help="单位名称、编码或编号")
    parser.add_argument("--json", action="store_true")
    add_which(parser, year=False)
    parser.add_argument("--year", type=int, metavar="Y", help="评价年度（不写：全部）")


def run(arguments: Namespace, desk: Desk) -> int:
    """Print it, filing by filing."""
    found: list[dict[str, Any]] = []
    with desk.reading() as c:
        unit = units.find(c, county_of(c, arguments).id, arguments.unit)
        for filing in filings.filings_of(c, unit.id):
            if arguments.year in (None, filing.year):
                form = form_of(c, filing)
                lines = as_data(form, past_of(c, filing.id, form), desk.office.zone)
                head = {
                    "filing": filing.id,
                    "unit": unit.name,
                    "year": filing.year,
                    "form": form.title,
                    "project": filing.project,
                }
                found.append(head | {"history": lines})
    if arguments.json:
        print(as_json(found))
        return 0
    for one in found:
        print(f"{one['unit']} · {one['year']}年度 · {one['form']}" + (f" · {one['project']}" if one["project"] else ""))
        for line in one["history"]:
            why = f"（{line['reason']}）" if line["reason"] else ""
            by = f"，{line['answered_by']}提供" if line["answered_by"] else ""
            print(f"  {line['at']}　{line['person']}{by}　{line['label']}：{line['old'] or '—'} → {line['new'] or '—'}{why}")
        if not one["history"]:
            print("  还没有填过。")
    return 0
