"""What the people of the simulated county do with their phones: join, fill, hand in, mend what came back, review.

Each deed is a generator that yields how many seconds pass before the next touch, so that many people's deeds run through
each other. People go by what stands on their phone; only which question it is that they read, the store tells.
Not here: when they do it (year.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from dialogs.checkup import check_up
from dialogs.conversation import Conversation, Screen
from dialogs.editions import form_of
from dialogs.store import conversations, filings
from dialogs.store.engine import reading, writing
from dialogs.store.filings import Change
from dialogs.store.tables import filings as filing_rows
from dialogs.store.tables import people as people_rows
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS
from tests.year.machine import CHANNEL, Machine
from tests.year.phones import Phone
from tests.year.plan import Human, Plan, Task

Deed = Iterator[int]
TAP = (4, 40)  # seconds between two touches
MOST_TOUCHES = 80


@dataclass
class Where:
    """What a person's screen is about."""

    filing: str
    screen: Screen
    item: str


class Persons:
    """Everybody of the plan in front of the machine."""

    def __init__(self, machine: Machine, plan: Plan) -> None:
        self.machine, self.plan = machine, plan
        self.troubles: list[str] = []

    # Touches.

    def phone(self, human: Human) -> Phone:
        return self.machine.phone(human.address, human.name)

    def pause(self) -> int:
        return self.machine.chance.randint(*TAP)

    def says(self, human: Human, text: str) -> int:
        self.machine.arrives(self.phone(human), {"said": text})
        self.machine.works()
        return self.pause()

    def taps(self, human: Human, *labels: str) -> int:
        """The first of these buttons that is there; a person who finds none of them is a trouble of the machine."""
        phone = self.phone(human)
        for label in labels:
            found = phone.button(label)
            if found:
                button, message = found
                query = str(next(self.machine.numbers))
                body = {"pressed": button.token, "label": f"[{button.text}]", "message": message.number, "query": query}
                self.machine.arrives(phone, body)
                self.machine.works()
                return self.pause()
        last = phone.shown[-1] if phone.shown else None
        raise AssertionError(f"{human.name} finds no button {labels}; the last message: {last and (last.text, last.labels)}")

    def sees(self, human: Human) -> str:
        return self.phone(human).shown[-1].text if self.phone(human).shown else ""

    def where(self, human: Human) -> Where:
        with reading(self.machine.store) as c:
            stored = conversations.load(c, f"{CHANNEL}:{human.address}")
        if stored is None:
            return Where("", Screen.START, "")
        conversation = Conversation.from_json(stored.state)
        return Where(stored.filing_id or "", conversation.screen, conversation.item)

    # What they know of the world, as a telephone call to the office would tell.

    def state(self, task: Task) -> str:
        with reading(self.machine.store) as c:
            return str(c.execute(select(filing_rows.c.state).where(filing_rows.c.id == task.id)).scalar_one())

    def is_whole(self, task: Task) -> bool:
        """Whether everything asked is answered."""
        with reading(self.machine.store) as c:
            filing = filings.filing(c, task.id)
            assert filing is not None
            form = form_of(c, filing)
            answers = filings.answers(c, task.id, form)
        return not [item for item in check_up(form, answers).blanks if not item.optional]

    def person_id(self, human: Human) -> str:
        with reading(self.machine.store) as c:
            where = (people_rows.c.channel == CHANNEL, people_rows.c.address == human.address)
            return str(c.execute(select(people_rows.c.id).where(*where)).scalar_one())

    # Deeds.

    def joins(self, human: Human, link: str) -> Deed:
        """With the link of the invitation, or by typing its code."""
        if self.machine.chance.random() < 0.1:
            yield self.says(human, "/start")
        yield self.says(human, link)
        human.joined = human.name == self._named(human)
        if not human.joined:  # it has expired, and the bureau's next list brings another
            human.code = ""

    def _named(self, human: Human) -> str:
        with reading(self.machine.store) as c:
            return str(c.execute(select(people_rows.c.name).where(people_rows.c.address == human.address)).scalar_one())

    def goes_home(self, human: Human) -> Deed:
        """To the start page, by its button where there is one."""
        yield self.says(human, "/start")
        if self.where(human).filing:
            there = "换一张表" in self.phone(human).shown[-1].labels
            yield self.taps(human, "换一张表") if there else self.says(human, "换一张表")

    def opens(self, human: Human, task: Task) -> Deed:
        """From the start page to the filing, by the button that names it."""
        if self.where(human).filing == task.id:
            return
        yield from self.goes_home(human)
        with reading(self.machine.store) as c:
            filing = filings.filing(c, task.id)
            assert filing is not None
            title = form_of(c, filing).title
            year = filing.year
        label = f"{task.project} · {title} · {year}年度" if task.project else f"{task.unit.name} · {year}年度 · {title}"
        yield self.taps(human, label)
        assert self.where(human).filing == task.id, f"{human.name} came to another filing by {label}"

    def fills(self, human: Human, task: Task, most: int = MOST_TOUCHES) -> Deed:
        """Answer what is asked, up to so many questions."""
        if task.case:
            self._fills_at_the_desk(human, task)
        yield from self.opens(human, task)
        for _ in range(most):
            here = self.where(human)
            if here.screen is not Screen.QUESTION or here.item not in task.typed:
                return
            yield self.says(human, task.typed[here.item])

    def _fills_at_the_desk(self, human: Human, task: Task) -> None:
        """A public pack's own case, put into the store as if it had been typed."""
        pack = task.form.partition("/")[0]
        with writing(self.machine.store) as c:
            filing = filings.filing(c, task.id)
            assert filing is not None
            form = form_of(c, filing)
            given = read_answers(form, OWN_PACKS / pack / "cases" / task.case).answers
            known = filings.answers(c, task.id, form)
            changes = [Change(item, None, answer) for item, answer in given.items() if item not in known]
            filings.apply(c, task.id, changes, self.person_id(human), self.machine.now, None, 0)

    def hands_in(self, human: Human, task: Task) -> Deed:
        yield self.says(human, "提交审核")
        yield self.taps(human, "确认提交")
        if self.state(task) != "submitted":
            self.troubles.append(f"{self.machine.words} {human.name} could not hand in {task.form}: {self.sees(human)}")

    def mends(self, human: Human, task: Task) -> Deed:
        """What came back: one figure is changed, and it is handed in again."""
        yield from self.opens(human, task)
        if not task.case:
            item = "final"
            with reading(self.machine.store) as c:
                filing = filings.filing(c, task.id)
                assert filing is not None
                number = form_of(c, filing).numbers[item]
            yield self.says(human, f"第{number}题")
            task.typed[item] = f"{float(task.typed[item]) - 0.5:g}"
            yield self.says(human, task.typed[item])
            if self.where(human).screen is Screen.BILL:
                yield self.taps(human, "确认")
        yield from self.hands_in(human, task)

    def reviews(self, human: Human) -> Deed:
        """What waits longest: back with a remark, or through."""
        yield from self.goes_home(human)
        if not any(label.startswith("待审核") for label in self.phone(human).shown[-1].labels):
            return  # somebody else was quicker
        yield self.taps(human, "待审核")
        first = [label for label in self.phone(human).shown[-1].labels if label.startswith("1. ")]
        if not first:
            return
        yield self.taps(human, first[0])
        here = self.where(human).filing
        task = next(task for task in self.plan.tasks if task.id == here)
        if self.state(task) != "submitted":
            return
        yield self.taps(human, "评分表", "看答案")
        yield self.taps(human, "审核页", "回审核页")
        if task.returned:
            yield self.taps(human, "退回")
            yield self.says(human, "执行数和决算对不上，请核对后再报。")
            if self.state(task) == "submitted":
                yield self.taps(human, "确认退回")
            task.returned -= self.state(task) == "returned"
        else:
            yield self.taps(human, "通过")
            if self.state(task) == "submitted":
                yield self.taps(human, "确认通过")
