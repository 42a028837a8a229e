"""A finished filing as printed: reading it, and the audit of its figures, points, weights and texts."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.answersfiles.file import AnswersFile, read_answers
from scoring.answersfiles.printed import number_in
from scoring.checks import Finding, check
from scoring.checks.arithmetic import Arithmetic, Cell
from scoring.checks.causes import likely_cause
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.loading import OWN_PACKS, load

CASES = OWN_PACKS / "hecheng-2020" / "cases"


@pytest.fixture(scope="module")
def form() -> Form:
    return load("hecheng-2020/department")


def filing(form: Form, tmp_path: Path, printed: str, answers: str = "") -> AnswersFile:
    base = (CASES / "department.yaml").read_text(encoding="utf-8") + answers
    path = tmp_path / "filing.yaml"
    path.write_text(base + "\nprinted:\n" + "".join(f"  {line}\n" for line in printed.strip().splitlines()), encoding="utf-8")
    return read_answers(form, path)


def audit(form: Form, tmp_path: Path, printed: str) -> list[Finding]:
    file = filing(form, tmp_path, printed)
    plain = set(check(form, file.answers))
    unavoidable = set(check(form, file.answers, {})) - plain
    return [f for f in check(form, file.answers, file.printed) if f not in plain | unavoidable]


@pytest.mark.parametrize(
    ("printed", "code", "words"),
    [
        ("staff_control_rate: 100%", "RATIO", ("31÷37×100＝83.78%",)),
        ("staff_control_rate: 83.87%", "RATIO", ("83.87 和 83.78 像是数字颠倒了",)),
        ("staff_control_rate: 83.7%", "RATIO", ("像是直接截断",)),
        ("staff_control_rate: 119.35%", "RATIO", ("像是分子、分母颠倒了",)),
        ("basic_total: 4161400", "SUM", ("像是把元当成了万元",)),
        ("basic_total: 424.79", "COLUMN", ("“公用经费（2020年决算数）” 77.98 和“公用经费（2020年预算数）” 86.63 像是填反了",)),
        ("public_control_rate: 62.84%", "RATIO", ("像是用了“公用经费（2019年决算数）”，没有用“公用经费（2020年预算数）”",)),
        ("public_control_rate: 255.59%", "RATIO", ("像是分母用了",)),
        ("basic_total: 494.12", "SUM", ("像是“公用经费（2020年决算数）” 77.98 加了两次",)),
        ("basic_total: 416.15", "ROUNDING", ("416.15", "416.14")),
        ("staff_share: [81.26%, {stated: 81.62%, where: 报告二（一）}]", "SAME_FACT", ("报告二（一）是 81.62%", "颠倒")),
        ("staff_quota: [37, {stated: 73, where: 附件3}]", "SAME_FACT", ("附件3是 73", "颠倒")),
        ("staff_quota: 36", "SAME_FACT", ("填的是 37", "写的是 36")),
        ("reception.final: 1.71", "SAME_FACT", ("1.17", "颠倒")),
        ("a1_04: 3", "SCORE_RANGE", ("超出 0–2 分",)),
        ("a1_14: 1.7", "SCORE_REACHABLE", ("只可能是 2、1.5、1、0.5、0 分",)),
        ("a1_03: 1", "RULE_SCORE", ("按评分标准是 2 分",)),
        ("a1_03: 满分", "RULE_SCORE", ("应是一个数",)),
        ("total: [98, {stated: 89, where: 报告六}]", "TEXT_TABLE", ("报告六写的是 89 分", "表上是 98 分")),
        ("total: 98\ntext: {total: 89, where: 报告六}", "TEXT_TABLE", ("报告六写的是 89 分",)),
        ("a1_03: 2\na1_04: 2\na1_05: 2\ntext: {allocation: 7, where: 报告四}", "TEXT_TABLE", ("7 分", "表上各项相加是 6 分")),
        ("text: {goals: 14, allocation: 6, input: 21, where: 报告四}", "SCORE_SUM", ("报告四写的是 21 分", "14＋6＝20")),
        ("text: {a1_04: 3, where: 报告四}", "SCORE_RANGE", ("报告四", "0–2 分")),
        ("weights: {allocation: 8}", "WEIGHT_SUM", ("8 分", "2＋2＋2＝6 分")),
        ("weights: {allocation: [6, 9]}", "WEIGHT_SUM", ("9 分",)),
        ("weights: {total: 98}", "WEIGHT_SUM", ("98 分", "100 分")),
        ("weights: {a1_04: 5}", "WEIGHT_SUM", ("整张表", "103")),
        ("text: {weights: {input: 25}, where: 报告四}", "TEXT_TABLE", ("25 分", "20 分")),
        ("reception.weight: 10\nreception.points: 10", "DOUBLE_COUNT", ("分值 10、得分 10",)),
    ],
)
def test_a_wrong_print_is_found_and_explained(
    form: Form, tmp_path: Path, printed: str, code: str, words: tuple[str, ...]
) -> None:
    found = audit(form, tmp_path, printed)
    assert any(f.check == code and all(w in f.text for w in words) for f in found), [(f.check, f.text) for f in found]


@pytest.mark.parametrize(
    "printed",
    [
        "staff_control_rate: 83.78%",
        "staff_control_rate: [84%, 83.8%]",
        "basic_total: 416.14万元",
        "basic_total: [4161400元, 416.14]",
        "staff_share: [81.26%, {stated: 81.3%, where: 报告}]",
        "a1_03: 2\na1_04: 2\na1_05: 2\nallocation: 6",
        "text: {a1_03: 2, a1_04: 2, a1_05: 2, allocation: 6, where: 报告}",
        "weights: {allocation: 6, goals: 14, input: 20, total: 100}",
        "reception.points: 0",
    ],
)
def test_a_right_print_is_left_in_peace(form: Form, tmp_path: Path, printed: str) -> None:
    assert audit(form, tmp_path, printed) == []


@pytest.mark.parametrize(
    ("printed", "place", "words"),
    [
        ("totl: 98", "printed.totl", "是不是 total"),
        ("weights: [1]", "printed.weights", "一行一项"),
        ("weights: {nobody: 3}", "printed.weights.nobody", "没有“nobody”"),
        ("text: {a1_99: 3}", "printed.text.a1_99", "是不是"),
        ("total: {points: 3}", "printed.total.0", "这里只认"),
        ("sums: [{parts: [1], totl: 2}]", "printed.sums.0.totl", "只有 parts"),
        ("sums: [{parts: [nothing], total: 2}]", "printed.sums.0.parts", "没有“nothing”"),
        ("sums: [{parts: ['1+'], total: 2}]", "printed.sums.0.parts", "不是一个数"),
        ("sums: [{parts: [1], total: 2, severity: fatal}]", "printed.sums.0.severity", "错误"),
        ("headings: 一", "printed.headings", "列表"),
        ("attachments: {listed: [a], missing: [b]}", "printed.attachments.missing", "listed、present"),
        ("reception.nothing: 3", "printed.reception.nothing", "没有"),
    ],
)
def test_a_print_that_cannot_be_read_is_refused_in_one_sentence(
    form: Form, tmp_path: Path, printed: str, place: str, words: str
) -> None:
    with pytest.raises(BadAnswers) as refused:
        filing(form, tmp_path, printed)
    text = str(refused.value)
    assert "filing.yaml:" in text
    assert place in text
    assert words in text


def test_a_cause_is_only_claimed_when_it_gives_the_number() -> None:
    assert likely_cause(Decimal("6.62"), Fraction("6.264")) == "6.62 和 6.26 像是数字颠倒了"
    assert likely_cause(Decimal("99.8"), Fraction("99.8563")).startswith("像是直接截断")
    assert likely_cause(Decimal("113.33"), Fraction("113.354")) == ""
    assert likely_cause(Decimal("0"), Fraction("0.0009")) == ""


def test_a_printed_number_is_read_with_its_unit() -> None:
    assert [number_in(t) for t in ("81.26%", "1,234.5", "8455.5万元", "一百", "", "9" * 50, "1e99", "nan")] == [
        Decimal("81.26"),
        Decimal("1234.5"),
        Decimal("8455.5"),
        None,
        None,
        None,
        None,
        None,
    ]


def test_a_part_that_is_taken_off_is_never_said_to_be_added() -> None:
    cells = {
        n: Cell(Fraction(v), label) for n, label, v in (("a", "收入", "100.55"), ("b", "支出", "30.25"), ("c", "调整", "11.13"))
    }
    how = Arithmetic("a - b + c", cells, cells)
    told = {wrong: likely_cause(Decimal(wrong), Fraction("81.43"), how) for wrong in ("111.68", "51.18", "70.3", "92.56")}
    assert told == {
        "111.68": "像是漏减了“支出” 30.25",
        "51.18": "像是“支出” 30.25 减了两次",
        "70.3": "像是漏加了“调整” 11.13",
        "92.56": "像是“调整” 11.13 加了两次",
    }


def test_people_and_points_are_not_taken_for_money(form: Form, tmp_path: Path) -> None:
    (finding,) = audit(form, tmp_path, "staff_quota: 370000")
    assert "元" not in finding.text
    assert likely_cause(Decimal("123000"), Fraction("12.3")) == "像是把元当成了万元"
