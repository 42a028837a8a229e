"""The core reads no clock, draws no chance and asks no machine of its own: whatever varies is injected (dialogs/office.py)."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = ("scoring", "templates", "dialogs")
FORBIDDEN = {
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "localtime", "gmtime", "sleep"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "random": {"*"},
    "secrets": {"*"},
    "uuid": {"uuid1", "uuid4"},
    "os": {"urandom", "getpid", "environ", "getenv"},
    "platform": {"*"},
    "socket": {"*"},
}
# Where the real world comes in: the default of what is injected; how far the database's clock is from this machine's; and
# how long a county's own template may take in its child process, which decides whether there is a document, never what it says.
ALLOWED = {
    "dialogs/office.py": {"secrets.token_bytes"},
    "dialogs/store/moments.py": {"time.time_ns"},
    "templates/apart/asking.py": {"time.monotonic"},
    "templates/apart/making.py": {"time.monotonic"},
}


def sources() -> dict[str, str]:
    """The core, file by file."""
    paths = (path for room in CORE for path in sorted((ROOT / room).rglob("*.py")))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def findings(files: Mapping[str, str]) -> list[str]:
    """`file:line: what` of everything that reads the real world."""
    return [f"{name}:{said}" for name, text in files.items() for said in _in(text, ALLOWED.get(name, set()))]


def _in(text: str, allowed: set[str]) -> Iterator[str]:
    tree = ast.parse(text)
    came_from: dict[str, str] = {}  # a name as it is used here → module.name
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN:
            came_from |= {(a.asname or a.name): f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            came_from |= {(a.asname or a.name): a.name for a in node.names if a.name in FORBIDDEN}
    for node in ast.walk(tree):
        said = ""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = came_from.get(node.value.id, node.value.id).rpartition(".")[2]
            said = f"{owner}.{node.attr}" if _is_forbidden(owner, node.attr) else ""
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            said = f"{node.value.attr}.{node.attr}" if _is_forbidden(node.value.attr, node.attr) else ""
        elif isinstance(node, ast.Name) and node.id in came_from:
            module, _, name = came_from[node.id].rpartition(".")
            said = came_from[node.id] if module and _is_forbidden(module, name) else ""
        if said and said not in allowed:
            yield f"{node.lineno}: {said}"


def _is_forbidden(owner: str, name: str) -> bool:
    found = FORBIDDEN.get(owner, set())
    return name in found or "*" in found
