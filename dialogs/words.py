"""Words that mean the same on every screen, and how people name a question by its number or its label.

Not here: words that are no orders at all (small_talk.py), or those inside a table (rowgroups/orders.py).
"""

import re
from collections.abc import Mapping

from templates import labels

WORDS: Mapping[str, str] = {
    labels.CONTENTS: "contents",
    labels.EXPLAIN: "explain",
    labels.SKIP: "skip",
    labels.NOT_APPLICABLE: "not_applicable",
    labels.BACK: "back",
    labels.LAST_YEAR: "last_year",
    labels.ZEROS: "zeros",
    labels.CHECKUP: "checkup",
    "检查": "checkup",
    labels.REVIEW: "review:0",
    labels.DRAFT: "draft",
    labels.FINAL: "draft",
    "生成": "draft",
    "撤销": "undo",
    labels.CONTINUE: "continue",
    "继续": "continue",
    labels.CONTINUE_LATER: "pause",
    "暂停": "pause",
    labels.PROVISIONAL: "provisional",
    "暂估": "provisional",
    labels.OTHER_FILING: "home",
    labels.NEW_PROJECT: "new_project",
    "另一个项目": "new_project",
    "换个项目": "home",
    labels.RENAME_PROJECT: "rename_project",
    **dict.fromkeys(("改名", "改名称", "改项目名", "项目改名", "项目名称不对", "项目名称改一下"), "rename_project"),
    **dict.fromkeys((labels.KEEP, "不变", "保持不变"), "keep"),
    labels.NEXT_OPEN: "continue",
    **dict.fromkeys(
        ("换个单位", "换单位", "另一个单位", "我要填另一个单位", "换一个单位", "再填一份", "换一年", "填另一年", "换张表"), "home"
    ),
    **dict.fromkeys(("填完了", "都填完了", "检查一下", "回到检查", "返回检查", "检查结果"), "checkup"),
    **dict.fromkeys(("定稿", "出定稿", "正式", "正式的", "出草稿", "草稿", "出报告", "生成报告", "生成文件"), "draft"),
    **dict.fromkeys(("初稿", "看初稿", "生成初稿", "看草稿", "看看草稿", "给我看看现在的样子"), "draft"),
    **dict.fromkeys(
        ("明天再填", "改天再填", "下次再填", "先到这", "先到这里", "今天先到这", "今天先到这里", "先填到这里"), "pause"
    ),
    **dict.fromkeys(("下一题", "下一步", "接着填", "接着"), "continue"),
}
NUMBER = re.compile(r"(?:第|题号?|#|＃)\s*(\d{1,3})\s*题?|(\d{1,3})\s*题")
CHANGE = re.compile(r"(?:我要|我想)?(?:改一下|改|修改|更正|回到|去)\s*(?P<label>\S{2,40}?)[。！!]?")
GAP = re.compile(r"〔\s*待填\s*(\d{1,3})\s*〕|待填\s*(\d{1,3})")  # as a draft prints it: never an answer
MARKS = "。.！!？?～~，, "
BARE_NUMBER = re.compile(r"〔?(?:待填)?\s*(\d{1,3})〕?")


def spoken(text: str) -> str:
    """What was typed without the marks and the 呢 or 啊 behind it: 交了没？ is 交了没."""
    return text.rstrip(MARKS).removesuffix("呢").removesuffix("啊").rstrip(MARKS)
