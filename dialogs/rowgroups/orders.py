"""The words that change a table instead of answering it: 改第2行, 删 3, 第2行移到第1行, and the names of its buttons."""

import re

from templates import labels

EDIT = re.compile(r"(?:改|修改|编辑)\s*第?\s*(?P<row>\d{1,2})\s*[行题]?\s*(?P<rest>.*)", re.DOTALL)
BY_NAME = re.compile(r"(?:改|修改|编辑)(?:一下)?\s*[“\"]?(?P<name>[^“”\"]{2,60})[”\"]?(?:这一?行)?")
MOVE = re.compile(r"(?:把)?第?\s*(?P<row>\d{1,2})\s*行?\s*(?:移到|挪到|放到|排到)\s*第?\s*(?P<to>\d{1,2})\s*行?")
REMOVE = re.compile(r"(?:删|删除|删掉|去掉)\s*第?\s*(?P<row>\d{1,2})\s*行?|清空|重新填|重填|全删|全部删掉")
BUTTONS = (  # words that are no cell, even where their button is not on the screen
    labels.START_ROWS,
    labels.COPY_ROWS,
    labels.EDIT_ROWS,
    labels.REMOVE_LAST_ROW,
    labels.REMOVE_ROW,
    labels.MOVE_UP,
    labels.MOVE_DOWN,
    labels.NO_ROWS,
    labels.SHARED,
)
