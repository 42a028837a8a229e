"""`ziping admin county add NAME | rename NEW | list`: the counties this bot serves."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.access import units
from dialogs.store import counties, members


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("county", help="区县：建、改名、列出")
    actions = parser.add_subparsers(dest="action", required=True, metavar="做什么")
    making = actions.add_parser("add", help="建一个区县")
    making.add_argument("name", metavar="NAME")
    renaming = actions.add_parser("rename", help="改名")
    renaming.add_argument("name", metavar="NEW")
    add_which(renaming, year=False)
    listing = actions.add_parser("list", help="列出区县")
    for action in (making, renaming, listing):
        action.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """One deed."""
    if arguments.action == "list":
        return _list(arguments, desk)
    with desk.doing() as doing:
        if arguments.action == "add":
            made = units.make_county(doing, arguments.name)
            said = f"已建：{made.name}\n下一步请一位管理员：ziping admin invite county --name 姓名"
        else:
            known = county_of(doing.c, arguments)
            made = counties.County(known.id, units.rename_county(doing, known, arguments.name))
            said = f"已改名：{known.name} → {made.name}"
    print(as_json({"id": made.id, "name": made.name}) if arguments.json else said)
    return 0


def _list(arguments: Namespace, desk: Desk) -> int:
    with desk.reading() as c:
        rows = [
            {
                "id": county.id,
                "name": county.name,
                "units": len(counties.units_in(c, county.id)),
                "officers": len(members.officers_of(c, county.id)),
            }
            for county in counties.all_counties(c)
        ]
    if arguments.json:
        print(as_json(rows))
        return 0
    for row in rows:
        print(f"{row['name']}　单位 {row['units']} 个，管理员和督查员 {row['officers']} 人　（{row['id']}）")
    if not rows:
        print("还没有区县。建一个：ziping admin county add 名称")
    return 0
