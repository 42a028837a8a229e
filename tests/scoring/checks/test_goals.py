"""Checks over tables of goals: what the filings of the seeds got wrong is found, what they got right is left alone."""

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.answersfiles.printed import Printed, Statement
from scoring.checks.declarations import declarations
from scoring.checks.finding import Finding
from scoring.checks.goalrows import GoalRow, goal_rows
from scoring.checks.goals import goals
from scoring.columns import Rows
from scoring.goals.attainment import assess
from scoring.goals.policy import Attainment
from scoring.goals.rates import bounded
from scoring.values import Row

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "targets.json").read_text(encoding="utf-8"))
USUAL = Attainment()


def row(
    name: str,
    target: str,
    actual: str | None = None,
    weight: str | None = "10",
    *,
    number: int = 1,
    tier: str | None = None,
    stated: str | None = None,
    note: str | None = None,
    earlier: tuple[str, ...] = (),
) -> GoalRow:
    block = None if weight is None else Decimal(weight)
    worth = None
    if actual is not None:
        worth = assess(USUAL, Fraction(block or 0), target, actual, tier, None, note)
    years = ("前年", "上年")[-len(earlier) :] if earlier else ()
    return GoalRow(
        number,
        name,
        target,
        actual,
        block,
        earned=worth.points if worth else None,
        stated=None if stated is None else Decimal(stated),
        note=note,
        earlier=tuple(zip(years, earlier, strict=True)),
        assessment=worth,
    )


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(f.check, f.severity) for f in findings]


def reached(*rows: GoalRow, weight: str | None = None) -> list[Finding]:
    return list(goals("goals", "产出指标", rows, None if weight is None else Decimal(weight)))


def promised(*rows: GoalRow, longer: tuple[GoalRow, ...] = ()) -> list[Finding]:
    return list(declarations("goals", "年度指标", rows, longer))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (row("参保人满意度", "≥98%", "≥98%"), [("ACTUAL_FORM", "需说明")]),
        (row("群众满意度", "100%", "达成预期指标"), [("ACTUAL_FORM", "需说明")]),
        (row("运转保障率", "≤核定单位数量", "32个", tier="达成"), [("ACTUAL_FORM", "需说明")]),
        (row("异地就医定点医疗机构增加数量", "100%", "100%"), [("ACTUAL_FORM", "需说明")]),
        (row("项目单项成本", "≤3000000", "3000000"), [("UNIT", "需说明")]),
        (row("", "", "达成预期指标", None), [("MISSING_INPUT", "需说明")]),
        (row("养老金发放及时率", "≥100%", "100%"), [("IMPOSSIBLE", "需说明")]),
        (row("养老金发放及时率", "＞100%", "100%", note="-"), [("IMPOSSIBLE", "错误"), ("TARGET_MET", "提示")]),
        (row("养老金发放及时率", "≥98%", "101%"), [("IMPOSSIBLE", "错误")]),
        (row("“三公经费”下降幅度", "≥5%", "120%"), [("IMPOSSIBLE", "错误")]),
        (row("参保人数", "≥5万人", "-1万人", note="差 6 万人"), [("IMPOSSIBLE", "错误"), ("TARGET_MET", "提示")]),
        (row("办件", "≥", None), [("TARGET_FORM", "错误")]),
        (row("群众满意", "≥95%", "98%", stated="9.8"), [("SCORE_ATTAIN", "需说明")]),
        (row("群众满意", "≥95%", "98%", stated="9.8", note="个别窗口排队"), []),
        (row("群众满意", "≥95%", "90%", stated="10", note="差5个百分点"), [("TARGET_MET", "提示"), ("SCORE_ATTAIN", "错误")]),
        (row("群众满意", "≥95%", "90%", stated="9", note="差5个百分点"), [("TARGET_MET", "提示"), ("RULE_SCORE", "错误")]),
        (row("群众满意", "≥95%", "90%", stated="9.47", note="差5个百分点"), [("TARGET_MET", "提示")]),
        (row("群众满意", "≥95%", "98%", stated="85"), [("SCORE_RANGE", "错误")]),
        (row("群众满意", "≥95%", "90%", note=""), [("TARGET_MET", "提示"), ("MISSING_INPUT", "需说明")]),
        (row("群众满意", "≥95%", "90%", note="人手不够"), [("TARGET_MET", "提示"), ("MISSING_TEXT", "提示")]),
        (row("公用经费控制率", "≤100%", "98%"), []),
        (row("长期保障", "长期", "长期", tier="达成"), []),
        (row("企业养老发放人数", "1--1.2万人", "1.1万人", stated="10"), []),
        (row("无", "无", "无", None), []),
    ],
)
def test_one_line_of_what_was_reached(one: GoalRow, expected: list[tuple[str, str]]) -> None:
    assert codes(reached(one)) == expected


