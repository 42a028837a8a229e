"""衡阳 2022: every printed score or the finding that explains it, every contradiction of the print, and what must hold."""

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.answersfiles.file import read_answers
from scoring.answersfiles.printed import number_in
from scoring.checks import Finding, check
from scoring.form import Form
from scoring.items import Date, Person, Phone, YesNo
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import judge, score

CASES = OWN_PACKS / "hengyang-2022" / "cases"

# code, words of the sentence: what the filing contradicts, with the line of the print where it has one
WRONG = (
    ("SUM", "年初支出预算各类合计 38578.47 万元，年初预算 38706.47 万元"),
    ("SUM", "“三公经费（当年预算数）”写的是 6.77"),
    ("RATIO", "L50）“执行率”写的是 100%，应为 1095.69÷38706.47＝2.83%"),
    ("GROWTH", "增加53.93%”算不出来，（38706.47－704.59）÷704.59＝5393.47%；像是忘了乘 100"),
    ("GROWTH", "增加45%”算不出来，（38706.47－840.1）÷840.1＝4507.36%；像是忘了乘 100"),
    ("GROWTH", "“全年支出”按写的增减额倒推，上年是 887，但上年数在别处是 942.29"),
    ("GROWTH", "按写的增减额倒推，上年是 5.96，但上年数在别处是 3.3"),
    ("BALANCE", "1043.84 和 1095.69，相差 51.85"),
    ("BALANCE", "＝-51.85，年末写的是 28"),
    ("BALANCE", "704.59 和 840.1，相差 135.51"),
    ("BALANCE", "852.25 和 852.35，相差 0.1"),
    ("SAME_FACT", "“全年执行数”前后不一致：表上是 1095.69，报告一（四）（L50）是 38706.47"),
    ("SAME_FACT", "表上是 2.33，报告二（二）“支出按经济分类科目分析”和“三公”一段（L66、L76）是 3.32"),
    ("SAME_FACT", "“公车运行维护 当年决算数”前后不一致：表上是 1.66，报告二（二）（L66、L76）是 2.04"),
    ("SAME_FACT", "“其他资金 全年执行数”前后不一致：表上是 96.87，报告二（二）其他收入（L72）是 45.02"),
    ("TEXT_TABLE", "卫健局"),
    ("TEXT_TABLE", "可持续影响指标"),
    ("RULE_SCORE", "“预算执行率”填了 7 分，按评分标准是 0.28 分"),
    ("SCORE_ATTAIN", "“合格率”完成了指标值（100%），得分 19.8 分"),
    ("SCORE_ATTAIN", "“工作正常开展”完成了指标值（100%），得分 9.8 分"),
    ("SCORE_ATTAIN", "得分 9.9 分"),
    ("SCORE_ATTAIN", "“群众满意”完成了指标值（98%），得分 9.8 分"),
    ("BAND", "L50）的等级“优”不在等级表里"),
    ("BAND", "L104）的等级“优”不在等级表里"),
    ("NAME", "第 1 行的名称写的是“100%”"),
    ("NAME", "第 3 行的名称写的是“100%”"),
    ("COUNT_OF", "“产出指标的二级指标”写的是 4 个，列出的有 3 个"),
    ("NUMBERING", "没有编号"),
    ("NUMBERING", "编号不连续"),
    ("COLUMN", "“公务接待（当年决算数）” 1.92 和“公务接待（当年预算数）” 0.67 像是填反了"),
    ("COLUMN", "基本支出的预算数填的是全部预算"),
    ("MISSING_INPUT", "“公务用车购置和维护经费（当年决算数）”空着，应为 0＋1.66＝1.66万元"),
    ("MISSING_INPUT", "“厉行节约保障措施”还没有填"),
    ("TEXT_LOGIC", "比上增加年减少"),
    ("TEXT_LOGIC", "“项目支出增加”当作原因，可项目支出决算是 0 万元"),
    ("TEXT_LOGIC", "社保基金代发项目资金未列入预算支出"),
    ("TEXT_LOGIC", "基本完成各项工作目标和任务"),
    ("TEXT_LOGIC", "无社会保险基金预算支出"),
    ("DUP_TEXT", "2022年度‘三公’经费3.32万元"),
    ("DUP_TEXT", "保障职工工资福利待遇及单位正常运转经费支出"),
    ("TYPO", "严按照"),
    ("TYPO", "明细帐"),
)
# How many the analysis of the filing counts for each check; the checks may find more, never fewer.
AT_LEAST = {
    "SUM": 2, "RATIO": 1, "GROWTH": 4, "BALANCE": 3, "SAME_FACT": 3, "TEXT_TABLE": 1, "RULE_SCORE": 1, "SCORE_ATTAIN": 1,
    "BAND": 2, "NAME": 1, "COUNT_OF": 1, "NUMBERING": 2, "COLUMN": 2, "MISSING_INPUT": 1, "TEXT_LOGIC": 4, "DUP_TEXT": 1,
    "TYPO": 1,
}  # fmt: skip
# Code and pattern of sentences that would call something wrong that holds.
HOLDS = (
    ("RATIO", r"控制率|写的是 (?:84|3)%"),
    ("SUM", r"写的是 (?:1043\.84|1095\.69|2\.33|3\.32|3\.30|887\.08|96\.3)\b"),
    ("GROWTH", r"写的是 -?(?:18|24|17|44)%"),
    ("SCORE_SUM", r""),
    ("WEIGHT_SUM", r""),
    ("BAND", r"96\.3 分应为|表上的等级"),
    ("ATTACHMENT", r""),
    ("DOUBLE_COUNT", r""),
    ("SAME_FACT", r"编制数|在职人数|总分|全年预算数|人员经费|公用经费"),
)


