"""`ziping admin invite county | unit NAME | list | revoke ID`: invitations. The first administrator comes in this way only."""

import sys
from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.access import granting, inviting, naming, units
from dialogs.access.codes import shown
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.store import invitations
from dialogs.store.invitations import Invitation
from scoring.errors import ZipingError
from templates import labels

STATES = {"open": "还没用", "used": "用掉了", "revoked": "收回了", "expired": "过期了"}


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("invite", help="邀请：请管理员、请单位的人、列出、收回")
    actions = parser.add_subparsers(dest="action", required=True, metavar="做什么")
    of_county = actions.add_parser("county", help="请一位管理员（或督查员）")
    of_county.add_argument("--role", default="administrator", metavar="ROLE", help=_choices(granting.IN_COUNTY))
    of_unit = actions.add_parser("unit", help="请一个人加入单位")
    of_unit.add_argument("unit", metavar="UNIT", help="单位名称、编码或编号")
    of_unit.add_argument("--role", default="filler", metavar="ROLE", help=_choices(granting.IN_UNIT))
    for action in (of_county, of_unit):
        action.add_argument("--name", default="", metavar="NAME", help="姓名")
        action.add_argument("--hours", type=int, default=inviting.HOURS, metavar="N", help=f"几小时内有效（{inviting.HOURS}）")
    listing = actions.add_parser("list", help="列出邀请（不含邀请码；要印出来发：ziping admin slips）")
    listing.add_argument("--all", action="store_true", help="连用掉、收回、过期的一起列")
    revoking = actions.add_parser("revoke", help="收回一个没用的邀请")
    revoking.add_argument("id", metavar="ID", help="邀请的编号，见 list")
    for action in (of_county, of_unit, listing, revoking):
        add_which(action, year=False)
        action.add_argument("--json", action="store_true")


def _choices(roles: tuple[Role, ...]) -> str:
    return "、".join(f"{role}（{naming.role_name(role)}）" for role in roles)


def run(arguments: Namespace, desk: Desk) -> int:
    """One deed."""
    if arguments.action == "list":
        return _list(arguments, desk)
    if arguments.action == "revoke":
        with desk.doing() as doing:
            made = inviting.revoke(doing, arguments.id)
        print(as_json({"id": made.id, "revoked": True}) if arguments.json else "收回了，那个邀请码不能再用。")
        return 0
    return _invite(arguments, desk)


def _invite(arguments: Namespace, desk: Desk) -> int:
    name = ""
    if arguments.name:
        name, wrong = naming.person_name(arguments.name)
        if wrong:
            raise ZipingError(f"--name：{wrong}")
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        place = Place(county.id)
        if arguments.action == "unit":
            unit = units.find(doing.c, county.id, arguments.unit)
            if unit.closed_at is not None:
                raise ZipingError(f"{unit.name}已经停用，不能请人进来；要用就先 ziping admin unit reopen。")
            place = Place(county.id, unit.id, unit.supervisor_id)
        role = role_named(arguments.role, granting.IN_UNIT if place.unit else granting.IN_COUNTY)
        ((made, code),) = inviting.invite(doing, [inviting.Wanted(place, role, name)], arguments.hours)
        told = invitations.invitation(doing.c, made.id)
        assert told is not None
        link = inviting.link_to(doing.c, code)
        text = inviting.slip_text(doing.c, desk.office, told, code)
    if arguments.json:
        print(as_json({**_data(told, doing.at), "code": shown(code), "link": link}))
        return 0
    print(f"把下面这段发给{name or '对方'}。邀请码只显示这一次。\n")
    print(text)
    if not link:
        print("（机器人还没有运行过，所以还没有链接；ziping serve 运行一次以后就有。）", file=sys.stderr)
    return 0


def role_named(word: str, among: tuple[Role, ...]) -> Role:
    """A role by its English or Chinese name. Raises ZipingError naming the roles there are."""
    for role in among:
        if word.strip().lower() in (str(role), labels.ROLES[str(role)], labels.ROLES[str(role)].partition("（")[0]):
            return role
    raise ZipingError(f"没有“{word}”这个身份；可以是：{_choices(among)}")


def _data(i: Invitation, now: int) -> dict[str, Any]:
    known = {"id": i.id, "place": i.place, "role": i.role, "name": i.name, "state": i.state(now)}
    return known | {"created_at": i.created_at, "expires_at": i.expires_at, "used_at": i.used_at, "used_by": i.used_by}


def _list(arguments: Namespace, desk: Desk) -> int:
    now = desk.office.clock()
    with desk.reading() as c:
        county = county_of(c, arguments)
        found = invitations.listed(c, county=county.id, open_at=None if arguments.all else now)
    if arguments.json:
        print(as_json([_data(i, now) for i in found]))
        return 0
    for i in found:
        until = f"，{desk.office.moment_of(i.expires_at)}前有效" if i.state(now) == "open" else ""
        print(f"{i.id}　{i.place}　{naming.role_name(i.role)}　{i.name or '没写名字'}　{STATES[i.state(now)]}{until}")
    print(f"共 {len(found)} 个邀请。")
    return 0
