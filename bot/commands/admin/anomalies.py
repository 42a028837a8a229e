"""`ziping admin anomalies`: what is unlikely among the filings that were handed in, with the evidence."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.commands.admin.desk import Desk, as_json
from bot.commands.admin.steps import through
from bot.commands.admin.which import add_which, asked_of
from dialogs.bureau import reports
from templates.county.anomaly_book import anomaly_book


def add(topics: Any) -> None:
    """Its words."""
    parser = topics.add_parser("anomalies", help="异常清单：全部满分、完成值都等于指标值、文字相同……")
    add_which(parser)
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="写成表格")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace, desk: Desk) -> int:
    """Print it, or write it; 1 when there is something."""
    county, year = asked_of(desk, arguments)
    cases, found = through(reports.noticed(desk.office, county.id, year))
    by_id = {case.id: case for case in cases}
    if arguments.xlsx is not None:
        title = f"{county.name}{year}年度自评异常清单"
        arguments.xlsx.write_bytes(anomaly_book(title, [reports.told(by_id, one) for one in found]))
    if arguments.json:
        rows = [
            {
                "filing": a.case,
                "unit": by_id[a.case].unit,
                "project": by_id[a.case].project,
                "form": by_id[a.case].form.id,
                "kind": a.kind.name.lower(),
                "said": a.said,
                "items": list(a.items),
                "other": a.other,
            }
            for a in found
        ]
        print(as_json({"county": county.name, "year": year, "filings": len(cases), "anomalies": rows}))
    else:
        print(f"看了 {len(cases)} 份已提交的表，{len(found)} 处值得再看一眼。异常不等于有错。")
        for a in found:
            print(f"  {by_id[a.case].name}　{a.kind}　{a.said}")
        if arguments.xlsx is not None:
            print(f"已写到 {arguments.xlsx}")
    return 1 if found else 0
