"""What makes the store safe and quick: SQLite's settings, and indexes under every hot query."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, inspect, text
from sqlalchemy.exc import OperationalError

from dialogs.scene import Change, DraftRequest
from dialogs.store import conversations, documents, evidence, filings, inbox, outbox, people, surveys, watching
from dialogs.store import tables as t
from dialogs.store.engine import make_engine, open_store, reading, upgrade, writing
from scoring.answers import State, given
from scoring.values import to_json
from tests.dialogs.store.stock import NOW, arrival, statements
from tests.dialogs.store.values import GIVEN
from tests.dialogs.tiny import tiny

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
FILINGS = 2_000


def test_sqlites_settings_are_in_force_on_every_connection(sqlite_engine: Engine) -> None:
    with reading(sqlite_engine) as one, reading(sqlite_engine) as other, writing(sqlite_engine) as third:
        for c in (one, other, third):
            assert {name: c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS} == PRAGMAS


def test_sqlites_settings_are_in_force_after_an_upgrade(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/store.db")
    upgrade(engine)
    with engine.connect() as c:
        assert {name: c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS} == PRAGMAS
    engine.dispose()


def test_the_files_of_a_new_sqlite_store_are_for_their_owner_only(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new.db")
    for use in (inspect, upgrade, inbox_is_empty):
        use(engine)
        modes = {p.name: oct(stat.S_IMODE(p.stat().st_mode)) for p in tmp_path.iterdir()}
        assert "new.db" in modes
        assert set(modes.values()) == {"0o600"}, modes
    engine.dispose()


def inbox_is_empty(engine: Engine) -> None:
    with writing(engine) as c:
        assert inbox.depth(c) == 0


def test_the_mode_somebody_chose_for_the_file_is_kept(sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "store.db").chmod(0o640)
    open_store(str(sqlite_engine.url)).dispose()
    assert stat.S_IMODE((tmp_path / "store.db").stat().st_mode) == 0o640


def test_a_writer_has_the_right_to_write_from_its_first_read_on(sqlite_engine: Engine) -> None:
    impatient = make_engine(str(sqlite_engine.url))
    with writing(sqlite_engine) as c:
        inbox.depth(c)
        with pytest.raises(OperationalError, match="locked"):
            write_without_patience(impatient)
        with reading(impatient) as reader:  # readers are not held up
            assert inbox.depth(reader) == 0
    impatient.dispose()


def write_without_patience(engine: Engine) -> None:
    with engine.connect() as c:
        raw = c.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA busy_timeout=0")
        with c.begin():
            pass


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A store after years of use: 2,000 filings with their answers, history, events and replies."""
    url = f"sqlite:///{tmp_path_factory.mktemp('county')}/store.db"
    upgrade(url)
    engine = open_store(url)
    with writing(engine) as c:
        fill(c)
    engine.dispose()
    return engine


