"""Reading an answers file: each key an item of the form, and the few that are none (printed, project, filings).

Not here: what one entry means (entries.py), the filings it names (sets.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from scoring.answers import Answer, Answers
from scoring.answersfiles.entries import BadEntry, answer_of, figure_in, text_of
from scoring.answersfiles.parsing import parsed
from scoring.answersfiles.printed import BadPrinted, Printed
from scoring.answersfiles.printedkeys import refuse_unknown
from scoring.answersfiles.printedparts import read_printed
from scoring.asked import as_asked, basis
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.items import Manual
from scoring.textgate import clean
from scoring.values import ManualScore
from scoring.yamlfile import Plain, YamlFile

PRINTED, PROJECT, FILINGS = "printed", "project", "filings"
RESERVED = (PRINTED, PROJECT, FILINGS)


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


def read_answers(form: Form, path: Path) -> AnswersFile:
    """Read a file. Raises BadAnswers: one sentence with file, line, key and what is expected."""
    file = parsed(path)
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
            answers[key] = answer_of(form.items[key], raw, form.year)
        except BadEntry as e:
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
        clean(text_of(project)) if project is not None else "",
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
        year = figure_in(text_of(entry["year"])) if "year" in entry else None
        project = clean(text_of(entry["project"])) if entry.get("project") is not None else ""
        found.append(Reference(text_of(entry["form"]), text_of(entry["answers"]), project, None if year is None else int(year)))
    return tuple(found)


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
