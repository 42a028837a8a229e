"""Replies as they leave where personal data and files stay on the office's own server: files as links, texts veiled.

Not here: what is behind the links (handing_out.py), or which words are veiled (veiling.py).
"""

import json
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection

from dialogs.office import Office
from dialogs.private import doors
from dialogs.private.veiling import veiled
from dialogs.replies import Carried, Door, File, Made, Message, Picture, Reply, Toast, to_data
from dialogs.store import conversations
from templates.messages import message


def as_link(files: Sequence[File | Picture | Made]) -> Message:
    """The message that stands for these files."""
    titles = [f.caption or "文件" for f in files]
    target = json.dumps([to_data(f) for f in files], ensure_ascii=False)
    said = f"《{titles[0]}》" + (f"等 {len(titles)} 个文件" if len(titles) > 1 else "")
    text = message("private/files", titles=titles)
    return Message(text, door=Door(doors.FILES, target, {"said": said, "titles": titles}))


def collected(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The replies of one step, with files that follow each other as one message with one link."""
    said: list[Reply] = []
    for is_files, group in groupby(replies, lambda r: isinstance(r, File | Picture | Made)):
        together = list(group)
        said += [as_link([r for r in together if isinstance(r, File | Picture | Made)])] if is_files else together
    return tuple(said)


def leaving(c: Connection, office: Office, chat: str, reply: Carried) -> Message | Toast:
    """The reply as it may pass through the messenger: nothing but text, and that without what says something of a person."""
    said = as_link([reply]) if isinstance(reply, File | Picture | Made) else reply
    said = veiled(c, chat, said)
    if isinstance(said, Toast) or said.door is None:
        return said
    told = conversations.load(c, chat)
    assert told is not None  # nobody is given a link before they have said something
    return doors.with_link(c, office, told.person_id, said, office.clock())
