"""核查分: the points a reviewer gave an indicator in the place of the 自评分, with the reason.

Not here: what follows from them for the total (scoring/review/verified.py).
"""

from decimal import Decimal

from sqlalchemy import Connection, bindparam, delete, select

from dialogs.store.statements import Insert, Insertion, either
from dialogs.store.tables import verified_points
from scoring.numbers import plain
from scoring.review.verified import Verified

_v = verified_points.c


def _putting(insert: Insertion) -> Insert:
    putting = insert(verified_points)
    changed = {name: putting.excluded[name] for name in ("points", "own", "reason", "person_id", "at")}
    return putting.on_conflict_do_update(index_elements=["filing_id", "indicator"], set_=changed)


_PUT = either(_putting)
_DROP = delete(verified_points).where(_v.filing_id == bindparam("of_filing"), _v.indicator == bindparam("of_indicator"))
_ALL = select(_v.indicator, _v.points, _v.reason, _v.own).where(_v.filing_id == bindparam("of_filing")).order_by(_v.indicator)


def put(c: Connection, filing: str, indicator: str, verified: Verified, person: str, at: int) -> None:
    """Give an indicator these points, in the place of any given before."""
    row = {"filing_id": filing, "indicator": indicator, "points": plain(verified.points), "reason": verified.reason}
    row["own"] = "" if verified.own is None else plain(verified.own)
    c.execute(_PUT[c.dialect.name], {**row, "person_id": person, "at": at})


def drop(c: Connection, filing: str, indicator: str) -> bool:
    """Take the points back: the 自评分 counts again."""
    return c.execute(_DROP, {"of_filing": filing, "of_indicator": indicator}).rowcount == 1


def of_filing(c: Connection, filing: str) -> dict[str, Verified]:
    """All 核查分 of a filing by indicator."""
    rows = c.execute(_ALL, {"of_filing": filing})
    return {
        indicator: Verified(Decimal(points), reason, Decimal(own) if own else None) for indicator, points, reason, own in rows
    }
