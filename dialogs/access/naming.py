"""What people and roles are called: the gate a person's name passes, and the Chinese words for roles.

Not here: names of units and projects (opening.py).
"""

import re
from collections.abc import Iterable

from dialogs.access.permissions import Role
from scoring.textgate import clean
from templates import labels

SHORTEST, LONGEST = 2, 20
NAMELESS = "没留名字的同事"  # in a list of people
SOMEBODY = "一位同事"  # in a sentence, where the name is not known

_BEFORE = re.compile(r"^(?:我叫|我是|我的名字是|名字是|姓名[:：]?|叫)\s*")
_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffffA-Za-z·•．.\s'’-]+")
_NO_NAME = re.compile(r"什么|怎么|不知道|没有|为什么|[?？]|邀请|单位|名字")


def person_name(text: str) -> tuple[str, str]:
    """(the name, what is wrong with it) of a person as typed."""
    name = together(_BEFORE.sub("", clean(text))).rstrip("。.！!，,")
    if not name or name in labels.EVERY or name.startswith("/") or _NO_NAME.search(name) or not _NAME.fullmatch(name):
        return "", "这好像不是姓名。"
    if len(name) < SHORTEST:
        return "", "只有一个字，请写全名。"
    if len(name) > LONGEST:
        return "", f"这个姓名有 {len(name)} 个字，太长了（最多 {LONGEST} 个字）。"
    return name, ""


def together(name: str) -> str:
    """A name without the blanks that only align it in a table: 王　丽 is 王丽; 约翰 Smith keeps his."""
    return re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "", " ".join(name.split()))


def role_name(role: Role | str) -> str:
    """填报人, 审核人 …"""
    return labels.ROLES[str(role)]


def roles_named(roles: Iterable[Role]) -> str:
    """填报人、审核人, in the order of the table."""
    held = set(roles)
    return "、".join(role_name(role) for role in Role if role in held)
