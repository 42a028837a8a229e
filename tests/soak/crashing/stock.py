"""The bug of R3: the same program behind python-telegram-bot's own `run_polling`, which confirms a batch to Telegram as soon as
it has it and keeps it in memory. A handler stores an update when its turn comes.
"""

import asyncio
import os
import time
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler

from bot.office import new_id
from bot.telegram.updates import CHANNEL, arrival, understand
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.replies import Message
from dialogs.store import inbox
from dialogs.store.engine import open_store, writing
from tests.soak.crashing.form import FORM

STOCK = "stock run_polling"
HANDLING = 0.02  # seconds that an update takes


def serve_stock() -> None:
    """Serve with the settings of the environment, until killed."""
    engine = open_store(os.environ["DATABASE_URL"])
    office = Office(
        engine, lambda: int(time.time()), new_id, {CHANNEL: understand}, (FORM,), (Path(os.environ["PACKS"]),), open_door=True
    )
    base = os.environ["TELEGRAM_API_BASE"]

    async def on_update(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.sleep(HANDLING)
        _store(office, update)
        while handle_next(office) is not None:
            pass
        while (parcel := claim(office)) is not None:
            text = parcel.reply.text if isinstance(parcel.reply, Message) else "…"
            message = await context.bot.send_message(int(parcel.chat.partition(":")[2]), text)
            sent(office, parcel, message.message_id)

    application = Application.builder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{base}/bot").build()
    application.add_handler(TypeHandler(Update, on_update))
    application.run_polling()


def _store(office: Office, update: Update) -> None:
    with writing(office.engine) as c:
        inbox.receive(c, [arrival("123456", update.to_dict())], office.clock())
