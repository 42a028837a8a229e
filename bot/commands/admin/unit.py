"""`ziping admin unit add | list | rename | code | group | supervisor | close | reopen`: the units of a county."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.access import units
from dialogs.store import counties
from dialogs.store.counties import CountyUnit

CHANGES = {
    "rename": ("name", "NEW", "改名"),
    "code": ("code", "CODE", "改单位编码（- 表示去掉）"),
    "group": ("grouping", "GROUP", "分到哪个组排名（- 表示不分组）"),
    "supervisor": ("supervisor", "UNIT", "主管部门是哪个单位（- 表示没有）"),
}


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("unit", help="单位：加、改、停用、列出")
    actions = parser.add_subparsers(dest="action", required=True, metavar="做什么")
    making = actions.add_parser("add", help="加一个单位")
    making.add_argument("name", metavar="NAME")
    making.add_argument("--code", default="", metavar="CODE", help="单位编码")
    making.add_argument("--group", default="", metavar="GROUP", help="分组，按组排名")
    making.add_argument("--supervisor", default="", metavar="UNIT", help="主管部门（已有的单位）")
    every = [making]
    for name, (_, new, help_) in CHANGES.items():
        changing = actions.add_parser(name, help=help_)
        changing.add_argument("unit", metavar="UNIT", help="单位名称、编码或编号")
        changing.add_argument("new", metavar=new)
        every.append(changing)
    for name, help_ in (("close", "停用：填过的都留着，不再请人进来"), ("reopen", "重新启用")):
        ending = actions.add_parser(name, help=help_)
        ending.add_argument("unit", metavar="UNIT", help="单位名称、编码或编号")
        every.append(ending)
    listing = actions.add_parser("list", help="列出单位")
    listing.add_argument("--closed", action="store_true", help="连停用的一起列")
    for action in (*every, listing):
        add_which(action, year=False)
        action.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """One deed."""
    if arguments.action == "list":
        return _list(arguments, desk)
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        if arguments.action == "add":
            made = units.add_unit(doing, county.id, arguments.name, arguments.code, arguments.group, arguments.supervisor)
            said = f"已加：{made.name}\n请填报人进来：ziping admin invite unit {made.name} --name 姓名"
        else:
            known = units.find(doing.c, county.id, arguments.unit)
            said = f"{known.name}："
            if arguments.action == "close":
                ended = units.close(doing, known)
                said += "已停用" + (f"，收回没用的邀请 {ended} 个" if ended else "")
            elif arguments.action == "reopen":
                units.reopen(doing, known)
                said += "已重新启用"
            else:
                what, _, _ = CHANGES[arguments.action]
                changed = units.change(doing, known, what, arguments.new)
                value = getattr(changed, what)
                said += f"已改为 {value}" if value else "已去掉"
            found = counties.unit(doing.c, known.id)
            assert found is not None
            made = found
    print(as_json(_data(made)) if arguments.json else said)
    return 0


def _data(unit: CountyUnit, people: int | None = None) -> dict[str, Any]:
    known = {"id": unit.id, "name": unit.name, "code": unit.code, "group": unit.grouping, "supervisor": unit.supervisor}
    return known | {"closed": unit.closed_at is not None} | ({} if people is None else {"people": people})


def _list(arguments: Namespace, desk: Desk) -> int:
    with desk.reading() as c:
        county = county_of(c, arguments)
        sizes = counties.sizes(c, county.id)
        rows = [_data(u, sizes.get(u.id, 0)) for u in counties.units_in(c, county.id, closed=arguments.closed)]
    if arguments.json:
        print(as_json(rows))
        return 0
    for row in rows:
        more = [row["code"], row["group"], f"主管部门 {row['supervisor']}" if row["supervisor"] else ""]
        more += [f"{row['people']} 人", "已停用" if row["closed"] else ""]
        print(f"{row['name']}　{'，'.join(m for m in more if m)}　（{row['id']}）")
    print(
        f"{county.name}共 {len(rows)} 个单位。"
        if rows
        else "还没有单位。加一个：ziping admin unit add 名称；一次加很多：ziping admin import"
    )
    return 0
