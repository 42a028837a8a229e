"""S5: a whole conversation at DEBUG, with defects on every way that each say aloud what somebody wrote: nothing of it is
in the log, and nothing of the office in the files. Each way of logging too much is noticed."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scoring.loading import load
from tests.bot.planted import CRASH
from tests.bot.serving import ROOT, Serving
from tests.botapi import BotApiServer

PATIENCE = 30
FORM = "hecheng-2020/department"
UNIT, PERSON, ANSWER, FILE = "金丝雀服务中心", "欧阳雀", "燕雀安知鸿鹄之志", "雀舌批复.pdf"
PHONE, MOBILE, IDENTITY = "0745-7654321", "13812345678", "43310119900101123X"
CODE = "ABCD-1234-EFGH-5678-JKMN-9PQR-STVW"


class Planted(Serving):
    """A serving process with defects planted in it."""

    leak = ""

    def start(self) -> None:
        environment = os.environ | self.environment | {"LEAK": self.leak}
        with self.log.open("ab") as log:
            program = [sys.executable, "-m", "tests.bot.planted"]
            self.process = subprocess.Popen(program, cwd=self.folder, env=environment, stdout=log, stderr=log)


def spoken(folder: Path, leak: str = "") -> tuple[str, BotApiServer]:
    """The log of a whole conversation, and the server it was with."""
    with BotApiServer() as server:
        filler = server.person(1001, PERSON)
        form, serving = load(FORM), Planted(server, folder, forms=FORM)
        serving.leak = leak
        with serving:
            filler.says("/start")
            filler.sees("单位的全称", PATIENCE)
            filler.says(UNIT)
            filler.sees("没问题的话", PATIENCE)
            filler.taps("对，开始")
            filler.sees("第 1 题", PATIENCE)
            filler.says("\n".join(f"{CRASH}{canary}" for canary in (PERSON, MOBILE, IDENTITY, ANSWER, CODE, server.token)))
            filler.sees("没能处理好", PATIENCE)
            filler.says(f"我的邀请码 {CODE}")
            filler.sees("邀请", PATIENCE)
            filler.says("/start")
            filler.sees("第", PATIENCE)
            for kind, typed in (("person", PERSON), ("phone", PHONE), ("long_text", f"{ANSWER}，说来话长。")):
                number = next(form.numbers[item.id] for item in form.items.values() if item.type == kind)
                for said in (f"第{number}题", typed):
                    before = len(filler.chat)
                    filler.says(said)
                    filler.waits_for(lambda before=before: len(filler.chat) > before + 1, PATIENCE)
            filler.sends_document(FILE, b"%PDF-1.4 " + ANSWER.encode(), ANSWER)
            filler.says("生成草稿")
            filler.waits_for(lambda: any(name.endswith(".docx") for name, _ in filler.documents), PATIENCE)
            assert serving.stop() == 1  # the last defect ends the process
        return serving.log.read_text(encoding="utf-8"), server


def canaries(text: str, server: BotApiServer) -> list[str]:
    secrets = (server.token, server.token.partition(":")[2], "/file/bot", CODE, CODE.replace("-", ""))
    return [c for c in (UNIT, PERSON, ANSWER, FILE, PHONE, MOBILE, IDENTITY, *secrets) if c in text or ascii(c)[1:-1] in text]


def test_nothing_of_anybody_is_in_the_log_and_nothing_of_the_office_in_the_files(tmp_path: Path) -> None:
    log, server = spoken(tmp_path)
    assert canaries(log, server) == []
    for defect in (
        "dialogs.handling: event",
        "failed",
        "the process ended by an error",
        "a thread ended by an error",
        "nobody waits for",
    ):
        assert defect in log
    assert "the end is near" in log
    documents = server.person(1001).documents
    assert documents
    for name, content in documents:
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                about = "".join(opened.read(n).decode() for n in opened.namelist() if n.startswith("docProps/"))
            assert canaries(about, server) == [], name
            assert str(ROOT) not in about


@pytest.mark.parametrize("leak", ["libraries", "errors", "hooks"])
def test_each_way_of_logging_too_much_is_noticed(tmp_path: Path, leak: str) -> None:
    assert canaries(*spoken(tmp_path, leak))
