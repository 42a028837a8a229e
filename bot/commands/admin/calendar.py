"""`ziping admin calendar`: a county's dates shown, moved for everybody, extended for one unit or one filing.

ziping admin calendar [show] --county 小县 --year 2025
ziping admin calendar set department --due 4月10日 --reason 系统培训推迟
ziping admin calendar extend 卫健局 --due +5个工作日 --reason 数据没出齐
"""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.which import add_which, county_of
from dialogs.access.permissions import State
from dialogs.calendar.deadlines import Dates
from dialogs.calendar.moving import Moved, carry, packs_days, told_moved
from dialogs.calendar.near import left_in_full
from dialogs.calendar.timetable import Line, Own, Timetable, timetable
from dialogs.calendar.typed_days import read_new_day, told_day
from dialogs.calendar.wishes import Wish, stand
from dialogs.staging import offered
from dialogs.store import counties, filings
from dialogs.store.engine import Connection
from dialogs.store.filings import Filing
from scoring.calendar import STAGES
from scoring.errors import ZipingError

AT_WORK = (State.OPEN, State.RETURNED)


def add(topics: Any) -> None:
    """The words of the topic."""
    topic = topics.add_parser("calendar", help="日程：看各表的日子；set 改全县的，extend 给一个单位延期")
    topic.add_argument("action", choices=("show", "set", "extend"), nargs="?", default="show")
    topic.add_argument("names", nargs="*", metavar="FORM|UNIT", help="set：哪些表（all 是全部）；extend：哪个单位（名称或编号）")
    add_which(topic)
    for stage, word in STAGES.items():
        topic.add_argument(f"--{stage}", metavar="DAY", help=f"{word}：2026-04-10、4月10日、下周五、+3天；none 是不单独定")
    topic.add_argument("--form", default="", metavar="FORM", help="extend：只延这张表")
    topic.add_argument("--filing", default="", metavar="ID", help="extend：只延这一份")
    topic.add_argument("--project", default="", metavar="NAME", help="extend：只延这个项目")
    topic.add_argument("--reason", default="", metavar="TEXT", help="原因，单位会看到")
    topic.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Show, or move."""
    if arguments.action == "show":
        with desk.reading() as c:
            table = _table(c, arguments, desk)
        _show(table, desk, json=arguments.json)
        return 0
    typed = {stage: text for stage in STAGES if (text := getattr(arguments, stage)) is not None}
    if not typed:
        raise ZipingError("请写明新的日子，例如 --due 4月10日。")
    with desk.doing() as doing:
        table = _table(doing.c, arguments, desk)
        wish = _for_county(arguments, table) if arguments.action == "set" else _for_unit(doing.c, arguments, table)
        moved = carry(doing, _dated(doing.c, desk, wish, typed))
    _say(moved, desk, json=arguments.json)
    return 0


def _table(c: Connection, arguments: Namespace, desk: Desk) -> Timetable:
    county = county_of(c, arguments)
    return timetable(c, county.id, arguments.year or 0, offered(desk.office))


def _for_county(arguments: Namespace, table: Timetable) -> Wish:
    if not arguments.names:
        raise ZipingError(f"请写明哪张表（all 是全部）：{'、'.join(line.form for line in table.lines) or '这一年还没有表'}")
    return Wish(table.county, forms=_forms(arguments.names, table), year=table.year, reason=arguments.reason)


def _forms(names: Sequence[str], table: Timetable) -> tuple[str, ...]:
    """Forms by id, by their folder's name, by title, or by their pack; `all` for all."""
    found: dict[str, None] = {}
    for name in names:
        here = [f for f in table.lines if name in ("all", f.form, f.form.partition("/")[2], f.form.partition("/")[0], f.title)]
        if not here:
            known = "、".join(f.form for f in table.lines) or "一张也没有"
            raise ZipingError(f"{table.year}年度没有 {name} 这张表；有：{known}")
        found |= dict.fromkeys(f.form for f in here)
    return tuple(found)


