"""`ziping forms diff A B [--answers FILE]` and `ziping forms upgrade OLD NEW [ANSWERS …]`: what a new edition changes."""

from collections.abc import Sequence
from pathlib import Path

from bot.settings import settings
from dialogs.editions import Begun, begun_on
from scoring.answersfiles.file import read_answers
from scoring.editions.comparing import differences
from scoring.editions.upgrading import Fate, Plan, Shift, rehearse
from scoring.errors import ZipingError
from scoring.form import Form
from scoring.loading import load
from scoring.numbers import plain


def compare(packs: Sequence[Path], names: Sequence[str], answers: Path | None) -> int:
    """Print what changed between two forms and, with answers to the first, whose points change."""
    old, new = _two(packs, names, "diff")
    found = differences(old, new)
    print("\n".join(found) if found else "两张表一样。")
    if answers is not None:
        plan = rehearse(old, new, read_answers(old, answers).answers)
        print("", *_shifts(plan), sep="\n")
    return 1 if found else 0


def upgrade(packs: Sequence[Path], names: Sequence[str]) -> int:
    """Rehearse the new edition on answers files, or on the filings in the store that are filled on the old one."""
    old, new = _two(packs, names, "upgrade")
    waiting = [Begun(name, old, read_answers(old, Path(name)).answers) for name in names[2:]]
    waiting = waiting or list(begun_on(settings().database_url, old.id))
    if not waiting:
        print(f"数据库里没有用 {old.id} 填的填报，也没有给答案文件；可以写：ziping forms upgrade 旧表 新表 答案文件…")
    for filing in waiting:
        plan = rehearse(filing.form, new, filing.answers)
        print(f"【{filing.title}】" + "，".join(f"{fate} {n} 项" for fate in Fate if (n := plan.count(fate))))
        for fate in (Fate.CONVERT, Fate.ASK, Fate.NEW, Fate.LEAVE):
            labels = [s.label for s in plan.steps if s.fate is fate]
            if labels:
                print(f"  {fate}：{'、'.join(labels)}")
        print(*(f"  {line}" for line in _shifts(plan)), sep="\n")
    return 0


def _two(packs: Sequence[Path], names: Sequence[str], action: str) -> tuple[Form, Form]:
    if len(names) < 2:
        raise ZipingError(f"请写明旧表和新表，例如：ziping forms {action} county-2024/department county-2025/department")
    return load(names[0], packs), load(names[1], packs)


def _shifts(plan: Plan) -> list[str]:
    """Whose points change, and the total."""
    lines = [f"得分：{s.name} {_points(s, before=True)} → {_points(s, before=False)}" for s in plan.shifts]
    total = f"总分：{plain(plan.before)} → {plain(plan.after)}"
    return [*lines, total] if lines else ["得分不变。"]


def _points(shift: Shift, *, before: bool) -> str:
    points = shift.before if before else shift.after
    return "没有" if points is None else plain(points)
