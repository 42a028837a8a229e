"""What a person did, as the conversation sees it. Channels (bot/) make these; nothing here knows Telegram."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Text typed or pasted; commands such as /start are text too."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: the opaque token it carried, exactly as it came back."""

    token: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file as the channel announces it, not fetched yet: `id` fetches it, `album` is shared by what was sent together."""

    id: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text: `what` is sticker, voice, photo, video, file, location, contact or other;
    `file` is there where it can be fetched."""

    what: str
    file: FileSent | None = None


Action = Said | Pressed | Sent


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as a channel received it, before anybody tried to understand it.

    `chat` is `channel:address` and orders the events of one conversation; `person` is the sender's
    `channel:address`; `body` is the raw update. `update_id` is unique per channel and bot.
    """

    channel: str
    bot: str
    update_id: int
    chat: str
    person: str
    body: str


@dataclass(frozen=True, slots=True)
class Event:
    """An understood update: what was done, where, by whom, when (UTC epoch seconds), in which message.

    `query` is the id of the press that wants an answer (Telegram's callback query), else empty.
    """

    action: Action
    chat: str
    person: str
    at: int
    message: int = 0
    query: str = ""
