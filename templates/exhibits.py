"""Evidence as documents have it: the name each file gets from its indicator and unit, the annex, and what goes into a package.

Not here: which places want evidence (scoring/evidence.py), or the bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from scoring.evidence import Exhibit, Spot, spot_of, spots
from scoring.form import Form
from templates.filenames import file_name

FOLDER = "佐证材料"
ANNEX = "evidence"  # the id of the annex among a filing's documents
TITLE = "佐证材料清单"
LARGEST_PACKAGE = 45 * 1024 * 1024  # bytes: a messenger takes 50 MB
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
}


@dataclass(frozen=True, slots=True)
class Named:
    """An exhibit with its place and the name its file has everywhere."""

    spot: Spot
    name: str
    exhibit: Exhibit


def named(form: Form, whose: str, exhibits: Sequence[Exhibit]) -> tuple[Named, ...]:
    """The exhibits in printed order of their places: 03 三公经费控制率_某某中心_1.jpg."""
    order = {spot.key: n for n, spot in enumerate(spots(form))}
    placed = [(spot_of(form, e.about, e.place), e) for e in exhibits]
    placed.sort(
        key=lambda p: (p[0].about == "filing", p[0].about == "item", order.get(p[0].key, len(order)), p[0].number, p[1].at)
    )
    found: list[Named] = []
    counted: dict[tuple[str, str], int] = {}
    for spot, exhibit in placed:
        n = counted[spot.key] = counted.get(spot.key, 0) + 1
        found.append(Named(spot, file_name(f"{spot.title}_{whose}_{n}.{SUFFIXES.get(exhibit.media_type, 'bin')}"), exhibit))
    return tuple(found)


def day_of(exhibit: Exhibit, zone: str = "Asia/Shanghai") -> str:
    """The day it was handed in: 2021年3月1日."""
    day = datetime.fromtimestamp(exhibit.at, UTC).astimezone(ZoneInfo(zone)).date()
    return f"{day.year}年{day.month}月{day.day}日"


def bundles(exhibits: Sequence[Exhibit], room: int = LARGEST_PACKAGE) -> tuple[tuple[Exhibit, ...], ...]:
    """The exhibits in as many packages as they need, each small enough to be sent."""
    found: list[list[Exhibit]] = []
    size = room + 1
    for exhibit in exhibits:
        if size + exhibit.size > room:
            found.append([])
            size = 0
        found[-1].append(exhibit)
        size += exhibit.size
    return tuple(tuple(bundle) for bundle in found)
