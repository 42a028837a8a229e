"""S14: five hundred payloads as answers, names, searches, file names, codes, remarks and buttons, on both databases.

What is taken is stored to the letter, what is not leaves nothing; nobody's rights and no other row is touched, and no
statement fails of it. That no statement is put together from words at all: tests/test_sql.py.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from random import Random
from unittest.mock import patch

from sqlalchemy import Connection, Engine, delete, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from dialogs.access import finding, units
from dialogs.conversation import Conversation, Screen
from dialogs.handling import Trouble
from dialogs.store import conversations, filings
from dialogs.store import tables as t
from dialogs.store.counties import CountyUnit
from dialogs.store.engine import reading, writing
from dialogs.store.errors import StoreError
from scoring.textgate import clean
from tests.dialogs.county import County, Somebody
from tests.dialogs.review.folk import whole
from tests.fuzz.listening import Listener, listening
from tests.fuzz.town import quick_store, template
from tests.soak import Red, expect
from tests.stores import empty_postgres

GOAL = "S14"
AMOUNT = {"quick": 12, "full": 500}  # payloads, each through every door
BOTH = 100  # payloads from which on PostgreSQL takes its turn, too
OPENINGS = (
    "",
    "x",
    "'",
    "''",
    '"',
    "`",
    "\\'",
    "%27",
    "')",
    '")',
    "';",
    "1",
    "0 ",
    "x%",
    "民政",
    "’",
    "＇",
    "\\",
    "$$",
    "[",
    "E'\\''",
)
BODIES = (
    *(" OR 1=1", " OR '1'='1'", "; DROP TABLE answers", "; DELETE FROM officers", " UNION SELECT name FROM people", " AND 1=0"),
    *("; UPDATE people SET name='x'", "||(SELECT version())||", "; INSERT INTO officers VALUES (1,1,1)", " OR name LIKE '%"),
    *(
        "; ATTACH DATABASE 'x' AS y",
        "; PRAGMA writable_schema=1",
        "; COPY people TO PROGRAM 'id'",
        " OR pg_sleep(9)=1",
        "%s %(x)s",
    ),
    *(
        ":this :of_chat",
        "? ?1 $1 @x",
        "{name}",
        "\x00",
        "_%_",
        "' || sqlite_version() || '",
        "; COMMIT; BEGIN",
        " RETURNING *",
        "\n--\n",
    ),
)
ENDINGS = ("", " --", " -- ", "/*", "*/", "#", ";", "';--", '"', "\\", "%", ")", "' ESCAPE '\\", "）")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many payloads through every door of every database."""
    doors = 0
    with ExitStack() as stack:
        heard = stack.enter_context(listening())
        if planted:
            stack.enter_context(PLANTED[planted]())
        engine, packs = stack.enter_context(quick_store())
        doors += Doors(County(engine, packs), heard).try_all(payloads(seed, amount))
        if amount >= BOTH:
            on_postgres = stack.enter_context(empty_postgres())
            doors += Doors(County(on_postgres, template() / "packs"), heard).try_all(payloads(seed, amount))
    return {"payloads": amount, "doors tried": f"{doors:,}", "databases": 2 if amount >= BOTH else 1}


def payloads(seed: int, amount: int) -> Iterator[str]:
    """So many different ones."""
    chance, seen = Random(f"{seed}/payloads"), set[str]()
    while len(seen) < amount:
        payload = chance.choice(OPENINGS) + chance.choice(BODIES) + chance.choice(ENDINGS)
        if payload not in seen:
            seen.add(payload)
            yield payload


