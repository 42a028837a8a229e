"""The form of the crash proofs — a hundred plain questions — and its fillers, whose oracle is a dictionary.

Not here: when they say it, and what goes wrong meanwhile.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from templates import labels

FORM = "dake/hundred"
QUESTIONS = 100
SECTION = 10
OPENING = ("/start", "{unit}", "对，开始")

PACK = """
county: 大县
title: 大县套表
year: 2020
grades: [{name: 优, from: 90}, {name: 差, from: 0}]
"""
INDICATORS = """
indicators:
  - id: all
    name: 全部
    weight: 100
    children:
      - {id: one, name: 甲, weight: 100, printed_rule: 按比例。, rule: {kind: proportional, metric: q001 / q002, unit: ratio}}
"""
DOCUMENTS = """
documents:
  - {id: report, title: 报告, template: report.docx.j2}
"""


def item(k: int) -> str:
    """The item of the k-th question."""
    return f"q{k:03d}"


def label(k: int) -> str:
    """What the k-th question is called."""
    return f"指标{k:03d}"


def _form() -> str:
    lines = ["title: 百题表", "sections:"]
    for k in range(1, QUESTIONS + 1):
        if k % SECTION == 1:
            lines += [f"  - id: s{k // SECTION}", f"    title: 第{k // SECTION + 1}部分", "    items:"]
        lines.append(f"      - {{id: {item(k)}, type: count, label: {label(k)}, unit: 个}}")
    return "\n".join(lines) + "\n"


def _report() -> str:
    lines = (f'{{% call 段() %}}{label(k)}为{{{{ 值("{item(k)}") }}}}。{{% endcall %}}' for k in range(1, QUESTIONS + 1))
    return '{{ 题名("报告") }}\n' + "\n".join(lines) + "\n"


def packs(folder: Path) -> Path:
    """The form as a folder of packs."""
    here = folder / "dake" / "hundred"
    here.mkdir(parents=True, exist_ok=True)
    for path, text in {
        here.parent / "pack.yaml": PACK,
        here / "form.yaml": _form(),
        here / "indicators.yaml": INDICATORS,
        here / "documents.yaml": DOCUMENTS,
        here / "report.docx.j2": _report(),
    }.items():
        path.write_text(text, encoding="utf-8")
    return folder


Filled = dict[str, str]


def filling(unit: str, chance: Random, questions: int = QUESTIONS) -> Iterator[tuple[str, Filled]]:
    """What a filler types, line by line, and the answers as they are after each line. Answers are numbers, all different.

    A line lost or heard twice moves every figure behind it to another question, or takes one back too many.
    """
    filled: Filled = {}
    for line in OPENING:
        yield line.format(unit=unit), dict(filled)
    fresh = iter(chance.sample(range(1, 1_000_000), 3 * questions))
    left_out: list[int] = []

    def says(line: str, changed: int = 0, value: int | None = None) -> tuple[str, Filled]:
        if changed:
            filled[item(changed)] = str(value)
        return line, dict(filled)

    for k in range(1, questions + 1):
        what = chance.random()
        if what < 0.05 and k < questions:
            left_out.append(k)
            yield says("跳过")
            continue
        value = next(fresh)
        yield says(str(value), k, value)
        if what > 0.95:  # taken back, and said anew
            del filled[item(k)]
            yield says("撤销")
            value = next(fresh)
            yield says(str(value), k, value)
        elif what > 0.90 and filled:  # an earlier one is changed
            earlier, value = chance.choice([int(name[1:]) for name in filled]), next(fresh)
            yield says(f"第{earlier}题")
            yield says(str(value))
            yield says(labels.CONFIRM, earlier, value)
    for k in left_out:
        value = next(fresh)
        yield says(f"第{k}题")
        yield says(str(value), k, value)


READ_BACK = re.compile(r"^已(?:记|改)：指标(\d+) (\d+) 个", re.MULTILINE)
UNDONE = re.compile(r"^已撤销：指标(\d+) 恢复为", re.MULTILINE)


def read_back(text: str) -> tuple[str, str] | None:
    """The item and the number a message acknowledges; the number is empty for one that was taken back."""
    if found := READ_BACK.search(text):
        return item(int(found[1])), found[2]
    if found := UNDONE.search(text):
        return item(int(found[1])), ""
    return None
