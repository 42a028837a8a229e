"""What must hold after every piece of work at the store, looked at from a connection of its own, in plain SQL and JSON.

Only what changed is read: new lines of history, new rows of the outbox, the event just done. From them the inspector keeps
its own picture of every filing, which at the end must be the stored one (ending.py). Nothing of the program judges itself here.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dialogs.handling import handle_next
from dialogs.outgoing import Parcel, claim
from tests.simulation.faults import Fate
from tests.simulation.marks import MARK, foreign_marks
from tests.simulation.town import CHANNEL

if TYPE_CHECKING:
    from tests.simulation.world import Process, World

LOCKED = ("submitted", "approved")
MOVES = {
    ("open", "submitted"),
    ("returned", "submitted"),
    *(("submitted", after) for after in ("approved", "returned", "open")),
    *(("approved", after) for after in ("returned", "open")),
}
HEADS = """
    SELECT 'inbox', min(id), not_before FROM inbox WHERE state = 'new' GROUP BY chat UNION ALL
    SELECT 'outbox', id, CASE state WHEN 'new' THEN not_before ELSE lease_until END
      FROM outbox o WHERE state IN ('new', 'sending') AND NOT EXISTS (SELECT 1 FROM outbox e
        WHERE e.chat = o.chat AND e.state IN ('new', 'sending') AND e.id < o.id AND e.lane <= o.lane)
