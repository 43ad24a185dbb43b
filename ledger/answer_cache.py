"""A cache of statuses: one sweep of a contract answers for every other day of the same interval.

Between two days on which something happens (a fact, a timer) nothing changes but the day itself and the window that
ends on it, so an answer serves every day of its interval. The cache can be discarded at any time, and gives what a
fresh sweep gives.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, timedelta
from threading import Lock
from typing import Any, TypeAlias

from ledger.canonical import canonical
from ledger.domain.calendar import format_utc
from ledger.domain.declare import dataclass
from ledger.domain.machine import Machine
from ledger.projections.basis import Basis
from ledger.projections.reckoning import Reckoned, reckoned
from ledger.projections.status import answer, result
from ledger.store.decoding import weight_of

MOST_BYTES = 28 * 1024 * 1024
HELD = 14  # bytes of memory an answer and its pass hold for each of its JSON, as measured: 10 to 14
Key: TypeAlias = tuple[object, ...]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """An answer and the days, both inclusive, for which it holds; ``pieces`` is its canonical JSON by key."""

    first: date
    last: date
    answer: dict[str, Any]
    pieces: dict[str, bytes]
    machine: Machine
    size: int
    lock: Lock  # of the machine, which sections may change while they show another day

    def on(self, basis: Basis) -> dict[str, Any]:
        """The answer as of another day of the interval, or known at another moment of the same knowledge."""
        with self.lock:
            return self._on(basis)

    def _on(self, basis: Basis) -> dict[str, Any]:
        given = dict(self.answer)
        given["as_of"] = basis.as_of.isoformat()
        given["known_at"] = format_utc(basis.known_at)
        moved = ["as_of", "known_at"]
        for key, section in self.machine.template.sections.items():
            if section.on is not None:
                given[key] = section.on(self.machine, basis.as_of, given[key])
                moved.append(key)
        pieces = self.pieces | {key: canonical(given[key]) for key in moved}
        given["receipt"] = given["receipt"] | {"result": result(pieces)}
        return given


class AnswerCache:
    """The answers of one ledger; the least recently used are discarded first. Safe to use from several threads.

    A thread that asks for what another is working out waits for it; no other thread does.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held: OrderedDict[Key, list[Interval]] = OrderedDict()
        self._size = 0
        self._lock = Lock()  # of what is held, for the moment it takes to look it up
        self._working: dict[tuple[Key, date], Lock] = {}

    @property
    def size(self) -> int:
        """The estimated size in bytes."""
        return self._size

    def status(self, basis: Basis) -> dict[str, Any]:
        """What :func:`ledger.projections.status.status` answers without ``sensitivity``."""
        interval, made_for_it = self._interval(basis)
        return interval.answer if made_for_it else interval.on(basis)

    def reckoned(self, basis: Basis) -> dict[str, Reckoned]:
        """What :func:`ledger.projections.reckoning.reckoned` tells of the pass that the status comes from."""
        interval, _ = self._interval(basis)
        with interval.lock:
            return reckoned(interval.machine)

    def _interval(self, basis: Basis) -> tuple[Interval, bool]:
        """The interval that contains the day, and whether it was made just now."""
        head = basis.facts[-1]
        readings = tuple(sorted(basis.readings.items()))
        key = (head.contract, head.seq, head.digest, id(basis.calendar), basis.as_seen_by, readings)
        found = self._recall(key, basis.as_of)
        if found is not None:
            return found, False
        with self._lock:
            working = self._working.setdefault((key, basis.as_of), Lock())
        with working:
            found = self._recall(key, basis.as_of)  # whoever was before us has worked it out
            if found is not None:
                return found, False
            try:
                interval = _interval(basis)
                self._keep(key, interval)
            finally:
                with self._lock:
                    self._working.pop((key, basis.as_of), None)
        return interval, True

    def _recall(self, key: Key, day: date) -> Interval | None:
        with self._lock:
            for interval in self._held.get(key, ()):
                if interval.first <= day <= interval.last:
                    self._held.move_to_end(key)
                    return interval
        return None

    def _keep(self, key: Key, interval: Interval) -> None:
        with self._lock:
            self._held.setdefault(key, []).append(interval)
            self._held.move_to_end(key)
            self._size += interval.size
            while self._size > self._most and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._size -= sum(one.size for one in dropped)
            if self._size > self._most:
                self._held[key] = [interval]
                self._size = interval.size


def _interval(basis: Basis) -> Interval:
    pass_ = basis.swept()
    first, following = pass_.machine.day, pass_.next_day()
    given, pieces = answer(basis, pass_)
    # what is counted has recorded days, which a correction may have moved away from; claims have days in another view
    days = {fact.day for fact in basis.facts} | pass_.machine.standing.days
    spans = [(first, following), *pass_.machine.compared]
    first = max([*(since for since, _ in spans), *(day for day in days if day <= basis.as_of)])
    nexts = [day for day in days if day > basis.as_of] + [until for _, until in spans if until is not None]
    last = min(nexts) - ONE_DAY if nexts else date.max
    size = sum(map(len, pieces.values())) * HELD + weight_of(basis.facts)
    return Interval(first, last, given, pieces, pass_.machine, size, Lock())

