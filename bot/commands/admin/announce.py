"""`ziping admin announce`: a word to a selection of people, previewed with their number; taken back; how far it has come."""

import json
from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.bureau import announcing
from dialogs.bureau.announcing import ROLES, SCOPES
from dialogs.store import announced, overview
from scoring.errors import ZipingError
from scoring.textgate import clean

NAMES = {"filler": "填报人", "reviewer": "审核人", "observer": "观察"}
WHO = {"all": "all", "open": "open", "late": "late", "new": "NEW"}


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("announce", help="发通知；看送达；撤回没发出的")
    add_which(parser)
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="通知的内容（不写：列出最近的通知）")
    parser.add_argument("--to", choices=tuple(WHO), default="all", help="全县、没交的、逾期的、没开始的单位")
    parser.add_argument("--group", help="只发给这一组")
    parser.add_argument("--role", action="append", choices=tuple(NAMES), help="发给谁（可以写多次；不写：填报人）")
    parser.add_argument("--dry-run", action="store_true", help="只看有多少人会收到")
    parser.add_argument("--withdraw", metavar="ID", help="撤回还没发出的")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Send, list or take back."""
    if arguments.withdraw:
        return _withdraw(arguments, desk)
    if not arguments.text:
        return _list(arguments, desk)
    if wrong := announcing.wrong_text(arguments.text):
        raise ZipingError(wrong)
    roles = arguments.role or ["filler"]
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        years = overview.years(doing.c, county.id)
        year = arguments.year or (years[0] if years else desk.office.today().year - 1)
        asked = (county.id, year, doing.at, desk.office.zone, WHO[arguments.to], roles, arguments.group)
        people = announcing.recipients(doing.c, *asked)
        id = desk.office.new_id()
        if people and not arguments.dry_run:
            announcing.announce(doing, county.id, id, f"{county.name}财政局通知\n\n{clean(arguments.text)}", people)
    sent = bool(people) and not arguments.dry_run
    if arguments.json:
        print(as_json({"id": id if sent else None, "people": len(people), "done": sent}))
        return 0
    named = "、".join(NAMES[r] for r in ROLES if r in roles)
    who = f"{SCOPES[WHO[arguments.to]]}{f'，{arguments.group}' if arguments.group else ''}，{named}"
    print(f"{who}：{len(people)} 人")
    if not people:
        print("没有发：还没有这样的人用邀请码进来，或者没有单位符合。")
    else:
        print(f"已排上队，编号 {id}；夜里的第二天早上送到。" if sent else "这是试运行，没有发。")
    return 0


def _list(arguments: Namespace, desk: Desk) -> int:
    with desk.reading() as c:
        county = county_of(c, arguments)
        found = [(a, announced.reach(c, a.key)) for a in announced.latest(c, f"announcement:{county.id}:")]
    if arguments.json:
        print(
            as_json(
                [
                    {"id": a.key.rpartition(":")[2], "text": json.loads(a.body)["text"], "at": a.at, **r._asdict()}
                    for a, r in found
                ]
            )
        )
        return 0
    if not found:
        print("还没有发过通知。")
    for a, r in found:
        words = str(json.loads(a.body)["text"]).partition("\n\n")[2].replace("\n", " ")[:30]
        stuck = f"，停用了机器人 {r.blocked}" if r.blocked else ""
        print(f"{a.key.rpartition(':')[2]}　{words}　送到 {r.reached}，等着 {r.waiting}{stuck}，没有发 {r.void}")
    return 0


def _withdraw(arguments: Namespace, desk: Desk) -> int:
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        reach = announced.reach(doing.c, announcing.key_for(county.id, arguments.withdraw))
        if not reach.all:
            raise ZipingError(f"没有编号 {arguments.withdraw} 的通知。")
        count, reach = announcing.withdraw(doing, county.id, arguments.withdraw)
    print(
        as_json({"withdrawn": count, **reach._asdict()})
        if arguments.json
        else f"撤回了 {count} 人的；已经送到 {reach.reached} 人。"
    )
    return 0
