"""What holds whatever is said and tapped where answers arrive: nothing arrived is lost, nothing locked is stored,
nothing is changed without a reason."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dialogs.conversation import Conversation
from dialogs.editions import form_of
from dialogs.events import Event, Said
from dialogs.office import Office
from dialogs.scene import Scene
from dialogs.staging import build_scene
from dialogs.store import conversations, filings
from dialogs.store import tables as t
from dialogs.store.engine import reading, writing
from scoring.beside.changes import lost_lines, overridden
from scoring.beside.overlay import is_locked, overlaid
from templates import labels
from tests.dialogs.desk import Filler, make_office
from tests.pair import pair_packs

UNIT = "小县中心"
FIGURES = "10|12|0|约 11|人数 97 96|及时率 95 99|新的 1 2|人数 98 99|甲 1 1 1|1 2 3|2 3|无|预算数 13|1|2|3"
WAYS = "第1题|第2题|第3题|第4题|目录|检查一遍|看全部答案|生成草稿|/start|帮助|删 1|清空|没了|撤销|暂估|继续|好|换一张表|乙项目"
BUTTONS = (labels.SKIP, labels.NOT_APPLICABLE, labels.CONFIRM, labels.CANCEL, labels.NEW_PROJECT, labels.RENAME_PROJECT)
MORE = (labels.GO_THERE, labels.ZEROS, labels.PROVISIONAL, *labels.REASONS)
WORDS = (*FIGURES.split("|"), *WAYS.split("|"), *BUTTONS, *MORE)
STEPS = st.lists(st.one_of(st.sampled_from(WORDS), st.integers(0, 14)), max_size=25)


@contextmanager
def begun() -> Iterator[Filler]:
    """A project with goals; its report and the unit's form are begun, the report is open."""
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(f"sqlite:///{folder}/store.db", pair_packs(Path(folder) / "packs"), ("pair",))
        filler = (
            Filler(office).says("/start").says(UNIT).taps("项目自评表（2021年，一个项目一份）").says("甲项目").taps(labels.BEGIN)
        )
        filler.says("10").says("9").says("产出指标 人数 98\n产出指标 及时率 95\n效益指标 覆盖 100").taps(labels.DONE)
        filler.says("换一张表").taps(labels.NEW_FILING).taps("单位自评表（2021年）").taps(labels.BEGIN)
        filler.says("换一张表").taps(labels.NEW_FILING).taps("项目自评报告（2021年，一个项目一份）").taps("甲项目").taps(
            labels.BEGIN
        )
        yield filler
        office.engine.dispose()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_whatever_is_said_and_tapped(steps: list[str | int]) -> None:
    with begun() as filler:
        for step in steps:
            if isinstance(step, str):
                filler.says(step)
            elif filler.buttons:
                filler.presses(filler.buttons[step % len(filler.buttons)].token)
            assert "没能处理好" not in filler.text
        for scene in scenes(filler.office):
            holds(scene)
        before = rows(filler.office)
        assert filler.receive(filler.sent) == 0
        assert rows(filler.office) == before


def scenes(office: Office) -> list[Scene]:
    """Every filing as its filler would find it now; history tells the same answers as the store."""
    found = []
    with reading(office.engine) as c:
        for id, person in c.execute(select(t.filings.c.id, t.filings.c.created_by)):
            filing = filings.filing(c, id)
            assert filing is not None
            form = form_of(c, filing)
            assert filings.replay(c, id, form) == filings.answers(c, id, form)
            event = Event(Said("/start"), "test:1", "test:1", 0)
            found.append(build_scene(c, office, event, person, Conversation(), id))
        assert conversations.load(c, "test:1") is not None
    return found


def holds(scene: Scene) -> None:
    """What arrived is there; what differs has a reason; what is locked is not stored."""
    assert scene.answers == overlaid(scene.sheet, scene.stored, scene.brought)
    for item_id, brought in scene.brought.items():
        item, answer = scene.sheet.items[item_id], scene.answers[item_id]
        assert answer.source == brought.source
        assert lost_lines(item, brought, answer) == 0
        if is_locked(scene.sheet, item_id):
            assert item_id not in scene.stored
            assert answer == brought
        if overridden(item, brought, answer):
            assert answer.reason, (item_id, brought, answer)


def rows(office: Office) -> list[object]:
    with reading(office.engine) as c:
        return [c.execute(select(table)).fetchall() for table in t.metadata.sorted_tables]


@pytest.mark.parametrize("said", ["短", "统计口径不同", labels.REASONS[0]])
def test_a_change_that_waits_for_its_reason_is_asked_anew_when_its_source_has_moved_on(said: str) -> None:
    """Somebody else of the unit empties or changes the source meanwhile; nothing fails, and nothing is half carried out."""
    for new in (None, '"11"'):
        with begun() as filler:
            filler.says("第1题").says("12").taps(labels.CONFIRM).sees("原因")
            with writing(filler.office.engine) as c:
                source = t.answers.c.item == "budget"
                c.execute(t.answers.delete().where(source) if new is None else t.answers.update().where(source).values(value=new))
            filler.says(said).sees("没有记", "预算数")
            assert "没能处理好" not in filler.text
            with reading(filler.office.engine) as c:
                kept = [value for (value,) in c.execute(select(t.answers.c.value).where(t.answers.c.item == "budget"))]
            assert kept == ([] if new is None else [new])
