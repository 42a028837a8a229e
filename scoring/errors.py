"""Mistakes in packs and answers files, each with the place and the remedy in one sentence."""

from dataclasses import dataclass


class ZipingError(Exception):
    """Base of the errors a person may read: str(e) is one clear sentence."""


class UnknownForm(ZipingError):
    """No such pack or form."""


class BadAnswers(ZipingError):
    """An answers file that cannot be used: file, key and what is expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake of a pack's author. `code` is stable, the sentence may improve; `line` counts from 1."""

    code: str
    file: str
    line: int
    key: str
    text: str
    fatal: bool = True

    def __str__(self) -> str:
        key = f" {self.key}：" if self.key else " "
        return f"{self.file}:{self.line}:{key}{self.text}（{self.code}）"


class BadPack(ZipingError):
    """A pack that must not be used, with every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("；".join(str(p) for p in problems[:5]))
        self.problems = problems
