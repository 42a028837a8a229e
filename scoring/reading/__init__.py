"""How what people type becomes a value: one text for one item, or several lines for several.

Nothing is guessed: what has two meanings is asked back, what has none gets a sentence that says what is
expected. Not here: what an answer means for the score (rules/), or the texts of the chat (templates).
"""

from scoring.reading.lines import Pasted, looks_like_paste, read_lines
from scoring.reading.read import read, shown
from scoring.reading.result import Ambiguous, NotUnderstood, Reading, Understood
from scoring.typednumbers import is_none

__all__ = [
    "Ambiguous",
    "NotUnderstood",
    "Pasted",
    "Reading",
    "Understood",
    "is_none",
    "looks_like_paste",
    "read",
    "read_lines",
    "shown",
]
