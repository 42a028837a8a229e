"""The shared scoring module: what a form is, and how it is scored and checked. Usable alone.

    form = load("hecheng-2020/department")
    answers = read_answers(form, Path("answers.yaml")).answers
    card = score(form, answers)
    findings = check(form, answers)

Pure: no input or output but reading its own form files; no chat, no database, no Word.
"""

from scoring.checks import Finding, check
from scoring.loading import load
from scoring.scorecard import Scorecard, score

__all__ = ["Finding", "Scorecard", "check", "load", "score"]
