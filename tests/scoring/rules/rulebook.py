"""Items and one rule of every kind (composed ones in several shapes) for the tests of rules; not a test itself."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st
from pydantic import TypeAdapter

from scoring.answers import Answer, Figures, State, given
from scoring.formula import Inapplicable, Missing, Undefined
from scoring.items import Item
from scoring.rules import AnyRule
from scoring.rules.base import Rule, Verdict
from scoring.values import ExternalScore, ManualScore, Row

RULES: TypeAdapter[Rule] = TypeAdapter(AnyRule)
ITEMS_READ: TypeAdapter[Item] = TypeAdapter(Item)
WEIGHT = Fraction(10)

ITEMS: dict[str, Item] = {
    i["id"]: ITEMS_READ.validate_python(i)
    for i in (
        {"id": "x", "type": "money", "label": "数", "min": None},
        {"id": "y", "type": "money", "label": "另一个数", "min": None},
        {"id": "n", "type": "instances", "label": "例数"},
        {"id": "people", "type": "count", "label": "人数"},
        {
            "id": "list",
            "type": "checklist",
            "label": "要点",
            "criteria": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}, {"id": "c", "text": "丙", "bad": True}],
        },
        {
            "id": "tier",
            "type": "choice",
            "label": "档次",
            "options": [{"id": "good", "text": "达成"}, {"id": "part", "text": "部分达成"}, {"id": "bad", "text": "未达成"}],
        },
        {
            "id": "lines",
            "type": "rows",
            "label": "事项",
            "columns": [
                {"id": "name", "label": "名称", "type": "text"},
                {"id": "plan", "label": "计划"},
                {"id": "done", "label": "完成"},
                {"id": "off", "label": "扣分", "type": "number", "optional": True},
            ],
        },
        {"id": "outside", "type": "external_score", "label": "绩效办得分"},
        {"id": "by_hand", "type": "manual_score", "label": "自评", "max": 10},
    )
}


def kind(name: str, **parameters: object) -> dict[str, object]:
    return {"kind": name, **parameters}


DIRECT = kind("proportional", metric="x", unit="percent")
STEP = kind("ratio_step", metric="x", unit="percent", target=100, direction="below", step=5, deduct=1, rounding="floor")
EDGES = {
    "80/60": [("good", 80, 100), ("part", 60, 80), ("bad", 0, 60)],
    "80/50": [("good", 80, 100), ("part", 50, 80), ("bad", 0, 50)],
    "fixed": [("good", 100, 100), ("part", 60, 60), ("bad", 0, 0)],
}


def tiers(edges: str) -> dict[str, object]:
    return kind("tiers", item="tier", tiers=[{"option": o, "from": low, "to": high} for o, low, high in EDGES[edges]])


C116 = kind(
    "bands",
    metric="x",
    unit="number",
    bands=[{"from": 100, "points": 10}, {"from": 95, "to": 100, "share": "x / 100"}, {"to": 95, "share": "0.95"}],
)
AROUND = kind(
    "bands",
    metric="x",
    unit="percent",
    target=100,
    bands=[
        {"to": 5, "edges": "both", "points": 10},
        {"from": 5, "to": 10, "edges": "both", "points": 5},
        {"from": 10, "points": 0},
    ],
)
TWO_RANGES = kind(
    "bands",
    metric="x",
    unit="percent",
    bands=[
        {"from": 90, "to": 110, "edges": "both", "points": 10},
        {"ranges": [{"from": 80, "to": 90}, {"from": 110, "to": 120, "edges": "both"}], "points": 6},
        {"ranges": [{"to": 80}, {"from": 120}], "points": 0},
    ],
)
BOOK: Mapping[str, dict[str, object]] = {
    "checklist": kind("checklist_add", item="list", points=[5, 3, 2]),
    "deduct": kind("deduct_per_item", item="n", deduct=2),
    "deduct third": kind("deduct_per_item", item="n", deduct_share="1/3"),
    "deduct fifth": kind("deduct_per_item", item="people", deduct_share="20%", zero_at=3),
    "deduct formula": kind("deduct_per_item", count="x - y", deduct=3),
    "deduct list": kind("deduct_per_item", item="list", deduct_share="1/3"),
    "finding": kind("deduct_per_finding", item="lines", deduct=4),
    "step": STEP,
    "strict": {**STEP, "target": 50, "rounding": "ceil", "strict": True},
    "direct": DIRECT,
    "inverse": {**DIRECT, "reading": "inverse"},
    "mirrored": {**DIRECT, "reading": "mirrored"},
    "to target": kind("proportional", metric="x", target="y", unit="number"),
    "to target, less": kind("proportional", metric="x", target="y", unit="number", reading="inverse"),
    "linear": kind("interval_linear", metric="x / y", full_at=100, zero_at=80),
    "C116": C116,
    "around": AROUND,
    "two ranges": TWO_RANGES,
    "all": kind("all_or_nothing", condition="x > 90", goal="高于 90"),
    "by hand": kind("all_or_nothing", condition="x > 90", goal="高于 90", otherwise="by_hand"),
    "converted": kind("converted", item="outside", mode="scale"),
    "discretionary": kind("discretionary", item="by_hand"),
    "amplified": kind("amplified", metric="x / y", target=100, direction="both", k=2, cutoff=30),
    "amplified number": kind("amplified", metric="x", unit="number", target=5, direction="above", k="0.25"),
    "rows in window": kind("count_ratio", item="lines", value="done / plan", **{"from": 80, "to": 120}),
    "figures in window": kind("count_ratio", figures=["x / y", "n / people"], **{"from": 50}),
    "tiers": tiers("80/60"),
    "old tiers": tiers("80/50"),
    "fixed tiers": tiers("fixed"),
    "reasons": kind("points_per_reason", item="lines", points="off", reason="name"),
    "one of": kind(
        "choose_one",
        item="tier",
        rules=[{"option": "good", "rule": DIRECT}, {"option": "part", "rule": tiers("80/60")}, {"rule": STEP}],
    ),
    "one by condition": kind("choose_one", rules=[{"when": "x > y", "rule": DIRECT}, {"when": "x < y", "rule": STEP}]),
    "pool": kind(
        "pool",
        rules=[
            {"name": "数量", "share": 6, "rule": DIRECT},
            {"name": "质量", "share": "2.5", "rule": tiers("80/60")},
            {"name": "时效", "share": "1.5", "rule": kind("deduct_per_item", item="n", deduct_share="1/3")},
        ],
    ),
    "equal pool": kind(
        "pool",
        rules=[
            {"name": "甲", "rule": kind("all_or_nothing", condition="x >= 0", goal="不为负")},
            {"name": "乙", "rule": kind("deduct_per_item", item="n", deduct_share="1/2")},
            {"name": "丙", "rule": tiers("fixed")},
        ],
    ),
    "coefficient": kind("coefficient", coefficient="y / 100", rule=DIRECT),
    "coefficient by hand": kind("coefficient", coefficient="y", rule=tiers("80/50")),
    "pass line": kind("pass_line", share="60%", rule=DIRECT),
    "pass line by hand": kind("pass_line", share="0.7", rule=tiers("80/60")),
    "over, reason": kind("over_fulfilment", metric="x / y", flag=120, reason=130, rule=DIRECT),
    "over, deduct": kind("over_fulfilment", metric="x / y", flag=120, reason=130, deduct=2, rule=tiers("80/60")),
    "over, unmet": kind("over_fulfilment", metric="x / y", reason=130, unmet=True, rule=tiers("fixed")),
    "deep": kind(
        "pool",
        rules=[
            {
                "name": "一",
                "share": 5,
                "rule": kind("pass_line", share="1/2", rule=kind("coefficient", coefficient="y", rule=STEP)),
            },
            {
                "name": "二",
                "share": 5,
                "rule": kind("choose_one", rules=[{"when": "x > 0", "rule": tiers("80/60")}, {"rule": DIRECT}]),
            },
        ],
    ),
}

NUMBER = st.one_of(
    st.integers(-200, 300).map(Decimal),
    st.decimals(-150, 250, places=2),
    st.sampled_from([Decimal(0), Decimal(100), Decimal("99.999"), Decimal(10) ** 16, -(Decimal(10) ** 16)]),
)
NOT = st.just(Answer(State.NOT_APPLICABLE))
CELL = st.one_of(st.none(), NUMBER)
LINE = st.builds(lambda name, a, b, c: Row((name, a, b, c)), st.sampled_from(["事", None]), CELL, CELL, CELL)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "x": st.one_of(NUMBER.map(given), NOT),
        "y": st.one_of(NUMBER.map(given), NOT),
        "n": st.one_of(st.integers(0, 10**9).map(lambda n: given(Decimal(n))), NOT),
        "people": st.integers(0, 20).map(lambda n: given(Decimal(n))),
        "list": st.lists(st.sampled_from("abc"), unique=True).map(lambda x: given(tuple(x))),
        "tier": st.one_of(st.sampled_from(["good", "part", "bad"]).map(given), NOT),
        "lines": st.lists(LINE, max_size=5).map(lambda rows: given(tuple(rows))),
        "outside": st.builds(lambda a, b: given(ExternalScore(min(a, b), b, "绩效办")), *[st.integers(0, 99).map(Decimal)] * 2),
        "by_hand": st.integers(0, 10).map(lambda n: given(ManualScore(Decimal(n), "有理由"))),
    },
)


def rule(data: Mapping[str, object]) -> Rule:
    return RULES.validate_python(data)


def judge(data: Mapping[str, object], answers: Mapping[str, Answer]) -> Verdict | None:
    """The verdict; None where a figure is missing, inapplicable or undefined, which the scorecard turns into a question."""
    try:
        return rule(data).verdict(WEIGHT, Figures(ITEMS, answers))
    except (Missing, Inapplicable, Undefined):
        return None
