"""`ziping admin county | unit | invite | people | forget | export-person`, from an empty folder."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.settings import settings
from dialogs.access.codes import LENGTH, hashed, plain_code
from dialogs.store import invitations, members, people
from dialogs.store.engine import open_store, reading, writing
from dialogs.store.tables import metadata

Out = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/ziping.db")
    settings.cache_clear()
    return f"sqlite:///{tmp_path}/ziping.db"


@pytest.fixture
def run(url: str, capsys: Out) -> Run:
    def go(*words: str) -> tuple[int, str, str]:
        code = main(["admin", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def data(run: Run, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def comes_in(url: str, code: str, address: str) -> str:
    """Somebody uses a code, as the conversation does; the person's id."""
    engine = open_store(url)
    with writing(engine) as c:
        person = people.person(c, "telegram", address, 1, lambda: f"p{address}")
        used = invitations.use(c, hashed(plain_code(code)), person, 1)
        assert used is not None
        if used.unit_id:
            people.join(c, person, used.unit_id, used.role, 1)
        else:
            people.appoint(c, person, used.county_id or "", used.role, 1)
        members.call(c, person, used.name)
    engine.dispose()
    return person


def prepared(run: Run, url: str) -> dict[str, str]:
    """A county with an administrator and a filler."""
    assert run("county", "add", "小县")[0] == 0
    assert run("unit", "add", "小县民政局", "--code", "001", "--group", "部门")[0] == 0
    boss = data(run, "invite", "county", "--name", "陈科长")
    filler = data(run, "invite", "unit", "民政", "--name", "李会计")
    return {"boss": comes_in(url, boss["code"], "1"), "filler": comes_in(url, filler["code"], "2")}


def test_a_county_from_an_empty_folder(run: Run, url: str) -> None:
    assert run("county", "list") == (0, "还没有区县。建一个：ziping admin county add 名称\n", "")
    prepared(run, url)
    assert [(c["name"], c["units"], c["officers"]) for c in data(run, "county", "list")] == [("小县", 1, 1)]
    assert {(p["name"], p["place"], p["role"]) for p in data(run, "people", "list")} == {
        ("陈科长", "小县", "administrator"),
        ("李会计", "小县民政局", "filler"),
    }


def test_the_code_is_shown_once_and_stored_nowhere(run: Run, url: str) -> None:
    run("county", "add", "小县")
    _, out, err = run("invite", "county", "--name", "陈科长")
    found = re.search(rf"^[0-9A-Z-]{{{LENGTH + LENGTH // 4 - 1}}}$", out, re.M)
    assert found
    assert "陈科长，请你以管理员的身份加入小县" in out
    assert "还没有链接" in err
    engine = open_store(url)
    with reading(engine) as c:
        stored = " ".join(str(row) for table in metadata.sorted_tables for row in c.execute(table.select()))
    engine.dispose()
    assert found[0] not in stored
    assert plain_code(found[0]) not in stored
    assert plain_code(found[0]) not in run("invite", "list")[1]


def test_units_are_changed_closed_and_reopened(run: Run, url: str) -> None:
    prepared(run, url)
    assert run("unit", "add", "社保中心", "--supervisor", "民政")[0] == 0
    assert data(run, "unit", "rename", "社保", "小县社保中心")["name"] == "小县社保中心"
    assert data(run, "unit", "group", "社保", "事业单位")["group"] == "事业单位"
    assert data(run, "unit", "code", "社保", "002")["code"] == "002"
    assert data(run, "unit", "supervisor", "社保", "-")["supervisor"] == ""
    assert data(run, "unit", "supervisor", "002", "001")["supervisor"] == "小县民政局"
    waiting = data(run, "invite", "unit", "002")
    assert "收回没用的邀请 1 个" in run("unit", "close", "社保")[1]
    assert [u["name"] for u in data(run, "unit", "list")] == ["小县民政局"]
    assert [u["closed"] for u in data(run, "unit", "list", "--closed")] == [False, True]
    assert {i["id"]: i["state"] for i in data(run, "invite", "list", "--all")}[waiting["id"]] == "revoked"
    assert run("invite", "unit", "社保")[0] == 2
    assert run("unit", "reopen", "社保")[0] == 0
    assert run("invite", "unit", "社保")[0] == 0


