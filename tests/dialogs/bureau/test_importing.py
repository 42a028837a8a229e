"""An import carried out: units and invitations in the store, nothing half done, nothing twice, codes only on paper."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import Engine

from dialogs.access.codes import hashed, plain_code
from dialogs.bureau.importing import NotImported, carry, planned
from dialogs.bureau.slips import make_slips
from dialogs.outgoing import Withheld
from dialogs.store import counties, invitations
from dialogs.store.engine import reading, writing
from tests.dialogs.bureau.sheets import HEADER, xlsx
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs
from tests.dialogs.store.stock import dump

LIST = xlsx(
    HEADER,
    ("县教育局", "101", "一组", "", "王芳", "填报人"),
    ("县教育局", "101", "一组", "", "李四", "审核人"),
    ("县第一中学", "10101", "二组", "县教育局", "赵六", "填报人"),
)
BAD = xlsx(HEADER, ("县水利局", "102", "一组", "", "钱七", "司机"), ("县卫健局", "103", "一组", "", "孙八", "填报人"))


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    return County(sqlite_engine, tiny_packs(tmp_path / "packs"))


def imports(county: County, content: bytes, *, only_good: bool = False):
    with writing(county.office.engine) as c:
        return carry(county.doing(c), county.id, content, only_good=only_good)


def test_units_people_and_supervision(county: County) -> None:
    done = imports(county, LIST)
    assert (done.units, done.changed, done.invited) == (2, 0, 3)
    with reading(county.office.engine) as c:
        units = {u.name: u for u in counties.units_in(c, county.id)}
        invited = invitations.listed(c, county=county.id)
    assert units["县第一中学"].supervisor == "县教育局"
    assert [(i.name, i.role, i.place) for i in invited] == [
        ("王芳", "filler", "县教育局"),
        ("李四", "reviewer", "县教育局"),
        ("赵六", "filler", "县第一中学"),
    ]


def test_the_second_time_nothing_happens(county: County) -> None:
    imports(county, LIST)
    before = dump(county.office.engine)
    again = imports(county, LIST)
    after = dump(county.office.engine)
    assert (again.units, again.changed, again.invited) == (0, 0, 0)
    assert {k: v for k, v in before.items() if k != "journal"} == {k: v for k, v in after.items() if k != "journal"}


def test_all_or_nothing_or_the_good_rows(county: County) -> None:
    before = dump(county.office.engine)
    with pytest.raises(NotImported, match="有 1 行有误，一行也没有导入"):
        imports(county, BAD)
    assert dump(county.office.engine) == before
    assert imports(county, BAD, only_good=True).units == 1


def test_a_changed_group_is_changed_and_an_empty_cell_changes_nothing(county: County) -> None:
    imports(county, LIST)
    changed = imports(county, xlsx(HEADER, ("县第一中学", "", "三组", "", "", "")))
    assert (changed.units, changed.changed) == (0, 1)
    with reading(county.office.engine) as c:
        school = next(u for u in counties.units_in(c, county.id) if u.name == "县第一中学")
    assert (school.code, school.grouping, school.supervisor) == ("10101", "三组", "县教育局")


def test_a_dry_run_does_nothing(county: County) -> None:
    before = dump(county.office.engine)
    with reading(county.office.engine) as c:
        made = planned(c, LIST, county.id, county.office.today(), county.clock())
    assert len(made.invites) == 3
    assert dump(county.office.engine) == before


def test_slips_carry_codes_that_open_and_are_kept_nowhere(county: County) -> None:
    done = imports(county, LIST)
    boss = county.administrator()
    made = make_slips(county.office, f"{county.id}.{done.batch}", boss.id)
    with ZipFile(BytesIO(made.content)) as packed:
        book = load_workbook(BytesIO(packed.read("小县邀请名单.xlsx")))
        slips = Document(BytesIO(packed.read("小县邀请单.docx")))
    rows = [[c.value for c in row] for row in book["邀请名单"].iter_rows(min_row=3)]
    assert rows[0][:4] == ["101", "县教育局", "王芳", "填报人"]
    text = "\n".join(cell.text for row in slips.tables[0].rows for cell in row.cells)
    everything = repr(dump(county.office.engine))
    for row in rows:
        assert row[4] in text
        assert row[4] not in everything
        assert plain_code(row[4]) not in everything
    with reading(county.office.engine) as c:
        assert invitations.good(c, hashed(plain_code(rows[2][4])), county.clock()).name == "赵六"
    again = make_slips(county.office, f"{county.id}.{done.batch}", boss.id)
    assert again.content != made.content
    with reading(county.office.engine) as c:
        assert invitations.good(c, hashed(plain_code(rows[2][4])), county.clock()) is None
    with pytest.raises(Withheld):
        make_slips(county.office, f"{county.id}.{done.batch}", county.overseer().id)


def test_two_imports_at_one_moment_are_told_apart(county: County) -> None:
    first, second = imports(county, LIST), imports(county, BAD, only_good=True)
    assert first.batch != second.batch
