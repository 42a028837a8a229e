"""Formulas: a closed table of operators, exact results, and figures that are not there."""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula import FormulaError, Inapplicable, Missing, Scalar, Undefined, parse


@dataclass
class Figures:
    known: dict[str, Scalar] = field(default_factory=dict)
    columns: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def scalar(self, name: str) -> Scalar:
        if name in self.absent:
            raise Inapplicable(name)
        if name not in self.known:
            raise Missing((name,))
        return self.known[name]

    def column(self, name: str) -> tuple[Fraction, ...]:
        if name not in self.columns:
            raise Missing((name,))
        return self.columns[name]

    def count(self, name: str) -> int:
        return len(self.column(name + ".budget"))


FIGURES = Figures(
    {"staff": Fraction(31), "quota": Fraction(37), "zero": Fraction(0), "yes": True, "kind": "full", "a.b": Fraction(5, 2)},
    {"projects.budget": (Fraction(56), Fraction(10))},
)


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("staff / quota * 100", Fraction(3100, 37), "31÷37×100"),
        ("(staff - quota) / quota", Fraction(-6, 37), "（31－37）÷37"),
        ("quota - (staff - 1)", Fraction(7), "37－（31－1）"),
        ("sum(projects.budget)", Fraction(66), "56＋10"),
        ("sum(projects.budget) / 2", Fraction(33), "（56＋10）÷2"),
        ("count(projects)", Fraction(2), "2"),
        ("-a.b + 0.5", Fraction(-2), "－2.5＋0.5"),
        ("abs(staff - quota)", Fraction(6), "|31－37|"),
        ("min(staff, quota, 3)", Fraction(3), "3"),
        ("max(staff, quota)", Fraction(37), "37"),
        ("staff <= quota", True, "31 ≤ 37"),
        ("yes and not zero > 1", True, "是"),
        ("kind == 'full'", True, "full ＝ full"),
        ("1 < 2 < 3", True, "1 ＜ 2 ＜ 3"),
    ],
)
def test_plain_arithmetic(source: str, value: Scalar, shown: str) -> None:
    assert parse(source).value(FIGURES) == value
    if "and" not in source:
        assert parse(source).with_numbers(FIGURES) == shown


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')", "staff.__class__.x", "staff[0]", "lambda: 1", "staff ** 99", "staff if yes else 1", "f'{staff}'",
        "eval('1')", "sum(1)", "staff & 1", "1 +", "", "[1]", "a.b.c", "(staff := 1)", "abs()", "count(projects, 1)", "1" * 500,
        "(" * 60 + "1" + ")" * 60 + "+", "None", "1j", "b'x'",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(FormulaError):
        parse(source)


def test_too_deep_a_formula_is_refused() -> None:
    with pytest.raises(FormulaError, match="嵌套太深"):
        parse("-" * 30 + "1")


def test_missing_figures_are_all_named_at_once() -> None:
    with pytest.raises(Missing) as caught:
        parse("staff + x / y + sum(z.q)").value(FIGURES)
    assert caught.value.names == ("x", "y", "z.q")


def test_a_figure_that_does_not_apply_is_told_apart_from_a_missing_one() -> None:
    with pytest.raises(Inapplicable):
        parse("staff / nothing").value(Figures({"staff": Fraction(1)}, absent=frozenset({"nothing"})))


def test_division_by_zero_is_a_sentence() -> None:
    with pytest.raises(Undefined, match="31÷0 的分母是 0"):
        parse("staff / zero").value(FIGURES)


def test_text_is_not_a_number() -> None:
    with pytest.raises(Undefined):
        parse("kind + 1").value(FIGURES)


def test_sides_of_a_comparison() -> None:
    formula = parse("staff + 1 <= quota")
    assert formula.sides(FIGURES) == (32, 37)
    assert formula.side_with_numbers(FIGURES, right=False) == "31＋1"
    assert parse("yes").sides(FIGURES) is None


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        parse(source)
    except FormulaError:
        return


@given(st.integers(-999, 999), st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_quotients_of_quotients_are_exact(a: int, b: int, c: int, d: int) -> None:
    figures = Figures({"a": Fraction(a), "b": Fraction(b), "c": Fraction(c), "d": Fraction(d)})
    assert parse("(a / b) / (c / d)").value(figures) == Fraction(a * d, b * c)
