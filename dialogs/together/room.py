"""What working together brings to the conversation: its buttons, the words for them, its screens."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room
from dialogs.together import assigning, meeting, telling_history
from dialogs.together.listening import unless_elsewhere
from dialogs.together.pages import show_parts
from templates import labels

ROOM = Room(
    actions={
        "stands": Entry(Action.ANSWER, meeting.decide),
        meeting.RESEND: Entry(Action.ANSWER, meeting.resend),
        "history": Entry(Action.READ, telling_history.show_history),
        "parts": Entry(Action.READ, lambda scene, _: show_parts(scene)),
        "part": Entry(Action.ASSIGN, assigning.choose),
        "give": Entry(Action.ASSIGN, assigning.give),
        "parts_after": Entry(Action.READ, assigning.given_now),
        "everybodys": Entry(Action.ASSIGN, assigning.take_back),
        "part_begin": Entry(Action.ANSWER, assigning.begin),
        "others": Entry(Action.ANSWER, assigning.others),
        "promise": Entry(Action.ANSWER, assigning.ask_day),
        "promised": Entry(Action.ANSWER, assigning.promised),
        "promise_after": Entry(Action.ANSWER, assigning.promised_now),
    },
    hears={
        Screen.STANDS: unless_elsewhere(meeting.hear),
        Screen.PARTS: unless_elsewhere(assigning.hear),
        Screen.PROMISE: unless_elsewhere(assigning.hear_day),
        Screen.HISTORY: unless_elsewhere(telling_history.again),
    },
    again={
        Screen.STANDS: meeting.again,
        Screen.PARTS: show_parts,
        Screen.PROMISE: assigning.again_day,
        Screen.HISTORY: telling_history.again,
    },
    words={
        **dict.fromkeys((labels.HISTORY, "修改记录", "谁改的", "谁填的"), "history"),
        **dict.fromkeys((labels.PARTS, "轮到谁", "谁负责"), "parts"),
    },
)
