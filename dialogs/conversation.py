"""Where one chat stands: what is on the screen just now and which buttons are alive.

Plain data, kept as JSON between events. The position in the form is not here: it is computed from the
answers (route.py); only the question being asked just now is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Screen(StrEnum):
    """What the person is looking at, which decides what typed text means."""

    START = "start"  # nothing yet
    NAMING = "naming"  # waiting for the unit's name
    NAMED = "named"  # the unit's name, to be confirmed
    PROJECT = "project"  # waiting for the project's name
    QUESTION = "question"  # one item
    CHOOSING = "choosing"  # an ambiguous answer, two readings offered
    BILL = "bill"  # an edit, with what follows from it
    PASTE = "paste"  # several answers that would change earlier ones
    REASON = "reason"  # waiting for the reason why an arrived answer is changed
    CONTENTS = "contents"
    CHECKUP = "checkup"
    REVIEW = "review"
    DRAFTED = "drafted"
    # below: screens of the rooms, each listed in its room
    CALENDAR = "calendar"
    STANDS = "stands"  # two answers to one question, one to be chosen
    PARTS = "parts"  # whose part is whose
    PROMISE = "promise"  # waiting for a promised day
    HISTORY = "history"
    COLLEAGUE = "colleague"  # whom to ask
    REPLYING = "replying"  # a colleague's question, waiting for the reply
    SUCCESSION = "succession"  # who takes over from whom
    REUSING = "reusing"  # last year's text, sentence by sentence
    REMINDERS = "reminders"  # the settings of reminding
    DIGEST_TIME = "digest time"
    QUIET_HOURS = "quiet hours"
    QUIET_UNTIL = "quiet until"
    BUREAU = "bureau"  # the finance bureau's pages
    ANNOUNCING = "announcing"  # … waiting for the text of an announcement
    RETURNING = "returning"  # … for the remark with which many are returned
    IMPORTING = "importing"  # … for a spreadsheet
    REVIEWING = "reviewing"  # a page of the review; `pending["page"]` is the button that shows it
    REVIEW_WAITING = "review waiting"  # the list of what waits: a number opens one
    REVIEW_ITEM = "review item"  # one answer: what is typed is a remark about it
    REVIEW_INDICATOR = "review indicator"  # points with a reason, or a remark
    REVIEW_RETURN = "review return"  # a sentence for the whole filing, before it goes back
    REVIEW_APPROVE = "review approve"
    REVIEW_REOPEN = "review reopen"  # the reason
    RETURNED = "returned"  # the list of what came back
    REVIEW_REPLY = "review reply"  # what the filler says to a remark
    ME = "me"  # 我的, members, invitations: pages of buttons
    MY_NAME = "my_name"  # waiting for the person's own name
    WHICH_UNIT = "which_unit"  # waiting for one of a county's many units
    INVITING = "inviting"  # waiting for the name of whom to invite
    EVIDENCE = "evidence"  # the evidence of a filing, or of one place in it
    SURVEY = "survey"  # a survey being made, or its page
    SURVEYED = "surveyed"  # a respondent before a question of a survey


@dataclass(frozen=True, slots=True)
class Conversation:
    """`pending` holds what is being composed: ticks, readings offered, an edit waiting for its 确认.

    `turn` and `actions` are the buttons alive now; `before` is the button last pressed (a double tap).
    `revisited` are skipped or provisional items already asked again in this round.
    `undo` is the last confirmed edit: item and the answers before and after.
    """

    screen: Screen = Screen.START
    item: str = ""
    turn: str = ""
    actions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    before: str = ""
    pending: Mapping[str, Any] = field(default_factory=dict)
    revisited: tuple[str, ...] = ()
    undo: tuple[Mapping[str, Any], ...] = ()
    latest: str = ""  # the item answered last: what 标为暂估 means
    hat: str = ""  # the role chosen where somebody has several
    unfinished: tuple[str, ...] = ()  # `filing:item` of tables with lines and without their 完成, the latest last

    def elsewhere(self) -> "Conversation":
        """The conversation on its way to another filing: only what is remembered of every one of them."""
        return Conversation(unfinished=self.unfinished, hat=self.hat)

    def to_json(self) -> str:
        """Compact JSON; `from_json` gives an equal conversation."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> "Conversation":
        data = json.loads(text)
        data["screen"] = Screen(data["screen"])
        for name in ("actions", "labels", "revisited", "undo", "unfinished"):
            data[name] = tuple(data.get(name, ()))
        return Conversation(**data)
