"""Whose turn it is, computed from the form, its answers and the parts given to persons. Pure.

A part is a section, or `=` and a single question, which goes before its section. What was given to nobody is everybody's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.store.assignments import Assigned
from scoring.answers import Answers
from scoring.asked import asked, is_settled
from scoring.form import Form
from scoring.items import Item

EVERYBODY = ""  # the owner of what nobody was given
MINE, SHARED, OTHERS = 0, 1, 2  # the order in which somebody is led through a filing


@dataclass(frozen=True, slots=True)
class Part:
    """What one person has to do in a filing. `left` are the questions still open, `promised` the nearest day (ISO)."""

    person: str
    names: tuple[str, ...]
    count: int
    left: tuple[Item, ...]
    promised: str = ""


def single(item_id: str) -> str:
    """The part that is this one question."""
    return f"={item_id}"


def part_of(form: Form, given: Iterable[Assigned], item_id: str) -> Assigned | None:
    """The part that a question belongs to; None when it is everybody's."""
    by_part = {a.part: a for a in given}
    return by_part.get(single(item_id)) or by_part.get(form.section_of[item_id].id)


def owners(form: Form, given: Iterable[Assigned]) -> Mapping[str, str]:
    """By question, the person it was given to; questions of everybody are not in it."""
    by_part = {a.part: a.person for a in given}
    if not by_part:
        return {}
    found = {i: by_part.get(single(i)) or by_part.get(section.id) for i, section in form.section_of.items()}
    return {item: person for item, person in found.items() if person}


def rank(owned: Mapping[str, str], person: str, item_id: str) -> int:
    """Whether a question is this person's own, everybody's, or somebody else's."""
    owner = owned.get(item_id, EVERYBODY)
    return SHARED if owner == EVERYBODY else MINE if owner == person else OTHERS


def section_parts(form: Form, answers: Answers) -> tuple[str, ...]:
    """The sections that have questions just now."""
    return tuple(dict.fromkeys(form.section_of[i.id].id for i in asked(form, answers)))


def name_of_part(form: Form, part: str) -> str:
    """The section's title, or the question's label; empty when the form has it no more."""
    if part.startswith("="):
        item = form.items.get(part[1:])
        return item.label if item else ""
    return next((s.title for s in form.sections if s.id == part), "")


def items_of_part(form: Form, answers: Answers, given: Iterable[Assigned], part: str) -> tuple[Item, ...]:
    """The questions of a part, as they are asked just now; those given away singly are not in their section."""
    known = tuple(given)
    if part.startswith("="):
        return tuple(i for i in asked(form, answers) if i.id == part[1:])
    alone = {a.part[1:] for a in known if a.part.startswith("=")}
    return tuple(i for i in asked(form, answers) if form.section_of[i.id].id == part and i.id not in alone)


def is_done(form: Form, answers: Answers, items: Iterable[Item]) -> bool:
    """Whether nothing of these questions is open: a provisional answer counts as one to come back to."""
    return not left(form, answers, items)


def left(form: Form, answers: Answers, items: Iterable[Item]) -> tuple[Item, ...]:
    """Those of the questions that still want an answer, or a firm one."""
    return tuple(i for i in items if not is_settled(form, i, answers) or answers[i.id].provisional)


def parts_of(form: Form, answers: Answers, given: Iterable[Assigned]) -> tuple[Part, ...]:
    """What each person has to do, in the order of the form."""
    known = tuple(given)
    people: dict[str, list[Assigned]] = {}
    for one in in_order(form, known):
        if name_of_part(form, one.part):
            people.setdefault(one.person, []).append(one)
    found = []
    for person, own in people.items():
        items = [i for a in own for i in items_of_part(form, answers, known, a.part)]
        days = [a.promised for a in own if a.promised and left(form, answers, items_of_part(form, answers, known, a.part))]
        names = tuple(name_of_part(form, a.part) for a in own)
        found.append(Part(person, names, len(items), left(form, answers, items), min(days, default="")))
    return tuple(found)


def in_order(form: Form, given: Iterable[Assigned]) -> tuple[Assigned, ...]:
    """The parts in the order of the form."""
    order = {i: n for n, i in enumerate(form.items)}
    return tuple(sorted(given, key=lambda a: _place(form, order, a.part)))


def _place(form: Form, order: Mapping[str, int], part: str) -> int:
    if part.startswith("="):
        return order.get(part[1:], len(order))
    return min((order[i] for i, s in form.section_of.items() if s.id == part), default=len(order))


def open_for_all(form: Form, answers: Answers, given: Iterable[Assigned]) -> tuple[Item, ...]:
    """The open questions that are everybody's."""
    owned = owners(form, given)
    return left(form, answers, (i for i in asked(form, answers) if i.id not in owned))


def waiting_for(
    form: Form, answers: Answers, given: Sequence[Assigned], fillers: Iterable[str]
) -> Mapping[str, tuple[Item, ...]]:
    """By person, the open questions that wait for them. What is everybody's waits for those who were given no part of their
    own, and for all when there is no such person."""
    everybody = tuple(dict.fromkeys(fillers))
    own = {p.person: p.left for p in parts_of(form, answers, given) if p.person in everybody}
    shared = open_for_all(form, answers, given)
    gone = tuple(i for p in parts_of(form, answers, given) if p.person not in everybody for i in p.left)
    free = [p for p in everybody if p not in own] or list(everybody)
    more = (*shared, *gone)  # the part of somebody who has left is everybody's, too
    found = {p: (*own.get(p, ()), *(more if p in free else ())) for p in everybody}
    order = {i: n for n, i in enumerate(form.items)}
    return {p: tuple(sorted(items, key=lambda i: order[i.id])) for p, items in found.items() if items}


def next_turn(form: Form, answers: Answers, given: Iterable[Assigned], after: str) -> Part | None:
    """Whose turn comes when this person is done: the first other one, in the order of the form, with something open."""
    return next((p for p in parts_of(form, answers, given) if p.person != after and p.left), None)


def completed(form: Form, answers: Answers, given: Iterable[Assigned]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts that are complete now and were not noted as such, and those noted as complete that are open again."""
    known = tuple(given)
    now = {a.part: is_done(form, answers, items_of_part(form, answers, known, a.part)) for a in known}
    new = tuple(a.part for a in known if now[a.part] and a.done_at is None)
    open_again = tuple(a.part for a in known if not now[a.part] and a.done_at is not None)
    return new, open_again
