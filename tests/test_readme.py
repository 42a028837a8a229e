"""The README's ten commands, run as they stand there from an empty folder, with people answering in between."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.serving import ROOT, Serving
from tests.botapi import BotApiServer
from tests.rounds.player import Player, zone_at_noon
from tests.rounds.script import read_round

HEADING = "## A county's year in ten commands"
SERVE = "ziping serve &"
PEOPLE = """
@forms qingshan-2025
@张会计 → {张会计}
@王局长 → {王局长}
@张会计 /start
@张会计 [项目支出绩效目标申报表]
@张会计 延续项目
@张会计 2025年3月至2025年12月
@张会计 根据《青山县农村公路养护办法》，对县道、乡道进行日常养护。
@张会计 周明
@张会计 0700-6543210
@张会计 40 22 0
@张会计 养护里程 120 公里 5000 60\\n更换标志牌 40 块 500 2
@张会计 完成
@张会计 养护农村公路120公里，更换标志牌40块，群众满意度达到90%。
@张会计 产出指标 | 数量指标 | 养护里程 | ≥120公里 | 50\\n效益指标 | 社会效益指标 | 路况投诉件数 | ≤10件 | 30\\n满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 10
@张会计 完成
@张会计 提交审核
@张会计 [确认提交]
@王局长 [去审核]
@王局长 [通过]
@王局长 [确认通过]
"""


def commands() -> list[str]:
    """The block below the heading, command by command; a file that is written counts as one."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition(HEADING)[2]
    block = text.split("```")[1].strip("\n")
    return re.findall(r"cat > \S+ <<END\n.*?\nEND|[^\n]+", block, re.DOTALL)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `ziping` is this very program."""
    shim = tmp_path / "bin" / "ziping"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return f"{shim.parent}:{os.environ['PATH']}"


def test_there_are_ten() -> None:
    assert sum(command.startswith("ziping") for command in commands()) == 10


def test_a_countys_year_in_ten_commands_from_an_empty_folder(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (tmp_path / "round.txt").write_text(PEOPLE, encoding="utf-8")
    round = read_round(tmp_path / "round.txt")
    with BotApiServer() as server:
        serving = Serving(server, folder, "qingshan-2025", "invited", zone_at_noon())
        environment = os.environ | serving.environment | {"PATH": path}
        said: dict[str, str] = {}
        try:
            for command in commands():
                if command == SERVE:
                    serving.start()
                    continue
                if "progress" in command:
                    player = Player(server, serving, round)
                    player.kept |= invitations(folder)
                    player.play()
                done = subprocess.run(
                    ["bash", "-ec", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
                assert "Traceback" not in done.stderr
                said[command.partition(" ")[2]] = done.stdout
        finally:
            serving.kill()
    assert (folder / "进度.png").read_bytes().startswith(b"\x89PNG")
    assert list((folder / "汇总").glob("*.xlsx"))
    with zipfile.ZipFile(folder / "公开版.zip") as public:
        names = public.namelist()
        assert any(name.endswith(".docx") for name in names)
        everything = b"".join(_parts(public, name) for name in names).decode("utf-8", "replace")
    for private in ("周明", "0700-6543210", "张会计", "王局长"):
        assert private not in everything


def invitations(folder: Path) -> dict[str, str]:
    """The printed codes by name."""
    (book,) = (folder / "邀请单").glob("*.xlsx")
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    head = rows[1]
    return {row[head.index("姓名")]: row[head.index("邀请码")] for row in rows[2:]}


def _parts(archive: zipfile.ZipFile, name: str) -> bytes:
    content = archive.read(name)
    if not name.endswith((".docx", ".xlsx")):
        return content + name.encode()
    path = Path(archive.filename or "").with_suffix(".part")
    path.write_bytes(content)
    with zipfile.ZipFile(path) as parts:
        return name.encode() + b"".join(parts.read(part) for part in parts.namelist())
