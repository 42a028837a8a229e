"""Does the chain of the audit still hold: is every sealed row there as it was sealed, and every seal, down to the last?

Reads page by page, whatever the number of rows. Whoever can rewrite the whole database can rewrite the chain as well, but not
the heads that were written down elsewhere: those are held against it. Not here: making seals (sealing.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from dialogs.store.sealing import ROWS, SOURCES, START, Head, digest, head, link
from dialogs.store.tables import seals

PAGE = 1000
PAST = 2**62  # before any number, also of a seal somebody slipped in below the first
SHOWN = 20  # so many damages are told one by one
NAMES = {"journal": "操作记录", "history": "修改记录"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `damage` tells the first few of `damaged` in sentences."""

    head: Head  # the last seal there is
    waiting: int  # rows that have no seal yet
    again: Mapping[str, int]  # why rows were sealed anew, and how many
    damaged: int
    damage: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing was edited or removed."""
        return not self.damaged


_s = seals.c
_PAGE = select(seals).where(_s.seq > bindparam("after")).order_by(_s.seq).limit(bindparam("page"))
_LAST = select(_s.seq, _s.hash).order_by(_s.seq.desc()).limit(1)
_AGAIN = select(_s.source, _s.row_id, func.max(_s.seq)).where(_s.reason != "").group_by(_s.source, _s.row_id)
_WHY = select(_s.reason, func.count().label("rows")).where(_s.reason != "").group_by(_s.reason).order_by(_s.reason)
_WAITING = {
    name: select(func.count())
    .select_from(row[0].table.outerjoin(seals, (_s.source == name) & (_s.row_id == row[0])))
    .where(_s.seq.is_(None))
    for name, row in SOURCES.items()
}


def verify(c: Connection, known: Sequence[Head] = ()) -> Verdict:
    """Look at every seal and every sealed row. `known` are heads that were written down elsewhere."""
    with _any_bytes(c):
        damage = [*_kept(c), *_walk(c, {head.number: head.hash for head in known})]
        last = c.execute(_LAST).first()
        again = {row.reason: row.rows for row in c.execute(_WHY)}
        waiting = sum(c.execute(statement).scalar_one() for statement in _WAITING.values())
    return Verdict(Head(*last) if last else START, waiting, again, len(damage), tuple(damage[:SHOWN]))


@contextmanager
def _any_bytes(c: Connection) -> Iterator[None]:
    """SQLite hands out a text that is none any more, too: it is damage to be told, not a reason to stop."""
    driver: Any = c.connection.driver_connection
    if c.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


def _kept(c: Connection) -> Iterator[str]:
    try:
        kept = head(c)
    except ValueError:
        yield "设置里记的链尾看不懂了：被人改过。"
        return
    last = c.execute(_LAST).first()
    yield from _end(kept, Head(*last) if last else START)


def _end(kept: Head, last: Head) -> Iterator[str]:
    """The chain ends where it was left."""
    if last.number < kept.number:
        yield f"链应到第 {kept.number} 号，现在只到第 {last.number} 号：末尾的封记被删掉了。"
    elif last != kept:
        yield f"链尾（第 {last.number} 号）和设置里记的（第 {kept.number} 号）不是同一个：被人改过。"


def _walk(c: Connection, known: Mapping[int, str]) -> Iterator[str]:
    latest = {(source, row): number for source, row, number in c.execute(_AGAIN)}
    before, after = START, -PAST
    while page := c.execute(_PAGE, {"after": after, "page": PAGE}).all():
        rows = {source: _rows(c, source, page) for source in SOURCES}
        for seal in page:
            yield from _gap(before.number, seal.seq)
            yield from _broken(before, seal, known)
            if latest.get((seal.source, seal.row_id), seal.seq) <= seal.seq:  # the row is as its latest seal says
                yield from _changed(seal, rows)
            elif seal.salt:
                yield f"第 {seal.seq} 号封记被改过。"
            before, after = Head(seal.seq, seal.hash), seal.seq
    for number in known:
        if number > before.number:
            yield f"外面记下过第 {number} 号封记，库里已经没有了。"


def _rows(c: Connection, source: str, page: Sequence[Row[Any]]) -> dict[int, Row[Any]]:
    wanted = [seal.row_id for seal in page if seal.source == source]
    return {row.id: row for row in c.execute(ROWS[source], {"ids": wanted})}


def _gap(before: int, number: int) -> Iterator[str]:
    if number != before + 1:
        yield f"第 {number} 号封记前面应是第 {number - 1} 号，却是第 {before} 号：有封记被删掉了，或被塞进来。"


def _broken(before: Head, seal: Row[Any], known: Mapping[int, str]) -> Iterator[str]:
    said = link(before.hash, seal.seq, seal.source, seal.row_id, seal.digest, seal.reason, seal.at)
    if said != seal.hash:
        yield f"第 {seal.seq} 号封记接不上前一个：它或前一个被改过。"
    if known.get(seal.seq, seal.hash) != seal.hash:
        yield f"第 {seal.seq} 号封记和外面记下的不一样：整条链被重写过。"


def _changed(seal: Row[Any], rows: Mapping[str, Mapping[int, Row[Any]]]) -> Iterator[str]:
    row = rows.get(seal.source, {}).get(seal.row_id)
    name = f"{NAMES.get(seal.source, seal.source)}第 {seal.row_id} 行（第 {seal.seq} 号封记）"
    if row is None:
        yield f"{name}没有了：被人删掉了。"
    elif digest(seal.salt, row) != seal.digest:
        yield f"{name}和封存时不一样：被人改过。"
