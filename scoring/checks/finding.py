"""A finding: one relation that does not hold, with the sentence that says so to the filler.

Not here: how relations are checked (the other files of this folder).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.formdata import Severity

WRONG: Severity = "错误"
EXPLAIN: Severity = "需说明"
NOTICE: Severity = "提示"
_GRAVITY = (WRONG, EXPLAIN, NOTICE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation that does not hold. `check` is its code, `items` leads the filler to the answers concerned.

    `stated` is what stands there, `computed` what should; `cause` how the stated number came about, claimed only
    when it reproduces that number exactly (it is also part of `text`).
    """

    check: str
    severity: Severity
    items: tuple[str, ...]
    text: str
    stated: str = ""
    computed: str = ""
    cause: str = ""


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, wrong figures first, otherwise in the order found."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: _GRAVITY.index(f.severity)))
