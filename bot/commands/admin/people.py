"""`ziping admin people [list] | remove PERSON`: who belongs where; taking somebody out."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.persons import person_named
from bot.commands.admin.which import add_which, county_of
from dialogs.access import leaving, naming, units
from dialogs.access.rights import Place
from dialogs.store import counties, members, people
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("people", help="人员：列出、移出")
    actions = parser.add_subparsers(dest="action", required=True, metavar="做什么")
    listing = actions.add_parser("list", help="列出人员和身份")
    listing.add_argument("--unit", default="", metavar="UNIT", help="只看一个单位")
    removing = actions.add_parser("remove", help="把一个人移出单位（或区县）；他填过的都留着")
    removing.add_argument("person", metavar="PERSON", help="姓名或编号")
    removing.add_argument("--unit", default="", metavar="UNIT", help="移出哪个单位；不写就移出这个区县的所有单位和职务")
    for action in (listing, removing):
        add_which(action, year=False)
        action.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """One deed."""
    return _list(arguments, desk) if arguments.action == "list" else _remove(arguments, desk)


def _list(arguments: Namespace, desk: Desk) -> int:
    with desk.reading() as c:
        county = county_of(c, arguments)
        unit = units.find(c, county.id, arguments.unit) if arguments.unit else None
        rows: list[dict[str, Any]] = []
        if unit is None:
            for officer in members.officers_of(c, county.id):
                rows += [_row(officer.id, officer.name, county.name, "", str(r), officer.reached) for r in sorted(officer.roles)]
        for seat in members.seats_in(c, county.id):
            if unit is None or seat.unit_id == unit.id:
                rows.append(_row(seat.person_id, seat.person, seat.unit, seat.unit_id, str(seat.role), seat.reached))
    if arguments.json:
        print(as_json(rows))
        return 0
    for row in rows:
        lost = "　（联系不上：对方停用了机器人）" if not row["reached"] else ""
        print(f"{row['place']}　{naming.role_name(row['role'])}　{row['name'] or naming.NAMELESS}　（{row['person']}）{lost}")
    print(f"共 {len({row['person'] for row in rows})} 人。")
    return 0


def _row(person: str, name: str, place: str, unit: str, role: str, reached: bool) -> dict[str, Any]:
    return {"person": person, "name": name, "place": place, "unit": unit, "role": role, "reached": reached}


def _remove(arguments: Namespace, desk: Desk) -> int:
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        person = person_named(doing.c, arguments.person)
        here = {u.id: u for u in counties.units_in(doing.c, county.id, closed=True)}
        rights = people.rights_of(doing.c, person.id)
        places = [Place(county.id, id, here[id].supervisor_id) for id in rights.units if id in here]
        if arguments.unit:
            wanted = units.find(doing.c, county.id, arguments.unit)
            places = [p for p in places if p.unit == wanted.id]
        elif county.id in rights.counties:
            places.append(Place(county.id))
        if not places:
            where = arguments.unit or county.name
            raise ZipingError(f"{person.name or person.id}不在{where}的名单里，没有动任何东西。")
        for place in places:
            leaving.take_out(doing, person.id, place)
    names = [here[p.unit].name if p.unit else county.name for p in places]
    print(
        as_json({"person": person.id, "removed": names}) if arguments.json else f"已移出：{'、'.join(names)}。填过的内容都留着。"
    )
    return 0
