"""What a review has come to, as documents print it: 核查分, and the opinions of every round. Plain data, for a document's inputs.

The same record gives the same bytes. Not here: how it is printed (templates), who wrote what (it names nobody).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.numbers import plain
from scoring.review.verified import Verdicts, Verified


@dataclass(frozen=True, slots=True)
class Opinion:
    """One remark: `about` in words (第 3 题 在职人数; empty for the filing as a whole), and what was done about it."""

    about: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the review: how it ended (退回, 通过), on which day, with which words."""

    number: int
    verdict: str
    day: str  # as it is printed: 2021年3月1日
    remark: str = ""
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The whole review. `verdicts` are the 核查分 that differ from the 自评分."""

    verdicts: Verdicts
    rounds: tuple[Round, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """JSON-able; `from_data` gives an equal record."""
        return {
            "points": {name: [plain(v.points), v.reason] for name, v in sorted(self.verdicts.items())},
            "rounds": [
                [r.number, r.verdict, r.day, r.remark, [[o.about, o.text, o.answer] for o in r.opinions]] for r in self.rounds
            ],
        }

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "Reviewed":
        points = {name: Verified(Decimal(number), reason) for name, (number, reason) in data["points"].items()}
        rounds = (
            Round(n, verdict, day, remark, tuple(Opinion(*o) for o in said)) for n, verdict, day, remark, said in data["rounds"]
        )
        return Reviewed(points, tuple(rounds))
