"""Telegram as a channel: updates come in (polling, updates), replies go out (channel), over HTTP (connection, request). Nothing else in the house knows it."""
