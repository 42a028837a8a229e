"""What is counted while serving, for whoever watches: plain functions over Prometheus counters of this process.

Not here: what is counted in the store when somebody looks (bot/web/), or the alarms (docs/operations.md).
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
WAITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60)

_received = Counter("ziping_updates_received_total", "Updates stored in the inbox", registry=REGISTRY)
_events = Counter("ziping_events_total", "Events handled, by how it ended", ["result"], registry=REGISTRY)
_answers = Counter("ziping_answers_total", "Answers written", registry=REGISTRY)
_thinking = Histogram("ziping_event_seconds", "From taking an event to its commit", buckets=WAITS, registry=REGISTRY)
_sends = Counter("ziping_sends_total", "Messages carried, by what came of it", ["result"], registry=REGISTRY)
_drafts = Counter("ziping_drafts_total", "Files made for sending", registry=REGISTRY)
_reminders = Counter("ziping_reminders_total", "Notices put into the outbox", registry=REGISTRY)
_errors = Counter("ziping_errors_total", "Errors, by where they happened", ["where"], registry=REGISTRY)


def received(count: int) -> None:
    """So many new updates are in the inbox."""
    _received.inc(count)


def handled(result: str, seconds: float, answers: int = 0) -> None:
    """An event was handled: `done`, `again`, `failed`, or there was `trouble` with the store."""
    _events.labels(result).inc()
    _thinking.observe(seconds)
    if answers:
        _answers.inc(answers)


def carried(result: str) -> None:
    """A message was carried: `sent`, `wait`, `unreachable`, `ambiguous`, `blocked`, `refused`, `failed`, `withheld` or `store`."""
    _sends.labels(result).inc()


def drafted() -> None:
    """A file was made."""
    _drafts.inc()


def reminded(count: int) -> None:
    """Notices went to the outbox."""
    if count:
        _reminders.inc(count)


def erred(where: str) -> None:
    """Something went wrong that somebody should look at: in `inbox`, `worker`, `delivery`, `clock`, `errands`, `jobs` or `heart`."""
    _errors.labels(where).inc()
