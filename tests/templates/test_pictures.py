"""The score picture: every character of GB 2312 is drawn, a rarer one is shown as 〓, the same card gives the same bytes."""

import struct

from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from templates.pictures import FONT, MISSING, known, score_picture

FORM = load("hecheng-2020/department")
CARD = score(FORM, read_answers(FORM, OWN_PACKS / "hecheng-2020" / "cases" / "department.yaml").answers)


def gb2312() -> str:
    return "".join(bytes([h, low]).decode("gb2312", "ignore") for h in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))


def test_every_character_of_gb2312_can_be_drawn() -> None:
    assert len(gb2312()) == 6763
    assert known(gb2312()) == gb2312()
    assert known("“”‘’（）〔〕，。；：？！、％—…/0123456789.") == "“”‘’（）〔〕，。；：？！、％—…/0123456789."


def test_a_character_the_font_lacks_is_no_empty_box() -> None:
    assert known("𠮷林") == MISSING + "林"


def test_a_picture_is_900_wide_and_the_same_twice() -> None:
    picture = score_picture(FORM, CARD, "鹤城区社会保险服务中心")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24])[0] == 900
    assert picture == score_picture(FORM, CARD, "鹤城区社会保险服务中心")


def test_text_is_really_drawn() -> None:
    assert score_picture(FORM, CARD, "甲") != score_picture(FORM, CARD, "乙")
    assert score_picture(FORM, CARD, "<&>{{") != score_picture(FORM, CARD, "乙")


def test_the_font_is_small_enough_to_ship() -> None:
    assert FONT.stat().st_size < 1_700_000
