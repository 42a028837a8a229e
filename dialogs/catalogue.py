"""The forms on offer: title, year and what they are filled for, without compiling a form that has not changed.

A form is compiled and linted once per text and program; what the start page says of it is then remembered in a small
file, so that a start does not wait for the packs. The file is a convenience: lost, stale or unwritable, everything
is read anew. Not here: the forms themselves (scoring.loading).
"""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import scoring
from dialogs.scene import FormChoice
from scoring.loading import forms_named, load, pack_folder, read_sources


@lru_cache(maxsize=8)
def catalogue(forms: tuple[str, ...], packs: tuple[Path, ...], memory: Path | None = None) -> tuple[FormChoice, ...]:
    """The forms on offer, in the order of the setting. Raises UnknownForm, and BadPack for one with a mistake."""
    known = _remembered(memory) if memory else {}
    now: dict[str, Mapping[str, object]] = {}
    choices: list[FormChoice] = []
    for form_id in forms_named(forms, packs):
        print_ = fingerprint(form_id, packs)
        try:
            choice = FormChoice(**known[print_])  # type: ignore[arg-type]
        except (KeyError, TypeError):
            form = load(form_id, packs)
            choice = FormChoice(form.id, form.title, form.year, form.data.per, form.written_days)
        now[print_] = choice._asdict()
        choices.append(choice)
    if memory and not set(now) <= set(known):
        _remember(memory, {**known, **now})
    return tuple(choices)


def fingerprint(form_id: str, packs: Sequence[Path]) -> str:
    """What a form was read from, and by which program: the texts of its pack, and the dates of the modules that judge."""
    folder, found = pack_folder(form_id, packs), sha256(_program().encode())
    for form in sorted(p.parent.name for p in folder.glob("*/form.yaml")):  # what arrives comes from its siblings
        for name, text in read_sources(folder, form).items():
            found.update(f"{form_id}\0{name}\0{text}\0".encode())
    return found.hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    modules = sorted(Path(scoring.__file__).parent.rglob("*.py"))
    return "\n".join(f"{m.name} {m.stat().st_mtime_ns}" for m in modules)


def _remembered(memory: Path) -> dict[str, dict[str, object]]:
    with suppress(OSError, ValueError):
        data = json.loads(memory.read_text(encoding="utf-8"))
        if isinstance(data, dict):
            return {k: v for k, v in data.items() if isinstance(v, dict)}
    return {}


def _remember(memory: Path, known: Mapping[str, Mapping[str, object]]) -> None:
    """Written beside and moved, so that nobody ever reads half of it."""
    with suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=memory.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False)
        Path(name).replace(memory)
