"""Last year's narrative used again: sentence by sentence, what in it still belongs to last year.

Years, figures that were last year's and are others now, people who have changed, projects that are not this one.
It speaks only where it can say what it is. Not here: who is asked what to do about it (dialogs/together).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.answers import Answers
from scoring.asked import asked
from scoring.beside.facts import Filed
from scoring.cells import lines_of
from scoring.checks.finding import NOTICE, Finding
from scoring.checks.sentences import sentences, squeezed
from scoring.columns import Rows, Table
from scoring.form import Form
from scoring.items import Item, LongText, Number, Person, Phone, ShortText
from scoring.numbers import plain
from scoring.values import Row
from scoring.wording import quoted

SHORTEST = 8  # characters of a sentence that is last year's and no coincidence
SHORTEST_NAME = 3  # characters of a project's name that is not found in other words
MOST = 3  # reasons that are said of one sentence
_FIGURE = re.compile(r"(?<![\d.])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)\s*(亿元|万元|元|%|％|[一-鿿]{0,2})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?=年)")
_CHINESE_YEAR = re.compile(r"二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])(?=年)")
_CITED = re.compile(r"〔[^〕]*〕|\[[^\]]*\]|《[^》]*》")
_SINCE = re.compile(r"[自从]20\d\d\s*年|以来|开始|起[，。,至]|成立|印发|设立|组建|批准|批复|规划|首次")
_TITLED = re.compile(r"《[^《》]*?(20\d\d)\s*年[^《》]*》")
_COMPARED = re.compile(r"上年|去年|上一年|比|较|同比")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text, numbered from 1, and why it may be last year's."""

    number: int
    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Projects:
    """The names of the unit's projects: its own, where the filing is of one, and those of this year and of the year before."""

    own: str = ""
    now: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """A figure of a filing, as it can be found in a sentence: 1.17 万元 as 11700 元. `place`: item and column."""

    place: tuple[str, str]
    label: str
    value: Decimal
    unit: str
    shown: str


def marked(text: str, form: Form, answers: Answers, before: Filed, projects: Projects | None = None) -> tuple[Sentence, ...]:
    """Every sentence of a text that was written last year, with what in it still is last year's."""
    now, then = _figures(form, answers), _figures(before.form, before.answers)
    around = projects or Projects()
    return tuple(
        Sentence(n, sentence, tuple(dict.fromkeys(_reasons(sentence, form, answers, before, now, then, around)))[:MOST])
        for n, sentence in enumerate(sentences(text), 1)
    )


def reused(form: Form, answers: Answers, before: Filed, projects: Projects | None = None) -> Iterator[Finding]:
    """A 提示 for each sentence among the answers that stands in last year's texts word for word and is marked."""
    old = {squeezed(s) for _, text in _texts(before.form, before.answers) for s in sentences(text)}
    for item, text in _texts(form, answers):
        if not any(squeezed(s) in old for s in sentences(text)):
            continue
        for sentence in marked(text, form, answers, before, projects):
            words = squeezed(sentence.text)
            if sentence.reasons and words in old and len(words) >= SHORTEST:
                said = f"{quoted(item.label)}第 {sentence.number} 句和上年的一样：{'；'.join(sentence.reasons)}"
                yield Finding("LAST_YEAR", NOTICE, (item.id,), said, words[:60])


def _texts(form: Form, answers: Answers) -> Iterator[tuple[Item, str]]:
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if isinstance(item, LongText | ShortText) and answer is not None and answer.given and isinstance(answer.value, str):
            yield item, answer.value


def _reasons(
    sentence: str,
    form: Form,
    answers: Answers,
    before: Filed,
    now: tuple[_Known, ...],
    then: tuple[_Known, ...],
    projects: Projects,
) -> Iterator[str]:
    yield from _years(sentence, before.year)
    yield from _amounts(sentence, form, now, then)
    yield from _people(sentence, form, answers, before)
    yield from _projects(sentence, projects)


# ── years ──


def _years(sentence: str, last: int) -> Iterator[str]:
    """The year that was filled last time, and the one before where it was what that was compared with."""
    bare = _CITED.sub("", _CHINESE_YEAR.sub(lambda m: f"20{_digit(m[1])}{_digit(m[2])}", sentence))
    compared = _COMPARED.search(bare) is not None
    for match in _YEAR.finditer(bare):
        year = int(match[1])
        clause = bare[max(0, match.start() - 1) : match.end() + 12]
        if year == last and not _SINCE.search(clause):
            yield f"{year} 年是上年，今年填的是 {last + 1} 年"
        elif year == last - 1 and compared:
            yield f"{year} 年是上年比的那一年，今年该和 {last} 年比"
    for title in _TITLED.finditer(sentence):
        if int(title[1]) == last:
            yield f"引的文件是 {last} 年度的，今年有新的就换成新的"


def _digit(chinese: str) -> int:
    return _DIGITS.index(chinese) if chinese in _DIGITS else 0


# ── figures ──


