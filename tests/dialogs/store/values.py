"""One given answer for every item of the tiny form, as the conversation would store it."""

from datetime import date
from decimal import Decimal

from scoring.answers import Answer, given
from scoring.values import ExternalScore, ManualScore, Row

GIVEN: dict[str, Answer] = {
    "quota": given(Decimal(37)),
    "staff": given(Decimal(31), provisional=True),
    "retired": given(Decimal(0)),
    "reception": given(Row((Decimal("2.47"), None, Decimal("1.17")))),
    "buying": given(Decimal("10.50")),
    "carry": given(Decimal("-0.01")),
    "progress": given(Decimal("98.5")),
    "projects": given((Row(("业务专项", Decimal(56))), Row(("“引号”\\ 🙂", None)))),
    "goals": given(("law", "plan")),
    "wrongs": given(Decimal(0)),
    "has_fund": given(True),
    "nature": given("full"),
    "outside": given(ExternalScore(Decimal(9), Decimal(10), "绩效办")),
    "benefit": given(ManualScore(Decimal("18.5"), "群众评价好")),
    "problems": given("预算编制\n还不够细。"),
    "filler": given("李四"),
    "phone": given("0745-1234567"),
    "filled_on": given(date(2021, 3, 1)),
}
