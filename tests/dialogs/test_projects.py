"""One unit, two projects, and forms that draw from each other: the whole machine from the greeting to the documents."""

from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select

from dialogs.editions import edition_of
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import sheet
from dialogs.replies import File
from dialogs.store import documents, filings
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from scoring.loading import load
from templates import labels
from tests.dialogs.desk import Filler, understand
from tests.pair import pair_packs
from tests.templates.validity import problems

UNIT = "小县中心"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """On SQLite and on PostgreSQL."""
    ids = count(1)
    packs = (pair_packs(tmp_path / "packs"),)
    return Office(
        engine, lambda: 1_614_556_800, lambda: f"{next(ids):08d}", {"test": understand}, ("pair",), packs, open_door=True
    )


def text_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as file:
        return file.read("word/document.xml").decode()


def project(filler: Filler, name: str, budget: str, final: str) -> Filler:
    """A project's form, filled from the start page on."""
    filler.says(labels.NEW_PROJECT) if filler.text.startswith("【") else filler
    filler.says(name).sees(f"项目：{name}").taps(labels.BEGIN).sees(f"【{name} · 资金】")
    return filler.says(budget).says(final).taps(labels.NO_ROWS)


def filled(office: Office) -> Filler:
    """A unit with two projects; the unit's form is open and draws from both."""
    filler = Filler(office).says("/start").says(UNIT)
    filler.taps("项目自评表（2021年，一个项目一份）").sees("这次填哪个项目？")
    project(filler, "老字号补助", "10", "9")
    filler.says(labels.NEW_PROJECT).sees("这次填哪个项目？")
    project(filler, "新字号补助", "20", "10")
    return (
        filler.says("换一张表")
        .sees(f"{UNIT} · 2021年度 · 项目自评表 · 老字号补助")
        .taps(labels.NEW_FILING)
        .taps("单位自评表（2021年）")
        .taps(labels.BEGIN)
    )


def test_a_pack_named_alone_offers_all_its_forms_and_the_unit_is_not_asked_again(office: Office) -> None:
    filler = filled(office)
    filler.sees("已带入 1 项，来自 2 份《2021年度项目自评表》", "上年末在职人数")
    with reading(office.engine) as c:
        assert len(c.execute(select(t.units)).fetchall()) == 1
        assert sorted(c.execute(select(t.filings.c.form_id, t.filings.c.project)).fetchall()) == [
            ("pair/project", "新字号补助"),
            ("pair/project", "老字号补助"),
            ("pair/unit", ""),
        ]


def test_the_units_table_follows_its_projects_and_cannot_be_changed_there(office: Office) -> None:
    filler = filled(office).says("目录").taps("√ 项目").sees("（带入）").taps("4")
    filler.sees("老字号补助", "90", "在这里改不了").says("老字号补助 11 11 11").sees("没有动")
    filler.says("删 1").sees("没有动")
    filler.says("换一张表").taps("新字号补助 · 项目自评表 · 2021年度").says("第2题").says("20").taps(labels.CONFIRM)
    filler.says("换一张表").taps(f"{UNIT} · 2021年度 · 单位自评表").says("第4题").sees("新字号补助　预算 20　执行 20　得分 100")
    with reading(office.engine) as c:
        assert c.execute(select(t.answers.c.item).where(t.answers.c.item == "projects")).fetchall() == []