def fill(c: Connection) -> None:
    """Rows as years of use leave them: most events done, most replies sent, a few waiting."""
    every = range(FILINGS)
    filings.freeze_edition(c, tiny())
    c.execute(insert(t.people), [{"id": f"p{n}", "channel": "test", "address": str(n), "created_at": NOW} for n in every])
    c.execute(insert(t.units), [{"id": f"u{n}", "name": f"单位{n}", "created_at": NOW} for n in every])
    c.execute(insert(t.counties), [{"id": f"k{n}", "name": "县", "created_at": NOW} for n in every])
    officers = [{"person_id": f"p{n}", "county_id": f"k{n}", "role": "overseer"} for n in every]
    c.execute(insert(t.officers), officers)
    c.execute(insert(t.memberships), [{"person_id": f"p{n}", "unit_id": f"u{n}", "role": "filler"} for n in every])
    common = {"form_id": tiny().id, "edition": tiny().edition, "created_at": NOW, "year": 2020, "project": ""}
    c.execute(insert(t.filings), [{"id": f"f{n}", "unit_id": f"u{n}", "created_by": f"p{n}", **common} for n in every])
    told = [(n, item, to_json(a.value)) for n in every for item, a in GIVEN.items() if a.value is not None and not a.provisional]
    mine = {"at": NOW, "state": str(State.GIVEN), "provisional": 0}
    c.execute(
        insert(t.answers), [{"filing_id": f"f{n}", "person_id": f"p{n}", "item": i, "value": v, **mine} for n, i, v in told]
    )
    c.execute(insert(t.history), [{"filing_id": f"f{n}", "item": i, "person_id": f"p{n}", "at": NOW} for n, i, _ in told[::6]])
    chats = [{"chat": f"test:{n}", "person_id": f"p{n}", "filing_id": f"f{n}", "state": "{}", "at": NOW} for n in every]
    c.execute(insert(t.conversations), chats)
    states = ["done"] * 9 + ["new"]
    event = {"channel": "test", "bot": "bot", "body": "{}", "at": NOW}
    came = [
        {"update_id": n, "chat": f"test:{n % 7}", "person": "p", "state": states[n % 10], **event} for n in range(5 * FILINGS)
    ]
    c.execute(insert(t.inbox), came)
    states = ["sent"] * 8 + ["new", "sending"]
    left = [
        {"chat": f"test:{n % 7}", "kind": "text", "body": "{}", "state": states[n % 10], "at": NOW} for n in range(5 * FILINGS)
    ]
    c.execute(insert(t.outbox), left)
    made = {"version": 1, "document": "report", "title": "小报告", "inputs": "{}", "total": "0", "grade": "", "at": NOW}
    made |= {"edition": tiny().edition}
    c.execute(insert(t.documents), [{"id": f"d{n}", "filing_id": f"f{n}", "person_id": f"p{n}", **made} for n in every])


def this(c: Connection) -> filings.Filing:
    found = filings.filing(c, "f77")
    assert found is not None
    return found


HOT: dict[str, Callable[[Connection], object]] = {
    "receive": lambda c: inbox.receive(c, [arrival(10**6)], NOW),
    "take": lambda c: inbox.take(c, NOW, "test"),
    "postpone": lambda c: inbox.postpone(c, 10, NOW, ""),
    "park an event": lambda c: inbox.park(c, 10, ""),
    "depth": inbox.depth,
    "forget what was said": lambda c: inbox.blank(c, "test:1", 0, 10),
    "latest update": lambda c: inbox.latest_update(c, "test", "bot"),
    "enqueue": lambda c: outbox.enqueue(c, "test:1", 1, [("text", {})], NOW),
    "claim": lambda c: outbox.claim(c, NOW, "test"),
    "sent": lambda c: outbox.sent(c, 10, 1, 1),
    "retry": lambda c: outbox.retry(c, 10, 1, NOW, ""),
    "park a reply": lambda c: outbox.park(c, 10, 1, ""),
    "pending": lambda c: outbox.pending(c, NOW),
    "next due": outbox.next_due,
    "how the store is": lambda c: watching.condition(c, NOW),
    "person": lambda c: people.person(c, "test", "77", NOW, lambda: "new"),
    "join": lambda c: people.join(c, "p77", "u77", "filler"),
    "leave": lambda c: people.leave(c, "p77", "u77"),
    "units of": lambda c: people.units_of(c, "p77"),
    "rights of": lambda c: people.rights_of(c, "p77"),
    "load a conversation": lambda c: conversations.load(c, "test:77"),
    "save a conversation": lambda c: conversations.save(c, "test:77", "p77", "f77", "{}", NOW),
    "open a filing": lambda c: filings.open_filing(c, "new", "u77", tiny(), 2021, "", "p77", NOW),
    "filing": this,
    "filings of": lambda c: filings.filings_of(c, "u77"),
    "answers": lambda c: filings.answers(c, "f77", tiny()),
    "first answer": lambda c: filings.apply(c, "f77", [Change("staff", None, GIVEN["staff"])], "p77", NOW, 1, 1),
    "change": lambda c: filings.apply(c, "f77", [Change("problems", GIVEN["problems"], given("新"))], "p77", NOW, 1, 1),
    "take away": lambda c: filings.apply(c, "f77", [Change("problems", GIVEN["problems"], None)], "p77", NOW, 1, 1),
    "history": lambda c: filings.history_of(c, "f77", tiny()),
    "history of an item": lambda c: filings.history_of(c, "f77", tiny(), "quota"),
    "edition": lambda c: filings.edition_sources(c, tiny().edition),
    "claim a file": lambda c: evidence.claim(c, NOW, "test"),
    "files on their way": lambda c: evidence.waiting_of(c, "p77"),
    "evidence of a filing": lambda c: evidence.listed(c, "f77"),
    "count evidence": lambda c: evidence.counts(c, "f77"),
    "who is to be told": lambda c: evidence.untold(c, NOW, 2, 40),
    "a survey by its link": lambda c: surveys.by_code(c, "0" * 16),
    "surveys of a filing": lambda c: surveys.of_filing(c, "f77"),
    "what was answered": lambda c: surveys.answers(c, "s77"),
    "record a document": lambda c: documents.record(
        c, "f77", [DraftRequest("new", "table", "", "", "", 0)], tiny().edition, GIVEN, "p77", NOW
    ),
    "load a document": lambda c: documents.load(c, "d77"),
    "documents of a filing": lambda c: documents.of_filing(c, "f77"),
}
# What waits is read from the index of what waits; everything else is looked up. Works and leases are few.
WAITING = re.compile(
    r"^SCAN (jobs|leases)$|^SCAN \w+ USING (COVERING )?INDEX ix_((in|out)box_parked|inbox_waiting|outbox_pending|evidence_waiting|evidence_untold)(_chat)?$"
)


