"""The command line: exit codes, JSON shapes, one clear sentence for bad input, a conversation from a pipe."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import settings
from scoring.loading import OWN_PACKS

CASES = OWN_PACKS / "hecheng-2020" / "cases"
FORM = "hecheng-2020/department"
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/ziping.db")
    settings.cache_clear()


def test_score_as_json_has_every_number_as_text(capsys: Out) -> None:
    assert main(["score", FORM, str(CASES / "department.yaml"), "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["form"], card["total"], card["weight"], card["grade"]) == (FORM, "99", "100", "优")
    assert len(card["indicators"]) == 28
    assert card["indicators"][10] == {
        "id": "a1_11",
        "name": "公用经费控制率",
        "path": ["过程", "预算执行"],
        "weight": "3",
        "points": "3",
        "state": "scored",
        "why": "77.98÷86.63＝90.02% ≤ 100% → 满分 3 分",
    }
    assert main(["score", FORM, str(CASES / "department.yaml")]) == 0
    assert "总分　99 / 100　等级：优" in capsys.readouterr().out


def test_a_partial_filing_scores_partially(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "a.json").write_text('{"staff_quota": 37, "staff_actual": 31}', encoding="utf-8")
    assert main(["score", FORM, "a.json", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["total"], card["grade"]) == ("2", "")
    assert {i["state"] for i in card["indicators"]} == {"scored", "waiting"}
    assert card["indicators"][3]["points"] is None


def test_check_finds_and_says_so_with_its_exit_code(capsys: Out) -> None:
    assert main(["check", FORM, str(CASES / "department.printed.yaml"), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert set(findings[0]) == {"check", "severity", "items", "stated", "computed", "cause", "text"}
    rate = next(f for f in findings if f["check"] == "RATIO")
    assert rate["items"] == ["staff_actual", "staff_quota"]


def test_draft_writes_every_document_and_the_picture(tmp_path: Path, capsys: Out) -> None:
    assert main(["draft", FORM, str(CASES / "department.yaml"), "--out", "out", "--unit", "鹤城区社会保险服务中心"]) == 0
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".docx"] * 7 + [".png", ".xlsx"]


def test_blank_lists_every_item_and_can_be_scored_as_it_is(tmp_path: Path, capsys: Out) -> None:
    assert main(["forms", "blank", FORM]) == 0
    (tmp_path / "blank.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["score", FORM, "blank.yaml"]) == 0
    assert "总分　0 / 100" in capsys.readouterr().out


def test_forms_are_listed_shown_linted_and_tested(capsys: Out) -> None:
    assert main(["forms"]) == 0
    assert "hecheng-2020/department" in capsys.readouterr().out
    assert main(["forms", "show", FORM]) == 0
    assert "28. " in capsys.readouterr().out
    assert main(["forms", "lint"]) == 0
    assert "0 个错误" in capsys.readouterr().out
    assert main(["forms", "test"]) == 0
    assert "passed, 0 failed" in capsys.readouterr().out


def test_a_folder_of_packs_can_be_added_and_its_mistakes_are_named(tmp_path: Path, capsys: Out) -> None:
    form = tmp_path / "packs" / "other-2024" / "small"
    form.mkdir(parents=True)
    (form.parent / "pack.yaml").write_text("county: 别县\ntitle: 小套表\nyear: 2024\n", encoding="utf-8")
    item = "title: 小表\nsections:\n  - id: a\n    title: 一\n    items:\n      - {id: n, type: count, label: 人数, unit: 人}\n"
    (form / "form.yaml").write_text(item, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("n: 3\n", encoding="utf-8")
    assert main(["score", "--packs", "packs", "other-2024/small", "a.yaml"]) == 0
    assert main(["forms", "lint", "packs"]) == 1  # asked, and used nowhere
    assert "other-2024/small/form.yaml:6" in capsys.readouterr().out
    broken = shutil.copytree(tmp_path / "packs", tmp_path / "broken") / "other-2024" / "small" / "form.yaml"
    broken.write_text(item.replace("type: count", "type: cuont"), encoding="utf-8")
    assert main(["forms", "--packs", "broken"]) == 1
    assert main(["score", "--packs", "broken", "other-2024/small", "a.yaml"]) == 2
    assert "form.yaml:6" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score", "nowhere/department", "a.yaml"], "hecheng-2020/department"),
        (["score", "../../etc", "a.yaml"], "现有"),
        (["score", FORM, "missing.yaml"], "missing.yaml"),
        (["score", FORM, "wrong.yaml"], "wrong.yaml:1：staf_actual"),
        (["check", FORM, "type.yaml"], "type.yaml:1：staff_actual"),
        (["draft", FORM, "type.yaml", "--out", "out"], "type.yaml:1：staff_actual"),
        (["forms", "show"], "请写明是哪张表"),
        (["forms", "lint", "nowhere"], "没有这个文件夹"),
        (["chat", "--form", "nowhere/x"], "现有"),
        (["serve"], "TELEGRAM_TOKEN"),
        (["db", "backup"], "文件"),
    ],
)
def test_bad_input_is_one_sentence_on_stderr(tmp_path: Path, capsys: Out, words: list[str], told: str) -> None:
    (tmp_path / "wrong.yaml").write_text("staf_actual: 3\n", encoding="utf-8")
    (tmp_path / "type.yaml").write_text("staff_actual: 很多\n", encoding="utf-8")
    assert main(words) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize("words", [[], ["sing"], ["score"], ["draft", FORM, "a.yaml"]])
def test_bad_usage_ends_with_2(capsys: Out, words: list[str]) -> None:
    with pytest.raises(SystemExit) as e:
        main(words)
    assert e.value.code == 2


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    assert main(["db", "upgrade"]) == 2
    assert "SQLite" in capsys.readouterr().err


def test_the_database_is_set_up_and_backed_up(tmp_path: Path, capsys: Out) -> None:
    assert main(["db", "upgrade"]) == 0
    assert main(["db", "backup", "b.db"]) == 0
    assert (tmp_path / "b.db").stat().st_mode & 0o077 == 0
    assert main(["db", "backup", "b.db"]) == 2
    assert "已经存在" in capsys.readouterr().err


def test_a_conversation_from_a_pipe_pauses_and_resumes(monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    class Pipe(list[str]):
        def isatty(self) -> bool:
            return False

    def piped(*lines: str) -> str:
        monkeypatch.setattr(sys, "stdin", Pipe(line + "\n" for line in lines))
        assert main(["chat", "--unit", "甲单位", "--form", "example/basic"]) == 0
        return capsys.readouterr().out

    assert "已记：编制数 37 人" in piped("37")
    assert "已记：在职人员数 31 人" in piped("31", "跳过")
    assert "√编制数" not in piped("目录", "#1")


def test_the_demo_ends_with_a_final_report(tmp_path: Path, capsys: Out) -> None:
    assert main(["demo", "--out", "out"]) == 0
    chat = capsys.readouterr().out
    assert "得分 99 分，等级：优" in chat
    assert "没看懂这一句" not in chat
    assert any("全套" in p.name and "定稿" in p.name for p in (tmp_path / "out").iterdir())


def test_a_form_is_shown_to_a_filler_and_with_its_rules_to_a_reviewer(capsys: Out) -> None:
    assert main(["forms", "show", FORM]) == 0
    assert "【单位概况】" in capsys.readouterr().out
    assert main(["forms", "show", FORM, "--rules"]) == 0
    told = capsys.readouterr().out
    assert "原文：以100%为标准，在职人员控制率≤100%，计2分" in told
    assert "算法：ratio_step（metric: staff_actual / staff_quota" in told


def test_two_editions_are_compared_in_words_and_rehearsed_on_answers(capsys: Out) -> None:
    answers = str(CASES / "department.yaml")
    assert main(["forms", "diff", FORM, FORM]) == 0
    assert "两张表一样" in capsys.readouterr().out
    assert main(["forms", "upgrade", FORM, FORM, answers]) == 0
    assert "得分不变" in capsys.readouterr().out
    assert main(["forms", "diff", FORM, "example/basic", "--answers", answers]) == 1
    assert "不再问：" in capsys.readouterr().out
    assert main(["forms", "upgrade", FORM]) == 2


def test_an_upgrade_reads_the_filings_under_way(capsys: Out) -> None:
    assert main(["db", "upgrade"]) == 0
    assert main(["forms", "upgrade", FORM, FORM]) == 0
    assert "没有用 hecheng-2020/department 填的填报" in capsys.readouterr().out


def test_schemas_are_written_for_editors(tmp_path: Path, capsys: Out) -> None:
    assert main(["forms", "schema", "--out", str(tmp_path / "schema")]) == 0
    schema = json.loads((tmp_path / "schema" / "form.schema.json").read_text(encoding="utf-8"))
    assert {"sections", "indicators", "checks", "documents", "conversions"} <= set(schema["properties"])


def test_a_folder_without_packs_is_not_called_clean(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "packs" / "county").mkdir(parents=True)
    for action in ("lint", "test"):
        assert main(["forms", action, "packs"]) == 2
        assert "里没有套表" in capsys.readouterr().err
    (tmp_path / "packs" / "county" / "pack.yaml").write_text("county: 小县", encoding="utf-8")
    assert main(["forms", "lint", "packs/county"]) == 2
    assert "上一级文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("start", ["import bot.commands.serve", "from bot.commands.admin import parser; parser()"])
def test_what_is_slow_to_load_is_loaded_when_it_is_needed(start: str) -> None:
    slow = {"cn2an", "openpyxl", "xlsxwriter", "segno", "docx", "alembic"}
    code = f"{start}\nimport sys\nprint(sorted({slow!r} & sys.modules.keys()))"
    here = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=here)
    assert ran.stdout.strip() == "[]"
