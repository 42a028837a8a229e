"""R9: two fillers, a reviewer and an administrator do anything in any order. No answer changes after it was handed in
unless the filing is given back; a score is what its answers say; nobody decides on their own; nothing decided changes.
"""

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, select

from dialogs.editions import edition_of, form_of
from dialogs.replies import Message
from dialogs.store import documents, filings, submissions
from dialogs.store import tables as t
from dialogs.store.engine import open_store, reading, upgrade
from scoring.form import Form
from scoring.numbers import plain
from scoring.review.verified import verified_card
from scoring.scorecard import score
from templates import labels
from tests.dialogs.county import Somebody
from tests.dialogs.review.folk import folk

ANSWERS = [
    "30",
    "35",
    "0",
    "约36",
    "第2题",
    "第1题",
    "第18题",
    "编制数 36\n在职人数 30",
    "撤销",
    "确认",
    "预算编制还不够细，要改。",
    "跳过",
    "目录",
]
FILLERS_WORDS = st.sampled_from(
    [*ANSWERS, "提交", "撤回修改", "退回清单", "检查一遍", "/start", "换一张表", "批复在附件里", "改好了"]
)
REVIEWERS_WORDS = st.sampled_from(
    [
        "8 缺佐证",
        "2 对不上",
        "1 7 缺佐证",
        "99 多",
        "请补材料",
        "通过",
        "退回",
        "重新打开",
        "财政局要求补充",
        "第2题",
        "1",
        "/start",
        "待审核",
        "换一张表",
        "40",
    ]
)
LOCKED = ("submitted", "approved")
EMPTY: list[Path] = []


def empty_store() -> Path:
    """A SQLite file with every table and no row, made once."""
    if not EMPTY:
        path = Path(tempfile.mkdtemp(prefix="ziping-review-")) / "empty.db"
        upgrade(f"sqlite:///{path}")
        EMPTY.append(path)
    return EMPTY[0]


