"""The room of links: the one word by which everybody gets another one."""

from dialogs.access.permissions import Action
from dialogs.private import doors
from dialogs.rooms import Entry, Room

ROOM = Room(
    actions={"new_link": Entry(Action.OWN, doors.ask_again)},
    words=dict.fromkeys(("新链接", "再要链接", "换个链接", "链接过期了", "链接打不开"), "new_link"),
)