def _figures(form: Form, answers: Answers) -> tuple[_Known, ...]:
    found: list[_Known] = []
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if answer is None or not answer.given:
            continue
        if isinstance(item, Number) and isinstance(answer.value, Decimal):
            found += _known((item.id, ""), item.label, answer.value, item.unit)
        elif isinstance(item, Table):
            found += [known for row in lines_of(answer) for known in _cells(item, row)]
    return tuple(found)


def _cells(item: Table, row: Row) -> Iterator[_Known]:
    name = row.cells[item.naming] if isinstance(item, Rows) and item.naming is not None else ""
    for column, cell in zip(item.columns, row.cells, strict=True):
        if isinstance(cell, Decimal) and column.figure:
            label = f"{name or item.label}（{column.label}）"
            yield from _known((item.id, f"{column.id}\n{name}"), label, cell, column.unit or _unit(column.type))


def _unit(kind: str) -> str:
    return {"money": "万元", "percent": "%"}.get(kind, "")


def _known(place: tuple[str, str], label: str, value: Decimal, unit: str) -> Iterator[_Known]:
    if not value.is_zero():
        number, kind = _leveled(value, unit)
        yield _Known(place, label, number, kind, f"{plain(value)}{'' if unit in ('%', '％') else ' '}{unit}".rstrip())


def _leveled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """All money in 元, so that 万元 and 亿元 meet; per cent under one sign."""
    scale = {"亿元": Decimal(10**8), "万元": Decimal(10**4), "元": Decimal(1)}.get(unit)
    return (value * scale, "元") if scale else (value, "%" if unit == "％" else unit)


def _amounts(sentence: str, form: Form, now: tuple[_Known, ...], then: tuple[_Known, ...]) -> Iterator[str]:
    """Figures that were last year's answer, and are not this year's."""
    present = {k.place: k for k in now}
    still = {(k.value, k.unit) for k in now if not _moves_on(form, k.place)}
    for match in _FIGURE.finditer(sentence):
        number = Decimal(re.sub("[,，]", "", match[1]))
        for known in then:
            value, unit = _leveled(number, match[2] if known.unit in ("元", "%") else match[2][: len(known.unit)])
            if (value, unit) != (known.value, known.unit) or (value, unit) in still:
                continue
            if not (_telling(known) or _named(known.label, sentence)):
                continue
            here = present.get(known.place)
            if here is None or (here.value, here.unit) != (known.value, known.unit):
                today = f"今年是 {here.shown}" if here else "今年的还没填"
                yield f"{known.shown}是上年的{quoted(known.label)}，{today}"
                break


def _telling(known: _Known) -> bool:
    """Whether a figure is so much its own that it is found without its name: 1.17 万元, 98.5%, but not 3 个 or 100%."""
    digits = len(known.value.normalize().as_tuple().digits)
    if known.unit == "元":
        return digits >= 2
    if known.unit == "%":
        return digits >= 3 and known.value != 100
    return bool(known.unit) and digits >= 2


def _named(label: str, sentence: str) -> bool:
    """Whether the sentence speaks of it: two characters of its name in a row."""
    words = re.sub(r"[（(].*", "", label)
    return any(words[n : n + 2] in sentence for n in range(len(words) - 1))


def _moves_on(form: Form, place: tuple[str, str]) -> bool:
    """Whether this year's answer there repeats a fact of last year: 上年决算数 is last year's figure, and rightly so."""
    item = form.items[place[0]]
    column = place[1].partition("\n")[0]
    if isinstance(item, Table) and column:
        return bool(item.columns[item.position(column)].last_year)
    return bool(item.last_year) and item.last_year != item.id


# ── names ──


def _people(sentence: str, form: Form, answers: Answers, before: Filed) -> Iterator[str]:
    """Names and telephones of last year's people who are others now."""
    present = {a.value for i in form.items.values() if isinstance(i, Person | Phone) and (a := answers.get(i.id)) and a.given}
    for item in before.form.items.values():
        answer = before.answers.get(item.id)
        if not isinstance(item, Person | Phone) or answer is None or not answer.given or not isinstance(answer.value, str):
            continue
        if answer.value in present or answer.value not in sentence:
            continue
        own = answers.get(item.id)
        today = f"今年是{own.value}" if own is not None and own.given else "今年的还没填"
        yield f"{answer.value}是上年的{item.label}，{today}"


def _projects(sentence: str, projects: Projects) -> Iterator[str]:
    own = projects.own
    for name in _inside(sentence, projects.now | projects.before):
        if own and name != own and not (name in own and own in sentence):
            yield f"{quoted(name)}是另一个项目"
        elif not own and name not in projects.now:
            yield f"{quoted(name)}是上年的项目，今年没有"


def _inside(sentence: str, names: Collection[str]) -> list[str]:
    """The names in a sentence, each only where it is no part of a longer one that stands there."""
    found = [n for n in sorted(names, key=lambda n: (-len(n), n)) if len(n) >= SHORTEST_NAME and n in sentence]
    return [n for k, n in enumerate(found) if not any(n in longer for longer in found[:k])]
