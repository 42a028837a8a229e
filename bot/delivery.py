"""Delivery: outbox rows carried out in order per chat, several chats at once, within the channel's limits.

A row is claimed, carried and marked, one at a time. What the channel answers decides: try later, set aside,
or — when nobody can know whether it arrived — record that and send again, because a doubled message is
better than a lost one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.pace import Pace
from bot.waiting import first_of
from dialogs.office import Office
from dialogs.outgoing import Parcel, Sheet, Withheld, claim, give_up, later, sent, sheet
from dialogs.replies import Carried, File, Made, Picture, Toast
from dialogs.store.outbox import AMBIGUOUS, BLOCKED
from templates.messages import message

log = logging.getLogger(__name__)

Carry = Callable[[str, Carried, Sheet | None], Awaitable[int]]
Apologise = Callable[[str, str], Awaitable[None]]  # says a text in a chat beside the outbox, whether it arrives or not
InThread = Callable[..., Awaitable[object]]

RETRY = 5  # seconds before a failed send is tried again; doubled with every try
LONGEST_RETRY = 600
IDLE = 1.0  # seconds between looks at the outbox when nobody calls
PATIENCE = 5  # tries of a row that fails for a reason of our own
BLOCKED_RETRY = 24 * 3600  # a person who blocked the bot: look again tomorrow


class Delivery:
    """Carries replies until told to stop. `in_thread` runs blocking store work off the event loop."""

    def __init__(
        self, office: Office, carry: Carry, apologise: Apologise, in_thread: InThread, pace: Pace, couriers: int = 8
    ) -> None:
        self.office = office
        self.carry = carry
        self.apologise = apologise
        self.in_thread = in_thread
        self.pace = pace
        self.couriers = couriers
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; a courier in the middle of a send finishes it."""
        async with asyncio.TaskGroup() as couriers:
            for _ in range(self.couriers):
                couriers.create_task(self._courier(stop))

    async def _courier(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                busy = await self.deliver_one()
            except Exception:  # the store is in trouble; rows stay where they are
                log.exception("delivery could not reach the store")
                busy = False
            if not busy:
                self.wake.clear()
                await first_of(self.wake, stop, seconds=IDLE)

    async def deliver_one(self) -> bool:
        """Carry the next reply; False when there is none."""
        parcel = await self.in_thread(claim, self.office)
        if not isinstance(parcel, Parcel):
            return False
        if parcel.doubtful:
            log.warning("row %s may have been sent before; sending again", parcel.id)
        try:
            made = None
            if isinstance(parcel.reply, File | Picture | Made):
                made = await self.in_thread(sheet, self.office, parcel.reply, parcel.chat)
            arrived = await self._carry_out(parcel, made if isinstance(made, Sheet) else None)
        except Withheld:
            log.warning("row %s: no longer for this person", parcel.id)
            await self.in_thread(give_up, self.office, parcel, "withheld")
            return True
        except Exception:  # a defect in drafting or carrying: it must not hold up what is behind it for ever
            log.exception("row %s failed", parcel.id)
            await self._set_aside(parcel)
            return True
        if arrived is not None:  # should the store fail now, the claim runs out and the next try knows that it is doubtful
            await self.in_thread(sent, self.office, parcel, arrived)
        return True

    async def _set_aside(self, parcel: Parcel) -> None:
        """Try a few times more; then give the row up and tell the person."""
        if parcel.attempt < PATIENCE:
            await self.in_thread(later, self.office, parcel, RETRY * 2 ** (parcel.attempt - 1), "failed")
            return
        await self.in_thread(give_up, self.office, parcel, "failed")
        if isinstance(parcel.reply, File | Picture | Made):
            await self.apologise(parcel.chat, message("file_trouble"))

    async def _carry_out(self, parcel: Parcel, made: Sheet | None) -> int | None:
        """The id of the message that arrived; None when it has to wait or will never arrive."""
        backoff = min(RETRY * 2 ** (parcel.attempt - 1), LONGEST_RETRY)
        try:
            if not isinstance(parcel.reply, Toast):
                await self.pace.turn()
            arrived = await self.carry(parcel.chat, parcel.reply, made)
        except Wait as e:
            self.pace.hold(e.seconds)
            await self.in_thread(later, self.office, parcel, e.seconds, "429")
        except TryAgain:
            await self.in_thread(later, self.office, parcel, backoff, "unreachable")
        except Ambiguous:
            log.warning("row %s: no answer, it may have arrived", parcel.id)
            await self.in_thread(later, self.office, parcel, backoff, AMBIGUOUS)
        except Blocked:
            log.warning("row %s: the person has blocked the bot", parcel.id)
            await self.in_thread(later, self.office, parcel, BLOCKED_RETRY, BLOCKED)
        except Refused as e:
            log.error("row %s refused: %s", parcel.id, e)
            await self.in_thread(give_up, self.office, parcel, str(e))
        else:
            return arrived
        return None
