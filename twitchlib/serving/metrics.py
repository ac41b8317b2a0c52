"""Metrics of the running server, for Prometheus."""

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from tornado.web import RequestHandler

__all__ = ["Metrics", "MetricsHandler"]

# Seconds to a page: from a copy that was kept warm to a whole class arriving at once.
_SECONDS: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60)


class Metrics:
    """What the server counts.

    Parameters
    ----------
    visitors, kernels, room : callable
        Return the numbers of visitors and kernels, and how many visitors are allowed.

    Attributes
    ----------
    page_s : Histogram
        Seconds until the whole page was sent.
    refused : Counter
        Refused requests, by reason.
    exceeded : Counter
        Kernels that were ended because they took too much, by resource.
    """

    def __init__(
        self,
        visitors: Callable[[], float],
        kernels: Callable[[], float],
        room: Callable[[], float],
    ) -> None:
        self._registry = CollectorRegistry()
        for name, text, value in (
            ("visitors", "Visitors with a page", visitors),  # untranslated: for Prometheus
            ("kernels", "Kernels, including spare ones", kernels),  # untranslated: for Prometheus
            ("room", "Most visitors allowed", room),  # untranslated: for Prometheus
        ):
            gauge = Gauge(f"twitchlib_{name}", text, registry=self._registry)
            gauge.set_function(value)
        self.page_s = Histogram(
            "twitchlib_page_seconds",
            "Seconds until a page was sent",  # untranslated: for Prometheus
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.refused = Counter(
            "twitchlib_refused",
            "Requests that were refused",  # untranslated: for Prometheus
            ["reason"],
            registry=self._registry,
        )
        self.exceeded = Counter(
            "twitchlib_budget_exceeded",
            "Kernels that took more than their share",  # untranslated: for Prometheus
            ["what"],
            registry=self._registry,
        )

    def text(self) -> bytes:
        """Return all metrics in Prometheus' format."""
        found: bytes = generate_latest(self._registry)
        return found


class MetricsHandler(RequestHandler):
    """Answers Prometheus, on a separate port."""

    def get(self) -> None:
        """Send the metrics."""
        kind = "text/plain; version=0.0.4; charset=utf-8"  # untranslated: a type
        self.set_header("Content-Type", kind)
        self.finish(self.settings["metrics"].text())
