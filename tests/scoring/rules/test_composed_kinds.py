"""Each composed rule kind by itself: its points to the last digit, what it leaves open, and mistakes in its parameters."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.answers import Figures, given
from scoring.rules.base import Standing, Verdict
from scoring.rules.span import Span
from scoring.values import Row, Value
from tests.scoring.rules.rulebook import BOOK, DIRECT, ITEMS, STEP, WEIGHT, kind, rule, tiers


def verdict(data: dict[str, object], **values: Value | int | str) -> Verdict:
    """The verdict for these answers; figures may be written as int or text."""
    figure = ("x", "y", "n", "people")
    answers = {k: given(Decimal(str(v)) if k in figure else v) for k, v in values.items()}  # type: ignore[arg-type]
    return rule(data).verdict(WEIGHT, Figures(ITEMS, answers))


def lines(*cells: tuple[str, int, int, str]) -> tuple[Row, ...]:
    return tuple(Row((name, Decimal(a), Decimal(b), Decimal(off))) for name, a, b, off in cells)


@pytest.mark.parametrize(
    ("name", "values", "points"),
    [
        ("amplified", {"x": 92, "y": 100}, "8.4"),
        ("amplified", {"x": 108, "y": 100}, "8.4"),
        ("amplified", {"x": 70, "y": 100}, "4"),
        ("amplified", {"x": "69.99", "y": 100}, "0"),
        ("amplified number", {"x": 5}, "10"),
        ("amplified number", {"x": 7}, "5"),
        ("amplified number", {"x": 99}, "0"),
        ("rows in window", {"lines": lines(("甲", 10, 8, "0"), ("乙", 10, 12, "0"), ("丙", 10, 13, "0"))}, "20/3"),
        ("figures in window", {"x": 50, "y": 100, "n": 1, "people": 9}, "5"),
        ("fixed tiers", {"tier": "good"}, "10"),
        ("fixed tiers", {"tier": "part"}, "6"),
        ("fixed tiers", {"tier": "bad"}, "0"),
        ("one of", {"tier": "good", "x": 85}, "8.5"),
        ("one of", {"tier": "bad", "x": 85}, "7"),
        ("pool", {"tier": "good", "x": 50, "n": 1}, None),
        ("equal pool", {"x": -1, "n": 1, "tier": "part"}, "11/3"),
        ("coefficient", {"x": 50, "y": 110}, "5.5"),
        ("coefficient", {"x": 95, "y": 110}, "10"),
        ("coefficient", {"x": 95, "y": -3}, "0"),
        ("coefficient by hand", {"y": 0, "tier": "good"}, "0"),
        ("reasons", {"lines": lines(("甲", 1, 1, "0.5"), ("乙", 1, 1, "1"))}, "8.5"),
        ("reasons", {"lines": lines(("甲", 1, 1, "50"))}, "0"),
        ("reasons", {"lines": ()}, "10"),
        ("finding", {"lines": lines(("甲", 1, 1, "0"), ("乙", 1, 1, "0"))}, "2"),
        ("pass line", {"x": 60}, "6"),
        ("pass line", {"x": "59.99"}, "0"),
        ("over, reason", {"x": 125, "y": 100}, "10"),
        ("over, unmet", {"x": 130, "y": 100, "tier": "good"}, "0"),
        ("C116", {"x": 100}, "10"),
        ("C116", {"x": "98.7"}, "9.87"),
        ("C116", {"x": "94.99"}, "9.5"),
        ("around", {"x": 95}, "10"),
        ("around", {"x": 110}, "5"),
        ("around", {"x": "110.01"}, "0"),
        ("two ranges", {"x": 85}, "6"),
        ("two ranges", {"x": 120}, "6"),
        ("two ranges", {"x": 121}, "0"),
        ("deduct third", {"n": 1}, "20/3"),
        ("deduct third", {"n": 3}, "0"),
        ("deduct fifth", {"people": 2}, "6"),
        ("deduct fifth", {"people": 3}, "0"),
        ("deduct formula", {"x": 3, "y": 1}, "4"),
        ("deduct formula", {"x": 1, "y": 3}, "10"),
        ("strict", {"x": 50}, "9"),
        ("strict", {"x": "50.01"}, "10"),
        ("to target", {"x": 3, "y": 4}, "7.5"),
        ("to target", {"x": -3, "y": 4}, "0"),
        ("to target", {"x": 0, "y": 0}, "10"),
        ("to target", {"x": 1, "y": 0}, "0"),
        ("to target, less", {"x": 5830, "y": 5300}, "5300/583"),
    ],
)
def test_points_to_the_last_digit(name: str, values: dict[str, Value], points: str | None) -> None:
    assert verdict(BOOK[name], **values).points == (None if points is None else Fraction(points))


def span(low: str, high: str, *, below: bool = False) -> Span:
    return Span(Fraction(low), Fraction(high), below)


@pytest.mark.parametrize(
    ("name", "values", "allowed"),
    [
        ("tiers", {"tier": "good"}, [span("8", "10")]),
        ("tiers", {"tier": "part"}, [span("6", "8", below=True)]),
        ("old tiers", {"tier": "part"}, [span("5", "8", below=True)]),
        ("old tiers", {"tier": "bad"}, [span("0", "5", below=True)]),
        ("pool", {"tier": "part", "x": 50, "n": 0}, [span("6", "6.5", below=True)]),
        ("coefficient by hand", {"y": "0.5", "tier": "good"}, [span("4", "5")]),
        ("coefficient by hand", {"y": 9, "tier": "good"}, [span("10", "10")]),
        ("pass line by hand", {"tier": "part"}, [span("0", "0"), span("7", "8", below=True)]),
        ("over, reason", {"x": 140, "y": 100}, [span("0", "10")]),
        ("over, deduct", {"x": 140, "y": 100, "tier": "good"}, [span("6", "8")]),
    ],
)
def test_what_is_left_open_has_a_range(name: str, values: dict[str, Value], allowed: list[Span]) -> None:
    found = verdict(BOOK[name], **values)
    assert found.standing is Standing.UNSPECIFIED
    assert list(found.allowed) == allowed


def test_the_share_of_a_part_that_does_not_apply_goes_to_the_others() -> None:
    from scoring.answers import Answer, State

    answers = {"x": given(Decimal(50)), "tier": Answer(State.NOT_APPLICABLE), "n": given(Decimal(0))}
    found = rule(BOOK["pool"]).verdict(WEIGHT, Figures(ITEMS, answers))
    assert found.points == (3 + Fraction("1.5")) * 10 / Fraction("7.5")
    assert "质量不适用，分值并入其他各项" in found.why


def test_an_edge_is_named_as_the_print_names_it() -> None:
    assert "＞ 50%" in verdict(BOOK["strict"], x=51).why
    assert "没有高于 50%" in verdict(BOOK["strict"], x=50).why
    floor = verdict({**BOOK["strict"], "rounding": "floor"}, x=50)
    assert (floor.points, floor.full) == (10, "")


def test_a_range_is_told_with_numbers_that_may_be_given() -> None:
    assert span("6", "8", below=True).told(2) == "6–7.99"
    assert span("6", "8", below=True).told(0) == "6–7"
    assert span("0.61", "0.79").told(0) == "0.7"
    assert span("20/3", "20/3").ends(2)[0] == Decimal("6.66666667")


MISTAKES = [
    (kind("tiers", item="x", tiers=BOOK["tiers"]["tiers"]), "RULE_ITEM", "choice"),
    (
        kind("tiers", item="tier", tiers=[{"option": "good", "from": 80, "to": 100}, {"option": "part", "from": 0, "to": 80}]),
        "RULE_ITEM",
        "一一对应",
    ),
    (
        kind(
            "tiers",
            item="tier",
            tiers=[{"option": o, "from": a, "to": b} for o, a, b in (("good", 80, 100), ("part", 50, 85), ("bad", 0, 50))],
        ),
        "BAND",
        "重叠",
    ),
    (
        kind(
            "tiers",
            item="tier",
            tiers=[{"option": o, "from": a, "to": b} for o, a, b in (("good", 80, 90), ("part", 60, 80), ("bad", 0, 60))],
        ),
        "RULE_MAX",
        "应是 100%",
    ),
    (
        kind("pool", rules=[{"name": "甲", "share": 4, "rule": DIRECT}, {"name": "乙", "share": 5, "rule": DIRECT}]),
        "WEIGHT_SUM",
        "合计 9",
    ),
    (kind("pool", rules=[{"name": "甲", "share": 4, "rule": DIRECT}, {"name": "乙", "rule": DIRECT}]), "WEIGHT_SUM", "平分"),
    (kind("pool", rules=[{"name": "甲", "rule": DIRECT}, {"name": "乙", "rule": {**STEP, "step": 0}}]), "RULE_MAX", "（乙）"),
    (
        kind("choose_one", item="tier", rules=[{"option": "good", "rule": DIRECT}, {"option": "part", "rule": STEP}]),
        "RULE_ITEM",
        "一一对应",
    ),
    (kind("choose_one", rules=[{"option": "good", "rule": DIRECT}, {"rule": STEP}]), "RULE_ITEM", "还要写 item"),
    (kind("choose_one", rules=[{"rule": DIRECT}, {"when": "x > 1", "rule": STEP}]), "RULE_ITEM", "放在最后"),
    (kind("coefficient", coefficient="2", rule=DIRECT), "FORMULA", "没有数据项"),
    (kind("coefficient", coefficient="y", rule=tiers("80/60") | {"item": "x"}), "RULE_ITEM", "choice"),
    (kind("pass_line", share="120%", rule=DIRECT), "RULE_MAX", "100%"),
    (kind("over_fulfilment", metric="x / y", rule=DIRECT), "RULE_ITEM", "flag"),
    (kind("over_fulfilment", metric="x / y", flag=140, reason=130, rule=DIRECT), "BAND", "不应大于"),
    (kind("over_fulfilment", metric="x / y", reason=130, deduct=2, unmet=True, rule=DIRECT), "RULE_ITEM", "只能写一样"),
    (kind("points_per_reason", item="lines", points="cost"), "RULE_ITEM", "没有 cost"),
    (kind("points_per_reason", item="lines", points="name"), "RULE_ITEM", "应是数"),
    (kind("points_per_reason", item="x", points="off"), "RULE_ITEM", "rows"),
    (kind("deduct_per_finding", item="x", deduct=1), "RULE_ITEM", "rows"),
    (kind("deduct_per_finding", item="lines", deduct=1, deduct_share="1/3"), "RULE_ITEM", "只写一样"),
    (kind("deduct_per_finding", item="lines", deduct=11), "RULE_MAX", "超过分值"),
    (kind("deduct_per_item", item="n", count="x", deduct=1), "RULE_ITEM", "只写一样"),
    (kind("count_ratio", item="lines", value="done / planned", **{"from": 1}), "RULE_ITEM", "没有 planned"),
    (kind("count_ratio", item="lines", value="done / plan"), "BAND", "至少写一个"),
    (kind("count_ratio", item="lines", value="done", figures=["x"], **{"from": 1}), "RULE_ITEM", "只写一样"),
    (kind("count_ratio", figures=["x"], **{"from": 2, "to": 1}), "BAND", "不应大于"),
    (kind("amplified", metric="x", target=100, k=2, cutoff=60), "RULE_MAX", "用不到"),
    (kind("bands", metric="x", bands=[{"share": "y / 100"}]), "FORMULA", "只能用 x"),
    (kind("bands", metric="x", bands=[{"from": 95, "to": 100, "share": "x"}]), "RULE_MAX", "应在 0 和 1 之间"),
    (
        kind("bands", metric="x", bands=[{"ranges": [{"to": 80}, {"from": 120}], "points": 0}, {"from": 70, "points": 10}]),
        "BAND",
        "重叠",
    ),
    (kind("bands", metric="x", bands=[{"points": 1, "share": "1"}]), "RULE_ITEM", "只能写一样"),
    (kind("proportional", metric="x", target="100"), "FORMULA", "base"),
    (kind("proportional", metric="x", target="y", base=50), "RULE_ITEM", "只能写一样"),
]


@pytest.mark.parametrize(("data", "code", "words"), MISTAKES)
def test_mistakes_in_the_parameters_are_named(data: dict[str, object], code: str, words: str) -> None:
    found = list(rule(data).lint(WEIGHT, ITEMS))
    assert any(c == code and words in text for c, text in found), found


@pytest.mark.parametrize("share", ["a third", "1/0", "-20%", "1e-3"])
def test_a_share_is_a_fraction_a_percentage_or_a_number(share: object) -> None:
    with pytest.raises(ValueError, match="1/3"):
        rule(kind("deduct_per_item", item="n", deduct_share=share))
