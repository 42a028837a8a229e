"""docs/packs.md is true: it names every key, kind, code, block and command there is, and what it shows works."""

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from bot.__main__ import parser
from scoring.answersfiles.cases import run_cases
from scoring.answersfiles.file import RESERVED
from scoring.answersfiles.printed import COMMON, LISTS
from scoring.answersfiles.printedparts import read_printed
from scoring.beside.declared import ABOUT
from scoring.columns import Column, ColumnType
from scoring.editions.cases import KEYS
from scoring.formdata import FormData, Severity
from scoring.formula import FUNCTIONS
from scoring.items import Item
from scoring.lint import lint_folder
from scoring.loading import load
from scoring.pack import PackInfo
from scoring.rules import AnyRule
from scoring.scorecard import score
from scoring.yamlfile import read_yaml
from templates.blocks import Blocks
from templates.drafting import draft
from templates.facts import Facts
from templates.fields import fields_used

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_.$]*|[\u4e00-\u9fff]+")
LINT = ("lint/*.py", "packs/compiling.py", "rules/*.py", "../templates/fields.py")  # where lint messages come from
CODE = re.compile(r'"([A-Z]+(?:_[A-Z]+)*)"')
FILING = "mini-2024/training"


def coded(text: str) -> set[str]:
    """The words that stand in `code`, fenced blocks apart."""
    prose = FENCE.sub("", text)
    return {w for code in re.findall(r"`([^`\n]+)`", prose) for w in WORD.findall(code)}


def models(root: type[BaseModel] | object) -> Iterator[type[BaseModel]]:
    """A model and all that it contains, each once."""
    seen: list[type[BaseModel]] = []

    def walk(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation not in seen:
                seen.append(annotation)
                for field in annotation.model_fields.values():
                    walk(field.annotation)
            return
        for part in get_args(annotation):
            walk(part)

    walk(root)
    yield from seen


def keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def whole_files() -> dict[str, str]:
    """The blocks that are whole files of a pack, by path."""
    return {path: text for _, path, text in FENCE.findall(GUIDE) if path}


def section(title: str) -> str:
    """The part of the guide below a heading."""
    found = re.search(rf"^(#+) {re.escape(title)}.*?\n(.*?)(?=^#{{1,3}} |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[2]


@pytest.mark.parametrize("model", [*models(FormData), *models(PackInfo)], ids=lambda m: m.__name__)
def test_every_key_of_every_file_is_explained(model: type[BaseModel]) -> None:
    assert keys(model) <= coded(GUIDE)


@pytest.mark.parametrize(
    ("title", "annotation", "tag"), [("Rule kinds", AnyRule, "kind"), ("form.yaml", Item, "type")], ids=["rules", "items"]
)
def test_every_kind_is_explained_with_its_own_keys(title: str, annotation: object, tag: str) -> None:
    rows = dict(re.findall(r"^\| (`[^|]+`) \|(.*)\|$", section(title), re.MULTILINE))
    explained = {name: coded(row) for names, row in rows.items() for name in WORD.findall(names)}
    tagged = [m for m in models(annotation) if tag in m.model_fields and len(get_args(m.model_fields[tag].annotation)) == 1]
    shared = set.intersection(*(keys(m) for m in tagged))
    below = coded(section("Tables"))  # the keys of `rows`
    for model in tagged:
        (name,) = get_args(model.model_fields[tag].annotation)
        own = keys(model) - shared - {tag}
        assert own <= explained[name] | (below if name == "rows" else set()), name


def test_every_value_to_choose_from_is_named() -> None:
    """The words a key is between: above, below, both; half_up, down …"""
    for model in {*models(FormData), *models(PackInfo)}:
        for field in model.model_fields.values():
            words = {
                w for part in (field.annotation, *get_args(field.annotation)) for w in get_args(part) if isinstance(w, str)
            } - {"%"}
            assert words <= coded(GUIDE), model.__name__
    assert set(get_args(ColumnType)) <= coded(section("Tables"))
    assert keys(Column) <= coded(section("Tables"))
    assert set(get_args(Severity)) | set(ABOUT) | set(FUNCTIONS) <= coded(GUIDE)


def test_every_lint_code_has_its_remedy() -> None:
    files = [path for pattern in LINT for path in sorted((ROOT / "scoring").glob(pattern))]
    emitted = {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))} - {"RULE_TEXT"}
    told = re.findall(r"^\| `([A-Z_]+)` \| .+ \| .+ \|$", section("Lint messages"), re.MULTILINE)
    assert len(emitted) > 20
    assert set(told) == emitted


