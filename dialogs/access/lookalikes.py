"""Names that look like another's: told where somebody chooses by a name, so that nobody is taken for somebody else.

A name is compared by its looks: wide and narrow letters, letters of other scripts, characters told apart by one stroke, and
marks that show nothing are the same there. Not here: whether two units are one by their names (bureau/roles.py).
"""

import re
import unicodedata
from collections.abc import Iterable

GROUPS = (  # the first stands for all
    *(
        "己已巳",
        "未末",
        "土士",
        "日曰",
        "口囗",
        "戌戊戍",
        "干千",
        "入人",
        "天夭",
        "治冶",
        "候侯",
        "晴睛",
        "太大",
        "王玉",
        "木本",
        "刀力",
    ),
    *(
        "间问",
        "师帅",
        "析折",
        "住往",
        "徽微",
        "赢嬴",
        "祗祇",
        "毫亳",
        "芜茺",
        "陕陜",
        "铃玲",
        "辛幸",
        "贝见",
        "午牛",
        "鸟乌",
        "丸九",
    ),
    *(
        "0oоοօ〇○",
        "1liі丨|ı",
        "aаα",
        "cсϲ",
        "eеε",
        "pрρ",
        "xхχ×",
        "yуγ",
        "kκк",
        "mм",
        "tτт",
        "bв",
        "hн",
        "nп",
        "uυ",
        "vν",
        "sѕ",
        "jј",
    ),
    *("一-－—―–‐‑ー_", "·•・‧∙⋅.．。", "ク夕タ", "ロ口", "二ニ", "八ハ", "力カ", "工エ", "卜ト"),
)
LOOKS = {ord(letter): group[0] for group in reversed(GROUPS) for letter in group[1:]}
UNSEEN = re.compile(r"[\s\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def looks(name: str) -> str:
    """A name by its looks alone."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    seen = bare.translate(LOOKS).translate(LOOKS)  # カ looks like 力, and 力 like 刀
    return UNSEEN.sub("", seen)


def like(name: str, others: Iterable[str]) -> str:
    """The first of the other names that looks like this one and is not the same; empty when none does."""
    seen = looks(name)
    return next((other for other in others if other != name and looks(other) == seen), "")
