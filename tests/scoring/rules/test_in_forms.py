"""Rules inside a form: points by hand within their range, caps, policies, decimals, a tree of any depth."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from scoring.answers import Answer, State, given
from scoring.answersfiles.file import read_answers
from scoring.asked import as_asked, asked, is_settled
from scoring.checks import check
from scoring.errors import BadAnswers
from scoring.form import Form
from scoring.items import Manual
from scoring.lint import lint
from scoring.numbers import round_half_up
from scoring.packs.compiling import compile_form
from scoring.reading import NotUnderstood, Understood, read
from scoring.rules.base import Standing
from scoring.scorecard import score
from scoring.values import ManualScore
from templates.drafting import draft
from templates.pictures import score_picture

PACK = "county: 小县\ntitle: 套表\nyear: 2020\ngrades: [{name: 优, from: 90}, {name: 差, from: 0}]\n"
FORM = """
title: 表
sections:
  - id: s
    title: 一
    items:
      - {id: x, type: percent, label: 完成率, max: 300, not_applicable: 没有任务}
      - {id: y, type: percent, label: 执行率, not_applicable: 没有预算}
      - {id: tier, type: choice, label: 效益档次, options: [{id: good, text: 达成}, {id: part, text: 部分达成}, {id: bad, text: 未达成}]}
"""
INDICATORS = """
indicators:
  - {id: alone, name: 执行, weight: 20, printed_rule: 按比例。, rule: {kind: proportional, metric: y, unit: percent}}
  - id: a
    name: 产出
    weight: 80
    children:
      - id: aa
        name: 数量
        weight: 50
        children:
          - id: aaa
            name: 小组
            weight: 30
            children:
              - {id: deep, name: 完成, weight: 30, printed_rule: 按比例。, rule: {kind: proportional, metric: x, unit: percent}}
          - {id: twin, name: 完成, weight: 20, printed_rule: 按比例。, rule: {kind: proportional, metric: x, unit: percent}}
      - id: effect
        name: 效益
        weight: 30
        printed_rule: 三档。
        rule:
          kind: tiers
          item: tier
          tiers: [{option: good, from: 80, to: 100}, {option: part, from: 60, to: 80}, {option: bad, from: 0, to: 60}]
caps:
  - {when: y < 80, at_most: 89, say: 执行率不到80%}
  - {when: y < 50, at_most: 59, say: 执行率不到50%}
