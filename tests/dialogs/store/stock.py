"""What the store's tests put into it: arrivals, people with a filing of the tiny form, values for answers."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from sqlalchemy import Connection, Engine, Table, event, select, text

from dialogs.events import Arrival
from dialogs.scene import Change
from dialogs.store import filings, people
from dialogs.store.engine import open_store, reading, writing
from dialogs.store.statements import Prepared, Values
from dialogs.store.tables import metadata
from scoring.answers import Answer
from tests.dialogs.tiny import tiny

NOW = 1_614_556_800


class Killed(BaseException):
    """The process died in the middle of a transaction."""


def arrival(update: int, chat: str = "a", bot: str = "bot", channel: str = "test") -> Arrival:
    """An update of a chat; its body tells which one it is."""
    return Arrival(channel, bot, update, f"{channel}:{chat}", f"{channel}:{chat}", f"update {update}")


def a_filing(c: Connection, name: str = "1", year: int = 2020) -> filings.Filing:
    """A filing of the tiny form, by a person of its own in a unit of its own."""
    ids = count(1)
    person = people.person(c, "test", name, NOW, lambda: f"p{name}.{next(ids)}")
    people.add_unit(c, f"u{name}", f"单位{name}", NOW)
    people.join(c, person, f"u{name}", "filler")
    return filings.open_filing(c, f"f{name}", f"u{name}", tiny(), year, "", person, NOW)


def person_of(filing: filings.Filing) -> str:
    """The person who made a filing of `a_filing`."""
    return f"p{filing.id[1:]}.1"


def change(engine: Engine, filing: filings.Filing, *changes: tuple[str, Answer | None, Answer | None]) -> None:
    """Apply (item, old, new) changes in one transaction."""
    with writing(engine) as c:
        filings.apply(c, filing.id, [Change(*each) for each in changes], person_of(filing), NOW, None, 0)


def answers_of(engine: Engine, filing: filings.Filing) -> dict[str, Answer]:
    """The stored answers of a filing."""
    with reading(engine) as c:
        return filings.answers(c, filing.id, tiny())


def dump(engine: Engine, tables: Sequence[Table] = metadata.sorted_tables) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store."""
    with reading(engine) as c:
        return {table.name: sorted((tuple(r) for r in c.execute(select(table))), key=repr) for table in tables}


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, object]]]:
    """Every statement that is executed meanwhile, with its parameters."""
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, _context: object, many: bool) -> None:
        seen.append((statement, parameters[0] if many else parameters))  # type: ignore[index]

    run, many = Prepared.run, Prepared.many

    def noting(self: Prepared, c: Connection, values: Values) -> object:
        sql, fixed = self.spelling(c, tuple(values))
        seen.append((sql, {**fixed, **values}))
        return run(self, c, values)

    def noting_many(self: Prepared, c: Connection, rows: Sequence[Values]) -> int:
        sql, fixed = self.spelling(c, tuple(rows[0]))
        seen.append((sql, {**fixed, **rows[0]}))
        return many(self, c, rows)

    event.listen(engine, "before_cursor_execute", note)
    Prepared.run, Prepared.many = noting, noting_many  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
        Prepared.run, Prepared.many = run, many  # type: ignore[method-assign]


def at_once(engine: Engine, workers: Sequence[Callable[[Engine], None]], opening: Callable[[str], Engine] = open_store) -> None:
    """Let workers loose on one database, each in a thread with connections of its own. Their failures fail the test."""
    failures: list[BaseException] = []
    start = threading.Barrier(len(workers))

    def run(work: Callable[[Engine], None]) -> None:
        own = opening(engine.url.render_as_string(hide_password=False))
        try:
            start.wait()
            work(own)
        except BaseException as e:
            failures.append(e)
        finally:
            own.dispose()

    threads = [threading.Thread(target=run, args=(work,)) for work in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    for failure in failures:
        raise failure


_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def until_it_waits(engine: Engine, other: threading.Thread) -> None:
    """Until another thread waits for a lock of PostgreSQL, or has ended."""
    while other.is_alive():
        with reading(engine) as c:
            if c.execute(_WAITS).scalar_one():
                return
