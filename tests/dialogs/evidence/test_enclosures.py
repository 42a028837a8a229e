"""Evidence in the documents: the annex, the files in the package under their names, the 工作底稿 that refers to them."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.evidence import enclosures
from dialogs.outgoing import Sheet, sheet
from dialogs.replies import File
from dialogs.store import evidence
from dialogs.store.engine import reading
from scoring.evidence import Exhibit, spots
from scoring.loading import load
from scoring.scorecard import score
from templates.drafting import draft
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.evidence.phone import Messenger

FORM = "example/basic"


def text_of(docx: bytes) -> str:
    """The words of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return re.sub(r"<[^>]+>", "|", archive.read("word/document.xml").decode())


class Desk:
    """A filler with evidence for two indicators of a form that has documents."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.county = County(engine, tiny_packs(folder), (FORM,))
        self.messenger = Messenger(self.county)
        self.unit = self.county.unit("县人大/办公室")
        self.filler: Somebody = self.county.filler(self.unit)
        self.filing = self.county.filing(self.unit, FORM)
        self.filler.says("/start")
        self.filler.taps(next(b.text for b in self.filler.buttons if b.text.startswith("县人大")))
        self.spots = spots(self.county.form(FORM))[:2]
        for spot in self.spots:
            self.messenger.photo(self.filler.says("目录"), caption=f"{spot.name}的批复")
            self.messenger.photo(self.filler)
        self.messenger.runs()

    def files(self, *words: str) -> dict[str, Sheet]:
        """What these words bring, by the id of the document."""
        for word in words:
            self.filler.says(word)
        found = [r for r in self.filler.replies if isinstance(r, File)]
        return {r.caption: sheet(self.county.office, r, self.filler.chat) for r in found}


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


def test_the_package_has_the_files_under_the_names_of_indicator_and_unit(desk: Desk) -> None:
    desk.filler.says("生成草稿")
    (package,) = desk.files("打包下载").values()
    with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        annex = text_of(archive.read("佐证材料清单.docx"))
    wanted = [f"{s.title}_县人大_办公室_{n}.jpg" for s in desk.spots for n in (1, 2)]
    assert [n for n in names if n.startswith("佐证材料/")] == [f"佐证材料/{name}" for name in wanted]
    assert all(name in annex for name in wanted)
    assert f"{desk.spots[0].name}的批复" in annex


def test_a_version_keeps_the_evidence_it_was_issued_with(desk: Desk) -> None:
    desk.filler.says("生成草稿")
    with reading(desk.county.office.engine) as c:
        first = evidence.listed(c, desk.filing)[0]
    label = f"√ {desk.spots[0].title} 2"
    desk.filler.says("佐证材料")
    desk.filler.taps(next(b.text for b in desk.filler.buttons if b.text.startswith(label[:8]))).taps("撤下 1")
    desk.filler.says("生成草稿")
    (second,) = desk.files("打包下载").values()
    with zipfile.ZipFile(io.BytesIO(second.content)) as archive:
        assert len([n for n in archive.namelist() if n.startswith("佐证材料/")]) == 3
    with reading(desk.county.office.engine) as c:
        assert first.id not in [p.id for p in evidence.listed(c, desk.filing)]


def test_the_complete_document_ends_with_the_annex(desk: Desk) -> None:
    made = desk.files("生成草稿")
    complete = next(s for caption, s in made.items() if "全套" in caption)
    assert "佐证材料清单" in text_of(complete.content)


def test_too_much_for_one_message_goes_into_packages_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(desk.county.office.engine) as c:
        sizes = [p.size for p in evidence.listed(c, desk.filing)]
    monkeypatch.setattr(enclosures, "ALONGSIDE", sum(sizes) - 1)
    monkeypatch.setattr(enclosures, "bundles", lambda exhibits: (tuple(exhibits[:3]), tuple(exhibits[3:])))
    desk.filler.says("生成草稿")
    packages = desk.files("打包下载")
    inside = []
    for package in packages.values():
        with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
            inside.append(sum(n.startswith("佐证材料/") for n in archive.namelist()))
    assert inside == [0, 3, 1]
    names = [p.name for p in packages.values()]
    assert ["佐证材料1_" in names[1], "佐证材料2_" in names[2]] == [True, True]


def test_without_evidence_nothing_is_added() -> None:
    form = load(FORM)
    complete = next(d.id for d in form.data.documents if d.parts)
    assert "佐证材料清单" not in text_of(draft(form, {}, complete, unit="民政局").content)


def test_the_working_sheet_of_an_indicator_refers_to_its_files() -> None:
    form = load("xundian-2023/department")
    spot = spots(form)[0]
    given = (Exhibit(spot.about, spot.place, "三定方案", "0" * 64, 9, "application/pdf", 1_614_556_800),)
    card = score(form, {})
    with_it = text_of(draft(form, {}, "sheets", unit="某某中心", card=card, exhibits=given).content)
    assert f"{spot.title}_某某中心_1.pdf" in with_it
    assert with_it.count("佐证材料") == 1
    without = text_of(draft(form, {}, "sheets", unit="某某中心", card=card).content)
    assert "佐证材料" not in without


def test_the_annex_says_what_when_and_under_which_name() -> None:
    form = load(FORM)
    spot = spots(form)[0]
    given = (Exhibit(spot.about, spot.place, "批复 <红头> & 附件", "0" * 64, 9, "image/png", 1_614_556_800),)
    annex = draft(form, {}, "evidence", unit="民政局", exhibits=given)
    assert annex.title == "佐证材料清单"
    assert "批复 &lt;红头&gt; &amp; 附件" in text_of(annex.content)
    assert "2021年3月1日" in text_of(annex.content)
    assert annex.content == draft(form, {}, "evidence", unit="民政局", exhibits=given).content
