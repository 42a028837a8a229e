"""The peer of the whole-system bench, as a process: a ConversationHandler with PicklePersistence, flushed at every update.

It does as little as can be with the same conversation: one state per question, the answer kept, the next question sent.
Not here: measuring (whole.py).
"""

import asyncio
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ConversationHandler, MessageHandler, PicklePersistence, filters

QUESTIONS = 60
FILLED = 30  # answers that everybody has given when the bench begins


def main() -> None:
    token, base, file, users, first = sys.argv[1:6]
    asyncio.run(serve(token, base, file, range(int(first), int(first) + int(users))))


def prepared(file: str, users: range) -> PicklePersistence:
    """A store in which everybody is half way."""
    said = "根据机构编制部门的批复，本单位核定编制三十七人，年末在职三十一人。"
    data: dict[str, object] = {"chat_data": {}, "bot_data": {}, "callback_data": None}
    data["user_data"] = {user: {n: f"{said}{user}{n}" for n in range(FILLED)} for user in users}
    data["conversations"] = {"filling": {(user, user): FILLED for user in users}}
    Path(file).write_bytes(pickle.dumps(data))
    return PicklePersistence(file, on_flush=True)


async def serve(token: str, base: str, file: str, users: range) -> None:
    store = prepared(file, users)
    application: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder().token(token).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot").persistence(store).build()
    )

    async def answered(update: Update, context: Any) -> int:
        assert update.message
        state = len(context.user_data)
        context.user_data[state] = update.message.text
        await update.message.reply_text(f"已记。第 {state + 1} 题：请填写。")
        return (state + 1) % QUESTIONS

    async def flushed(update: object, context: Any) -> None:
        await application.update_persistence()
        await store.flush()

    any_text = MessageHandler(filters.TEXT, answered)
    states: dict[object, Any] = {n: [any_text] for n in range(QUESTIONS)}
    application.add_handler(ConversationHandler([any_text], states, [], name="filling", persistent=True))
    application.add_handler(MessageHandler(filters.ALL, flushed), group=1)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        await stop.wait()
        os._exit(0)  # it has flushed at every update


if __name__ == "__main__":
    main()
