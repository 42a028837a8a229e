"""The words by which lists of people call the roles of a unit. Not here: the roles themselves (access/permissions.py)."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

ROLES: Mapping[str, tuple[str, ...]] = {
    "filler": ("填报人", "填表人", "填报", "填报员", "填写人", "填报人员", "经办人", "经办", "经办人员", "具体经办", "联络员"),
    "reviewer": (
        *("审核人", "审核", "审核员", "审核人员", "复核人", "单位负责人", "负责人", "主要负责人", "分管负责人"),
        *("分管领导", "主管领导", "主要领导", "单位领导", "分管局长"),
    ),
    "observer": ("观察", "观察员", "观察人", "只读", "查看", "查看人"),
}
SAID = {"filler": "填报人", "reviewer": "审核人", "observer": "观察"}
_ROLE_OF = {word: role for role, words in ROLES.items() for word in (*words, role)}


def key_of(name: str) -> str:
    """A name as it is compared: full-width or not, brackets and blanks do not make another of it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).lower()


def named(word: str) -> str:
    """The role that a word means; empty when it means none."""
    return _ROLE_OF.get(key_of(word), "")


def meant(word: str) -> str:
    """What a word nearly says, as the role is called; empty when it is near none."""
    near = get_close_matches(key_of(word), list(_ROLE_OF), 1, 0.5)
    return SAID[_ROLE_OF[near[0]]] if near else ""
