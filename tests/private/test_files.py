"""Files: none passes through the messenger, out or in; each is fetched or uploaded behind a link that works once."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select

from dialogs.bureau import working
from dialogs.evidence import fetching
from dialogs.outgoing import claim
from dialogs.store import evidence, invitations, jobs
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from tests.botapi.pictures import jpeg
from tests.dialogs.bureau.sheets import HEADER, xlsx
from tests.dialogs.county import Somebody
from tests.dialogs.store.stock import dump
from tests.private.house import House

NAME = "欧阳金丝雀"


@pytest.fixture
def drafter(engine: Engine, tmp_path: Path) -> Somebody:
    """Somebody at a form that has documents."""
    house = House(engine, tmp_path, ("example/basic",))
    unit = house.unit("民政局")
    house.filing_id = house.filing(unit, "example/basic")
    filler = house.filler(unit, "李会计").says("/start")
    return filler.taps(next(b.text for b in filler.buttons if b.text.startswith("民政局")))


def test_the_documents_come_as_one_link_to_all_of_them(drafter: Somebody) -> None:
    house = drafter.county
    drafter.says("生成草稿").sees("第 1 版", "个文件好了", "得分一览", "https://self.example/l/")
    page = house.opens(drafter).sees("得分一览", "打开下载页")
    ready = house.posts(page).sees("15 分钟内有效")
    document, picture = house.downloads(ready, 0), house.downloads(ready, 1)
    assert ZipFile(BytesIO(document.answer.body)).testzip() is None
    assert "word/document.xml" in ZipFile(BytesIO(document.answer.body)).namelist()
    assert picture.answer.body.startswith(b"\x89PNG")
    assert document.answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6%B0%91")
    assert document.answer.headers["cache-control"] == "no-store"
    assert house.downloads(ready, 0).answer.body == document.answer.body  # a phone fetches twice
    house.posts(page).sees("用过了")
    house.passed()


def test_more_files_asked_for_come_as_links_too(drafter: Somebody) -> None:
    house = drafter.county
    drafter.says("生成草稿").taps("要单独的文件").sees("好了")
    house.downloads(house.posts(house.opens(drafter)), 1)
    drafter.says("生成草稿").taps("打包下载")
    package = house.downloads(house.posts(house.opens(drafter)))
    assert "答案汇总表.xlsx" in ZipFile(BytesIO(package.answer.body)).namelist()
    house.passed()


def test_the_files_of_a_link_are_there_for_a_quarter_of_an_hour_and_a_few_fetches(house: House, filler: Somebody) -> None:
    filler.says("生成草稿")
    ready = house.posts(house.opens(filler))
    house.clock.now += 15 * 60
    assert house.downloads(ready).status == 404
    filler.says("新链接").sees("小全套", "新的链接")
    ready = house.posts(house.opens(filler))
    fetched = [house.downloads(ready, 1).status for _ in range(31)]
    assert fetched == [200] * 30 + [404]


def test_the_token_of_files_ready_to_fetch_is_no_link_and_the_other_way_round(drafter: Somebody) -> None:
    house = drafter.county
    drafter.says("生成草稿")
    link = house.link(drafter)
    assert house.gets(link.replace("/l/", "/f/")).status == 404
    assert house.gets(link.replace("/l/", "/f/") + "/0").status == 404
    ready = house.posts(link)
    assert house.gets(ready.path.replace("/f/", "/l/")).status == 404
    assert house.posts(ready.path.replace("/f/", "/l/")).status == 404
    assert house.gets(f"{ready.path}/7").status == 404
    assert house.downloads(ready).status == 200


def test_whoever_has_lost_the_rights_gets_no_file(house: House, filler: Somebody) -> None:
    filler.says("生成草稿")
    other = house.unit("教育局")
    house.joins(filler, other, "filler")
    ready = house.posts(house.opens(filler))
    with reading(house.office.engine) as c:
        unit = c.execute(select(t.filings.c.unit_id)).scalar_one()
    house.leaves(filler, unit)
    house.downloads(ready).sees("现在没有权限看这个文件")
    house.leaves(filler, other)
    filler.says("新链接")
    assert house.posts(house.opens(filler)).status == 404


def test_what_is_held_about_oneself_comes_by_a_link(house: House, filler: Somebody) -> None:
    filler.says("我的").taps("我的资料").sees("关于我的全部资料", "https://self.example/l/")
    text = house.downloads(house.posts(house.opens(filler))).answer.body.decode("utf-8-sig")
    assert "李会计" in text
    assert "李会计" not in house.passed()


def test_a_photo_sent_in_the_chat_is_not_fetched(house: House, filler: Somebody) -> None:
    filler.says("第1题").sends("SECRET-FILE-ID", f"{NAME}.jpg", f"{NAME}的证明").sees("没有取", "删掉", "https://self.example/l/")
    assert fetching.claim(house.office) is None
    stored = "".join(map(str, dump(house.office.engine).values()))
    assert "SECRET-FILE-ID" not in stored
    assert NAME not in stored


def test_evidence_is_uploaded_and_the_chat_is_told(house: House, filler: Somebody) -> None:
    filler.says("第1题").sends("F1")
    page = house.opens(filler).sees("民政局", "可以多选")
    done = house.uploads(page, (f"{NAME}.jpg", jpeg(64, 48, words="a")), ("b.jpg", jpeg(64, 48, words="b"))).sees(
        "收到 2 个文件", "再传几个"
    )
    house.clock.now += fetching.QUIET
    while fetching.tell(house.office):
        pass
    house.works()
    filler.sees("已存 2 个")
    more = house.gets("/l/" + done.text.split('class="do" href="')[1][:43]).sees("可以多选")
    house.uploads(more, ("b.jpg", jpeg(64, 48, words="b"))).sees("收到 0 个文件", "1 个和已有的一样")
    with reading(house.office.engine) as c:
        pieces = evidence.listed(c, house.filing_id)
    assert [p.name for p in pieces] == ["照片 3月1日10:00"] * 2
    assert house.uploads(page, ("c.jpg", jpeg(64, 48, words="c"))).status == 404
    assert NAME not in house.passed()


def test_what_cannot_be_evidence_is_refused_and_the_link_stays_good(house: House, filler: Somebody) -> None:
    filler.says("第1题").sends("F1")
    page = house.opens(filler)
    before = dump(house.office.engine)
    refused = house.uploads(page, ("好的.jpg", b"MZ\x00"), ("b.zip", b"Rar!...."))
    assert refused.status == 422
    refused.sees("“好的.jpg”没存：这是程序", "压缩包")
    house.uploads(page, ("", b"")).sees("没有选文件")
    assert dump(house.office.engine) == before
    house.uploads(page, ("x.exe", b"MZ\x00"), ("a.jpg", jpeg(64, 48))).sees("收到 1 个文件", "这是程序")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nhallo\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\n" + b"h" * 5000 + b"\r\n\r\nhallo\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (
            b"".join(b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" for _ in range(60)) + b"--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (b"a=1", "text/plain"),
        (b"a=1", "multipart/form-data"),
        (b"&".join(b"a%d=1" % n for n in range(60)), "application/x-www-form-urlencoded"),
        (b"a=%ff", "application/json"),
    ],
)
def test_a_body_that_is_no_form_is_told_kindly(house: House, filler: Somebody, body: bytes, kind: str) -> None:
    filler.says("第1题").sends("F1")
    answer = house._sent(house.link(filler), body, {"content-type": kind})
    assert answer.status in (413, 422)
    assert house.opens(filler).status == 200


def test_a_body_beyond_the_most_is_not_read_to_its_end(house: House, filler: Somebody) -> None:
    import asyncio

    from tests.bot.web.asking import ask

    filler.says("第1题").sends("F1")
    pieces = [b"x" * (1 << 20)] * 40
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = asyncio.run(ask(house.app, *pieces, path=house.link(filler), headers=headers))
    assert (answer.status, answer.read) == (413, 26)
    answer = asyncio.run(ask(house.app, *pieces, path=house.link(filler), headers=headers | {"content-length": str(40 << 20)}))
    assert (answer.status, answer.read) == (413, 0)


def test_a_list_of_people_is_uploaded_tried_and_imported(house: House, filler: Somebody) -> None:
    boss = house.administrator("陈科长")
    boss.says("导入名单").sees("不经过聊天软件收", "https://self.example/l/")
    link = house.link(boss)
    boss.sends("F9", "名单.xlsx").sees("没有取")
    assert house.gets(link).status == 404  # a newer one was given
    content = xlsx(HEADER, ("县教育局", "101", "一组", "", NAME, "填报人"), ("县水利局", "102", "", "", "端木画眉3", "司机"))
    house.uploads(house.opens(boss), ("名单.xlsx", content)).sees("收到 1 个文件")
    _jobs(house)
    boss.sees("会新建单位", "见文件")
    boss.taps(boss.buttons[0].text)
    _jobs(house)
    house.works()
    with reading(house.office.engine) as c:
        assert [i.name for i in invitations.listed(c, county=house.id)] == [NAME]
    slips = house.downloads(house.posts(house.opens(boss)))
    assert any(name.endswith(".xlsx") for name in ZipFile(BytesIO(slips.answer.body)).namelist())
    passed = house.passed()
    assert NAME not in passed
    assert "端木" not in passed


def _jobs(house: House) -> None:
    while job := working.claim(house.office):
        assert not working.wants_file(job)
        working.work(house.office, job)
    house.works()


def test_a_pending_file_from_before_the_setting_leaves_as_a_link(house: House, filler: Somebody) -> None:
    with writing(house.office.engine) as c:
        jobs.speak(c, filler.chat, "made", {"kind": "my_data", "key": "", "caption": "关于我的全部资料"}, house.clock())
    parcel = claim(house.office)
    assert parcel is not None
    assert "https://self.example/l/" in parcel.reply.text
