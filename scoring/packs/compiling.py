"""A form from its texts: parsed, typed, and every error of shape told with file, line and key.

What only shows when the parts are seen together is found by lint/.
"""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoring.errors import BadPack, Problem
from scoring.form import Form
from scoring.formdata import FormData
from scoring.pack import PackInfo
from scoring.packs.misshapen import in_words
from scoring.packs.sources import PARTS, Sources
from scoring.yamlfile import Plain, YamlError, YamlFile, read_yaml

_YEAR_OFF = re.compile(r"\{year([+-]\d)\}")


def compile_form(form_id: str, sources: Sources, year: int | None = None) -> Form:
    """A form from the texts it is made of — fresh from disk, or frozen with a filing. Raises BadPack."""
    return _compiled(form_id, tuple(sources.items()), year)


@lru_cache(maxsize=128)
def _compiled(form_id: str, texts: tuple[tuple[str, str], ...], year: int | None) -> Form:
    """The same form for the same texts: it is read by its own lint, by that of its neighbours, and when it is loaded."""
    sources = dict(texts)
    files, problems = read_files(sources)
    if problems:
        raise BadPack(tuple(problems))
    info, data, problems = validate(form_id, files, year)
    if info is None or data is None:
        raise BadPack(tuple(problems))
    text = json.dumps(sources, ensure_ascii=False, sort_keys=True)
    edition = sha256(text.encode()).hexdigest()[:12]
    return Form(form_id, info, data, year or info.year, edition, sources)


def read_files(sources: Sources) -> tuple[dict[str, YamlFile], list[Problem]]:
    """Every YAML text parsed, and the problems of those that are none."""
    files: dict[str, YamlFile] = {}
    problems: list[Problem] = []
    for name, text in sources.items():
        if not name.endswith(".yaml"):
            continue
        try:
            files[name] = read_yaml(name, text)
        except YamlError as e:
            problems.append(Problem("YAML", name, e.line, "", str(e)))
    return files, problems


def validate(
    form_id: str, files: Mapping[str, YamlFile], year: int | None
) -> tuple[PackInfo | None, FormData | None, list[Problem]]:
    """The typed pack and form, or the problems that keep them from it."""
    form = form_id.partition("/")[2]
    pack_file = files.get("pack.yaml", YamlFile("pack.yaml", {}, {}))
    problems: list[Problem] = []
    info: PackInfo | None = None
    try:
        info = PackInfo.model_validate(pack_file.data or {})
    except ValidationError as e:
        problems += [_problem(pack_file, error) for error in e.errors()]
    merged: dict[str, Plain] = {}
    origin: dict[str, YamlFile] = {}
    for part in PARTS:
        file = files.get(f"{form}/{part}")
        if file is None or file.data is None:
            continue
        if not isinstance(file.data, dict):
            problems.append(Problem("YAML", file.name, 1, "", "最外层应是“键: 值”"))
            continue
        for key, value in file.data.items():
            if key in origin:
                text = f"{origin[key].name} 里已经写了 {key}，同一个键只能写在一个文件里"
                problems.append(Problem("YAML", file.name, file.line((key,)), key, text))
            merged[key] = for_year(value, year or (info.year if info else 2000))
            origin[key] = file
    if info:
        _round_as(info, merged)
    data: FormData | None = None
    try:
        data = FormData.model_validate(merged)
    except ValidationError as e:
        fallback = files.get(f"{form}/form.yaml", YamlFile(f"{form}/form.yaml", {}, {}))
        problems += [_problem(origin.get(str(error["loc"][0]), fallback), error) for error in _causes(e)]
    return info, data if not problems else None, problems


def for_year(value: Plain, year: int) -> Plain:
    """{year}, {last_year}, {next_year} and a year further off ({year-2}, {year+2}) in a pack's texts filled in."""
    match value:
        case str():
            if "{" not in value:
                return value
            filled = (
                value.replace("{year}", str(year)).replace("{last_year}", str(year - 1)).replace("{next_year}", str(year + 1))
            )
            return _YEAR_OFF.sub(lambda off: str(year + int(off[1])), filled)
        case list():
            return [for_year(v, year) for v in value]
        case dict():
            return {k: for_year(v, year) for k, v in value.items()}
    return value


def _round_as(info: PackInfo, form: Mapping[str, Plain]) -> None:
    """The lines of goals are rounded as the pack says, unless a table says otherwise."""
    sections = form.get("sections")
    for section in sections if isinstance(sections, list) else []:
        items = section.get("items") if isinstance(section, dict) else None
        for item in items if isinstance(items, list) else []:
            policy = item.get("attainment") if isinstance(item, dict) else None
            if isinstance(policy, dict):
                policy.setdefault("rounding", info.rounding)


def _causes(e: ValidationError) -> Iterator[ErrorDetails]:
    """The errors without their echoes: a list is not too short when its entries were merely refused."""
    errors = e.errors()
    for error in errors:
        place = error["loc"]
        if error["type"] == "too_short" and any(o["loc"][: len(place)] == place and o is not error for o in errors):
            continue
        yield error


def _problem(file: YamlFile, error: ErrorDetails) -> Problem:
    kind = error["type"]
    tag = str(error.get("ctx", {}).get("discriminator", "")).strip("'")
    place = (*error["loc"], *((tag,) if tag else ()))
    path: list[str | int] = []
    for part in place:  # pydantic puts the tags of unions into the path; only what is written counts
        if (*path, part) in file.lines:
            path.append(part)
    written = [str(part) for part in path if isinstance(part, str)]
    absent = kind in ("missing", "extra_forbidden") or not written
    code = {"missing": "KEY_MISSING", "extra_forbidden": "KEY_UNKNOWN"}.get(kind, "VALUE")
    key = str(place[-1]) if absent else written[-1]
    return Problem(code, file.name, file.line(tuple(path)), key, in_words(error) + (_meant(key) if code == "KEY_UNKNOWN" else ""))


def _meant(key: str) -> str:
    """The key that was meant, where one is near; for a key that stands elsewhere, that it does."""
    known = _known_keys()
    if key in known:
        return f"（{key} 写在别处：多半是缩进不对）"
    near = get_close_matches(key.lower(), known, n=1)
    return f"（是不是 {near[0]}？）" if near else ""


@cache
def _known_keys() -> tuple[str, ...]:
    """Every key that a pack may have, wherever it stands."""

    def below(schema: object) -> Iterator[str]:
        if isinstance(schema, dict):
            own = schema.get("properties")
            yield from own if isinstance(own, dict) else ()
        for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            yield from below(inner)

    return tuple(sorted({*below(FormData.model_json_schema()), *below(PackInfo.model_json_schema())}))