"""  # of each chat what stands first, and when it is due
Change = tuple[str, str | None]


class Broken(BaseException):
    """An invariant does not hold. No error of the work at hand, which would be tried again."""


class Inspector:
    """`looks` after each piece of work; `at_the_end` when all is quiet."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.c = world.bench.looks()
        self.kept: dict[str, dict[str, Any]] = defaultdict(dict)  # filing → item → answer as the history tells it
        self.history, self.outbox = 0, self._one("SELECT coalesce(max(id), 0) FROM outbox")
        self._reads_history()
        self.states = self._states()
        self.documents = self._one("SELECT coalesce(max(rowid), 0) FROM documents")
        self.version = self._one("PRAGMA data_version")
        self.did_: dict[int, dict[str, Any]] = {}  # updates that people caused, by number
        self.waiting: dict[int, tuple[int, str]] = {}  # in the inbox: id → (number, chat)
        self.accepted: set[int] = set()
        self.newest = 0  # the latest row of the inbox
        self.event: int | None = None  # the one just done
        self.turns: dict[str, str] = {}
        self.arrivals: Counter[int] = Counter()  # how often a row of the outbox was seen on a phone
        self.doubts: Counter[int] = Counter()  # sends of a row of which nobody could know
        self.claims: dict[int, int] = {}  # rows in somebody's hands, and which try it is
        self.order: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.chat_of: dict[int, str] = {}
        self.seen: Counter[str] = Counter()  # what became of things: a simulation in which nothing happens shows nothing

    def red(self, what: str) -> None:
        raise Broken(f"seed {self.world.seed}, step {self.world.serial}: {what}")

    def _one(self, sql: str, *values: Any) -> Any:
        return self.c.execute(sql, values).fetchone()[0]

    # What the world tells.

    def did(self, update: dict[str, Any]) -> None:
        self.did_[update["update_id"]] = update

    def claimed(self, parcel: Parcel) -> None:
        self.chat_of[parcel.id] = parcel.chat

    def arrived(self, row: int, chat: int, text: str, file: bytes | None) -> None:
        """Something is on a phone."""
        if not self.arrivals[row] and chat:
            self.order[self.chat_of[row], self._lane(row)].append(row)
        self.arrivals[row] += 1
        if chat:
            self.reads(f"{CHANNEL}:{chat}", text)
        if file is not None:
            self.seen["file"] += 1

    def _lane(self, row: int) -> int:
        return int(self._one("SELECT lane FROM outbox WHERE id = ?", row))

    def doubtful(self, row: int) -> None:
        self.doubts[row] += 1

    def excuses(self, process: "Process", error: Exception | None) -> None:
        """Work at the store failed: that is only right if fate has struck."""
        fate = self.world.last_fate
        if fate is None or not fate.came_true:
            self.red(f"work failed by itself: {error!r}")

    def screen(self, address: int) -> tuple[dict[str, Any], str]:
        """What a person looks at, and of which unit the filing is."""
        row = self.c.execute(
            "SELECT c.state, coalesce(f.unit_id, '') FROM conversations c LEFT JOIN filings f ON f.id = c.filing_id"
            " WHERE c.chat = ?",
            (f"{CHANNEL}:{address}",),
        ).fetchone()
        return (json.loads(row[0]), row[1]) if row else ({}, "")

    def next_due(self) -> int | None:
        """When something waits for its time that was begun and not finished."""
        return min((at for _, _, at in self.c.execute(HEADS)), default=None)

    def awake(self) -> set[str]:
        """Where something is due by now. Asking there in vain costs a hundred times as much as looking here."""
        now = self.world.clockwork.now
        return {where for where, _, at in self.c.execute(HEADS) if at <= now}

    # After each piece of work.

    def looks(self, function: Callable[..., Any], commits: int, fate: Fate | None) -> None:
        version = self._one("PRAGMA data_version")
        changed, self.version = version != self.version, version
        if not commits:
            if changed:
                self.red(f"{function.__name__} has left something without a commit")
            return
        if function is handle_next:
            self._handled(commits)
        elif function.__name__ == "receive":
            self._received(commits)
        elif self._reads_history():
            self.red(f"{function.__name__} has changed answers")
        if function is not handle_next:
            self._sending()
        if function is claim:
            return
        self._said(None if function is not handle_next else self.event)

    def _sending(self) -> None:
        """Whoever claims a row that somebody else has claimed and not marked cannot know whether it was sent, even if it is
        put off again in the same piece of work."""
        now = dict(self.c.execute("SELECT id, attempts FROM outbox WHERE state = 'sending'").fetchall())
        for row, known in self.claims.items():
            tried = now[row] if row in now else self._one("SELECT coalesce(max(attempts), 0) FROM outbox WHERE id = ?", row)
            self.doubts[row] += tried > known
        self.claims = now

    def _received(self, commits: int) -> None:
        """What arrived is in the inbox, once."""
        if commits != 1:
            self.red("updates came in by more than one transaction")
        found = self.c.execute("SELECT id, update_id, chat FROM inbox WHERE id > ? ORDER BY id", (self.newest,))
        for id, number, chat in found.fetchall():
            if number in self.accepted:
                self.red(f"update {number} was accepted twice")
            self.accepted.add(number)
            self.waiting[id] = (number, chat)
            self.newest = id

    def _handled(self, commits: int) -> None:
        """One event was done, the first of its chat, in one transaction; what changed came from it."""
        if commits != 1:
            self.red(f"an event was handled in {commits} transactions")
        left = {id for (id,) in self.c.execute("SELECT id FROM inbox WHERE state = 'new'")}
        gone = [id for id in self.waiting if id not in left]
        if len(gone) > 1:
            self.red("several events were done at once")
        lines = self._reads_history()
        self.event = gone[0] if gone else None
        if self.event is None:
            if lines:
                self.red("answers changed, and the event that changed them still waits")
            return
        number, chat = self.waiting.pop(self.event)
        if any(c == chat and id < self.event for id, (_, c) in self.waiting.items()):
            self.red(f"an event of {chat} was handled before an earlier one")
        self._changed(lines, self.event, self.did_[number])
        self._remembers(chat)
        if lines or self._states() != self.states:
            self._moved(lines)

    def _changed(self, lines: list[Any], event: int, update: dict[str, Any]) -> None:
        for filing, item, inbox_id, person in lines:
            if inbox_id != event:
                self.red(f"{item} was changed by event {inbox_id} while {event} was handled")
            if item[0] == "$":
                continue
            state, _, unit = self.states.get(filing, ("open", 0, ""))
            if state in LOCKED:
                self.red(f"{item} was changed though the filing is {state}")
            if unit and not self._one(
                "SELECT count(*) FROM memberships WHERE person_id = ? AND unit_id = ? AND role = 'filler'", person, unit
            ):
                self.red(f"{item} was changed by somebody who is no filler there")
        token = (update.get("callback_query") or {}).get("data", "")
        if lines and token and len(token.partition(".")[0]) != 12:
            chat = f"{CHANNEL}:{update['callback_query']['from']['id']}"
            if token.partition(".")[0] != self.turns.get(chat):
                self.red(f"an old or forged button has changed {lines[0][1]}")
        if lines and "edited_message" in update:
            self.red("an edited message has changed an answer")

    def _remembers(self, chat: str) -> None:
        row = self.c.execute("SELECT state FROM conversations WHERE chat = ?", (chat,)).fetchone()
        if row:
            self.turns[chat] = json.loads(row[0])["turn"]

    def _moved(self, lines: list[Any]) -> None:
        """Stored answers are what the history tells; states go only where they may, and decided by somebody else."""
        for filing in {line[0] for line in lines}:
            self.same_answers(filing)
        now = self._states()
        for filing, (state, round, _) in now.items():
            before = self.states.get(filing)
            if before is None or before[:2] == (state, round):
                continue
            if (before[0], state) not in MOVES:
                self.red(f"a filing went from {before[0]} to {state}")
            self.seen[state] += 1
            self._decided(filing, round)
        self.states = now

    def _decided(self, filing: str, round: int) -> None:
        by, judge, verdict, total, inputs = self.c.execute(
            "SELECT person_id, reviewer_id, verdict, total, inputs FROM submissions WHERE filing_id = ? AND round = ?",
            (filing, round),
        ).fetchone()
        if judge == by and verdict in ("approved", "returned"):
            self.red("somebody decided on their own filing")
        recorded = json.loads(inputs)
        if recorded["answers"] != self.kept[filing]:
            self.red("a submission keeps other answers than there are")
        points = sum(round_(p) for p in recorded["points"].values() if p is not None)
        if points != round_(total):
            self.red(f"a submission says {total}, its parts come to {points}")

    def _states(self) -> dict[str, tuple[str, int, str]]:
        rows = self.c.execute("SELECT id, state, round, unit_id FROM filings")
        return {id: (state, round, unit) for id, state, round, unit in rows}

    def _reads_history(self) -> list[Change]:
        """New lines of history, taken into the picture: each begins with what was there."""
        lines = []
        found = self.c.execute(
            "SELECT id, filing_id, item, old, new, inbox_id, person_id FROM history WHERE id > ? ORDER BY id", (self.history,)
        )
        for id, filing, item, old, new, inbox_id, person in found:
            self.history = id
            lines.append((filing, item, inbox_id, person))
            if item[0] == "$":
                continue
            before, after = (None if text is None else json.loads(text) for text in (old, new))
            kept = self.kept[filing]
            if kept.get(item) != before:
                self.red(f"a change of {item} begins with {old}, but there was {kept.get(item)}")
            if after is None:
                kept.pop(item, None)
            else:
                kept[item] = after
        return lines

    def same_answers(self, filing: str) -> None:
        """The stored answers are those the history tells."""
        rows = self.c.execute("SELECT item, state, value, provisional, basis, reason FROM answers WHERE filing_id = ?", (filing,))
        stored = {item: (state, value, bool(rough), basis, reason) for item, state, value, rough, basis, reason in rows}
        told = {
            item: (a["state"], a["value"], a["provisional"], a["basis"], a.get("reason", ""))
            for item, a in self.kept[filing].items()
        }
        if stored != told:
            wrong = sorted({k for k in stored.keys() | told.keys() if stored.get(k) != told.get(k)})
            self.red(f"stored answers are not what the history tells: {wrong}")

    def _said(self, event: int | None) -> None:
        """What was put into the outbox came from this event, and is for whoever gets it."""
        for id, chat, inbox_id, kind, body in self.c.execute(
            "SELECT id, chat, inbox_id, kind, body FROM outbox WHERE id > ? ORDER BY id", (self.outbox,)
        ):
            self.outbox = id
            if inbox_id is not None and inbox_id != event:
                self.red(f"a reply to event {inbox_id} was written while {event} was handled")
            if kind == "message":
                self.reads(chat, body)
        newest = self._one("SELECT coalesce(max(rowid), 0) FROM documents")
        if newest != self.documents:
            rows = self.c.execute("SELECT filing_id, inputs FROM documents WHERE rowid > ?", (self.documents,))
            for filing, inputs in {(f, i) for f, i in rows}:
                if json.loads(inputs)["answers"] != self.kept[filing]:
                    self.red("a document is made from other answers than there are")
            self.documents = newest

    def reads(self, chat: str, text: str) -> None:
        """Nothing in a message comes from a unit that its reader has no part in."""
        if foreign := foreign_marks(self.c, chat, text):
            self.red(f"{chat} was shown what {foreign} has written: {MARK.search(text)}")

    # The end.

    def at_the_end(self) -> None:
        from tests.simulation.ending import check

        check(self)

    def close(self) -> None:
        self.c.close()


def round_(points: str) -> int:
    """Points as whole numbers, so that they can be added up exactly."""
    return int(Decimal(points) * 10_000)
