"""`ziping admin publish`: the documents of approved filings with names and phone numbers taken out."""

from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk
from bot.commands.admin.steps import NO_END, archive
from bot.commands.admin.which import add_which, asked_of
from dialogs.bureau import archiving


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("publish", help="公开版：审核通过的文件，去掉姓名和电话")
    add_which(parser)
    parser.add_argument("--out", type=Path, default=Path("公开版.zip"), metavar="FILE")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write it; 1 when something had to be left out."""
    county, year = asked_of(desk, arguments)
    packed = partial(archiving.public_edition, desk.office, county.id, year, most=NO_END)
    return archive(arguments, county.name, year, packed, "审核通过的文件")