def test_every_finding_leads_to_the_table_and_is_a_sentence_for_people() -> None:
    found = reached(row("参保人满意度", "≥98%", "≥98%"))[0]
    assert found.items == ("goals",)
    assert found.text == ("“参保人满意度”的实际完成值要改：“≥98%”是指标值的写法。实际完成值要写实际完成的数，例如 98%。")


def test_weights_add_up_to_what_the_table_must_carry() -> None:
    rows = (row("甲", "≥1个", "2个", "4"), row("乙", "≥1个", "2个", "5", number=2))
    assert codes(reached(*rows, weight="10")) == [("WEIGHT_SUM", "错误")]
    assert codes(reached(*rows, weight="9")) == []
    assert codes(reached(*rows, row("丙", "≥1个", None, None), weight="10")) == []  # its 分值 is still open


def test_the_same_weight_twice() -> None:
    whole, part = row("年度资金总额", "≥1万元", "2万元"), row("其中：本年财政拨款", "≥1万元", "2万元", number=2)
    assert ("DOUBLE_COUNT", "需说明") in codes(reached(whole, part))
    twice = (row("办件", "≥1个", "2个"), row("办件", "≥1个", "2个", number=2))
    assert ("DOUBLE_COUNT", "需说明") in codes(reached(*twice))


def test_what_reviewers_look_at_first() -> None:
    exact = [row(f"指标{n}", "≥10个", "10个", number=n) for n in range(1, 5)]
    assert codes(reached(*exact)) == [("ALL_ALIKE", "提示")]
    better = [row(f"指标{n}", "≥10个", "11个", number=n) for n in range(1, 5)]
    assert codes(reached(*better)) == [("ALL_ALIKE", "提示")]
    assert codes(reached(*better[:2])) == []


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (row("参保缴费人数", "≥17.5万人", earlier=("18.1万人", "18万人")), [("TARGET_TREND", "需说明")]),
        (row("高学历、高层次人才储备率", "≥0%", earlier=("0%", "0%")), [("TARGET_TREND", "需说明")]),
        (row("投诉率", "≤100%"), [("TARGET_TREND", "需说明")]),
        (row("财政补助", "≥6857万元", earlier=("0万元", "5744万元")), []),
        (row("代缴保险费", "≤144.06万元", earlier=("0万元", "130万元")), []),
        (row("办结天数", "≤6天", earlier=("5天",)), [("TARGET_TREND", "需说明")]),
        (row("培训次数", "≥10次", earlier=("4次",)), [("TARGET_TREND", "提示")]),
        (row("培训次数", "≥10次", earlier=("",)), []),
        (row("“三公经费”变动率", "≤0%", earlier=("-1%", "-2%")), [("TARGET_TREND", "需说明")]),
        (
            row("增加个人账户余额，提高待遇", "增加个人账户余额,提高待遇", earlier=("增加个人账户余额，提高待遇",)),
            [("COLUMN", "错误")],
        ),
        (row("代缴率", "≥100%"), [("IMPOSSIBLE", "需说明")]),
        (row("运转单位", "≤核定单位数量"), [("TARGET_FORM", "需说明")]),
        (row("培训", "举办培训3次"), [("TARGET_FORM", "提示")]),
        (row("", ""), []),
        (row("非税收入预算完成率", "无", earlier=("无", "无")), []),
    ],
)
def test_one_line_of_what_is_promised(one: GoalRow, expected: list[tuple[str, str]]) -> None:
    assert codes(promised(one)) == expected


