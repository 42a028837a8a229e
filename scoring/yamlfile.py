"""YAML with line numbers and exact decimals.

Floats are read as Decimal, only true/false are booleans, dates stay text, duplicate keys are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import yaml

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
DEEPEST = 30
NOTHING = ("", "~", "null", "Null", "NULL")
DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)")
WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
LONGEST_NUMBER = 40  # characters; what is longer stays text
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """Text that is not usable YAML; `line` counts from 1."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class YamlFile:
    """The data of one file and the line where each key or list entry stands."""

    name: str
    data: Plain
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of `path`, or of its nearest ancestor that is written in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@lru_cache(maxsize=512)
def read_yaml(name: str, text: str) -> YamlFile:
    """Parse the text of the file called `name`; nobody may change what comes back. Raises YamlError."""
    if len(text) > MAX_BYTES:
        raise YamlError(f"文件太大（{len(text)} 字符，最多 {MAX_BYTES}）", 1)
    try:
        return _Reader(name, yaml.parse(text, Loader=_Loader)).read()
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise YamlError(f"不是合格的 YAML：{_remedy(e.problem or '')}", line) from e
    except (yaml.YAMLError, ValueError) as e:
        if isinstance(e, YamlError):
            raise
        raise YamlError("不是合格的 YAML：有不能用的字符", 1) from e


_REMEDIES = (  # a word of the library's message, and what to look for
    ("tab", "缩进要用空格，不能用 Tab"),
    ("mapping values", "这里多了一个冒号；带冒号的文字请加引号"),
    ("',' or", "括号里的文字带 { } [ ] 或逗号的，请加引号；或者少了逗号、括号"),
    ("end of stream", "引号或括号没有配对"),
    ("cannot start any token", "以 @、%、` 开头的文字请加引号"),
    ("escape", "双引号里的反斜杠要写两遍"),
    ("expected", "和上面的行对不齐，或前面的引号没有配对；请检查这一行和上一行"),
    ("not allowed", "这一行的位置不对，请检查缩进"),
)


def _remedy(problem: str) -> str:
    """What to do about a message of the library."""
    return next((text for word, text in _REMEDIES if word in problem), "请检查这一行和上一行的引号、括号和缩进")


class _Reader:
    """Builds the data from the parser's events in one pass, so that neither nesting nor an alias can hurt: nesting
    would overflow the stack of the library's own composer, and aliases can make a small file enormous."""

    def __init__(self, name: str, events: Iterator[yaml.Event]) -> None:
        self.name = name
        self.events = events
        self.lines: dict[Path, int] = {}

    def read(self) -> YamlFile:
        data: Plain = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and self.lines:
                raise YamlError("一个文件里只能有一份内容（不要写 ---）", _line(event))
            if isinstance(event, yaml.NodeEvent):
                data = self._node(event, (), 0)
        return YamlFile(self.name, data, self.lines)

    def _node(self, event: yaml.Event, path: Path, depth: int) -> Plain:
        if isinstance(event, yaml.AliasEvent):
            raise YamlError("不能用别名（*名字），请把内容写全", _line(event))
        if depth > DEEPEST:
            raise YamlError("嵌套太深", _line(event))
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            found: list[Plain] = []
            for child in iter(lambda: next(self.events), None):
                if isinstance(child, yaml.SequenceEndEvent):
                    break
                found.append(self._node(child, (*path, len(found)), depth + 1))
            return found
        return self._mapping(path, depth)

    def _mapping(self, path: Path, depth: int) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for key_event in iter(lambda: next(self.events), None):
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            if not isinstance(key_event, yaml.ScalarEvent):
                raise YamlError("冒号前面应是一个词", _line(key_event))
            key = str(key_event.value)
            if key in found:
                raise YamlError(f"“{key}”写了两次", _line(key_event))
            self.lines[(*path, key)] = _line(key_event)
            found[key] = self._node(next(self.events), (*path, key), depth + 1)
        return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> Plain:
    """Text, unless it stands bare and is a number, true, false or nothing."""
    text = str(event.value)
    if not event.implicit[0]:  # quoted, or tagged
        return text
    if text in NOTHING:
        return None
    if text in ("true", "false"):
        return text == "true"
    if len(text) > LONGEST_NUMBER:
        return text
    if WHOLE.fullmatch(text):  # 0745 is no number, whatever YAML 1.1 says
        return int(text)
    return Decimal(text) if DECIMAL.fullmatch(text) else text
