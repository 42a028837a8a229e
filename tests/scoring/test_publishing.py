"""Names and numbers taken out of texts: those that are known, those behind a title; figures and words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.publishing.finding import Names
from scoring.publishing.masking import MASK, masked_text

NAMES = Names(frozenset({"王芳", "欧阳小芳"}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("由王芳负责", f"由{MASK}负责"),
        ("由王 芳负责，欧阳小芳配合", f"由{MASK}负责，{MASK}配合"),
        ("电话13807455566，或0745-2712345转8", f"电话{MASK}，或{MASK}"),
        ("138 0745 5566", MASK),
        ("+86 13807455566", MASK),
        ("身份证43122519800101001X", f"身份证{MASK}"),
        ("写信到 a.b@c.gov.cn", f"写信到 {MASK}"),
        ("局长李建国督办", f"局长{MASK}督办"),
        ("联系人：赵六", f"联系人：{MASK}"),
        ("刘小明同志带队", f"{MASK}同志带队"),
        ("主任会议研究决定", "主任会议研究决定"),
        ("书记高度重视，局长亲自抓", "书记高度重视，局长亲自抓"),
        ("负责人员培训 120 人次", "负责人员培训 120 人次"),
        ("预算 13807455.56 万元，文号〔2021〕12号", "预算 13807455.56 万元，文号〔2021〕12号"),
        ("2021年3月1日支付 1234567890 元", "2021年3月1日支付 1234567890 元"),
    ],
)
def test_what_is_taken_out_and_what_stays(text: str, said: str) -> None:
    assert masked_text(text, NAMES)[0] == said


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_known_name_never_stays(before: str, after: str) -> None:
    assert "王芳" not in masked_text(f"{before}王芳{after}", NAMES)[0]


@given(st.text(max_size=120))
def test_masking_is_done_once(text: str) -> None:
    once, _ = masked_text(text, NAMES)
    assert masked_text(once, NAMES)[0] == once
