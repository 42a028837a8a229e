"""Why a file cannot be evidence: a short code, which the messages put into words. Not here: how it was found out."""

REASONS = (
    *("empty", "too_big", "program", "script", "archive", "macros", "locked", "broken", "film", "unknown", "swollen"),
    *("full", "crowded", "gone", "closed", "unreachable"),
)


class Unfit(Exception):
    """This file is not kept. `why` is one of REASONS."""

    def __init__(self, why: str) -> None:
        assert why in REASONS, why
        super().__init__(why)
        self.why = why
