"""What a unit writes bears its mark: a figure from 7100 to 7199 or 甲文 the first, and so on. Who may read which mark.

Read from the rows of who belongs where, by rules of its own: one's own units, those one's unit supervises if one reviews
there, and all of the county's for its officers.
"""

import re
import sqlite3
from random import Random

A, B, C = "unit0000", "unit0001", "unit0002"
NUMBER = {A: "1", B: "2", C: "3"}
LETTER = {A: "甲", B: "乙", C: "丙"}
ABOVE = {B: C}  # C supervises B

MARK = re.compile(r"(?<![0-9A-Za-z.])7([123])\d\d(?![0-9A-Za-z.])|([甲乙丙])文")
_UNIT = {mark: unit for marks in (NUMBER, LETTER) for unit, mark in marks.items()}


def number_of(unit: str, chance: Random) -> str:
    """A figure that only this unit writes."""
    return f"7{NUMBER[unit]}{chance.randrange(100):02d}"


def foreign_marks(c: sqlite3.Connection, chat: str, text: str) -> list[str]:
    """The units whose words stand in this text though the person of the chat has no part in them."""
    units = {_UNIT[m[1] or m[2]] for m in MARK.finditer(text)}
    if not units:
        return []
    address = chat.partition(":")[2]
    held = c.execute(
        "SELECT m.unit_id, m.role FROM memberships m JOIN people p ON p.id = m.person_id WHERE p.address = ?"
        " UNION ALL SELECT '*', o.role FROM officers o JOIN people p ON p.id = o.person_id WHERE p.address = ?",
        (address, address),
    ).fetchall()
    allowed = {unit for unit, _ in held} | {below for below, above in ABOVE.items() if (above, "reviewer") in held}
    return [] if "*" in allowed else sorted(units - allowed)
