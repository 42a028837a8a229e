"""load: a form by name, complete or not at all.

A pack with a mistake never loads half: BadPack carries every problem with file, line and key.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from scoring.compiling import compile_form
from scoring.errors import BadPack
from scoring.form import Form
from scoring.lint import lint_form, siblings
from scoring.sources import OWN_PACKS, form_ids, pack_folder, read_sources


def load(form_id: str, packs: Sequence[Path] = (), year: int | None = None) -> Form:
    """The form `pack/form` for a year (the pack's own by default). Raises UnknownForm and BadPack."""
    return _load(form_id, tuple(packs), year)


@lru_cache(maxsize=64)
def _load(form_id: str, packs: tuple[Path, ...], year: int | None) -> Form:
    folder = pack_folder(form_id, packs)
    sources = read_sources(folder, form_id.partition("/")[2])
    form = compile_form(form_id, sources, year)
    problems = tuple(p for p in lint_form(form, sibling=siblings(folder)) if p.fatal)
    if problems:
        raise BadPack(problems)
    return form


__all__ = ["OWN_PACKS", "compile_form", "form_ids", "load", "pack_folder", "read_sources"]
