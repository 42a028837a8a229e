"""load: a form by name, complete or not at all.

A pack with a mistake never loads half: BadPack carries every problem with file, line and key.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from scoring.beside.declared import pack_name
from scoring.errors import BadPack, UnknownForm
from scoring.form import Form
from scoring.lint import lint_form, siblings
from scoring.packs.compiling import compile_form
from scoring.packs.sources import OWN_PACKS, form_ids, pack_folder, read_sources


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


def forms_named(names: Sequence[str], packs: Sequence[Path] = ()) -> tuple[str, ...]:
    """The forms meant by these names: `pack/form`, or `pack` for all of its forms. Raises UnknownForm."""
    found: list[str] = []
    for name in names:
        forms = [name] if "/" in name else [i for i in form_ids(packs) if pack_name(i) == name]
        if not forms:
            raise UnknownForm(f"没有 {name} 这套表；现有：{'、'.join(dict.fromkeys(pack_name(i) for i in form_ids(packs)))}")
        found += forms
    return tuple(dict.fromkeys(found))


__all__ = ["OWN_PACKS", "compile_form", "form_ids", "forms_named", "load", "pack_folder", "read_sources"]
