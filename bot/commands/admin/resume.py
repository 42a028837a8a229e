"""`ziping admin resume [--from DAY]`: unasked messages go on; with a day, what was due before it is not said any more."""

from argparse import Namespace
from datetime import date
from typing import Any

from bot.commands.admin.desk import Desk
from dialogs.reminding import pausing
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """The words of the topic."""
    topic = topics.add_parser("resume", help="恢复提醒；--from 写日期，以前到期没发的就不再发")
    topic.add_argument("--from", dest="first", metavar="DAY", help="例如 2026-03-20：这一天以前的不再发")


def run(arguments: Namespace, desk: Desk) -> int:
    """Go on."""
    first = _day(arguments.first)
    with desk.doing() as doing:
        if not pausing.paused(doing.c) and first is None:
            print("提醒本来就没有暂停。")
            return 0
        left = pausing.stock(doing.c, desk.office, desk.office.today())
        dropped = pausing.resume(doing, first)
    if first is not None:
        print(f"已恢复。{first} 以前到期的 {dropped.reminders} 条提醒、{dropped.notices} 条消息不再发。")
    elif left.reminders or left.notices:
        print(f"已恢复。今天以前到期没发的 {left.reminders} 条提醒、{left.notices} 条消息会合并补发，每人最多一条提醒。")
    else:
        print("已恢复。")
    return 0


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ZipingError(f"看不懂日期“{text}”，请写成 2026-03-20 这样。") from None
