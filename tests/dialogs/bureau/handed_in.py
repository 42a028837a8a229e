"""A county whose units have handed in real filings: what reports, archives and returns are about."""

from pathlib import Path

from sqlalchemy import Engine

from dialogs.review.deciding import approve_filing, return_filing
from dialogs.review.submitting import submit
from dialogs.store.engine import writing
from scoring.answers import Answer
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import FORM, tiny_packs

REAL = "hecheng-2020/department"


def real_answers(**changed: Answer) -> dict[str, Answer]:
    """A filing of a real form, complete."""
    form = load(REAL)
    answers = dict(read_answers(form, OWN_PACKS / "hecheng-2020" / "cases" / "department.yaml").answers)
    return {**answers, **changed}


def county_of(engine: Engine, folder: Path) -> County:
    """An empty county that has the tiny form and a real one on offer."""
    return County(engine, tiny_packs(folder / "packs"), (FORM, REAL), name="鹤城区")


def hands_in(county: County, filing: str, filler: Somebody) -> None:
    with writing(county.office.engine) as c:
        said = submit(county.doing(c, filler), filing)
    assert not said, said


def approves(county: County, filing: str) -> None:
    with writing(county.office.engine) as c:
        decided = approve_filing(county.doing(c), filing)
    assert decided.done, decided.text


def gives_back(county: County, filing: str, remark: str = "请再看一遍") -> None:
    with writing(county.office.engine) as c:
        decided = return_filing(county.doing(c), filing, remark)
    assert decided.done, decided.text
