"""S15: what is held about a person is exported whole and forgotten to the last byte; where it has to stay out of the messenger,
it does.

Lives made up from a seed, on both databases, half of them where personal data stays out of the messenger: what passed through
is searched for canaries; every row that names a person is looked for in the export; after forgetting, every byte of the
database's files is searched — of PostgreSQL its statistics and its log of writes, too.
"""

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, String, cast, event, or_, select, text
from sqlalchemy import Text as TextType

from dialogs.access.forgetting import forget
from dialogs.access.holdings import as_data
from dialogs.private import wrapping
from dialogs.replies import File, Made, Message, Picture
from dialogs.store import links, personal, purging
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from dialogs.store.notices import Notice
from dialogs.store.personal import TABLES, Fate, Found, Held
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.private.house import House
from tests.soak import Red, expect
from tests.stores import both, empty_sqlite, files_of

GOAL = "S15"
AMOUNT = {"quick": 2, "full": 100}
TEETH = (
    "keep free pages",
    "names unveiled",
    "files through the messenger",
    "typed text kept",
    "a table not exported",
    "a link used twice",
)
SURNAMES = "欧阳端木司马上官诸葛"
LETTERS = "画眉鹦鹉孔雀金丝夜莺杜鹃斑鸠云雀"


@dataclass
class Canaries:
    """What tells one person from everything else."""

    name: str
    phone: str
    words: str
    address: str

    @classmethod
    def of(cls, chance: random.Random) -> "Canaries":
        start = chance.randrange(0, len(SURNAMES), 2)
        name = SURNAMES[start : start + 2] + "".join(chance.sample(LETTERS, 3))
        phone = f"13{chance.randrange(10**9):09d}"
        return cls(name, phone, f"闲话{''.join(chance.sample(LETTERS, 6))}不是答案", str(chance.randrange(10**11, 10**12)))

    def spelled(self, *words: str) -> list[bytes]:
        """As text, and as JSON may spell it."""
        return [s for w in words for s in {w.encode(), json.dumps(w)[1:-1].encode()}]


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """Figures; raises Red."""
    found = {"lives": 0, "messages searched": 0, "rows exported": 0, "bytes searched": 0}
    with _planted(planted), tempfile.TemporaryDirectory(prefix="ziping-s15-") as folder:
        packs = tiny_packs(Path(folder))
        for engine in _stores(amount):
            _no_recycling(engine)
            _as_elsewhere(engine)
            for n in range(amount):
                chance = random.Random(f"{seed}.{n}")
                _a_life(engine, packs, chance, n, found)
            found["bytes searched"] += _forgotten(engine, planted)
    return dict(found)


def _stores(amount: int) -> Iterator[Engine]:
    """A store of each kind; in small the faster one (the suite forgets on PostgreSQL in tests/dialogs/access)."""
    if amount > AMOUNT["quick"]:
        yield from both()
        return
    with empty_sqlite() as engine:
        yield engine


def _a_life(engine: Engine, packs: Path, chance: random.Random, n: int, found: dict[str, int]) -> None:
    """Somebody comes, fills, talks, invites, is told things, is talked about; then everything held is exported."""
    private = n % 2 == 0
    county = (House if private else County)(engine, packs, id=f"c{engine.dialect.name[0]}{n}", name=f"县{n}")
    county.office = _own_ids(county, n)
    bird = Canaries.of(chance)
    unit = county.unit(f"第{n}局")
    county.filing(unit)
    somebody = county.filler(unit, bird.name)
    _moves_to(county, somebody, bird.address)
    deeds = [
        lambda: somebody.says(bird.words),
        lambda: somebody.says(f"我电话{bird.phone}"),
        lambda: somebody.says("第20题").says(bird.phone),
        lambda: somebody.sends(f"F{n}", f"{bird.name}.jpg", f"{bird.name}的照片"),
        lambda: somebody.says("成员名单"),
        lambda: somebody.says("我的").taps("我的资料"),
        lambda: somebody.says("第1题").says("37"),
        lambda: somebody.says("谁在填"),
        lambda: somebody.says("历史"),
    ]
    somebody.says("/start").taps(f"第{n}局 · 2020年度 · 小表")
    for deed in chance.sample(deeds, len(deeds)):
        deed()
    reviewer = county.reviewer(unit, f"王局{n}")
    reviewer.says("成员名单").says("/start")
    with writing(engine) as c:
        county.doing(c).say(Notice(reviewer.id, "submitted", f"k{n}", f"{bird.name}提交了。"))
    county.works()
    if isinstance(county, House):
        house = county
        somebody.says("第20题")
        path = house.link(somebody)
        house.posts(path, phone=bird.phone).sees("已保存")
        expect(house.posts(path, phone="0745-1234567").status == 404, f"life {n}: a link was used twice")
        somebody.says("看全部答案").says("检查一遍").says("目录")
        passed = _passed(house)
        for word in (bird.name, bird.phone):
            expect(word not in passed, f"life {n}: {word} passed through the messenger")
        found["messages searched"] += passed.count("\n") + 1
        with reading(engine) as c:
            bodies = "".join(c.execute(select(t.inbox.c.body).where(t.inbox.c.chat == somebody.chat)).scalars())
        expect(bird.words not in bodies and bird.phone not in bodies, f"life {n}: what was typed is kept")
    found["rows exported"] += _exported(engine, somebody)
    found["lives"] += 1
    with writing(engine) as c:
        if not isinstance(county, House):  # an answer is the unit's, and stays
            c.execute(t.answers.delete().where(t.answers.c.item == "phone"))
        forget(county.doing(c), _person(engine, somebody))
    _FORGOTTEN.append((bird, isinstance(county, House)))


