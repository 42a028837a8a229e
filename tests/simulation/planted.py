"""Bugs that the simulation must notice, each planted by replacing one function of the program. Only tests plant them."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from dialogs import handling
from dialogs.access import permissions
from dialogs.access.permissions import Action, Role
from dialogs.access.rights import Rights
from dialogs.store import filings, inbox, outbox, people, standing
from dialogs.store.engine import writing
from tests.simulation.bench import Clockwork


@contextmanager
def with_bug(bug: str) -> Iterator[None]:
    """The program with this bug; with none for an empty name."""
    if not bug:
        yield
        return
    with PLANTED[bug]():
        yield


def _wall_clock() -> Any:
    """Ids are made from the real time."""
    return patch.object(Clockwork, "new_id", lambda self: f"{time.time_ns():x}"[-8:])


def _two_transactions() -> Any:
    """An event is marked as done before it is applied."""

    def handle_next(office: Any) -> str | None:
        with writing(office.engine) as c:
            taken = inbox.take(c, office.clock(), office.channel)
        if taken is None:
            return None
        with writing(office.engine) as c:
            handling._handle(c, office, taken)
        return taken.chat

    return patch("tests.simulation.world.handle_next", handle_next)


def _blind_retry() -> Any:
    """A send that was not answered is tried again as if it had not left."""
    real = outbox.retry

    def retry(c: Any, id: int, attempts: int, not_before: int, error: str) -> bool:
        return real(c, id, attempts, not_before, "unreachable" if error == outbox.AMBIGUOUS else error)

    return patch.object(outbox, "retry", retry)


def highest_number() -> Any:
    """Whatever has a lower number than the highest one counts as seen."""
    real = inbox.receive

    def receive(c: Any, arrivals: Any, now: int) -> int:
        highest = c.execute(text("SELECT coalesce(max(update_id), 0) FROM inbox")).scalar_one()
        return real(c, [a for a in arrivals if a.update_id > highest], now)

    return patch.object(inbox, "receive", receive)


def _no_permission() -> Any:
    """Every unit is everybody's to look at."""
    real = Rights.roles_at

    def roles_at(self: Any, place: Any) -> Any:
        return real(self, place) | ({Role.OBSERVER} if place.unit else frozenset())

    def units_of(c: Any, person: str) -> Any:
        every = c.execute(text("SELECT id, name FROM units ORDER BY created_at, id")).fetchall()
        return tuple(people.Unit(id, name, frozenset()) for id, name in every)

    return _both(patch.object(Rights, "roles_at", roles_at), patch.object(people, "units_of", units_of))


def _no_claim() -> Any:
    """Nobody looks whether a reply is in somebody else's hands."""
    real = outbox.claim

    def claim(c: Any, *arguments: Any, **named: Any) -> Any:
        c.execute(text("UPDATE outbox SET state = 'new' WHERE state = 'sending'"))
        return real(c, *arguments, **named)

    return patch.object(outbox, "claim", claim)


def no_state_check() -> Any:
    """The gate looks at the role alone, and so does the store."""
    unchecked = text("UPDATE filings SET done = :done, total = :total WHERE id = :id")

    def answered(c: Any, filing: str, done: int, total: int, at_item: str, now: int) -> bool:
        c.execute(unchecked, {"done": done, "total": total, "id": filing})
        return True

    def may(roles: Any, action: Action, state: Any = None) -> bool:
        return action in permissions.ANYBODY or any(action in permissions.TABLE[role] for role in roles)

    lock = patch("dialogs.review.locked.guarded", lambda _, outcome: outcome)
    return _both(patch.object(standing, "answered", answered), patch("dialogs.access.rights.may", may), lock)


@contextmanager
def _both(*patches: Any) -> Iterator[None]:
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(one)
        yield


def _unremembered() -> Any:
    """An answer is changed without its line of history."""
    real = filings.apply

    def apply(c: Any, filing: str, changes: Any, *rest: Any, **named: Any) -> None:
        real(c, filing, changes, *rest, **named)
        c.execute(text("DELETE FROM history WHERE id = (SELECT max(id) FROM history) AND id % 3 = 0"))

    return patch.object(filings, "apply", apply)


PLANTED: dict[str, Callable[[], Any]] = {
    "wall clock": _wall_clock,
    "two transactions": _two_transactions,
    "blind retry": _blind_retry,
    "highest number": highest_number,
    "no permission": _no_permission,
    "no claim": _no_claim,
    "a change without history": _unremembered,
}
