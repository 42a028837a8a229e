"""The base of everything read from a pack: immutable, strict about keys, equal only to itself."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Data(BaseModel):
    """Immutable, and an unknown key is a mistake.

    Each is itself and equal to nothing else: verdicts are remembered by these objects, and hashing an indicator
    by all it holds would cost more than judging it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
