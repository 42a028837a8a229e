"""Files and surveys over a real Bot API conversation: sent, fetched, kept through a kill; a QR picture followed by strangers."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.serving import Serving
from tests.bot.test_serve import PATIENCE, answer
from tests.botapi import BotApiServer, Person
from tests.botapi.files import document, photo
from tests.botapi.pictures import jpeg, measured


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


def begun(filler: Person) -> Person:
    """A filler at the first question."""
    filler.says("/start")
    filler.sees("单位的全称", PATIENCE)
    answer(filler, "鹤城区社会保险服务中心")
    answer(filler, "对，开始")
    return filler


def test_an_album_a_program_and_a_large_file_with_a_kill_while_they_are_fetched(server: BotApiServer, tmp_path: Path) -> None:
    filler = server.person(1001, "填报人")
    pictures = [jpeg(640, 480, words=f"第{n}张") for n in range(3)]
    with Serving(server, tmp_path, "example/basic") as serving:
        begun(filler)
        answer(filler, "佐证材料")
        answer(filler, next(b.text for b in filler.newest.buttons if "服务对象满意度" in b.text))
        filler.sends_album(*(photo(p) for p in pictures), caption="满意度调查汇总")
        filler.sends_document("合同.jpg", b"MZ" + bytes(300), mime="image/jpeg")
        filler.sends_album(photo(pictures[0]), document("大.pdf", b"", size=30 * 1024 * 1024))
        filler.sees("收到，正在存", PATIENCE)
        serving.restart()
        told = filler.sees("已存 3 个", PATIENCE).text
        whole = "\n".join(e.text for e in filler.chat if e.who == "bot")
        assert "服务对象满意度”（现在共 3 个）" in told
        assert "一模一样" in whole
        assert "“合同.jpg”没存：这是程序" in whole
        assert "“大.pdf”没存：超过 20 MB" in whole
        answer(filler, "佐证材料")
        answer(filler, next(b.text for b in filler.newest.buttons if b.text.startswith("√")))
        filler.taps("看 1")
        filler.waits_for(lambda: filler.photos, PATIENCE)
        name, content = filler.photos[-1]
        assert content in pictures
        assert measured(content) == (640, 480)
        assert name.endswith("服务对象满意度_鹤城区社会保险服务中心_1.jpg")
        answer(filler, "生成草稿")
        answer(filler, "打包下载")
        filler.waits_for(lambda: any(name.endswith(".zip") for name, _ in filler.documents), PATIENCE)
        package = next(content for name, content in filler.documents if name.endswith(".zip"))
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            kept = [archive.read(n) for n in archive.namelist() if n.startswith("佐证材料/")]
        assert sorted(kept) == sorted(pictures)
        assert serving.stop() == 0
    log = serving.log.read_text(encoding="utf-8")
    assert server.token not in log
    assert "Traceback" not in log
    for private in ("合同", "满意度调查汇总", "鹤城区"):
        assert private not in log


def test_a_survey_by_its_picture_and_link(server: BotApiServer, tmp_path: Path) -> None:
    filler = server.person(1001, "填报人")
    with Serving(server, tmp_path) as serving:
        begun(filler)
        answer(filler, "改满意度调查结果")
        answer(filler, "满意度调查")
        answer(filler, "发起调查")
        if "https://" not in filler.newest.text:  # the bot learns its name beside everything else
            filler.waits_for(lambda: server.called("getMe"), PATIENCE)
            answer(filler, "刷新")
        found = re.search(r"https://t\.me/\S+", filler.newest.text)
        assert found
        filler.taps("二维码图片")
        filler.waits_for(lambda: filler.photos, PATIENCE)
        assert filler.photos[-1][1].startswith(b"\x89PNG")
        for n, tap in enumerate(("非常满意", "满意", "不满意")):
            citizen = server.person(5000 + n, "群众")
            citizen.follows(found[0])
            citizen.sees("不记姓名", PATIENCE)
            citizen.taps(tap)
            citizen.sees("填好了，谢谢您", PATIENCE)
            citizen.follows(found[0])
            citizen.sees("您已经填过了", PATIENCE)
            assert not citizen.unanswered
        answer(filler, "刷新")
        assert "有效 3 份" in filler.newest.text
        answer(filler, "结束调查")
        answer(filler, "结束，看结果")
        answer(filler, "填进这一题")
        assert "已记：满意度调查结果 66.67%" in filler.newest.text
        assert serving.stop() == 0
    log = serving.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "5000" not in log
