"""Updates broken with a feeling for their structure: fields gone, of another type, from elsewhere, far too large.

Not here: what an unbroken one looks like (samples.py).
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 2**70, 1e308, 0.1, float("nan"), float("inf")),
    *("", " ", "0", "x", "null", "-5", [], {}, [[]], [None], {"id": None}, {"": ""}, [{}], "１２３"),
)
NASTY = (
    *("\x00", "\ud800", "\udfff金丝雀", "\ufffe", "\u202e金丝雀", "\u200b", "\x1b[31m", "金丝雀\x0b", "\r\n\r\n", "🧵" * 40),
    *(
        "' OR 1=1 --",
        "{{ 7*7 }}",
        "{% for x in y %}",
        "<b>&amp;]]></w:t>",
        "=HYPERLINK(1)",
        "%s %n %d",
        "../../etc/passwd",
        "a" * 40,
    ),
    *(
        "/start i" + "Z" * 28,
        "/start " + "c" * 70,
        "９" * 400,
        "1" * 5000,
        "金丝雀" * 2000,
        "一二三 " * 3000,
        "第99999999999题",
        "〔待填0〕",
    ),
)
NAMES = ("id", "message", "text", "chat", "from", "data", "photo", "document", "type", "update_id", "file_id", "callback_query")
Place = tuple[Any, Any]  # a container and the key in it


def places(value: Any) -> Iterator[Place]:
    """Every place in a structure, from the outside in."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(steps):
        yield value, key
        yield from places(inner)


def _drop(chance: Random, place: Place, _: list[Place]) -> None:
    del place[0][place[1]]


def _junk(chance: Random, place: Place, _: list[Place]) -> None:
    place[0][place[1]] = deepcopy(chance.choice(JUNK))


def _nasty(chance: Random, place: Place, _: list[Place]) -> None:
    place[0][place[1]] = chance.choice(NASTY)


def _near(chance: Random, place: Place, _: list[Place]) -> None:
    """The same value, a little wrong: in another type, doubled, negative."""
    value = place[0][place[1]]
    if isinstance(value, bool):
        place[0][place[1]] = not value
    elif isinstance(value, int):
        place[0][place[1]] = chance.choice((-value, value + 1, value << 40, str(value), float(value), [value], {"id": value}))
    elif isinstance(value, str):
        place[0][place[1]] = chance.choice(
            (value * 2, value[::-1], value.encode("utf-8", "replace").hex(), [value], {"text": value}, value + "\x00")
        )
    else:
        place[0][place[1]] = chance.choice(([value], {"0": value}, str(value), None))


def _rename(chance: Random, place: Place, _: list[Place]) -> None:
    if isinstance(place[0], dict):
        place[0][chance.choice(NAMES)] = place[0].pop(place[1])


def _graft(chance: Random, place: Place, all_of_it: list[Place]) -> None:
    """What stands somewhere else in the same update."""
    other, key = chance.choice(all_of_it)
    if (isinstance(other, dict) and key not in other) or (isinstance(other, list) and key >= len(other)):
        return
    place[0][place[1]] = deepcopy(other[key])


def _deep(chance: Random, place: Place, _: list[Place]) -> None:
    """Nested as far as a parser will still go."""
    value: Any = place[0][place[1]]
    for _n in range(chance.choice((5, 60, 400))):
        value = [value] if chance.random() < 0.5 else {"message": value}
    place[0][place[1]] = value


def _wide(chance: Random, place: Place, _: list[Place]) -> None:
    place[0][place[1]] = [place[0][place[1]]] * chance.choice((2, 50, 300))


MUTATIONS: tuple[tuple[Callable[[Random, Place, list[Place]], None], int], ...] = (
    (_drop, 6),
    (_junk, 8),
    (_nasty, 5),
    (_near, 6),
    (_rename, 3),
    (_graft, 4),
    (_deep, 1),
    (_wide, 1),
)
_DEEDS, _WEIGHTS = [m for m, _ in MUTATIONS], [w for _, w in MUTATIONS]


def mutated(chance: Random, raw: dict[str, Any]) -> dict[str, Any]:
    """The update with one to four things broken in it; now and then none."""
    broken = deepcopy(raw)
    for _ in range(chance.choices((0, 1, 2, 3, 4), (1, 10, 5, 2, 1))[0]):
        everywhere = list(places(broken))
        if not everywhere:
            break
        place = chance.choice(everywhere)
        if isinstance(place[0], list) and place[1] >= len(place[0]):
            continue
        chance.choices(_DEEDS, _WEIGHTS)[0](chance, place, everywhere)
    return broken
