"""The shared scoring module: what a form is, and how it is scored and checked. Usable alone.

    form = load("hecheng-2020/department")
    answers = read_answers(form, Path("answers.yaml")).answers    # scoring.answersfiles.file
    card = score(form, answers)
    findings = check(form, answers)

    form, formdata, items, columns, tree, pack   what a form is; packs/ reads it from disk, forms/ holds the packs, lint/ their mistakes
    values, answers, asked, cells, survey        what was answered, and what is asked next; reading/ understands what people type
    formula/, rules/, goals/, scorecard          what it is worth; checks/ says what does not agree
    beside/, editions/                           other filings of the unit, other editions of the form
    answersfiles/                                filings in files: for the command line, for cases, as printed

Pure: no input or output but reading its own form files; no chat, no database, no Word.
"""

from scoring.checks import Finding, check
from scoring.loading import load
from scoring.scorecard import Scorecard, score

__all__ = ["Finding", "Scorecard", "check", "load", "score"]
