"""The declaration of targets: what a clerk should have filed agrees with itself; every contradiction of the print is found."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from scoring.answers import Answer, given
from scoring.answersfiles.file import read_answers
from scoring.cells import rows_in
from scoring.checks import Finding, check
from scoring.columns import Rows
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.packs.compiling import for_year
from scoring.scorecard import score
from scoring.values import Row
from tests.scoring.forms.golden_findings import UNDECIDABLE, false_alarms, missing

CASES = OWN_PACKS / "guangshui-2024" / "cases"
GROUPS = ("cost", "management", "duty", "social", "sustain", "satisfaction")


@pytest.fixture(scope="module")
def form() -> Form:
    return load("guangshui-2024/declaration")


@pytest.fixture(scope="module")
def consistent(form: Form) -> Mapping[str, Answer]:
    return read_answers(form, CASES / "declaration.yaml").answers


@pytest.fixture(scope="module")
def printed(form: Form) -> tuple[Finding, ...]:
    file = read_answers(form, CASES / "declaration.printed.yaml")
    return check(form, file.answers, file.printed)


def test_years_around_the_year_of_the_pack_are_filled_in() -> None:
    text = "{year-2}、{last_year}、{year}、{next_year}、{year+2}，{left} 和 {year-x} 不动"
    assert for_year(text, 2024) == "2022、2023、2024、2025、2026，{left} 和 {year-x} 不动"


def test_what_the_unit_should_have_filed_has_nothing_wrong_in_it(form: Form, consistent: Mapping[str, Answer]) -> None:
    findings = check(form, consistent)
    assert [f.text for f in findings if f.severity != "提示"] == []
    assert [f.check for f in findings] == ["TARGET_TREND"], "the subsidies of 2023 are new to the budget and want a word"


def test_a_form_without_indicators_has_no_total_and_no_grade(form: Form, consistent: Mapping[str, Answer]) -> None:
    card = score(form, consistent)
    assert (card.lines, card.total, card.weight, card.grade) == ((), 0, 0, "")


def test_all_44_indicators_stand_in_both_tables(form: Form) -> None:
    answers = read_answers(form, CASES / "declaration.printed.yaml").answers
    for kind in ("long", "annual"):
        assert sum(len(rows_in(answers[f"{kind}_{g}"].value)) for g in GROUPS) == 44


def test_most_lines_stand_ready_and_few_of_their_cells_are_asked(form: Form) -> None:
    """What a clerk types for the lines common to all units: a word for four of 33 targets, and the figures of two years."""
    ready = [form.items[f"long_{g}"] for g in GROUPS]
    lines = [line for item in ready if isinstance(item, Rows) for line in item.start]
    assert len(lines) == 33
    assert sum(cell is None for line in lines for cell in line) == 4
    tables = [(form.items[f"annual_{g}"], form.items[f"long_{g}"]) for g in GROUPS]
    for annual, longer in tables:
        assert isinstance(annual, Rows)
        assert isinstance(longer, Rows)
        assert annual.copies == longer.id
        at, place = annual.position("name"), longer.position("name")
        assert [line[at] for line in annual.start] == [line[place] for line in longer.start]


def test_every_decidable_finding_of_the_print_is_found_and_nothing_that_holds_is_called_wrong(
    printed: tuple[Finding, ...],
) -> None:
    assert missing(printed, "002", "T") == []
    assert false_alarms(printed, "002") == []
    assert {k: v for k, v in UNDECIDABLE.items() if k.startswith("S002")} == {
        "S002-F18": "没有印预算年度，以及年中填的上年数是不是准数，表上看不出",
        "S002-F21": "没有设的指标可以空着，是不是漏填要人判断",
        "S002-F26": "文字提取时留下的痕迹，不是表的错，不应报告",
    }


@pytest.mark.parametrize(
    ("finding", "code", "words"),
    [
        ("F01", "RATIO", ("财政拨款占比", "99.8%", "99.86%")),
        ("F02", "PERCENT_SUM", ("收入构成", "99.9%", "100%")),
        ("F03", "RATIO", ("运转类", "0.1%", "0.06÷6961.77")),
        ("F04", "RATIO", ("特定目标类", "98.2%", "98.27%")),
        ("F05", "SUM", ("总预算", "6788.12", "6841.32")),
        ("F06", "SUM", ("本年预算", "6774.06", "6841.32")),
        ("F07", "SAME_FACT", ("6857", "6587")),
        ("F08", "TARGET_BUDGET", ("6857", "6841.32")),
        ("F08", "TARGET_BUDGET", ("6857＋144.06＝7001.06",)),
        ("F09", "SAME_FACT", ("144.06", "130")),
        ("F10", "SUM", ("5744＋130＝5874", "5846.33")),
        ("F11", "IMPOSSIBLE", ("养老金发放及时率", "≥100%")),
        ("F11", "IMPOSSIBLE", ("代缴城乡居民养老保险率", "≥100%")),
        ("F12", "TARGET_TREND", ("17.5万人", "18.1万人", "18万人")),
        ("F13", "TARGET_TREND", ("人才储备率", "≥0%")),
        ("F14", "TARGET_TREND", ("履职效能", "和长期指标值一样")),
        ("F15", "COLUMN", ("提升服务质量", "填的是指标名称")),
        ("F15", "COLUMN", ("增加享受人员", "填的是指标名称")),
        ("F15", "COLUMN", ("对困难群体人员", "填的是指标名称")),
        ("F16", "COLUMN", ("第 5 行没有指标", "第 3、4 行")),
        ("F16", "MISSING_INPUT", ("第 3 行的指标值确定依据", "第 4 行的指标分类")),
        ("F17", "PLACEHOLDER", ("前_年",)),
        ("F17", "PLACEHOLDER", ("上_年",)),
        ("F19", "NAME", ("“上级部门”", "“上级部门满意度”")),
        ("F20", "DUP_TEXT", ("长期目标", "年度目标")),
        ("F22", "TARGET_FORM", ("没有写 ≥、≤ 或 =",)),
        ("F23", "TARGET_TREND", ("5950.81", "167.88")),
        ("F24", "SIGNOFF", ("单位领导审签（公章）",)),
        ("F25", "TYPO", ("本年年",)),
        ("F25", "TYPO", ("财务管理制，会计", "财务管理制度，会计")),
    ],
)
def test_a_contradiction_of_the_print_is_told_in_these_words(
    printed: tuple[Finding, ...], finding: str, code: str, words: tuple[str, ...]
) -> None:
    assert any(f.check == code and all(w in f.text for w in words) for f in printed), finding


def test_sums_and_shares_that_hold_are_not_mentioned(printed: tuple[Finding, ...]) -> None:
    told = "\n".join(f.text for f in printed if f.check in ("SUM", "BALANCE", "RATIO"))
    for right in ("收入合计", "支出合计", "单位资金占比", "人员类项目支出占比", "财政专户"):
        assert right not in told


def test_what_pages_cut_apart_is_not_called_wrong(printed: tuple[Finding, ...]) -> None:
    assert not any("绩效基本 本型" in f.text or ("分类" in f.text and "中长期规划" in f.text) for f in printed)


@pytest.mark.parametrize(
    ("item", "row", "column", "typed", "code"),
    [
        ("annual_duty", 0, "target", "≥6640.3万元", "SAME_FACT"),
        ("annual_duty", 3, "target", "≤144.07万元", "SAME_FACT"),
        ("annual_duty", 1, "target", "≥100%", "IMPOSSIBLE"),
        ("annual_duty", 2, "target", "≥17.5万人", "TARGET_TREND"),
        ("annual_duty", 0, "last", "5717万元", "SUM"),
        (
            "annual_social",
            0,
            "target",
            "提升服务质量，规范经办流程，提高工作效率，保障城乡居民养老保险经办机构稳定发展",
            "COLUMN",
        ),
        ("annual_satisfaction", 1, "name", "上级部门", "NAME"),
        ("annual_management", 18, "target", "财务核算符合国家财政法规和财务管理制，会计信息资料真实、准确、完整", "TYPO"),
    ],
)
def test_one_wrong_cell_is_found(
    form: Form, consistent: Mapping[str, Answer], item: str, row: int, column: str, typed: str, code: str
) -> None:
    table = form.items[item]
    assert isinstance(table, Rows)
    rows = list(rows_in(consistent[item].value))
    cells = list(rows[row].cells)
    cells[table.position(column)] = typed
    rows[row] = Row(tuple(cells))
    before = {f.text for f in check(form, consistent)}
    fresh = [f for f in check(form, {**consistent, item: given(tuple(rows))}) if f.text not in before]
    assert code in {f.check for f in fresh}, fresh
    assert all(item in f.items for f in fresh)


def test_an_indicator_of_ones_own_is_not_called_misnamed(form: Form, consistent: Mapping[str, Answer]) -> None:
    rows = rows_in(consistent["annual_satisfaction"].value)
    own = Row(("服务对象满意度", "经办窗口投诉办结率", "=100%", "100%", "100%", "其他标准", "绩效创新型"))
    answers = {**consistent, "annual_satisfaction": given((*rows, own))}
    assert [f.check for f in check(form, answers)] == ["TARGET_TREND"]


def test_a_budget_that_does_not_balance_is_told_at_once(form: Form, consistent: Mapping[str, Answer]) -> None:
    row = Row((Decimal("6951.78"), Decimal("167.88"), Decimal("5950.81")))
    found = check(form, {**consistent, "fiscal": given(row)})
    assert any(f.check == "BALANCE" and "6961.78" in f.text and "6961.77" in f.text for f in found)
