"""Figures for Prometheus at /metrics: what this process has counted, and how the store is at the moment of the question.

Figures only, never whose they are. Served at an address of its own (metrics_listen), because anybody who reaches it may
read it. Not here: counting (bot/counting.py).
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.counting import REGISTRY
from bot.web.lookout import Lookout
from dialogs.office import Office
from dialogs.store.engine import reading
from dialogs.store.watching import Condition, condition, folder_of

log = logging.getLogger(__name__)

WEBHOOK = Counter(
    "ziping_webhook_requests", "Calls of the webhook, by the status they were answered with", ["status"], registry=REGISTRY
)


def webhook_answered(status: int) -> None:
    """A call of the webhook got its answer."""
    WEBHOOK.labels(str(status)).inc()


class Metrics:
    """One question is one look at the store; when it cannot be read, what was counted is told all the same."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.lookout = Lookout(self._look)

    def routes(self) -> list[Route]:
        """The one question."""
        return [Route("/metrics", self.figures)]

    async def figures(self, request: Request) -> Response:
        """Everything there is to tell, as text."""
        seen: Condition | None = None
        try:
            seen = await self.lookout.seen()
        except Exception as e:  # the store is in trouble: that itself is a figure
            log.warning("the store cannot be looked at (%s)", type(e).__name__)
        now = CollectorRegistry()
        now.register(_Gauges(seen, folder_of(self.office.engine)))
        return Response(generate_latest(REGISTRY) + generate_latest(now), media_type=CONTENT_TYPE_LATEST)

    def _look(self) -> Condition:
        with reading(self.office.engine) as c:
            return condition(c, self.office.clock())


class _Gauges:
    """What was seen, as Prometheus wants it."""

    def __init__(self, seen: Condition | None, folder: Path | None) -> None:
        self.seen = seen
        self.folder = folder

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family after the other."""
        yield GaugeMetricFamily("ziping_store_up", "1 while the store can be read", int(self.seen is not None))
        with suppress(OSError):  # a place that is not there is told by /readyz
            disk = shutil.disk_usage(self.folder or tempfile.gettempdir())
            yield GaugeMetricFamily("ziping_disk_free_bytes", "Free space where the database or temporary files lie", disk.free)
            yield GaugeMetricFamily("ziping_disk_free_ratio", "The same as a part of the whole", disk.free / disk.total)
        if self.seen is None:
            return
        yield from self._queues(self.seen)
        yield _by("ziping_jobs", "Work that takes a while, by state", "state", self.seen.jobs)
        yield _by(
            "ziping_lease_seconds", "For how long each lease still holds; below 0 its owner is late", "name", self.seen.leases
        )

    def _queues(self, seen: Condition) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("ziping_inbox_depth", "Updates that wait to be handled", seen.inbox.count)
        yield GaugeMetricFamily(
            "ziping_inbox_oldest_seconds", "For how long the oldest that is due has waited", seen.inbox.oldest
        )
        yield GaugeMetricFamily("ziping_inbox_parked", "Updates set aside because they cannot be handled", seen.inbox_parked)
        depth = {lane: waiting.count for lane, waiting in seen.outbox.items()}
        oldest = {lane: waiting.oldest for lane, waiting in seen.outbox.items()}
        yield _by("ziping_outbox_depth", "Replies that wait to leave, or are leaving", "lane", depth)
        yield _by("ziping_outbox_oldest_seconds", "For how long the oldest that is due has waited", "lane", oldest)
        yield GaugeMetricFamily("ziping_outbox_parked", "Replies that can never be delivered", seen.outbox_parked)
        yield GaugeMetricFamily("ziping_outbox_blocked", "Replies that wait for people who have blocked the bot", seen.blocked)


def _by(name: str, what: str, label: str, figures: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=[label])
    for value, figure in figures.items():
        family.add_metric([value], figure)
    return family
