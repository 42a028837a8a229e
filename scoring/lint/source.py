"""The files of one form while they are looked at: where something stands, so that every mistake names file, line and key."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.errors import Problem
from scoring.yamlfile import Path as Place
from scoring.yamlfile import YamlFile


@dataclass(frozen=True)
class Source:
    """The files of one form."""

    form: str
    files: Mapping[str, YamlFile]

    def problem(self, code: str, part: str, path: Place, text: str, *, fatal: bool = True, key: str = "") -> Problem:
        """A problem at `path` of form.yaml, indicators.yaml, checks.yaml or documents.yaml."""
        name = f"{self.form}/{part}"
        file = self.files.get(name, YamlFile(name, {}, {}))
        shown = key or (str(path[-1]) if path and isinstance(path[-1], str) else "")
        return Problem(code, name, file.line(path), shown, text, fatal)
