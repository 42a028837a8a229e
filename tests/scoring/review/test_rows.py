"""Two states of a table: a line that was rewritten, one that came, one that went."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.columns import Table
from scoring.review.rows import compared_rows
from scoring.values import Row
from tests.dialogs.tiny import tiny

TABLE = tiny().items["projects"]
assert isinstance(TABLE, Table)

rows = st.lists(
    st.builds(lambda n, b: Row((n, b)), st.sampled_from("甲乙丙"), st.sampled_from([None, Decimal(1), Decimal(2)])), max_size=6
)


def row(name: str, budget: int) -> Row:
    return Row((name, Decimal(budget)))


def test_a_cell_a_new_line_and_one_that_is_gone() -> None:
    old = (row("业务专项", 56), row("培训", 3))
    new = (row("宣传", 1), row("业务专项", 60))
    found = compared_rows(TABLE, old, new)
    assert [(c.name, c.old is None, c.new is None) for c in found] == [
        ("宣传", True, False),
        ("业务专项", False, False),
        ("培训", False, True),
    ]
    (cell,) = found[1].cells
    assert (cell.label, cell.old, cell.new) == ("预算", Decimal(56), Decimal(60))


@given(rows, rows)
def test_no_difference_means_equal_and_the_other_way_round(old: list[Row], new: list[Row]) -> None:
    assert bool(compared_rows(TABLE, old, new)) == (old != new)
