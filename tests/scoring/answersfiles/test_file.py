"""Answers files: what a filler would type, exact; and one sentence with file, line and key for what cannot be used."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answers import State
from scoring.answersfiles.blank import blank
from scoring.answersfiles.file import read_answers
from scoring.columns import Rows
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.loading import load
from scoring.values import ExternalScore, ManualScore, Row


@pytest.fixture(scope="module")
def form() -> Form:
    return load("example/basic")


def written(tmp_path: Path, text: str, name: str = "answers.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("staff_quota: 37", Decimal(37)),
        ("staff_quota: 三十七", Decimal(37)),
        ("total_budget: 482.14", Decimal("482.14")),
        ("total_budget: 0.10", Decimal("0.10")),
        ("total_budget: 4821400元", Decimal("482.14")),
        ("total_budget: 24700", Decimal(24700)),
        ("payment: 0.985", Decimal("0.985")),
        ("payment: 98.5%", Decimal("98.5")),
        ("reception: [2.47, 2, 1.17]", Row((Decimal("2.47"), Decimal(2), Decimal("1.17")))),
        ("reception: [2.47, null, 11700元]", Row((Decimal("2.47"), None, Decimal("1.17")))),
        ("projects: [[系统 维护, 10, 9.8]]", (Row(("系统 维护", Decimal(10), Decimal("9.8"))),)),
        ("projects: []", ()),
        ("buying: false", False),
        ("buying: 有", True),
        ("systems: all", ("finance", "lawful", "applied")),
        ("systems: none", ()),
        ("systems: [3, finance]", ("finance", "applied")),
        ("systems: 除了2", ("finance", "applied")),
        ("accounting: centre", "centre"),
        ("key_work: [98, 100, 县绩效办]", ExternalScore(Decimal(98), Decimal(100), "县绩效办")),
        ("satisfaction: [9.5, 发放问卷200份]", ManualScore(Decimal("9.5"), "发放问卷200份")),
        ("filled_on: 2025-03-15", date(2025, 3, 15)),
        ("performance: '一，二'", "一，二"),
    ],
)
def test_a_value_is_read_as_a_filler_would_mean_it(form: Form, tmp_path: Path, line: str, value: object) -> None:
    (answer,) = read_answers(form, written(tmp_path, line)).answers.values()
    assert answer.value == value


def test_not_applicable_provisional_and_open(form: Form, tmp_path: Path) -> None:
    text = "key_work: 不适用\nexecuted: {value: 475, provisional: true}\npayment: 大约98%\nslogan: null\nprinted: {total: 98, staff_rate: 100%}"
    file = read_answers(form, written(tmp_path, text))
    assert file.answers["key_work"].state is State.NOT_APPLICABLE
    assert file.answers["executed"].provisional
    assert file.answers["payment"].provisional
    assert "slogan" not in file.answers
    assert file.printed is not None
    assert (file.printed.stated("total"), file.printed.stated("staff_rate")) == ("98", "100%")


def test_json_says_the_same(form: Form, tmp_path: Path) -> None:
    text = json.dumps({"total_budget": 482.14, "reception": [2.47, 2, None], "buying": True}, ensure_ascii=False)
    answers = read_answers(form, written(tmp_path, text, "answers.json")).answers
    assert answers["total_budget"].value == Decimal("482.14")
    assert answers["reception"].value == Row((Decimal("2.47"), Decimal(2), None))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("staff_quota: 37\nstaf_actual: 31", "answers.yaml:2：staf_actual", "是不是 staff_actual"),
        ("nonsense: 1", "answers.yaml:1：nonsense", "ziping forms blank example/basic"),
        ("staff_quota: many", "answers.yaml:1：staff_quota", "没看懂"),
        ("staff_quota: true", "answers.yaml:1：staff_quota", "一个数（人）"),
        ("staff_quota: 31.5", "answers.yaml:1：staff_quota", "整数"),
        ("staff_quota: -3", "answers.yaml:1：staff_quota", "-3"),
        ("payment: 130", "answers.yaml:1：payment", "100%"),
        ("reception: [1, 2]", "answers.yaml:1：reception", "收到 2 格"),
        ("reception: 2.47 2", "answers.yaml:1：reception", "2024年决算数"),
        ("projects: [系统维护, 10, 9.8]", "answers.yaml:1：projects", "一行一个列表"),
        ("systems: [finance, fun]", "answers.yaml:1：systems", "没有“fun”"),
        ("accounting: somebody", "answers.yaml:1：accounting", "自行核算"),
        ("key_work: 98", "answers.yaml:1：key_work", "还缺"),
        ("satisfaction: [9, '']", "answers.yaml:1：satisfaction", "理由"),
        ("satisfaction: [11, 群众满意]", "answers.yaml:1：satisfaction", "0–10"),
        ("filled_on: 2025-02-30", "answers.yaml:1：filled_on", "不存在"),
        ("executed: {value: 475, provisonal: true}", "answers.yaml:1：executed", "provisional"),
        ("executed: {value: null}", "answers.yaml:1：executed", "空着"),
        ("staff_quota: 1\nstaff_quota: 2", "answers.yaml:2", "写了两次"),
        ("- a\n- b", "answers.yaml", "数据项: 答案"),
        ("printed: 98", "answers.yaml:1：printed", "印出来的数"),
        ("a: [1", "answers.yaml:", "YAML"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_line_and_key(form: Form, tmp_path: Path, text: str, place: str, words: str) -> None:
    with pytest.raises(BadAnswers) as e:
        read_answers(form, written(tmp_path, text))
    assert str(e.value).startswith(place)
    assert words in str(e.value)
    assert "\n" not in str(e.value)


def test_files_that_are_no_files_of_answers(form: Form, tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("满意".encode("gbk"))
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "twice.json").write_text('{"staff_quota": 1, "staff_quota": 2}', encoding="utf-8")
    for name in ("gbk.yaml", "deep.json", "twice.json", "missing.yaml", "."):
        with pytest.raises(BadAnswers) as e:
            read_answers(form, tmp_path / name)
        assert "\n" not in str(e.value)


@pytest.mark.parametrize("form_id", ["example/basic", "hecheng-2020/department", "guangshui-2024/declaration"])
def test_a_blank_file_names_every_item_and_reads_back_as_empty(form_id: str, tmp_path: Path) -> None:
    form = load(form_id)
    text = blank(form)
    assert read_answers(form, written(tmp_path, text)).answers == {}
    for item in form.items.values():
        assert f"\n{item.id}:\n" in text
        assert " ".join(item.question.split()) in text


def test_the_ready_lines_of_a_table_stand_in_the_blank_file_and_are_taken_by_removing_the_mark(tmp_path: Path) -> None:
    form = load("guangshui-2024/declaration")
    text = "\n".join(line.removeprefix("#") if line.startswith("#  - ") else line for line in blank(form).split("\n"))
    answers = read_answers(form, written(tmp_path, text)).answers
    tables = {i.id: i for i in form.items.values() if isinstance(i, Rows) and i.start}
    assert set(answers) == set(tables)
    assert all(answers[i].value == table.starting for i, table in tables.items())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.yaml", "staff_quota: " + "[" * 100_000),
        ("alias.yaml", "a: &a [1,1]\nb: &b [*a,*a]\nstaff_quota: *b"),
        ("huge.json", '{"staff_quota": 1e99999999}'),
        ("long.json", '{"staff_quota": ' + "9" * 5000 + "}"),
        ("long.yaml", "staff_quota: " + "9" * 5000),
        ("infinite.yaml", "staff_quota: .inf"),
        ("inapplicable.yaml", "staff_quota: 不适用"),
    ],
)
def test_a_trap_is_refused_with_a_sentence(form: Form, tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(BadAnswers) as e:
        read_answers(form, written(tmp_path, text, name))
    assert len(str(e.value)) < 300


def test_a_file_for_another_edition_says_which_items_differ(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_text("staff_quota: 37\nstaff_total: 31\nold_money: 5\n", encoding="utf-8")
    with pytest.raises(BadAnswers) as told:
        read_answers(load("hecheng-2020/department"), path)
    for part in (
        "另一版",
        "staff_total（第 2 行）、old_money（第 3 行）",
        "表里有、文件里没有的：",
        "staff_actual",
        "forms upgrade",
    ):
        assert part in str(told.value)
