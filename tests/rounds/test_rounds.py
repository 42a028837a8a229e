"""Every script beside this file, played by its persons over real HTTP with a real serving process."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.bot.serving import Serving
from tests.botapi import BotApiServer
from tests.rounds.player import Player, zone_at_noon
from tests.rounds.script import read_round
from tests.templates import validity
from tests.year.small import write_pack

SCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_the_persons_of_a_round_get_through_it(path: Path, tmp_path: Path) -> None:
    script = read_round(path)
    packs = write_pack(tmp_path / "packs")
    with BotApiServer() as server, Serving(server, tmp_path, script.forms, "invited", zone_at_noon(), packs) as serving:
        player = Player(server, serving, script)
        player.play()
        assert serving.stop() == 0
    for person in player.people.values():
        for name, content in person.documents:
            if name.endswith(".docx"):
                assert not validity.problems(content), name
            if name.endswith(".zip"):
                assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        assert not person.unanswered, person.name
    log = serving.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert server.token.partition(":")[2] not in log
    for name in script.people:
        assert name not in log
