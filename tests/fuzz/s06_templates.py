"""S6: whatever a county writes into a template of its own: nothing is run, nothing is read, it ends in time, in its memory.

Every payload is drafted as a pack's report is, by the process apart; what it took is what the kernel counted.
"""

import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from scoring.answers import given
from scoring.beside.facts import Filed
from scoring.form import Form
from scoring.loading import load
from scoring.packs.compiling import compile_form
from scoring.scorecard import score
from templates import drafting
from templates.apart import asking
from templates.drafting import BadReport, draft, draft_here
from templates.facts import Facts
from templates.fields import fields_used
from templates.figure_texts import UnknownName
from tests.fuzz.docx import paragraphs
from tests.fuzz.payloads import ESCAPES, HOGS
from tests.soak import expect

GOAL = "S6"
AMOUNT = {"quick": 12, "full": len(ESCAPES) + len(HOGS)}
TEETH = ("plain_environment", "live_object", "no_limits")

SECONDS, MEMORY = 3, 512 * 1024 * 1024  # the pass line, whatever the program's own limits say
SECRET = "金丝雀机密"
DOCUMENTS = "documents:\n  - {id: report, title: 报告, template: report.docx.j2}\n"


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many payloads of each kind, in the order of the dice."""
    dice = random.Random(seed)
    escapes, hogs = dice.sample(ESCAPES, len(ESCAPES)), dice.sample(HOGS, len(HOGS))
    limits = asking.LIMITS
    if amount < AMOUNT["full"]:
        escapes, hogs, limits = escapes[:amount], hogs[: max(1, amount // 12)], replace(limits, seconds=1)
    if planted:
        return _planted(planted)
    slowest, most, refused = 0.0, 0, 0
    with _place() as place, patch.object(asking, "LIMITS", limits):
        for payload in (*escapes, *(_shown(e) for e in escapes if e.startswith("{{ ")), *hogs):
            seconds, memory, words = place.tries(payload)
            slowest, most, refused = max(slowest, seconds), max(most, memory), refused + bool(words)
        place.answers_stay_words()
    _plain_data()
    expect(slowest <= SECONDS + 0.5, f"one went on for {slowest:.1f} s")
    figures = {"payloads": len(escapes) + len(hogs), "refused": refused}
    return {**figures, "slowest": f"{slowest:.2f} s", "most memory": f"{most // 1024 // 1024} MB"}


def _shown(payload: str) -> str:
    """The same where a document shows what comes of it."""
    return f"{{% call 段() %}}{payload}{{% endcall %}}"


@dataclass
class Place:
    """A folder with a secret file, where nothing may appear and of which nothing may be read."""

    folder: Path

    @property
    def canary(self) -> Path:
        """The file that must never come to be."""
        return self.folder / "canary"

    def form(self, payload: str) -> Form:
        """The example's form with this report."""
        own = payload.replace("CANARY", str(self.canary)).replace("SECRET", str(self.folder / "secret"))
        example = load("example/basic")
        return compile_form("example/basic", {**example.sources, "basic/documents.yaml": DOCUMENTS, "basic/report.docx.j2": own})

    def tries(self, payload: str) -> tuple[float, int, str]:
        """Draft it apart: seconds, bytes, and what the author is told (nothing when it is a document)."""
        form = self.form(payload)
        fields_used(form)  # what the lint reads, in the program itself
        words = ""
        try:
            made = asking.make((form, {}, "report", "某单位", None, "", (), None, ()))
            took = made.took
            self.untouched(payload, made.content)
        except asking.Refused as e:
            words, took = str(e), e.took
            expect(bool(words) and "Traceback" not in words, f"told in words: {payload[:60]}")
            self.untouched(payload, words.encode())
        expect(took != (0.0, 0), f"{payload[:60]} was too much for the process apart: {words}")
        expect(took[1] <= MEMORY, f"{payload[:60]} took {took[1] // 2**20} MB")
        return took[0], took[1], words

    def untouched(self, payload: str, said: bytes) -> None:
        """Nothing was run, nothing was read."""
        expect(not self.canary.exists(), f"something was run: {payload[:80]}")
        told = _text(said) if said[:2] == b"PK" else said.decode()
        for secret in (SECRET, "root:", "<class", "BaseLoader", "<module", "def draft"):
            expect(secret not in told, f"{secret} was told: {payload[:80]}")

    def answers_stay_words(self) -> None:
        """What a person answers is no template, not even where a county's own template prints it."""
        form = self.form("{{ 段(值('slogan')) }}")
        for typed in ("{{ 7*7 }}", "{% include 'SECRET' %}", "{# x #}", "${7*7}", "<%= 7*7 %>", "#{7*7}"):
            made = draft(form, {"slogan": given(typed)}, "report", unit="某单位")
            expect(typed in _text(made.content), f"{typed} is printed as it was typed")


