"""What holds for every conversation: any sequence of events, any edit, any redelivery, any crash."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import dialogs.handling
from dialogs import rooms
from dialogs.conversation import Conversation, Screen
from dialogs.events import Action, Pressed, Said, Sent
from dialogs.replies import Message
from dialogs.route import next_item, progress
from dialogs.store import conversations, documents, filings, inbox, outbox
from dialogs.store import tables as t
from dialogs.store.engine import reading
from scoring.answers import Answers
from scoring.answers import given as given_answer
from scoring.asked import is_asked
from scoring.items import stored_value
from scoring.loading import load
from scoring.scorecard import score
from scoring.values import Row, to_json
from templates import labels
from tests.dialogs.desk import FORM, Filler, make_office, tiny_packs
from tests.dialogs.goals import goals
from tests.dialogs.talk import Talk
from tests.dialogs.tiny import WHOLE, tiny

# what the rooms hear asks the store, which this pure conversation has not
WORDS = [word for name, word in vars(labels).items() if name.isupper() and isinstance(word, str) and word not in rooms.words()]
said = st.one_of(
    st.sampled_from(
        [*WHOLE.values(), *WORDS, "约40", "24700", "0.985", "-1", "0", "12", "第3题", "#1", "撤销", "/start", "/help", "🙂"]
    ),
    st.sampled_from(["编制数 37\n在职人数 31", "37\n31\n6", "编制数 40\n在职人数 0\n违规例数 2"]),
    st.text(max_size=30),
).map(Said)
actions = st.lists(
    st.one_of(
        said,
        st.integers(0, 30).map(lambda n: n),  # the n-th button on the screen
        st.sampled_from(["sticker", "voice", "photo", "edited"]).map(Sent),
        st.sampled_from(["zzzzzzzz.0", "00000001.0", "junk", ""]).map(Pressed),
    ),
    max_size=60,
)


@given(actions)
@settings(max_examples=150, deadline=None)
def test_any_sequence_of_events_keeps_the_conversation_valid(events: list[Action | int]) -> None:
    filler = Talk(tiny()).begins()
    for event in events:
        if isinstance(event, int):
            buttons = filler.buttons
            filler.does(Pressed(buttons[event % len(buttons)].token) if buttons else Said("继续填"))
        else:
            filler.does(event)
        check_validity(filler)


LINES_OF_GOALS = [
    "数量指标|甲|≥100件|120件|10",
    "质量指标\t乙\t≥98%\t≥98%\t10\n\t丙\t长期\t坚持\t",
    "一级指标\t三级指标\t二级指标\t指标值\t分值\n产出\t丁\t数量指标\t5--8个\t5\n合计\t\t\t\t5",
    "数量指标 戊 ≥100件 90件 5",
    "公用经费控制率|≤100%",
    "50 50 48\n47 1 0\n48 0 0",
]
CELLS = [
    "数量指标",
    "质量",
    "1",
    "甲",
    "≥100件",
    "稳步提升",
    "120件",
    "90",
    "99%",
    "有所提升",
    "10",
    "无",
    "部分达成",
    "3.5",
    "人手不够",
]
ORDERS = [
    "改 1",
    "改 2",
    "改 9",
    "改 1 指标值 ≥95%",
    "改 1 完成值 3件",
    "改 0",
    "删 1",
    "删 7",
    "清空",
    "第1行移到第2行",
    "没有了",
    "沿用上年",
]
at_a_table = st.lists(
    st.one_of(
        st.sampled_from([*CELLS, *ORDERS, *LINES_OF_GOALS, "50 50 48", "47 1 0", "47", "约10", "第1题", "第2题", "第3题"]).map(
            Said
        ),
        st.sampled_from([*WORDS, "/start", "撤销", "不知道", "谢谢"]).map(Said),
        st.text(max_size=20).map(Said),
        st.integers(0, 30),
        st.sampled_from(["sticker", "photo"]).map(Sent),
    ),
    max_size=40,
)
LAST_YEARS = given_answer((Row(("数量指标", "旧", "≥10件", "12件", Decimal(20), None, None, None)),))


@given(at_a_table, st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_event_loses_a_cell_of_a_table_that_undo_does_not_bring_back(events: list[Action | int], had_one: bool) -> None:
    filler = Talk(goals(), prior={"goals": LAST_YEARS} if had_one else {}).begins()
    for event in events:
        before = dict(filler.answers)
        if isinstance(event, int):
            buttons = filler.buttons
            event = Pressed(buttons[event % len(buttons)].token) if buttons else Said("继续填")
        filler.does(event)
        check_validity(filler)
        after = dict(filler.answers)
        lost = {i for i, old in before.items() if old.given and after.get(i) != old}
        grown = {i for i, new in after.items() if new.given and before.get(i) != new}
        if not lost | grown or (isinstance(event, Said) and event.text.strip() == "撤销") or "已撤销" in filler.text:
            continue
        again = replace(filler, answers=dict(after), history=[], replies=list(filler.replies))
        again.says("撤销")
        assert again.answers == before, (event, filler.text, again.text)


def check_validity(filler: Talk) -> None:
    conversation, form = filler.conversation, filler.form
    assert Conversation.from_json(conversation.to_json()) == conversation
    if conversation.screen is Screen.QUESTION:
        assert is_asked(form, form.items[conversation.item], filler.answers)
    for reply in filler.replies:
        if isinstance(reply, Message):
            assert reply.text.strip()
            assert len(reply.text.encode("utf-16-le")) // 2 <= 4096
            assert all(len(b.token.encode()) <= 64 and b.text for row in reply.buttons for b in row)
    for item, answer in filler.answers.items():
        if answer.value is not None:
            assert stored_value(form.items[item], to_json(answer.value)) == answer.value
    card = score(form, filler.answers)
    assert card.total == sum(x.points for x in card.lines if x.points is not None)
    assert progress(form, filler.answers).upcoming == next_item(form, filler.answers), "the lists lead where the questions go on"


def fill(filler: Talk, values: dict[str, str]) -> Talk:
    """Answer whatever is asked until the check-up page."""
    for _ in range(100):
        if filler.conversation.screen is not Screen.QUESTION:
            return filler
        item = filler.asked
        filler.says(values.get(item, "5 按实际情况自评"))
        if item == "projects":
            filler.taps(labels.DONE)
    raise AssertionError("the form never ends")


def told(answers: Answers) -> list[object]:
    """Everything a scorecard says."""
    card = score(tiny(), answers)
    sums = [(id, s.points, s.decided) for id, s in card.subtotals.items()]
    return [
        *((x.indicator.id, x.standing, x.points, x.why, x.full, x.waiting) for x in card.lines),
        *sums,
        card.total,
        card.grade,
    ]


EDITS = {
    "quota": st.integers(1, 90).map(str),
    "staff": st.integers(0, 90).map(str),
    "buying": st.sampled_from(["0", "10", "20", "3.5"]),
    "carry": st.sampled_from(["0", "1", "2.5"]),
    "carry_prior": st.sampled_from(["0", "2", "9"]),
    "goals": st.sampled_from(["1", "1 2", "3", "全部满足", "都不满足"]),
    "wrongs": st.integers(0, 6).map(str),
    "has_fund": st.sampled_from(["是", "否"]),
    "nature": st.sampled_from(["全额", "差额"]),
    "reception": st.sampled_from(["1 2 3", "2.47 2 1.17"]),
}


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_editing_any_answer_equals_having_answered_so_at_first(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(EDITS)))
    new = data.draw(EDITS[item])
    values = {**WHOLE, "fund_text": "基金情况", "bought": "9"}
    edited = fill(Talk(tiny()).begins(), values).jumps(item).says(new)
    if edited.conversation.screen is Screen.BILL:
        edited.taps(labels.CONFIRM)
    edited = fill(edited, values)
    first = fill(Talk(tiny()).begins(), {**values, item: new})
    asked = [i for i in tiny().items if is_asked(tiny(), tiny().items[i], first.answers)]
    assert {i: edited.answers[i] for i in asked} == {i: first.answers[i] for i in asked}
    assert told(edited.answers) == told(first.answers)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_undo_restores_every_answer(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(EDITS)))
    filler = fill(Talk(tiny()).begins(), {**WHOLE, "fund_text": "基金情况", "bought": "9"})
    before = dict(filler.answers)
    filler.jumps(item).says(data.draw(EDITS[item]))
    if filler.conversation.screen is Screen.BILL:
        filler.taps(labels.CONFIRM).says("撤销")
    assert filler.answers == before


class Killed(BaseException):
    """The worker is gone, in the middle of what it was doing."""


STEPS = [
    (inbox, "take"),
    (dialogs.handling, "step"),
    (filings, "apply"),
    (documents, "record"),
    (conversations, "save"),
    (outbox, "enqueue"),
]
LINES = [
    "/start",
    "小县社保中心",
    "对，开始",
    "37",
    "31",
    "编制数 37\n在职人数 31",
    "6",
    "2.47 2 1.17",
    "第2题",
    "40",
    "确认",
    "生成草稿",
    "5",
]


@contextmanager
def killed_at(step: tuple[object, str] | None, after: bool) -> Iterator[None]:
    """The worker dies just before or just after this step of the transaction."""
    if step is None:
        yield
        return
    module, name = step
    real = getattr(module, name)

    def dying(*args: object, **kwargs: object) -> object:
        if after:
            real(*args, **kwargs)
        raise Killed

    with patch.object(module, name, dying):
        yield


def play(url: str, packs: Path, crashes: dict[int, tuple[tuple[object, str], bool]], redeliver: bool) -> dict[str, object]:
    office = make_office(url, packs)
    filler = Filler(office)
    for n, line in enumerate(LINES):
        label = next((b.token for b in filler.buttons if b.text == line), None)
        filler.arrives({"pressed": label} if label else {"said": line})
        if redeliver:
            filler.receive(filler.sent)
        if n in crashes:
            step, after = crashes[n]
            try:
                with killed_at(step, after):
                    while dialogs.handling.handle_next(office):
                        pass
            except Killed:
                office.engine.dispose()
        filler.works()
    form = load(FORM, office.packs)
    with reading(office.engine) as c:
        made = documents.of_filing(c, filler.filing.id)
        facts: dict[str, object] = {
            "answers": filings.answers(c, filler.filing.id, form),
            "replayed": filings.replay(c, filler.filing.id, form),
            "history": c.execute(select(t.history.c.item, t.history.c.old, t.history.c.new)).fetchall(),
            "documents": [(d.version, d.document, d.inputs, d.total, d.gaps) for d in made],
            "replies": [
                (kind, body.split('"buttons"')[0] if kind == "message" else "")
                for kind, body in c.execute(select(t.outbox.c.kind, t.outbox.c.body).order_by(t.outbox.c.id))
            ],
        }
    facts["score"] = score(form, facts["answers"]).total  # type: ignore[arg-type]
    office.engine.dispose()
    return facts


crash_plans = st.dictionaries(st.integers(0, len(LINES) - 1), st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=5)


@given(crash_plans, st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_crashes_between_any_two_steps_and_redelivery_change_nothing(
    crashes: dict[int, tuple[tuple[object, str], bool]], redeliver: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        packs = tiny_packs(Path(folder) / "packs")
        undisturbed = play(f"sqlite:///{folder}/a.db", packs, {}, redeliver=False)
        disturbed = play(f"sqlite:///{folder}/b.db", packs, crashes, redeliver)
    assert undisturbed["answers"] == undisturbed["replayed"]
    assert disturbed == undisturbed


def test_a_crash_plan_really_crashes() -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(f"sqlite:///{folder}/a.db", tiny_packs(Path(folder) / "packs"))
        filler = Filler(office)
        filler.arrives({"said": "/start"})
        for step in STEPS:
            if step[1] in ("apply", "record"):
                continue
            died = False
            try:
                with killed_at(step, after=True):
                    dialogs.handling.handle_next(office)
            except Killed:
                died = True
            assert died, step
        office.engine.dispose()
