"""青山县 2025, an invented county: the kinds of rule that no other pack uses, what must hold, and a finished filing
with mistakes planted in it."""

from collections import Counter
from fractions import Fraction

import pytest

from scoring.answersfiles.sets import read_set
from scoring.beside.overlay import lines_of
from scoring.checks import check
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.tree import Indicator
from templates.facts import Facts

CASES = OWN_PACKS / "qingshan-2025" / "cases"
OTHERS = ("hecheng-2020", "lieshan-2023", "guangshui-2024", "xundian-2023", "hengyang-2022")

# code, words of the sentence: each planted in department.printed.yaml
PLANTED = (
    ("RULE_SCORE", "“在职人员控制率”填了 4 分，按评分标准是 3 分"),
    ("TEXT_TABLE", "“总分”报告五写的是 78.3 分，表上是 76.3 分"),
    ("BAND", "等级是“良”，76.3 分应为“中”"),
    ("SAME_FACT", "“预算执行率”前后不一致：表上是 90%，报告二是 91%"),
    ("RATIO", "“结转结余率”写的是 8.89%，应为 85.6÷1070×100＝8%；像是分母用了“全年执行数” 963"),
    ("SUM", "“项目执行合计”写的是 62.65，应为 58.9＋33.75＝92.65万元"),
    ("SAME_FACT", "“编制数”前后不一致：表上是 60，报告一（二）是 61"),
    ("WEIGHT_SUM", "“效果”的分值写的是 15 分，8＋8＝16 分"),
    ("SCORE_SUM", "“效果”写的是 12 分，6＋6.8＝12.8 分"),
    ("WEIGHT_SUM", "“整张表”的分值写的是 100 分"),
    ("SUM", "报告三“项目预算”写的是 107，应为 62＋54＝116"),
    ("RATIO", "报告三“项目执行率”写的是 85.59%，应为 92.65÷107＝86.59%"),
    ("GROWTH", "报告二“公用经费”写的是 3.95%"),
    ("COUNT_OF", "“项目”写的是 3 个，列出的有 2 个"),
    ("NAME", "“项目名称”前后不一致：表上是“社区路灯更新”，报告三是“社区路灯维修”"),
    ("OVER_BUDGET", "在职 61 人超过编制 60 人"),
    ("ATTACHMENT", "缺 1 个：3.项目自评表"),
    ("SIGNOFF", "联系电话空着"),
    ("RULE_DIRECTION", "每降低1%按比例扣分"),
    ("NUMBERING", "“四、项目支出情况”"),
)


def rules_of(pack: str) -> set[str]:
    """The kinds of rule a pack uses, those inside others as well."""
    found: set[str] = set()

    def walk(rule: object) -> None:
        found.add(getattr(rule, "kind", ""))
        for inner in (getattr(rule, "rule", None), *getattr(rule, "rules", ())):
            if inner is not None:
                walk(inner)

    for folder in sorted((OWN_PACKS / pack).glob("*/form.yaml")):
        for place in load(f"{pack}/{folder.parent.name}").indicators:
            walk(place.indicator.rule)
    return found - {""}


def test_it_uses_the_kinds_of_rule_that_the_others_do_not() -> None:
    used = set().union(*(rules_of(pack) for pack in OTHERS))
    own = rules_of("qingshan-2025") - used
    assert own >= {
        "amplified",
        "count_ratio",
        "tiers",
        "choose_one",
        "pool",
        "coefficient",
        "points_per_reason",
        "deduct_per_finding",
        "pass_line",
        "over_fulfilment",
    }


def test_what_the_finished_filing_contradicts_is_found_and_nothing_else() -> None:
    form = load("qingshan-2025/department")
    file = read_set(form, CASES / "department.printed.yaml")
    findings = check(form, file.answers, file.printed)
    left = list(findings)
    for code, words in PLANTED:
        found = next((f for f in left if f.check == code and words in f.text), None)
        assert found is not None, f"{code}：{words}"
        left.remove(found)
    assert not left, [f"{f.check} {f.text}" for f in left]


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        ("declaration@road", {}),
        ("declaration@lamp", {"TARGET_FORM": 1}),  # 300盏 without a sign
        ("project@road", {"TARGET_MET": 3, "MISSING_TEXT": 1}),
        ("project@lamp", {"TARGET_MET": 4}),
        ("department", {"OVER_BUDGET": 1}),
        ("department@quiet", {"OVER_BUDGET": 1}),
    ],
)
def test_a_filing_as_it_should_be_has_nothing_left_open(case: str, codes: dict[str, int]) -> None:
    form = load(f"qingshan-2025/{case.partition('@')[0]}")
    file = read_set(form, CASES / f"{case}.yaml")
    assert Counter(f.check for f in check(form, file.answers, file.printed)) == codes


def test_points_are_cut_off_not_rounded_in_lines_of_goals_and_in_the_total() -> None:
    form = load("qingshan-2025/project")
    road = score(form, read_set(form, CASES / "project@road.yaml").answers)
    assert "97÷98×10 → 9.89 分" in road.line("quality").why  # 9.897
    department = load("qingshan-2025/department")
    quiet = score(department, read_set(department, CASES / "department@quiet.yaml").answers)
    left = Fraction(100) - 3  # 政府采购 does not apply and leaves the table
    exact = sum((Fraction(line.points) for line in quiet.lines if line.points is not None), Fraction(0)) * 100 / left
    assert Fraction(quiet.total) <= exact < Fraction(quiet.total) + Fraction(1, 100)


def test_an_indicator_that_left_the_table_has_lost_nothing() -> None:
    form = load("qingshan-2025/department")
    answers = read_set(form, CASES / "department@quiet.yaml").answers
    facts = Facts(form, answers, score(form, answers), "某某局")
    lost = {x["名称"]: x["理由"] for x in facts.losses()}
    assert "政府采购执行率" not in lost
    assert lost["社会效益"] == "多数群众反映出行方便了，两个小区还没有路灯"  # points by hand tell their own reason
    assert next(row["得分"] for row in facts.score_rows() if row["名称"] == "政府采购执行率") == "—"


def test_last_years_values_stand_beside_the_targets_that_arrive() -> None:
    form = load("qingshan-2025/project")
    file = read_set(form, CASES / "project@road.yaml")
    rows = lines_of(file.answers["goals"])
    assert [row.cells[4] for row in rows] == ["118公里", "36块", "96%", "12月20日", "5100元/公里", "11件", "逐步健全", "88%"]
    assert "2024年度" in file.brought["goals"].source
    assert "2025年度" in file.brought["goals"].source


def test_a_low_execution_rate_caps_the_total() -> None:
    form = load("qingshan-2025/project")
    answers = read_set(form, CASES / "project@lamp.yaml").answers
    caps = {cap.at_most: form.figures(answers).holds(cap.when) for cap in form.data.caps}
    assert {int(most): holds for most, holds in caps.items()} == {89: True, 79: False}


def test_every_indicator_says_what_it_means_in_plain_words() -> None:
    for name in ("project", "department"):
        for place in load(f"qingshan-2025/{name}").indicators:
            assert isinstance(place.indicator, Indicator)
            assert place.indicator.explain, place.indicator.id
            assert place.indicator.printed_rule, place.indicator.id


def test_the_pack_says_that_the_county_is_invented() -> None:
    assert any("虚构" in note for note in load("qingshan-2025/project").pack.notes)
