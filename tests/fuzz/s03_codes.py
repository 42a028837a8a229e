"""S3: eight people use the same invitation at the same moment, again and again: each opens once, for one of them.

Codes are as the office makes them: more than 128 random bits, kept as a hash. Wrong tries, expiry and the one answer to every
bad code: tests/dialogs/access.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from hashlib import sha256
from unittest.mock import patch

from sqlalchemy import Engine, func, select

from dialogs.access.codes import ALPHABET, LENGTH, hashed, new_code
from dialogs.store import counties, invitations, people
from dialogs.store import tables as t
from dialogs.store.engine import open_store, reading, writing
from dialogs.store.invitations import HOUR, Invitation
from tests.fuzz.town import hurry, quick_store
from tests.soak import expect
from tests.stores import empty_postgres

GOAL = "S3"
AMOUNT = {"quick": 25, "full": 1_000}  # codes
GUESTS = 8
BOTH = 100  # codes from which on PostgreSQL takes its turn, too
NOW = 1_614_556_800
PATIENCE = 60  # seconds a guest waits for the others
LOOKED = threading.Barrier(GUESTS)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many codes on every database; how often each opened."""
    expect(len(ALPHABET) ** LENGTH >= 2**128, "a code can be guessed")
    with ExitStack() as stack:
        if planted:
            stack.enter_context(PLANTED[planted]())
        engine, _ = stack.enter_context(quick_store())
        figures: dict[str, object] = {"codes": f"{amount:,}", "opened on SQLite": _party(engine, amount)}
        if amount >= BOTH:
            figures["opened on PostgreSQL"] = _party(stack.enter_context(empty_postgres()), amount)
    return figures


def _party(engine: Engine, amount: int) -> str:
    """All codes, each tried by all guests at once; how many were opened in all."""
    codes = [new_code(secrets.token_bytes) for _ in range(amount)]
    _invited(engine, codes)
    together, opened, failures = threading.Barrier(GUESTS), [0] * amount, []
    counted = threading.Lock()

    def guest(name: str) -> None:
        own = open_store(engine.url.render_as_string(hide_password=False))
        if own.dialect.name == "sqlite":
            hurry(own)
        try:
            for number, code in enumerate(codes):
                together.wait(PATIENCE)
                if _uses(own, code, name):
                    with counted:
                        opened[number] += 1
        except Exception as e:
            failures.append(e)
            together.abort()
        finally:
            own.dispose()

    guests = [threading.Thread(target=guest, args=(f"g{n}",)) for n in range(GUESTS)]
    for one in guests:
        one.start()
    for one in guests:
        one.join()
    expect(not failures, f"a guest failed: {failures[:1]}")
    often = [count for count in opened if count != 1]
    expect(not often, f"{len(often)} of {amount} codes opened {sorted(set(often))} times")
    with reading(engine) as c:
        used = c.execute(select(func.count()).where(t.invitations.c.used_at.is_not(None))).scalar_one()
        kept = " ".join(c.execute(select(t.invitations.c.code_hash)).scalars())
    expect(used == amount, f"{used} of {amount} are used up")
    expect(not [code for code in codes if code in kept], "a code is kept in clear")
    return f"{sum(opened):,}"


def _invited(engine: Engine, codes: list[str]) -> None:
    with writing(engine) as c:
        counties.add_county(c, "c1", "小县", NOW)
        counties.add_units(c, "c1", [("u1", "民政局", "", "")], NOW)
        host = people.person(c, "test", "host", NOW, lambda: "host")
        for n in range(GUESTS):
            people.person(c, "test", f"g{n}", NOW, lambda n=n: f"g{n}")
        made = [Invitation(f"i{n}", None, "u1", "filler", "", host, NOW, NOW + 72 * HOUR) for n in range(len(codes))]
        invitations.create_many(c, [(one, hashed(code)) for one, code in zip(made, codes, strict=True)])


def _uses(own: Engine, code: str, name: str) -> bool:
    """Whether it opened for this guest."""
    with writing(own) as c:
        return invitations.use(c, hashed(code), name, NOW) is not None


def _looks_first(own: Engine, code: str, name: str) -> bool:
    """Whether it is good is looked up in one transaction, and it is used up in another."""
    with reading(own) as c:
        found = invitations.good(c, hashed(code), NOW)
    LOOKED.wait(PATIENCE)  # as quick as each other, so that the bug shows every time
    if found is None:
        return False
    with writing(own) as c:
        c.execute(t.invitations.update().where(t.invitations.c.id == found.id).values(used_by=name, used_at=NOW))
    return True


def _kept_in_clear(code: str) -> str:
    return f"{code} {sha256(code.encode()).hexdigest()}"


PLANTED: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "looked up first, used up after": lambda: patch.dict(globals(), _uses=_looks_first),
    "codes kept in clear": lambda: patch.dict(globals(), hashed=_kept_in_clear),
}
TEETH = tuple(PLANTED)