class Doors:
    """A county, and every way in for a word."""

    def __init__(self, county: County, heard: Listener) -> None:
        self.county, self.heard = county, heard
        self.engine: Engine = county.office.engine
        self.unit = county.unit("民政局", code="001")
        county.unit("社保中心", code="002")
        self.filler, self.reviewer = county.filler(self.unit, ""), county.reviewer(self.unit)
        self.administrator = county.administrator()
        self.filing = county.filing(self.unit, answers=whole())
        self.made = 0

    def try_all(self, words: Iterator[str]) -> int:
        with reading(self.engine) as c:
            tables, before = sorted(inspect(c).get_table_names()), self._others(c)
        tried = 0
        for word in words:
            for door in DOORS:
                tried += 1
                try:
                    door(self, word)
                except (Trouble, SQLAlchemyError) as e:
                    raise Red(f"{door.__name__} {word!r}: {type(e.__cause__ or e).__name__}") from e
                expect(not self.heard.defects, f"{door.__name__} {word!r}: {self.heard.defects[:1]}")
            self.heard.clear()
            with reading(self.engine) as c:
                after = self._others(c)
                changed = {name: set(after[name]) ^ set(before[name]) for name in before if after[name] != before[name]}
                expect(not changed, f"{word!r} changed {changed}"[:600])
        with reading(self.engine) as c:
            expect(sorted(inspect(c).get_table_names()) == tables, "tables are gone or new")
        return tried

    def _others(self, c: Connection) -> Mapping[str, list[str]]:
        """Everybody's rights, and everything else no word may change."""
        still = (t.memberships, t.officers, t.counties, t.deadlines, t.surveys, t.submissions)
        rows = {table.name: sorted(repr(row) for row in c.execute(select(table))) for table in still}
        rows["names"] = sorted(
            repr(row) for row in c.execute(select(t.people.c.id, t.people.c.name).where(t.people.c.id != self.filler.id))
        )
        rows["answers"] = sorted(repr(row) for row in c.execute(select(t.answers).where(t.answers.c.item != "problems")))
        return rows

    def _on(self, somebody: Somebody, screen: Screen, filing: str | None = None, item: str = "", **pending: str) -> Somebody:
        """Somebody before a screen, as if it had just been shown."""
        state = Conversation(screen, item, turn="zzzzzzzz", actions=("contents",), labels=("目录",), pending=pending)
        with writing(self.engine) as c:
            conversations.save(c, somebody.chat, somebody.id, filing, state.to_json(), self.county.clock())
        return somebody

    # The doors.

    def answer(self, word: str) -> None:
        with writing(self.engine) as c:
            c.execute(delete(t.answers).where(t.answers.c.item == "problems"))
        self._on(self.filler, Screen.QUESTION, self.filing, "problems").says(f"还有{word}问题")
        stored = self.county.answers(self.filing).get("problems")
        if stored is not None:
            expect(_bare(str(stored.value)) == _bare(f"还有{word}问题"), f"{word!r} was stored as {stored.value!r}")

    def name(self, word: str) -> None:
        self._on(self.filler, Screen.MY_NAME).says(word)

    def search(self, word: str) -> None:
        administrator = self._on(self.administrator, Screen.WHICH_UNIT, of=f"c.{self.county.id}").says(word)
        told = administrator.text
        expect("填报人" not in told or word in ("民政",), f"{word!r} found somebody: {told[:200]}")

    def file(self, word: str) -> None:
        self._on(self.filler, Screen.QUESTION, self.filing, "staff").sends("F1", f"{word}.pdf", word)
        with writing(self.engine) as c:
            names = c.execute(select(t.evidence.c.name)).scalars().all()
            expect(len(names) <= 1, f"{word!r} made {len(names)} files")
            c.execute(delete(t.evidence))

    def code(self, word: str) -> None:
        for letter in "ics":
            self.filler.says(f"/start {letter}{word}")
        with writing(self.engine) as c:
            c.execute(delete(t.wrong_codes))

    def remark(self, word: str) -> None:
        with writing(self.engine) as c:
            c.execute(t.filings.update().where(t.filings.c.id == self.filing).values(state="submitted", round=1))
        self._on(self.reviewer, Screen.REVIEW_ITEM, self.filing, page="rv_item:staff").says(f"请看{word}这里")
        with writing(self.engine) as c:
            texts = c.execute(select(t.remarks.c.text)).scalars().all()
            expect(all(_bare(text) == _bare(f"请看{word}这里") for text in texts), f"{word!r} was stored as {texts}")
            c.execute(delete(t.remarks))
            c.execute(t.filings.update().where(t.filings.c.id == self.filing).values(state="open", round=0))

    def button(self, word: str) -> None:
        self.filler.presses(word[:64])

    def unit_name(self, word: str) -> None:
        """At the command line: kept to the letter, found again, and gone."""
        with writing(self.engine) as c:
            try:
                made = units.add_unit(self.county.doing(c), self.county.id, f"第{self.made}{word}站", word[:40], word[:40])
            except StoreError:
                return
            self.made += 1
            expect(_bare(units.find(c, self.county.id, made.name).name) == _bare(made.name), f"{word!r} is not found again")
            c.execute(delete(t.units).where(t.units.c.id == made.id))


DOORS: tuple[Callable[[Doors, str], None], ...] = (
    *(Doors.answer, Doors.name, Doors.search, Doors.file, Doors.code, Doors.remark, Doors.button, Doors.unit_name),
)


def _bare(text: str) -> str:
    """The words alone: how many spaces and lines there are between them is the form's business."""
    return "".join(clean(text).split())


# What is planted.


def _by_hand(c: Connection, county: str, word: str) -> CountyUnit:
    """A search put together by hand."""
    found = c.exec_driver_sql(
        f"SELECT id FROM units WHERE county_id = '{county}' AND name LIKE '%%{word.replace('%', '%%')}%%'"
    ).scalar()
    return real_find(c, county, str(found or word))


def _written_by_hand(c: Connection, filing: str, changes: object, *rest: object, **more: object) -> None:
    real_apply(c, filing, changes, *rest, **more)  # type: ignore[arg-type]
    for change in (change for change in changes if change.item == "problems"):  # type: ignore[attr-defined]
        value = str(change.new.value if change.new else "").replace("%", "%%").replace(":", "")
        c.exec_driver_sql(f"UPDATE answers SET value = '\"{value}\"' WHERE item = '{change.item}' AND filing_id = '{filing}'")


real_find, real_apply = units.find, filings.apply
PLANTED: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "a search put together by hand": lambda: patch.object(finding, "find", _by_hand),
    "an answer written by hand": lambda: patch.object(filings, "apply", _written_by_hand),
}
TEETH = tuple(PLANTED)
