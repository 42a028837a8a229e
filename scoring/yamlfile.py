"""YAML with line numbers and exact decimals.

Floats are read as Decimal, only true/false are booleans, dates stay text, duplicate keys are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import yaml

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

MAX_BYTES = 2_000_000
DEEPEST = 30
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


def read_yaml(name: str, text: str) -> YamlFile:
    """Parse the text of the file called `name`. Raises YamlError."""
    if len(text) > MAX_BYTES:
        raise YamlError(f"文件太大（{len(text)} 字符，最多 {MAX_BYTES}）", 1)
    try:
        _refuse_traps(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise YamlError(f"不是合格的 YAML：{e.problem or '写法有误'}", line) from e
    except (yaml.YAMLError, ValueError) as e:
        raise YamlError("不是合格的 YAML：有不能用的字符", 1) from e
    lines: dict[Path, int] = {}
    data = _plain(node, (), lines) if node is not None else None
    return YamlFile(name, data, lines)


def _refuse_traps(text: str) -> None:
    """Nesting that would overflow the parser's stack, and aliases, which can make a small file enormous."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlError("不能用别名（*名字），请把内容写全", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlError("嵌套太深", line)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Plain:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                raise YamlError(f"“{key}”写了两次", key_node.start_mark.line + 1)
            lines[(*path, key)] = key_node.start_mark.line + 1
            found[key] = _plain(value_node, (*path, key), lines)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, n), lines) for n, child in enumerate(node.value)]
    return _scalar(node.tag.rpartition(":")[2], str(node.value))


def _scalar(tag: str, text: str) -> Plain:
    match tag:
        case "null":
            return None
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "int" if len(text) <= LONGEST_NUMBER and WHOLE.fullmatch(text):  # 0745 is no number, whatever YAML 1.1 says
            return int(text)
        case "float" if len(text) <= LONGEST_NUMBER and text.lstrip("+-").replace(".", "", 1).isdigit():
            return Decimal(text)
    return text
