"""All that is noticed about many filings, in one list: filing by filing, the most telling first."""

from collections.abc import Callable, Iterator, Sequence

from scoring.anomalies.alike import same_rates, same_satisfaction
from scoring.anomalies.case import Anomaly, Case, Kind
from scoring.anomalies.copied import copied
from scoring.anomalies.marks import all_equal, far_over, full_marks, raised

ONE_BY_ONE: tuple[Callable[[Case], Iterator[Anomaly]], ...] = (full_marks, all_equal, same_rates, far_over, raised)
WEIGHT = {
    kind: n for n, kind in enumerate((Kind.COPIED, Kind.FULL, Kind.EQUAL, Kind.RAISED, Kind.RATE, Kind.OVER, Kind.SATISFACTION))
}


def anomalies(cases: Sequence[Case]) -> tuple[Anomaly, ...]:
    """Everything that makes one look twice. Filings with most of it come first."""
    found = [anomaly for case in cases for notice in ONE_BY_ONE for anomaly in notice(case)]
    found += [*same_satisfaction(cases), *copied(cases)]
    order = {case.id: n for n, case in enumerate(cases)}
    count: dict[str, int] = {}
    for anomaly in found:
        count[anomaly.case] = count.get(anomaly.case, 0) + 1
    return tuple(sorted(found, key=lambda a: (-count[a.case], order[a.case], WEIGHT[a.kind])))
