"""Every script beside this file, played from the greeting to the documents."""

from pathlib import Path

import pytest

from bot.office import open_office
from bot.terminal import CHANNEL, Desk, understand
from tests.conversations import FOLDER
from tests.conversations.ending import ends_with_its_cases
from tests.conversations.script import read_script
from tests.templates.validity import problems

SCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_a_filler_gets_from_the_greeting_to_the_documents(path: Path, tmp_path: Path) -> None:
    script = read_script(path)
    told: list[str] = []
    office = open_office(f"sqlite:///{tmp_path}/store.db", {CHANNEL: understand}, script.forms, open_door=True)
    desk = Desk(office, tmp_path / "out", told.append)
    desk.says("/start")
    for line in script.lines:
        told.append(f"👤 {line}")
        desk.says(line)
    ends_with_its_cases(script, office.engine, "\n".join(told[-12:]))
    sent = [f for f in desk.files if f.suffix == ".docx"]
    assert len(sent) >= len(script.cases)
    for file in sent:
        assert not problems(file.read_bytes()), file.name
    office.engine.dispose()