@pytest.mark.parametrize("query", HOT.values(), ids=HOT)
def test_a_hot_query_uses_an_index(county: Engine, query: Callable[[Connection], object]) -> None:
    with county.connect() as c, c.begin() as whole:
        with statements(county) as seen:
            query(c)
        plans = {sql: plan(c, sql, parameters) for sql, parameters in seen if not sql.startswith("BEGIN")}
        whole.rollback()
    county.dispose()
    assert plans
    for sql, steps in plans.items():
        scans = [s for s in steps if s.startswith("SCAN") and s != "SCAN CONSTANT ROW" and not WAITING.match(s)]
        assert scans == [], f"{sql}\n" + "\n".join(steps)


def plan(c: Connection, sql: str, parameters: object) -> list[str]:
    return [row[3] for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]  # type: ignore[arg-type]


@pytest.mark.parametrize("query", [HOT["take"], HOT["claim"]], ids=["take", "claim"])
def test_the_head_of_a_queue_is_found_without_sorting_it(county: Engine, query: Callable[[Connection], object]) -> None:
    with county.connect() as c, c.begin() as whole:
        with statements(county) as seen:
            query(c)
        steps = [step for sql, parameters in seen if not sql.startswith("BEGIN") for step in plan(c, sql, parameters)]
        whole.rollback()
    county.dispose()
    assert not any("TEMP B-TREE" in step for step in steps), steps
    assert any("ix_inbox_waiting" in step or "ix_outbox_pending" in step for step in steps)


ON_POSTGRESQL = (
    "take",
    "postpone",
    "sent",
    "claim",
    "answers",
    "change",
    "filing",
    "filings of",
    "history",
    "rights of",
    "person",
)


def test_postgresql_reads_no_whole_table_for_a_hot_query(postgresql_engine: Engine) -> None:
    with writing(postgresql_engine) as c:
        fill(c)
    with postgresql_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.execute(text("ANALYZE"))
    for name in ON_POSTGRESQL:
        with postgresql_engine.connect() as c, c.begin() as whole:
            with statements(postgresql_engine) as seen:
                HOT[name](c)
            for sql, parameters in list(seen):
                steps = c.exec_driver_sql(f"EXPLAIN {sql}", parameters).scalars().all()  # type: ignore[arg-type]
                assert not any("Seq Scan" in step for step in steps), f"{name}\n{sql}\n" + "\n".join(steps)
            whole.rollback()
