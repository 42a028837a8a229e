"""Answers files beside each other: a file with the filings it names, put together as the store puts its own together.

Not here: how one file is read (file.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scoring.answers import Answer, Answers
from scoring.answersfiles.file import AnswersFile, read_answers
from scoring.answersfiles.printed import Printed
from scoring.asked import basis
from scoring.beside.cabinet import Cabinet, Kept
from scoring.beside.declared import pack_name
from scoring.beside.facts import Filed
from scoring.errors import BadAnswers, UnknownForm
from scoring.form import Form
from scoring.loading import load


@dataclass(frozen=True, slots=True)
class FileSet:
    """A filing from files. `answers`: with what arrives; `stored`: as the file says; `brought`: as the others say."""

    answers: Answers
    stored: Answers
    brought: Mapping[str, Answer]
    printed: Printed | None
    project: str
    beside: tuple[Filed, ...]


def read_set(form: Form, path: Path, packs: Sequence[Path] = (), unit: str = "") -> FileSet:
    """Read a file and those it names, and those these name. Raises BadAnswers, and UnknownForm for a form that is not there."""
    file = read_answers(form, path)
    kept: dict[str, Kept] = {}
    _keep(kept, form, path, file, file.project, packs, unit)
    cabinet = _rested(Cabinet(tuple(kept.values())))
    own = cabinet.kept[0]
    filed = cabinet.filed(own)
    return FileSet(filed.answers, cabinet.stored(own)[1], cabinet.brought(own), file.printed, file.project, cabinet.beside(own))


def _rested(cabinet: Cabinet) -> Cabinet:
    """The same filings, points by hand resting on what arrives as well: a file is written in sight of the whole set."""

    def again(one: Kept) -> Kept:
        form, stored = cabinet.stored(one)
        seen = cabinet.filed(one).answers
        rested = {key: replace(answer, basis=basis(form, form.items[key], seen)) for key, answer in stored.items()}
        return replace(one, load=lambda: (form, rested))

    return Cabinet([again(one) for one in cabinet.kept])


def _keep(
    kept: dict[str, Kept], form: Form, path: Path, file: AnswersFile, project: str, packs: Sequence[Path], unit: str
) -> None:
    """Put a file and those it names into `kept`, each once, in the order they are named."""
    name = str(path.resolve())
    if name in kept:
        return
    kept[name] = Kept(name, form.id, form.year, unit, project, lambda: (form, file.answers))
    for reference in file.filings:
        try:
            other = load(f"{pack_name(form.id)}/{reference.form}", packs, reference.year or form.year)
        except UnknownForm as e:
            raise BadAnswers(f"{path.name}：filings：{e}") from e
        beside = path.parent / reference.answers
        theirs = read_answers(other, beside)
        _keep(kept, other, beside, theirs, reference.project or theirs.project, packs, unit)
