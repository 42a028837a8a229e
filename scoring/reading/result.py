"""What reading a text can come to: a value, two possible values, or a sentence that asks again."""

from dataclasses import dataclass

from scoring.values import Value


@dataclass(frozen=True, slots=True)
class Understood:
    """The value; `provisional` when the person said 约 or 大概."""

    value: Value
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A question with labelled readings; nothing is guessed. `provisional` as for Understood."""

    question: str
    choices: tuple[tuple[str, Value], ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A kind, specific sentence: what was seen, what is expected."""

    text: str


Reading = Understood | Ambiguous | NotUnderstood
