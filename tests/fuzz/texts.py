"""Texts as nobody types them and somebody one day will: markup, formulas, controls, every plane of Unicode, very long ones."""

import random
from collections.abc import Iterator

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{#",
    "</w:t></w:r></w:p><w:p><w:r><w:t>第二段",
    "a & b < c > d",
    "&lt;b&gt;&amp;&#38;&nbsp;",
    "<w:p/>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "]]>",
    "<![CDATA[x]]>",
    "<b>粗</b><a href='tg://user?id=1'>人</a>",
    "*粗* _斜_ `码` [链](http://x) ~删~ ||藏||",
    '=HYPERLINK("http://evil","点我")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2.5",
    "\ufdd012\ufdd1",
    "\x0b\x00\x08\x1b[31m",
    "\ufffe\uffff\U0001fffe",
    "\ud800",
    "\udfff\ud800",
    "a\u202efdp.exe",
    "零\u200b宽\u2060字\ufeff",
    "e\u0301 \u1100\u1161 ﬁ ㎡ ①",
    "👨\u200d👩\u200d👧 🇨🇳 𠮷 𰻞",
    "\r\n\r第二行\u2028第三行\u2029",
    "\t制表\t",
    "　全角空格　",
    "'; DROP TABLE people; --",
    "../../etc/passwd",
    "%s %d %(a)s {0} {a.b}",
    "NaN",
    "1e999",
    "〔待填12〕",
    "",
    " ",
)
PLANES = ((0x20, 0x7E), (0x00, 0x2FF), (0x300, 0x36F), (0x590, 0x8FF), (0x2000, 0x2FFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF))
PLANES += ((0xD800, 0xDFFF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x3FFFF), (0xE0000, 0x10FFFF))


def texts(dice: random.Random, longest: int = 2_000) -> Iterator[str]:
    """Without end; first each hostile one as it is, then pieces of them among letters from anywhere."""
    yield from HOSTILE
    while True:
        if dice.random() < 0.002:
            yield dice.choice(("绩效", "a", "&", "𠮷")) * (longest // 2)
        yield "".join(_piece(dice) for _ in range(dice.randint(1, 6)))


def _piece(dice: random.Random) -> str:
    if dice.random() < 0.35:
        return dice.choice(HOSTILE)
    low, high = dice.choice(PLANES)
    return "".join(chr(dice.randint(low, high)) for _ in range(dice.randint(0, 12)))