"""
SOURCES = {"pack.yaml": PACK, "f/form.yaml": FORM, "f/indicators.yaml": INDICATORS}


def form(pack: str = "", **changes: str) -> Form:
    """The form with lines added to its pack, and with words of its indicators replaced by others."""
    indicators = INDICATORS
    for old, new in changes.items():
        indicators = indicators.replace(f"id: {old},", f"id: {old}, {new},")
    return compile_form("p/f", {**SOURCES, "pack.yaml": PACK + pack, "f/indicators.yaml": indicators})


def answers(x: str = "100", y: str = "100", tier: str = "good", points: str = "30") -> dict[str, Answer]:
    found = {"x": given(Decimal(x)), "y": given(Decimal(y)), "tier": given(tier)}
    return found | ({"effect_points": given(ManualScore(Decimal(points), "群众评价好"))} if points else {})


def test_the_form_is_clean() -> None:
    assert lint("p/f", SOURCES) == ()


@pytest.mark.parametrize(
    ("tier", "points", "counts"),
    [("good", "30", True), ("good", "24", True), ("good", "23.99", False), ("part", "24", False), ("part", "23.99", True)],
)
def test_points_by_hand_out_of_their_tier_never_count(tier: str, points: str, counts: bool) -> None:
    line = score(form(), answers(tier=tier, points=points)).line("effect")
    assert (line.points == Decimal(points)) is counts
    assert (line.standing is Standing.SCORED) is counts
    assert bool(line.waiting) is not counts
    settled = {**answers(tier=tier, points=points)}
    item = form().items["effect_points"]
    assert as_asked(form(), item, settled).type == "manual_score"
    assert not is_settled(form(), item, {**settled, "effect_points": Answer(State.GIVEN, settled["effect_points"].value)})


def test_the_question_says_the_range_and_keeps_to_it() -> None:
    here = form()
    item = next(i for i in asked(here, answers(tier="part", points="")) if i.id == "effect_points")
    assert isinstance(item, Manual)
    assert "18–23.99 分" in item.question
    assert isinstance(read(item, "23.99 群众评价好", today=None), Understood)  # type: ignore[arg-type]
    refused = read(item, "24 群众评价好", today=None)  # type: ignore[arg-type]
    assert isinstance(refused, NotUnderstood)
    assert "18–23.99" in refused.text


def test_an_answers_file_keeps_to_it_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("effect_points: [24, 群众评价好]\ntier: part\n", encoding="utf-8")
    with pytest.raises(BadAnswers, match="只能给 18–23"):
        read_answers(form(), path)


@pytest.mark.parametrize(
    ("y", "total", "capped"),
    [
        ("80", "96", ""),
        ("79", "89", "执行率不到80%，总分最多 89 分：各项合计 95.8 分，计 89 分。"),
        ("50", "89", "执行率不到80%，总分最多 89 分：各项合计 90 分，计 89 分。"),
        ("49", "59", "执行率不到50%，总分最多 59 分：各项合计 89.8 分，计 59 分。"),
    ],
)
def test_the_total_is_capped_while_the_condition_holds(y: str, total: str, capped: str) -> None:
    card = score(form(), answers(y=y))
    assert card.total == Decimal(total)
    assert card.capped == capped
    assert card.grade == ("优" if Decimal(total) >= 90 else "差")


def test_a_capped_total_in_print_is_no_wrong_sum() -> None:
    printed = {"alone": "10", "deep": "30", "twin": "20", "effect": "30"}
    found = [check(form(), answers(y="50"), {**printed, "total": t}) for t in ("89", "90", "88")]
    assert [any(f.check == "SCORE_SUM" for f in some) for some in found] == [False, False, True]


@pytest.mark.parametrize(
    ("line", "y", "passed"), [("", "80", None), ("优", "80", True), ("优", "79", False), ("59", "49", True), ("60", "49", False)]
)
def test_the_pass_line_is_a_grade_or_points(line: str, y: str, passed: bool | None) -> None:
    here = form(f"pass_line: {line}\n" if line else "")
    assert score(here, answers(y=y)).passed is passed
    assert score(here, answers(y=y, points="")).passed is None


@pytest.mark.parametrize(
    ("rounding", "places", "points"), [("half_up", 1, "6.7"), ("down", 1, "6.6"), ("down", 0, "6"), ("down", 2, "6.66")]
)
def test_points_are_rounded_or_cut_as_declared(rounding: str, places: int, points: str) -> None:
    line = score(form(f"rounding: {rounding}\n", alone=f"places: {places}"), answers(y="33.33")).line("alone")
    assert line.points == Decimal(points)
    assert f"{points} 分" in line.why


@pytest.mark.parametrize(("own", "total"), [("full", "100"), ("zero", "80"), ("excluded", "100")])
def test_an_indicator_has_a_policy_of_its_own(own: str, total: str) -> None:
    here = form("not_applicable: zero\n", alone=f"not_applicable: {own}")
    assert score(here, {**answers(), "y": Answer(State.NOT_APPLICABLE)}).total == Decimal(total)
    assert score(here, {**answers(), "x": Answer(State.NOT_APPLICABLE)}).total == 50


FILINGS = st.fixed_dictionaries(
    {},
    optional={
        "x": st.one_of(st.integers(0, 300).map(lambda n: given(Decimal(n))), st.just(Answer(State.NOT_APPLICABLE))),
        "y": st.one_of(st.integers(0, 100).map(lambda n: given(Decimal(n) / 3)), st.just(Answer(State.NOT_APPLICABLE))),
        "tier": st.sampled_from(["good", "part", "bad"]).map(given),
        "effect_points": st.integers(0, 40).map(lambda n: given(ManualScore(Decimal(n), "有理由"))),
    },
)


@drawn(FILINGS, st.sampled_from(["full", "zero", "excluded"]), st.sampled_from(["full", "zero", "excluded"]))
def test_totals_equal_their_parts_under_caps_and_policies(filing: dict[str, Answer], pack: str, own: str) -> None:
    here = form(f"not_applicable: {pack}\n", alone=f"not_applicable: {own}")
    card = score(here, filing)
    parts = sum((x.points for x in card.lines if x.points is not None), Decimal(0))
    out = sum(
        (
            x.indicator.weight
            for x in card.lines
            if x.standing is Standing.NOT_APPLICABLE and here.policy_of(x.indicator) == "excluded"
        ),
        Decimal(0),
    )
    assert card.uncapped == (parts if out in (0, 100) else round_half_up(parts * 100 / (100 - out), 2))
    most = min((c.at_most for c in here.data.caps if here.figures(filing).holds(c.when)), default=Decimal(100))
    assert card.total == min(card.uncapped, most) <= 100
    alone = card.line("alone").points or Decimal(0)
    assert card.subtotals["a"].points + alone == parts
    assert card.subtotals["aa"].points == card.subtotals["aaa"].points + (card.line("twin").points or 0)


def test_a_tree_of_any_depth_is_read_everywhere() -> None:
    card = score(form(), answers())
    assert [x.place.names for x in card.lines] == [(), ("产出", "数量", "小组"), ("产出", "数量"), ("产出",)]
    documents = {"f/documents.yaml": "documents: [{id: t, title: 评分表, template: example/score_table.docx.j2}]"}
    here = compile_form("p/f", {**SOURCES, **documents})
    assert draft(here, answers(), "t", unit="甲单位").content[:2] == b"PK"
    assert score_picture(here, card, "甲单位")[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("old", "new", "code", "words", "fatal"),
    [
        ("weight: 80", "weight: 80\n    printed_weight: 70", "WEIGHT_SUM", "表上印的是 70 分", False),
        ("id: alone, name: 执行, weight: 20", "id: alone, name: 执行, weight: 19", "WEIGHT_SUM", "合计 99", True),
        ("when: y < 80", "when: z < 80", "NAME_UNKNOWN", "没有叫 z", True),
        ("when: y < 80", "when: 1 < 80", "CAP", "没有数据项", True),
        ("at_most: 89", "at_most: 100", "CAP", "封不住", True),
        ("id: aaa", "id: alone", "NAME_TWICE", "用了两次", True),
        ("printed_rule: 三档。", "", "KEY_MISSING", "缺少这个键", True),
    ],
)
def test_mistakes_in_the_tree_and_the_caps_are_named(old: str, new: str, code: str, words: str, fatal: bool) -> None:
    assert old in INDICATORS
    found = [p for p in lint("p/f", {**SOURCES, "f/indicators.yaml": INDICATORS.replace(old, new, 1)}) if p.code == code]
    assert any(words in str(p) and p.fatal is fatal for p in found), found


def test_a_pass_line_that_is_neither_a_grade_nor_points_is_named() -> None:
    found = lint("p/f", {**SOURCES, "pack.yaml": PACK + "pass_line: 及格\n"})
    assert [(p.code, p.key) for p in found] == [("GRADES", "pass_line")]
