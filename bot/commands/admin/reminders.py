"""`ziping admin reminders`: what is due for whom in the coming days; and how a county reminds.

ziping admin reminders --days 7
ziping admin reminders --county 小县 --before 20,10,3,1 --at 9:30 --step 3
"""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import county_of
from dialogs.access.rights import Place
from dialogs.localtime import stamp
from dialogs.reminding import pausing
from dialogs.reminding.outlook import Coming, coming
from dialogs.reminding.planning import replan
from dialogs.reminding.rules import KEY, Rules, changed, rules_of
from dialogs.reminding.typed import read_time, said_time
from dialogs.store import concerned, journal, reminders, settings
from scoring.errors import ZipingError

MOST = 2000
DAY = 24 * 3600


def add(topics: Any) -> None:
    """The words of the topic."""
    topic = topics.add_parser("reminders", help="接下来提醒谁、什么事；--county 加设置可以改提醒的规则")
    topic.add_argument("--days", type=int, default=7, metavar="N", help="看几天以内的（默认 7）")
    topic.add_argument("--json", action="store_true")
    topic.add_argument("--county", default="", metavar="NAME", help="改哪个县的规则（名称或编号）")
    topic.add_argument("--before", metavar="30,14,7,3,1", help="截止前几天提醒；写 none 是不提前提醒")
    topic.add_argument("--at", metavar="9:00", help="几点提醒")
    topic.add_argument("--step", type=int, metavar="2", help="逾期后每隔几个工作日提醒一次")
    topic.add_argument("--overdue-days", type=int, metavar="60", help="逾期后提醒多少天为止，0 是不提醒")
    topic.add_argument("--head", type=int, metavar="1", help="提前几个工作日告诉审核人，0 是不告诉")
    topic.add_argument("--bureau", choices=("yes", "no"), help="截止当天告诉财政局管理员")


def run(arguments: Namespace, desk: Desk) -> int:
    """Show what is to come, or set the rules anew."""
    wishes = _wishes(arguments)
    if wishes:
        return _set(arguments, desk, wishes)
    if arguments.county:
        return _show_rules(arguments, desk)
    return _show(arguments, desk)


def _show(arguments: Namespace, desk: Desk) -> int:
    now = desk.office.clock()
    with desk.reading() as c:
        why = pausing.paused(c)
        found = coming(c, 0, now + max(arguments.days, 0) * DAY, MOST)
        count, _ = reminders.waiting(c)
    if arguments.json:
        print(as_json({"paused": why, "waiting": count, "reminders": [_data(r, desk.office.zone) for r in found]}))
        return 0
    if why:
        print(f"提醒现在是暂停的（{why}）；恢复：ziping admin resume\n")
    for r in found:
        whose = r.unit + (f" · {r.project}" if r.project else "")
        people = "、".join(r.people) or "没有人可以提醒"
        lost = f"（联系不上：{'、'.join(r.unreachable)}）" if r.unreachable else ""
        print(f"{stamp(r.moment, desk.office.zone)}　{r.kind}　{whose}　{r.title}　→ {people}{lost}")
    print(f"{arguments.days} 天以内 {len(found)} 条，一共排了 {count} 条。")
    return 0


def _data(r: Coming, zone: str) -> dict[str, object]:
    own = {"at": stamp(r.moment, zone), "kind": r.kind, "unit": r.unit, "form": r.title, "project": r.project}
    return own | {"people": list(r.people), "unreachable": list(r.unreachable)}


def _wishes(arguments: Namespace) -> dict[str, Any]:
    """The settings named on the command line."""
    wishes: dict[str, Any] = {}
    if arguments.before is not None:
        wishes["before"] = _days(arguments.before)
    if arguments.at is not None:
        minutes = read_time(arguments.at)
        if minutes is None:
            raise ZipingError(f"看不懂时间“{arguments.at}”，请写成 9:00 这样。")
        wishes |= {"hour": minutes // 60, "minute": minutes % 60}
    for name in ("step", "overdue_days", "head"):
        if getattr(arguments, name) is not None:
            wishes[name] = getattr(arguments, name)
    if arguments.bureau is not None:
        wishes["bureau"] = arguments.bureau == "yes"
    return wishes


def _days(text: str) -> list[int]:
    if text == "none":
        return []
    parts = [p.strip() for p in text.replace("，", ",").split(",") if p.strip()]
    if not parts or not all(p.isdecimal() for p in parts):
        raise ZipingError(f"看不懂天数“{text}”，请写成 30,14,7,3,1 这样。")
    return [int(p) for p in parts]


def _set(arguments: Namespace, desk: Desk, wishes: dict[str, Any]) -> int:
    with desk.doing() as doing:
        known = county_of(doing.c, arguments)
        before = settings.of_county(doing.c, known.id)
        rules = changed(rules_of(before), wishes)
        settings.keep_for_county(doing.c, known.id, {**before, KEY: rules.to_data()})
        journal.note(doing.c, doing.person, "reminder rules", Place(county=known.id), rules.to_data(), doing.at)
        replan(doing.c, desk.office, concerned.filings_of_county(doing.c, known.id))
    print(f"{known.name}：{_said(rules)}")
    return 0


def _show_rules(arguments: Namespace, desk: Desk) -> int:
    with desk.reading() as c:
        known = county_of(c, arguments)
        rules = rules_of(settings.of_county(c, known.id))
    print(as_json({"county": known.name, **rules.to_data()}) if arguments.json else f"{known.name}：{_said(rules)}")
    return 0


def _said(rules: Rules) -> str:
    parts = [f"截止前 {'、'.join(map(str, rules.before))} 天"] if rules.before else []
    parts += ["截止当天"] if rules.on_the_day else []
    parts += [f"逾期后每 {rules.step} 个工作日一次，到第 {rules.overdue_days} 天为止"] if rules.overdue_days else []
    parts += [f"提前 {rules.head} 个工作日告诉审核人"] if rules.head else []
    parts += ["截止当天告诉管理员"] if rules.bureau else []
    return f"工作日 {said_time(rules.start)} 提醒：" + "；".join(parts) + "。"
