"""The administrator's deeds in the chat: a list imported, an announcement sent and taken back, many filings returned."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.bureau import returning_many, working
from dialogs.events import Event, FileSent, Sent
from dialogs.replies import Made, Message
from dialogs.store import counties, invitations
from dialogs.store.engine import reading
from tests.dialogs import desk
from tests.dialogs.bureau.handed_in import hands_in
from tests.dialogs.bureau.sheets import HEADER, csv, xlsx
from tests.dialogs.bureau.test_importing import BAD, LIST
from tests.dialogs.bureau.works import made, works
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.review.folk import whole
from tests.dialogs.store.stock import Killed


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    return County(sqlite_engine, tiny_packs(tmp_path / "packs"))


def understand(body: str, at: int) -> Event | None:
    data = json.loads(body)
    if "file" not in data:
        return desk.understand(body, at)
    return Event(Sent("file", FileSent(**data["file"])), data["chat"], data["chat"], at)


def sends(county: County, somebody: Somebody, content: bytes, name: str = "名单.xlsx", **more: object) -> Somebody:
    """A file sent in the chat, fetched and worked on."""
    county.office.understand["test"] = understand  # type: ignore[index]
    somebody.arrives({"file": {"id": "F1", "name": name, "size": len(content), **more}})
    somebody.works()
    works(county, {"F1": content})
    return somebody


def imports(county: County) -> Somebody:
    return county.administrator().says("/start").taps("小县财政局").taps("导入名单").sees("把名单发给我")


def units(county: County) -> list[str]:
    with reading(county.office.engine) as c:
        return [u.name for u in counties.units_in(c, county.id)]


def test_a_list_is_tried_first_then_imported_and_the_slips_come(county: County) -> None:
    boss = imports(county)
    sends(county, boss, LIST).sees("试运行：什么也没有做。", "会新建单位 2 个，会邀请 3 人。")
    assert units(county) == []
    boss.taps("全部导入")
    works(county)
    boss.sees("导入好了：新建单位 2 个，改了 0 个，邀请 3 人。")
    assert units(county) == ["县教育局", "县第一中学"]
    assert [s.name for s in made(boss)] == ["小县邀请单.zip"]


def test_rows_with_a_mistake_are_named_and_the_good_ones_can_go(county: County) -> None:
    boss = sends(county, imports(county), BAD).sees("有误 1 行", "第 2 行：不认识角色“司机”：应是填报人、审核人或观察。")
    assert [s.name for s in made(boss)] == ["导入试运行.xlsx"]
    boss.taps("只导入没问题的行")
    works(county)
    boss.sees("1 行有误，没有导入")
    assert units(county) == ["县卫健局"]


def test_what_is_refused_leaves_nothing_behind(county: County) -> None:
    boss = sends(county, imports(county), LIST)
    boss.taps("先不导入").sees("好的，没有导入")
    assert units(county) == []
    with reading(county.office.engine) as c:
        assert invitations.listed(c, county=county.id) == ()


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (xlsx(("单位代码", "分组"), ("101", "一组")), {}, "没有“单位名称”这一列"),
        (csv(HEADER, encoding="gbk"), {"name": "名单.csv"}, "名单和现在的一样，没有要导入的"),
        (b"MZ" + bytes(range(256)), {}, "另存为 .xlsx"),
        (b"", {"size": 30 << 20}, "这个文件有 30 MB，太大了"),
        (b"", {"media_type": "image/jpeg"}, "这是图片或视频，不是表格"),
    ],
)
def test_a_file_that_is_no_list_is_told_so(county: County, content: bytes, more: dict[str, object], said: str) -> None:
    name = str(more.pop("name", "名单.xlsx"))
    boss = imports(county)
    county.office.understand["test"] = understand  # type: ignore[index]
    boss.arrives({"file": {"id": "F1", "name": name, "size": len(content), **more}})
    boss.works()
    heard = boss.text
    works(county, {"F1": content})
    assert said in heard + boss.text
    assert units(county) == []


def test_words_where_a_file_is_wanted(county: County) -> None:
    imports(county).says("县教育局 王芳").sees("这一步要发文件")


def people(county: County) -> tuple[Somebody, Somebody, Somebody, Somebody]:
    edu, water = county.unit("县教育局", "101", "一组"), county.unit("县水利局", "102", "二组")
    county.filing(edu)
    county.filing(water, state="submitted")  # type: ignore[arg-type]
    return county.administrator(), county.filler(edu, "王芳"), county.reviewer(edu, "李四"), county.filler(water, "赵六")


def heard(somebody: Somebody) -> str:
    return "\n".join(r.text for r in somebody.received if isinstance(r, Message))


def test_an_announcement_goes_to_whom_it_was_meant_for_after_a_preview(county: County) -> None:
    boss, wang, li, zhao = people(county)
    boss.says("/start").taps("小县财政局").taps("发通知").sees("范围：全县", "角色：填报人", "现在是 2 个人")
    boss.taps("还没交的单位").sees("现在是 1 个人").taps("审核人").sees("填报人、审核人", "现在是 2 个人")
    boss.taps("写通知（2 人）").sees("要发给 2 个人")
    boss.says("下周三前请报齐，有困难打电话。").sees("2 个人会收到：", "小县财政局通知\n\n下周三前请报齐")
    assert "下周三" not in heard(wang)
    boss.taps("就这样发（2 人）")
    county.works()
    assert "下周三前请报齐" in heard(wang)
    assert "下周三前请报齐" in heard(li)
    assert "下周三" not in heard(zhao)
    boss.says("/start").taps("小县财政局").taps("发通知").taps("发过：下周三前请报齐，有困难打电话…").sees("送到 2 人")


def test_an_announcement_waits_at_night_and_can_be_taken_back(county: County) -> None:
    boss, wang, *_ = people(county)
    county.moves("2021-03-01 22:00")
    boss.says("/start").taps("小县财政局").taps("发通知").taps("写通知（2 人）").says("明天开会，请带材料。").taps(
        "就这样发（2 人）"
    )
    boss.sees("送到 0 人，等着发 2 人")
    boss.taps("撤回没发出的（2 人）").sees("撤回了，2 个人不会收到。", "没有发 2 人")
    county.moves("2021-03-02 10:00").works()
    assert "明天开会" not in heard(wang)


@pytest.mark.parametrize(("words", "said"), [("好", "通知太短了"), ("长" * 1600, "太长了")])
def test_an_announcement_of_the_wrong_length(county: County, words: str, said: str) -> None:
    boss, *_ = people(county)
    boss.says("/start").taps("小县财政局").taps("发通知").taps("写通知（2 人）").says(words).sees(said, "要发给 2 个人")


def waiting(county: County, n: int) -> list[tuple[str, Somebody]]:
    found = []
    for k in range(n):
        unit = county.unit(f"县{'一二三四五六七八九十'[k]}局", f"10{k}")
        filler = county.filler(unit, "王芳")
        filing = county.filing(unit, answers=whole())
        hands_in(county, filing, filler)
        found.append((filing, filler))
    county.works()
    return found


def test_many_are_returned_at_once_each_with_its_result(county: County) -> None:
    filed = waiting(county, 3)
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("批量退回").sees("待审核 3 份，选了 0 份")
    boss.taps("全选").sees("选了 3 份", "√ 1. 县一局").taps("√3").sees("选了 2 份")
    boss.taps("下一步：写意见（2 份）").says("改").sees("意见要 2 到 500 个字")
    boss.says("请补上偏差原因。").sees("要退回 2 份：", "· 县一局", "意见：请补上偏差原因。")
    assert [county.state(f) for f, _ in filed] == ["submitted"] * 3
    boss.taps("退回这 2 份")
    works(county)
    boss.sees("退回了 2 份")
    assert [county.state(f) for f, _ in filed] == ["returned", "returned", "submitted"]
    assert "请补上偏差原因" in heard(filed[0][1])


def test_one_that_was_decided_meanwhile_is_told_and_the_others_are_returned(county: County) -> None:
    filed = waiting(county, 2)
    boss, other = county.administrator(), county.administrator("别的科长")
    boss.says("/start").taps("小县财政局").taps("批量退回").taps("全选").taps("下一步：写意见（2 份）").says("请再看一遍。")
    other.says("/start").taps("小县财政局").taps("批量退回").taps("1").taps("下一步：写意见（1 份）").says("先退这一份。").taps(
        "退回这 1 份"
    )
    works(county)
    boss.says("/start")
    boss.says("/start").taps("小县财政局").taps("批量退回").taps("全选").taps("下一步：写意见（1 份）").says("请再看一遍。").taps(
        "退回这 1 份"
    )
    works(county)
    boss.sees("退回了 1 份")
    assert {county.state(f) for f, _ in filed} == {"returned"}


def test_nothing_to_return(county: County) -> None:
    boss = county.administrator()
    county.filing(county.unit("县教育局"))
    boss.says("/start").taps("小县财政局").taps("批量退回").sees("现在没有待审核的表")


def test_an_overseer_only_looks(county: County) -> None:
    waiting(county, 1)
    overseer = county.overseer()
    overseer.says("/start").taps("小县财政局")
    labels = [b.text for b in overseer.buttons]
    assert {"进度", "异常清单", "结果汇总", "打包全部文件", "公开版"} <= set(labels)
    assert not {"发通知", "导入名单", "批量退回", "开新一年", "日程"} & set(labels)


def test_slips_are_printed_anew_after_a_question(county: County) -> None:
    boss = sends(county, imports(county), LIST)
    boss.taps("全部导入")
    works(county)
    boss.says("/start").taps("小县财政局").taps("导入名单").taps("印邀请单").sees("以前印的、还没用的就作废了").taps("重印")
    assert any(isinstance(r, Made) for r in boss.replies)


def test_a_death_in_the_middle_of_returning_loses_nothing_and_returns_nothing_twice(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = waiting(county, 3)
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("批量退回").taps("全选").taps("下一步：写意见（3 份）").says("请再看一遍。").taps(
        "退回这 3 份"
    )
    job = working.claim(county.office)
    real, count = returning_many.return_filing, []

    def dies_at_the_second(*arguments):
        count.append(1)
        if len(count) == 2:
            raise Killed
        return real(*arguments)

    monkeypatch.setattr(returning_many, "return_filing", dies_at_the_second)
    with pytest.raises(Killed):
        working.work(county.office, job)
    assert [county.state(f) for f, _ in filed] == ["returned", "submitted", "submitted"]
    working.take_over(county.office)
    works(county)
    boss.sees("退回了 3 份")
    assert [county.state(f) for f, _ in filed] == ["returned"] * 3
    assert sum("请再看一遍" in r.text for r in filed[0][1].received if isinstance(r, Message)) == 1


def test_what_an_administrator_types_leads_where_the_button_does(county: County) -> None:
    boss = county.administrator().says("进度").sees("还没有单位，也没有开表。先导入名单")
    boss.says("导入").sees("把名单发给我").says("谁没交？").sees("小县财政局")
    county.filing(county.unit("县教育局"))
    boss.says("菜单").sees("共 1 份").says("进度").sees("没有开始 1").says("谁没交").sees("没交的：1 份", "县教育局")
    boss.says("通知").sees("发给谁").says("汇总")
    works(county)
    boss.sees("应报 1 份").taps("回到菜单").sees("小县财政局")


def test_the_same_words_mean_nothing_to_others_and_are_text_where_text_is_wanted(county: County) -> None:
    unit = county.unit("县教育局")
    county.filing(unit)
    assert "年度进度" not in county.filler(unit).says("进度").text
    assert "年度进度" not in county.stranger("路人").says("进度").text
    boss = county.administrator().says("通知")
    boss.taps("写通知（1 人）").says("通知").sees("通知")
    assert "发给谁" not in boss.text


def test_after_an_import_the_next_step_is_a_tap_away(county: County) -> None:
    boss = sends(county, imports(county), LIST).taps("全部导入")
    works(county)
    boss.sees("导入好了")
    assert [b.text for b in boss.buttons] == ["开新一年", "回到菜单"]
    boss.taps("回到菜单").sees("有 2 个单位，还没有开表。下一步：开新一年。")


def test_from_a_filing_of_the_list_an_administrator_goes_back_to_the_county(county: County) -> None:
    county.filing(county.unit("县教育局"))
    boss = county.administrator().says("谁没交").taps("1").sees("县教育局 · 2020年度")
    boss.taps("进度").sees("年度进度").taps("回到菜单").sees("小县财政局")
    boss.says("谁没交").taps("1").says("进度").sees("年度进度")


def test_typed_words_answer_a_preview_and_are_no_new_text(county: County) -> None:
    boss, clerk, _, _ = people(county)
    boss.says("通知").taps("写通知（2 人）").says("请各单位月底前交。").says("确认")
    assert "请各单位月底前交。" in heard(clerk)
    boss.says("通知").taps("写通知（2 人）").says("这一条写错了，别发。").says("算了").sees("发给谁")
    assert "写错了" not in heard(clerk)
    boss.says("退回").taps("全选").taps("下一步：写意见（1 份）").says("请核对数字。").says("不").sees("小县财政局")


def test_a_due_day_of_another_year_says_its_year_and_the_calendar_leads_back(county: County) -> None:
    county.filing(county.unit("县教育局"))
    county.due("2022-04-10")
    boss = county.administrator().says("没交的").sees("2022年4月10日（星期日）截止")
    boss.says("日程").taps("回到菜单").sees("小县财政局").says("日程").says("进度").sees("年度进度")
