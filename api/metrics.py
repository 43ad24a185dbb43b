"""Metrics for Prometheus, and one JSON log line per request on standard error.

In a server of several processes each of them reports the counts of all: prometheus_client keeps them in files of the
folder that ``COUNTED`` names, which must be set before it is imported.

No line has a name, an address, a path with identifiers, a header or a body: only the route, the status, the time and
the request's id, by which the answer can be found again.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
import traceback
from typing import TextIO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import Scope

from ledger.domain.errors import INTEGRITY
from ledger.domain.moments import format_utc
from ledger.store.encoding import encode

COUNTED = "PROMETHEUS_MULTIPROC_DIR"
GATHERED_SECONDS = 0.1  # how long a request's line may wait for others: writing each by itself costs more
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """The counters and the log of one server."""

    def __init__(self, log: TextIO | None = None, *, lines: bool = True) -> None:
        self.registry = CollectorRegistry()
        self._log = log or sys.stderr
        self._lines = lines
        self._gathered: list[tuple[int, str, str, str, int, float]] = []
        self._timers: dict[tuple[str, str, int], Histogram] = {}  # looking one up by its labels takes its time
        self._seconds = Histogram(
            "lvyue_request_seconds", "Time to answer a request", ("method", "route", "status"),
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self._failures = Counter("lvyue_failures_total", "Requests the server failed", registry=self.registry)
        self._alarms = Counter(
            "lvyue_alarms_total", "Findings that the ledger was altered or cannot be signed", ("code",),
            registry=self.registry,
        )  # fmt: skip
        self.positions = Gauge(
            "lvyue_facts", "Facts in the ledger", registry=self.registry, multiprocess_mode="mostrecent"
        )  # fmt: skip
        self.undelivered = Gauge(
            "lvyue_dead_letters", "Webhook deliveries given up", registry=self.registry, multiprocess_mode="sum"
        )  # fmt: skip
        self.streams = Gauge(
            "lvyue_event_streams", "Open event streams", registry=self.registry, multiprocess_mode="livesum"
        )  # fmt: skip

    def served(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """Count an answer and collect its line, in the event loop; status 0 is a client that went away."""
        route = getattr(scope.get("route"), "path", "–")
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "PUT", "DELETE") else "other"
        timer = self._timers.get((method, route, status))
        if timer is None:
            timer = self._timers[method, route, status] = self._seconds.labels(method, route, str(status))
        timer.observe(seconds)
        if self._lines:
            if not self._gathered:
                asyncio.get_running_loop().call_later(GATHERED_SECONDS, self.flush)
            self._gathered.append((time.time_ns() // 1000, request_id, method, route, status, seconds))

    def leads(self, role: str) -> None:
        """Note that this process now does what only one may do."""
        line = {"at": format_utc(time.time_ns() // 1000), "leads": role}
        print(encode(line).decode(), file=self._log, flush=True)

    def failed(self, request_id: str, error: Exception) -> None:
        """Count a failure of this program and log where it happened, without the values involved."""
        self._failures.inc()
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        self._write({"at": format_utc(time.time_ns() // 1000), "request_id": request_id, "level": "error",
                     "error": type(error).__name__, "where": where})  # fmt: skip

    def unreadable(self, request_id: str, code: str) -> None:
        """Log that stored data was altered (an alarm), or that the store cannot be used; only the code is written."""
        if code in INTEGRITY:
            self._alarms.labels(code).inc()
        self._write({"at": format_utc(time.time_ns() // 1000), "request_id": request_id,
                     "level": "alarm" if code in INTEGRITY else "error", "code": code})  # fmt: skip

    def alarmed(self, code: str) -> None:
        """Count that the ledger was found altered, or cannot be signed: an operator must look."""
        self._alarms.labels(code).inc()
        self._write({"at": format_utc(time.time_ns() // 1000), "level": "alarm", "code": code})

    def text(self) -> bytes:
        """The Prometheus exposition, of all processes of the server."""
        if COUNTED not in os.environ:
            return generate_latest(self.registry)
        every = CollectorRegistry()
        MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        return generate_latest(every)

    def flush(self) -> None:
        """Write the lines of the requests served so far; made here, many at once, not before each answer's client asks
        again.
        """
        served, self._gathered = self._gathered, []
        lines = [
            encode({"at": format_utc(at), "request_id": request_id, "method": method, "route": route, "status": status,
                    "ms": round(seconds * 1000, 2)})
            for at, request_id, method, route, status, seconds in served
        ]  # fmt: skip
        if lines:
            self._log.write(b"\n".join([*lines, b""]).decode())

    def _write(self, line: dict[str, object]) -> None:
        """At once: somebody may be waiting for it, or the process may not live on."""
        self._log.write(encode(line).decode() + "\n")
