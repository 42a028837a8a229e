"""Verifying: a store that lived through a year is found whole, and every kind of damage planted in it is told."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.__main__ import main
from bot.settings import settings
from dialogs.examining import examine
from dialogs.store import documents, files
from dialogs.store.backups import backup
from dialogs.store.engine import reading, writing
from dialogs.store.sealing import seal
from dialogs.store.verifying import Finding, foreign_keys
from tests.dialogs.review.folk import Folk, folk
from tests.dialogs.store.stock import NOW


@pytest.fixture
def lived(engine: Engine, tmp_path: Path) -> Folk:
    """A filing that was handed in, returned, changed, handed in again and approved; with documents and a file."""
    us = folk(engine, tmp_path / "packs").submits().returns("请补充")
    us.changes("quota", "38")
    us.submits().approves()
    while seal(engine, NOW, bytes):
        pass
    with writing(engine) as c:
        files.keep(c, b"\x89PNG", "image/png", NOW)
        for n, document in enumerate(documents.of_filing(c, us.filing)):
            content = b"PK" + bytes([n])
            documents.store_content(c, document.id, content, sha256(content).hexdigest())
    return us


def wrong(engine: Engine) -> list[str]:
    with reading(engine) as c:
        return [f"{f.what}：{told}" for f in examine(c).findings for told in f.wrong]


def test_a_store_that_was_used_is_whole_and_every_check_has_looked(lived: Folk, engine: Engine) -> None:
    with reading(engine) as c:
        seen = examine(c)
    assert wrong(engine) == []
    looked_at = {f.what: f.looked_at for f in seen.findings}
    assert all(looked_at.values())
    assert looked_at["得分"] >= 3
    assert seen.tables["history"].rows > 10


DAMAGE = {
    "UPDATE files SET content = substr(content, 2)": "文件内容：files",
    "UPDATE documents SET content = content || content": "文件内容：documents",
    "UPDATE answers SET value = '\"39\"' WHERE item = 'quota'": "答案与历史：填报 {filing} 的 quota 和它的历史不一致",
    "UPDATE answers SET provisional = 1 - provisional WHERE item = 'quota'": "的 quota 和它的历史不一致",
    "DELETE FROM answers WHERE item = 'staff'": "的 staff 和它的历史不一致",
    "DELETE FROM history WHERE item = 'carry'": "的 carry 没有历史",
    "DELETE FROM history WHERE id = (SELECT max(id) FROM history WHERE item = 'quota')": "的 quota 和它的历史不一致",
    "UPDATE submissions SET total = '100' WHERE round = 2": "得分：填报 {filing} 第 2 轮记的总分 100",
    "UPDATE journal SET act = 'approved' WHERE act = 'returned'": "操作记录的链：",
    "DELETE FROM seals WHERE seq = (SELECT max(seq) FROM seals)": "操作记录的链：",
    "UPDATE documents SET grade = '差'": "得分：填报 {filing} 第 1 版文件",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told(damage: str, lived: Folk, engine: Engine) -> None:
    with writing(engine) as c:
        assert c.execute(text(damage)).rowcount > 0
    told = wrong(engine)
    assert any(DAMAGE[damage].format(filing=lived.filing) in line for line in told), told


def test_a_row_that_points_nowhere_is_told(engine: Engine, lived: Folk) -> None:
    with engine.connect() as c:
        if engine.dialect.name == "sqlite":
            c.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            c.exec_driver_sql("SET session_replication_role = replica")
            c.commit()
        with c.begin():
            c.execute(text("DELETE FROM units"))
            found = foreign_keys(c)
            c.rollback()
        c.detach()
    assert found == Finding("外键", found.looked_at, found.wrong)
    assert any("filings.unit_id 有 1 行指向没有的 units" in line for line in found.wrong), found


@pytest.fixture
def own(sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The store of the settings, with a little in it."""
    folk(sqlite_engine, tmp_path / "packs").submits()
    monkeypatch.setenv("DATABASE_URL", str(sqlite_engine.url))
    settings.cache_clear()
    return sqlite_engine


def test_a_backup_is_identical_until_one_of_the_two_changes(
    own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    backup(own, copy)
    assert main(["db", "verify", str(copy)]) == 0
    told = capsys.readouterr().out
    assert "两边完全一致" in told
    assert "文件和备份时的校验码相符" in told
    assert told.count("校验通过。") == 2
    assert main(["db", "verify", str(copy)]) == 0  # looking at a backup does not change it
    assert "文件和备份时的校验码相符" in capsys.readouterr().out
    with writing(own) as c:
        c.execute(text("UPDATE answers SET at = at + 1 WHERE item = 'quota'"))
    assert main(["db", "verify", f"sqlite:///{copy}", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert list(answer["differences"]) == ["answers"]
    assert answer["differences"]["answers"].endswith("、quota")
    assert not answer["good"]


def test_any_byte_of_a_backup_that_is_another_is_noticed(own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.db"
    backup(own, copy)
    content = bytearray(copy.read_bytes())
    zero = content.rindex(b"\0")  # in space that no row uses: the database itself would not notice
    content[zero] ^= 1
    copy.write_bytes(content)
    assert main(["db", "verify", str(copy), "--alone"]) == 1
    assert "和备份时的校验码不符" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["verify", "nowhere.db"], "没有这个文件：nowhere.db"),
        (["verify", "a.db", "b.db"], "最多写一个地址"),
        (["verify", "--alone"], "--alone 要写明"),
        (["verify", "--head", "12"], "--head 看不懂：应像 1207:"),
        (["copy", "a.db"], "请写明从哪里复制到哪里"),
        (["copy", "nowhere.db", "b.db"], "没有这个文件：nowhere.db"),
        (["backup", "b.db", "--keep", "7"], "--keep 是备份文件夹里保留多少天"),
        (["verify", "mysql://u:geheim@h/x"], "不支持 mysql"),
        (["verify", "://geheim"], "数据库地址看不懂"),
    ],
)
def test_bad_input_is_one_sentence(own: Engine, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", *words]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert "geheim" not in said.err
