"""Which questions a filing has just now: the position in a form is computed from its answers.

A question disappears when its `when` no longer holds, or when a rule that was silent speaks; it must be
asked again when what its answer rests on has changed.
"""

from functools import lru_cache
from hashlib import blake2s

from scoring.answers import Answer, Answers, State
from scoring.cells import is_complete, open_places, rows_in
from scoring.columns import OneRow
from scoring.form import Form
from scoring.items import Item, Manual
from scoring.numbers import plain
from scoring.rules.base import Standing
from scoring.rules.span import Span
from scoring.scorecard import verdict
from scoring.values import ManualScore, to_json
from scoring.wording import quoted


def asked(form: Form, answers: Answers) -> tuple[Item, ...]:
    """The questions of the filing, in order; remembered by the answers that decide which they are."""
    get = answers.get
    return _asked(form, tuple([get(n) for n in form.deciding]))


@lru_cache(maxsize=4096)
def _asked(form: Form, deciding: tuple[Answer | None, ...]) -> tuple[Item, ...]:
    answers = {n: a for n, a in zip(form.deciding, deciding, strict=True) if a is not None}
    found = (i for i in form.items.values() if i.id not in form.conditional or is_asked(form, i, answers))
    return tuple(as_asked(form, i, answers) for i in found)


def as_asked(form: Form, item: Item, answers: Answers) -> Item:
    """The question as it stands just now: points by hand are asked within the range that the rule leaves open."""
    if item.id not in form.silent or not isinstance(item, Manual):
        return item
    place = form.silent[item.id]
    allowed = verdict(form, place, answers).allowed
    return _narrowed(item, allowed, place.indicator.name) if allowed else item


@lru_cache(maxsize=4096)
def _narrowed(item: Manual, allowed: tuple[Span, ...], name: str) -> Item:
    ranges = tuple(dict.fromkeys(span.ends(item.places) for span in allowed))
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    places = max(item.places, *(-int(end.normalize().as_tuple().exponent) for r in ranges for end in r))
    one = item.model_copy(update={"min": low, "max": high, "places": places, "ranges": ranges})
    ask = f"{quoted(name)}要由您自评：按前面的答案，只能给 {one.span} 分。请写分数，再写理由。"
    return one.model_copy(update={"ask": ask, "help": f"先写分数，再写理由，例如：{plain(high)} 任务按时完成，群众反映好。"})


def is_asked(form: Form, item: Item, answers: Answers) -> bool:
    """Whether this question belongs to the filing as answered so far."""
    if item.id in form.silent:
        return verdict(form, form.silent[item.id], answers).standing is Standing.UNSPECIFIED
    return not item.when or form.figures(answers).holds(item.when)


def is_settled(form: Form, item: Item, answers: Answers) -> bool:
    """Whether the question needs no more attention: answered in full (or not applicable), and still resting on the same facts."""
    answer = answers.get(item.id)
    if answer is None or answer.state is State.SKIPPED or answer.basis != basis(form, item, answers):
        return False
    if answer.given and not is_whole(item, answer):
        return False
    return item.id not in form.silent or _in_range(form, item, answer, answers)


def is_whole(item: Item, answer: Answer) -> bool:
    """Whether every piece is there that is asked by itself: also of a line that came from elsewhere with some of its cells."""
    if answer.source and isinstance(item, OneRow) and open_places(item, rows_in(answer.value)):
        return False
    return is_complete(item, answer.value)


def _in_range(form: Form, item: Item, answer: Answer, answers: Answers) -> bool:
    """Whether points given by hand lie where the rule leaves them open."""
    allowed = verdict(form, form.silent[item.id], answers).allowed
    return not isinstance(answer.value, ManualScore) or not allowed or any(s.holds(answer.value.points) for s in allowed)


def basis(form: Form, item: Item, answers: Answers) -> str:
    """Fingerprint of the answers this one rests on: points given by hand rest on the figures the rule saw.

    Empty when it rests on nothing.
    """
    place = form.silent.get(item.id)
    names = form.reads_of[place] if place else ()
    return _fingerprint(tuple(answers.get(n) for n in names)) if names else ""


def _fingerprint(answers: tuple[Answer | None, ...]) -> str:
    parts = [f"{a.state}:{to_json(a.value) if a.value is not None else ''}" if a else "-" for a in answers]
    return blake2s("\n".join(parts).encode(), digest_size=6).hexdigest()


def is_provisional(form: Form, answers: Answers) -> bool:
    """Whether any answer that counts is provisional (暂估), and with it the total."""
    return any(answers[item.id].provisional for item in asked(form, answers) if item.id in answers)
