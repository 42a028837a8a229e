"""`ziping admin publish`: the documents of approved filings with names and phone numbers taken out."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.steps import Volumes, archived, through
from bot.commands.admin.which import add_which, county_of, year_of
from dialogs.bureau import archiving

NO_END = 1 << 60  # bytes: on a disk one file is enough


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("publish", help="公开版：审核通过的文件，去掉姓名和电话")
    add_which(parser)
    parser.add_argument("--out", type=Path, default=Path("公开版.zip"), metavar="FILE")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write it; 1 when something had to be left out."""
    with desk.reading() as c:
        county = county_of(c, arguments)
        year = year_of(c, arguments, county)
    volumes = Volumes(arguments.out)
    try:
        done = through(archiving.public_edition(desk.office, county.id, year, volumes.target, most=NO_END))
    except BaseException:
        volumes.drop()
        raise
    paths = volumes.close()
    if arguments.json:
        print(as_json({"county": county.name, "year": year, **archived(done, paths)}))
        return 1 if done.left_out else 0
    if not paths:
        print(f"{county.name}{year}年度没有审核通过的文件，没有写。")
    for path in paths:
        print(f"已写到 {path}：{len(done.units)} 个单位，{done.documents} 份文件")
    for line in done.left_out:
        print(f"没放进去：{line}")
    return 1 if done.left_out else 0
