"""Which person a topic is about: by the id the lists show, or by a name that only one person has."""

from dialogs.store import members, personal
from dialogs.store.engine import Connection
from scoring.errors import ZipingError


def person_named(c: Connection, word: str) -> personal.Found:
    """The person. Raises ZipingError naming those who could be meant."""
    by_id = personal.find(c, word)
    if by_id is not None:
        return by_id
    found = members.found(c, word)
    if not found:
        raise ZipingError(f"没有找到“{word}”。请写姓名全称或编号，见 ziping admin people list。")
    if len(found) > 1:
        raise ZipingError(f"有 {len(found)} 个人叫“{word}”，请用编号：{'、'.join(id for id, _ in found)}")
    person = personal.find(c, found[0][0])
    assert person is not None
    return person
