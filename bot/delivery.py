"""Delivery: outbox rows carried out in order per chat, several chats at once, within the channel's limits.

A row is claimed, carried and marked, one at a time. What the channel answers decides: try later, set aside,
or — when nobody can know whether it arrived — record that and send again, because a doubled message is
better than a lost one. Not here: the limits, which all workers share (dialogs/store/paces.py).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot import counting
from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.waiting import first_of
from dialogs.office import Office
from dialogs.outgoing import (
    NotJustNow,
    Parcel,
    Sheet,
    Withheld,
    claim,
    give_up,
    hold,
    later,
    let_go,
    put_back,
    sent,
    sheet,
    silent_until,
    turnover,
)
from dialogs.replies import Carried, File, Made, Picture
from dialogs.store.outbox import AMBIGUOUS, BEHIND, BLOCKED
from templates.messages import message

log = logging.getLogger(__name__)

Carry = Callable[[str, Carried, Sheet | None], Awaitable[int]]
Apologise = Callable[[str, str], Awaitable[None]]  # says a text in a chat beside the outbox, whether it arrives or not
InThread = Callable[..., Awaitable[object]]

RETRY = 5  # seconds before a failed send is tried again; doubled with every try
LONGEST_RETRY = 600
IDLE = 1.0  # seconds between looks at the outbox when the store cannot be reached
PATIENCE = 5  # tries of a row that fails for a reason of our own
BLOCKED_RETRY = 24 * 3600  # a person who blocked the bot: look again tomorrow
FOR_REPLIES = 4  # of the hands, so many carry nothing but replies
LONGEST_TURN = 60_000  # milliseconds that a row stays in hand to wait for its turn
DRAINING = 8.0  # seconds that what is in hand may take when the process is told to stop


class Delivery:
    """Carries replies until told to stop.

    `in_thread` runs blocking store work off the event loop, `aside` the drafting of files, which takes longer.
    """

    def __init__(
        self,
        office: Office,
        carry: Carry,
        apologise: Apologise,
        in_thread: InThread,
        aside: InThread | None = None,
        hands: int = 16,
    ) -> None:
        self.office = office
        self.carry = carry
        self.apologise = apologise
        self.in_thread = in_thread
        self.aside = aside or in_thread
        self.hands = hands
        self.wake = asyncio.Event()
        self.stop = asyncio.Event()
        self.held_until = 0  # the channel has asked this process for silence until then; milliseconds
        self.unasked = 0  # how many hands carry what is said unasked
        self.arrived: list[tuple[Parcel, int]] = []  # with the ids of their messages: to be marked with the next claim
        self.holding: set[int] = set()  # the rows that are being carried
        self.unsure = False  # whether rows may be ours that we do not carry: a transaction ended nobody knows how

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; what is being sent then is finished, what waits for its turn is put back."""
        self.stop = stop
        inhand: set[asyncio.Task[None]] = set()
        try:
            while not stop.is_set():
                self.wake.clear()
                parcels, pause = await self._turnover(self.hands - len(inhand))
                for parcel in parcels:
                    self.holding.add(parcel.id)
                    carrying = asyncio.create_task(self._carry_away(parcel))
                    inhand.add(carrying)
                    carrying.add_done_callback(inhand.discard)
                if not parcels:
                    await first_of(self.wake, stop, seconds=pause)
            await self._drain(inhand)
        finally:
            for late in inhand:  # whoever takes the row over knows that it may have arrived
                late.cancel()

    async def _drain(self, inhand: set[asyncio.Task[None]]) -> None:
        """What is being sent is finished, and marked as it arrives."""
        loop = asyncio.get_running_loop()
        end = loop.time() + DRAINING
        while inhand and (left := end - loop.time()) > 0:
            await asyncio.wait(inhand, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            await self._turnover(0)
        await self._turnover(0)

    async def _turnover(self, free: int) -> tuple[list[Parcel], float]:
        """Mark what has arrived and claim the next replies for the hands that are free, or how long to wait for one."""
        arrived = tuple(self.arrived)
        if not free and not arrived:
            return [], IDLE
        lanes = BEHIND if self.unasked < self.hands - FOR_REPLIES else 0
        try:
            if self.unsure:
                await self.in_thread(let_go, self.office, (*self.holding, *(parcel.id for parcel, _ in arrived)))
                self.unsure = False
            done = await self.in_thread(turnover, self.office, arrived, lanes, free)
            assert isinstance(done, tuple)
            parcels, pause = done
        except Exception:  # the store is in trouble; rows stay where they are, and what has arrived is marked later
            counting.erred("delivery")
            log.exception("delivery could not reach the store")
            self.unsure = True
            return [], IDLE
        del self.arrived[: len(arrived)]
        return parcels, pause if free else IDLE

    async def _carry_away(self, parcel: Parcel) -> None:
        self.unasked += bool(parcel.notice)
        try:
            number = await self._deliver(parcel)
            if number is not None:
                self.arrived.append((parcel, number))
        except Exception:  # the store is in trouble: it is let go later, and the next try knows that it is doubtful
            counting.erred("delivery")
            log.exception("row %s could not be marked", parcel.id)
            self.unsure = True
        finally:
            self.holding.discard(parcel.id)
            self.unasked -= bool(parcel.notice)
            self.wake.set()

    async def deliver_one(self) -> bool:
        """Carry the next reply; False when there is none."""
        parcel = await self.in_thread(claim, self.office)
        if not isinstance(parcel, Parcel):
            return False
        number = await self._deliver(parcel)
        if number is not None:
            await self.in_thread(sent, self.office, parcel, number)
        return True

    async def _deliver(self, parcel: Parcel) -> int | None:
        """Carry a reply: the id of its message, which is still to be marked; None when it has not arrived, which is marked.

        Should the store fail at the mark, the claim runs out as doubtful.
        """
        if parcel.doubtful:
            log.warning("row %s may have been sent before; sending again", parcel.id)
        if not await self._turn(parcel):
            await self.in_thread(put_back, self.office, parcel)
            return None
        try:
            made = None
            if isinstance(parcel.reply, File | Picture | Made):
                made = await self.aside(sheet, self.office, parcel.reply, parcel.chat)
                counting.drafted()
            arrived = await self.carry(parcel.chat, parcel.reply, made if isinstance(made, Sheet) else None)
        except Exception as e:  # of the channel's closed set, or a defect in drafting or carrying
            counting.carried(await self._mark(parcel, e))
            return None
        counting.carried("sent")
        return arrived

    async def _turn(self, parcel: Parcel) -> bool:
        """Wait for the message's turn among those of all workers; False when the process stops before.

        Whoever has waited asks once more: another worker may have been told to be silent meanwhile.
        """
        while (early := max(parcel.leaves_at, self.held_until) - self.office.millis()) > 0:
            if self.stop.is_set() or early > LONGEST_TURN:
                return False
            await first_of(self.stop, seconds=early / 1000)
            held = await self.in_thread(silent_until, self.office)
            assert isinstance(held, int)
            self.held_until = max(self.held_until, held)
        return True

    async def _mark(self, parcel: Parcel, failure: Exception) -> str:
        """Write down why a reply has not arrived, and what is to become of it; the word for it."""
        backoff = min(RETRY * 2 ** min(parcel.attempt - 1, 10), LONGEST_RETRY)
        match failure:
            case Wait():
                if self.office.limits is not None:
                    self.held_until = max(self.held_until, self.office.millis() + 1000 * failure.seconds)
                await self.in_thread(hold, self.office, parcel, failure.seconds)
                return "wait"
            case TryAgain():
                await self.in_thread(later, self.office, parcel, backoff, "unreachable")
                return "unreachable"
            case Ambiguous():
                log.warning("row %s: no answer, it may have arrived", parcel.id)
                await self.in_thread(later, self.office, parcel, backoff, AMBIGUOUS)
                return "ambiguous"
            case NotJustNow():
                log.warning("row %s: the store is in trouble; its file is made later", parcel.id)
                await self.in_thread(later, self.office, parcel, backoff, "store")
                return "store"
            case Blocked():
                log.warning("row %s: the person has blocked the bot", parcel.id)
                await self.in_thread(later, self.office, parcel, BLOCKED_RETRY, BLOCKED)
                return "blocked"
            case Refused():
                log.error("row %s refused: %s", parcel.id, failure)
                await self.in_thread(give_up, self.office, parcel, str(failure))
                return "refused"
            case Withheld():
                log.warning("row %s: no longer for this person", parcel.id)
                await self.in_thread(give_up, self.office, parcel, "withheld")
                return "withheld"
        log.error("row %s failed", parcel.id, exc_info=failure)  # it must not hold up what is behind it for ever
        await self._set_aside(parcel)
        return "failed"

    async def _set_aside(self, parcel: Parcel) -> None:
        """Try a few times more; then give the row up and tell the person."""
        if parcel.attempt < PATIENCE:
            await self.in_thread(later, self.office, parcel, RETRY * 2 ** (parcel.attempt - 1), "failed")
            return
        await self.in_thread(give_up, self.office, parcel, "failed")
        if isinstance(parcel.reply, File | Picture | Made):
            await self.apologise(parcel.chat, message("file_trouble"))