def test_every_word_of_the_report_vocabulary_is_explained() -> None:
    form = load("example/basic")
    words = {*Facts(form, {}, score(form, {}), "某单位").vocabulary, *Blocks().vocabulary}
    assert words <= coded(section("documents.yaml and report texts"))


def test_every_key_of_a_printed_filing_is_shown() -> None:
    shown = section("As printed")
    named = [*LISTS, *(k for keys in LISTS.values() for k in keys), *COMMON, "stated", "text", "weights", "names", "codes"]
    named += ["headings", "sections", "sentences", "attachments", "listed", "present", "signoff", "survey_letters"]
    assert [k for k in named if not re.search(rf"\b{k}\b", shown)] == []
    for _, _, text in FENCE.findall(shown):
        data = read_yaml("printed", text).data
        assert isinstance(data, dict)
        read_printed(data["printed"])


def test_every_key_of_answers_files_and_cases_is_shown() -> None:
    assert all(re.search(rf"^{key}:", GUIDE, re.MULTILINE) for key in (*RESERVED, *KEYS))


def test_every_command_of_an_author_is_named() -> None:
    (subcommands,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    commands = coded(section("Commands"))
    for name in ("forms", "score", "check", "draft", "chat"):
        actions = subcommands.choices[name]._actions
        assert {name} | {str(c) for a in actions if not a.option_strings for c in a.choices or ()} <= commands
        for option in (o for a in actions for o in a.option_strings if o.startswith("--") and o != "--help"):
            assert f"`{option}" in section("Commands") or f" {option}" in section("Commands"), option


def test_every_example_of_a_rule_is_one() -> None:
    (text,) = (t for _, _, t in FENCE.findall(section("Rule kinds")))
    rules = read_yaml("rules", text).data
    assert isinstance(rules, list)
    kinds = [TypeAdapter(AnyRule).validate_python(rule).kind for rule in rules]
    assert len(kinds) == len(set(kinds)) == sum("kind" in m.model_fields for m in models(AnyRule))


def test_every_example_of_a_form_file_is_one() -> None:
    for language, path, text in FENCE.findall(GUIDE):
        if language == "yaml" and not path:
            data = read_yaml("example", text).data
            for key in ("arrivals", "checks", "documents", "conversions"):
                if isinstance(data, dict) and key in data:
                    TypeAdapter(FormData.model_fields[key].annotation).validate_python(data[key])
            if isinstance(data, list) and all(isinstance(i, dict) and "type" in i for i in data):
                TypeAdapter(list[Item]).validate_python(data)


def test_the_small_pack_of_the_guide_loads_and_passes_its_case(tmp_path: Path) -> None:
    for path, text in whole_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    problems = lint_folder(tmp_path, fields_used)
    assert [(p.code, p.fatal) for p in problems] == [("RULE_MAX", False), ("WEIGHT_SUM", False)]
    (result,) = run_cases([tmp_path], own=False)
    assert result.passed, result.differences
    form = load(FILING, [tmp_path])
    assert draft(form, {}, "report", unit="某局").gaps


def test_the_copy_of_the_example_is_a_pack(tmp_path: Path) -> None:
    (tmp_path / "scoring").symlink_to(ROOT / "scoring")
    commands = next(text for _, _, text in FENCE.findall(section("Eight steps")) if "cp -r" in text)
    subprocess.run(["bash", "-e", "-c", commands], cwd=tmp_path, check=True)
    assert lint_folder(tmp_path / "my-packs") == ()
    assert [r.passed for r in run_cases([tmp_path / "my-packs"], own=False)] == [True]


def test_every_anchor_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", GUIDE), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


THREATS = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+(?:\.py)?)(?:::(\w+))?`")


def test_every_threat_names_a_test_there_is() -> None:
    lines = [line for line in THREATS.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(line.split("|")[1]) for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        named = NAMED.findall(line)
        assert named, line[:60]
        assert re.search(r"\|(?: \d+\.\d+\.\d+)+ \|$", line), f"{line[:60]}: no requirement by number"
        for path, test in named:
            assert (ROOT / path).exists(), f"{path} is not there"
            assert not test or re.search(rf"^(?:async )?def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.M), test
