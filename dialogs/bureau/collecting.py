"""What was handed in, as lines of the county's summary: read from the snapshots, scored only where one tells no points.

Not here: the figures over them (templates/county/figures.py).
"""

import json
from collections.abc import Generator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Connection

from dialogs.editions import edition_of
from dialogs.store import counties, documents, handed_in, overview
from dialogs.store.handed_in import HandedIn
from scoring.form import Form
from scoring.goals.deviations import deviations
from scoring.numbers import plain
from scoring.scorecard import is_out, score
from scoring.tree import Place
from templates.county.results import County, Part, Result

SOME = 100  # filings between two words about how far it is


def collect(
    c: Connection, county: str, year: int, day: str, *, approved: bool = False
) -> Generator[tuple[int, int], None, County]:
    """The county's results; `approved`: only of filings that are. Yields how far it is."""
    expected = len(overview.standings(c, county, year))
    verified = handed_in.verified_in(c, county, year)
    results: list[Result] = []
    grades: dict[str, Decimal] = {}
    shapes: dict[tuple[str, str], _Shape] = {}
    for n, row in enumerate(handed_in.handed_in(c, county, year), 1):
        if n % SOME == 0:
            yield n, expected
        if approved and row.state != "approved":
            continue
        key = (row.form, row.edition)
        shape = shapes.get(key)
        if shape is None:
            shape = shapes[key] = _Shape(edition_of(c, row.form, row.edition, row.year))
            grades |= {g.name: max(g.lowest, grades.get(g.name, g.lowest)) for g in shape.form.pack.grades}
        results.append(_result(c, row, shape, verified.get(row.filing, {})))
    known = counties.county(c, county)
    order = tuple(sorted(grades, key=lambda name: -grades[name]))
    return County(known.name if known else "", year, results, expected, order, day)


class _Shape:
    """A form with what every one of its filings is summed up by: its indicators by level 1."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.tops: dict[str, list[Place]] = {}
        for place in form.indicators:
            top = place.path[0].name if place.path else place.indicator.name
            self.tops.setdefault(top, []).append(place)

    def parts(self, points: Mapping[str, Any], out: Sequence[str]) -> tuple[Part, ...]:
        """Points and weight by level 1, without lines that are out of the table."""
        found = []
        for name, places in self.tops.items():
            counted = [p.indicator for p in places if p.indicator.id not in out]
            got = sum((Decimal(points[i.id]) for i in counted if points.get(i.id) is not None), Decimal(0))
            found.append(Part(name, got, sum((i.weight for i in counted), Decimal(0))))
        return tuple(found)


def _result(c: Connection, row: HandedIn, shape: _Shape, verified: Mapping[str, str]) -> Result:
    recorded = json.loads(row.inputs)
    if not {"points", "out", "notes"} <= recorded.keys():
        recorded |= _scored(c, row, shape.form)
    points = {**recorded["points"], **(verified if row.state == "approved" else {})}
    final = Decimal(row.final_total) if verified and row.final_total else None
    return Result(
        row.unit_name,
        shape.form.title,
        Decimal(row.total or 0),
        Decimal(plain(shape.form.weight)),
        (row.final_grade if final is not None else "") or row.grade,
        row.state,
        shape.parts(points, recorded["out"]),
        row.code,
        row.grouping,
        row.project,
        final,
        int(recorded["notes"]),
    )


def _scored(c: Connection, row: HandedIn, form: Form) -> dict[str, object]:
    """What a snapshot does not tell, worked out."""
    answers = documents.unpack(row.inputs, form, partial(edition_of, c)).answers
    card = score(form, answers)
    return {
        "points": {x.indicator.id: x.points for x in card.lines},
        "out": [x.indicator.id for x in card.lines if is_out(form, x)],
        "notes": sum(bool(d.note) for d in deviations(form, answers)),
    }