BAD = [
    (("county", "add", "小县"), "已经有叫“小县”的区县"),
    (("county", "add", "abc"), "没有汉字"),
    (("county", "add", "县"), "2 到 50 个字"),
    (("unit", "add", "小县民政局"), "已经有叫“小县民政局”的单位"),
    (("unit", "add", "社保中心", "--code", "001"), "单位编码 001 已经给了别的单位"),
    (("unit", "add", "社保中心", "--supervisor", "没有的"), "没有找到“没有的”"),
    (("unit", "rename", "民政", "-"), "单位不能没有名称"),
    (("unit", "supervisor", "民政", "民政"), "单位不能主管自己"),
    (("unit", "reopen", "民政"), "没有停用"),
    (("unit", "list", "--county", "大县"), "没有叫“大县”的区县"),
    (("invite", "unit", "民政", "--role", "boss"), "没有“boss”这个身份"),
    (("invite", "unit", "民政", "--role", "administrator"), "没有“administrator”这个身份"),
    (("invite", "county", "--role", "填报人"), "没有“填报人”这个身份"),
    (("invite", "unit", "民政", "--name", "123"), "这好像不是姓名"),
    (("invite", "unit", "民政", "--hours", "0"), "有效期要在 1 到 1440 小时之间"),
    (("invite", "revoke", "没有"), "没有这个邀请"),
    (("people", "remove", "没有"), "没有找到“没有”"),
    (("people", "remove", "陈科长"), "只有这一位管理员"),
    (("forget", "没有"), "没有找到“没有”"),
    (("forget", "console"), "没有找到"),
    (("export-person", "没有"), "没有找到“没有”"),
    (("export-person", "李会计", "--out", "no/such/folder/x.txt"), "写不了"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda x: "-".join(x) if isinstance(x, tuple) else "")
def test_bad_input_gets_one_sentence_and_nothing_half_done(run: Run, url: str, words: tuple[str, ...], said: str) -> None:
    prepared(run, url)
    before = everything(url)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert everything(url) == before


def everything(url: str) -> dict[str, list[Any]]:
    engine = open_store(url)
    with reading(engine) as c:
        found = {table.name: c.execute(table.select()).all() for table in metadata.sorted_tables}
    engine.dispose()
    return found


def test_somebody_is_taken_out_of_a_unit(run: Run, url: str) -> None:
    known = prepared(run, url)
    assert data(run, "people", "remove", "李会计", "--unit", "民政")["removed"] == ["小县民政局"]
    assert [p["person"] for p in data(run, "people", "list")] == [known["boss"]]
    assert run("people", "remove", "李会计")[0] == 2


def test_two_of_one_name_are_told_apart_by_their_ids(run: Run, url: str) -> None:
    prepared(run, url)
    comes_in(url, data(run, "invite", "unit", "民政", "--name", "李会计")["code"], "3")
    code, _, err = run("people", "remove", "李会计")
    assert code == 2
    assert "有 2 个人叫“李会计”" in err
    assert "p2、p3" in err
    assert run("people", "remove", "p3")[0] == 0


def test_a_person_is_exported_and_forgotten(run: Run, url: str, tmp_path: Path) -> None:
    known = prepared(run, url)
    assert run("export-person", "李会计", "--out", "li.txt")[0] == 0
    assert "小县民政局：填报人" in (tmp_path / "li.txt").read_text(encoding="utf-8")
    assert (tmp_path / "li.txt").stat().st_mode & 0o077 == 0
    exported = data(run, "export-person", known["filler"])
    assert exported["people"][0]["name"] == "李会计"
    code, out, _ = run("forget", "李会计")
    assert code == 0
    assert "已注销" in out
    assert "以前的备份里还有这个人" in out
    assert run("forget", "李会计")[0] == 2  # nobody is called so any more
    again = run("forget", known["filler"])
    assert again[0] == 0
    assert "以前已经注销" in again[1]
    assert "李会计".encode() not in (tmp_path / "ziping.db").read_bytes()
