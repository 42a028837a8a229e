"""A few facts about the office itself: whether unasked messages are paused, the bot's name for links, where the store lives."""

from sqlalchemy import Connection, bindparam, delete, select

from dialogs.store.statements import either
from dialogs.store.tables import office_settings

PAUSED, BOT_NAME, HOME = "paused", "bot_name", "home"

_GET = select(office_settings.c.value).where(office_settings.c.key == bindparam("of_key"))
_DROP = delete(office_settings).where(office_settings.c.key == bindparam("of_key"))
_PUT = either(
    lambda insert: (putting := insert(office_settings)).on_conflict_do_update(
        index_elements=["key"], set_={"value": putting.excluded.value}
    )
)


def get(c: Connection, key: str) -> str:
    """What is kept under this key; empty for nothing."""
    return c.execute(_GET, {"of_key": key}).scalar() or ""


def link(c: Connection, payload: str) -> str:
    """A link that opens the chat with the bot and sends it `payload`; empty until the bot has served once."""
    name = get(c, BOT_NAME)
    return f"https://t.me/{name}?start={payload}" if name else ""


def put(c: Connection, key: str, value: str) -> None:
    """Keep a fact; an empty one is forgotten."""
    if value:
        c.execute(_PUT[c.dialect.name], {"key": key, "value": value})
    else:
        c.execute(_DROP, {"of_key": key})
