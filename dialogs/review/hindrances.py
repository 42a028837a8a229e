"""What still keeps a filing from being handed in: open questions, provisional figures, errors, unfinished filings beside it.

Findings that only want an explanation (需说明) or are worth a look (提示) hinder nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.checkup import Unfinished, check_up, unfinished
from dialogs.store import settings
from dialogs.store.engine import Connection
from scoring.answers import Answers
from scoring.beside.facts import Filed
from scoring.checks import Finding
from scoring.form import Form
from scoring.items import Item


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What hinders, and what is only to be known. An optional question never hinders."""

    blanks: tuple[Item, ...]
    provisional: tuple[Item, ...]
    errors: tuple[Finding, ...]
    others: tuple[Unfinished, ...]
    remarks: tuple[Finding, ...]

    @property
    def gaps(self) -> int:
        """How much is open; a county may take a filing with it, said openly."""
        return len(self.blanks) + len(self.provisional) + len(self.others)

    def hinder(self, *, gaps_allowed: bool) -> bool:
        """Whether the filing cannot be handed in. Figures that contradict each other are never taken."""
        return bool(self.errors) or (bool(self.gaps) and not gaps_allowed)


def gaps_allowed(c: Connection, county: str) -> bool:
    """Whether a county takes filings with stated gaps (settings: gaps_allowed)."""
    return settings.of_county(c, county).get("gaps_allowed") is True


def hindrances(form: Form, answers: Answers, project: str, beside: Sequence[Filed]) -> Hindrances:
    """What hinders with these answers."""
    found = check_up(form, answers)
    wrong = tuple(f for f in found.findings if f.severity == "错误")
    return Hindrances(
        tuple(i for i in found.blanks if not i.optional),
        found.provisional,
        wrong,
        tuple(unfinished(form, project, beside)),
        tuple(f for f in found.findings if f.severity != "错误"),
    )
