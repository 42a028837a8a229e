"""What working together brings to the conversation: its buttons, the words for them, its screens."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room
from dialogs.together import assigning, colleagues, meeting, replying, reusing, succession, taking, telling_history
from dialogs.together.listening import unless_elsewhere
from dialogs.together.pages import show_parts
from templates import labels

ROOM = Room(
    actions={
        "stands": Entry(Action.ANSWER, meeting.decide),
        meeting.RESEND: Entry(Action.ANSWER, meeting.resend),
        "handover": Entry(Action.HAND_OVER, succession.begin, succession.place_of),
        "handover_from": Entry(Action.HAND_OVER, succession.choose, succession.place_of),
        "handover_to": Entry(Action.HAND_OVER, succession.confirm, succession.place_of),
        "hand": Entry(Action.HAND_OVER, succession.hand, succession.place_of),
        "succeed": Entry(Action.OWN, succession.succeed),
        "account": Entry(Action.READ, succession.show_account, succession.place_of),
        "reuse_edit": Entry(Action.ANSWER, reusing.edit),
        "reuse_out": Entry(Action.ANSWER, reusing.out),
        "reuse_back": Entry(Action.ANSWER, reusing.back),
        "reuse_take": Entry(Action.ANSWER, reusing.use),
        "reuse_anew": Entry(Action.ANSWER, reusing.anew),
        "colleague": Entry(Action.ASK, colleagues.choose),
        "ask_of": Entry(Action.ASK, colleagues.put_to),
        "ask_link": Entry(Action.ASK, colleagues.put_by_link),
        "asked_now": Entry(Action.READ, colleagues.asked_now),
        "ask_back": Entry(Action.ASK, colleagues.withdraw),
        "ask_back_now": Entry(Action.READ, colleagues.withdrawn_now),
        "reply_take": Entry(Action.ANSWER, taking.accept),
        "reply_instead": Entry(Action.ANSWER, taking.accept_anyway),
        "reply_more": Entry(Action.ANSWER, taking.accept_more),
        "reply_refuse": Entry(Action.ANSWER, taking.decline),
        "reply": Entry(Action.JOIN, replying.open_it),
        "reply_say": Entry(Action.JOIN, replying.say),
        "reply_is": Entry(Action.JOIN, replying.reading),
        "reply_send": Entry(Action.JOIN, replying.send),
        "reply_pass": Entry(Action.JOIN, replying.pass_on),
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
        Screen.REUSING: unless_elsewhere(reusing.hear),
        Screen.SUCCESSION: unless_elsewhere(succession.hear),
        Screen.COLLEAGUE: unless_elsewhere(colleagues.hear),
        Screen.REPLYING: unless_elsewhere(replying.hear),
    },
    again={
        Screen.STANDS: meeting.again,
        Screen.PARTS: show_parts,
        Screen.PROMISE: assigning.again_day,
        Screen.HISTORY: telling_history.again,
        Screen.REUSING: reusing.again,
        Screen.SUCCESSION: succession.again,
        Screen.COLLEAGUE: colleagues.again,
        Screen.REPLYING: replying.again,
    },
    starts={"c": replying.begin},
    overhears=replying.overhears,
    words={
        **dict.fromkeys(("换人", labels.HAND_OVER, "交接", "换人填"), "handover"),
        "进度": "account",
        **dict.fromkeys((labels.COLLEAGUE, "问问同事", "问一下同事"), "colleague"),
        **dict.fromkeys((labels.HISTORY, "修改记录", "谁改的", "谁填的"), "history"),
        **dict.fromkeys(
            (labels.PARTS, "轮到谁", "轮到谁了", "谁负责", "谁在填", "谁来填", "谁在写", "现在谁在填", "还有谁在填"), "parts"
        ),
    },
)
