"""The papers of a filing: promised attachments, sign-off, names of things, sections that stayed empty."""

import re
from collections.abc import Iterator

from scoring.answersfiles.printed import Printed
from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.checks.headings import level
from scoring.wording import quoted

_CONCLUSION = re.compile(r"评价结论|绩效情况$|评价结果|自评结论")
_POINTS = re.compile(r"\d+(?:\.\d+)?\s*分")
_GRADED = re.compile(r"(?:评价|自评|评定)(?:结果|结论|等级)为[“”]?(优秀|优|良好|良|中|较差|差|合格|不合格)")
PLACEHOLDER = re.compile(r"^[（(][^（）()]{2,8}[）)]$")


def papers(printed: Printed, grades: tuple[str, ...]) -> Iterator[Finding]:
    """What is missing among the papers."""
    yield from _attachments(printed)
    yield from _signoff(printed)
    yield from _names(printed)
    yield from _sections(printed, grades)
    yield from _grade_alone(printed)


def bare_title(title: str) -> str:
    """A title without number, book marks and spaces, for comparing."""
    bare = re.sub(r"^(?:附件)?\s*[（(]?[\d一二三四五六七八九十]+(?:-\d+)?[）)]?[.．、\s]*", "", title.strip())
    return re.sub(r"[\s《》“”\"]|（.*?）|\(.*?\)", "", bare)


def _attachments(printed: Printed) -> Iterator[Finding]:
    for paper, listed in printed.listed.items():
        present = [bare_title(p) for p in printed.present.get(paper, ())]
        missing = [title for title in listed if not any(_is(bare_title(title), p) for p in present)]
        if missing:
            text = f"{paper}列出附件 {len(listed)} 个，缺 {len(missing)} 个：{'、'.join(missing)}"
            yield Finding("ATTACHMENT", EXPLAIN, (), text, str(len(listed)), str(len(listed) - len(missing)))
        extra = [t for t in printed.present.get(paper, ()) if not any(_is(bare_title(t), bare_title(x)) for x in listed)]
        if extra and listed:
            text = f"{paper}附件清单里没有，后面却附了：{'、'.join(extra)}"
            yield Finding("ATTACHMENT", NOTICE, (), text, "、".join(extra), "")


def _is(wanted: str, there: str) -> bool:
    return bool(wanted) and (wanted == there or (len(wanted) > 5 and wanted in there))


def _signoff(printed: Printed) -> Iterator[Finding]:
    for paper, fields in printed.signoff.items():
        empty = [name for name, value in fields.items() if not value.strip("　 _＿")]
        if empty:
            text = f"{quoted(paper) if paper else '表'}的{'、'.join(empty)}空着"
            yield Finding("SIGNOFF", EXPLAIN, (), text, "", "")
        holding = [f"{name}：{value}" for name, value in fields.items() if PLACEHOLDER.match(value.strip())]
        if holding:
            text = f"{quoted(paper) if paper else '表'}里还是占位文字：{'、'.join(holding)}；公开时隐去的不用管"
            yield Finding("PLACEHOLDER", NOTICE, (), text, "、".join(holding), "")


def _names(printed: Printed) -> Iterator[Finding]:
    for what, statements in printed.names.items():
        first, *others = statements
        for other in others:
            if "".join(first.stated.split()) != "".join(other.stated.split()):
                at, elsewhere = first.where or "表上", other.where or "另一处"
                text = f"{quoted(what)}前后不一致：{at}是{quoted(first.stated)}，{elsewhere}是{quoted(other.stated)}"
                yield Finding(other.code or "NAME", WRONG, (), text, other.stated, first.stated)


def _sections(printed: Printed, grades: tuple[str, ...]) -> Iterator[Finding]:
    for paper, sections in printed.sections.items():
        where = f"{paper}的" if paper else ""
        for n, (heading, text) in enumerate(sections):
            if not text.strip() and not _has_below(sections, n):
                yield Finding("MISSING_TEXT", EXPLAIN, (), f"{where}{quoted(heading)}下面没有内容", heading, "")
            elif _CONCLUSION.search(heading) and text.strip() and not _POINTS.search(text) and not _graded(text, grades):
                words = f"{where}{quoted(heading)}里没有写得分，也没有写等级"
                yield Finding("MISSING_TEXT", EXPLAIN, (), words, heading, "")


def _grade_alone(printed: Printed) -> Iterator[Finding]:
    """A sentence that gives the unit a grade, in a filing that prints no points for it."""
    if printed.values.get("total") or printed.values.get("grade"):
        return
    for statement in printed.sentences:
        match = _GRADED.search(statement.stated)
        if match and not _POINTS.search(statement.stated):
            text = f"{statement.where or '文中'}写了{quoted(match[0])}，却没有写得分，也看不出分数段"
            yield Finding("MISSING_TEXT", EXPLAIN, (), text, match[1], "")


def _graded(text: str, grades: tuple[str, ...]) -> bool:
    return any(f"“{g}”" in text or f"为{g}" in text for g in grades)


def _has_below(sections: tuple[tuple[str, str], ...], n: int) -> bool:
    """Whether the next heading is one level deeper, so that this one needs no text of its own."""
    here, following = level(sections[n][0]), level(sections[n + 1][0]) if n + 1 < len(sections) else None
    return here is not None and following is not None and following > here
