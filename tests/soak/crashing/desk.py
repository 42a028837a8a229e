"""One process of the program without its channel: it receives, handles and delivers, one after the other, over a real store.

The channel is called `soak`; an update is a text typed in a chat. Not here: who types, and who dies when.
"""

import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from dialogs import handling
from dialogs.beating import beat
from dialogs.events import Arrival, Event, Said
from dialogs.office import Office
from dialogs.outgoing import claim, sent, take_over
from dialogs.replies import Message
from dialogs.store import inbox
from dialogs.store.engine import open_store, upgrade, writing
from tests.soak.crashing.form import FORM

CHANNEL = "soak"

Update = tuple[int, str, str]  # its number, the chat, what was typed
Carry = Callable[[str, str, int, bool], int]  # shows a text in a chat: its row, whether it may have come before; its number


def understand(body: str, at: int) -> Event:
    data = json.loads(body)
    return Event(Said(data["said"]), data["chat"], data["chat"], at, 0, "")


def clock_from(epoch: int, speed: int) -> Callable[[], int]:
    """A clock that was right at that moment and goes faster, the same in every process: leases run out soon."""
    return lambda: int(epoch + (time.time() - epoch) * speed)


class Desk:
    """Takes over what a dead process left, as serving does."""

    def __init__(
        self, url: str, packs: str, *, prepare: bool = False, clock: Callable[[], int] | None = None, worker: str = "alone"
    ) -> None:
        if prepare:
            upgrade(url)
        self.office = Office(
            open_store(url),
            clock or (lambda: int(time.time())),
            lambda: secrets.token_hex(5),
            {CHANNEL: understand},
            (FORM,),
            (Path(packs),),
            open_door=True,
            worker=worker,
        )

    def takes_over(self) -> None:
        self.beats()
        take_over(self.office)

    def beats(self) -> None:
        """Says that it lives, and frees what the dead had in hand."""
        beat(self.office)

    def receives(self, updates: list[Update]) -> None:
        """Stores them; what was stored before is passed over."""
        arrivals = [
            Arrival(CHANNEL, "bot", number, f"{CHANNEL}:{chat}", f"{CHANNEL}:{chat}", _body(chat, text))
            for number, chat, text in updates
        ]
        with writing(self.office.engine) as c:
            inbox.receive(c, arrivals, self.office.clock())

    def handles(self) -> bool:
        """One event that waits."""
        return handling.handle_next(self.office) is not None

    def delivers(self, carry: Carry) -> bool:
        """One reply that waits."""
        parcel = claim(self.office)
        if parcel is None:
            return False
        text = parcel.reply.text if isinstance(parcel.reply, Message) else ""
        sent(self.office, parcel, carry(parcel.chat.partition(":")[2], text, parcel.id, parcel.doubtful))
        return True


def _body(chat: str, text: str) -> str:
    return json.dumps({"said": text, "chat": f"{CHANNEL}:{chat}"})
