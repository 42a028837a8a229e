"""What an answer does to the score, in the words and numbers that the chat shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoring.answers import Answers
from scoring.asked import asked, is_settled
from scoring.checks import apply
from scoring.form import Form
from scoring.numbers import plain
from scoring.rules.base import Standing
from scoring.scorecard import Line, Scorecard, score, score_line


def running(card: Scorecard) -> dict[str, str]:
    """The running total for templates: total, decided, weight, and the weight still undecided (empty when none)."""
    left = card.weight - card.decided
    return {
        "total": plain(card.total),
        "decided": plain(card.decided),
        "weight": plain(card.weight) if card.weight else "",
        "undecided": plain(left) if left else "",
    }


def decided_by(form: Form, items: Sequence[str], answers: Answers) -> list[dict[str, str]]:
    """The indicators these answers have just given points to, each once and explained."""
    places = dict.fromkeys(p for i in items for p in form.indicators_of.get(i, ()))
    lines = [score_line(form, p, answers) for p in places]
    return [{"name": x.indicator.name, "why": x.why, "full": x.full} for x in lines if told(x)]


def told(line: Line) -> bool:
    """Whether a line has something to say: points, or that the rule is silent."""
    return line.points is not None or line.standing is Standing.UNSPECIFIED


def remarks(form: Form, item_ids: tuple[str, ...], answers: Answers) -> list[str]:
    """Declared checks that read one of these items and do not hold just now; mere notices wait for the check-up page."""
    found = []
    for check in form.checks_of(item_ids):
        found += [finding.text for finding in apply(form, check, answers) if finding.severity != "提示"]
    return found


@dataclass(frozen=True, slots=True)
class Bill:
    """What follows from changing an answer: questions again, questions gone, the score before and after (empty without scores)."""

    again: tuple[str, ...]
    gone: tuple[str, ...]
    before: str
    after: str
    lines: tuple[dict[str, str], ...]
    remarks: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """For the template."""
        return {f: getattr(self, f) for f in ("again", "gone", "before", "after", "lines", "remarks")}


def bill(form: Form, old: Answers, new: Answers, items: tuple[str, ...]) -> Bill:
    """The consequences of replacing the old answers by the new ones, in which `items` were changed on purpose."""
    was = {i.id for i in asked(form, old)}
    settled = {i.id for i in asked(form, old) if is_settled(form, i, old)}
    becomes = list(asked(form, new))
    again = [
        i.label for i in becomes if i.id not in items and (i.id in settled or i.id not in was) and not is_settled(form, i, new)
    ]
    now = {i.id for i in becomes}
    gone = [form.items[i].label for i in was - now if i in old]
    before, after = score(form, old), score(form, new)
    pairs = [(a, b) for a, b in zip(before.lines, after.lines, strict=True) if a.points != b.points]
    lines = tuple({"name": a.indicator.name, "before": _points(a), "after": _points(b)} for a, b in pairs)
    fresh = [r for r in remarks(form, items, new) if r not in remarks(form, items, old)]
    totals = (plain(before.total), plain(after.total)) if form.indicators else ("", "")
    return Bill(tuple(again), tuple(gone), *totals, lines, tuple(fresh))


def _points(line: Line) -> str:
    return "待评" if line.points is None else plain(line.points)
