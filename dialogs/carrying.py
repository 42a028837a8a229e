"""Orders carried out: the gate is asked with the rights of this moment, then the deed is done in the same transaction."""

from collections.abc import Sequence

from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.store import journal, people
from templates.messages import message


def carry_out(doing: Doing, orders: Sequence[Order]) -> tuple[Reply, ...]:
    """What is to be said once they are done. One that is not this person's to give is refused and noted."""
    if not orders:
        return ()
    rights = people.rights_of(doing.c, doing.person)
    said: list[Reply] = []
    for order in orders:
        if not rights.may(order.needs, order.place):
            journal.note(doing.c, doing.person, "denied", order.place, {"what": str(order.needs)}, doing.at)
            said.append(Message(message("access/denied", state="", filing=False)))
            continue
        said += order.carry(doing, **order.values) or ()
    return tuple(said)
