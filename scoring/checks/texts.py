"""Texts that a filler typed or a filing prints: years, placeholders, typing errors, contradictions, copies.

Runs in the chat's check-up too, where it may only speak when it is nearly certain: 提示 there, one degree graver for
what is printed. Not here: figures inside texts (text_figures.py), lists inside texts (text_lists.py).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, number_in
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.checks.finding import EXPLAIN, NOTICE, Finding
from scoring.checks.text_figures import figures_in
from scoring.checks.text_lists import lists_in
from scoring.checks.wordlist import words
from scoring.columns import Rows
from scoring.form import Form
from scoring.formdata import Severity
from scoring.items import LongText, ShortText
from scoring.wording import quoted

SHORTEST_COPY = 16  # characters of a paragraph that is a copy and no coincidence
SHORTEST_SENTENCE = 30
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, how it is called in a sentence, and the item it belongs to."""

    where: str
    text: str
    items: tuple[str, ...] = ()
    printed: bool = False
    cells: bool = False  # the cells of a table, which may well be alike

    @property
    def severity(self) -> Severity:
        return EXPLAIN if self.printed else NOTICE


def typed(form: Form, answers: Answers) -> list[Passage]:
    """The texts among the answers."""
    found = []
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if isinstance(item, LongText | ShortText) and answer is not None and isinstance(answer.value, str) and answer.given:
            found.append(Passage(quoted(item.label), answer.value[:LONGEST], (item.id,)))
        elif isinstance(item, Rows) and answer is not None and answer.given:
            cells = [c for row in rows_in(answer.value) for c in row.cells if isinstance(c, str) and c]
            found.append(Passage(quoted(item.label), "\n".join(cells)[:LONGEST], (item.id,), cells=True))
    return found


def in_print(printed: Printed) -> list[Passage]:
    """The texts of a finished filing."""
    found = [Passage(s.where or "文中", s.stated, (), True) for s in printed.sentences]
    words = [s for key, said in printed.values.items() if key.count(".") > 1 for s in said if number_in(s.stated) is None]
    found += [Passage(s.where or "表上", s.stated, (), True, True) for s in words if s.stated.strip()]
    for paper, sections in printed.sections.items():
        found += [Passage(f"{paper}{quoted(heading)}", text, (), True) for heading, text in sections if text.strip()]
    for paper, lines in printed.headings.items():
        found += [Passage(f"{paper}标题", line, (), True) for line in lines]
    return found


def texts(form: Form, passages: Iterable[Passage], *, undone: str = "") -> Iterator[Finding]:
    """What is odd in these texts. `undone`: what was not fully achieved, in words; empty when all was."""
    found = list(passages)
    on_paper = "\n".join("".join(p.text.split()) for p in found if p.printed)
    found = [p for p in found if p.printed or not on_paper or "".join(p.text.split()) not in on_paper]
    for passage in found:
        yield from _placeholders(passage)
        yield from _typos(passage)
        if passage.cells:
            continue
        yield from _years(form, passage)
        yield from _contradictions(passage, undone)
        for code, severity, text, stated, right in (*lists_in(passage.text), *figures_in(passage.text)):
            grave = severity if passage.printed else NOTICE
            yield Finding(code, grave, passage.items, f"{passage.where}：{text}", stated, right)
    for printed in (False, True):  # an answer and the paper it is printed on are one place
        yield from _copies([p for p in found if not p.cells and p.printed is printed])


def form_texts(form: Form) -> Iterator[Finding]:
    """Typing errors in the wording of the paper form itself."""
    for place in form.indicators:
        indicator = place.indicator
        text = "\n".join((indicator.name, indicator.printed_rule, indicator.printed_note))
        yield from _typos(Passage(f"{quoted(indicator.name)}的评分标准", text, form.reads(indicator)))


# ── years ──

_HISTORY = re.compile(
    r"上年|上一年|去年|比|较|同比|以来|开始|起|至今|成立|印发|设立|组建|批准|批复|文件|改革|规划|荣获|获得|届|截至|截止|累计|历年|自(?=20|去|上|从)|首次|基数|曾|往年|近[两三]年|[决预]算数"
)
_FAR = 4  # a year further back is history