def test_a_project_is_offered_by_name_for_its_other_form_and_brings_its_figures(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）")
    filler.taps("老字号补助").taps(labels.BEGIN).sees("已带入 1 项，来自《2021年度项目自评表》（老字号补助）")
    filler.says("第1题").sees("现在的答案：10", "来自《2021年度项目自评表》（老字号补助）").says("12").taps(labels.CONFIRM)
    filler.sees("为什么改？").says("啊").sees("2–200").taps(labels.REASONS[0]).sees("已改", "年中调整了")
    filler.says("第1题").sees("现在的答案：12", "改过，原因：年中调整了")
    with reading(office.engine) as c:
        row = c.execute(select(t.answers.c.value, t.answers.c.reason).where(t.answers.c.reason != "")).one()
    assert tuple(row) == ('"12"', "年中调整了")
    filler.says("看全部答案").sees("原来来自《2021年度项目自评表》（老字号补助），改过，原因：年中调整了")


def test_undoing_a_change_follows_the_source_again(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）")
    filler.taps("老字号补助").taps(labels.BEGIN).says("第1题").says("12").taps(labels.CONFIRM).taps(labels.REASONS[1])
    filler.taps(labels.UNDO).sees("恢复为 10")
    with reading(office.engine) as c:
        assert c.execute(select(t.answers.c.item).where(t.answers.c.reason != "")).fetchall() == []
    filler.says("第1题").says("12").taps(labels.CONFIRM).taps(labels.CANCEL).sees("没有改")
    filler.says("第1题").says("12").taps(labels.CONFIRM).says("目录").sees("刚才的改动没有存")


def test_a_renamed_project_is_renamed_in_all_its_forms(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）")
    filler.taps("老字号补助").taps(labels.BEGIN).says("目录").taps(labels.RENAME_PROJECT).says("新字号补助").sees("已经有了")
    filler.says("老字号传承补助").taps(labels.CONFIRM).sees("老字号传承补助")
    filler.says("换一张表")
    assert "老字号补助" not in filler.text + "".join(b.text for b in filler.buttons)
    with reading(office.engine) as c:
        named = c.execute(select(t.filings.c.project).where(t.filings.c.project == "老字号传承补助")).fetchall()
        told = c.execute(select(t.history.c.old, t.history.c.new).where(t.history.c.item == filings.PROJECT)).fetchall()
    assert len(named) == 2
    assert [tuple(r) for r in told] == [('"老字号补助"', '"老字号传承补助"')] * 2


def test_a_project_of_which_a_form_is_handed_in_keeps_its_name_and_says_why(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）")
    filler.taps("老字号补助").taps(labels.BEGIN).says("目录").taps(labels.RENAME_PROJECT).says("老字号传承补助")
    with writing(office.engine) as c:
        other = (t.filings.c.project == "老字号补助") & (t.filings.c.form_id == "pair/project")
        assert c.execute(t.filings.update().where(other).values(state="submitted", round=1)).rowcount == 1
    filler.taps(labels.CONFIRM).sees("项目名称“老字号补助”现在不能改", "已经提交")
    filler.says("目录").taps(labels.RENAME_PROJECT).sees("现在不能改")


def test_a_project_that_has_this_form_already_is_opened_not_doubled(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评表（2021年，一个项目一份）")
    filler.says("老字号补助").sees("老字号补助", "都填完了")


def test_documents_draw_from_the_projects_as_they_were(office: Office) -> None:
    filler = filled(office).says("31").says("32").says("1 2 3").says("生成草稿")
    complete = next(f for f in filler.files if isinstance(f, File))
    first = sheet(office, complete, filler.chat)
    text = text_of(first.content)
    assert "老字号补助执行9万元，得90分" in text
    assert "小县中心的新字号补助，预算20万元，执行10万元，得50分" in text
    assert "项目执行19万元" in text
    assert not problems(first.content)
    filler.says("换一张表").taps("新字号补助 · 项目自评表 · 2021年度").says("第2题").says("20").taps(labels.CONFIRM)
    with reading(office.engine) as c:
        row = documents.load(c, complete.document)
        assert row.content == first.content
        filing = filings.filing(c, row.filing_id)
        assert filing is not None
        form = edition_of(c, filing.form_id, filing.edition, filing.year)
        inputs = documents.inputs_of(row, form, partial(edition_of, c))
    from templates.drafting import draft

    again = draft(form, inputs.answers, row.document, unit=UNIT, beside=inputs.around.beside)
    assert again.content == first.content


def test_redelivery_of_every_update_changes_nothing(office: Office) -> None:
    filler = filled(office).says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）")
    filler.taps("老字号补助").taps(labels.BEGIN).says("第1题").says("12").taps(labels.CONFIRM).taps(labels.REASONS[0])
    with reading(office.engine) as c:
        before = [c.execute(select(table)).fetchall() for table in t.metadata.sorted_tables]
    assert filler.receive(filler.sent * 2) == 0
    assert handle_next(office) is None
    with reading(office.engine) as c:
        assert [c.execute(select(table)).fetchall() for table in t.metadata.sorted_tables] == before


def test_another_persons_projects_are_never_offered(office: Office) -> None:
    filled(office)
    other = Filler(office, "2").says("/start").says(UNIT).taps("项目自评报告（2021年，一个项目一份）")
    assert "老字号补助" not in other.text + "".join(b.text for b in other.buttons)


def test_the_package_and_the_summary_are_sent_once_and_are_the_same_for_ever(office: Office) -> None:
    filler = filled(office).says("31").says("32").says("1 2 3").says("生成草稿").sees("第 1 版")
    token = {b.text: b.token for b in filler.buttons}
    filler.presses(token[labels.PACKAGE])
    (file,) = filler.files
    first = sheet(office, file, filler.chat)  # type: ignore[arg-type]
    assert first.name == "小县中心2021年度全套单独的文件_第1版_定稿.zip"
    assert ZipFile(BytesIO(first.content)).namelist()[1:3] == [
        "项目支出绩效自评表_老字号补助.docx",
        "项目支出绩效自评表_新字号补助.docx",
    ]
    assert sheet(office, file, filler.chat) == first  # type: ignore[arg-type]
    assert filler.presses(token[labels.PACKAGE]).files == []
    filler.presses(token[labels.SUMMARY])
    assert sheet(office, filler.files[0], filler.chat).name.endswith("答案汇总表_第1版_定稿.xlsx")


def test_what_the_projects_lack_is_named_and_keeps_the_set_a_draft(office: Office) -> None:
    filler = Filler(office).says("/start").says(UNIT).taps("单位自评表（2021年）").taps(labels.BEGIN)
    filler.says("30").says("31").says("1 2 3").sees("先填好《项目自评表》，这里会自动带过来").says("生成草稿")
    filler.sees("《项目自评表》还没有填")
    filler.says("换一张表").taps(labels.NEW_FILING).taps("项目自评表（2021年，一个项目一份）").says("老字号补助").taps(
        labels.BEGIN
    )
    filler.says("10").says("换一张表").taps(f"{UNIT} · 2021年度 · 单位自评表").says("生成草稿")
    filler.sees("第 2 版草稿", "《2021年度项目自评表》（老字号补助）还有 2 题没填，所以这份是草稿")
    text = text_of(sheet(office, next(f for f in filler.files if isinstance(f, File)), filler.chat).content)
    assert "〔老字号补助待填2〕" in text


def test_last_years_filing_answers_what_it_can(office: Office) -> None:
    """The cells that move on arrive; only the others are asked, and typing all of them is understood, too."""
    filler = filled(office).says("31").says("32").says("1 2 3")
    with writing(office.engine) as c:
        form = load("pair/unit", office.packs, 2022)
        unit, person = c.execute(select(t.filings.c.unit_id, t.filings.c.created_by)).first() or ("", "")
        filings.open_filing(c, "next", unit, form, 2022, "", person, 0)
    filler.says("换一张表").taps(f"{UNIT} · 2022年度 · 单位自评表").sees("已带入 2 项，来自《2021年度单位自评表》")
    filler.sees("在职人数").says("33").sees("公务接待", "补上空着的就行", "依次发：本年预算、本年决算")
    filler.says("4 5").says("第3题").sees("现在的答案：3 / 4 / 5 万元")
    filler.says("9 4 5").taps(labels.CONFIRM).sees("为什么改？").says("上年决算批复后调整了").sees("已改")
    with reading(office.engine) as c:
        rows = c.execute(select(t.answers.c.value, t.answers.c.reason).where(t.answers.c.filing_id == "next")).fetchall()
    assert ('["9","4","5"]', "上年决算批复后调整了") in [tuple(r) for r in rows]
