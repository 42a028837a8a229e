"""Fillers in front of a Bot API server, who type on whatever happens; and what must be true of them at the end.

Not here: what happens (r03_webhook.py, r16_rolling.py).
"""

from itertools import groupby
from random import Random

from dialogs.store.engine import Engine, open_store, reading
from tests.botapi import BotApiServer, Person
from tests.soak import expect
from tests.soak.crashing.form import Filled, filling, read_back
from tests.soak.crashing.verdict import follows_the_oracle, found

LINES = 20  # of each filler in a small crowd
TROUBLE = ("稍等", "出了点问题", "没能保存", "再发一次")  # words of which none may be seen when nothing is wrong


class Crowd:
    """So many lines in all, typed by fillers in turn."""

    def __init__(self, server: BotApiServer, seed: int, lines: int, fillers: int) -> None:
        self.server = server
        self.left = lines
        self.people: list[Person] = []
        self.talks: list[list[tuple[str, Filled]]] = []
        self.typed = [0] * fillers
        for n in range(fillers):
            self.people.append(server.person(1001 + n, f"填报人{n}"))
            self.talks.append(list(filling(f"大县第{n}单位", Random(f"{seed}/{n}"))))

    def types(self, count: int) -> None:
        """So many lines more, as long as there are any."""
        for _ in range(min(count, self.left)):
            n = min(range(len(self.people)), key=lambda n: self.typed[n] / len(self.talks[n]))
            if self.typed[n] == len(self.talks[n]):
                self.left = 0
                return
            self.people[n].says(self.talks[n][self.typed[n]][0])
            self.typed[n] += 1
            self.left -= 1

    def answered(self, store: Engine) -> bool:
        """Whether everything typed was taken and answered."""
        if self.server.pending:
            return False
        with reading(store) as c:
            waits = "SELECT (SELECT count(*) FROM inbox WHERE state = 'new')"
            leaves = "(SELECT count(*) FROM outbox WHERE state IN ('new', 'sending'))"
            there = "(SELECT count(*) FROM inbox)"
            waiting, leaving, came = c.exec_driver_sql(f"{waits}, {leaves}, {there}").one()
        return waiting == leaving == 0 and came >= sum(self.typed)

    def lost(self, store: Engine) -> int:
        """How many updates Telegram was told are safe and are not in the store."""
        safe = set(self.server.confirmed)  # first these: what is confirmed now is stored already
        with reading(store) as c:
            there = set(c.exec_driver_sql("SELECT update_id FROM inbox").scalars())
        return len(safe - there)

    def verdict(self, url: str, *, doubled: bool) -> dict[str, object]:
        """Figures; Red when anything was lost, applied twice, out of order, or sent twice and not recorded."""
        store = open_store(url)
        try:
            with reading(store) as c:
                there = found(lambda sql: c.exec_driver_sql(sql).fetchall())
                again = "coalesce(sum(ambiguous), 0), coalesce(sum(CASE ambiguous WHEN 1 THEN attempts - 1 ELSE 0 END), 0)"
                rows, doubtful, tries = c.exec_driver_sql(f"SELECT count(*), {again} FROM outbox WHERE state = 'sent'").one()
            lost = self.lost(store)
        finally:
            store.dispose()
        expect(lost == 0, f"{lost} accepted updates lost")
        expect(not there.waiting and not there.parked, f"{there.waiting} updates wait, {there.parked} are parked")
        states = {str(p.id): [{}, *(after for _, after in talk)] for p, talk in zip(self.people, self.talks, strict=True)}
        follows_the_oracle(there, states)
        shown = 0
        for person, talk, typed in zip(self.people, self.talks, self.typed, strict=True):
            expect(there.done.get(str(person.id), 0) == typed, f"{person.name} typed {typed} lines, not all are done")
            texts = [entry.text for entry in person.chat if entry.who == "bot"]
            shown += len(texts)
            facts = [fact for text in texts if (fact := read_back(text))]
            told = [fact for fact, _ in groupby(facts)]  # a message that came twice came twice in a row
            expect(told == _promised(talk[:typed]), f"{person.name}: what was read back is not what was said, in its order")
        twice = shown - rows
        expect(0 <= twice <= tries, f"{twice} messages came again, {tries} tries of {doubtful} are recorded as doubtful")
        expect(doubled or not doubtful, f"{doubtful} sends are doubtful though nobody died")
        return {"lost": 0, "applied twice": 0, "sent twice, recorded": twice}


def _promised(talk: list[tuple[str, Filled]]) -> list[tuple[str, str]]:
    """What must be read back, in this order."""
    promised: list[tuple[str, str]] = []
    before: Filled = {}
    for _, after in talk:
        promised += [(item, after.get(item, "")) for item in {**before, **after} if before.get(item) != after.get(item)]
        before = after
    return promised
