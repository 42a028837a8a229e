"""`ziping admin summary`: the county's scores and grades, as a spreadsheet and as a Word document."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.steps import through, written
from bot.commands.admin.which import add_which, asked_of
from dialogs.bureau import reports


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("summary", help="全县结果汇总：等级、平均分、分组排名（.xlsx 和 .docx）")
    add_which(parser)
    parser.add_argument("--approved", action="store_true", help="只算审核通过的（不写：待审核的也算，表里标明）")
    parser.add_argument("--out", type=Path, default=Path("汇总"), metavar="DIR")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Write both files."""
    county, year = asked_of(desk, arguments)
    finished = through(reports.summary(desk.office, county.id, year, approved=arguments.approved))
    paths = written(finished, arguments.out)
    if arguments.json:
        print(as_json({"county": county.name, "year": year, "files": paths}))
        return 0
    print(finished.text)
    for path in paths:
        print(f"已写到 {path}")
    return 0
