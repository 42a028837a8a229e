"""The common pace: never more than so many messages in any second, whoever sends them; replies pass what is said unasked."""

from collections import Counter, deque
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from dialogs import outgoing
from dialogs.office import Office
from dialogs.replies import Message, Toast, to_data
from dialogs.store import outbox, paces
from dialogs.store.engine import writing
from dialogs.store.paces import Limits
from dialogs.store.tables import outbox as rows
from tests.dialogs.store.stock import NOW

LIMITS = Limits(per_second=25, per_chat=1, burst=3)


class Workers:
    """Two workers over one store whose clock stands still until it is told to go on."""

    def __init__(self, engine: Engine) -> None:
        self.millis = 1000 * NOW
        self.left: list[tuple[int, str, str]] = []  # (moment, chat, what)
        office = Office(engine, lambda: self.millis // 1000, lambda: "id", {"test": lambda _, __: None}, (), limits=LIMITS)
        self.offices = [replace(office, worker=w, precise=lambda: self.millis) for w in ("a", "b")]

    def says(self, chat: str, *texts: str, unasked: bool = False) -> None:
        with writing(self.offices[0].engine) as c:
            outbox.enqueue(c, f"test:{chat}", None, [to_data(Message(t)) for t in texts], NOW)
            if unasked:
                c.execute(rows.update().where(rows.c.chat == f"test:{chat}").values(lane=outbox.BEHIND))

    def work(self, chance: Random, seconds: float) -> None:
        end = self.millis + 1000 * seconds
        while self.millis < end:
            parcel = outgoing.claim(chance.choice(self.offices))
            if parcel is None:
                self.millis += 10
                continue
            moment = max(parcel.leaves_at, self.millis)
            self.left.append((moment, parcel.chat, getattr(parcel.reply, "text", "")))
            outgoing.sent(self.offices[0], parcel, 1)
        self.left.sort()


def busiest(moments: list[int], window: int = 1000) -> int:
    """The most of them in any window of so many milliseconds."""
    most, inside = 0, deque[int]()
    for at in moments:
        inside.append(at)
        while inside[0] <= at - window:
            inside.popleft()
        most = max(most, len(inside))
    return most


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_no_second_has_more_messages_than_the_channel_allows(sqlite_engine_once: Engine, seed: int) -> None:
    chance = Random(seed)
    with writing(sqlite_engine_once) as c:
        c.execute(rows.delete())
        c.execute(paces.paces.delete())
    workers = Workers(sqlite_engine_once)
    for n in range(60):
        workers.says(str(chance.randrange(30)), f"{n}")
    workers.work(chance, 20)
    assert len(workers.left) == 60
    assert busiest([at for at, _, _ in workers.left]) <= 25
    by_chat = Counter(chat for _, chat, _ in workers.left)
    for chat in by_chat:
        moments = [at for at, whose, _ in workers.left if whose == chat]
        assert busiest(moments) <= LIMITS.burst + 1
        early = 1000 * LIMITS.burst + outgoing.QUEUE  # the burst, and a turn that came late
        assert all(later - moments[0] >= 1000 * (n + 1) - early for n, later in enumerate(moments))
        assert [int(text) for _, whose, text in workers.left if whose == chat] == sorted(
            int(text) for _, whose, text in workers.left if whose == chat
        )


@pytest.fixture(scope="module")
def sqlite_engine_once(tmp_path_factory: pytest.TempPathFactory, sqlite_store: Path) -> Engine:
    import shutil

    from dialogs.store.engine import open_store

    path = tmp_path_factory.mktemp("paces") / "store.db"
    shutil.copy(sqlite_store, path)
    return open_store(f"sqlite:///{path}")


def test_a_reply_passes_a_crowd_of_reminders(engine: Engine) -> None:
    workers = Workers(engine)
    for n in range(40):
        workers.says(f"r{n}", "提醒", unasked=True)
    workers.work(Random(1), 0.5)
    workers.says("me", "答复")
    asked = workers.millis
    workers.work(Random(2), 2)
    (answered,) = [at for at, chat, _ in workers.left if chat == "test:me"]
    assert answered - asked <= 100
    assert len(workers.left) == 41


def test_in_ones_own_chat_too(engine: Engine) -> None:
    workers = Workers(engine)
    workers.says("me", "提醒", unasked=True)
    workers.says("me", "答复")
    workers.work(Random(1), 3)
    assert [text for _, _, text in workers.left] == ["答复", "提醒"]


def test_the_answer_to_a_press_waits_for_no_pace(engine: Engine) -> None:
    workers = Workers(engine)
    workers.says("me", *"一二三四")
    with writing(engine) as c:
        outbox.enqueue(c, "test:other", None, [to_data(Toast("q"))], NOW)
        paces.hold(c, "test:other", workers.millis + 60_000)
    workers.work(Random(1), 0.2)
    assert "test:other" in {chat for _, chat, _ in workers.left}


def test_silence_asked_for_is_kept_by_all_workers(engine: Engine) -> None:
    workers = Workers(engine)
    workers.says("1", "一")
    workers.says("2", "二")
    parcel = outgoing.claim(workers.offices[0])
    assert parcel is not None
    outgoing.hold(workers.offices[0], parcel, 7)
    workers.work(Random(1), 10)
    assert len(workers.left) == 2
    assert min(at for at, _, _ in workers.left) >= 1000 * (NOW + 7)


def test_a_message_that_was_not_tried_is_anybodys(engine: Engine) -> None:
    workers = Workers(engine)
    workers.says("1", "一")
    parcel = outgoing.claim(workers.offices[0])
    assert parcel is not None
    outgoing.put_back(workers.offices[0], parcel)
    again = outgoing.claim(workers.offices[1])
    assert again is not None
    assert not again.doubtful
