"""What sending a reply can come to when it does not arrive: the closed set that every channel maps its errors to."""


class Wait(Exception):
    """Too many messages: the channel names the seconds to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class TryAgain(Exception):
    """It certainly has not arrived; trying again is safe."""


class Ambiguous(Exception):
    """It left, and no answer came: it may have arrived."""


class Blocked(Exception):
    """The person has blocked the bot, or is gone."""


class Refused(Exception):
    """The channel will never take it; the message says why, without a word of its content."""
