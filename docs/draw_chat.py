"""Draws docs/pictures/chat.png: some turns of the real conversation as they look on a phone.

Run `python -m docs.draw_chat` after the chat's texts have changed. Not part of the program.
"""

import json
import tempfile
from pathlib import Path

from bot.office import open_office
from bot.terminal import CHANNEL, CHAT, understand
from dialogs.events import Arrival
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.replies import Message
from dialogs.store import inbox
from dialogs.store.engine import writing
from docs.phone import Turn, draw

PICTURES = Path(__file__).parent / "pictures"
BEFORE = ["/start", "鹤城区社会保险服务中心", "对，开始", "机构设置略", "职责略"]
SHOWN = ["编制数 三十七\n在职人员数：３１", "[1", "6", "[1", "[1", "[1", "2.47万 2 1.17", "大概2.5"]


class Chat:
    """One person in front of the office; `turns` is everything said since `turns` was emptied."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.turns: list[Turn] = []
        self._tokens: list[str] = []
        self._lines = 0

    def says(self, line: str) -> None:
        """A line, or `[n`: the n-th button of the latest message."""
        pressed = line.startswith("[")
        body = {"pressed": self._tokens[int(line[1:]) - 1]} if pressed else {"said": line}
        if not pressed:
            self.turns.append(Turn(line, own=True))
        self._lines += 1
        with writing(self.office.engine) as c:
            inbox.receive(c, [Arrival(CHANNEL, "me", self._lines, CHAT, CHAT, json.dumps(body))], self.office.clock())
        while handle_next(self.office):
            pass
        while parcel := claim(self.office):
            if isinstance(parcel.reply, Message):
                rows = [[b.text for b in row] for row in parcel.reply.buttons]
                self._tokens = [b.token for row in parcel.reply.buttons for b in row] or self._tokens
                self.turns.append(Turn(parcel.reply.text, rows))
            sent(self.office, parcel, parcel.id)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(f"sqlite:///{folder}/a.db", {CHANNEL: understand}, ("hecheng-2020/department",), open_door=True)
        chat = Chat(office)
        for line in BEFORE:
            chat.says(line)
        chat.turns.clear()
        for line in SHOWN:
            chat.says(line)
        office.engine.dispose()
    draw(chat.turns[:2] + chat.turns[-4:], PICTURES / "chat.png")


if __name__ == "__main__":
    main()
