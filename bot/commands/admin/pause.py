"""`ziping admin pause [REASON]`: nothing unasked is sent until `ziping admin resume`."""

from argparse import Namespace
from typing import Any

from bot.commands.admin.desk import Desk
from dialogs.reminding import pausing


def add(topics: Any) -> None:
    """The words of the topic."""
    topic = topics.add_parser("pause", help="暂停提醒和其他主动发的消息（答复照常）")
    topic.add_argument("reason", nargs="?", default="", metavar="REASON", help="为什么暂停，写进日志")


def run(arguments: Namespace, desk: Desk) -> int:
    """Pause."""
    with desk.doing() as doing:
        pausing.pause(doing, arguments.reason)
    print("已暂停：提醒、通知都不发了，填报照常答复。恢复：ziping admin resume")
    return 0