def _text(docx: bytes) -> str:
    return "\n".join(paragraphs(docx))


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        place = Place(Path(folder))
        (place.folder / "secret").write_text(SECRET, encoding="utf-8")
        yield place


PLAIN = (str, int, float, bool, type(None))
CALLS: Mapping[str, tuple[object, ...]] = {  # with what each function of the vocabulary is called here
    "各表": ("basic",),
    "行合计": ("projects", ["budget"]),
    "增减": ("staff_actual", "staff_quota"),
    "节超": ("staff_actual", "staff_quota"),
    "占比": (["staff_actual"],),
    "成立": ("staff_actual > 1",),
    "核查分": ("",),
    "分组得分": ("",),
    "佐证": ("",),
}


def _plain_data() -> int:
    """What a template is given is text, numbers, lists and dictionaries, and functions that give such; how much was looked at."""
    form = load("example/basic")
    facts = Facts(form, {}, score(form, {}), "某单位", beside=(Filed(form, {}, form.year, "某单位", ""),))
    count = 0
    for name, value in facts.vocabulary.items():
        if callable(value):
            with suppress(UnknownName, TypeError, KeyError, AttributeError):
                value = value(*CALLS.get(name, ("slogan",)))
        if not callable(value):
            _look(name, value)
            count += 1
    expect(count >= len(facts.vocabulary) // 2, f"most of the vocabulary was looked at: {count}")
    return count


def _look(name: str, value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not callable(inner):
                _look(f"{name}.{key}", inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _look(name, inner)
    else:
        expect(isinstance(value, PLAIN), f"{name} hands a template a {type(value).__name__}")


class Ledger:
    """A live object, as an ORM hands it out."""

    @property
    def session(self) -> "Ledger":
        """Whatever it is asked for, there is more to ask."""
        return self

    def execute(self, statement: str) -> str:
        """What no template may do."""
        return statement


def _planted(bug: str) -> dict[str, object]:
    """The bug, where it would stand: in the process that makes the document."""
    with _place() as place, ExitStack() as stack:
        if bug == "no_limits":
            stack.enter_context(patch.object(asking, "LIMITS", asking.Limits(60, 4 * MEMORY)))
            place.tries("{{ ('a' * 7 * 10**8)|length }}")
        elif bug == "live_object":
            given_away = {**_vocabulary(), "库": Ledger()}
            stack.enter_context(patch.object(Facts, "vocabulary", given_away))
            _plain_data()
        else:
            stack.enter_context(patch.object(drafting, "environment", _plain_environment))
            drafting._template.cache_clear()
            stack.callback(drafting._template.cache_clear)
            for payload in (p for p in ESCAPES if "CANARY" in p):
                with suppress(BadReport):
                    draft_here(place.form(payload), {}, "report", "某单位", None, "", (), None, ())
                place.untouched(payload, b"")
    return {}


def _vocabulary() -> Mapping[str, object]:
    form = load("example/basic")
    return Facts(form, {}, score(form, {}), "某单位").vocabulary


def _plain_environment(own: tuple[tuple[str, str], ...]) -> Environment:
    return Environment(loader=ChoiceLoader([DictLoader(dict(own)), FileSystemLoader(drafting.REPORTS)]), autoescape=True)
