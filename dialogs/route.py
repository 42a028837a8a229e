"""The way through a form: which question comes next, which one before, and how far we are.

All of it is computed from the answers. Open questions come first, then those skipped, then provisional
ones, each once per round; what is still open after that stands on the check-up page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scoring.answers import Answers, State
from scoring.asked import asked, is_settled
from scoring.form import Form
from scoring.formdata import Section
from scoring.items import Item


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How a section stands. `attention`: skipped, provisional or to be asked again."""

    section: Section
    items: tuple[Item, ...]
    done: int
    attention: int

    @property
    def complete(self) -> bool:
        return self.done == len(self.items) and not self.attention


@dataclass(frozen=True, slots=True)
class Progress:
    """How the filing stands as a whole."""

    done: int
    total: int
    sections: tuple[SectionProgress, ...]
    upcoming: Item | None = None  # the question to go on with for whoever comes afresh, as next_item finds it from the top

    @property
    def bar(self) -> str:
        """Ten cells, full ones first; the last is filled only when everything is done."""
        filled = self.done * 10 // self.total if self.total else 10
        return "▓" * filled + "░" * (10 - filled)


def next_item(
    form: Form,
    answers: Answers,
    after: str = "",
    revisited: Sequence[str] = (),
    unfinished: Sequence[str] = (),
    rank: Callable[[str], int] | None = None,
) -> Item | None:
    """The next question: the first open one behind `after`, else from the top, else one to ask again.

    `unfinished`: tables that nobody has said are all there; they are open although every line is complete.
    `rank`: questions of a lower rank come before all others: one's own before everybody's.
    """
    items = list(asked(form, answers))
    place = next((n + 1 for n, i in enumerate(items) if i.id == after), 0)
    ahead = items[place:] + items[:place]
    if rank is not None:
        ahead.sort(key=lambda i: rank(i.id))
        items.sort(key=lambda i: rank(i.id))
    for item in ahead:
        answer = answers.get(item.id)
        if answer is None or (item.id in unfinished and answer.given and answer.value):
            return item
        if answer.state is not State.SKIPPED and item.id not in revisited and not is_settled(form, item, answers):
            return item
    for item in items:
        if needs_attention(form, item, answers) and item.id not in revisited:
            return item
    return None


def previous_item(form: Form, answers: Answers, before: str) -> Item | None:
    """The question asked before this one, in the order of the form."""
    items = list(asked(form, answers))
    place = next((n for n, i in enumerate(items) if i.id == before), 0)
    return items[place - 1] if place else None


def needs_attention(form: Form, item: Item, answers: Answers) -> bool:
    """Skipped, provisional, or resting on figures that have changed."""
    answer = answers.get(item.id)
    return answer is not None and (answer.provisional or not is_settled(form, item, answers))


@dataclass(slots=True)
class _Tally:
    """The questions of a section while they are counted."""

    items: list[Item] = field(default_factory=list)
    done: int = 0
    attention: int = 0


_latest: tuple[Form, Answers, Progress] | None = None  # an event asks twice: for the screen, and for the lists of many filings


def progress(form: Form, answers: Answers) -> Progress:
    """Counts by section and in all."""
    global _latest
    latest = _latest
    if latest is not None and latest[0] is form and latest[1] == answers:
        return latest[2]
    counted = _counted(form, answers)
    _latest = form, dict(answers), counted
    return counted


def _counted(form: Form, answers: Answers) -> Progress:
    tallies: dict[Section, _Tally] = {}
    section_of = form.section_of
    here, tally = None, _Tally()
    still_open: Item | None = None
    doubtful: Item | None = None
    for item in asked(form, answers):
        section = section_of[item.id]
        if section is not here:
            here, tally = section, tallies.setdefault(section, _Tally())
        tally.items.append(item)
        answer = answers.get(item.id)
        if answer is None:
            still_open = still_open or item
            continue
        settled = is_settled(form, item, answers)
        tally.done += settled
        if answer.provisional or not settled:
            tally.attention += 1
            doubtful = doubtful or item
            if not settled and answer.state is not State.SKIPPED:
                still_open = still_open or item
    sections = tuple(SectionProgress(s, tuple(t.items), t.done, t.attention) for s, t in tallies.items())
    done, total = sum(s.done for s in sections), sum(len(s.items) for s in sections)
    return Progress(done, total, sections, still_open or doubtful)
