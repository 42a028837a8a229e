"""Channels and processes: Telegram, the terminal, the worker, delivery, settings, the command line."""

import os

# python-telegram-bot hands out waits as timedelta, as its next version always will, instead of warning about it.
os.environ.setdefault("PTB_TIMEDELTA", "1")