_FORGOTTEN: list[tuple[Canaries, bool]] = []


def _passed(house: House) -> str:
    try:
        return house.passed()
    except AssertionError as e:
        raise Red(f"a file passed through the messenger: {str(e)[:80]}") from e


def _own_ids(county: County, n: int):
    """Ids of this life alone: several counties stand in one store."""
    from dataclasses import replace
    from itertools import count

    numbers = count(1)
    return replace(county.office, new_id=lambda: f"{n:03d}{next(numbers):05d}")


def _moves_to(county: County, somebody: Somebody, address: str) -> None:
    with writing(county.office.engine) as c:
        c.execute(t.people.update().where(t.people.c.id == somebody.id).values(address=address))
    county.everybody[f"test:{address}"] = county.everybody.pop(somebody.chat)
    somebody.address = address


def _person(engine: Engine, somebody: Somebody) -> Found:
    with reading(engine) as c:
        found = personal.find(c, somebody.id)
    assert found is not None
    return found


def _exported(engine: Engine, somebody: Somebody) -> int:
    """Every row anywhere that holds the person's id or chat stands in the export. How many rows do."""
    person, count = _person(engine, somebody), 0
    with reading(engine) as c:
        told = {table: len(rows) for table, rows in as_data(c, person).items()}
        for table in t.metadata.sorted_tables:
            columns = [x for x in table.columns if isinstance(x.type, String | TextType)]
            names = [cast(x, TextType).in_([person.id, person.where]) for x in columns]
            rows = len(c.execute(select(table).where(or_(*names))).all()) if names else 0
            expect(
                told.get(table.name, 0) >= rows or table.name in _BESIDE,
                f"{table.name}: {rows} rows, {told.get(table.name, 0)} exported",
            )
            count += rows
    return count


_BESIDE = ("seals", "leases", "paces")  # of the machine: hashes, workers, moments


def _forgotten(engine: Engine, planted: str) -> int:
    """No byte of those who were forgotten is left. How many bytes were searched."""
    sought = [s for bird, private in _FORGOTTEN for s in bird.spelled(bird.name, bird.words, bird.address)]
    _FORGOTTEN.clear()
    with writing(engine) as c:
        if engine.dialect.name == "postgresql":
            c.execute(text("ANALYZE"))
    if planted != "keep free pages":
        expect(purging.purge(engine), "the database could not be rewritten")
    engine.dispose()
    searched = 0
    for file in files_of(engine):
        content = file.read_bytes()
        searched += len(content)
        for canary in sought:
            expect(canary not in content, f"{file.parent.name}/{file.name} still has {canary.decode(errors='replace')}")
    return searched


def _as_elsewhere(engine: Engine) -> None:
    """SQLite as it is where it was not built to write zeros over what is deleted."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA secure_delete = OFF"))
        engine.dispose()


def _no_recycling(engine: Engine) -> None:
    """PostgreSQL removes old segments of its log instead of keeping them for later, as docs/privacy.md asks for."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.execute(text("ALTER SYSTEM SET wal_recycle = off"))
            c.execute(text("SELECT pg_reload_conf()"))


@contextmanager
def _planted(bug: str) -> Iterator[None]:
    """One of TEETH."""
    match bug:
        case "names unveiled":
            with patch.object(wrapping, "veiled", lambda c, chat, said: said):
                yield
        case "files through the messenger":
            with patch("dialogs.outgoing.leaving", _only_links), patch("dialogs.handling.collected", lambda replies: replies):
                yield
        case "typed text kept":
            with patch("dialogs.store.inbox.empty", lambda c, taken: None):
                yield
        case "a table not exported":
            with patch.dict(TABLES, {"evidence": Held(Fate.NOBODY), "links": Held(Fate.NOBODY)}):
                yield
        case "a link used twice":
            with patch.object(links, "use", lambda c, hash, purpose, now: links.good(c, hash, now)):
                yield
        case _:
            yield


def _only_links(c, office, chat, reply):
    """A reply leaves as it is, unless it is a message."""
    return wrapping.leaving(c, office, chat, reply) if isinstance(reply, Message) else _as_it_is(reply)


def _as_it_is(reply: File | Picture | Made) -> File | Picture | Made:
    return reply
