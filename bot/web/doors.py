"""Where a serving process can be reached over HTTP, and the servers that stand there.

Not here: what is answered (app.py).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from bot.settings import Settings
from bot.telegram.receiving import checked
from bot.web.app import make_app, make_watch_app
from bot.web.health import Health
from bot.web.intake import Intake, Receive
from bot.web.metrics import Metrics, webhook_answered
from bot.web.serving import bind, serve_http
from bot.web.webhook import Webhook
from dialogs.office import Office
from dialogs.store.leases import ALIVE
from scoring.errors import ZipingError


@dataclass(frozen=True)
class Doors:
    """Addresses to listen at, empty for none; and the webhook, empty when updates are polled."""

    listen: str = ""
    metrics_listen: str = ""
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    path: str = ""


def doors_of(chosen: Settings) -> Doors:
    """As it was set. Raises ZipingError where it does not fit together, or an address cannot be listened at."""
    for listen in filter(None, (chosen.listen, chosen.metrics_listen)):
        bind(listen).close()
    if chosen.receiving != "webhook":
        return Doors(chosen.listen, chosen.metrics_listen)
    secret = chosen.webhook_secret.get_secret_value()
    path = checked(chosen.webhook_url, secret)
    if not chosen.listen:
        raise ZipingError("用 webhook 接收消息，要设 LISTEN，例如 127.0.0.1:8080，由前面的反向代理转过来")
    return Doors(chosen.listen, chosen.metrics_listen, chosen.webhook_url, secret, path)


async def open_doors(
    doors: Doors, office: Office, bot: str, receive: Receive, routes: Sequence[BaseRoute], stop: asyncio.Event
) -> None:
    """Serve at every address until `stop`. `bot` is the bot's number, `receive` stores what the webhook is sent."""
    health = Health(office, ALIVE + office.worker, stop)
    metrics = Metrics(office)
    webhook = Webhook(bot, doors.webhook_secret, Intake(receive), webhook_answered) if doors.webhook_url else None
    try:
        async with asyncio.TaskGroup() as servers:
            if doors.listen:
                servers.create_task(serve_http(make_app(health, webhook, doors.path, routes), doors.listen, stop))
            if doors.metrics_listen:
                servers.create_task(serve_http(make_watch_app(health, metrics), doors.metrics_listen, stop))
    except* ZipingError as told:
        raise told.exceptions[0] from None
    finally:
        health.lookout.close()
        metrics.lookout.close()
