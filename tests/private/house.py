"""A county that keeps personal data out of the messenger: its chats, and a browser before its pages.

    house = House(engine, packs)
    filler.sees("…")
    page = house.opens(filler)          # the newest link of the chat, looked at
    house.posts(page, phone="…")        # its button
    house.passed()                      # everything that went through the messenger

Not here: what is on the pages (templates/pages).
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Engine
from starlette.applications import Starlette

from bot.web.pages import Pages
from dialogs.replies import File, Made, Message, Picture, Toast
from tests.bot.web.asking import Answer, ask
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import FORM

OWN = "https://self.example"
LINK = re.compile(re.escape(OWN) + r"(/l/[A-Za-z0-9_-]{43})\b")
BOUNDARY = "----phone"


@dataclass
class Page:
    """One answer of the office's own server."""

    path: str
    answer: Answer
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.answer.body.decode(errors="replace")

    @property
    def status(self) -> int:
        return self.answer.status

    def sees(self, *fragments: str) -> "Page":
        for fragment in fragments:
            assert fragment in self.text, f"{fragment!r} is not in {self.status}:\n{self.text}"
        return self


class House(County):
    """The county, private."""

    def __init__(self, engine: Engine, packs: Path, forms: tuple[str, ...] = (FORM,), id: str = "c1", name: str = "小县") -> None:
        super().__init__(engine, packs, forms, id, name)
        self.office = replace(self.office, private=True, own_url=OWN)

        async def in_thread(function, *arguments):
            return function(*arguments)

        self.told = 0
        self.pages = Pages(self.office, in_thread, self._tell)
        self.app = Starlette(routes=self.pages.routes())

    def _tell(self) -> None:
        self.told += 1

    # The browser.

    def link(self, somebody: Somebody) -> str:
        """The path of the newest link in somebody's chat."""
        texts = [r.text for r in somebody.received if isinstance(r, Message)]
        found = [match[1] for text in texts for match in LINK.finditer(text)]
        assert found, f"no link in {texts[-1:]}"
        return found[-1]

    def gets(self, path: str, method: str = "GET") -> Page:
        return Page(path, asyncio.run(ask(self.app, method=method, path=path, headers={})))

    def opens(self, somebody: Somebody) -> Page:
        return self.gets(self.link(somebody))

    def posts(self, page: Page | str, **fields: str) -> Page:
        """The button of a form; everybody's chats go on after it. A redirection is followed."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return self._sent(page, urlencode(fields).encode(), headers)

    def uploads(self, page: Page | str, *files: tuple[str, bytes]) -> Page:
        """The button of a form with files."""
        body = (
            b"".join(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'.encode()
                + b"Content-Type: application/octet-stream\r\n\r\n"
                + content
                + b"\r\n"
                for name, content in files
            )
            + f"--{BOUNDARY}--\r\n".encode()
        )
        return self._sent(page, body, {"content-type": f"multipart/form-data; boundary={BOUNDARY}"})

    def _sent(self, page: Page | str, body: bytes, headers: dict[str, str]) -> Page:
        path = page if isinstance(page, str) else page.path
        headers |= {"content-length": str(len(body))}
        answer = asyncio.run(ask(self.app, body, path=path, headers=headers))
        self.works()
        if answer.status == 303:
            return self.gets(answer.headers["location"].replace("..", ""))
        return Page(path, answer)

    def downloads(self, page: Page, number: int = 0) -> Page:
        """A file of the page behind a used link."""
        found = re.findall(r'href="([A-Za-z0-9_-]{43}/\d+)"', page.text)
        return self.gets(f"/f/{found[number]}")

    # What passed through the messenger.

    def passed(self, people: Sequence[Somebody] = ()) -> str:
        """Every word that left for a chat. Fails when anything but words did."""
        said = []
        for somebody in people or self.everybody.values():
            for reply in somebody.received:
                assert not isinstance(reply, File | Picture | Made), reply
                said.append(reply.text)
                if not isinstance(reply, Toast):
                    said += [b.text for row in reply.buttons for b in row]
        return "\n".join(said)
