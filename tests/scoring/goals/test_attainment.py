"""What an actual value is worth: the figures of the rules in force, every policy, and what each line asks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.goals.actuals import Actual, read_actual
from scoring.goals.attainment import Assessment, assess
from scoring.goals.completing import completion, names_the_gap
from scoring.goals.policy import Attainment
from scoring.goals.targets import Target, read_target
from scoring.numbers import plain

USUAL = Attainment()


def policy(**keys: object) -> Attainment:
    return Attainment.model_validate(keys)


def judged(
    target: str,
    actual: str | None,
    weight: object = 10,
    *,
    by: Attainment = USUAL,
    tier: str | None = None,
    points: str | None = None,
    note: str | None = None,
) -> Assessment:
    return assess(by, Fraction(str(weight)), target, actual, tier, None if points is None else Decimal(points), note)


@pytest.mark.parametrize(
    ("target", "actual", "weight", "keys", "points", "why"),
    [
        ("≥17.5万人", "18万人", 10, {}, "10", "18万人 ≥ 17.5万人 → 满分 10 分"),
        ("≥17.5万人", "17万人", 10, {}, "9.71", "17万人 ＜ 17.5万人，17÷17.5×10 → 9.71 分"),
        ("≥98%", "98%", 10, {}, "10", "98% ≥ 98% → 满分 10 分"),
        ("≥98%", "-5%", 10, {}, "0", "-5% ＜ 98%，不得分 → 0 分"),
        ("100%", "100%", "20", {}, "20", "100% ＝ 100% → 满分 20 分"),
        ("100%", "98%", "20", {}, "19.6", "98% ＜ 100%，98÷100×20 → 19.6 分"),
        ("≤5300", "5830", 10, {}, "9.09", "5830 ＞ 5300，5300÷5830×10 → 9.09 分"),
        ("≤5300", "5830", 10, {"inverse": "mirrored"}, "9", "5830 ＞ 5300，（2－5830÷5300）×10 → 9 分"),
        ("≤5300", "10600", 10, {"inverse": "mirrored"}, "0", "10600 ＞ 5300，（2－10600÷5300）×10 → 0 分"),
        ("≤5300", "99999", 10, {"inverse": "mirrored"}, "0", "99999 ＞ 5300，（2－99999÷5300）×10 → 0 分"),
        ("≤5300", "5300", 10, {}, "10", "5300 ≤ 5300 → 满分 10 分"),
        ("≤0%", "-3%", 5, {}, "5", "-3% ≤ 0% → 满分 5 分"),
        ("≤0%", "3%", 5, {}, "0", "3% ＞ 0%，不得分 → 0 分"),
        ("≤0%", "3%", 5, {"inverse": "mirrored"}, "0", "3% ＞ 0%，不得分 → 0 分"),
        ("=0", "0", 5, {}, "5", "0 ≤ 0 → 满分 5 分"),
        ("0%", "-1%", 5, {}, "5", "-1% ≤ 0% → 满分 5 分"),
        ("=0件", "2件", 5, {}, "0", "2件 ＞ 0件，不得分 → 0 分"),
        ("≥0%", "12%", 5, {}, "5", "12% ≥ 0% → 满分 5 分"),
        ("1--1.2万人", "1.1万人", 10, {}, "10", "1.1万人 在 1--1.2万人 之内 → 满分 10 分"),
        ("1--1.2万人", "1.2万人", 10, {}, "10", "1.2万人 在 1--1.2万人 之内 → 满分 10 分"),
        ("1--1.2万人", "0.9万人", 10, {}, "9", "0.9万人 ＜ 1万人，0.9÷1×10 → 9 分"),
        ("1--1.2万人", "1.5万人", 10, {}, "8", "1.5万人 ＞ 1.2万人，1.2÷1.5×10 → 8 分"),
        ("1--1.2万人", "1.5万人", 10, {"inverse": "mirrored"}, "7.5", "1.5万人 ＞ 1.2万人，（2－1.5÷1.2）×10 → 7.5 分"),
        ("≥100人", "55人", 10, {"pass_line": 60}, "0", "55人 ＜ 100人，完成 55%，低于 60% 不得分 → 0 分"),
        ("≥100人", "60人", 10, {"pass_line": 60}, "6", "60人 ＜ 100人，60÷100×10 → 6 分"),
        ("≥100人", "99人", 10, {"unmet": "zero"}, "0", "99人 ＜ 100人，没有完成 → 0 分"),
        ("2020年全年", "2020年全年", 10, {}, "10", "2020年全年，与指标值一致 → 满分 10 分"),
    ],
)
def test_points_and_their_explanation(
    target: str, actual: str, weight: object, keys: dict[str, object], points: str, why: str
) -> None:
    found = judged(target, actual, weight, by=policy(**keys))
    assert found.points is not None
    assert plain(found.points, 2) == points
    assert found.why == why
    assert set(found.needs) <= {"note"}


@pytest.mark.parametrize(
    ("target", "actual", "points", "earned", "why", "needs"),
    [
        ("≥95%", "98%", None, "10", "98% ≥ 95% → 满分 10 分", ()),
        ("≥95%", "98%", "10", "10", "98% ≥ 95% → 满分 10 分", ()),
        ("≥95%", "98%", "9.8", "9.8", "98% ≥ 95%，自评 9.8 分 → 9.8 分", ("note",)),
        ("=100%", "98%", "9.5", "9.5", "98% ＜ 100%，98÷100×10，自评 9.5 分 → 9.5 分", ("note",)),
        ("=100%", "98%", "10", None, "98% ＜ 100%，98÷100×10 → 9.8 分；10 分不在 0–9.8 分 之内", ("points",)),
    ],
)
def test_a_filler_may_be_stricter_than_the_rule_but_never_milder(
    target: str, actual: str, points: str | None, earned: str | None, why: str, needs: tuple[str, ...]
) -> None:
    found = judged(target, actual, by=policy(may_deduct=True), points=points)
    assert (None if found.points is None else plain(found.points, 2)) == earned
    assert found.why == why
    assert set(needs) <= set(found.needs)
    assert found.high == (Fraction(10) if target == "≥95%" else Fraction("9.8"))


def test_points_of_a_met_line_are_ignored_where_the_form_does_not_let_the_filler_deduct() -> None:
    assert judged("≥95%", "98%", points="9.8").points == 10


def test_a_line_that_shares_its_weight_earns_a_share_of_it() -> None:
    found = judged("≥30人", "20人", "10/3")
    assert found.share == Fraction(2, 3)
    assert found.points == Fraction(20, 9)


@pytest.mark.parametrize(
    ("target", "actual", "percent"),
    [("≥80%", "100%", 125), ("≤100%", "60%", 100), ("1--1.2万人", "1.1万人", 100), ("≥0%", "3%", 100), ("≥-5%", "-8%", None)],
)
def test_completion_in_the_good_direction(target: str, actual: str, percent: int | None) -> None:
    wanted, value = read_target(target), read_actual(actual, target)
    assert isinstance(wanted, Target)
    assert isinstance(value, Actual)
    assert completion(wanted, value) == percent
    assert completion(Target(wanted.shape, wanted.text), Actual("很好")) is None


def test_a_negative_target_that_was_missed_is_scored_by_hand() -> None:
    found = judged("≤-5%", "-3%")
    assert (found.needs, found.completion) == (("points",), None)
    assert judged("≤-5%", "-3%", points="8", note="差 2 个百分点").points == 8
    assert judged("≤-5%", "-6%").points == 10


def test_points_by_hand_stay_below_full_where_the_target_was_missed() -> None:
    by_hand = policy(unmet="by_hand")
    found = judged("≥100人", "99人", by=by_hand)
    assert found.needs == ("points", "note")
    assert (found.low, found.high, found.open_high) == (0, 10, True)
    assert found.range == "0–10 分（不含 10 分）"
    assert judged("≥100人", "99人", by=by_hand, points="10").share is None
    given = judged("≥100人", "99人", by=by_hand, points="9", note="1 人调离")
    assert (given.points, given.needs) == (9, ())
    assert given.asks == ("points", "note")
    assert judged("≥100人", "100人", by=by_hand).points == 10


@pytest.mark.parametrize(
    ("tier", "points", "given", "needs"),
    [
        (None, None, None, ("tier",)),
        ("还行", None, None, ("tier",)),
        ("达成", None, "15", ()),
        ("部分达成", None, None, ("points",)),
        ("部分达成", "12", "12", ("note",)),  # 80% is nobody else's edge here
        ("部分达成", "9", "9", ("note",)),
        ("部分达成", "8.99", None, ("points",)),
        ("部分达成", "12.01", None, ("points",)),
        ("未达成", "9", None, ("points",)),  # 60% belongs to the better tier
        ("未达成", "8.99", "8.99", ("note",)),
        ("未达成", "0", "0", ("note",)),
    ],
)
def test_tiers_of_a_target_in_words(tier: str | None, points: str | None, given: str | None, needs: tuple[str, ...]) -> None:
    found = judged("稳步提升", "稳步提升", 15, tier=tier, points=points)
    assert found.points == (None if given is None else Fraction(given))
    assert found.needs == needs


@pytest.mark.parametrize(("middle", "edge"), [(60, "6"), (50, "5")])
def test_both_sets_of_edges_in_force(middle: int, edge: str) -> None:
    tiers = policy(
        tiers=[
            {"name": "达成", "from": 80, "to": 100},
            {"name": "部分达成", "from": middle, "to": 80},
            {"name": "未达成", "from": 0, "to": middle},
        ]
    )
    assert judged("效果明显", "明显", by=tiers, tier="达成", points="8").points == 8
    assert judged("效果明显", "明显", by=tiers, tier="达成").range == "8–10 分"
    assert judged("效果明显", "明显", by=tiers, tier="部分达成", points="8").share is None
    assert judged("效果明显", "明显", by=tiers, tier="部分达成", points=edge).points == Fraction(edge)
    assert judged("效果明显", "明显", by=tiers, tier="未达成", points=edge).share is None
    assert "不含" in judged("效果明显", "明显", by=tiers, tier="未达成").range


def test_a_comparison_with_words_is_judged_by_tier_and_no_tiers_means_by_hand() -> None:
    assert judged("≤核定单位数量", "36个", tier="达成").points == 10
    found = judged("稳步提升", "提升", by=policy(tiers=[]))
    assert (found.needs, found.high) == (("points",), 10)


def test_another_period_is_judged_by_hand() -> None:
    assert judged("2020年全年", "2020年1-11月").needs == ("points",)
    assert judged("2020年全年", "2020年1-11月", points="9", note="12 月的推迟了").points == 9


def test_over_fulfilment() -> None:
    flagged = judged("≥100人", "125人", by=policy(over={"flag": 120, "reason": 130, "deduct": 2}))
    assert (flagged.points, flagged.needs, len(flagged.notices)) == (10, (), 1)
    heavy = judged("≥100人", "130人", by=policy(over={"flag": 120, "reason": 130, "deduct": 2}))
    assert (heavy.points, heavy.needs) == (8, ("note",))
    assert heavy.why == "130人 ≥ 100人，完成 130%，扣 2 分 → 8 分"
    free = judged("≥100人", "130人", by=policy(over={"flag": 120, "reason": 130}))
    assert (free.points, free.needs) == (10, ("note",))
    unmet = policy(over={"reason": 130, "unmet": True})
    assert judged("≥100人", "130人", by=unmet).points == 10
    assert judged("≥100人", "131人", by=unmet).needs == ("points", "note")
    zero = policy(over={"reason": 130, "unmet": True}, unmet="zero")
    assert judged("≥100人", "131人", by=zero, note="政策扩面").points == 0
    assert judged("≥0人", "131人", by=zero).points == 10  # a percentage of 0 has no meaning
    assert judged("≤100人", "1人", by=zero).points == 10  # less is better: nothing is exceeded


def test_when_a_note_is_asked() -> None:
    assert judged("≥100人", "99人").needs == ("note",)
    assert judged("≥100人", "99人", note=" ").needs == ("note",)
    assert judged("≥100人", "99人", note="1 人调离").needs == ()
    lenient = policy(note_below=90, note_for_lost=False)
    assert judged("≥100人", "95人", by=lenient).needs == ()
    assert judged("≥100人", "85人", by=lenient).needs == ("note",)
    assert judged("≥100人", "85人", by=policy(note_below=None)).note_for == "扣了 1.5 分"


def test_a_line_without_a_target_does_not_count() -> None:
    for target in ("", "无"):
        assert judged(target, "无", 0).points == 0
        assert not judged(target, "无", 0).counts
        assert judged(target, "无", 10).needs == ("points",)


def test_what_cannot_be_read_is_asked_again() -> None:
    assert judged("≥", "98%").needs == ("target",)
    assert judged("≥98%", None).needs == ("actual",)
    assert judged("≥98%", "≥98%").needs == ("actual",)
    assert judged("≥98%", "达成预期指标").share is None


@pytest.mark.parametrize(
    ("target", "actual", "note", "named"),
    [
        ("≥98%", "96.5%", "比目标低 1.5 个百分点，因……", True),
        ("≥98%", "96.5%", "因人手不足，没有完成。", False),
        ("≥17.5万人", "17万人", "少参保 5000 人，主要是外出务工", True),
        ("≥17.5万人", "17万人", "少参保0.5万人", True),
        ("≥17.5万人", "17万人", "完成率 97.14%", True),
        ("≥17.5万人", "17万人", "2023 年疫情影响", False),
        ("≤5300", "5830", "超支530元，10%", True),
        ("≥5个", "3个", "差两个点没有开", True),
        ("≥98%", "99%", "没有偏差", True),
    ],
)
def test_a_note_names_the_size_of_the_gap(target: str, actual: str, note: str, named: bool) -> None:
    assert names_the_gap(note, judged(target, actual)) is named


@pytest.mark.parametrize(
    "keys",
    [
        {"tiers": [{"name": "甲", "from": 80, "to": 60}]},
        {"tiers": [{"name": "甲", "from": 60, "to": 100}, {"name": "乙", "from": 0, "to": 70}]},
        {"tiers": [{"name": "甲", "from": 60, "to": 100}, {"name": "甲", "from": 0, "to": 60}]},
        {"over": {"flag": 120, "deduct": 2}},
        {"unmet": "sometimes"},
        {"unknown": 1},
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        policy(**keys)


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2).map(str)


@given(
    st.sampled_from(["≥", "≤", "＞", "＜", "=", ""]),
    NUMBERS,
    NUMBERS,
    st.sampled_from(["proportional", "zero", "by_hand"]),
    st.sampled_from(["ratio", "mirrored"]),
    st.booleans(),
)
def test_a_share_is_a_part_of_the_weight_and_a_met_target_earns_it_all(
    sign: str, target: str, actual: str, unmet: str, inverse: str, over: bool
) -> None:
    keys: dict[str, object] = {"over": {"flag": 120, "reason": 130, "deduct": 3}} if over else {}
    found = judged(sign + target + "人", actual + "人", by=policy(unmet=unmet, inverse=inverse, **keys))
    assert found.share is None or 0 <= found.share <= 1
    assert found.share is not None or found.needs
    if found.met and not over:
        assert found.share == 1
    if found.met is False and found.share == 1:
        assert found.completion == 100  # nothing but > and < at their very edge
