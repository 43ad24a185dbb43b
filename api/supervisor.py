"""`lvyue serve --workers N`: N processes that answer on one socket, and one that works in the background.

They meet in the database only. One that ends is started again; SIGHUP puts new ones in place of the old, one by one, so
that a newer program is taken up while the rest answers; SIGTERM ends all in good order. Where this process itself is
killed, the others end by themselves.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from api.metrics import COUNTED
from api.worker import READY
from ledger.domain.moments import format_utc
from ledger.store.encoding import encode

START_SECONDS = 60.0  # until a process has to be ready
STOP_SECONDS = 15.0  # until one that was asked to end is killed
LOOK_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 0.5, 30.0, 60.0  # before one that ended is started again


@dataclass(slots=True)
class WorkerSlot:
    """One of the processes: what it does, the process that does it, and when to start another where that has ended."""

    role: str
    task: dict[str, Any]
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    not_before: float = 0.0


class Supervisor:
    """Keeps the processes of one server running. Those that answer inherit the descriptors ``shared``, of the socket
    and of the file in which they count requests; ``err`` gets lines about them. What each has counted for ``/metrics``
    stands in files of a folder, where any of them finds what all have."""

    def __init__(
        self, shared: tuple[int, ...], answering: list[dict[str, Any]], working: list[dict[str, Any]], err: TextIO
    ) -> None:
        self._shared, self._err = shared, err
        self._counted = tempfile.TemporaryDirectory(prefix="lvyue-metrics-")
        self._places = [WorkerSlot("worker", task) for task in answering]
        self._places += [WorkerSlot("work", task) for task in working]
        self._stop, self._renew = threading.Event(), threading.Event()

    def run(self, ready: Callable[[], None]) -> int:
        """Start everything, call ``ready`` once all of it answers, and keep it running until told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        signal.signal(signal.SIGHUP, lambda *_: self._renew.set())
        try:
            begun = [self._begun(place) for place in self._places]
            for place, process in zip(self._places, begun, strict=True):
                place.process = self._ready(place, process)
            if all(place.process is not None for place in self._places):
                ready()
            while not self._stop.wait(LOOK_SECONDS):
                self._look()
        finally:
            for role in ("worker", "work"):  # the signer last: what the others recorded gets its head
                ending = [place.process for place in self._places if place.role == role and place.process is not None]
                for process in ending:
                    process.terminate()
                for process in ending:
                    self._ended(process)
        return 0

    def _look(self) -> None:
        if self._renew.is_set():
            self._renew.clear()
            for place in self._places:
                if not self._stop.is_set() and (new := self._started(place)) is not None:
                    old, place.process = place.process, new
                    self._ended(old)
        now = time.monotonic()
        for place in self._places:
            if place.process is not None and (status := place.process.poll()) is not None:
                self._say(place.role, place.process.pid, status)
                self._forget(place.process.pid)
                if now - place.started > STEADY_SECONDS:
                    place.pause = FIRST_PAUSE
                place.process, place.not_before = None, now + place.pause
            if place.process is None and now >= place.not_before:
                place.process = self._started(place)
                place.pause = min(place.pause * 2, LONGEST_PAUSE)
                place.not_before = time.monotonic() + place.pause

    def _started(self, place: WorkerSlot) -> subprocess.Popen[str] | None:
        """A new process that is ready; None, and the old one stays, where it did not come up."""
        return self._ready(place, self._begun(place))

    def _begun(self, place: WorkerSlot) -> subprocess.Popen[str]:
        kept = self._shared if place.task["socket"] is not None else ()
        process = subprocess.Popen(
            [sys.executable, "-m", "api.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            pass_fds=kept, env=os.environ | {COUNTED: self._counted.name},
        )  # fmt: skip
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it ended at once, as will show
            process.stdin.write(json.dumps(place.task) + "\n")
            process.stdin.flush()
        return process

    def _ready(self, place: WorkerSlot, process: subprocess.Popen[str]) -> subprocess.Popen[str] | None:
        assert process.stdout is not None
        timer = threading.Timer(START_SECONDS, process.kill)
        timer.start()
        ready = process.stdout.readline().strip() == READY
        timer.cancel()
        if not ready:
            process.kill()
            self._say(place.role, process.pid, process.wait())
            return None
        place.started = time.monotonic()
        return process

    def _ended(self, process: subprocess.Popen[str] | None) -> None:
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._forget(process.pid)

    def _forget(self, pid: int) -> None:
        """What a process that ended has open is open no more; what it counted stays counted."""
        for file in Path(self._counted.name).glob(f"gauge_live*_{pid}.db"):
            file.unlink()

    def _say(self, role: str, pid: int, status: int) -> None:
        line = {"at": format_utc(time.time_ns() // 1000), "ended": role, "pid": pid, "status": status}
        print(encode(line).decode(), file=self._err, flush=True)
