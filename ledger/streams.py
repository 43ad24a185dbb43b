"""A cache of the streams of a ledger: their facts, read once and brought up to date when asked.

It is checked against the store each time and thrown away freely.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.domain.admission import AdmissionState
from ledger.domain.calendar import Calendar, format_utc
from ledger.domain.clock import Correction, corrections_of, known_from
from ledger.domain.errors import Refusal
from ledger.domain.fact import Document, Fact
from ledger.domain.fact_data import data_json
from ledger.domain.facts.record import CalendarPublished
from ledger.domain.moments import beijing_day
from ledger.notices import notice_from_data, shipped_notices
from ledger.projections.collector import collector_paused
from ledger.store import Store

CALENDAR = "calendar"  # the stream of working-day notices recorded here
LOG = "log"  # the stream of what was done to the ledger itself
SYSTEM = frozenset({CALENDAR, LOG})


@dataclass(slots=True)
class Stream:
    """A stream in the cache: its facts, from when (µs) each counts as known, what admission knows of it."""

    facts: list[Fact] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    known: AdmissionState | None = None

    def admission(self, contract: str) -> AdmissionState:
        """What admission knows of the stream."""
        if self.known is None:
            self.known = AdmissionState(contract, self.facts)
        return self.known


class Streams:
    """The streams of one store, safe to use from several threads under ``lock``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, Stream] = {}
        self._corrections: tuple[Correction, ...] = ()
        self.lock = threading.RLock()

    def __iter__(self) -> Iterator[str]:
        """The streams remembered."""
        return iter(list(self._held))

    def stream(self, contract: str) -> Stream:
        """A stream, brought up to what the store holds; empty where there is none."""
        stream = self._held.setdefault(contract, Stream())
        seq, digest = len(stream.facts), stream.facts[-1].digest if stream.facts else None
        head = self._store.head(contract)
        if head.seq != seq or (digest is not None and head.digest != digest):
            with collector_paused():
                more = self._store.facts(contract, after_seq=seq, prev=digest)
            stream.facts += more
            stream.moments += self._moments(more)
            if contract == LOG:
                self._correct(more)
            if stream.known is not None:
                for fact in more:
                    stream.known.add(fact)
        return stream

    def corrected(self) -> None:
        """Take in the corrections of the clock that were recorded meanwhile, by whomever."""
        with self.lock:
            self.stream(LOG)

    def known_from(self, position: int, recorded_at: int) -> int:
        """When (µs) the fact at a position counts as known, by the corrections taken in."""
        return known_from(position, recorded_at, self._corrections)

    def _correct(self, more: Sequence[Fact]) -> None:
        """From here on, facts that these correct count as known when they were corrected."""
        if found := corrections_of(more):
            self._corrections += found
            for stream in self._held.values():
                stream.moments = self._moments(stream.facts)

    def _moments(self, facts: Sequence[Fact]) -> list[int]:
        if not self._corrections:
            return [fact.recorded_at for fact in facts]
        return [known_from(fact.position, fact.recorded_at, self._corrections) for fact in facts]

    def existing(self, contract: str) -> Stream:
        """The stream of a registered contract, or of the system. Refusal CONTRACT_UNKNOWN."""
        stream = self.stream(contract)
        if not stream.facts and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return stream

    def read(self, contract: str) -> Sequence[Fact]:
        """A contract's facts as they stand now; what is not remembered yet is not remembered for this."""
        if contract in self._held:
            with self.lock:
                return list(self.existing(contract).facts)
        with collector_paused():
            return self._store.facts(contract)

    def remembered(self, contract: str) -> Stream:
        """The stream as remembered, which may be behind the store; read where nothing is remembered."""
        stream = self._held.get(contract)
        return stream if stream is not None and stream.facts else self.existing(contract)

    def forget(self, contract: str) -> None:
        self._held.pop(contract, None)
        if contract == LOG:
            self._corrections = ()

    def forget_all(self) -> None:
        self._held.clear()
        self._corrections = ()

    def calendar(self, known_at: int) -> Calendar:
        """The working days as known at a moment: the notices shipped and those recorded here."""
        with self.lock:
            stream = self.stream(CALENDAR)
            recorded = stream.facts[: bisect_right(stream.moments, known_at)]
        published = tuple(
            notice_from_data(data_json(fact.what)) for fact in recorded if isinstance(fact.what, CalendarPublished)
        )
        return _calendar_by(beijing_day(known_at), published)


_calendars: dict[tuple[date, tuple[Any, ...]], Calendar] = {}


def _calendar_by(day: date, published: tuple[Any, ...]) -> Calendar:
    """Calendars are immutable and remember what they worked out, so the same one serves again."""
    known = (day, published)
    if known not in _calendars:
        if len(_calendars) > 64:
            _calendars.clear()
        _calendars[known] = Calendar((*shipped_notices(), *published)).known_by(day)
    return _calendars[known]


def document_json(one: Document) -> dict[str, object]:
    shown: dict[str, object] = {"sha256": one.sha256, "name": one.name, "media_type": one.media_type}
    return shown if one.sm3 is None else shown | {"sm3": one.sm3}


def envelope(fact: Fact) -> dict[str, Any]:
    """A fact as SPEC 2.1 shows it, with what the ledger added."""
    shown: dict[str, Any] = {
        "type": fact.type, "on": fact.on, "by": fact.by, "actor": fact.actor, "ref": fact.ref,
        "data": data_json(fact.what),
    }  # fmt: skip
    if fact.documents:
        shown["documents"] = [document_json(one) for one in fact.documents]
    return shown | {
        "seq": fact.seq, "id": fact.id, "position": fact.position, "recorded_at": format_utc(fact.recorded_at),
        "recorded_by": fact.recorded_by, "recorded_roles": None if fact.recorded_roles is None
        else list(fact.recorded_roles), "on_behalf": fact.on_behalf, "digest": fact.digest, "prev": fact.prev,
    }  # fmt: skip

