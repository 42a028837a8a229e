"""The one gate: role × action × state of the filing. Everything anybody does is asked here first.

Not here: which roles somebody holds (rights.py).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a unit (填报人, 审核人, 观察) or in a county (管理员, and one who only looks)."""

    FILLER = "filler"
    REVIEWER = "reviewer"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"
    OVERSEER = "overseer"


class State(StrEnum):
    """How a filing stands: 填报中, 待审核, 已退回, 已通过."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Action(StrEnum):
    """What somebody can want."""

    OWN = "own"  # about oneself: settings, hats, what is held about me, leaving
    JOIN = "join"  # with an invitation, a colleague's question or a survey in hand
    READ = "read"
    BEGIN = "begin"  # a filing of the unit
    ANSWER = "answer"
    DRAFT = "draft"  # have the documents made and sent
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    ASK = "ask"  # a colleague
    EVIDENCE = "evidence"
    SURVEY = "survey"
    REMARK = "remark"
    VERIFY = "verify"  # 核查分
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"
    MEMBERS = "members"  # see who belongs to the unit
    INVITE = "invite"
    REMOVE = "remove"
    HAND_OVER = "hand over"
    CALENDAR = "calendar"
    ANNOUNCE = "announce"
    PROGRESS = "progress"
    EXPORT = "export"
    IMPORT = "import"
    OPEN_YEAR = "open year"


ANYBODY = frozenset({Action.OWN, Action.JOIN})

_ANY = frozenset({*State, None})
_AT_WORK = frozenset({State.OPEN, State.RETURNED})
_WAITING = frozenset({State.SUBMITTED})
_DONE = frozenset({State.APPROVED})
_NO_FILING = frozenset({None})

Where = frozenset[State | None]  # the states of the filing concerned; None where no filing is

_READING: Mapping[Action, Where] = {Action.READ: _ANY, Action.DRAFT: frozenset(State), Action.MEMBERS: _ANY}
_DECIDING: Mapping[Action, Where] = {
    Action.REMARK: _WAITING,
    Action.VERIFY: _WAITING,
    Action.RETURN: _WAITING,
    Action.APPROVE: _WAITING,
    Action.REOPEN: _DONE,
}

TABLE: Mapping[Role, Mapping[Action, Where]] = {
    Role.FILLER: {
        **_READING,
        Action.BEGIN: _NO_FILING,
        Action.ANSWER: _AT_WORK,
        Action.SUBMIT: _AT_WORK,
        Action.WITHDRAW: _WAITING,
        Action.ASSIGN: _AT_WORK,
        Action.ASK: _AT_WORK,
        Action.EVIDENCE: _AT_WORK,
        Action.SURVEY: _AT_WORK,
        Action.HAND_OVER: _ANY,
        Action.INVITE: _NO_FILING,  # whom: granting.py
    },
    Role.REVIEWER: {
        **_READING,
        **_DECIDING,
        Action.ASSIGN: _AT_WORK,
        Action.INVITE: _NO_FILING,
        Action.REMOVE: _NO_FILING,
    },
    Role.OBSERVER: _READING,
    Role.ADMINISTRATOR: {
        **_READING,
        **_DECIDING,
        Action.INVITE: _NO_FILING,
        Action.REMOVE: _NO_FILING,
        Action.HAND_OVER: _ANY,
        Action.CALENDAR: _ANY,
        Action.ANNOUNCE: _NO_FILING,
        Action.PROGRESS: _NO_FILING,
        Action.EXPORT: _ANY,
        Action.IMPORT: _NO_FILING,
        Action.OPEN_YEAR: _NO_FILING,
    },
    Role.OVERSEER: {**_READING, Action.PROGRESS: _NO_FILING, Action.EXPORT: _ANY},
}


def may(roles: Iterable[Role], action: Action, state: State | None = None) -> bool:
    """Whether somebody in these roles may do this, to a filing in this state or where no filing is concerned."""
    return action in ANYBODY or any(state in TABLE[role].get(action, ()) for role in roles)
