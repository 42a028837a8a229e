"""Answers files: YAML or JSON, item id → what a filler would type; for the command line and for cases.

    staff_actual: 31                      a figure in the item's unit, or text such as 24700元
    reception: [2.47, 2, 1.17]            a row; null for a cell that is still open
    projects: [[信息系统, 10, 9.8]]        a table, a list per row; [] for none
    duties_set: [a, c]                    a checklist: ids, numbers, `all` or `none`
    effect: [4, 群众评价好]                points with the reason; an outside score: [92, 100, 县绩效办]
    surplus: 不适用                        does not apply
    executed: {value: 396.2, provisional: true}
    reception: {value: [2, 2, 1], reason: 年中调整}   something else than what arrives from another filing
    printed: {a1_11: 2}                   what a finished filing states (printed.py)
    project: 老字号                        the project this filing is about
    filings: [{form: project, project: 老字号, answers: project@ward.yaml}]   those beside it (filesets.py)

Not here: how typed text becomes a value (reading/).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path

from scoring.answers import Answer, Answers, State, given
from scoring.asked import as_asked, basis
from scoring.columns import Column, OneRow, Rows, Survey, Table
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.goals.lines import tier_names
from scoring.items import Checklist, Choice, Date, External, Item, Manual, Number, YesNo
from scoring.printed import BadPrinted, Printed, read_printed
from scoring.printedkeys import refuse_unknown
from scoring.reading import Ambiguous, NotUnderstood, read
from scoring.reading.cells import read_any_cell
from scoring.reading.surveys import fitting
from scoring.textgate import clean
from scoring.values import Cell, ExternalScore, ManualScore, Row, Value
from scoring.wording import quoted
from scoring.yamlfile import LONGEST_NUMBER, MAX_BYTES, Plain, YamlError, YamlFile, read_yaml

PRINTED, PROJECT, FILINGS = "printed", "project", "filings"
RESERVED = (PRINTED, PROJECT, FILINGS)
NOT_APPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Reference:
    """A filing beside the one of a file: the short name of its form, its project, its file, its year if not this one."""

    form: str
    answers: str
    project: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """The answers of a file, and what the finished filing states (None when the file has no `printed:`)."""

    answers: Mapping[str, Answer]
    printed: Printed | None = None
    project: str = ""
    filings: tuple[Reference, ...] = ()


class _Bad(ValueError):
    """What is wrong with one value; the place is added by the caller."""


def read_answers(form: Form, path: Path) -> AnswersFile:
    """Read a file. Raises BadAnswers: one sentence with file, line, key and what is expected."""
    file = _parsed(path)
    if not isinstance(file.data, dict):
        raise BadAnswers(f"{file.name}：最外层应是“数据项: 答案”，一行一项")
    answers: dict[str, Answer] = {}
    unknown = [key for key in file.data if key not in RESERVED and key not in form.items]
    if len(unknown) > 1:
        raise BadAnswers(_of_another_edition(form, file, unknown))
    for key, raw in file.data.items():
        if key in RESERVED or raw is None:
            continue
        if key in unknown:
            raise BadAnswers(_placed(file, key, _unknown(form, key)))
        try:
            answers[key] = _answer(form.items[key], raw, form.year)
        except _Bad as e:
            raise BadAnswers(_placed(file, key, str(e))) from e
    _refuse_out_of_range(form, file, answers)
    # points by hand are given in sight of the other answers of the same file
    answers = {key: replace(answer, basis=basis(form, form.items[key], answers)) for key, answer in answers.items()}
    project = file.data.get(PROJECT)
    if isinstance(project, list | dict | bool):
        raise BadAnswers(_placed(file, PROJECT, "应是项目名称"))
    return AnswersFile(
        answers,
        _printed(form, file),
        clean(_text(project)) if project is not None else "",
        _references(file, file.data.get(FILINGS)),
    )


def _refuse_out_of_range(form: Form, file: YamlFile, answers: Answers) -> None:
    """Points by hand keep the range that the other answers leave open."""
    for key, answer in answers.items():
        item = as_asked(form, form.items[key], answers)
        if isinstance(item, Manual) and isinstance(answer.value, ManualScore) and not item.holds(answer.value.points):
            raise BadAnswers(_placed(file, key, f"按前面的答案，这里只能给 {item.span} 分"))


def _printed(form: Form, file: YamlFile) -> Printed | None:
    assert isinstance(file.data, dict)
    raw = file.data.get(PRINTED)
    if raw is None:
        return None
    try:
        printed = read_printed(raw)
        refuse_unknown(form, printed)
    except BadPrinted as e:
        raise BadAnswers(_placed(file, PRINTED, str(e), e.path)) from e
    return printed


def _references(file: YamlFile, raw: Plain) -> tuple[Reference, ...]:
    """The filings beside it. Raises BadAnswers."""
    if raw is None:
        return ()
    found = []
    for entry in raw if isinstance(raw, list) else [raw]:
        known = isinstance(entry, dict) and {"form", "answers"} <= set(entry) <= {"form", "answers", "project", "year"}
        if not (isinstance(entry, dict) and known) or any(isinstance(v, list | dict | bool) for v in entry.values()):
            raise BadAnswers(_placed(file, FILINGS, "一份一行，例如 - {form: project, project: 老字号, answers: project@1.yaml}"))
        year = _bare(_text(entry["year"])) if "year" in entry else None
        project = clean(_text(entry["project"])) if entry.get("project") is not None else ""
        found.append(Reference(_text(entry["form"]), _text(entry["answers"]), project, None if year is None else int(year)))
    return tuple(found)


def _parsed(path: Path) -> YamlFile:
    """JSON is read as YAML, which it is nearly always; only its own parser knows its escapes."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadAnswers(f"{path.name}：文件太大，最多 {MAX_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise BadAnswers(f"{path}：读不了这个文件，请检查文件名和权限") from e
    except UnicodeDecodeError as e:
        raise BadAnswers(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8 再试") from e
    if path.suffix.lower() == ".json":
        try:
            return YamlFile(path.name, json.loads(text, parse_float=_figure, parse_int=_figure, object_pairs_hook=_unique), {})
        except json.JSONDecodeError as e:
            raise BadAnswers(f"{path.name}:{e.lineno}：不是合格的 JSON，请检查这一行的引号、逗号和括号") from e
        except (_Bad, InvalidOperation, RecursionError) as e:
            raise BadAnswers(f"{path.name}：{e if isinstance(e, _Bad) else '有看不懂的数或嵌套太深'}") from e
    try:
        return read_yaml(path.name, text)
    except YamlError as e:
        raise BadAnswers(f"{path.name}:{e.line}：{e}") from e


def _figure(text: str) -> Decimal | str:
    """A number of JSON, exact; what no figure can be (1e999999) stays text and is refused with its key."""
    number = Decimal(text) if len(text) <= LONGEST_NUMBER else None
    return (
        number
        if number is not None and number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER
        else text[:LONGEST_NUMBER]
    )


def _unique(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [k for k, _ in pairs]
        raise _Bad(f"“{next(k for k in keys if keys.count(k) > 1)}”写了两次")
    return found


def _placed(file: YamlFile, key: str, text: str, below: tuple[str | int, ...] = ()) -> str:
    line = f":{file.line((key, *below))}" if file.lines else ""
    return f"{file.name}{line}：{'.'.join(str(p) for p in (key, *below) if p != '')}：{text}"


def _of_another_edition(form: Form, file: YamlFile, unknown: Sequence[str]) -> str:
    """Several items that the form does not have: the file was written for another edition, and this says what differs."""
    assert isinstance(file.data, dict)
    missing = [i.id for i in form.items.values() if i.id not in file.data and i.id not in form.conditional and not i.optional]
    lines = "、".join(f"{key}（第 {file.line((key,))} 行）" if file.lines else key for key in unknown)
    other = f"；表里有、文件里没有的：{'、'.join(missing)}" if missing else ""
    return (
        f"{file.name}：这份答案像是给另一版填的。{form.id} 没有这 {len(unknown)} 项：{lines}{other}。"
        f"改版后怎样换过来，看 ziping forms upgrade 旧表 {form.id} {file.name}"
    )


def _unknown(form: Form, key: str) -> str:
    near = get_close_matches(key, list(form.items), n=3)
    hint = f"，是不是 {'、'.join(near)}？" if near else f"；用 ziping forms blank {form.id} 可以列出全部数据项"
    return f"没有这个数据项{hint}"


def _answer(item: Item, raw: Plain, year: int) -> Answer:
    if isinstance(raw, dict):
        words = set(raw) <= {"value", "provisional", "reason"} and not isinstance(raw.get("reason"), list | dict | bool)
        if not words or "value" not in raw or not isinstance(raw.get("provisional", False), bool):
            raise _Bad("这里只认 {value: 答案, provisional: true, reason: 原因}")
        inner = _answer(item, raw["value"], year)
        reason = clean(_text(raw["reason"])) if raw.get("reason") is not None else ""
        return replace(inner, provisional=inner.provisional or bool(raw.get("provisional")), reason=reason)
    if raw == NOT_APPLICABLE:
        if not (item.not_applicable or item.optional):
            raise _Bad("这一项每个单位都要填，不能写“不适用”")
        return Answer(State.NOT_APPLICABLE)
    if isinstance(raw, list):
        return given(_from_list(item, raw, year))
    if raw is None:
        raise _Bad("value 不能空着；没有答案就不要写这一项")
    if isinstance(raw, bool):
        return given(_from_bool(item, raw))
    return _typed(item, _text(raw), year)


def _from_bool(item: Item, raw: bool) -> Value:
    if not isinstance(item, YesNo):
        raise _Bad(f"{quoted(item.label)}不是是非题，应写{_expected(item)}")
    return raw


def _typed(item: Item, text: str, year: int) -> Answer:
    """As typed in the chat, except that a file cannot be asked back."""
    if isinstance(item, Checklist) and text in ("all", "none"):
        wanted = () if text == "none" else tuple(c.id for c in item.criteria if not c.bad)
        return given(wanted)
    if isinstance(item, Rows) and text in ("none", "无"):
        return given(())
    if isinstance(item, Number):
        # A bare figure in a file is in the unit that the blank file names; only the chat asks 元 or 万元.
        bare = _bare(text)
        if bare is not None:
            text = f"{format(bare, 'f')}{item.unit}"
    reading = read(item, text, year=year, today=date(year + 1, 12, 31))
    if isinstance(reading, NotUnderstood):
        raise _Bad(reading.text)
    if isinstance(reading, Ambiguous):
        choices = "、".join(label for label, _ in reading.choices)
        raise _Bad(f"{reading.question}可能是 {choices}，请写清楚")
    return Answer(State.GIVEN, reading.value, reading.provisional)


def _from_list(item: Item, raw: list[Plain], year: int) -> Value:
    match item:
        case OneRow():
            return _row(item, raw, year)
        case Rows():
            if not all(isinstance(r, list) for r in raw):
                raise _Bad("应是一行一个列表，例如 " + "[[" + ", ".join(c.label for c in item.columns) + "]]")
            if len(raw) > item.max_rows:
                raise _Bad(f"最多 {item.max_rows} 行，收到 {len(raw)} 行")
            return tuple(_row(item, r, year) for r in raw if isinstance(r, list))
        case Survey():
            return _tallies(item, raw)
        case Checklist():
            return _ticked(item, raw)
        case Manual() if len(raw) == 2:
            value = _typed(item, f"{_text(raw[0])}分，{_text(raw[1])}", year).value
            assert isinstance(value, ManualScore)
            return value
        case External() if len(raw) == 3:
            value = _typed(item, f"{_text(raw[0])}/{_text(raw[1])} {_text(raw[2])}", year).value
            assert isinstance(value, ExternalScore)
            return value
    raise _Bad(f"这里应写{_expected(item)}")


def _row(item: Table, raw: list[Plain], year: int) -> Row:
    if len(raw) != len(item.columns):
        names = "、".join(c.label for c in item.columns)
        raise _Bad(f"一行应有 {len(item.columns)} 格（{names}），收到 {len(raw)} 格；空着的格写 null")
    cells: list[Cell] = []
    for column, value in zip(item.columns, raw, strict=True):
        place = item.place_of("target")
        target = cells[place] if place is not None and place < len(cells) else ""
        cells.append(_cell(column, value, target if isinstance(target, str) else "", tier_names(item)))
    return Row(tuple(cells))


def _cell(column: Column, raw: Plain, target: str, tiers: tuple[str, ...]) -> Cell:
    if raw is None or raw == "":
        return None if raw is None else ""
    if isinstance(raw, list | dict | bool):
        raise _Bad(f"{quoted(column.label)}这一格应是一个{'数' if column.figure else '词'}")
    text = _text(raw)
    bare = _bare(text) if column.figure else None
    if bare is not None:
        unit = column.unit or {"money": "万元", "percent": "%"}.get(column.type, "")
        text = f"{format(bare, 'f')}{unit}"
    reading = read_any_cell(column, text, target, tiers)
    if isinstance(reading, NotUnderstood):
        raise _Bad(reading.text)
    if isinstance(reading, Ambiguous):
        raise _Bad(f"{quoted(column.label)}：{reading.question}请写清楚")
    assert isinstance(reading.value, Decimal | str)
    return None if reading.value == "" and not column.figure and column.optional else reading.value


def _tallies(item: Survey, raw: list[Plain]) -> tuple[Row, ...]:
    """The three counts, then the ticks of each question."""
    rows: list[Row] = []
    for n, line in enumerate(raw):
        if n > len(item.questions) or not isinstance(line, list):
            raise _Bad(f"先是 [发放, 收回, 有效]，再是每题一个列表，一共 {1 + len(item.questions)} 个")
        counts = [_bare(_text(v)) if isinstance(v, Decimal | int | str) else None for v in line]
        row = Row(tuple(c for c in counts if c is not None and c >= 0 and c == c.to_integral_value()))
        why = fitting(item, n, row) if len(row.cells) == len(line) else "份数都要是整数。"
        if why:
            raise _Bad(f"第 {n + 1} 个列表：{why}")
        rows.append(row)
    return tuple(rows)


def _ticked(item: Checklist, raw: list[Plain]) -> tuple[str, ...]:
    known = {c.id: c.id for c in item.criteria} | {str(n): c.id for n, c in enumerate(item.criteria, 1)}
    names = [_text(r) for r in raw]
    for name in names:
        if name not in known:
            raise _Bad(f"没有“{name}”这一条，只有 {'、'.join(c.id for c in item.criteria)}")
    ticked = {known[n] for n in names}
    return tuple(c.id for c in item.criteria if c.id in ticked)


def _bare(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 18 else None


def _text(raw: Plain) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return format(raw, "f") if isinstance(raw, Decimal) else str(raw)


def _expected(item: Item) -> str:
    match item:
        case Number():
            return f"一个数（{item.unit}）" if item.unit else "一个数"
        case YesNo():
            return " true 或 false"
        case Checklist():
            return f"满足的条目，例如 [{', '.join(c.id for c in item.criteria if not c.bad)}]，或 all、none"
        case Choice():
            return "其中一项：" + "、".join(o.id for o in item.options)
        case Survey():
            return "[[发放, 收回, 有效], [第一题各选项的份数], …]"
        case Rows():
            return f"一行一个列表 [[{', '.join(c.label for c in item.columns)}]]"
        case Table():
            return f"一个列表 [{', '.join(c.label for c in item.columns)}]"
        case Manual():
            return " [分数, 理由]"
        case External():
            return " [得分, 满分, 来源]"
        case Date():
            return "日期，例如 2021-03-15"
    return "文字"


def blank(form: Form) -> str:
    """An answers file with every item, its number, type, unit and question as comments; it reads back as empty."""
    lines = [
        f"# {form.pack.county} {form.year}年度　{form.title}（{form.id}）",
        "# 冒号后面写答案；不知道的空着，不适用的写 不适用。",
    ]
    for section in form.sections:
        lines += ["", f"# ──── {section.title} ────"]
        for item in section.items:
            lines += ["", *(f"# {line}" for line in _described(form, item)), f"{item.id}:"]
            if isinstance(item, Rows) and item.start:
                lines.append("#   表上现成的行：去掉行首的 # 就能用，null 换成答案")
                lines += [f"#  - {json.dumps(list(row), ensure_ascii=False)}" for row in item.start]
    return "\n".join(lines) + "\n"


def _described(form: Form, item: Item) -> Iterator[str]:
    yield f"{form.numbers[item.id]}. {' '.join(item.question.split())}"
    yield f"   {item.type}，应写{_expected(item).strip()}"
    if isinstance(item, Checklist):
        for c in item.criteria:
            yield f"   {c.id} = {c.text}{'（这一条是坏事，有才勾）' if c.bad else ''}"
    if isinstance(item, Choice):
        for o in item.options:
            yield f"   {o.id} = {o.text}"
    if item.not_applicable:
        yield "   可以写 不适用"
