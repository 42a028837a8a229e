"""What people were told unasked, and the buttons below it."""

import json

from tests.dialogs.desk import Filler
from tests.dialogs.together.team import id_of, rows


def told(filler: Filler) -> list[str]:
    """What somebody was told unasked."""
    found = rows(filler.office, "SELECT person_id, body FROM notices ORDER BY at, id")
    return [json.loads(str(body))["text"] for person, body in found if person == id_of(filler)]


def presses_notice(filler: Filler, label: str) -> Filler:
    """The button of the latest notice that has one of this name."""
    found = rows(filler.office, "SELECT id, person_id, body FROM notices ORDER BY at DESC, id DESC")
    for id, person, body in found:
        names = [name for row in json.loads(str(body))["labels"] for name in row]
        if person == id_of(filler) and label in names:
            return filler.presses(f"{id}.{names.index(label)}")
    raise AssertionError(f"no notice with {label!r}: {found}")
