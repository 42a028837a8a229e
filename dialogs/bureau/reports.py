"""Work that makes files of many filings: the county summary, the anomaly list, all documents, the edition for the public.

Each is a generator over (office, …) for the runner of the chat and for the command line alike. Not here: what stands in
the files (templates/county), or what is noticed (scoring/anomalies).
"""

from collections.abc import Generator
from functools import partial

from sqlalchemy import Connection

from dialogs.bureau.collecting import collect
from dialogs.bureau.working import Finished, Output
from dialogs.editions import edition_of
from dialogs.office import Office
from dialogs.store import documents, handed_in
from dialogs.store.engine import reading
from dialogs.store.handed_in import HandedIn
from scoring.anomalies import Anomaly, Case, anomalies
from scoring.form import Form
from scoring.reading.dates import shown_date
from scoring.scorecard import score
from templates.county.anomaly_book import Noticed, anomaly_book
from templates.county.figures import grade_counts
from templates.county.results import County
from templates.county.summary_book import summary_book
from templates.county.summary_report import summary_report
from templates.messages import message
from templates.package import file_name

SOME = 20  # filings between two words about how far it is
Steps = Generator[tuple[int, int], None, Finished]


def summary(office: Office, county: str, year: int, *, approved: bool = False) -> Steps:
    """The summary of scores and grades, as a spreadsheet and as a document."""
    with reading(office.engine) as c:
        made = yield from collect(c, county, year, shown_date(office.today()), approved=approved)
    yield len(made.results), made.expected
    book = summary_book(made)
    yield made.expected, made.expected
    report = summary_report(made)
    files = [Output(file_name(f"{made.title}.xlsx"), book), Output(file_name(f"{made.title}.docx"), report)]
    return Finished(message("bureau/summary", made=made, grades=_grades(made), approved=approved), files)


def _grades(made: County) -> list[tuple[str, int]]:
    return [(name, count) for name, count in grade_counts(made.results, made.grades) if count]


def noticed(office: Office, county: str, year: int) -> Generator[tuple[int, int], None, tuple[list[Case], list[Anomaly]]]:
    """Everything that is unlikely among what was handed in."""
    cases: list[Case] = []
    with reading(office.engine) as c:
        before = handed_in.returned_before(c, county, year)
        for n, row in enumerate(handed_in.handed_in(c, county, year), 1):
            cases.append(_case(c, row, before.get(row.filing, "")))
            if n % SOME == 0:
                yield n, 0
    yield len(cases), len(cases)
    return cases, list(anomalies(cases))


def _case(c: Connection, row: HandedIn, before: str) -> Case:
    form = edition_of(c, row.form, row.edition, row.year)
    answers = documents.unpack(row.inputs, form, partial(edition_of, c)).answers
    card = score(form, answers)
    earlier = score(form, documents.unpack(before, form, partial(edition_of, c)).answers) if before else None
    return Case(row.filing, row.unit_name, form, answers, card, row.project, earlier)


def anomaly_list(office: Office, county: str, year: int, name: str) -> Steps:
    """The anomaly list: numbers, and buttons to the filings with most of it."""
    cases, found = yield from noticed(office, county, year)
    by_id = {case.id: case for case in cases}
    counts: dict[str, int] = {}
    for one in found:
        counts[str(one.kind)] = counts.get(str(one.kind), 0) + 1
    title = f"{name}{year}年度自评异常清单"
    lines = [told(by_id, one) for one in found]
    first = list(dict.fromkeys(one.case for one in found))[:8]
    named = [(by_id[id].name, [a.said for a in found if a.case == id][:3]) for id in first]
    text = message(
        "bureau/anomalies",
        filings=len(cases),
        found=len(found),
        counts=counts,
        told=named,
        more=len({a.case for a in found}) - len(first),
    )
    rows = [[(str(n + k + 1), f"filing:{id}") for k, id in enumerate(first[n : n + 4])] for n in range(0, len(first), 4)]
    files = [Output(file_name(f"{title}.xlsx"), anomaly_book(title, lines))] if found else []
    return Finished(text, files, rows=rows)


def told(cases: dict[str, Case], one: Anomaly) -> Noticed:
    """One line of the list."""
    case, other = cases[one.case], cases.get(one.other)
    where = "、".join(dict.fromkeys(_label(case.form, item) for item in one.items))
    return Noticed(case.unit, case.project, case.form.title, str(one.kind), one.said, where, other.name if other else "")


def _label(form: Form, item: str) -> str:
    return f"第 {form.numbers[item]} 题 {form.items[item].label}" if item in form.items else ""
