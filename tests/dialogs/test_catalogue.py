"""The forms on offer: remembered as long as nothing changed, read anew otherwise, and never from half a file."""

from pathlib import Path

import pytest

from dialogs.catalogue import catalogue, fingerprint
from scoring import loading
from scoring.errors import BadPack, UnknownForm

PACK = "{county: 小县, title: 小表, year: 2020}"
FORM = "title: 表\nsections: [{id: a, title: 甲, items: [{id: b, type: money, label: 乙}]}]"


def packs(folder: Path, form: str = FORM) -> tuple[Path, ...]:
    (folder / "tiny" / "one").mkdir(parents=True, exist_ok=True)
    (folder / "tiny" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "tiny" / "one" / "form.yaml").write_text(form, encoding="utf-8")
    return (folder,)


def offered(folder: Path, memory: Path | None) -> list[str]:
    catalogue.cache_clear()  # as in a new process
    loading._load.cache_clear()
    return [c.title for c in catalogue(("tiny",), (folder,), memory)]


def test_what_is_remembered_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs(tmp_path)
    memory = tmp_path / "memory" / "forms.json"
    assert offered(tmp_path, memory) == ["表"]
    monkeypatch.setattr("dialogs.catalogue.load", lambda *_: pytest.fail("read again"))
    assert offered(tmp_path, memory) == ["表"]


def test_a_changed_text_is_read_again(tmp_path: Path) -> None:
    packs(tmp_path)
    memory = tmp_path / "forms.json"
    assert offered(tmp_path, memory) == ["表"]
    packs(tmp_path, FORM.replace("title: 表", "title: 新表"))
    assert offered(tmp_path, memory) == ["新表"]


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"x": {"id": 1}}', '{"x": 3}'])
def test_a_spoilt_file_is_no_harm(tmp_path: Path, rubbish: str) -> None:
    packs(tmp_path)
    memory = tmp_path / "forms.json"
    memory.write_text(rubbish, encoding="utf-8")
    assert offered(tmp_path, memory) == ["表"]


def test_a_place_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    packs(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert offered(tmp_path, tmp_path / "file" / "forms.json") == ["表"]


def test_a_mistake_is_told_and_never_remembered(tmp_path: Path) -> None:
    packs(tmp_path, FORM.replace("type: money", "type: gold"))
    for _ in range(2):
        with pytest.raises(BadPack):
            offered(tmp_path, tmp_path / "forms.json")


def test_names_of_packs_mean_all_their_forms(tmp_path: Path) -> None:
    assert loading.forms_named(("tiny", "example/basic"), packs(tmp_path)) == ("tiny/one", "example/basic")
    with pytest.raises(UnknownForm):
        catalogue(("nowhere",), (), None)


def test_the_fingerprint_knows_the_siblings(tmp_path: Path) -> None:
    before = fingerprint("tiny/one", packs(tmp_path))
    (tmp_path / "tiny" / "two").mkdir()
    (tmp_path / "tiny" / "two" / "form.yaml").write_text(FORM, encoding="utf-8")
    assert fingerprint("tiny/one", (tmp_path,)) != before
