"""`ziping admin open-year`: filings for the units of a county, for one evaluated year.

ziping admin open-year qingshan-2025 --county 青山县 --year 2025 --dry-run
ziping admin open-year qingshan-2025/project --projects 项目清单.xlsx

The list of projects is a spreadsheet or CSV with two columns: unit (name or code) and project.
"""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.bureau.sheets import read_sheets
from dialogs.calendar.opening_year import Plan, Report, carry, forms_of, planned, sheets_of
from dialogs.calendar.projectlists import read_projects, told_wrong
from dialogs.store import counties
from dialogs.store.counties import CountyUnit
from dialogs.store.engine import Connection
from scoring.beside.declared import pack_name
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """The words of the topic."""
    topic = topics.add_parser("open-year", help="开新一年：给全县或选定的单位各建一份填报")
    topic.add_argument("forms", nargs="+", metavar="PACK|FORM", help="套表（它的全部表），或 套表/表")
    add_which(topic)
    topic.add_argument("--units", default="", metavar="A,B", help="只给这些单位（名称或编号，逗号分开）")
    topic.add_argument("--groups", default="", metavar="A,B", help="只给这些分组")
    topic.add_argument("--projects", type=Path, metavar="FILE", help="项目清单：.xlsx 或 .csv，两列：单位、项目")
    topic.add_argument("--dry-run", action="store_true", help="只看会开什么，不动")
    topic.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Open, or only say what would be opened."""
    if len({pack_name(form) for form in arguments.forms}) > 1 and arguments.year is None:
        raise ZipingError("一次开几套表时，请用 --year 写明评价年度。")
    if arguments.dry_run:
        with desk.reading() as c:
            plan = _plan(c, arguments, desk)
            report = planned(c, sheets_of(forms_of(desk.office, plan)), plan, desk.office.today())
    else:
        with desk.doing() as doing:
            report = carry(doing, _plan(doing.c, arguments, desk))
    _say(report, arguments)
    return 0


def _plan(c: Connection, arguments: Namespace, desk: Desk) -> Plan:
    county = county_of(c, arguments)
    projects = _projects(arguments.projects, counties.units_in(c, county.id)) if arguments.projects else ()
    plan = Plan(
        county.id, tuple(arguments.forms), arguments.year or 0, _parts(arguments.units), _parts(arguments.groups), projects
    )
    return plan if plan.year else replace(plan, year=forms_of(desk.office, plan)[0].pack.year)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("，", ",").split(",") if part.strip())


def _projects(path: Path, units: tuple[CountyUnit, ...]) -> tuple[tuple[str, str], ...]:
    """The list's lines as unit and project. Raises ZipingError with the lines that are wrong."""
    try:
        sheets = read_sheets(path.read_bytes())
    except OSError as e:
        raise ZipingError(f"读不了 {path}：请看看文件在不在、名字对不对。") from e
    found, wrong = read_projects(((line.number, line.cells) for sheet in sheets for line in sheet), units)
    if wrong:
        raise ZipingError(f"{path.name} 里有要改的，什么都没有开：{told_wrong(wrong)}")
    return found


def _say(report: Report, arguments: Namespace) -> None:
    if arguments.json:
        new = [{"unit": w.unit.name, "code": w.unit.code, "form": w.form.id, "project": w.project} for w in report.new]
        data = {"year": report.year, "dry_run": arguments.dry_run, "units": len(report.units), "new": new}
        rest = {"there": report.there, "without_filler": [u.name for u in report.lonely], "told": report.told}
        print(as_json({**data, **rest, "hints": list(report.hints)}))
        return
    word = "会新开" if arguments.dry_run else "新开"
    print(f"{report.year}年度，{len(report.units)} 个单位：{word} {len(report.new)} 份，原来就有 {report.there} 份。")
    if report.told:
        print(f"会通知 {report.told} 位填报人。")
    if report.lonely:
        names = "、".join(u.name for u in report.lonely[:20])
        print(f"还没有填报人的单位 {len(report.lonely)} 个：{names}{' 等' if len(report.lonely) > 20 else ''}")
    for hint in report.hints:
        print(f"注意：{hint}")
