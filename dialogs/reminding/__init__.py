"""Reminders and other unasked messages: from a deadline to one short message a day, sent once.

Three steps, each a transaction of its own. `planning`: unique rows, made when a filing is opened or its deadline moves.
`collecting`: rows that are due are claimed and put together into one digest per person and day. `dispatching`: what may
leave now goes to the outbox, a few at a time, and is written down only when it leaves, from the world as it is then.

`addressing` says whom a reminder is for, `entitled` whether a notice may still be read, `standing` how far they are,
`digest` in which words; `ticking` is one tick of the clock, `outlook` what the next days bring, `pausing` the pause of everything, `handing` what goes to a successor. In the
chat: `preferences` and `snoozing`, with `typed` for times as people write them; `room` joins them to the conversation.

Pure: `rules` (which days, settable by a county), `schedule` (which moments), `habits` (what a person has asked for),
`leaving` (when a message may leave). Not here: the clock that calls (bot/clock.py), and what the calendar says
(dialogs/calendar).
"""
