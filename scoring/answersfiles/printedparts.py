"""The `printed:` part of an answers file, read part by part; what each key means stands in docs/packs.md, “As printed”.

Not here: the shapes (printed.py), which keys a form knows (printedkeys.py), whether what is printed is right (checks/).
"""

from decimal import Decimal
from typing import get_args

from scoring.answersfiles.printed import COMMON, LISTS, BadPrinted, Printed, Relation, Statement
from scoring.formdata import Severity
from scoring.yamlfile import Path, Plain

MOST_ENTRIES = 2000  # of one list: a filing has a few hundred figures
LONGEST_TEXT = 20_000


def read_printed(raw: Plain) -> Printed:
    """The `printed:` part. Raises BadPrinted; keys of figures are not looked up here (known_keys)."""
    if not isinstance(raw, dict):
        raise BadPrinted((), "应是“编号: 印出来的数”，一行一项")
    rest: dict[str, Plain] = {k: v for k, v in raw.items() if v is not None}
    text = _mapping(rest.pop("text", {}), ("text",))
    where = _words(text.pop("where", ""), ("text", "where"))
    papers = _papers(rest.pop("attachments", {}), ("attachments",), ("listed", "present"))
    return Printed(
        weights=_statements(rest.pop("weights", {}), ("weights",)),
        text_weights=_statements(text.pop("weights", {}), ("text", "weights"), where),
        text=_statements(text, ("text",), where),
        relations=tuple(r for kind in LISTS for r in _relations(kind, rest.pop(kind, []))),
        names=_statements(rest.pop("names", {}), ("names",)),
        codes=_strings(rest.pop("codes", []), ("codes",)),
        headings=_lists(rest.pop("headings", []), ("headings",)),
        sections=_sections(rest.pop("sections", {})),
        sentences=_many(rest.pop("sentences", []), ("sentences",), "text"),
        listed={p: _strings(v.get("listed", []), ("attachments", p, "listed")) for p, v in papers.items()},
        present={p: _strings(v.get("present", []), ("attachments", p, "present")) for p, v in papers.items()},
        signoff=_signoff(rest.pop("signoff", {})),
        survey_letters=_strings(rest.pop("survey_letters", []), ("survey_letters",)),
        values=_statements(dict(rest), ()),
    )


def _statements(raw: Plain, path: Path, where: str = "") -> dict[str, tuple[Statement, ...]]:
    found = {}
    for key, value in _mapping(raw, path).items():
        if value is not None and value != []:
            found[key] = _many(value if isinstance(value, list) else [value], (*path, key), "stated", where)
    return found


def _many(raw: Plain, path: Path, word: str, where: str = "") -> tuple[Statement, ...]:
    return tuple(_statement(v, (*path, n), word, where) for n, v in enumerate(_list(raw, path)))


def _statement(raw: Plain, path: Path, word: str, where: str) -> Statement:
    if isinstance(raw, dict):
        if word not in raw or not set(raw) <= {word, "where", "code"}:
            raise BadPrinted(path, f"这里只认 {{{word}: 印出来的, where: 在哪儿, code: 编码}}")
        told = _words(raw.get("where", ""), (*path, "where")) or where
        return Statement(_words(raw[word], (*path, word)), told, _words(raw.get("code", ""), (*path, "code")))
    return Statement(_words(raw, path), where)


def _relations(kind: str, raw: Plain) -> tuple[Relation, ...]:
    found = []
    for n, entry in enumerate(_list(raw, (kind,))):
        path = (kind, n)
        entry = _mapping(entry, path)
        unknown = [k for k in entry if k not in (*LISTS[kind], *COMMON)]
        if unknown:
            raise BadPrinted((*path, unknown[0]), f"这里没有这一项，只有 {'、'.join((*LISTS[kind], *COMMON))}")
        severity = entry.get("severity")
        if severity is not None and severity not in get_args(Severity):
            raise BadPrinted((*path, "severity"), f"应是 {'、'.join(get_args(Severity))} 之一")
        others = entry.pop("others", None)
        numbers = {
            role: tuple(_words(v, (*path, role)) for v in (value if isinstance(value, list) else [value]))
            for role, value in entry.items()
            if role in LISTS[kind] and value is not None and value != []
        }
        named = {k: _words(v, (*path, "others", k)) for k, v in _mapping(others or {}, (*path, "others")).items()}
        what, where, code = (_words(entry.get(k) or "", (*path, k)) for k in ("what", "where", "code"))
        partial = entry.get("partial") is True
        found.append(Relation(kind, what, numbers, where, code, severity, partial, named))  # type: ignore[arg-type]
    return tuple(found)


def _sections(raw: Plain) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    sections = _mapping(raw, ("sections",))
    nested = any(isinstance(v, dict) for v in sections.values())
    for paper, below in (sections if nested else {"": raw}).items():
        path = ("sections", paper) if nested else ("sections",)
        found[paper] = tuple((h, _words(t if t is not None else "", (*path, h))) for h, t in _mapping(below, path).items())
    return found


def _signoff(raw: Plain) -> dict[str, dict[str, str]]:
    found = _mapping(raw, ("signoff",))
    nested = any(isinstance(v, dict) for v in found.values())
    return {
        paper: {k: _words("" if v is None else v, ("signoff", paper, k)) for k, v in _mapping(below, ("signoff", paper)).items()}
        for paper, below in (found if nested else {"": raw}).items()
    }


def _papers(raw: Plain, path: Path, keys: tuple[str, ...]) -> dict[str, dict[str, Plain]]:
    """A mapping with these keys, or one such mapping per paper."""
    found = _mapping(raw, path)
    papers = {"": found} if any(k in keys for k in found) else {p: _mapping(v, (*path, p)) for p, v in found.items()}
    for paper, below in papers.items():
        unknown = [k for k in below if k not in keys]
        if unknown:
            raise BadPrinted((*path, paper, unknown[0]) if paper else (*path, unknown[0]), f"这里只有 {'、'.join(keys)}")
    return papers


def _lists(raw: Plain, path: Path) -> dict[str, tuple[str, ...]]:
    if isinstance(raw, dict):
        return {paper: _strings(below, (*path, paper)) for paper, below in raw.items()}
    return {"": _strings(raw, path)}


def _strings(raw: Plain, path: Path) -> tuple[str, ...]:
    return tuple(_words(v, (*path, n)) for n, v in enumerate(_list(raw, path)))


def _list(raw: Plain, path: Path) -> list[Plain]:
    if not isinstance(raw, list) or len(raw) > MOST_ENTRIES:
        raise BadPrinted(path, f"应是一个列表，最多 {MOST_ENTRIES} 条")
    return raw


def _mapping(raw: Plain, path: Path) -> dict[str, Plain]:
    if not isinstance(raw, dict):
        raise BadPrinted(path, "应是“名称: 内容”，一行一项")
    return dict(raw)


def _words(raw: Plain, path: Path) -> str:
    """A scalar as text; a list or a mapping is a mistake."""
    if raw is None or isinstance(raw, list | dict):
        raise BadPrinted(path, '应是一个数或一句话，空着的写 ""')
    text = ("是" if raw else "否") if isinstance(raw, bool) else format(raw, "f") if isinstance(raw, Decimal) else str(raw)
    if len(text) > LONGEST_TEXT:
        raise BadPrinted(path, f"太长（{len(text)} 字，最多 {LONGEST_TEXT}）")
    return text