class Review(RuleBasedStateMachine):
    """Everybody at once."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ziping-review-"))
        shutil.copy(empty_store(), self.folder / "store.db")
        self.engine = open_store(f"sqlite:///{self.folder}/store.db")
        self.us = folk(self.engine, self.folder)
        self.second = self.us.county.member(self.us.unit, "周会计", "filler", "reviewer")
        self.bureau = self.us.county.administrator()
        self.decided: dict[int, tuple[str, str | None]] = {}
        self.kept: dict[int, str] = {}

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def everybody_comes(self) -> None:
        for somebody in (self.us.filler, self.second, self.us.reviewer):
            self.us.opens(somebody)
        self.bureau.says("/start")

    def form(self, c: Connection) -> Form:
        """The form in the filing's own edition."""
        own = filings.filing(c, self.us.filing)
        assert own is not None
        return form_of(c, own)

    def fillers(self, n: int) -> Somebody:
        return (self.us.filler, self.second)[n % 2]

    def judges(self, n: int) -> Somebody:
        return (self.us.reviewer, self.bureau, self.second)[n % 3]

    def does(self, deed) -> None:
        """One deed; if the filing was locked before it, its answers are afterwards what they were."""
        state, before = self.us.state(), self.us.county.answers(self.us.filing)
        deed()
        if state in LOCKED:
            assert self.us.county.answers(self.us.filing) == before

    def taps(self, somebody: Somebody, n: int, *, late: bool) -> None:
        messages = [r for r in somebody.received if isinstance(r, Message) and r.buttons]
        shown = messages[-6:] if late else messages[-1:]
        tokens = [b.token for m in shown for row in m.buttons for b in row]
        if tokens:
            self.does(lambda: somebody.presses(tokens[n % len(tokens)]))

    @rule(who=st.integers(0, 1), words=FILLERS_WORDS)
    def a_filler_says(self, who: int, words: str) -> None:
        self.does(lambda: self.fillers(who).says(words))

    @rule(who=st.integers(0, 2), words=REVIEWERS_WORDS)
    def a_judge_says(self, who: int, words: str) -> None:
        self.does(lambda: self.judges(who).says(words))

    @rule(who=st.integers(0, 4), n=st.integers(0, 40), late=st.booleans())
    def somebody_taps(self, who: int, n: int, late: bool) -> None:
        everybody = (self.us.filler, self.second, self.us.reviewer, self.bureau, self.second)
        self.taps(everybody[who], n, late=late)

    @rule(who=st.integers(0, 1))
    def a_filler_hands_in(self, who: int) -> None:
        filler = self.fillers(who)
        self.does(lambda: filler.says("提交"))
        if labels.SUBMIT_NOW in [b.text for b in filler.buttons]:
            self.does(lambda: filler.taps(labels.SUBMIT_NOW))

    @rule(who=st.integers(0, 1), number=st.sampled_from(["30", "33", "36"]), word=st.sampled_from(["确认", "好的", "34", "撤销"]))
    def one_hands_in_while_the_other_changes(self, who: int, number: str, word: str) -> None:
        slow = self.us.opens(self.fillers(who))
        self.does(lambda: slow.says("第2题"))
        self.does(lambda: slow.says(number))
        self.a_filler_hands_in(who + 1)
        self.does(lambda: slow.says(word))

    @rule(who=st.integers(0, 2), approve=st.booleans())
    def a_judge_decides(self, who: int, approve: bool) -> None:
        judge = self.judges(who)
        if not any(w.filing == self.us.filing for w in self._waiting()):
            return
        judge.says("/start")
        judge.says("待审核")
        found = [b.text for b in judge.buttons if b.text.startswith("1.")]
        if not found:
            return
        judge.taps(found[0])
        steps = (labels.APPROVE, labels.APPROVE_NOW) if approve else (labels.RETURN, "请补材料", labels.RETURN_NOW)
        for step in steps:
            press = step in [b.text for b in judge.buttons]
            self.does(lambda step=step, press=press: judge.taps(step) if press else judge.says(step))

    @rule(who=st.integers(0, 2), words=st.sampled_from(["1 8 缺佐证", "7 10 只有一份问卷", "1 批复没有附", "1 20 一样"]))
    def a_judge_gives_points(self, who: int, words: str) -> None:
        judge = self.us.opens(self.judges(who)) if who != 1 else self.us.reviewer
        if labels.SCORECARD in [b.text for b in judge.buttons]:
            self.does(lambda: judge.taps(labels.SCORECARD))
            self.does(lambda: judge.says(words))

    def _waiting(self) -> tuple[submissions.Waiting, ...]:
        with reading(self.engine) as c:
            return submissions.waiting(c, [self.us.unit], [])

    @invariant()
    def what_is_decided_stays_and_is_nobodys_own(self) -> None:
        for r in self.us.rounds():
            if r.verdict in ("returned", "approved"):
                assert r.reviewer_id != r.person_id
                assert self.decided.setdefault(r.round, (r.verdict, r.reviewer_id)) == (r.verdict, r.reviewer_id)
        present = self.us.rounds()[-1] if self.us.rounds() else None
        state = self.us.state()
        if state == "submitted":
            assert present is not None
            assert present.verdict == ""
        if state == "approved":
            assert present is not None
            assert present.verdict == "approved"
            assert present.version

    @invariant()
    def what_is_handed_in_stays_and_scores_what_it_says(self) -> None:
        with reading(self.engine) as c:
            form = self.form(c)
            for r in self.us.rounds():
                text = submissions.inputs(c, self.us.filing, r.round)
                assert self.kept.setdefault(r.round, text) == text
                answers = documents.unpack(text, form, lambda i, e, y: edition_of(c, i, e, y)).answers
                card = score(form, answers)
                assert r.total == plain(card.total)
                points = {x.indicator.id: None if x.points is None else plain(x.points) for x in card.lines}
                assert json.loads(text)["points"] == points
                verified = verified_card(form, answers, self.us.verdicts())
                assert verified.total == sum(x.points for x in verified.lines if x.points is not None)

    @invariant()
    def nothing_is_broken(self) -> None:
        with reading(self.engine) as c:
            assert c.execute(select(t.inbox.c.error).where(t.inbox.c.state == "parked")).all() == []
            form = self.form(c)
            assert filings.replay(c, self.us.filing, form) == filings.answers(c, self.us.filing, form)


Review.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestReview = Review.TestCase
