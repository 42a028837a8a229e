"""Yes or no, one of several, and which of a list: answered by number, by mark, or in words."""

import re
import unicodedata

from scoring.items import Checklist, Choice
from scoring.reading.result import NotUnderstood, Reading, Understood
from scoring.wording import NUMERALS, quoted

YES = {"是", "是的", "有", "对", "对的", "满足", "符合", "yes", "y", "嗯", "有的", "1", "√", "好"}
NO = {"否", "不是", "没有", "无", "不", "不对", "没", "不满足", "不符合", "no", "n", "0", "×", "x"}
ALL = {
    "都做到了",
    "都做到",
    "全做到",
    "全做到了",
    "都公开了",
    "全部做到",
    "都达到",
    "都达标",
    "全达标",
    "全部",
    "都满足",
    "全部满足",
    "全满足",
    "都符合",
    "全部符合",
    "都是",
    "全部都满足",
    "all",
    "都有",
}
NONE = {"都不满足", "全不满足", "都没有", "一个也没有", "无", "都不符合", "none", "没有"}
LONGEST = 400  # characters of which ticks may be read
MARKS = {c: n for n, c in enumerate(NUMERALS, 1)}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().rstrip("。.!").lower()


def read_yes_no(label: str, text: str) -> Reading:
    """是 or 否, in the words people use."""
    word = _folded(text)
    if word in YES or word in NO:
        return Understood(word in YES)
    return NotUnderstood(f"{quoted(label)}请回答“是”或“否”。")


def read_choice(item: Choice, text: str) -> Reading:
    """One option, by its words, a part of them, or its number."""
    word = _folded(text)
    if word.isdecimal() and len(word) <= 3 and 1 <= int(word) <= len(item.options):
        return Understood(item.options[int(word) - 1].id)
    exact = [o.id for o in item.options if word in (_folded(o.text), o.id)]
    near = exact or [o.id for o in item.options if word and word in _folded(o.text)]
    if len(near) == 1:
        return Understood(near[0])
    options = "、".join(f"{n} {o.text}" for n, o in enumerate(item.options, 1))
    return NotUnderstood(f"请从这几项里选一项：{options}")


def read_checklist(item: Checklist, text: str) -> Reading:
    """Which criteria are ticked: `1 3`, ①③, 全部满足, 都不满足, 除了2. All met leaves the bad ones unticked."""
    word = _folded("".join(f" {MARKS[c]} " if c in MARKS else c for c in text)).strip()
    good = tuple(c.id for c in item.criteria if not c.bad)
    bare = "".join(word.split())
    if len(bare) > LONGEST:
        word = bare = ""
    if bare in ALL:
        return Understood(good)
    if bare in NONE:
        return Understood(tuple(c.id for c in item.criteria if c.bad) if bare == "都不满足" else ())
    if bare.isdecimal() and 1 < len(bare) <= len(item.criteria) < 10 and list(bare) == sorted(set(bare)):
        word = " ".join(bare)  # 12 typed for ①②
    but = re.fullmatch(r"(?:除了?|除)([\d\s、,和]+?)(?:以外|之外|外)?(?:都|全部)?(?:满足|符合)?", word)
    numbers = re.fullmatch(r"(?:满足)?[\s第]*(\d+(?:[\s、,和]+\d+)*)\s*[条项]?", word)
    chosen = [int(n[:4]) for n in re.findall(r"\d+", (but or numbers)[1])] if but or numbers else []  # type: ignore[index]
    if chosen and all(1 <= n <= len(item.criteria) for n in chosen):
        picked = {item.criteria[n - 1].id for n in chosen}
        ticked = set(good) - picked if but else picked
        return Understood(_in_order(item, ticked))
    named = {c.id for c in item.criteria for part in re.split(r"[\s、,]+", word) if part in (c.id, _folded(c.text))}
    if named:
        return Understood(_in_order(item, named))
    return NotUnderstood(f"请告诉我满足第几条，例如“1 3”，或者“全部满足”“都不满足”（共 {len(item.criteria)} 条）。")


def _in_order(item: Checklist, ticked: set[str]) -> tuple[str, ...]:
    return tuple(c.id for c in item.criteria if c.id in ticked)
