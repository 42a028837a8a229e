"""Summary, anomalies, all documents and the edition for the public, asked for in the chat by the county's administrator."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select, update

from dialogs.bureau import archiving
from dialogs.store import filings
from dialogs.store.engine import writing
from dialogs.store.tables import submissions
from scoring.answers import given
from scoring.publishing import Masked
from tests.dialogs.bureau.handed_in import REAL, approves, county_of, gives_back, hands_in, real_answers
from tests.dialogs.bureau.works import made, works
from tests.dialogs.county import County, Somebody
from tests.dialogs.review.folk import whole


@dataclass
class Bureau:
    county: County
    boss: Somebody
    filings: dict[str, str]

    def asks(self, label: str) -> Somebody:
        self.county.works()
        self.boss.says("/start").taps("鹤城区财政局").taps(label)
        works(self.county)
        return self.boss


PEOPLE = ("欧阳小芳", "李四")
CANARIES = (*PEOPLE, "王建国", "张伟民", "13807455566", "0745-2712345", "赵立春")
TEXT = "存在的问题：预算编制还不够细，由财务股李四牵头整改，局长王建国督办，联系电话13807455566。县卫健局的赵立春同志配合。"


@pytest.fixture
def bureau(sqlite_engine: Engine, tmp_path: Path) -> Bureau:
    """Three real filings, two approved and one waiting; a tiny one waiting; one nobody has begun."""
    county = county_of(sqlite_engine, tmp_path)
    boss = county.administrator()
    filings = {}
    for code, name, group in (("101", "区社保中心", "一组"), ("102", "区医保局", "一组"), ("103", "区人社局", "二组")):
        unit = county.unit(name, code, group)
        filler = county.filler(unit, "欧阳小芳")
        answers = real_answers(filler_name=given("张伟民、欧阳小芳")) if "filler_name" in real_answers() else real_answers()
        texts = [i for i, item in county.form(REAL).items.items() if item.type == "long_text"]
        persons = [i for i, item in county.form(REAL).items.items() if item.type == "person"]
        phones = [i for i, item in county.form(REAL).items.items() if item.type == "phone"]
        answers |= {texts[0]: given(TEXT), persons[0]: given("张伟民、李四"), phones[0]: given("0745-2712345")}
        filings[name] = county.filing(unit, REAL, answers=answers)
        hands_in(county, filings[name], filler)
    approves(county, filings["区社保中心"])
    approves(county, filings["区医保局"])
    tiny = county.unit("区审计局", "104", "二组")
    filings["区审计局"] = county.filing(tiny, answers=whole())
    hands_in(county, filings["区审计局"], county.filler(tiny))
    other = county.unit("区卫健局", "105", "二组")
    county.member(other, "赵立春", "filler")
    county.filing(other)
    return Bureau(county, boss, filings)


def test_the_summary_counts_what_was_handed_in(bureau: Bureau) -> None:
    boss = bureau.asks("结果汇总")
    boss.sees("鹤城区2020年度绩效自评结果汇总", "应报 5 份，汇总了 4 份")
    book, report = made(boss)
    assert (book.name, report.name) == ("鹤城区2020年度绩效自评结果汇总.xlsx", "鹤城区2020年度绩效自评结果汇总.docx")
    read = load_workbook(BytesIO(book.content))
    assert len(read.sheetnames) == 5
    real = read[next(n for n in read.sheetnames if "整体" in n)]
    rows = [[c.value for c in row] for row in real.iter_rows(min_row=3)]
    assert [r[3] for r in rows] == ["区社保中心", "区医保局", "区人社局"]
    assert {r[8] for r in rows} == {"已审核", "待审核"}
    totals = {r[5] for r in rows}
    assert len(totals) == 1
    head = [c.value for c in real[2]][10:]
    assert sum(Decimal(str(v)) for v in rows[0][10:]) == Decimal(str(rows[0][5])), head


def test_what_a_snapshot_does_not_tell_is_worked_out(bureau: Bureau) -> None:
    first = made(bureau.asks("结果汇总"))[0].content
    with writing(bureau.county.office.engine) as c:
        for filing, round, inputs in c.execute(select(submissions.c.filing_id, submissions.c.round, submissions.c.inputs)).all():
            bare = {k: v for k, v in json.loads(inputs).items() if k not in ("points", "out", "notes")}
            where = (submissions.c.filing_id == filing, submissions.c.round == round)
            c.execute(update(submissions).where(*where).values(inputs=json.dumps(bare, ensure_ascii=False)))
    assert made(bureau.asks("结果汇总"))[0].content == first


def test_anomalies_with_their_evidence_and_a_way_to_the_filing(bureau: Bureau) -> None:
    boss = bureau.asks("异常清单")
    boss.sees("看了 4 份已提交的表", "文字和别的单位相同 3", "1. 区社保中心", "一模一样")
    (book,) = made(boss)
    lines = [[c.value for c in row] for row in load_workbook(BytesIO(book.content))["清单"].iter_rows(min_row=3)]
    copied = [line for line in lines if line[4] == "文字和别的单位相同"]
    assert {line[1] for line in copied} == {"区社保中心", "区医保局", "区人社局"}
    boss.taps("1").sees("区社保中心")


def test_points_that_changed_on_return_are_noticed(bureau: Bureau) -> None:
    filing = bureau.filings["区审计局"]
    gives_back(bureau.county, filing)
    filler = next(s for s in bureau.county.everybody.values() if s.name == "李会计")
    with writing(bureau.county.office.engine) as c:
        change = filings.Change("quota", whole()["quota"], given(Decimal(30)))
        filings.apply(c, filing, [change], filler.id, bureau.county.clock(), None, 0)
    hands_in(bureau.county, filing, filler)
    bureau.asks("异常清单").sees("退回后得分变了 1", "退回以后“在职人员控制率”")


def test_all_documents_in_one_zip_with_a_list(bureau: Bureau) -> None:
    boss = bureau.asks("打包全部文件")
    boss.sees("2个单位".replace("2", "2 "), "目录.xlsx")
    (package,) = made(boss)
    with ZipFile(BytesIO(package.content)) as packed:
        names = packed.namelist()
        assert {n.split("/")[0] for n in names} == {"101 区社保中心", "102 区医保局", "目录.xlsx"}
        listed = [[c.value for c in r] for r in load_workbook(BytesIO(packed.read("目录.xlsx")))["目录"].iter_rows(min_row=3)]
        assert [r[1] for r in listed] == names[:-1]
        assert all(sha256(packed.read(r[1])).hexdigest() == r[4] for r in listed)
        assert any(n.endswith(".docx") for n in names)
        assert not any(n.endswith(".zip") for n in names)


def words_of(content: bytes) -> str:
    """Every word of every part of a Word file, as a reader or a search finds them: without the marks between."""
    with ZipFile(BytesIO(content)) as docx:
        return "".join(re.sub(r"<[^>]+>", "", docx.read(n).decode("utf-8", "replace")) for n in docx.namelist())


def test_the_edition_for_the_public_names_nobody(bureau: Bureau) -> None:
    before = "".join(words_of(f) for f in _documents(made(bureau.asks("打包全部文件"))[0].content).values())
    assert all(canary in before for canary in ("张伟民", "李四", "王建国", "13807455566", "0745-2712345", "赵立春"))
    boss = bureau.asks("公开版")
    boss.sees("2 个单位", "去掉了")
    (package,) = made(boss)
    documents = _documents(package.content)
    assert len(documents) >= 2
    for name, content in documents.items():
        words = words_of(content)
        for canary in CANARIES:
            assert canary not in words, (name, canary)
            assert canary not in name
    assert "＊＊＊" in "".join(words_of(c) for c in documents.values())
    assert "预算编制还不够细" in "".join(words_of(c) for c in documents.values())


def test_a_document_that_still_names_somebody_is_left_out_and_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "masked", lambda form, answers, names: Masked(answers, {}))
    boss = bureau.asks("公开版")
    boss.sees("没放进去：区社保中心", "像是姓名或电话，没有放进去")
    for package in made(boss):
        for content in _documents(package.content).values():
            assert not any(canary in words_of(content) for canary in CANARIES)


def test_archives_are_parted_where_a_chat_could_not_carry_them(bureau: Bureau) -> None:
    volumes: dict[int, BytesIO] = {}

    def target(n: int) -> BytesIO:
        volumes[n] = BytesIO()
        return volumes[n]

    steps = archiving.all_documents(bureau.county.office, bureau.county.id, 2020, target, most=200_000)
    try:
        while True:
            next(steps)
    except StopIteration as ended:
        done = ended.value
    assert done.volumes == len(volumes) > 1
    assert sum(len(_documents(v.getvalue(), "")) for v in volumes.values()) == done.documents + done.volumes
    assert all(len(v.getvalue()) <= 200_000 or len(_documents(v.getvalue(), "")) == 2 for v in volumes.values())


def _documents(package: bytes, kind: str = ".docx") -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as packed:
        return {n: packed.read(n) for n in packed.namelist() if n.endswith(kind)}


def test_a_county_with_nothing_handed_in(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = county_of(sqlite_engine, tmp_path)
    county.filing(county.unit("区教育局"))
    empty = Bureau(county, county.administrator(), {})
    empty.asks("结果汇总").sees("还没有提交的")
    empty.asks("异常清单").sees("看了 0 份", "没有发现")
    empty.asks("打包全部文件").sees("还没有生成过文件")
    empty.asks("公开版").sees("还没有审核通过的文件")
