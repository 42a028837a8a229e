"""The same text in several units, found among thousands of texts without comparing each with each.

A text is compared by its runs of eight characters, after figures, blanks and the unit's own name are taken out; the 32
smallest hashes of them are its sketch. A text joins the first one before it that it is like, or leads others itself, so
that the work grows with the texts and not with their pairs; what a sketch promises is checked on the whole runs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from zlib import crc32

from scoring.anomalies.case import Anomaly, Case, Kind
from scoring.asked import asked
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.items import Checklist, Choice, Item, Person, Phone, Text
from scoring.numbers import percent
from scoring.wording import quoted

RUN = 8  # characters
SKETCH = 32  # hashes of a text that are kept
SHORTEST = 40  # characters below which two texts may be alike by chance
LIKE = 60  # % of the runs that two texts share, at least
PROMISED = SKETCH // 4  # hashes that two sketches share before it is worth looking
MOST_LEADERS = 40  # of texts that share a hash: what stands in more of them is a set phrase
IDLE = re.compile(r"[\s\d０-９.．,，%％、。；;：:“”\"'（）()〔〕《》—\-…！!？?]+")
SENTENCE = re.compile(r"[^。；;！!？?\n]{8,}")


@dataclass(slots=True)
class _Told:
    """A text of a case, with the runs it is compared by."""

    case: Case
    item: str
    label: str
    text: str
    runs: frozenset[int] = frozenset()
    members: list["_Told"] = field(default_factory=list)


def copied(cases: Sequence[Case]) -> Iterator[Anomaly]:
    """Texts that another unit has, too: each once, with the unit it is like and how many more there are."""
    leaders = _led([told for case in cases for told in _texts(case)])
    noticed: dict[str, tuple[int, Anomaly]] = {}
    for leader in leaders:
        group = [leader, *leader.members]
        units = {told.case.unit for told in group}
        if len(units) < 2:
            continue
        for told in group:
            other = next(t for t in group if t.case.unit != told.case.unit)
            share = _alike(told.runs, other.runs)
            if share < LIKE:  # both are like the leader, less so each other
                other, share = leader, _alike(told.runs, leader.runs)
                if other.case.unit == told.case.unit:
                    continue
            more = f"，还有 {len(units) - 2} 个单位也是" if len(units) > 2 else ""
            how = "一模一样" if share == 100 else f"有 {percent(share, 0)} 相同"
            same = _shared_sentence(told.text, other.text)
            quote = f"，如：{quoted(same)}" if same else ""
            said = f"{quoted(told.label)}和{other.case.name}{how}{more}{quote}。"
            found = Anomaly(Kind.COPIED, told.case.id, said, (told.item,), other.case.id)
            if told.case.id not in noticed or noticed[told.case.id][0] < len(told.text):
                noticed[told.case.id] = (len(told.text), found)
    order = {case.id: n for n, case in enumerate(cases)}
    yield from (found for _, (_, found) in sorted(noticed.items(), key=lambda entry: order[entry[0]]))


def _texts(case: Case) -> Iterator[_Told]:
    """The long texts of a filing: answers in words, and deviation notes."""
    for item in asked(case.form, case.answers):
        answer = case.answers.get(item.id)
        if answer is None or not answer.given:
            continue
        if isinstance(answer.value, str) and _is_prose(item):
            yield from _told(case, item, item.label, answer.value)
        elif isinstance(item, Rows) and (place := item.place_of("note")) is not None:
            notes = [note for row in lines_of(answer) if isinstance(note := row.cells[place], str)]
            yield from _told(case, item, item.columns[place].label, "\n".join(notes))


def _is_prose(item: Item) -> bool:
    return isinstance(item, Text) and not isinstance(item, Person | Phone | Choice | Checklist)


def _told(case: Case, item: Item, label: str, text: str) -> Iterator[_Told]:
    bare = IDLE.sub("", text.replace(case.unit, "").replace(case.project, "") if case.project else text.replace(case.unit, ""))
    if len(bare) >= SHORTEST:
        yield _Told(case, item.id, label, text, _runs(bare))


def _runs(bare: str) -> frozenset[int]:
    packed = bare.encode("utf-16-le", "ignore")
    return frozenset([crc32(packed[n : n + 2 * RUN]) for n in range(0, len(packed) - 2 * RUN + 1, 2)])


def _led(texts: Sequence[_Told]) -> list[_Told]:
    """The texts that lead, with those that are like them as their members."""
    leaders: list[_Told] = []
    by_hash: dict[int, list[int]] = defaultdict(list)
    whole: dict[frozenset[int], int] = {}
    for told in texts:
        if told.runs in whole:
            leaders[whole[told.runs]].members.append(told)
            continue
        sketch = nsmallest(SKETCH, told.runs)
        votes = Counter(n for h in sketch for n in by_hash[h])
        for n, shared in votes.most_common(3):
            if shared >= PROMISED and _alike(told.runs, leaders[n].runs) >= LIKE:
                leaders[n].members.append(told)
                whole[told.runs] = n
                break
        else:
            whole[told.runs] = len(leaders)
            for h in sketch:
                if len(by_hash[h]) < MOST_LEADERS:
                    by_hash[h].append(len(leaders))
            leaders.append(told)
    return leaders


def _alike(one: frozenset[int], other: frozenset[int]) -> int:
    """How much of the two texts is the same, in whole %, rounded down."""
    return 100 * len(one & other) // max(1, len(one | other))


def _shared_sentence(one: str, other: str) -> str:
    """The first sentence that both have, cut to what a line holds."""
    bare = IDLE.sub("", other)
    for sentence in SENTENCE.findall(one):
        if len(plain := IDLE.sub("", sentence)) >= RUN and plain in bare:
            said = sentence.strip()
            return said if len(said) <= 40 else f"{said[:39]}…"
    return ""
