"""What people say that is no answer: greetings, thanks, 什么意思, 不知道, 跟去年一样, and the many words for yes and no.

Only whole messages count, so that an answer that contains such a word stays an answer.
"""

from enum import StrEnum


class Meant(StrEnum):
    """What a message means when it is not an answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    PUZZLED = "puzzled"  # wants the question explained
    NOT_KNOWN = "not_known"  # has no answer now
    LAST_YEAR = "last_year"
    AGREED = "agreed"
    REFUSED = "refused"
    DONE = "done"  # with a list or a table
    NOTHING_TO_SAY = "nothing to say"


_WORDS: dict[Meant, str] = {
    Meant.GREETING: "你好 您好 在吗 在不在 有人吗 hi hello 嗨 早上好 下午好 你好啊",
    Meant.THANKS: "谢谢 谢谢你 谢谢您 多谢 感谢 辛苦了 再见 拜拜 没问题 知道了 收到 明白 明白了 没事了",
    Meant.PUZZLED: "? 什么意思 这是什么意思 啥意思 什么 看不懂 不懂 不明白 没看懂 怎么写 怎么填 怎么弄 怎么用 怎么算 不会填 不会写 填什么 写什么 举个例子 哪里找 在哪里找 帮助 教教我",
    Meant.NOT_KNOWN: "不知道 不清楚 我不知道 不太清楚 不确定 没数据 没有数据 还不知道 忘了 记不清 记不得了 不记得 以后再说 等会再填 先不填 不填了 查不到 找不到 等下 等一下 稍等 等会 等会儿 我找找 等下我找找 我查一下 我去问问 问一下",
    Meant.LAST_YEAR: "同上年 跟去年一样 和去年一样 与去年一样 去年一样 跟上年一样 和上年一样 同去年 与上年一致 和去年一致",
    Meant.AGREED: "对 对的 好 好的 嗯 嗯嗯 是 是的 可以 行 行的 确定 ok 改 改吧 没错 要 要改 同意",
    Meant.NOTHING_TO_SAY: "没啥说的 没什么说的 没啥 没什么 没什么好说的 没什么要说的 暂无 没有什么",
    Meant.DONE: "完成了 填好了 就这些 没有了 完了 好了 就这几个 完成 没了 确认",
    Meant.REFUSED: "不 不改 不改了 不用 不用改 不用了 算了 不要 不是 否 别改 不对 错了",
}
_MEANT = {word: meant for meant, words in _WORDS.items() for word in words.split()}


def meant(text: str) -> Meant | None:
    """What the whole message means, if it is one of these; question marks alone ask what is meant."""
    bare = text.strip().lower().strip("。.!！~～,，?？")
    return _MEANT.get(bare or "?") if text.strip() else None
