"""Evidence in the chat: from the phone to its place, looked at, taken down, missing; bad files and floods told kindly."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from dialogs.access.permissions import State
from dialogs.evidence import fetching, receiving
from dialogs.outgoing import Withheld, sheet
from dialogs.replies import Made, Message
from dialogs.store import evidence, journal
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from tests.botapi.pictures import jpeg
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.evidence.phone import Messenger


@pytest.fixture
def county(engine: Engine, tmp_path: Path) -> County:
    return County(engine, tiny_packs(tmp_path))


@pytest.fixture
def messenger(county: County) -> Messenger:
    return Messenger(county)


class Desk:
    """A unit with its filler at the first question of its filing."""

    def __init__(self, county: County) -> None:
        self.unit = county.unit("民政局")
        self.filler = county.filler(self.unit)
        self.filing = county.filing(self.unit)
        self.filler.says("/start").taps("民政局 · 2020年度 · 小表")


@pytest.fixture
def desk(county: County) -> Desk:
    return Desk(county)


def pieces(county: County, filing: str) -> list[tuple[str, str, str]]:
    with reading(county.office.engine) as c:
        return [(p.about, p.place, p.name) for p in evidence.listed(c, filing)]


def goals(somebody: Somebody) -> Somebody:
    """The page of one indicator, by the buttons a filler has."""
    return somebody.says("佐证材料").taps("○ 04 目标合理性")


def test_a_photo_goes_where_the_question_is_and_the_question_stays(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = desk.filler.says("第11题")
    assert "佐证" in [b.text for b in filler.buttons]
    messenger.photo(filler, caption="目标申报表")
    filler.sees("收到", "04 目标合理性", "第 11 题")
    assert messenger.runs() == 1
    filler.sees("已存 1 个，放在“04 目标合理性”")
    assert pieces(county, desk.filing) == [("indicator", "i_goals", "目标申报表")]
    filler.says("1 2")  # the question still waits for its answer
    assert county.answers(desk.filing)["goals"].value == ("law", "plan")


def test_ticks_in_progress_survive_a_photo(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = desk.filler.says("第11题").taps("①")
    messenger.photo(filler)
    filler.sees("收到")
    filler.taps("完成")
    assert county.answers(desk.filing)["goals"].value == ("law",)


def test_what_is_missing_is_a_list_with_buttons(messenger: Messenger, desk: Desk) -> None:
    filler = desk.filler.says("检查一遍")
    assert "缺佐证 3 项" in [b.text for b in filler.buttons]
    filler.taps("缺佐证 3 项").sees("还缺", "○ 04 目标合理性", "○ 06 重点工作", "○ 07 社会效益")
    filler.taps("○ 06 重点工作").sees("还没有材料")
    messenger.photo(filler)
    messenger.runs()
    filler.says("佐证材料").sees("已有 1 个，缺 2 项", "√ 06 重点工作　1 个")


def test_an_album_gets_one_line_at_its_beginning_and_one_at_its_end(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = goals(desk.filler)
    before = len(filler.received)
    for n in range(10):
        messenger.photo(filler, words=f"第{n}张")
    messenger.runs()
    said = [r.text for r in filler.received[before:] if isinstance(r, Message)]
    assert len(said) == 2
    assert "收到" in said[0]
    assert "已存 10 个，放在“04 目标合理性”（现在共 10 个）。" in said[1]
    assert len(pieces(county, desk.filing)) == 10


def test_the_same_file_twice_is_one(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = goals(desk.filler)
    for _ in range(3):
        messenger.photo(filler, words="同一张")
    messenger.runs()
    filler.sees("已存 1 个", "有 2 个和已有的一模一样")
    assert len(pieces(county, desk.filing)) == 1
    filler.says("佐证材料").taps("○ 07 社会效益")
    messenger.photo(filler, words="同一张")
    messenger.runs()
    assert len(pieces(county, desk.filing)) == 2  # it may prove something else, too
    with reading(county.office.engine) as c:
        assert c.execute(select(func.count()).select_from(t.files)).scalar() == 1


def test_a_large_file_and_a_program_are_refused_kindly_and_nothing_is_kept(
    county: County, messenger: Messenger, desk: Desk
) -> None:
    filler = goals(desk.filler)
    messenger.file(filler, "录像.pdf", b"", size=30_000_000)
    filler.sees("“录像.pdf”没存：超过 20 MB")
    messenger.file(filler, "合同.jpg", b"MZ" + bytes(300))
    messenger.file(filler, "全部.zip", b"Rar!" + bytes(300))
    messenger.runs()
    filler.sees("“合同.jpg”没存：这是程序", "“全部.zip”没存：压缩包")
    assert pieces(county, desk.filing) == []
    with reading(county.office.engine) as c:
        assert c.execute(select(func.count()).select_from(t.files)).scalar() == 0


def test_two_hundred_photos_in_a_minute(
    county: County, messenger: Messenger, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_WAITING", 60)
    filler = goals(desk.filler)
    before = len(filler.received)
    for n in range(200):
        county.clock.now += n % 3 == 0
        messenger.photo(filler, words=f"第{n}张")
    messenger.runs()
    said = [r.text for r in filler.received[before:] if isinstance(r, Message)]
    assert len(said) == 2
    assert "已存 50 个" in said[1]
    assert "150 个文件没存：放不下了，一个指标最多 50 个文件" in said[1]
    assert len(pieces(county, desk.filing)) == 50


def test_what_is_sent_and_taken_down_again_and_again_has_an_end(
    county: County, messenger: Messenger, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_EVER", 2)
    filler = goals(desk.filler)
    for n in range(2):
        messenger.photo(filler, words=f"第{n}张")
        messenger.runs()
        county.clock.now += 600
    with writing(county.office.engine) as c:
        c.execute(update(t.evidence).values(removed_at=county.clock()))
    messenger.photo(filler, words="第三张")
    filler.sees("撤下的也算")
    messenger.runs()
    assert pieces(county, desk.filing) == []


def test_files_without_a_place_are_asked_about_and_put_there_together(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = desk.filler.says("目录")
    for _ in range(3):
        messenger.photo(filler)
    messenger.runs()
    assert {p[0] for p in pieces(county, desk.filing)} == {"filing"}
    with_buttons = [r for r in filler.received if isinstance(r, Message) and r.buttons][-1]
    assert "这是哪一项的佐证" in with_buttons.text
    filler.presses(next(b.token for row in with_buttons.buttons for b in row if b.text == "07 社会效益"))
    filler.sees("佐证材料 · 07 社会效益", "3. 照片.jpg")
    assert {p[:2] for p in pieces(county, desk.filing)} == {("indicator", "i_benefit")}


def test_a_caption_names_the_place(county: County, messenger: Messenger, desk: Desk) -> None:
    messenger.photo(desk.filler.says("目录"), caption="社会效益的群众来信")
    messenger.runs()
    assert pieces(county, desk.filing) == [("indicator", "i_benefit", "社会效益的群众来信")]


def test_taken_down_and_put_back(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = goals(desk.filler)
    messenger.photo(filler, caption="批复")
    messenger.runs()
    filler.says("佐证材料").taps("√ 04 目标合理性 1").taps("撤下 1").sees("已撤下“批复.jpg”", "还没有材料")
    assert pieces(county, desk.filing) == []
    filler.taps("放回去").sees("“批复.jpg”放回来了", "1. 批复.jpg")
    assert len(pieces(county, desk.filing)) == 1
    with reading(county.office.engine) as c:
        acts = [line.act for line in journal.of_filing(c, desk.filing)]
    assert acts[-3:] == ["evidence", "evidence removed", "evidence put back"]


def test_a_reviewer_looks_and_changes_nothing(county: County, messenger: Messenger, desk: Desk) -> None:
    messenger.photo(goals(desk.filler), caption="批复")
    messenger.runs()
    with reading(county.office.engine) as c:
        id = evidence.listed(c, desk.filing)[0].id
    reviewer = county.reviewer(desk.unit)
    reviewer.says("/start").taps("民政局 · 2020年度 · 小表").says("佐证材料").sees("点一项，看里面的材料")
    reviewer.taps("√ 04 目标合理性 1").sees("1. 批复.jpg")
    assert not [b for b in reviewer.buttons if "撤下" in b.text]
    made = reviewer.taps("看 1").replies[-1]
    assert made == Made("exhibit", id, "04 目标合理性：批复.jpg")
    file = sheet(county.office, made, reviewer.chat)
    assert (file.name, file.photo) == ("04 目标合理性_民政局_1.jpg", True)
    messenger.photo(reviewer)
    assert messenger.runs() == 0
    stranger = county.filler(county.unit("别的局"))
    stranger.says("/start")
    with pytest.raises(Withheld):
        sheet(county.office, made, stranger.chat)


def test_what_arrives_after_submitting_is_told_so_and_not_kept(county: County, messenger: Messenger, desk: Desk) -> None:
    filler = goals(desk.filler)
    messenger.photo(filler)  # on its way …
    with writing(county.office.engine) as c:
        c.execute(t.filings.update().values(state=str(State.SUBMITTED)))
    messenger.runs()  # … while the filing is submitted
    filler.sees("“照片”没存：这份填报已经交上去了")
    messenger.photo(filler)
    assert messenger.runs() == 0
    assert pieces(county, desk.filing) == []


def test_a_photo_without_a_filing_is_explained(county: County, messenger: Messenger) -> None:
    filler = county.filler(county.unit("民政局"))
    county.filing(county.unit("别的局"))
    messenger.photo(filler)
    filler.sees("请先打开一份填报")
    stranger = county.stranger()
    messenger.photo(stranger)
    assert "填报" not in "".join(p.text for p in stranger.replies if isinstance(p, Message)) or stranger.replies
    assert messenger.runs() == 0


def test_a_killed_fetch_is_done_once_by_somebody_else(county: County, messenger: Messenger, desk: Desk) -> None:
    messenger.photo(goals(desk.filler))
    first = fetching.claim(county.office)
    assert first is not None
    assert fetching.claim(county.office) is None  # it is in somebody's hands
    county.clock.now += evidence.LEASE
    second = fetching.claim(county.office)  # whoever had it has died
    assert second is not None
    content = messenger.files[second.source]
    found = fetching.look_at(content, second.name)
    fetching.keep(county.office, second, content, found)
    fetching.keep(county.office, first, content, found)  # it had not died, only slept: its claim is over
    messenger.runs()
    desk.filler.sees("已存 1 个")
    assert len(pieces(county, desk.filing)) == 1


def test_a_messenger_out_of_reach_is_tried_again_and_at_last_told(county: County, messenger: Messenger, desk: Desk) -> None:
    messenger.photo(goals(desk.filler))
    tries = 0
    while errand := fetching.claim(county.office):
        fetching.later(county.office, errand)
        tries += 1
        county.clock.now += fetching.LONGEST_RETRY
    assert tries == fetching.TRIES
    messenger.runs()
    desk.filler.sees("“照片”没存：一直取不下来。请再发一次。")


def test_every_reason_has_its_words() -> None:
    from dialogs.evidence.unfit import REASONS
    from templates.messages import message

    for why in REASONS:
        text = message("evidence/refused", no={"why": why}, which="“合同.jpg”")
        assert text.startswith("“合同.jpg”没存：")
        assert text.endswith("。")


def test_limits_in_the_words_are_the_limits(messenger: Messenger) -> None:
    from templates.messages import message

    words = message("evidence/refused", no={"why": "full"}, which="它")
    assert f"最多 {receiving.MOST_AT_PLACE} 个" in words
    assert f"最多 {receiving.MOST_OF_FILING} 个" in words
    assert jpeg()


def test_who_is_told_of_some_files_by_somebody_else_is_told_of_the_rest(
    desk: Desk, messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers look at once: the slower one marks nothing it does not say."""
    messenger.photo(desk.filler)
    messenger.photo(desk.filler)
    told = evidence.told

    def slower(c, settled):
        assert told(c, settled[:1])
        return False

    monkeypatch.setattr(evidence, "told", slower)
    messenger.runs()
    with reading(messenger.county.office.engine) as c:
        assert c.execute(select(t.evidence.c.told)).scalars().all() == [0, 0]
