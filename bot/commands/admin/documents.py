"""`ziping admin documents`: everything that was issued, in one .zip, unit by unit, with a list of SHA-256."""

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
    parser = topics.add_parser("documents", help="全部已生成的文件打成一个 zip，按单位分文件夹，附目录")
    add_which(parser)
    parser.add_argument("--approved", action="store_true", help="只要审核通过的")
    parser.add_argument("--out", type=Path, default=Path("全部文件.zip"), metavar="FILE")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write it; 1 when something had to be left out."""
    with desk.reading() as c:
        county = county_of(c, arguments)
        year = year_of(c, arguments, county)
    volumes = Volumes(arguments.out)
    try:
        done = through(
            archiving.all_documents(desk.office, county.id, year, volumes.target, approved=arguments.approved, most=NO_END)
        )
    except BaseException:
        volumes.drop()
        raise
    paths = volumes.close()
    if arguments.json:
        print(as_json({"county": county.name, "year": year, **archived(done, paths)}))
        return 1 if done.left_out else 0
    if not paths:
        print(f"{county.name}{year}年度没有生成过的文件，没有写。")
    for path in paths:
        print(f"已写到 {path}：{len(done.units)} 个单位，{done.documents} 份文件")
    for line in done.left_out:
        print(f"没放进去：{line}")
    return 1 if done.left_out else 0
