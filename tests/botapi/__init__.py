"""A Bot API server inside the test process, with people in front of it and faults to order.

From the tests that run the real bot over real HTTP. Not here: the bot itself, and anything beyond private chats.
"""

from tests.botapi.chats import Button, Entry, Upload
from tests.botapi.faults import Drop, Fault, Hang, Refuse, ServerError, TooMany
from tests.botapi.files import document, photo
from tests.botapi.people import Person
from tests.botapi.pictures import jpeg, png
from tests.botapi.server import BotApiServer
from tests.botapi.state import Call

__all__ = [
    "BotApiServer",
    "Button",
    "Call",
    "Drop",
    "Entry",
    "Fault",
    "Hang",
    "Person",
    "Refuse",
    "ServerError",
    "TooMany",
    "Upload",
    "document",
    "jpeg",
    "photo",
    "png",
]
