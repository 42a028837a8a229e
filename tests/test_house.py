"""The house: arrows point one way, rooms keep their secrets, files stay readable."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {
    "scoring": set(),
    "templates": {"scoring"},
    "dialogs": {"scoring", "templates"},
    "bot": {"scoring", "templates", "dialogs"},
}
LONGEST = 300  # lines of a file; most have fewer than 150
SECRETS = {
    "telegram": "bot",
    "chinese_calendar": "scoring",
    "sqlalchemy": "dialogs",
    "alembic": "dialogs",
    "docx": "templates",
    "resvg_py": "templates",
    "xlsxwriter": "templates",
}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", BELOW)
def test_arrows_point_one_way(room: str) -> None:
    allowed = BELOW[room] | {room}
    for path in sources(room):
        wrong = (imports(path) & set(BELOW)) - allowed
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


@pytest.mark.parametrize(("library", "room"), SECRETS.items())
def test_only_one_room_knows(library: str, room: str) -> None:
    for other in set(BELOW) - {room}:
        for path in sources(other):
            assert library not in imports(path), f"{path.relative_to(ROOT)} knows {library}"


def test_a_stranger_is_noticed_by_the_arrow_test() -> None:
    planted = ast.parse("from bot.telegram.polling import poll")
    node = planted.body[0]
    assert isinstance(node, ast.ImportFrom)
    assert node.module is not None
    assert node.module.split(".")[0] not in BELOW["dialogs"] | {"dialogs"}


@pytest.mark.parametrize("room", BELOW)
def test_every_file_says_what_lives_there(room: str) -> None:
    for path in sources(room):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 10:
            assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} has no docstring"


PACKAGES = sorted(path.parent for path in (ROOT / "dialogs").rglob("__init__.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_first_page_of_a_package_names_everything_in_it(package: Path) -> None:
    text = (package / "__init__.py").read_text(encoding="utf-8")
    said = set(re.findall(r"\w+", ast.get_docstring(ast.parse(text)) or "")) | set(re.findall(r"tables\.(\w+) import", text))
    there = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/__init__.py")}
    assert not there - {"__init__"} - said, f"{package.name}/__init__.py is silent about some of its files"


@pytest.mark.parametrize("room", BELOW)
def test_no_file_speaks_of_one_that_is_not_there(room: str) -> None:
    there = {path.name for other in BELOW for path in sources(other)}
    for path in sources(room):
        gone = set(re.findall(r"\b\w+\.py\b", path.read_text(encoding="utf-8"))) - there
        assert not gone, f"{path.relative_to(ROOT)} speaks of {gone}"


@pytest.mark.parametrize("room", BELOW)
def test_every_file_is_read_in_one_sitting(room: str) -> None:
    for path in sources(room):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= LONGEST, f"{path.relative_to(ROOT)} has {lines} lines: it is about more than one thing"


@pytest.mark.parametrize("room", BELOW)
def test_every_folder_says_what_lives_there(room: str) -> None:
    for path in sources(room):
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path.relative_to(ROOT)} has no docstring"


def test_nothing_speaks_of_this_machine_or_of_a_registry_host() -> None:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in names:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".j2", ".lock", ".txt") and path.exists() and path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"/(?:work|home|root|Users)/\w|pypi\.org|files\.pythonhosted|debian\.org/debian", text), name


def test_scoring_has_no_floats() -> None:
    for path in sources("scoring"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls_float = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            assert not calls_float, f"{path.relative_to(ROOT)}:{node.lineno}"
            assert not literal, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_label_of_a_button_replaces_another_one() -> None:
    names = re.findall(r"^([A-Z_]+) = ", (ROOT / "templates" / "labels.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(set(names)) == sorted(names)
