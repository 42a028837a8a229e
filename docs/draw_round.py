"""Draws docs/pictures/reminder.png, review.png and progress.png from a county that is made up for the purpose.

Run `python -m docs.draw_round` after the texts of reminders or of the review have changed. Not part of the program.
"""

import tempfile
from collections.abc import Sequence
from random import Random

from sqlalchemy import update

from dialogs.bureau.progress import overview_of
from dialogs.bureau.progress_files import standings
from dialogs.reminding.planning import replan
from dialogs.replies import Message, Reply
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.tables import filings as filing_rows
from docs.draw_chat import PICTURES
from docs.phone import Turn, draw
from scoring.answers import Answers
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from templates.county.progress_picture import progress_picture
from tests.dialogs.county import County, moment

DEPARTMENT, PROJECT, DECLARATION = (f"qingshan-2025/{name}" for name in ("department", "project", "declaration"))
ROAD = "农村公路养护"
HECHENG = "hecheng-2020/department"
GROUPS = ("部门", "乡镇", "学校", "卫生院")
TOWNS = ("青石", "白杨", "双河", "柳林", "大屯", "北关", "石桥", "清泉", "南坪", "高桥", "龙潭", "东山")
KINDS = ("镇政府", "中心小学", "卫生院")


def case(form: str, name: str) -> Answers:
    path = OWN_PACKS / form.partition("/")[0] / "cases" / f"{name}.yaml"
    return dict(read_answers(load(form), path).answers)


def turns(replies: Sequence[Reply]) -> list[Turn]:
    return [Turn(r.text, [[b.text for b in row] for row in r.buttons]) for r in replies if isinstance(r, Message)]


def reminder(county: County) -> list[Turn]:
    """What a filler reads a week before the deadline."""
    county.moves("2026-03-02 10:00")
    unit = county.unit("青山县公路站", "101", "部门")
    filler = county.filler(unit, "李敏")
    whole = case(DEPARTMENT, "department")
    begun = dict(list(whole.items())[: len(whole) * 2 // 3])
    ids = [
        county.filing(unit, DEPARTMENT, answers=begun),
        county.filing(unit, DECLARATION, ROAD, case(DECLARATION, "declaration@road")),
    ]
    some = dict(list(case(PROJECT, "project@road").items())[:3])
    ids.append(county.filing(unit, PROJECT, ROAD, some))
    county.due("2026-03-20", form_id=DEPARTMENT)
    with writing(county.office.engine) as c:
        replan(c, county.office, [ids[0], ids[2]])
        c.execute(update(filing_rows).where(filing_rows.c.id == ids[1]).values(state="approved"))
    county.moves("2026-03-13 09:00").works()
    return turns(filler.received[-1:])


def review(county: County) -> list[Turn]:
    """What the reviewer is told of a filing that was handed in, its page, and one indicator with 核查分."""
    county.moves("2021-03-16 10:00")
    unit = county.unit("鹤城区社会保险服务中心", "001", "部门")
    filler, reviewer = county.filler(unit, "李敏"), county.reviewer(unit, "王局长")
    county.filing(unit, HECHENG, answers=case(HECHENG, "department"))
    filler.says("/start").taps(f"鹤城区社会保险服务中心 · 2020年度 · {load(HECHENG).title}")
    filler.says("提交审核").taps("确认提交")
    shown = turns(reviewer.received[-1:])
    reviewer.taps("去审核")
    shown += turns(reviewer.replies)
    reviewer.taps("评分表").says("3")
    reviewer.says("1 有两人没有编制批复")
    return [*shown, Turn("1 有两人没有编制批复", own=True), *turns(reviewer.replies)]


def progress(county: County) -> bytes:
    """How a county stands some days after the deadline."""
    county.moves("2026-03-02 10:00")
    chance = Random(7)  # noqa: S311
    for n, (town, kind) in enumerate((town, kind) for kind in KINDS for town in TOWNS):
        unit = county.unit(f"青山县{town}{kind}", f"{200 + n}", GROUPS[1 + KINDS.index(kind)])
        filing = county.filing(unit, DEPARTMENT)
        state = chance.choices(("approved", "submitted", "returned", "open"), (45, 20, 8, 27))[0]
        done = 47 if state in ("approved", "submitted") else chance.choice((0, 0, 12, 30, 44))
        at = moment(f"2026-03-{chance.randint(3, 30):02d} 10:00")
        values = {"state": state, "done": done, "total": 47, "answered_at": at if done else None, "state_at": at}
        values["at_item"] = list(load(DEPARTMENT).items)[min(done, 40)]
        with writing(county.office.engine) as c:
            c.execute(update(filing_rows).where(filing_rows.c.id == filing).values(**values))
    county.moves("2026-04-03 10:00")
    with reading(county.office.engine) as c:
        return progress_picture(standings(overview_of(c, county.id, 2025, county.clock(), county.office.zone)))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for part in (reminder, review, progress):
            url = f"sqlite:///{folder}/{part.__name__}.db"
            upgrade(url)
            county = County(open_store(url), OWN_PACKS, (DECLARATION, PROJECT, DEPARTMENT), name="青山县")
            made.append(part(county))
            county.office.engine.dispose()
    draw(made[0], PICTURES / "reminder.png")
    draw(made[1], PICTURES / "review.png")
    (PICTURES / "progress.png").write_bytes(made[2])


if __name__ == "__main__":
    main()
