"""Which indicators and items want evidence: as the pack says, else where points are judged; not what does not apply."""

import pytest

from scoring.answers import Answer, State
from scoring.errors import BadPack
from scoring.evidence import WHOLE, spot_at, spot_of, spots, spots_at, wanted
from scoring.form import Form
from scoring.loading import compile_form, load
from tests.dialogs import tiny


def form_with(pack: str = "", indicators: tuple[str, str] = ("", ""), items: tuple[str, str] = ("", "")) -> Form:
    return compile_form(
        "small/tiny",
        {
            "pack.yaml": tiny.PACK + pack,
            "tiny/form.yaml": tiny.FORM.replace(*items),
            "tiny/indicators.yaml": tiny.INDICATORS.replace(*indicators),
        },
    )


def test_without_a_word_judged_points_want_evidence() -> None:
    assert [s.title for s in spots(form_with())] == ["04 目标合理性", "06 重点工作", "07 社会效益"]


@pytest.mark.parametrize(("word", "count"), [("judged", 3), ("all", 7), ("none", 0)])
def test_the_pack_says_for_all(word: str, count: int) -> None:
    assert len(spots(form_with(f"evidence: {word}\n"))) == count


def test_an_indicator_says_for_itself() -> None:
    name = "name: 在职人员控制率, weight: 20,"
    (first, *_) = spots(form_with(indicators=(name, f"{name} evidence: [编制批复, 人员花名册],")))
    assert (first.title, first.materials) == ("01 在职人员控制率", ("编制批复", "人员花名册"))
    name = "name: 目标合理性, weight: 20,"
    assert "04 目标合理性" not in [s.title for s in spots(form_with(indicators=(name, f"{name} evidence: false,")))]


def test_an_item_says_for_itself_and_is_left_out_where_it_does_not_apply() -> None:
    label = "id: buying, type: money, label: 政府采购预算,"
    form = form_with(items=(label, f"{label} evidence: [采购合同],"))
    spot = spots(form)[-1]
    assert (spot.key, spot.title, spot.materials) == (("item", "buying"), "题5 政府采购预算", ("采购合同",))
    assert spot in wanted(form, {})
    assert spot not in wanted(form, {"buying": Answer(State.NOT_APPLICABLE)})


@pytest.mark.parametrize("bad", ["[]", "[好]", "五份", "[" + "长" * 41 + "]"])
def test_a_list_of_materials_is_a_list_of_names(bad: str) -> None:
    name = "name: 在职人员控制率, weight: 20,"
    with pytest.raises(BadPack) as problems:
        form_with(indicators=(name, f"{name} evidence: {bad},"))
    assert "evidence" in str(problems.value)


def test_where_a_file_belongs() -> None:
    form = form_with()
    assert spot_at(form, "goals").key == ("indicator", "i_goals")
    assert spots_at(form, "quota") == ()
    assert spot_at(form, "quota").key == ("item", "quota")
    assert spot_of(form, "indicator", "gone") == WHOLE
    assert spot_of(form, "item", "gone") == WHOLE


def test_what_the_paper_names_as_source_stands_in_for_materials() -> None:
    form = load("xundian-2023/department")
    assert spots(form)[0].materials[0].startswith("部门中长期规划目标")
