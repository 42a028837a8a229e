"""The past of a filing: every change of an answer in words — who, when, from what to what, from which message, and why.

For the chat, the spreadsheet and the export. Not here: the page of the chat (telling_history.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from dialogs.access.naming import SOMEBODY
from dialogs.localtime import local
from dialogs.packing import unpacked
from dialogs.store import changes, members, proposals
from dialogs.store.filings import PROJECT
from dialogs.store.proposals import Proposal
from dialogs.telling import told
from scoring.answers import Answer, State
from scoring.form import Form
from scoring.items import Item
from scoring.reading import shown


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened to an answer. `aside`: it was given beside another one and not taken. `answered_by`: the
    colleague whose reply `person` has accepted. `message`: the id of the message in the person's chat; 0 for none."""

    item: str
    label: str
    person: str
    name: str
    at: int
    old: Answer | None
    new: Answer | None
    aside: bool = False
    answered_by: str = ""
    message: int = 0
    renamed: tuple[str, str] | None = None

    @property
    def reason(self) -> str:
        """Why something else is said than what arrived from another filing."""
        return self.new.reason if self.new is not None and self.new.reason != (self.old.reason if self.old else "") else ""


def past_of(c: Connection, filing: str, form: Form, item: str = "", until: int | None = None) -> tuple[Past, ...]:
    """Everything that happened to one answer, or to all of a filing, oldest first; up to a moment."""
    lines = changes.of_item(c, filing, item) if item else changes.of_filing(c, filing)
    lines = tuple(x for x in lines if (until is None or x.at <= until) and (x.item in form.items or x.item == PROJECT))
    replies = [p for p in proposals.of_filing(c, filing) if p.verdict == "accepted" and p.answered_by]
    names = members.names_of(c, {x.person for x in lines} | {str(p.answered_by) for p in replies})
    return tuple(_past(form, line, names, replies) for line in lines)


def _past(form: Form, line: changes.Line, names: Mapping[str, str], replies: Iterable[Proposal]) -> Past:
    name = names.get(line.person, "")
    if line.item == PROJECT:
        renamed = (str(line.old or ""), str(line.new or ""))
        return Past(PROJECT, "项目名称", line.person, name, line.at, None, None, message=line.message, renamed=renamed)
    item = form.items[line.item]
    old, new = (unpacked(item, dict(a)) if isinstance(a, Mapping) else None for a in (line.old, line.new))
    by = next((p.answered_by for p in replies if p.item == line.item and p.decided_at == line.at and not line.aside), None)
    helper = "" if by is None or by == line.person else names.get(by) or SOMEBODY
    return Past(line.item, item.label, line.person, name, line.at, old, new, line.aside, helper, line.message)


def whole(item: Item, answer: Answer | None) -> str:
    """An answer in full, as it stands in a file."""
    if answer is None or answer.state is not State.GIVEN or answer.value is None:
        return "" if answer is None else told(item, answer)
    return shown(item, answer.value) + ("（暂估）" if answer.provisional else "")


def what(past: Past) -> str:
    """What kind of thing happened: 填写, 修改, 清空, 未采用, 改项目名称."""
    if past.renamed:
        return "改项目名称"
    if past.aside:
        return "未采用"
    return "清空" if past.new is None else "填写" if past.old is None else "修改"


def in_lines(form: Form, past: Iterable[Past], zone: str) -> list[tuple[str, ...]]:
    """The lines of the sheet 历史: 时间, 题号, 数据项, 动作, 原来, 改为, 填报人, 代填人, 原因, 消息."""
    return [
        (
            f"{local(p.at, zone):%Y-%m-%d %H:%M:%S}",
            str(form.numbers.get(p.item, "")),
            p.label,
            what(p),
            p.renamed[0] if p.renamed else whole(form.items[p.item], p.old),
            p.renamed[1] if p.renamed else whole(form.items[p.item], p.new),
            p.name or "同事",
            p.answered_by,
            p.reason,
            str(p.message or ""),
        )
        for p in past
    ]


def as_data(form: Form, past: Sequence[Past], zone: str) -> list[dict[str, Any]]:
    """The same for a program."""
    names = ("at", "number", "label", "act", "old", "new", "person", "answered_by", "reason", "message")
    lines = (dict(zip(names, line, strict=True)) for line in in_lines(form, past, zone))
    return [{"item": p.item, "person_id": p.person, **line} for p, line in zip(past, lines, strict=True)]
