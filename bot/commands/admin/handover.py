"""`ziping admin handover UNIT FROM TO`: somebody takes over from somebody else in a unit."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.persons import person_named
from bot.commands.admin.which import add_which, county_of
from dialogs.access import units
from dialogs.store import members
from dialogs.together.succession import hand_over
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("handover", help="换人：一位填报人接手另一位没做完的事")
    parser.add_argument("unit", metavar="UNIT", help="单位名称、编码或编号")
    parser.add_argument("before", metavar="FROM", help="原来的填报人：姓名或编号")
    parser.add_argument("after", metavar="TO", help="接手的填报人：姓名或编号")
    parser.add_argument("--leave", action="store_true", help="交接后原来的人退出这个单位")
    parser.add_argument("--json", action="store_true")
    add_which(parser, year=False)


def run(arguments: Namespace, desk: Desk) -> int:
    """Hand over, or say who is not a filler there."""
    with desk.doing() as doing:
        unit = units.find(doing.c, county_of(doing.c, arguments).id, arguments.unit)
        before, after = (person_named(doing.c, word) for word in (arguments.before, arguments.after))
        here = {m.id for m in members.fillers_of(doing.c, unit.id)}
        for one in (before, after):
            if one.id not in here:
                raise ZipingError(f"{one.name or one.id}不是{unit.name}的填报人，先邀请进来再交接。")
        if before.id == after.id:
            raise ZipingError("原来的人和接手的人是同一个，没有动。")
        said = hand_over(doing, unit.id, before.id, after.id, arguments.leave)
    if arguments.json:
        print(as_json({"unit": unit.name, "from": before.id, "to": after.id, "left": arguments.leave}))
        return 0
    for reply in said:
        print(getattr(reply, "text", ""))
    return 0
