"""Which questions a filing has just now: the position in a form is computed from its answers.

A question disappears when its `when` no longer holds, or when a rule that was silent speaks; it must be
asked again when what its answer rests on has changed.
"""

from functools import lru_cache
from hashlib import blake2s

from scoring.answers import Answer, Answers, State
from scoring.cells import is_complete
from scoring.form import Form
from scoring.items import Item
from scoring.rules.base import Standing
from scoring.scorecard import verdict
from scoring.values import to_json


def asked(form: Form, answers: Answers) -> tuple[Item, ...]:
    """The questions of the filing, in order; remembered by the answers that decide which they are."""
    get = answers.get
    return _asked(form, tuple([get(n) for n in form.deciding]))


@lru_cache(maxsize=4096)
def _asked(form: Form, deciding: tuple[Answer | None, ...]) -> tuple[Item, ...]:
    answers = {n: a for n, a in zip(form.deciding, deciding, strict=True) if a is not None}
    return tuple(i for i in form.items.values() if i.id not in form.conditional or is_asked(form, i, answers))


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
    return not answer.given or is_complete(item, answer.value)


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
