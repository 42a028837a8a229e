"""`ziping admin documents`: everything that was issued, in one .zip, unit by unit, with a list of SHA-256."""

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
    parser = topics.add_parser("documents", help="全部已生成的文件打成一个 zip，按单位分文件夹，附目录")
    add_which(parser)
    parser.add_argument("--approved", action="store_true", help="只要审核通过的")
    parser.add_argument("--out", type=Path, default=Path("全部文件.zip"), metavar="FILE")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write it; 1 when something had to be left out."""
    county, year = asked_of(desk, arguments)
    packed = partial(archiving.all_documents, desk.office, county.id, year, approved=arguments.approved, most=NO_END)
    return archive(arguments, county.name, year, packed, "生成过的文件")
