"""Names of materials: fit to be shown and stored, whatever was typed; and the names of files in a package."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.evidence.naming import LONGEST, PHOTO, shown_name
from scoring.evidence import Exhibit
from scoring.loading import load
from templates.exhibits import bundles, named

PARTS = re.compile(r"[\\/:*?\"<>|\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    ("name", "caption", "shown"),
    [
        ("", "", PHOTO),
        ("决算表.pdf", "", "决算表.pdf"),
        ("IMG_1.jpg", "三公经费  决算表\n（盖章）", "三公经费 决算表 （盖章）"),
        ("../../etc/passwd", "", "passwd"),
        ("．．／．．／合同.pdf", "", "合同.pdf"),
        ("C:\\合同\\表.docx", "", "表.docx"),
        ("..", "", PHOTO),
        ("photo\u202egpj.exe", "", "photogpj.exe"),
        ("\x00\ud800", "", PHOTO),
    ],
)
def test_what_a_material_is_called(name: str, caption: str, shown: str) -> None:
    assert shown_name(name, caption) == shown


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_is_short_visible_and_no_path(name: str, caption: str) -> None:
    shown = shown_name(name, caption)
    assert 0 < len(shown) <= LONGEST + 1
    assert not PARTS.search(shown)
    assert shown.encode()


def exhibit(place: str, n: int, about: str = "indicator", size: int = 10) -> Exhibit:
    return Exhibit(about, place, f"材料{n}", f"{n:064d}", size, "image/jpeg", n)


def test_files_are_named_after_indicator_and_unit_in_printed_order() -> None:
    form = load("example/basic")
    first, second = (p.indicator for p in form.indicators[:2])
    given_in = [exhibit("", 1, "filing"), exhibit(second.id, 2), exhibit(first.id, 3), exhibit(first.id, 4)]
    names = [n.name for n in named(form, "县人大/办公室", given_in)]
    assert names == [
        f"01 {first.name}_县人大_办公室_1.jpg",
        f"01 {first.name}_县人大_办公室_2.jpg",
        f"02 {second.name}_县人大_办公室_1.jpg",
        "00 其他材料_县人大_办公室_1.jpg",
    ]


def test_much_evidence_goes_into_several_packages_each_small_enough() -> None:
    every = [exhibit("x", n, size=10) for n in range(7)]
    packed = bundles(every, 25)
    assert [len(b) for b in packed] == [2, 2, 2, 1]
    assert [e for b in packed for e in b] == every
