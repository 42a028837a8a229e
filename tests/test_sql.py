"""S14: no SQL is put together from what somebody wrote. Every statement whose text is made and not written is listed here."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_house import BELOW, ROOT, sources

TAKES_SQL = {"text", "literal_column", "exec_driver_sql", "execute", "executemany", "executescript", "DDL"}


def made(node: ast.AST) -> bool:
    """Whether an expression puts a text together: f-strings, %, +, format, join, replace."""
    match node:
        case ast.JoinedStr(values=parts):
            return any(isinstance(part, ast.FormattedValue) for part in parts)
        case ast.BinOp(op=ast.Mod() | ast.Add()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace" | "format_map")):
            return True
        case ast.IfExp(body=one, orelse=other):
            return made(one) or made(other)
    return False


def risky(source: str) -> Iterator[str]:
    """Every call that takes SQL and is given a text put together on the spot."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in TAKES_SQL and made(node.args[0]):
            yield ast.unparse(node.args[0])


# What is put together from our own constants, table names or numbers only. A new line here is a decision.
REVIEWED = {
    "dialogs/store/copying.py": {
        "f\"LOCK TABLE {', '.join((t.name for t in metadata.sorted_tables))} IN ACCESS EXCLUSIVE MODE\""
    },
    "dialogs/store/deadlines.py": {"f'SELECT {each}'"},
    "dialogs/store/engine.py": {"f'PRAGMA {pragma}'"},
    "dialogs/store/purging.py": {
        "f'PRAGMA busy_timeout={int(patience)}'",
        "f'SET lock_timeout = {int(patience)}'",
        "f'VACUUM (FULL, ANALYZE) {table.name}'",
    },
    "dialogs/store/schema.py": {"f'PRAGMA {pragma}'"},
    "dialogs/store/tables/making.py": {"f\"'{state}'\"", "f\"'{default}'\""},
    "dialogs/store/verifying.py": {"f'PRAGMA integrity_check({MOST})'"},
}


def test_no_statement_is_put_together_that_was_not_reviewed() -> None:
    found: dict[str, set[str]] = {}
    for room in BELOW:
        for path in sources(room):
            if these := set(risky(path.read_text(encoding="utf-8"))):
                found[str(path.relative_to(ROOT))] = these
    assert found == REVIEWED


@pytest.mark.parametrize(
    "planted",
    [
        "c.execute(text(f\"SELECT * FROM units WHERE name = '{name}'\"))",
        "c.exec_driver_sql(\"SELECT 1 WHERE x = '%s'\" % name)",
        'raw.execute("DELETE FROM t WHERE id = " + id)',
        'text("SELECT {}".format(column))',
        'c.execute(text("SELECT " + ", ".join(names)))',
        'query.where(literal_column(f"name = {name!r}"))',
        'raw.executescript(f"DROP TABLE {name}" if name else "")',
    ],
)
def test_a_statement_put_together_is_noticed(planted: str) -> None:
    assert list(risky(planted))


@pytest.mark.parametrize(
    "harmless", ['text("SELECT :x")', 'c.execute(STATEMENT, {"x": f"{name}"})', 'c.execute(text(f"SELECT 1"))']
)
def test_a_written_statement_is_none(harmless: str) -> None:
    assert not list(risky(harmless))
