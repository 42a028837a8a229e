"""Verifying a store: what must hold in every store, whatever is in it; and in what two stores differ.

Read in one transaction, so that it may be done beside workers; better of a copy, for a long reader makes SQLite's log
grow. Not here: whether recorded scores follow from recorded answers (dialogs/retracing.py), which needs the forms.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, and_, func, select

from dialogs.store.filings import PROJECT
from dialogs.store.fingerprints import FEW, Row, rows_of
from dialogs.store.tables import answers, documents, files, history, metadata

MOST = 5  # examples of one kind of mistake


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: how much was looked at, and what is wrong, a sentence each (the first few)."""

    what: str
    looked_at: int
    wrong: tuple[str, ...] = ()


def findings(c: Connection) -> Iterator[Finding]:
    """Every check, one after the other. PostgreSQL looks at each page when it reads it."""
    if c.dialect.name == "sqlite":
        yield pages(c)
    for check in CHECKS:
        yield check(c)


def pages(c: Connection) -> Finding:
    """SQLite's own look at its file."""
    told = [str(row[0]) for row in c.exec_driver_sql(f"PRAGMA integrity_check({MOST})")]
    return Finding("页面", int(c.exec_driver_sql("PRAGMA page_count").scalar_one()), () if told == ["ok"] else tuple(told))


def foreign_keys(c: Connection) -> Finding:
    """Nothing points to a row that is not there."""
    wrong, looked_at = [], 0
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            there = key.column.table.alias("there")
            looked_at += 1
            strays = (
                select(func.count())
                .select_from(table.outerjoin(there, there.c[key.column.name] == key.parent))
                .where(key.parent.is_not(None), there.c[key.column.name].is_(None))
            )
            if found := c.execute(strays).scalar_one():
                wrong.append(f"{table.name}.{key.parent.name} 有 {found} 行指向没有的 {key.column.table.name}")
    return Finding("外键", looked_at, tuple(wrong[:MOST]))


def contents(c: Connection) -> Finding:
    """Files and documents are the bytes they were when they were kept."""
    wrong, looked_at = [], 0
    for table, name in ((files, files.c.sha256), (documents, documents.c.id)):
        held = select(name, table.c.sha256, table.c.content).where(table.c.content.is_not(None)).order_by(name)
        for part in c.execute(held, execution_options={"yield_per": FEW}).partitions():
            for id, digest, content in part:
                looked_at += 1
                if not isinstance(content, bytes) or sha256(content).hexdigest() != digest:
                    wrong.append(f"{table.name} {id} 的内容和它的校验码不符")
    return Finding("文件内容", looked_at, tuple(wrong[:MOST]))


def answers_from_history(c: Connection) -> Finding:
    """Every answer is what the last line of its history says, and every history ends in its answer."""
    h, a = history.c, answers.c
    last = select(func.max(h.id).label("id")).where(h.item != PROJECT).group_by(h.filing_id, h.item).subquery()
    told = (
        select(h.filing_id, h.item, h.new, a.state, a.value, a.provisional, a.basis, a.reason)
        .join_from(history, last, last.c.id == h.id)
        .outerjoin(answers, and_(a.filing_id == h.filing_id, a.item == h.item))
    )
    wrong, looked_at = [], 0
    for filing, item, new, *stored in c.execute(told, execution_options={"yield_per": 1000}):
        looked_at += 1
        if _as_told(new) != (None if stored[0] is None else tuple(stored)):
            wrong.append(f"填报 {filing} 的 {item} 和它的历史不一致")
    silent = select(a.filing_id, a.item).outerjoin(history, and_(h.filing_id == a.filing_id, h.item == a.item))
    for filing, item in c.execute(silent.where(h.id.is_(None)).limit(MOST)):
        wrong.append(f"填报 {filing} 的 {item} 没有历史")
    return Finding("答案与历史", looked_at, tuple(wrong[:MOST]))


def _as_told(new: str | None) -> tuple[object, ...] | None:
    if new is None:
        return None
    data: dict[str, Any] = json.loads(new)
    return data["state"], data["value"], int(data["provisional"]), data["basis"], data.get("reason", "")


CHECKS: tuple[Callable[[Connection], Finding], ...] = (foreign_keys, contents, answers_from_history)


def first_difference(one: Connection, other: Connection, name: str) -> str:
    """The key of the first row that differs in a table of two stores."""
    table = metadata.tables[name]
    places = [list(table.columns).index(column) for column in table.primary_key.columns]
    for pair in zip_longest(rows_of(one, table), rows_of(other, table)):
        if pair[0] != pair[1]:
            key = min(_key(row, places) for row in pair if row is not None)
            return "、".join(v.decode() if isinstance(v, bytes) else str(v) for v in key)
    return ""


def _key(row: Row, places: Sequence[int]) -> tuple[Any, ...]:
    return tuple(row[n].encode() if isinstance(row[n], str) else row[n] for n in places)
