"""The one-screen account of a unit's work for whoever takes it over: done, open, returned, promised by whom, asked.

Not here: handing it over (succession.py).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.access.naming import SOMEBODY
from dialogs.editions import form_of
from dialogs.store import assignments, filings, handovers, members, proposals
from dialogs.store.notices import Rows
from dialogs.together.promises import said_iso
from dialogs.together.turns import in_order, name_of_part
from scoring.form import Form
from templates import labels
from templates.messages import message

MOST = 6  # filings told one by one

_STATES = {"open": "填报中", "submitted": "已提交，等审核", "returned": "被退回"}


@dataclass(frozen=True, slots=True)
class Account:
    """The text, and the buttons that lead to what waits."""

    text: str
    rows: Rows


def account(c: Connection, unit: str, unit_name: str, person: str, today: date, now: int, before: str = "") -> Account:
    """What this person finds in a unit. `before`: whose work it was."""
    known = handovers.standings(c, unit)
    lines, buttons, waiting = [], [], 0
    rows: list[list[tuple[str, str]]] = []
    for one in known[:MOST]:
        filing = filings.filing(c, one.id)
        assert filing is not None
        form = form_of(c, filing)
        asked = [p for p in proposals.of_filing(c, one.id) if not p.verdict]
        mine = [p for p in asked if p.asked_of == person and p.state(now) == "open"]
        replies = [p for p in asked if p.state(now) == "answered"]
        waiting += sum(p.state(now) == "open" and p.asked_of != person for p in asked)
        title = f"{form.title}·{one.project}" if one.project else form.title
        lines.append(
            {
                "title": f"{one.year}年度 {title}",
                "state": _STATES.get(one.state, ""),
                "locked": one.state in ("submitted", "approved"),
                "done": one.done,
                "total": one.total,
                "returned": one.returned if one.state == "returned" else 0,
                "parts": _parts(c, form, one.id, person, today),
                "replies": len(replies),
                "mine": len(mine),
            }
        )
        if one.state in ("open", "returned"):
            buttons.append((f"{'看退回' if one.state == 'returned' else '接着填'} {title}"[:24], f"goto:{one.id}:continue"))
        rows += [[(f"看回复：{_label(form, p.item)}"[:24], f"goto:{one.id}:reply_take:{p.id}")] for p in replies[:3]]
        rows += [[(f"回答：{_label(form, p.item)}"[:24], f"reply:{p.id}")] for p in mine[:3]]
    text = message(
        "together/account",
        unit=unit_name,
        before=(members.name_of(c, before) or SOMEBODY) if before else "",
        lines=lines,
        more=max(0, len(known) - MOST),
        waiting=waiting,
    )
    return Account(text, [*([b] for b in buttons), *rows, [(labels.HOME, "home")]])


def _label(form: Form, item: str) -> str:
    return form.items[item].label if item in form.items else item


def _parts(c: Connection, form: Form, filing: str, person: str, today: date) -> list[str]:
    """人员：你，3月5日前; √ 经费：李四."""
    found = []
    for one in in_order(form, assignments.of_filing(c, filing)):
        name = name_of_part(form, one.part)
        who = "你" if one.person == person else members.name_of(c, one.person) or SOMEBODY
        day = f"，答应{said_iso(one.promised, today)}前" if one.promised and one.done_at is None else ""
        if name:
            found.append(f"{'√' if one.done_at else '○'} {name}：{who}{day}")
    return found