def _years(form: Form, passage: Passage) -> Iterator[Finding]:
    sentences = re.split(r"[。；;\n]", passage.text)
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        bare = re.sub(r"〔[^〕]*〕|\[[^\]]*\]|《[^》]*》", "", sentence)
        if str(form.year) in bare or _HISTORY.search(bare) or re.search("[较比]上年", following):
            continue
        for year in dict.fromkeys(re.findall(r"(?<!\d)(20\d\d)(?=年)", bare)):
            if 0 < form.year - int(year) < _FAR:
                text = f"{passage.where}写的是 {year} 年（{quoted(bare.strip()[:24])}），评价年度是 {form.year} 年，核对一下"
                yield Finding("YEAR", passage.severity, passage.items, text, year, str(form.year))
    if passage.printed:
        for title, year in re.findall(r"《([^《》]*?(20\d\d)年度[^《》]*)》", passage.text):
            if 0 < form.year - int(year) < _FAR:
                text = f"{passage.where}引用的{quoted(title[-24:])}是 {year} 年度的，评价年度是 {form.year} 年"
                yield Finding("YEAR", NOTICE, passage.items, text, year, str(form.year))


# ── words ──


def _placeholders(passage: Passage) -> Iterator[Finding]:
    left = [m[0].strip() for p in words().placeholders for m in p.finditer(passage.text)]
    if left:
        text = f"{passage.where}里还有没换掉的占位文字：{'、'.join(dict.fromkeys(left))}"
        yield Finding("PLACEHOLDER", EXPLAIN, passage.items, text, "、".join(dict.fromkeys(left)), "")


def _typos(passage: Passage) -> Iterator[Finding]:
    for word in words().typos:
        if match := word.pattern.search(passage.text):
            right = (
                f"，是不是{quoted(word.right)}？"
                if word.right and word.code == "TYPO"
                else f"：{word.right}"
                if word.right
                else ""
            )
            text = f"{passage.where}里的{quoted(match[0])}像是写错了{right}"
            yield Finding(word.code, NOTICE, passage.items, text, match[0], word.right)


_PLANNED = re.compile("确保|保证|努力|力争|争取|推动|促使")


def _contradictions(passage: Passage, undone: str) -> Iterator[Finding]:
    for word in words().contradictions:
        if match := word.pattern.search(passage.text):
            text = f"{passage.where}：{quoted(match[0][:40])}，{word.right}"
            yield Finding("TEXT_LOGIC", EXPLAIN, passage.items, text, match[0], "")
    match = words().all_done.search(passage.text)
    if undone and match and not _PLANNED.search(passage.text[max(0, match.start() - 12) : match.end()]):
        text = f"{passage.where}写了{quoted(match[0])}，但{undone}"
        yield Finding("TEXT_LOGIC", EXPLAIN, passage.items, text, match[0], undone)


# ── copies ──


def _copies(passages: list[Passage]) -> Iterator[Finding]:
    """The same paragraph or long sentence in two places, one finding a pair of places."""
    first: dict[str, Passage] = {}
    told: set[tuple[str, str]] = set()
    for passage in passages:
        for unit in _units(passage.text):
            before = first.setdefault(unit, passage)
            pair = (before.where, passage.where)
            if before is not passage and before.where != passage.where and pair not in told:
                told.add(pair)
                text = f"{before.where}和{passage.where}里有同样的一段：{quoted(unit[:24])}……，核对一下是不是贴错了"
                yield Finding("DUP_TEXT", NOTICE, tuple(dict.fromkeys((*before.items, *passage.items))), text, unit[:60], "")


def _units(text: str) -> dict[str, None]:
    squeezed: Callable[[str], str] = lambda t: re.sub(r"\s+", "", t)  # noqa: E731
    paragraphs = [p for p in map(squeezed, text.split("\n")) if len(p) >= SHORTEST_COPY]
    sentences = [s for s in map(squeezed, re.split(r"[。\n]", text)) if len(s) >= SHORTEST_SENTENCE]
    return dict.fromkeys((*(p.rstrip("。") for p in paragraphs), *sentences))