def _for_unit(c: Connection, arguments: Namespace, table: Timetable) -> Wish:
    if arguments.filing:
        return Wish(table.county, filing=arguments.filing, year=table.year, reason=arguments.reason)
    if len(arguments.names) != 1:
        raise ZipingError("请写明一个单位（名称或编号），或者用 --filing 写明是哪一份。")
    name = arguments.names[0]
    units = [u for u in counties.units_in(c, table.county) if name in (u.id, u.code, u.name)]
    if len(units) != 1:
        near = [u.name for u in counties.units_in(c, table.county) if name in u.name]
        raise ZipingError(f"没有叫“{name}”的单位" + (f"；是不是：{'、'.join(near[:8])}" if near else "。"))
    own = [f for f in filings.filings_of(c, units[0].id) if f.year == table.year and f.place.state in AT_WORK]
    own = [f for f in own if arguments.project in ("", f.project)]
    if arguments.form:
        wanted = _forms([arguments.form], table)
        own = [f for f in own if f.form_id in wanted]
    if not own:
        raise ZipingError(f"{units[0].name}没有还没交的{arguments.project or '表'}，不用延期。")
    if arguments.project:
        return _one(own, arguments, table)
    forms = tuple(dict.fromkeys(f.form_id for f in own))
    return Wish(table.county, units[0].id, forms=forms, year=table.year, reason=arguments.reason)


def _one(own: Sequence[Filing], arguments: Namespace, table: Timetable) -> Wish:
    if len(own) > 1:
        raise ZipingError(f"这个项目有几张表没交，请用 --form 写明：{'、'.join(f.form_id for f in own)}")
    return Wish(table.county, filing=own[0].id, year=table.year, reason=arguments.reason)


def _dated(c: Connection, desk: Desk, wish: Wish, typed: dict[str, str]) -> Wish:
    """The wish with its days read, counted from the present ones where days are added."""
    forms, year = wish.forms, wish.year
    if wish.filing:
        filing = filings.filing(c, wish.filing)
        if filing is None:
            raise ZipingError("没有这份填报。")
        forms, year = (filing.form_id,), filing.year
        wish = Wish(filing.place.county, filing.unit_id, filing.id, forms, year, (), wish.reason)
    now = [dates for _, dates in stand(c, wish, packs_days(desk.office, forms, year))]
    today = desk.office.today()
    days = tuple((stage, "" if text == "none" else _day(text, today, now, stage)) for stage, text in typed.items())
    return Wish(wish.county, wish.unit, wish.filing, forms, year, days, wish.reason)


def _day(text: str, today: date, now: Sequence[Dates], stage: str) -> str:
    present = max((day for dates in now if (day := dates.day(stage))), default=None)
    return read_new_day(text, today, present).isoformat()


def _say(moved: Moved, desk: Desk, *, json: bool) -> None:
    if json:
        looks = [{"form": one.form, "before": _data(one.was), "after": _data(one.now)} for one in moved.looks]
        print(as_json({"moved": looks, "filings": moved.filings, "told": moved.told, "hints": list(moved.hints)}))
        return
    for line in told_moved(desk.office, moved):
        print(line)
    print(f"涉及 {moved.filings} 份填报，会告诉 {moved.told} 个人。")
    for hint in moved.hints:
        print(f"注意：{hint}")


def _show(table: Timetable, desk: Desk, *, json: bool) -> None:
    if json:
        lines = [
            {
                "form": f.form,
                "title": f.title,
                **_data(f.dates),
                "waiting": f.waiting,
                "submitted": f.handed,
                "approved": f.approved,
            }
            for f in table.lines
        ]
        print(as_json({"county": table.name, "year": table.year, "forms": lines, "own": [_own_data(o) for o in table.owns]}))
        return
    today = desk.office.today()
    print(f"{table.name}　{table.year}年度日程")
    for line in table.lines:
        print(f"  {line.title}（{line.form}）：{_dates(line, today)}")
    for own in table.owns:
        name = " · ".join(part for part in (own.unit_name, own.title, own.project) if part)
        print(f"  单独定的　{name}：{told_day(own.due, today)}截止　{own.reason}")


def _dates(line: Line, today: date) -> str:
    said = [f"{told_day(day, today)}{word}" for stage, word in STAGES.items() if (day := line.dates.day(stage))]
    due = line.dates.due
    left = f"；{left_in_full(due, today)}" if due and line.waiting else ""
    counts = ((line.waiting, "没交"), (line.handed, "待审"), (line.approved, "通过"))
    count = "、".join(f"{word} {many}" for many, word in counts if many) or "还没有开"
    return f"{'，'.join(said) or '没有定日子'}{left}；{count}"


def _data(dates: Dates) -> dict[str, str | None]:
    return {stage: day.isoformat() if (day := dates.day(stage)) else None for stage in STAGES}


def _own_data(own: Own) -> dict[str, str]:
    where = {"unit": own.unit_name, "form": own.form, "project": own.project, "filing": own.filing}
    return {**where, "due": own.due.isoformat(), "reason": own.reason}
