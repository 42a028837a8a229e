"""The whole filing over a real Bot API conversation: `ziping serve`, killed in the middle, uploads the documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.demo import script
from dialogs.store.engine import open_store
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from templates.drafting import draft
from tests.bot.serving import Serving
from tests.botapi import BotApiServer, Drop, Person, ServerError, TooMany
from tests.conversations import FOLDER as CONVERSATIONS
from tests.conversations.ending import ends_with_its_cases
from tests.conversations.script import read_script

AHEAD = 20  # lines typed before one looks up: a chat that runs away is heard no more
PATIENCE = 30


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


def answer(person: Person, line: str) -> None:
    """Type the line or tap the button it names; then wait for the answer."""
    text = line.replace("\\n", "\n")
    shown = [e for e in person.screen if e.who == "bot" and e.buttons]
    buttons = shown[-1].buttons if shown else ()
    before = len([e for e in person.chat if e.who == "bot"])
    if line.startswith("#"):
        person.presses(buttons[int(line[1:]) - 1].data, shown[-1].message_id)
    elif text in [b.text for b in buttons]:
        person.taps(text)
    else:
        person.says(text)
    person.waits_for(lambda: len([e for e in person.chat if e.who == "bot"]) > before, PATIENCE)


def test_a_whole_filing_is_filled_and_its_documents_uploaded_with_a_kill_in_the_middle(
    server: BotApiServer, tmp_path: Path
) -> None:
    filler = server.person(1001, "填报人")
    lines = script()
    middle = len(lines) // 2
    with Serving(server, tmp_path) as serving:
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        for n, line in enumerate(lines):
            if n == middle:
                filler.says("目录")  # on its way when the process is killed
                serving.restart()
                filler.sees("点一节看里面的题", PATIENCE)
                answer(filler, "继续填")
            if n == middle + 5:
                server.fail_next("sendMessage", TooMany(retry_after=1))
            answer(filler, line)
        filler.waits_for(lambda: len(filler.documents) == 8 and len(filler.photos) == 2, PATIENCE)
        assert serving.stop() == 0
    names = [name for name, _ in filler.documents]
    assert [("第1版" in n, "定稿" in n) for n in names] == [(True, False)] + [(False, True)] * 7
    form = load("hecheng-2020/department")
    whole = dict(read_answers(form, OWN_PACKS / "hecheng-2020" / "cases" / "department.yaml").answers)
    uploaded = next(content for name, content in filler.documents if "全套" in name and "定稿" in name)
    assert len(uploaded) == pytest.approx(len(draft(form, whole, "complete", unit="鹤城区社会保险服务中心").content), rel=0.02)
    assert not filler.unanswered
    log = serving.log.read_text(encoding="utf-8")
    assert server.token not in log
    assert server.token.partition(":")[2] not in log
    for private in ("李敏", "0745-1234567", "鹤城区社会保险服务中心"):
        assert private not in log
    assert "Traceback" not in log


def test_two_projects_and_what_draws_from_them_are_filled_with_kills_in_the_middle_of_a_table(
    server: BotApiServer, tmp_path: Path
) -> None:
    filler = server.person(1001, "填报人")
    conversation = read_script(CONVERSATIONS / "lieshan.txt")
    killed = [n for n, line in enumerate(conversation.lines) if line == "经费支出合规率"]  # its cells are still open
    with Serving(server, tmp_path, "lieshan-2023") as serving:
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        for n, line in enumerate(conversation.lines):
            filler.says(line.replace("\\n", "\n"))  # typed, never tapped: lines keep their order whatever is on its way
            filler.waits_for(lambda n=n: sum(e.who == "bot" for e in filler.chat) > n - AHEAD, PATIENCE)  # type: ignore[misc]
            if n in killed:
                serving.restart()
        filler.waits_for(lambda: sum("情况说明" in name for name, _ in filler.documents) >= 2, PATIENCE)
        assert serving.stop() == 0
    assert killed
    store = open_store(f"sqlite:///{tmp_path}/ziping.db")
    ends_with_its_cases(conversation, store)
    store.dispose()
    log = serving.log.read_text(encoding="utf-8")
    assert "Traceback" not in log
    for private in ("老字号", "烈山区人社局"):
        assert private not in log


def test_strange_messages_faults_and_forged_buttons_get_a_kind_answer(server: BotApiServer, tmp_path: Path) -> None:
    filler, other = server.person(1001, "填报人"), server.person(2002, "别人")
    with Serving(server, tmp_path):
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        answer(filler, "鹤城区社会保险服务中心")
        answer(filler, "对，开始")
        first = filler.newest
        filler.sends_sticker()
        filler.sees("文字", PATIENCE)
        filler.sends_voice()
        filler.sees("麻烦打字告诉我", PATIENCE)
        answer(filler, "跳过")
        filler.presses(first.buttons[0].data, first.message_id)  # of a question that has gone by
        filler.presses("nonsense.7", first.message_id)
        filler.waits_for(lambda: not filler.unanswered, PATIENCE)
        other.says("/start")
        other.sees("单位的全称", PATIENCE)
        other.presses(filler.newest.buttons[0].data)  # somebody else's button
        other.waits_for(lambda: not other.unanswered, PATIENCE)
        assert "鹤城区" not in "".join(e.text for e in other.chat)
        server.fail_next("sendMessage", ServerError(502, html=True))
        server.fail_next("getUpdates", Drop(before=False))
        filler.says("目录")
        filler.sees("点一节看里面的题", PATIENCE)
        server.push({"message": {"nothing": "of what should be there"}})
        server.push({"callback_query": []})
        filler.says("检查一遍")
        filler.sees("检查结果", PATIENCE)  # replies keep their order, so nothing is on its way any more
        count = len(filler.chat)
        server.replay_all()
        filler.says("目录")
        filler.sees("点一节看里面的题", PATIENCE)
        assert len(filler.chat) == count + 2  # the line and its answer: what came a second time changed nothing


def test_a_wrong_token_is_told_in_one_sentence(server: BotApiServer, tmp_path: Path) -> None:
    serving = Serving(server, tmp_path)
    server_token, server.token = server.token, "999999:WRONG-token-that-nobody-issued-at-all"
    try:
        serving.start()
        assert serving.process
        assert serving.process.wait(timeout=20) == 2
    finally:
        server.token = server_token
        serving.kill()
    log = serving.log.read_text(encoding="utf-8")
    assert "TELEGRAM_TOKEN" in log
    assert "Traceback" not in log
    assert "WRONG" not in log
