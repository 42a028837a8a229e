"""寻甸 2023 as printed: the checker finds each contradiction of the public filing, and nothing wrong in what holds."""

from collections import Counter

import pytest

from scoring.answersfiles.file import read_answers
from scoring.checks import Finding, check
from scoring.loading import OWN_PACKS, load

CASE = OWN_PACKS / "xundian-2023" / "cases" / "department.printed.yaml"


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    form = load("xundian-2023/department")
    file = read_answers(form, CASE)
    return check(form, file.answers, file.printed)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        # sums, rates and growth
        ("SUM", ("8350.48", "8523.377")),  # the four functions listed are not all of the basic expenditure
        ("SUM", ("财政拨款收入", "8555.17", "8555.77")),
        ("SUM", ("企业离退休人数", "3690", "3694", "离休")),
        ("SUM", ("基金支出", "40521.18", "40484.34")),
        ("GROWTH", ("年初预算收入数", "3.86%", "4.77%", "附件6的年初预算")),
        ("GROWTH", ("6.62%", "6.26%", "数字颠倒")),
        ("GROWTH", ("三公", "227.27%", "200%")),
        ("IMPOSSIBLE", ("482.57%",)),
        ("ROUNDING", ("8523.37", "8523.38")),
        ("ROUNDING", ("支出合计", "8555.77", "8555.78")),
        ("BALANCE", ("基金收支的口径", "52209.91", "40521.18")),
        # one fact, one value
        ("SAME_FACT", ("年初预算", "8555.17", "8480.61")),
        ("SAME_FACT", ("对个人和家庭的补助", "8176.36", "8151.45")),
        ("SAME_FACT", ("29.20", "27.6064")),
        ("SAME_FACT", ("综合得分", "99.5", "99%")),
        ("SAME_FACT", ("2.4150", "24315")),
        ("SAME_FACT", ("21 人", "19 人")),
        ("SAME_FACT", ("内部控制基本制度", "内控制度管理办法")),
        ("SAME_FACT", ("仁德街道办", "仁德社保中心")),
        ("SAME_FACT", ("A11 的分值", "2分", "100分")),
        # weights
        ("WEIGHT_SUM", ("“B部门管理”", "20 分", "16 分")),
        ("WEIGHT_SUM", ("“B1预算管理”", "7 分", "3 分")),
        ("WEIGHT_SUM", ("“C部门绩效”", "45 分", "49 分")),
        ("WEIGHT_SUM", ("“C1部门产出”", "2 分", "18 分")),
        ("WEIGHT_SUM", ("“C2部门效果”", "21 分", "25 分")),
        ("WEIGHT_SUM", ("部门管理总评价分", "20", "19")),
        ("WEIGHT_SUM", ("部门绩效总评价分", "45", "49")),
        # scores of the text
        ("SCORE_SUM", ("A2部门职能", "8 分", "9 分")),
        ("SCORE_SUM", ("“A部门决策”", "33 分", "32 分")),
        ("SCORE_SUM", ("B1预算管理", "6 分", "5 分")),
        ("SCORE_SUM", ("B3人力资源管理", "1 分", "2 分")),
        ("SCORE_SUM", ("“B部门管理”", "17 分", "18 分")),
        ("SCORE_SUM", ("C2部门效果", "25 分", "24 分")),
        ("SCORE_SUM", ("“C部门绩效”", "44 分", "49 分")),
        ("SCORE_SUM", ("总分", "95 分", "94 分")),
        ("TEXT_TABLE", ("A33", "2.5 分", "1.5 分")),
        ("TEXT_TABLE", ("B11", "3 分", "1 分")),
        ("TEXT_TABLE", ("B13", "0 分", "1 分")),
        ("TEXT_TABLE", ("B14", "2 分", "1 分")),
        ("TEXT_TABLE", ("B32", "1 分", "0 分")),
        ("TEXT_TABLE", ("B1预算管理", "6 分", "7 分")),
        ("TEXT_TABLE", ("C2部门效果", "25 分", "21 分")),
        ("TEXT_TABLE", ("A3资源配置", "13 分", "12 分")),
        ("TEXT_TABLE", ("A11 的得分", "2分", "95分")),
        # scores and rules
        ("RULE_SCORE", ("B13", "300%")),
        ("RULE_SCORE", ("C105", "3 分", "2 分")),
        ("RULE_SCORE", ("B32", "0 分", "1 分")),
        ("RULE_SCORE", ("基金征缴率", "C104")),
        ("SCORE_REACHABLE", ("A31", "1.5 分")),
        ("SCORE_REACHABLE", ("C32", "2 分")),
        ("SCORE_RANGE", ("A33", "2.5")),
        ("RULE_MAX", ("A31", "1.75")),
        ("RULE_MAX", ("C32", "1.5")),
        ("RULE_MAX", ("C105", "2 分")),
        ("MISSING_INPUT", ("B42", "1 分")),
        ("MISSING_INPUT", ("C116", "1 分")),
        ("BAND", ("优", "优秀")),
        # the questionnaire
        ("SURVEY", ("99.5", "99.58")),
        ("SURVEY", ("第 10 题", "A、C、D")),
        # words, names and order
        ("YEAR", ("2022年度工作计划",)),
        ("YEAR", ("2022年度重点工作方案",)),
        ("YEAR", ("报告“四（三）3.部门绩效分析”写的是 2022 年",)),
        ("NAME", ("部门战略规划目标",)),
        ("NAME", ("A1 小计", "部门决策")),
        ("NAME", ("C 合计", "部门整体支出绩效")),
        ("NAME", ("社会保险事业管理服务局", "社会保险管理服务局")),
        ("COUNT_OF", ("预算管理", "4 个", "3 个")),
        ("COUNT_OF", ("部门产出", "4 个", "7 个")),
        ("ID_SEQ", ("C不完整", "B11 之后是 B13", "C101 之后是 C103", "C107 之后是 C116")),
        ("NUMBERING", ("部门可持续发展", "部门效果")),
        ("ATTACHMENT", ("附件1", "共性指标体系框架")),
        ("ATTACHMENT", ("底稿", "42", "1 个")),
        ("ATTACHMENT", ("整体支出绩效目标申报表", "人力资源配置合理性调查问卷")),
        ("SIGNOFF", ("落款",)),
        ("TEXT_LOGIC", ("减少的原因", "后面说增加")),
        ("TEXT_LOGIC", ("培训", "C31")),
        ("TEXT_LOGIC", ("严格按照年初预算执行", "8480.6057")),
        ("DUP_TEXT", ("一（三）", "四（二）")),
        ("TYPO", ("目标鱼",)),
        ("TYPO", ("老社会化",)),
        ("TYPO", ("县人社保府",)),
    ],
)
def test_a_contradiction_is_found(findings: tuple[Finding, ...], code: str, words: tuple[str, ...]) -> None:
    assert any(f.check == code and all(w in f.text for w in words) for f in findings), (code, words)


