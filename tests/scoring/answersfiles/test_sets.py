"""Answers files beside each other, what they contradict, and mistakes in what forms say about one another."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.__main__ import main
from scoring.answersfiles.cases import run_cases
from scoring.answersfiles.sets import read_set
from scoring.checks.beside import differences
from scoring.errors import BadAnswers
from scoring.lint import lint_folder
from scoring.loading import load
from scoring.values import Row
from tests.pair import FILES, pair_packs

D = Decimal
FILED = {
    "unit.yaml": """
staff: 31
reception: [null, 2, 3]
filings:
  - {form: project, project: 甲, answers: project@1.yaml}
  - {form: project, answers: project@2.yaml}
  - {form: unit, year: 2020, answers: last.yaml}
""",
    "project@1.yaml": "budget: 10\nfinal: 9\ngoals: [[产出指标, 人数, 98], [效益指标, 覆盖, 100]]\n",
    "project@2.yaml": "project: 乙\nbudget: 20\nfinal: {value: 5, provisional: true}\n",
    "last.yaml": "staff: 29\nreception: [1, 1, 7]\n",
    "report.yaml": "project: 甲\nbudget: {value: 12, reason: 年中追加}\nfilings: [{form: project, project: 甲, answers: project@1.yaml}]\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    packs = pair_packs(tmp_path / "packs")
    cases = packs / "pair" / "cases"
    cases.mkdir()
    for name, text in FILED.items():
        (cases / name).write_text(text, encoding="utf-8")
    return packs


def test_a_file_draws_from_those_it_names(folder: Path) -> None:
    form = load("pair/unit", (folder,))
    found = read_set(form, folder / "pair/cases/unit.yaml", (folder,))
    assert found.answers["projects"].value == (Row(("甲", D(10), D(9), D(90))), Row(("乙", D(20), D(5), D(25))))
    assert found.answers["projects"].provisional
    assert found.answers["quota"].value == D(29)
    assert found.answers["reception"].value == Row((D(7), D(2), D(3)))
    assert [f.project for f in found.beside] == ["甲", "乙"]
    assert "quota" not in found.stored


def test_a_change_needs_its_reason_and_a_contradiction_is_a_finding(folder: Path) -> None:
    form, path = load("pair/report", (folder,)), folder / "pair/cases/report.yaml"
    found = read_set(form, path, (folder,))
    assert (found.project, found.answers["budget"].value, found.answers["budget"].reason) == ("甲", D(12), "年中追加")
    assert differences(form, found.stored, found.brought) == ()
    path.write_text(path.read_text(encoding="utf-8").replace("{value: 12, reason: 年中追加}", "12"), encoding="utf-8")
    again = read_set(form, path, (folder,))
    (finding,) = differences(form, again.stored, again.brought)
    assert (finding.check, finding.severity, finding.stated, finding.computed) == ("SAME_FACT", "需说明", "12 万元", "10 万元")


def test_a_locked_cell_that_was_printed_otherwise_is_wrong_for_certain(folder: Path) -> None:
    form, path = load("pair/unit", (folder,)), folder / "pair/cases/unit.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "projects: [[甲, 10, 8, null], [乙, 20, 5, null]]\n", encoding="utf-8")
    found = read_set(form, path, (folder,))
    (finding,) = differences(form, found.stored, found.brought)
    assert (finding.severity, finding.text) == ("错误", "“项目支出情况第 1 行执行”写的是 8，2 份《2021年度项目自评表》里是 9")
    assert main(["check", "pair/unit", str(path), "--packs", str(folder)]) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("filings: [{form: nowhere, answers: x.yaml}]", "没有 pair/nowhere"),
        ("filings: [{form: project, answers: nowhere.yaml}]", "读不了这个文件"),
        ("filings: [project@1.yaml]", "一份一行"),
        ("filings: [{form: project, answers: [x]}]", "一份一行"),
        ("project: [甲]", "应是项目名称"),
    ],
)
def test_what_is_wrong_with_the_files_beside_is_one_sentence(folder: Path, line: str, told: str) -> None:
    path = folder / "pair/cases/wrong.yaml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(BadAnswers, match=told):
        read_set(load("pair/unit", (folder,)), path, (folder,))


def test_cases_of_one_form_are_told_apart(folder: Path) -> None:
    for which, total in (("1", 90), ("2", 26)):
        (folder / f"pair/cases/project@{which}.expected.yaml").write_text(f"total: {total}\n", encoding="utf-8")
    one, two = run_cases([folder], own=False)
    assert (one.name, one.passed, two.passed) == ("pair/project · project@1", True, False)


def test_the_command_line_drafts_a_set(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = ["draft", "pair/unit", str(folder / "pair/cases/unit.yaml"), "--packs", str(folder)]
    assert main([*words, "--out", str(out), "--unit", "小县中心", "--zip"]) == 0
    assert {p.name for p in out.iterdir()} == {"单位自评报告.docx", "全套材料.docx", "答案汇总表.xlsx", "单位自评表.zip"}
    assert "《2021年度项目自评表》（乙）还有 1 题没填" in capsys.readouterr().out


MISTAKES = [
    ("unit/form.yaml", "from: project", "from: projct", "没有 projct 这张表"),
    ("unit/form.yaml", "item: projects\n", "item: project\n", "没有叫 project 的数据项"),
    ("unit/form.yaml", "budget: budget,", "budget: budgt,", "pair/project 没有叫 budgt"),
    ("unit/form.yaml", "name: $project", "name: $name", "没有 $name，可用"),
    ("unit/form.yaml", "columns: {name: $project", "columns: {nam: $project", "projects 没有 nam 这一列"),
    ("unit/form.yaml", "value: staff", "rows: staff", "要写且只写 value"),
    ("unit/form.yaml", "    year: last\n", "", "是这张表自己"),
    ("unit/form.yaml", "  - item: quota\n    from: unit", "  - item: quota\n    from: project", "每个项目一份"),
    ("unit/documents.yaml", "{form: project, document: table}", "{form: project, document: tabel}", "project 没有 tabel"),
    ("unit/documents.yaml", "{form: project, document: table}", "{form: projekt, document: table}", "没有 projekt 这张表"),
    ("report/form.yaml", "where: {level: 产出指标}", "where: {levl: 产出指标}", "goals 没有 levl 这一列"),
    ("report/form.yaml", "rows: goals", "rows: budget", "budget 不是表格"),
    ("report/form.yaml", "value: budget}", "value: goals}", "要写明一行表格的哪一列"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "told"), MISTAKES, ids=[m[3] for m in MISTAKES])
def test_a_mistake_between_forms_is_named(tmp_path: Path, file: str, right: str, wrong: str, told: str) -> None:
    packs = pair_packs(tmp_path)
    assert right in FILES[file]
    (packs / "pair" / file).write_text(FILES[file].replace(right, wrong), encoding="utf-8")
    found = [p for p in lint_folder(packs) if p.fatal]
    assert any(told in p.text and p.file == f"pair/{file}" and p.line > 1 for p in found), found


def test_the_pack_itself_has_no_mistake(tmp_path: Path) -> None:
    assert [p for p in lint_folder(pair_packs(tmp_path)) if p.fatal] == []


def test_two_forms_may_not_draw_one_fact_from_each_other(tmp_path: Path) -> None:
    packs = pair_packs(tmp_path)
    path = packs / "pair/project/form.yaml"
    loop = "arrivals: [{item: budget, from: report, value: budget}]\nsections:"
    path.write_text(FILES["project/form.yaml"].replace("sections:", loop), encoding="utf-8")
    assert any("绕成了一圈" in p.text for p in lint_folder(packs))
