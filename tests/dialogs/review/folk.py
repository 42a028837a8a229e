"""A unit with everybody a review needs, and a filing that is whole: what every test of the review begins with."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from dialogs.replies import Message
from dialogs.store import remarks, submissions, verified
from dialogs.store.engine import reading
from scoring.answers import Answer
from templates import labels
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny


@lru_cache(maxsize=1)
def whole() -> dict[str, Answer]:
    """Every question of the tiny form answered: 97 points, nothing to find fault with."""
    talk = Talk(tiny()).begins()
    for item, typed in WHOLE.items():
        talk.jumps(item).says(typed)
    return dict(talk.answers)


@dataclass
class Folk:
    """People of one unit, and its filing."""

    county: County
    unit: str
    filler: Somebody
    reviewer: Somebody
    filing: str

    def state(self) -> str:
        return self.county.state(self.filing)

    def rounds(self) -> tuple[submissions.Submission, ...]:
        with reading(self.county.office.engine) as c:
            return submissions.of_filing(c, self.filing)

    def remarks(self) -> tuple[remarks.Remark, ...]:
        with reading(self.county.office.engine) as c:
            return remarks.of_filing(c, self.filing)

    def verdicts(self):
        with reading(self.county.office.engine) as c:
            return verified.of_filing(c, self.filing)

    def opens(self, somebody: Somebody) -> Somebody:
        """The filing's own page, from wherever somebody is."""
        if not any("年度" in b.text for b in somebody.says("/start").buttons):
            somebody.says("换一张表")
        return somebody.taps(next(b.text for b in somebody.buttons if "年度" in b.text))

    def taps_late(self, somebody: Somebody, label: str) -> Somebody:
        """A button of a message that was received some time ago."""
        seen = [b for r in reversed(somebody.received) if isinstance(r, Message) for row in r.buttons for b in row]
        somebody.presses(next(b.token for b in seen if b.text == label))
        return somebody

    def submits(self) -> "Folk":
        self.opens(self.filler).says("提交").taps(labels.SUBMIT_NOW)
        assert self.state() == "submitted", self.filler.text
        return self

    def returns(self, *said: str) -> "Folk":
        self.opens(self.reviewer).taps(labels.RETURN)
        for words in said:
            self.reviewer.says(words)
        self.reviewer.taps(labels.RETURN_NOW)
        assert self.state() == "returned", self.reviewer.text
        return self

    def approves(self) -> "Folk":
        self.opens(self.reviewer).taps(labels.APPROVE).taps(labels.APPROVE_NOW)
        assert self.state() == "approved", self.reviewer.text
        return self

    def changes(self, item: str, typed: str) -> "Folk":
        """The filler answers a question anew."""
        self.opens(self.filler).says(f"第{tiny().numbers[item]}题").says(typed)
        if labels.CONFIRM in [b.text for b in self.filler.buttons]:
            self.filler.taps(labels.CONFIRM)
        return self


def folk(engine: Engine, folder: Path, answers: dict[str, Answer] | None = None, *, reviewer: bool = True) -> Folk:
    """A unit with a filler and a reviewer."""
    county = County(engine, tiny_packs(folder))
    unit = county.unit("小县社保中心")
    filler = county.filler(unit)
    judge = county.reviewer(unit) if reviewer else county.administrator()
    filing = county.filing(unit, answers=whole() if answers is None else answers)
    return Folk(county, unit, filler, judge, filing)