HOLDS = [
    "108.41", "113.92", "100.03", "100.43", "105%", "总收入写的是", "543.01", "7.23", "4780", "84806057.44", "85557735.09",
    "“A部门决策”的分值", "A1部门目标”的分值", "A3资源配置”的分值", "B2财务管理", "B4资产管理", "B5业务管理", "C3部门可持续发展",
    "第 1 题", "第 5 题", "二级指标", "54972631",
]  # fmt: skip


@pytest.mark.parametrize("words", HOLDS)
def test_what_holds_is_not_called_wrong(findings: tuple[Finding, ...], words: str) -> None:
    assert not [f.text for f in findings if words in f.text and f.check not in ("RULE_TEXT", "DUP_TEXT")]


def test_a_figure_is_called_wrong_once(findings: tuple[Finding, ...]) -> None:
    counted = Counter(f.check for f in findings)
    assert counted["SUM"] == 4
    assert counted["GROWTH"] == 3
    assert counted["SCORE_SUM"] == 8
    assert counted["IMPOSSIBLE"] == counted["BALANCE"] == counted["ID_SEQ"] == counted["NUMBERING"] == 1
    assert counted["SURVEY"] == counted["COUNT_OF"] == 2
    assert counted["RULE_MAX"] == counted["ATTACHMENT"] == 3
