"""The whole machine on PostgreSQL: a filing begun, changed, undone and drafted, by two workers side by side."""

import threading
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.replies import Message
from dialogs.store import filings
from dialogs.store.engine import reading
from scoring.loading import load
from templates import labels
from tests.dialogs.desk import FORM, Filler, tiny_packs, understand


def office_on(engine: Engine, folder: Path) -> Office:
    ids = count(1)
    return Office(
        engine,
        lambda: 1_614_556_800,
        lambda: f"{next(ids):08d}",
        {"test": understand},
        (FORM,),
        (tiny_packs(folder),),
        open_door=True,
    )


def test_a_conversation_runs_as_on_sqlite(postgresql_engine: Engine, tmp_path: Path) -> None:
    filler = Filler(office_on(postgresql_engine, tmp_path)).begins("小县中心")
    filler.says("编制数 37\n在职人数 31").sees("31÷37＝83.78%")
    filler.says("第1题").says("40").taps(labels.CONFIRM).says("撤销").sees("已撤销")
    filler.says(labels.DRAFT).sees("第 1 版草稿")
    with reading(postgresql_engine) as c:
        filing = filler.filing
        form = load(FORM, filler.office.packs)
        assert filings.replay(c, filing.id, form) == filings.answers(c, filing.id, form)


def test_two_workers_never_mix_up_a_chat(postgresql_engine: Engine, tmp_path: Path) -> None:
    office = office_on(postgresql_engine, tmp_path)
    fillers = [Filler(office, str(n)) for n in range(1, 5)]
    for filler in fillers:
        filler.begins(f"单位{filler.address}")
    for line in ("37", "31", "6"):
        for filler in fillers:
            filler.arrives({"said": line})

    def work() -> None:
        while handle_next(office):
            pass

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    work()
    said: dict[str, list[str]] = {}
    while parcel := claim(office):
        if isinstance(parcel.reply, Message):
            said.setdefault(parcel.chat, []).append(parcel.reply.text.split("\n")[0])
        sent(office, parcel, 1)
    for filler in fillers:
        assert said[filler.chat][-3:] == ["已记：编制数 37 人", "已记：在职人数 31 人", "已记：退休人数 6 人"]
