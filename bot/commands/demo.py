"""`ziping demo`: the whole filing of a real unit played as a chat, ending with the Word files in a folder."""

from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.office import open_office
from bot.terminal import CHANNEL, Desk, understand

SCRIPT = Path(__file__).parent.parent / "demo" / "hecheng-2020.txt"
FORM = "hecheng-2020/department"


def run(arguments: Namespace) -> int:
    """Play the script against a fresh store."""
    with TemporaryDirectory() as folder:
        office = open_office(f"sqlite:///{folder}/demo.db", {CHANNEL: understand}, (FORM,), open_door=True)
        desk = Desk(office, arguments.out, lambda text: print(indented(text)))
        desk.says("/start")
        for line in script():
            print(f"\n{' ' * 24}👤 {line.replace(chr(92) + 'n', chr(10) + ' ' * 27)}\n")
            desk.says(line)
        office.engine.dispose()
    print(f"\n文件都在 {arguments.out}/：")
    for path in desk.files:
        print(f"  {path.name}")
    return 0


def script() -> list[str]:
    """The lines the filler types; # starts a comment."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def indented(text: str) -> str:
    """A message of the bot, set off from what the person types."""
    return "\n".join(("🤖 " if n == 0 else "   ") + line for n, line in enumerate(text.split("\n")))
