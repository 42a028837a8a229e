"""Documents of an approved filing: both score columns where the form has them, the opinion of the review beside them."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from scoring.review.record import Opinion, Reviewed, Round
from scoring.review.verified import Verified, verified_card
from scoring.scorecard import score
from templates.drafting import OPINION, draft
from templates.package import package
from templates.summary import summary
from tests.templates.test_drafting import paragraphs
from tests.templates.validity import problems

FORM = load("example/basic")
ANSWERS = dict(read_answers(FORM, OWN_PACKS / "example" / "cases" / "basic.yaml").answers)
FIRST = FORM.indicators[0].indicator
REVIEWED = Reviewed(
    {FIRST.id: Verified(Decimal(0), "缺佐证 <b>&")},
    (
        Round(1, "退回", "2021年3月1日", "", (Opinion("第 2 题 在职人数", "对不上", "已改"), Opinion("", "请补材料"))),
        Round(2, "通过", "2021年3月9日", "同意"),
    ),
)


def test_a_record_survives_the_store() -> None:
    assert Reviewed.from_data(REVIEWED.to_data()) == REVIEWED


def test_the_opinion_says_both_scores_and_every_round(tmp_path) -> None:
    made = draft(FORM, ANSWERS, OPINION.id, unit="某单位", reviewed=REVIEWED)
    said = "\n".join(paragraphs(made.content))
    own, verified = score(FORM, ANSWERS), verified_card(FORM, ANSWERS, REVIEWED.verdicts)
    assert own.total != verified.total
    for words in (
        "缺佐证 <b>&",
        str(own.total),
        str(verified.total),
        "第1轮",
        "退回　2021年3月1日",
        "对不上　（已改）",
        "同意",
    ):
        assert words in said, said
    assert not problems(made.content)
    assert draft(FORM, ANSWERS, OPINION.id, unit="某单位", reviewed=REVIEWED).content == made.content


def test_a_form_with_the_column_prints_it_and_only_then() -> None:
    before = "\n".join(paragraphs(draft(FORM, ANSWERS, "score_table", unit="某单位").content))
    after = "\n".join(paragraphs(draft(FORM, ANSWERS, "score_table", unit="某单位", reviewed=REVIEWED).content))
    assert "核查分" not in before
    assert "核查分" in after
    assert "缺佐证" in after


def test_package_and_summary_hold_it_too() -> None:
    with ZipFile(BytesIO(package(FORM, ANSWERS, unit="某单位", reviewed=REVIEWED))) as files:
        assert "审核意见表.docx" in files.namelist()
    book = load_workbook(BytesIO(summary(FORM, ANSWERS, score(FORM, ANSWERS), unit="某单位", reviewed=REVIEWED)))
    assert [c.value for c in book["得分"][2]][-2:] == ["核查分", "核查理由"]
    assert [c.value for c in book["审核意见"][3]] == [1, "退回", "2021年3月1日", "第 2 题 在职人数", "对不上", "已改"]
    empty = load_workbook(BytesIO(summary(FORM, ANSWERS, score(FORM, ANSWERS), unit="某单位")))
    assert "审核意见" not in empty.sheetnames


def test_points_for_what_is_gone_mean_nothing() -> None:
    gone = replace(REVIEWED, verdicts={"gone": Verified(Decimal(1), "没有了")})
    assert verified_card(FORM, ANSWERS, gone.verdicts).total == score(FORM, ANSWERS).total
