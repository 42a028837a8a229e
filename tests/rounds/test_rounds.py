"""Every script beside this file, played by its persons over real HTTP with a real serving process."""

from pathlib import Path

import pytest

from tests.bot.serving import Serving
from tests.botapi import BotApiServer
from tests.rounds.player import Player, zone_at_noon
from tests.rounds.script import read_round

SCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_the_persons_of_a_round_get_through_it(path: Path, tmp_path: Path) -> None:
    script = read_round(path)
    with BotApiServer() as server, Serving(server, tmp_path, script.forms, "invited", zone_at_noon()) as serving:
        player = Player(server, serving, script)
        player.play()
        assert serving.stop() == 0
    log = serving.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert server.token.partition(":")[2] not in log
    for name in script.people:
        assert name not in log
