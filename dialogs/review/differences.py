"""What is different in one answer, in lines for the chat: − what went, ＋ what is new, a → b. Only what changed.

Not here: which answers differ (changes.py).
"""

from dialogs.telling import told
from scoring.answers import Answer
from scoring.cells import rows_in
from scoring.columns import Survey, Table
from scoring.items import Checklist, Item, Text
from scoring.numbers import plain
from scoring.reading.read import shown_cell
from scoring.review.rows import RowChange, compared_rows
from scoring.review.sentences import compared
from scoring.values import Row

SHORT = 40  # characters of a text that is told as a whole
GONE, NEW = "－ ", "＋ "


def differences(item: Item, was: Answer | None, now: Answer | None) -> list[str]:
    """The lines; at least one when the answers differ."""
    lines = _of_values(item, was, now) if was is not None and now is not None and was.given and now.given else []
    if not lines:
        before, after = told(item, was), told(item, now)
        lines = [f"{before} → {after}" if before != after else "内容改过"]
    if now is not None and now.reason and (was is None or was.reason != now.reason):
        lines.append(f"改的原因：{now.reason}")
    if was is not None and now is not None and was.provisional != now.provisional and "暂估" not in lines[0]:
        lines.append("现在是暂估" if now.provisional else "暂估换成了准数")
    return lines


def _of_values(item: Item, was: Answer, now: Answer) -> list[str]:
    old, new = was.value, now.value
    if isinstance(item, Text) and isinstance(old, str) and isinstance(new, str):
        if max(len(old), len(new)) <= SHORT and "\n" not in old + new:
            return []
        marks = {"removed": GONE, "added": NEW}
        return [f"{marks[s.kind]}{s.text}" for s in compared(old, new) if s.kind in marks]
    if isinstance(item, Checklist) and isinstance(old, tuple) and isinstance(new, tuple):
        return [
            f"{NEW if c.id in new else GONE}{'有' if c.bad and c.id in new else ''}{c.text}"
            for c in item.criteria
            if (c.id in old) is not (c.id in new)
        ]
    if isinstance(item, Survey):
        return _survey(rows_in(old), rows_in(new))
    if isinstance(item, Table):
        return [line for change in compared_rows(item, rows_in(old), rows_in(new)) for line in _row(item, change)]
    return []


def _row(item: Table, change: RowChange) -> list[str]:
    if change.new is None or change.old is None:
        row = change.new or change.old
        assert row is not None
        said = " / ".join(shown_cell(c) for c in row.cells if c not in (None, ""))
        return [f"{NEW if change.old is None else GONE}第 {change.number} 行 {said}"]
    cells = "，".join(f"{c.label} {shown_cell(c.old)} → {shown_cell(c.new)}" for c in change.cells)
    one = item.type == "row"  # type: ignore[attr-defined]
    return [cells if one else f"第 {change.number} 行{f' {change.name}' if change.name else ''}：{cells}"]


def _survey(old: tuple[Row, ...], new: tuple[Row, ...]) -> list[str]:
    """The counts of a questionnaire, line by line: the first are 发放, 收回, 有效."""
    longest = max(len(old), len(new))
    pairs = [(old[n] if n < len(old) else None, new[n] if n < len(new) else None) for n in range(longest)]
    return [f"{'份数' if n == 0 else f'第 {n} 题'}：{_counts(a)} → {_counts(b)}" for n, (a, b) in enumerate(pairs) if a != b]


def _counts(row: Row | None) -> str:
    return "—" if row is None else " / ".join("—" if c is None else c if isinstance(c, str) else plain(c) for c in row.cells)
