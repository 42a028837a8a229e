"""寻甸 2023: the printed words and weights, every printed score or the reason why it differs, the repaired tree."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.answersfiles.file import read_answers
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import Scorecard, score
from scoring.textgate import clean

CASES = OWN_PACKS / "xundian-2023" / "cases"
PRINTED = json.loads((Path(__file__).parents[2] / "golden" / "xundian_x.json").read_text(encoding="utf-8"))
DIFFERENT = {  # printed → by the rules
    "a31": ("1.5", "1.75"),  # 1 and 0.75 make 0, 0.75, 1 or 1.75; the report says that both are met
    "b13": ("1", "0"),  # 300% of last year; the report itself says 0
    "b32": ("0", "1"),  # the report tells of both and gives 1
    "c105": ("3", "2"),  # the rule prints 得2分
    "c32": ("2", "1.5"),  # 0.5 and 1 make 1.5 at most
}
ON_PAPER = {"b1": 7, "b": 20, "c2": 21, "c": 45}


@pytest.fixture(scope="module")
def form() -> Form:
    return load("xundian-2023/department")


@pytest.fixture(scope="module")
def card(form: Form) -> Scorecard:
    return score(form, read_answers(form, CASES / "department.yaml").answers)


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


@pytest.mark.parametrize("row", PRINTED, ids=lambda r: r["code"])
def test_an_indicator_keeps_its_printed_words_and_weight(form: Form, row: dict[str, str]) -> None:
    place = next(p for p in form.indicators if p.indicator.id == row["pack_id"])
    indicator = place.indicator
    assert indicator.name == row["code"] + row["level3"]
    assert indicator.weight == Decimal(str(row["weight"]))
    assert place.names == (row["level1"], row["level2"])
    assert squeezed(indicator.printed_rule) == squeezed(row["rule_text"])
    assert squeezed(indicator.printed_note) == squeezed(row["note_text"])
    assert squeezed(indicator.source) == squeezed(row["data_source"])
    assert all((indicator.explain, indicator.good, indicator.bad))


def test_every_printed_score_comes_out_or_its_difference_is_known(card: Scorecard) -> None:
    printed = {r["pack_id"]: Decimal(str(r["seed_score"])) for r in PRINTED}
    assert sum(printed.values()) == 95
    for line in card.lines:
        was, now = DIFFERENT.get(line.indicator.id, (printed[line.indicator.id],) * 2)
        assert printed[line.indicator.id] == Decimal(was), line.indicator.id
        assert line.points == Decimal(now), line.why
    assert card.total == Decimal("93.75")
    assert card.grade == "优秀"


def test_the_repaired_tree_adds_up_and_remembers_what_was_printed(form: Form) -> None:
    assert form.weight == 100
    groups = {g.id: g for p in form.indicators for g in p.path}
    assert {g.id: g.printed_weight for g in groups.values() if g.printed_weight is not None} == ON_PAPER
    for group in groups.values():
        assert group.weight == sum(child.weight for child in group.children), group.name


@pytest.mark.parametrize(
    ("indicator", "changes", "points"),
    [
        ("b13", {"reception": "[0.1, 0.11]"}, "0.5"),  # 110%: half way between 100% and 120%
        ("b13", {"reception": "[0.1, 0.1]"}, "1"),
        ("b42", {"assets_in_use": "4.0"}, "0.7"),  # 88.69%: six whole points below 95%
        ("b11", {"basic": "[90, 100, 92.5]"}, "0.8"),  # 92.5%: two whole points below 95%
        ("a35", {"key_unfunded": "2"}, "1"),
        ("c101", {"key_missed": "1"}, "1.6"),
        ("c101", {"key_missed": "2"}, "1.2"),
        ("c101", {"key_missed": "3"}, "0"),
        ("c116", {"target_review": "[98, 100, 县考核办]"}, "0.98"),
        ("c116", {"target_review": "[94.9, 100, 县考核办]"}, "0.95"),
        ("b22", {"proper_use": "[rules, approval, argued, purpose, misuse]"}, "0"),
        ("b31", {"staff_actual": "18"}, "0"),
        ("b52", {"purchase_faults": "3"}, "0"),
        ("c105", {"payout_rate": "100"}, "2"),
        ("c25", {"survey": "[[50, 50, 48], " + ", ".join(["[39, 8, 1]"] * 10) + "]"}, "0"),  # 89.58
    ],
)
def test_a_rule_gives_what_the_print_says(
    form: Form, tmp_path: Path, indicator: str, changes: dict[str, str], points: str
) -> None:
    text = (CASES / "department.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if line.partition(":")[0] not in changes]
    file = tmp_path / "answers.yaml"
    file.write_text("\n".join([*kept, *(f"{k}: {v}" for k, v in changes.items())]), encoding="utf-8")
    assert score(form, read_answers(form, file).answers).line(indicator).points == Decimal(points)


@pytest.mark.parametrize(
    ("item", "value", "asked"),
    [
        ("collection_rate", "99.99", ("c104_points", "c21_points")),
        ("plan_match", "95", ("a13_points",)),
        ("duty_clear", "false", ("a21_points",)),
        ("comforted", "false", ("c107_points",)),
        ("overpaid", "1", ("c24_points",)),
        ("task_unemployment", "[19500, 19499]", ("c22_points",)),
    ],
)
def test_where_the_print_is_silent_the_filler_gives_points_and_a_reason(
    form: Form, tmp_path: Path, item: str, value: str, asked: tuple[str, ...]
) -> None:
    text = (CASES / "department.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if line.partition(":")[0] not in (item, "c104_points", "c21_points")]
    file = tmp_path / "answers.yaml"
    given = "" if item == "collection_rate" else "collection_rate: 100"
    rest = [line for line in kept if not (given and line.startswith("collection_rate:"))]
    file.write_text("\n".join([*rest, f"{item}: {value}", given]), encoding="utf-8")
    waiting = [w for line in score(form, read_answers(form, file).answers).lines for w in line.waiting]
    assert tuple(waiting) == asked


def test_what_a_criterion_costs_is_said_in_its_own_sense(form: Form, tmp_path: Path) -> None:
    text = (CASES / "department.yaml").read_text(encoding="utf-8")
    file = tmp_path / "answers.yaml"
    file.write_text(text.replace("proper_use: all", "proper_use: [rules, misuse]"), encoding="utf-8")
    line = score(form, read_answers(form, file).answers).line("b22")
    assert line.why == "有“存在截留、挤占、挪用、虚列支出等情况”一票否决 → 0 分"
    assert line.full == "没有“存在截留、挤占、挪用、虚列支出等情况”后才按要点计分"


def test_a_print_that_never_reaches_its_weight_is_explained(card: Scorecard) -> None:
    assert card.line("a31").full == "已经是最多的 1.75 分（各要点印的分加起来不到 2 分）"
    assert card.line("c32").loss == "各要点印的分合计只有1.5分"
    assert card.line("c105").loss == "评分标准只写了得2分"


def test_a_share_of_the_weight_is_told_with_its_points(form: Form, tmp_path: Path) -> None:
    text = (CASES / "department.yaml").read_text(encoding="utf-8")
    file = tmp_path / "answers.yaml"
    file.write_text(text.replace("assets_in_use: 4.51", "assets_in_use: 4"), encoding="utf-8")
    line = score(form, read_answers(form, file).answers).line("b42")
    assert "每 1 个扣分值的 5%（0.05 分），扣 0.3 分 → 0.7 分" in line.why
