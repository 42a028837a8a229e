"""The same rate wherever one looks: all rates of one filing, or one satisfaction in many filings."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.anomalies.case import Anomaly, Case, Kind, reached
from scoring.asked import asked
from scoring.cells import lines_of
from scoring.columns import Survey
from scoring.formula import Missing, Undefined
from scoring.items import Percent
from scoring.numbers import plain, round_half_up
from scoring.survey import survey_figure

FEW = 3  # rates of one filing below which nobody wonders that they are alike
MANY = 5  # filings with the same satisfaction …
SHARE = 4  # … that are at least one in so many
TOLD = 3


def _rates(case: Case) -> Iterator[tuple[str, str, Decimal]]:
    """(item, name, value) of every percentage that was reached."""
    for item in asked(case.form, case.answers):
        answer = case.answers.get(item.id)
        if isinstance(item, Percent) and answer is not None and isinstance(answer.value, Decimal):
            yield item.id, item.label, answer.value
        if isinstance(item, Survey) and (rows := lines_of(answer)):
            try:
                yield item.id, item.label + "满意度", round_half_up(survey_figure(item, rows, "composite"), 2)
            except (Missing, Undefined):
                continue
    for line in reached(case):
        if line.target.unit == "%" and line.actual.number is not None:
            yield line.item, line.name, line.actual.number


def same_rates(case: Case) -> Iterator[Anomaly]:
    """Several rates, all the same and not 100%."""
    rates = list(_rates(case))
    values = {value for _, _, value in rates}
    if len(rates) >= FEW and len(values) == 1 and values != {Decimal(100)}:
        named = "、".join(name for _, name, _ in rates[:TOLD])
        said = f"{len(rates)} 个比率都是 {plain(rates[0][2])}%：{named}{'……' if len(rates) > TOLD else ''}。"
        yield Anomaly(Kind.RATE, case.id, said, tuple(dict.fromkeys(item for item, _, _ in rates)))


def same_satisfaction(cases: Sequence[Case]) -> Iterator[Anomaly]:
    """One satisfaction in many units."""
    found: dict[str, list[tuple[Case, str, Decimal]]] = defaultdict(list)
    for case in cases:
        satisfied = [(item, value) for item, name, value in _rates(case) if "满意" in name]
        for item, value in satisfied[:1]:
            found[case.form.id].append((case, item, value))
    for entries in found.values():
        units: dict[Decimal, set[str]] = defaultdict(set)
        for case, _, value in entries:
            units[value].add(case.unit)
        counts = Counter({value: len(names) for value, names in units.items()})
        everybody = len({case.unit for case, _, _ in entries})
        for case, item, value in entries:
            if value != 100 and counts[value] >= MANY and counts[value] * SHARE >= everybody:
                said = f"满意度 {plain(value)}%，和另外 {counts[value] - 1} 个单位一模一样（{everybody} 个单位填了满意度）。"
                yield Anomaly(Kind.SATISFACTION, case.id, said, (item,))
