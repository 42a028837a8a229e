"""Which county and which year a topic is about: as named on the command line, else the only one or the latest there is."""

from argparse import ArgumentParser, Namespace

from bot.commands.admin.desk import Desk
from dialogs.store import counties, overview
from dialogs.store.counties import County
from dialogs.store.engine import Connection
from scoring.errors import ZipingError


def add_which(parser: ArgumentParser, *, year: bool = True) -> None:
    """`--county` and, where a topic is about a year, `--year`."""
    parser.add_argument("--county", default="", metavar="NAME", help="哪个区县（只有一个时不用写）")
    if year:
        parser.add_argument("--year", type=int, metavar="Y", help="评价年度（不写：最近的一年）")


def county_of(c: Connection, arguments: Namespace) -> County:
    """The county. Raises ZipingError when it cannot be told."""
    known = counties.all_counties(c)
    if not known:
        raise ZipingError("还没有区县，请先建一个：ziping admin county add 名称")
    named = [k for k in known if arguments.county in (k.name, k.id)] if arguments.county else list(known)
    if len(named) == 1:
        return named[0]
    names = "、".join(k.name for k in known)
    raise ZipingError(
        f"没有叫“{arguments.county}”的区县；现有：{names}" if arguments.county else f"请用 --county 写明区县：{names}"
    )


def asked_of(desk: Desk, arguments: Namespace) -> tuple[County, int]:
    """Both, read in a moment of their own."""
    with desk.reading() as c:
        county = county_of(c, arguments)
        return county, year_of(c, arguments, county)


def year_of(c: Connection, arguments: Namespace, county: County) -> int:
    """The year. Raises ZipingError when nothing was opened for it."""
    years = overview.years(c, county.id)
    if not years:
        raise ZipingError(f"{county.name}还没有开表。")
    if arguments.year is None:
        return years[0]
    if arguments.year not in years:
        raise ZipingError(f"{county.name}没有 {arguments.year} 年度的表；有：{'、'.join(map(str, years))}")
    return int(arguments.year)
