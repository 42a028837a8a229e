"""`ziping admin import FILE`: units and people from a spreadsheet, with a report for every row; invitations to be printed."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.slips import UNNAMED
from bot.commands.admin.which import add_which, county_of
from dialogs.bureau import slips
from dialogs.bureau.importing import DAYS, carry, planned
from dialogs.bureau.planning import Plan, What
from scoring.errors import ZipingError
from templates.county.import_book import import_book


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("import", help="从表格导入单位和人员（.xlsx 或 CSV）")
    parser.add_argument("file", type=Path, metavar="FILE", help="列名：单位名称、单位代码、分组、主管部门、姓名、角色")
    add_which(parser, year=False)
    parser.add_argument("--dry-run", action="store_true", help="试运行：只报告，什么也不做")
    parser.add_argument("--good-rows", action="store_true", help="有误的行跳过，其余照样导入（不写：有一行有误就都不导入）")
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=f"邀请几天内有效（{DAYS}）")
    parser.add_argument("--report", type=Path, metavar="FILE", help="把逐行的结果写成表格")
    parser.add_argument("--slips", type=Path, default=Path("邀请单"), metavar="DIR", help="邀请名单和邀请单写到哪个文件夹")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Import, or only report."""
    if not 1 <= arguments.days <= 60:
        raise ZipingError("邀请的有效期要在 1 到 60 天之间。")
    try:
        content = arguments.file.read_bytes()
    except OSError as e:
        raise ZipingError(f"打不开 {arguments.file}，请看看文件名和位置。") from e
    with desk.doing() as doing:
        county = county_of(doing.c, arguments)
        made = planned(doing.c, content, county.id, desk.office.today(), doing.at)
        refused = bool(made.refused) and not arguments.good_rows
        done = None
        if not arguments.dry_run and not refused:
            done = carry(doing, county.id, content, only_good=True, days=arguments.days)
    written: list[str] = []
    bot = ""
    if done is not None and done.invited:
        with desk.doing() as doing:
            printed, bot = slips.minted(doing.c, desk.office, county.id, done.batch)
        arguments.slips.mkdir(parents=True, exist_ok=True)
        for name, made_file in slips.files(f"{county.name}邀请单", printed, bot):
            path = arguments.slips / name
            path.write_bytes(made_file)
            path.chmod(0o600)
            written.append(str(path))
    if arguments.report is not None:
        rows = [(r.number, str(r.what), r.unit, r.said) for r in made.rows]
        arguments.report.write_bytes(import_book(f"{county.name}导入结果", rows))
        written.append(str(arguments.report))
    _tell(arguments, made, done is not None, written)
    if done is not None and done.invited and not bot:
        print(UNNAMED, file=sys.stderr)
    return 1 if made.refused else 0


def _tell(arguments: Namespace, made: Plan, done: bool, written: list[str]) -> None:
    counts = {what.name.lower(): made.count(what) for what in What}
    if arguments.json:
        rows = [{"row": r.number, "result": r.what.name.lower(), "unit": r.unit, "said": r.said} for r in made.rows]
        totals = {"new_units": made.new_units, "invitations": len(made.invites), **counts}
        print(as_json({"done": done, **totals, "files": written, "rows": rows}))
        return
    for r in made.rows:
        print(f"第 {r.number} 行　{r.what}　{r.said}")
    verb = "已" if done else "会" if arguments.dry_run else "本来会"
    print(
        f"共 {len(made.rows)} 行：{verb}新建单位 {made.new_units} 个，{verb}改 {len(made.units) - made.new_units} 个，"
        f"{verb}邀请 {len(made.invites)} 人；有误 {counts['refused']} 行{_which(made)}。"
    )
    if made.unused:
        print(f"这些列没有用到，也没有存：{'、'.join(made.unused)}")
    for path in written:
        print(f"已写到 {path}")
    if arguments.dry_run:
        print("这是试运行，什么也没有做。")
    elif not done:
        print("有误的行请先改好；只想导入没问题的行，加 --good-rows。什么也没有做。", file=sys.stderr)


def _which(made: Plan) -> str:
    """The numbers of the rows with a mistake: a long list has scrolled away by now."""
    numbers = [str(r.number) for r in made.refused]
    more = "……" if len(numbers) > 20 else ""
    return f"（第 {'、'.join(numbers[:20])}{more} 行）" if numbers else ""