def test_a_weaker_target_says_what_it_is_weaker_than() -> None:
    found = promised(row("参保缴费人数", "≥17.5万人", earlier=("18.1万人", "18万人")))[0]
    assert found.text == "“参保缴费人数”的指标值 ≥17.5万人 比前年 18.1万人、上年 18万人 还低，请说明原因"


def test_bare_numbers_beside_comparisons_and_a_long_term_like_the_year() -> None:
    bare = row("预算调整率", "0%"), row("控制率", "≤100%")
    assert codes(promised(*bare)) == [("TARGET_FORM", "提示")]
    assert codes(promised(bare[0])) == []
    longer = (row("参保缴费人数", "≥17.5万人"),)
    assert codes(promised(row("参保缴费人数", "≥17.5 万人"), longer=longer)) == [("TARGET_TREND", "提示")]
    assert codes(promised(row("参保缴费人数", "≥17万人"), longer=longer)) == []
    assert codes(promised(row("控制率", "≤100%"), longer=(row("控制率", "≤100%"),))) == []  # no year can promise more


def test_the_declaration_of_2024_has_the_findings_it_should() -> None:
    yearly = [row(r["name"], r["target"], number=n) for n, r in enumerate(_of("S002-Y"), 1)]
    longer = [row(r["name"], r["target"], number=n) for n, r in enumerate(_of("S002-L"), 1)]
    found = promised(*yearly, longer=tuple(longer))
    told = {(f.check, f.text.partition("”")[0].lstrip("“")) for f in found}
    assert ("IMPOSSIBLE", "养老金发放及时率") in told
    assert ("IMPOSSIBLE", "为困难群体人员代缴城乡居民养老保险率") in told
    assert ("TARGET_TREND", "高学历、高层次人才储备率") in told
    assert sum(f.check == "COLUMN" for f in found) == 3
    assert sum(f.check == "IMPOSSIBLE" for f in found) == 2
    assert sum(f.check == "TARGET_FORM" for f in found) == 1
    assert sum(f.check == "TARGET_TREND" for f in found) == 2  # the trivial one, and the long term like the year


def _of(prefix: str) -> list[dict[str, str]]:
    return [r for r in GOLDEN if r["id"].startswith(prefix)]


@pytest.mark.parametrize(
    ("name", "is_bounded"),
    [
        ("养老金发放及时率", True),
        ("参保人满意度", True),
        ("经费支出合规律", True),
        ("在职人员控制率", False),
        ("“三公经费”变动率", False),
        ("参保人数增长率", False),
        ("工作效率", False),
        ("参保人数", False),
    ],
)
def test_shares_of_a_whole(name: str, is_bounded: bool) -> None:
    assert bounded(name, "%") is is_bounded
    assert not bounded(name, "人")


COLUMNS = [
    {"id": "name", "label": "三级指标", "type": "text"},
    {"id": "target", "label": "年度指标值", "type": "target"},
    {"id": "actual", "label": "实际完成值", "type": "actual"},
    {"id": "weight", "label": "分值", "type": "weight"},
    {"id": "points", "label": "得分", "type": "points"},
]


def test_lines_of_a_form_with_cells_as_a_finished_filing_prints_them() -> None:
    item = Rows.model_validate({"id": "goals", "type": "rows", "label": "产出", "columns": COLUMNS, "attainment": {}})
    rows = (
        Row(("企业养老发放人数", "1--1.2万人", "1.1万人", Decimal(10), None)),
        Row(("机关养老发放人数", "0.3--0.4万人", "0.37万人", "", None)),
        Row(("满意度", "≥98%", None, Decimal(10), None)),
    )
    printed = Printed(
        {k: (Statement(v),) for k, v in (("goals.1.points", "9"), ("goals.2.points", "1"), ("goals.3.actual", "≥98%"))}
    )
    made = goal_rows(item, rows, printed)
    assert [(r.block, r.shared, r.earned, r.stated) for r in made] == [
        (Decimal(10), False, Fraction(10), Decimal(9)),
        (None, True, None, Decimal(1)),
        (Decimal(10), False, None, None),
    ]
    assert made[2].actual == "≥98%"
    assert codes(reached(*made, weight="20")) == [
        ("SCORE_ATTAIN", "需说明"),
        ("DOUBLE_COUNT", "需说明"),
        ("ACTUAL_FORM", "需说明"),
    ]
