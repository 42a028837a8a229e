"""Statements about any number of ids at once: the ids travel as one JSON list, so that the statement is spelled once.

FIND = listed(lambda ids: select(filings.c.id).where(filings.c.id.in_(ids("these"))))
FIND.run(c, {"these": json.dumps([...])})
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Select, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import ClauseElement

from dialogs.store.statements import Prepared

Id = TypeVar("Id", str, int)
Ids = Callable[[str], Select[Any]]


def listed(build: Callable[[Ids], ClauseElement], *, numbers: bool = False) -> Prepared:
    """The statement in which `ids(name)` are the ids of the list bound to that name; `numbers`: they are numbers."""
    spelled: Mapping[str, Any] = {"sqlite": build(_on_sqlite), "postgresql": build(_numbers if numbers else _texts)}
    return Prepared(spelled)


def as_list(ids: Iterable[Id]) -> str:
    """The ids as such a statement wants them, in a steady order."""
    return json.dumps(sorted(ids), ensure_ascii=False)


def _on_sqlite(name: str) -> Select[Any]:
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


def _texts(name: str) -> Select[Any]:
    return select(func.jsonb_array_elements_text(cast(bindparam(name), JSONB)).table_valued("value").c.value)


def _numbers(name: str) -> Select[Any]:
    return select(cast(func.jsonb_array_elements_text(cast(bindparam(name), JSONB)).table_valued("value").c.value, BigInteger))
