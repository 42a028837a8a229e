"""Each kind of anomaly: noticed where it is, with its evidence, and not where it is not."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from scoring.anomalies import Anomaly, Case, Kind, anomalies
from scoring.answers import Answer, given
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.values import Row

FORM = load("qingshan-2025/project")
ROAD = dict(read_answers(FORM, OWN_PACKS / "qingshan-2025" / "cases" / "project@road.yaml").answers)


def case(
    id: str = "f1", unit: str = "县交通局", answers: Mapping[str, Answer] = ROAD, before: Mapping[str, Answer] | None = None
) -> Case:
    return Case(id, unit, FORM, answers, score(FORM, answers), "农村公路养护", None if before is None else score(FORM, before))


def goals(*lines: tuple[str, str, str]) -> Answer:
    """Goals of (name, target, actual), all of them numbers."""
    rows = [
        Row(("产出指标", "数量指标", name, target, None, actual, Decimal(10), None, None, "说明"))
        for name, target, actual in lines
    ]
    return given(tuple(rows))


def kinds(found: tuple[Anomaly, ...]) -> list[Kind]:
    return [a.kind for a in found]


def of(kind: Kind, *cases: Case) -> list[str]:
    return [a.said for a in anomalies(cases) if a.kind is kind]


def test_an_ordinary_filing_is_noticed_only_for_what_it_has() -> None:
    assert [(a.kind, a.said) for a in anomalies([case()])] == [(Kind.OVER, "“更换标志牌”指标值 ≥40块、完成 56块（140%）。")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [("里程", "≥120公里", "120公里"), ("牌", "≥40块", "40块"), ("率", "≥98%", "98%")],
            "3 个数字指标的实际完成值都正好等于指标值，如：里程 ≥120公里、牌 ≥40块、率 ≥98%。",
        ),
        ([("里程", "≥120公里", "120公里"), ("牌", "≥40块", "41块"), ("率", "≥98%", "98%")], ""),
        ([("里程", "≥120公里", "120公里"), ("牌", "≥40块", "40块")], ""),
        ([("甲率", "100%", "100%"), ("乙率", "100%", "100%"), ("丙率", "100%", "100%")], ""),
        (
            [("成本", "≤50元", "50元"), ("牌", "40块", "40块"), ("率", "≥98%", "98%")],
            "3 个数字指标的实际完成值都正好等于指标值，如：成本 ≤50元、牌 40块、率 ≥98%。",
        ),
    ],
)
def test_every_actual_equals_its_target(lines: list[tuple[str, str, str]], said: str) -> None:
    assert of(Kind.EQUAL, case(answers={**ROAD, "goals": goals(*lines)})) == ([said] if said else [])


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (("98%", "98%", "98%"), "3 个比率都是 98%：甲率、乙率、群众满意度。"),
        (("98%", "98%", "97%"), ""),
        (("100%", "100%", "100%"), ""),
    ],
)
def test_the_same_rate_everywhere(rates: tuple[str, ...], said: str) -> None:
    lines = [(name, "≥90%", rate) for name, rate in zip(("甲率", "乙率", "群众满意度"), rates, strict=True)]
    assert of(Kind.RATE, case(answers={**ROAD, "goals": goals(*lines)})) == ([said] if said else [])


def test_the_same_satisfaction_in_many_units() -> None:
    def with_(n: int, rate: str) -> Case:
        return case(f"f{n}", f"单位{n}", {**ROAD, "goals": goals(("群众满意度", "≥90%", rate))})

    same = [with_(n, "98%") for n in range(5)]
    assert of(Kind.SATISFACTION, *same[:4]) == []
    assert of(Kind.SATISFACTION, *same) == ["满意度 98%，和另外 4 个单位一模一样（5 个单位填了满意度）。"] * 5
    others = [with_(10 + n, f"{60 + n}%") for n in range(16)]
    assert of(Kind.SATISFACTION, *same, *others) == []


def test_full_marks() -> None:
    all_done = {
        **ROAD,
        "funds": given(Row((Decimal(60), Decimal(62), Decimal(62)))),
        "rectified": given("all"),
        "goals": ROAD["goals"],
    }
    assert of(Kind.FULL, case(answers=all_done)) == []
    full = score(FORM, all_done)
    perfect = replace(full, lines=tuple(replace(line, points=line.indicator.weight) for line in full.lines), total=Decimal(100))
    assert of(Kind.FULL, replace(case(), card=perfect)) == [f"{len(full.lines)} 项指标全部满分，总分 100 分。"]


def test_points_that_changed_on_return() -> None:
    better = {**ROAD, "funds": given(Row((Decimal(60), Decimal(62), Decimal(62))))}
    assert of(Kind.RAISED, case(answers=better, before=ROAD)) == ["退回以后“预算执行率”9→10 分，总分 92.22→93.22 分。"]
    assert of(Kind.RAISED, case(answers=ROAD, before=ROAD)) == []
    assert of(Kind.RAISED, case(answers=better)) == []


LONG = "我单位全年养护农村公路130公里，雨季没有一处中断，更换标志牌56块，群众出行更加方便；同时加强巡查，发现问题及时处置，全年没有发生安全责任事故。"


def said_by(n: int, text: str, unit: str = "") -> Case:
    return case(f"f{n}", unit or f"单位{n}", {**ROAD, "goals": goals(("里程", "≥1公里", "1公里")), "results": given(text)})


def test_the_same_text_as_another_unit_whatever_its_figures() -> None:
    other = LONG.replace("130", "86").replace("我单位", "单位2")
    found = [
        a
        for a in anomalies(
            [said_by(1, "单位1" + LONG), said_by(2, other), said_by(3, "完全不同的一段话，说的是另外一件事情。" * 4)]
        )
        if a.kind is Kind.COPIED
    ]
    assert [(a.case, a.other) for a in found] == [("f1", "f2"), ("f2", "f1")]
    assert found[0].said.startswith("“项目成效”和单位2（农村公路养护）有 9")
    assert "如：“" in found[0].said


def test_one_unit_may_say_the_same_twice_and_short_texts_may_be_alike() -> None:
    assert of(Kind.COPIED, said_by(1, LONG, "县交通局"), said_by(2, LONG, "县交通局")) == []
    assert of(Kind.COPIED, said_by(1, "养护良好，群众满意。"), said_by(2, "养护良好，群众满意。")) == []


def test_many_units_with_one_text_are_told_how_many() -> None:
    found = of(Kind.COPIED, *(said_by(n, LONG) for n in range(30)))
    assert len(found) == 30
    assert found[0] == f"“项目成效”和单位1（农村公路养护）一模一样，还有 28 个单位也是，如：“{LONG[:39]}…”。"


@each(st.integers(0, 10_000))
def test_different_texts_are_left_alone(seed: int) -> None:
    letters = [chr(n) for n in range(0x4E00, 0x9FA5)]
    random = Random(seed)
    texts = ["".join(random.choices(letters, k=120)) for _ in range(6)]
    assert of(Kind.COPIED, *(said_by(n, text) for n, text in enumerate(texts))) == []


@each(st.integers(0, 10_000), st.integers(0, 2))  # three may change more than 40 % of the runs of so short a text
def test_a_text_with_a_few_words_changed_is_found(seed: int, changes: int) -> None:
    random = Random(seed)
    text = list(LONG * 2)
    for _ in range(changes):
        text[random.randrange(len(text))] = "〇"
    assert len(of(Kind.COPIED, said_by(1, LONG * 2), said_by(2, "".join(text)))) == 2