@pytest.fixture(scope="module")
def form() -> Form:
    return load("hengyang-2022/department")


@pytest.fixture(scope="module")
def found(form: Form) -> tuple[Finding, ...]:
    file = read_answers(form, CASES / "department.printed.yaml")
    return check(form, file.answers, file.printed)


@pytest.mark.parametrize(("code", "words"), WRONG)
def test_a_contradiction_of_the_print_is_found(found: tuple[Finding, ...], code: str, words: str) -> None:
    assert any(f.check == code and words in f.text for f in found)


def test_no_check_finds_fewer_than_the_analysis_counts(found: tuple[Finding, ...]) -> None:
    counted = Counter(f.check for f in found)
    assert {code: counted[code] for code in AT_LEAST if counted[code] < AT_LEAST[code]} == {}


def test_nothing_that_holds_is_called_wrong(found: tuple[Finding, ...]) -> None:
    assert [f.text for f in found for code, wrong in HOLDS if f.check == code and re.search(wrong, f.text)] == []


def test_every_printed_score_comes_out_except_that_of_the_execution_rate(form: Form) -> None:
    answers = read_answers(form, CASES / "department.yaml").answers
    card = score(form, answers)
    printed = read_answers(form, CASES / "department.printed.yaml").printed
    assert printed is not None
    stated = {k: number_in(printed.stated(k) or "") for k in ("output", "effect", "satisfied")}
    assert {k: card.subtotals[k].points for k in stated} == stated
    lines = [part.points for place in form.indicators for part in judge(form, place.indicator, answers).parts]
    assert lines == [Fraction(n) for n in ("20", "19.8", "10", "10", "9.8", "9.9", "9.8")]
    assert (card.subtotals["money"].points, printed.stated("fund")) == (Decimal("0.28"), "7")
    assert (card.total, card.grade) == (Decimal("89.58"), "良好")
    assert (printed.stated("total"), printed.stated("grade")) == ("96.3", "优秀")


def test_nothing_is_wrong_in_the_filing_as_the_rules_have_it(form: Form) -> None:
    file = read_answers(form, CASES / "department.yaml")
    assert [f.text for f in check(form, file.answers) if f.severity != "提示"] == []


def test_every_question_has_help_a_source_and_a_good_and_a_bad_answer(form: Form) -> None:
    for item in form.items.values():
        if item.id in form.silent:
            continue
        assert item.help, item.id
        assert item.good, item.id
        if not isinstance(item, Person | Phone | Date):
            assert item.source, item.id
            assert item.bad or isinstance(item, YesNo), item.id


def test_last_years_figures_are_the_same_facts(form: Form) -> None:
    """The filing printed three different figures for one year gone by: they arrive, so that there is only one."""
    arriving = {a.item: a.value for a in form.data.arrivals}
    assert arriving == {
        "initial_prior": "initial_total",
        "basic_prior": "basic_total",
        "fiscal_spending_prior": "fund_general.executed",
        "opening_balance": "closing_total",
    }
