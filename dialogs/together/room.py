"""What working together brings to the conversation: its buttons, the words for them, its screens."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room
from dialogs.together import meeting
from dialogs.together.listening import unless_elsewhere

ROOM = Room(
    actions={
        "stands": Entry(Action.ANSWER, meeting.decide),
        meeting.RESEND: Entry(Action.ANSWER, meeting.resend),
    },
    hears={Screen.STANDS: unless_elsewhere(meeting.hear)},
    again={Screen.STANDS: meeting.again},
)
