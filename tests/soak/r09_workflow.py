"""R9: three fillers, a reviewer and an administrator do anything in any order while workers die, the clock moves and the form
gets new editions. No answer changes after it was handed in unless the filing is given back; a score is what its answers say
in the filing's own edition; nobody decides on what they handed in themselves.

The machine of tests/dialogs/review/test_machine.py with everything that can go wrong, for many more steps.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as from_seed
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from dialogs.handling import handle_next
from scoring import loading
from tests.dialogs.county import Somebody
from tests.dialogs.review.test_machine import ANSWERS, Review, empty_store
from tests.dialogs.test_properties import STEPS, Killed, killed_at
from tests.simulation.planted import no_state_check
from tests.simulation.running import folder
from tests.soak import Red

GOAL = "R9"
AMOUNT = {"quick": 280, "full": 100_000}  # steps
TEETH = ("no state check", "an edited message is an answer")
LENGTH = 40  # steps of one example
PORTION = 100  # examples of one process at a time
WORDS = st.sampled_from([*ANSWERS, "提交", "撤回修改", "/start", "检查一遍"])


class Workflow(Review):
    """Everybody at once, and the world around them."""

    def __init__(self) -> None:
        super().__init__()
        self.third = self.us.county.filler(self.us.unit, "孙会计")
        self.editions = 1

    def fillers(self, n: int) -> Somebody:
        return (self.us.filler, self.second, self.third)[n % 3]

    @rule(who=st.integers(0, 2), words=WORDS, at=st.sampled_from(STEPS), behind=st.booleans())
    def a_worker_dies_of_it(self, who: int, words: str, at: tuple[object, str], behind: bool) -> None:
        def deed() -> None:
            self.fillers(who).arrives({"said": words})
            try:
                with killed_at(at, behind):
                    while handle_next(self.us.county.office):
                        pass
            except Killed:
                self.engine.dispose()
            self.us.county.works()

        self.does(deed)

    @rule(who=st.integers(0, 2), number=st.sampled_from(["30", "32"]), words=st.sampled_from(["确认", "确认", "31", "撤销"]))
    def somebody_edits_a_message(self, who: int, number: str, words: str) -> None:
        filler = self.us.opens(self.fillers(who))
        self.does(lambda: filler.says("第2题"))
        self.does(lambda: filler.says(number))
        before = self.us.county.answers(self.us.filing)
        filler.arrives({"edited": words})
        filler.works()
        assert self.us.county.answers(self.us.filing) == before, "an edited message has changed an answer"

    @rule(who=st.integers(0, 2), number=st.sampled_from(["29", "34"]))
    def what_waits_for_its_word_when_it_is_handed_in_stays_out(self, who: int, number: str) -> None:
        slow = self.us.opens(self.fillers(who))
        self.does(lambda: slow.says("第2题"))
        self.does(lambda: slow.says(number))
        self.a_filler_hands_in(who + 1)
        self.does(lambda: slow.says("确认"))

    @rule(seconds=st.sampled_from([-3600, 60, 3600, 86_400, 10 * 86_400]))
    def the_clock_moves(self, seconds: int) -> None:
        self.us.county.clock.now += seconds
        self.us.county.works()

    @rule()
    def the_form_gets_a_new_edition(self) -> None:
        """The county counts more strictly from now on; what was begun before is counted as before."""
        self.editions += 1
        path = self.folder / "small" / "tiny" / "indicators.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("deduct: 0.5", f"deduct: 0.{5 + self.editions % 4}"), encoding="utf-8")
        loading._load.cache_clear()


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many steps."""
    examples = max(1, amount // LENGTH)
    if examples <= PORTION:
        portion(seed, examples, planted)
    else:
        with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
            parts = range(0, examples, PORTION)
            list(pool.map(portion, [seed + n for n in parts], [min(PORTION, examples - n) for n in parts]))
    return {"steps": examples * LENGTH, "examples": examples}


def portion(seed: int, examples: int, planted: str = "") -> None:
    """Examples in one process. Raises Red."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=LENGTH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    empty_store()  # outside the folder of this portion
    with folder() as where, patch("tempfile.tempdir", str(where)), _bug(planted):
        try:
            run_state_machine_as_test(from_seed(seed)(type("Workflow", (Workflow,), {})), settings=chosen)
        except AssertionError as e:
            raise Red(f"{str(e) or 'an invariant does not hold'} (seed {seed})") from e


@contextmanager
def _bug(planted: str) -> Iterator[None]:
    if planted == "no state check":
        with no_state_check():
            yield
    elif planted:
        with patch("tests.dialogs.county.understand", _edited_is_said):
            yield
    else:
        yield


def _edited_is_said(body: str, at: int) -> Any:
    """The planted bug: what somebody edits is taken for what they say."""
    from tests.dialogs.desk import understand

    return understand(body.replace('"edited"', '"said"'), at)
