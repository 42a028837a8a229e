"""Looked at while the simulated year goes on: whatever is sent unasked is right at the moment at which it is sent.

Not here: what must hold at the end (invariants.py).
"""

import json
import re
from dataclasses import dataclass, field

from sqlalchemy import select

from dialogs.replies import Message, Reply
from dialogs.store import tables as t
from dialogs.store.engine import reading
from tests.year.machine import Machine
from tests.year.phones import Phone

TOKEN = re.compile(r"([0-9a-z]{12})\.\d+")
FILING = re.compile(r"(?:^|:)(?:filing|goto):([0-9a-z]{8})")


@dataclass
class Watch:
    """Hangs on the machine; `troubles` is what was wrong."""

    machine: Machine
    troubles: list[str] = field(default_factory=list)
    digests: int = 0

    def sees(self, phone: Phone, reply: Reply) -> None:
        """A message is about to appear on a phone."""
        if not isinstance(reply, Message) or not reply.buttons:
            return
        found = TOKEN.fullmatch(reply.buttons[0][0].token)
        if not found:
            return
        with reading(self.machine.store) as c:
            notice = c.execute(select(t.notices).where(t.notices.c.id == found[1])).one()
            if notice.kind != "digest":
                return
            self.digests += 1
            for action in json.loads(notice.actions):
                filing = FILING.search(action)
                if filing is None:
                    continue
                state = c.execute(select(t.filings.c.state).where(t.filings.c.id == filing[1])).scalar_one()
                if state in ("submitted", "approved"):
                    self.troubles.append(f"{self.machine.words} {phone.name} is reminded of a filing that is {state}")
