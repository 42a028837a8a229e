"""The deviation notes of a filing (偏差原因及改进措施): typed once beside the goal, told wherever somebody asks why.

The table prints the note in its cell, a report gathers the notes into a sentence, a reviewer gets them as a list that
says how large each gap is and whether the note names it. Not here: when a note is asked (attainment.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.answers import Answers
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.completing import names_the_gap
from scoring.goals.lines import assessed, cell_of, name_of


@dataclass(frozen=True, slots=True)
class Deviation:
    """One line of goals that wants a note. `gap`: its size in words; `why`: what asked for the note; `note` may still
    be empty; `named`: whether the note says how large the gap is; `lost`: points, in 分, None while they are open."""

    item: str
    number: int
    name: str
    why: str
    gap: str
    note: str
    named: bool
    lost: Fraction | None


def deviations(form: Form, answers: Answers) -> Iterator[Deviation]:
    """Every line of every table of goals that deviates, in the order of the form."""
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if not isinstance(item, Rows) or item.attainment is None or answer is None or not answer.given:
            continue
        rows = rows_in(answer.value)
        for n, (row, judged) in enumerate(zip(rows, assessed(item, rows), strict=True), 1):
            note = cell_of(item, row, "note")
            if judged is None or not (judged.note_for or note):
                continue
            said = note if isinstance(note, str) else ""
            lost = None if judged.points is None else judged.weight - judged.points
            named = bool(said) and names_the_gap(said, judged)
            yield Deviation(item.id, n, name_of(item, row), judged.note_for, judged.gap, said, named, lost)
