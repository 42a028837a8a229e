"""The administrator over the Bot API server: a spreadsheet up, slips down, a report whose message tells how far it is."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from dialogs.store import counties, people
from dialogs.store.engine import open_store, upgrade, writing
from tests.bot.serving import Serving
from tests.botapi import BotApiServer
from tests.dialogs.bureau.test_importing import LIST


def test_a_list_up_and_slips_down(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ziping.db"
    upgrade(url)
    engine = open_store(url)
    with writing(engine) as c:
        counties.add_county(c, "c1", "小县", 1)
        boss = people.person(c, "telegram", "77", 1, lambda: "boss")
        people.appoint(c, boss, "c1", "administrator", 1)
    with BotApiServer() as server, Serving(server, tmp_path):
        person = server.person(77, "陈科长")
        person.says("/start")
        person.sees("从这里开始")
        person.taps("小县财政局")
        person.sees("还没有单位，也没有开表")
        person.taps("导入名单")
        person.sees("把名单发给我")
        person.sends_document("名单.xlsx", LIST)
        tried = person.sees("会新建单位 2 个，会邀请 3 人")
        assert "试运行" in tried.text
        person.taps("全部导入", tried)
        person.sees("导入好了：新建单位 2 个")
        person.waits_for(lambda: any(name.endswith(".zip") for name, _ in person.documents))
        name, content = person.documents[-1]
    assert name == "小县邀请单.zip"
    with ZipFile(BytesIO(content)) as packed:
        assert packed.namelist() == ["小县邀请名单.xlsx", "小县邀请单.docx"]
    engine.dispose()
