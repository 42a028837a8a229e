"""What a second round shows of each kind of answer: only what is different."""

from decimal import Decimal

import pytest

from dialogs.review.changes import changes
from dialogs.review.differences import differences
from scoring.answers import Answer, given
from scoring.values import Row
from tests.dialogs.review.folk import whole
from tests.dialogs.tiny import tiny

LONG = "今年预算编制还不够细。个别项目支出进度偏慢，年底集中支付。下一步要把定额管起来，按月通报进度。"
WAS = given((Row(("业务专项", Decimal(56))), Row(("培训", Decimal(3)))))
NOW = given((Row(("业务专项", Decimal(60))), Row(("宣传", Decimal(1)))))


@pytest.mark.parametrize(
    ("item", "was", "now", "lines"),
    [
        ("staff", given(Decimal(31)), given(Decimal(32)), ["31 人 → 32 人"]),
        ("staff", None, given(Decimal(32)), ["没有填 → 32 人"]),
        ("staff", given(Decimal(31), provisional=True), given(Decimal(31)), ["31 人（暂估） → 31 人"]),
        ("goals", given(("law",)), given(("law", "plan")), ["＋ 符合规划"]),
        ("goals", given(("law", "misuse")), given(("law",)), ["－ 存在挪用"]),
        (
            "problems",
            given(LONG),
            given(LONG.replace("按月通报进度", "每季度通报进度") + "已经见效。"),
            ["－ 下一步要把定额管起来，按月通报进度。", "＋ 下一步要把定额管起来，每季度通报进度。", "＋ 已经见效。"],
        ),
        ("projects", WAS, NOW, ["第 1 行 业务专项：预算 56 → 60", "第 2 行 宣传：名称 培训 → 宣传，预算 3 → 1"]),
        (
            "reception",
            given(Row((Decimal("2.47"), Decimal(2), Decimal("1.17")))),
            given(Row((Decimal("2.47"), Decimal(2), Decimal("1.2")))),
            ["本年决算 1.17 → 1.2"],
        ),
    ],
)
def test_only_what_differs_is_said(item: str, was: Answer | None, now: Answer, lines: list[str]) -> None:
    assert differences(tiny().items[item], was, now) == lines


def test_answers_and_the_points_that_follow() -> None:
    old, new = whole(), whole() | {"staff": given(Decimal(38))}
    found = changes((tiny(), old), (tiny(), new))
    assert [c.item.id for c in found.items] == ["staff"]
    assert [(p.indicator, p.was, p.now) for p in found.points] == [("i_staff", Decimal(20), Decimal("19"))]
    assert not changes((tiny(), old), (tiny(), dict(old)))


def test_what_is_no_longer_asked_counts_as_taken_away() -> None:
    old = whole()
    new = old | {"buying": given(Decimal(0))}  # 实际政府采购 is asked only where something was to be bought
    assert [c.item.id for c in changes((tiny(), old), (tiny(), new)).items] == ["buying", "bought"]
