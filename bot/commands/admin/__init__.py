"""`ziping admin TOPIC …`: what the finance bureau does at the server's command line; one module per topic.

A topic has `add(topics)`, which describes its words, and `run(arguments, desk)`, which gives the exit code. Everything it
does is an order, carried out through the same gate and by the same functions as in the chat.
"""

import argparse
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from bot.commands.admin.desk import open_desk

TOPICS: tuple[str, ...] = (
    "county",
    "unit",
    "invite",
    "people",
    "forget",
    "export_person",
    "handover",
    "history",
    "reminders",
    "pause",
    "resume",
    "import",
    "slips",
    "open_year",
    "calendar",
    "progress",
    "announce",
    "anomalies",
    "return",
    "summary",
    "documents",
    "publish",
)  # modules of this package, in the order of the help


def parser() -> argparse.ArgumentParser:
    """All topics."""
    top = argparse.ArgumentParser(prog="ziping admin", description="财政局的事：县、单位、人员、日程、进度、汇总")
    top.add_argument("--packs", type=Path, action="append", default=[], metavar="DIR", help="再加一个放套表的文件夹")
    topics = top.add_subparsers(dest="topic", required=True, metavar="事项")
    for name in TOPICS:
        import_module(f"bot.commands.admin.{name}").add(topics)
    return top


def run(arguments: Namespace) -> int:
    """Carry one topic out. Raises ZipingError for what cannot be done."""
    chosen = parser().parse_args(arguments.behind)
    with open_desk(chosen.packs) as desk:
        module = import_module(f"bot.commands.admin.{chosen.topic.replace('-', '_')}")
        return int(module.run(chosen, desk))
