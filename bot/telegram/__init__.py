"""Telegram as a channel: updates come in (polling, updates), replies go out (channel). Nothing else in the house knows it."""
