"""`ziping serve`: the bot on Telegram — updates into the inbox, the worker, the delivery — until told to stop."""

import asyncio
import re
import signal
from argparse import Namespace

from bot.logging_setup import loop_in_trouble, nothing_past_the_log, set_up_logging
from bot.office import open_office
from bot.service import Address, serve
from bot.settings import Settings, settings
from bot.storeclock import StoreClock
from bot.telegram.updates import CHANNEL, understand
from bot.web.doors import doors_of
from dialogs.store.paces import Limits
from scoring.errors import ZipingError


def own_pages(chosen: Settings) -> str:
    """The address of the office's own pages, where personal data has to stay out of the messenger; else empty. Raises
    ZipingError when it has to and there is nowhere else to go."""
    if chosen.telegram_personal_data == "on":
        return ""
    if not chosen.listen or not re.match(r"https?://[^\s/]", chosen.own_url):
        raise ZipingError(
            "TELEGRAM_PERSONAL_DATA=off 时，还要设置 LISTEN（例如 127.0.0.1:8080）和 OWN_URL（填报人打得开的网址，例如 https://zp.example.gov.cn）"
        )
    return chosen.own_url


def run(arguments: Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    chosen = settings()
    token = chosen.telegram_token.get_secret_value()
    if not token:
        raise ZipingError("还没有设置 TELEGRAM_TOKEN（向 @BotFather 申请），写在环境变量或 .env 里")
    set_up_logging(chosen.log_level, secrets=chosen.secrets)
    nothing_past_the_log()
    doors = doors_of(chosen)
    packs = (*arguments.packs, *chosen.pack_folders)
    clock = StoreClock()
    office = open_office(
        chosen.database_url,
        {CHANNEL: understand},
        chosen.form_ids,
        packs,
        chosen.zone,
        open_door=chosen.joining == "open",
        limits=Limits(chosen.messages_per_second, chosen.messages_per_chat),
        clock=clock,
        own_url=own_pages(chosen),
    )

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(loop_in_trouble)
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, stop.set)
        await serve(office, clock, Address(token, chosen.telegram_api_base, chosen.telegram_proxy), doors, stop)

    asyncio.run(main())
    office.engine.dispose()
    return 0
