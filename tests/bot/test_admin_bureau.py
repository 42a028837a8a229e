"""The bureau's command line end to end: one clear line for people, JSON for programs, exit codes, nothing half done."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.__main__ import main
from bot.settings import settings
from dialogs.store.engine import open_store, reading, upgrade
from dialogs.store.tables import notices
from scoring.answers import given
from tests.dialogs.bureau.handed_in import REAL, approves, county_of, hands_in, real_answers
from tests.dialogs.bureau.test_importing import BAD, LIST
from tests.dialogs.bureau.test_reports import words_of
from tests.dialogs.county import County

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/ziping.db")
    settings.cache_clear()
    return tmp_path


@pytest.fixture
def county(folder: Path) -> County:
    """Two filings handed in, one of them approved, one not begun."""
    url = f"sqlite:///{folder}/ziping.db"
    upgrade(url)
    county = county_of(open_store(url), folder)
    for n, name in enumerate(("区社保中心", "区医保局")):
        unit = county.unit(name, f"20{n}", "一组")
        filler = county.filler(unit, "欧阳小芳")
        filing = county.filing(unit, REAL, answers=real_answers())
        hands_in(county, filing, filler)
        if not n:
            approves(county, filing)
    county.filing(county.unit("区卫健局", "109", "二组"), REAL)
    return county


def told(capsys: Out, *words: str) -> tuple[int, str]:
    code = main(["admin", *words])
    return code, capsys.readouterr().out


def data(capsys: Out, *words: str) -> tuple[int, object]:
    code, out = told(capsys, *words, "--json")
    return code, json.loads(out)


def test_import_dry_then_real_then_again(folder: Path, county: County, capsys: Out) -> None:
    Path("名单.xlsx").write_bytes(LIST)
    code, out = told(capsys, "import", "名单.xlsx", "--dry-run")
    assert code == 0
    assert "第 2 行　新增　新建单位“县教育局”；邀请王芳为填报人。" in out
    assert "会新建单位 2 个，会改 0 个，会邀请 3 人；有误 0 行" in out
    assert "什么也没有做" in out
    code, found = data(capsys, "import", "名单.xlsx")
    assert (code, found["done"], found["new_units"], found["invitations"]) == (0, True, 2, 3)
    assert {Path(f).name for f in found["files"]} == {"鹤城区邀请名单.xlsx", "鹤城区邀请单.docx"}
    assert Path(found["files"][0]).stat().st_mode & 0o077 == 0
    code, found = data(capsys, "import", "名单.xlsx")
    assert (found["new_units"], found["invitations"], found["files"]) == (0, 0, [])
    code, out = told(capsys, "slips")
    assert "（3 人）" in out


def test_import_with_mistakes(county: County, capsys: Out) -> None:
    Path("坏.xlsx").write_bytes(BAD)
    code, out = told(capsys, "import", "坏.xlsx")
    assert code == 1
    assert "第 2 行　有误　不认识角色“司机”" in out
    code, found = data(capsys, "import", "坏.xlsx", "--good-rows", "--report", "结果.xlsx")
    assert (code, found["new_units"], found["refused"]) == (1, 1, 1)
    assert load_workbook("结果.xlsx").sheetnames == ["有误的行", "全部"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "没有.xlsx"), "打不开 没有.xlsx"),
        (("progress", "--county", "别县"), "没有叫“别县”的区县；现有：鹤城区"),
        (("progress", "--year", "1999"), "鹤城区没有 1999 年度的表"),
        (("announce", "好"), "通知太短了"),
        (("announce", "--withdraw", "nothing"), "没有编号 nothing 的通知"),
        (("return", "--remark", "请再看一遍"), "请写明退回哪些"),
        (("return", "--remark", "改", "--all"), "意见要 2 到 500 个字"),
        (("documents", "--out", "包.rar"), "请写成 .zip 文件"),
    ],
)
def test_bad_input_is_one_sentence(county: County, capsys: Out, words: tuple[str, ...], said: str) -> None:
    assert main(["admin", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_progress(county: County, capsys: Out) -> None:
    code, out = told(capsys, "progress")
    assert code == 0
    assert "鹤城区2020年度：共 3 份，已交 2 份。没有开始 1，待审核 1，已通过 1" in out
    _, found = data(capsys, "progress", "--stage", "没有开始")
    assert [e["unit"] for e in found["entries"]] == ["区卫健局"]
    code, _ = told(capsys, "progress", "--xlsx", "进度.xlsx", "--png", "进度.png")
    assert Path("进度.png").read_bytes().startswith(b"\x89PNG")
    assert "全部" in load_workbook("进度.xlsx").sheetnames


def test_announce_list_withdraw(county: County, capsys: Out) -> None:
    _, out = told(capsys, "announce", "请报齐材料。", "--to", "open", "--dry-run")
    assert "还没交的单位，填报人：0 人" in out
    code, found = data(capsys, "announce", "请报齐材料。")
    assert (code, found["people"], found["done"]) == (0, 2, True)
    with reading(county.office.engine) as c:
        assert c.execute(select(func.count()).where(notices.c.kind == "announcement")).scalar_one() == 2
    code, out = told(capsys, "announce")
    assert "请报齐材料。　送到 0，等着 2" in out
    code, found = data(capsys, "announce", "--withdraw", found["id"])
    assert (found["withdrawn"], found["void"]) == (2, 2)


def test_return(county: County, capsys: Out) -> None:
    _, out = told(capsys, "return", "--all", "--remark", "请再看一遍", "--dry-run")
    assert "区医保局" in out
    assert "共 1 份。这是试运行" in out
    assert main(["admin", "return", "--unit", "201", "--unit", "没有局", "--remark", "请再看一遍"]) == 2
    assert "没有找到“没有局”这个单位" in capsys.readouterr().err  # and nothing half done
    code, out = told(capsys, "return", "--unit", "201", "--remark", "请再看一遍")
    assert (code, "已退回" in out) == (0, True)
    _, out = told(capsys, "return", "--all", "--remark", "请再看一遍")
    assert out == "没有待审核的表，一份也没有退回。\n"
    _, found = data(capsys, "progress", "--stage", "已退回")
    assert [e["unit"] for e in found["entries"]] == ["区医保局"]


def test_anomalies(county: County, capsys: Out) -> None:
    code, found = data(capsys, "anomalies", "--xlsx", "异常.xlsx")
    assert code == 1
    assert {a["kind"] for a in found["anomalies"]} >= {"copied"}
    assert load_workbook("异常.xlsx").sheetnames == ["汇总", "清单"]


def test_summary_documents_and_the_edition_for_the_public(county: County, capsys: Out) -> None:
    code, found = data(capsys, "summary", "--out", "汇总")
    assert code == 0
    assert [Path(f).name for f in found["files"]] == [
        "鹤城区2020年度绩效自评结果汇总.xlsx",
        "鹤城区2020年度绩效自评结果汇总.docx",
    ]
    code, out = told(capsys, "documents", "--out", "全部.zip")
    assert (code, "1 个单位" in out) == (0, True)
    with ZipFile("全部.zip") as packed:
        assert "目录.xlsx" in packed.namelist()
        assert packed.testzip() is None
    code, found = data(capsys, "publish", "--out", "公开.zip")
    assert (code, found["units"], found["left_out"]) == (0, 1, [])
    assert found["masked"] > 0
    assert not list(Path().glob("*.part"))


def test_a_name_in_the_answers_does_not_reach_the_public(folder: Path, county: County, capsys: Out) -> None:
    unit = county.unit("区人社局", "110")
    text = next(i for i, item in county.form(REAL).items.items() if item.type == "long_text")
    filing = county.filing(
        unit, REAL, answers=real_answers(**{text: given("由欧阳小芳牵头整改，联系电话13807455566，工作做得很细。")})
    )
    hands_in(county, filing, county.filler(unit, "欧阳小芳"))
    approves(county, filing)
    assert told(capsys, "publish", "--out", "公开.zip")[0] == 0
    with ZipFile("公开.zip") as packed:
        for name in packed.namelist():
            words = words_of(packed.read(name))
            assert "欧阳小芳" not in words
            assert "13807455566" not in words


def test_nothing_to_pack_writes_nothing(folder: Path, capsys: Out) -> None:
    url = f"sqlite:///{folder}/ziping.db"
    upgrade(url)
    county = county_of(open_store(url), folder)
    county.filing(county.unit("区教育局"), REAL)
    assert told(capsys, "documents") == (0, "鹤城区2020年度没有生成过的文件，没有写。\n")
    assert not Path("全部文件.zip").exists()
