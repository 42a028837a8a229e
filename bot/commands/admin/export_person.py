"""`ziping admin export-person PERSON [--out FILE]`: everything held about somebody, to read (.txt) or for a program (--json)."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.persons import person_named
from dialogs.access.holdings import as_data, readable
from scoring.errors import ZipingError


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("export-person", help="导出关于一个人的全部资料")
    parser.add_argument("person", metavar="PERSON", help="姓名或编号")
    parser.add_argument("--out", type=Path, metavar="FILE", help="写到哪个文件（不写就打印出来）")
    parser.add_argument("--json", action="store_true", help="给程序用的格式")


def run(arguments: Namespace, desk: Desk) -> int:
    """Print or write."""
    with desk.reading() as c:
        person = person_named(c, arguments.person)
        text = as_json(as_data(c, person)) if arguments.json else readable(c, desk.office, person)
    if arguments.out is None:
        print(text)
        return 0
    try:
        arguments.out.touch(mode=0o600)
        arguments.out.write_text(text + "\n", encoding="utf-8")
    except OSError as e:
        raise ZipingError(f"写不了 {arguments.out}：{e.strerror}") from e
    print(f"已写到 {arguments.out}")
    return 0
