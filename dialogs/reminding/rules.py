"""On which days a county reminds: its own settings over the usual ones. Pure; bad settings are told in a sentence.

Not here: what a single person has asked for (habits.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from scoring.errors import ZipingError

KEY = "reminders"  # where they stand in a county's settings
MOST_DAYS = 10  # reminders before a deadline: more would be pestering
LONGEST = 366


class BadRules(ZipingError):
    """A setting that cannot be: the sentence says which."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`before`: days before the deadline. `step`: working days between reminders once it is over, for `overdue_days` days.

    `head`: working days before the deadline when the unit's reviewers are told (0: never). `bureau`: whether the
    administrators are told on the day.
    """

    before: tuple[int, ...] = (30, 14, 7, 3, 1)
    on_the_day: bool = True
    hour: int = 9
    minute: int = 0
    step: int = 2
    overdue_days: int = 60
    head: int = 1
    bureau: bool = True

    def __post_init__(self) -> None:
        if any(not 1 <= d <= LONGEST for d in self.before) or len(set(self.before)) != len(self.before):
            raise BadRules(f"提前提醒的天数要是 1 到 {LONGEST} 之间、互不相同的整数，例如 30,14,7,3,1。")
        if len(self.before) > MOST_DAYS:
            raise BadRules(f"提前提醒最多 {MOST_DAYS} 次，太多就成打扰了。")
        if not (9 * 60 <= self.hour * 60 + self.minute <= 18 * 60) or not 0 <= self.minute < 60:
            raise BadRules("提醒的时间要在 9:00 到 18:00 之间。")
        if not 1 <= self.step <= 30:
            raise BadRules("逾期后每隔几个工作日提醒一次，要在 1 到 30 之间。")
        if not 0 <= self.overdue_days <= LONGEST:
            raise BadRules(f"逾期后提醒多少天，要在 0 到 {LONGEST} 之间。")
        if not 0 <= self.head <= 30:
            raise BadRules("提前几个工作日告诉审核人，要在 0 到 30 之间（0 是不告诉）。")

    @property
    def start(self) -> int:
        """Minutes after midnight."""
        return self.hour * 60 + self.minute

    def to_data(self) -> dict[str, Any]:
        """For the county's settings: only what differs from the usual."""
        usual = asdict(Rules())
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items() if v != usual[k]}


USUAL = Rules()


def rules_of(settings: Mapping[str, Any]) -> Rules:
    """The rules in a county's settings. Raises BadRules for what cannot be."""
    return changed(USUAL, settings.get(KEY) or {})


def changed(rules: Rules, wishes: Mapping[str, Any]) -> Rules:
    """The rules with some of them set anew. Raises BadRules."""
    known = {f.name: type(getattr(USUAL, f.name)) for f in fields(Rules)}
    wanted: dict[str, Any] = {}
    for name, value in wishes.items():
        if name not in known:
            raise BadRules(f"没有叫“{name}”的提醒设置；有的是：{'、'.join(known)}。")
        wanted[name] = _fitting(name, value, known[name])
    return replace(rules, **wanted)


def _fitting(name: str, value: Any, kind: type) -> Any:
    if kind is tuple:
        if not isinstance(value, Sequence) or isinstance(value, str) or not all(type(d) is int for d in value):
            raise BadRules("提前提醒的天数要写成一串整数，例如 30,14,7,3,1。")
        return tuple(sorted(value, reverse=True))
    if type(value) is not kind:
        raise BadRules(f"提醒设置“{name}”的值不对：{value}。")
    return value
