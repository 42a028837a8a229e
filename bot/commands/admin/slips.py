"""`ziping admin slips`: the invitations nobody has used yet, printed once more with new codes."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk
from bot.commands.admin.which import add_which, county_of
from dialogs.bureau import slips

UNNAMED = "注意：机器人还没有运行过，单子上没有链接和机器人的名字。ziping serve 运行一次以后，用 ziping admin slips 重印。"


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("slips", help="重印还没用的邀请单（换新码，以前印的作废）")
    add_which(parser, year=False)
    parser.add_argument("--out", type=Path, default=Path("邀请单"), metavar="DIR")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write the list and the slips."""
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        printed, bot = slips.minted(doing.c, desk.office, county.id)
    if not printed:
        print("没有还没用的邀请。")
        return 0
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, made in slips.files(f"{county.name}邀请单", printed, bot):
        path = arguments.out / name
        path.write_bytes(made)
        path.chmod(0o600)
        print(f"已写到 {path}（{len(printed)} 人）")
    if not bot:
        print(UNNAMED, file=sys.stderr)
    return 0
