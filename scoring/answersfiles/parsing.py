"""The text of an answers file or of a case, parsed: YAML, or JSON with figures as exact.

Every mistake becomes one sentence with file and line. Not here: what the keys mean (file.py, cases.py).
"""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

from scoring.errors import BadAnswers
from scoring.yamlfile import LONGEST_NUMBER, MAX_BYTES, Plain, YamlError, YamlFile, read_yaml


class _WrittenTwice(ValueError):
    """A key that stands twice in one mapping of a JSON file."""


def parsed(path: Path) -> YamlFile:
    """JSON is read as YAML, which it is nearly always; only its own parser knows its escapes."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadAnswers(f"{path.name}：文件太大，最多 {MAX_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise BadAnswers(f"{path}：读不了这个文件，请检查文件名和权限") from e
    except UnicodeDecodeError as e:
        raise BadAnswers(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8 再试") from e
    if path.suffix.lower() == ".json":
        try:
            return YamlFile(path.name, json.loads(text, parse_float=_figure, parse_int=_figure, object_pairs_hook=_unique), {})
        except json.JSONDecodeError as e:
            raise BadAnswers(f"{path.name}:{e.lineno}：不是合格的 JSON，请检查这一行的引号、逗号和括号") from e
        except (_WrittenTwice, InvalidOperation, RecursionError) as e:
            raise BadAnswers(f"{path.name}：{e if isinstance(e, _WrittenTwice) else '有看不懂的数或嵌套太深'}") from e
    try:
        return read_yaml(path.name, text)
    except YamlError as e:
        raise BadAnswers(f"{path.name}:{e.line}：{e}") from e


def _figure(text: str) -> Decimal | str:
    """A number of JSON, exact; what no figure can be (1e999999) stays text and is refused with its key."""
    number = Decimal(text) if len(text) <= LONGEST_NUMBER else None
    return (
        number
        if number is not None and number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER
        else text[:LONGEST_NUMBER]
    )


def _unique(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [k for k, _ in pairs]
        raise _WrittenTwice(f"“{next(k for k in keys if keys.count(k) > 1)}”写了两次")
    return found
