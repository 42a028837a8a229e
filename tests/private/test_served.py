"""`ziping serve` where personal data stays out of the messenger: over the Bot API server and real HTTP, with a kill between."""

import io
import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.serving import Serving
from tests.bot.test_serve import PATIENCE, answer
from tests.botapi import BotApiServer, Person
from tests.botapi.pictures import jpeg

NAME, PHONE = "欧阳金丝雀", "13812345678"
BOUNDARY = "phone"


class Private(Serving):
    """The process with the setting off."""

    @property
    def environment(self) -> dict[str, str]:
        own = {"TELEGRAM_PERSONAL_DATA": "off", "OWN_URL": f"http://{self.listen}", "LISTEN": self.listen}
        return super().environment | own


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


def link(filler: Person, words: str) -> str:
    """The link in the message with these words."""
    said = filler.sees(words, PATIENCE).text
    return re.search(r"http://\S+/l/[\w-]{43}", said)[0]


def listens(serving: Serving) -> None:
    """Wait for the process to be at its door again."""
    host, _, port = serving.listen.partition(":")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < until, "nobody listens"
            time.sleep(0.05)


def asked(url: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> tuple[int, bytes, str]:
    """Status, content and address of an answer; a redirection is followed."""
    request = urllib.request.Request(url, body, {"content-type": kind} if body is not None else {})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as got:
            return got.status, got.read(), got.geturl()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), url


def test_a_filling_of_which_nothing_personal_and_no_file_passes_through(server: BotApiServer, tmp_path: Path) -> None:
    filler = server.person(1001, "填报人")
    with Private(server, tmp_path, "example/basic") as serving:
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        answer(filler, "鹤城区社会保险服务中心")
        answer(filler, "对，开始")
        filler.says("第23题")
        page = link(filler, "联系电话？")
        status, form, _ = asked(page)
        assert status == 200
        assert "filler_phone" in form.decode()
        serving.restart()
        listens(serving)
        filled = urllib.parse.urlencode({"filler_name": NAME, "filler_phone": PHONE}).encode()
        status, saved, _ = asked(page, filled)
        assert (status, "已保存" in saved.decode()) == (200, True)
        assert asked(page, filled)[0] == 404
        filler.sees("已在网页上收到：填表人、联系电话", PATIENCE)

        filler.sends_photo(jpeg(64, 48), f"{NAME}的照片")
        upload = link(filler, "刚才发来的我没有取")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{NAME}.jpg"\r\n\r\n'.encode()
        body = head + jpeg(640, 480) + f"\r\n--{BOUNDARY}--\r\n".encode()
        status, told, _ = asked(upload, body, f"multipart/form-data; boundary={BOUNDARY}")
        assert (status, "收到 1 个文件" in told.decode()) == (200, True)
        filler.sees("已存 1 个", PATIENCE)

        filler.says("生成草稿")
        files = link(filler, "个文件好了")
        status, ready, address = asked(files, b"")
        assert (status, address.split("/")[3]) == (200, "f")
        first = re.search(r'href="([\w-]{43}/0)"', ready.decode())[1]
        status, document, _ = asked(urllib.parse.urljoin(address, first))
        with zipfile.ZipFile(io.BytesIO(document)) as word:
            text = word.read("word/document.xml").decode()
        assert NAME in text
        assert PHONE in text
        filler.says("看全部答案")
        filler.sees("欧某某", PATIENCE)
        assert serving.stop() == 0

    sent = str([call.params for method in ("sendMessage", "editMessageText") for call in server.called(method)])
    for word in (NAME, PHONE, "金丝雀"):
        assert word not in sent
    assert '"is_disabled": true' in sent or "'is_disabled': True" in sent
    for method in ("sendDocument", "sendPhoto", "getFile"):
        assert server.called(method) == []
    log = serving.log.read_text(encoding="utf-8")
    tokens = re.findall(r"/[lf]/([\w-]{43})", sent)
    assert len(tokens) >= 3
    for secret in (NAME, PHONE, "Traceback", *tokens):
        assert secret not in log
