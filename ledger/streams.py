"""A cache of the streams of a ledger: their facts, read once and brought up to date on use.

It is checked against the store each time; the least recently used streams are discarded first, so that it stays within
its budget of bytes. A reader gets a snapshot: a list of its own with the facts committed by then. So a sweep delays no
other reader, and a recording delays only the next writer.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.domain.admission_state import AdmissionState
from ledger.domain.calendar import Calendar, format_utc
from ledger.domain.clock import Correction, clock_corrections, known_from
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import Refusal
from ledger.domain.fact import Document, Fact
from ledger.domain.fact_data import data_json
from ledger.domain.moments import beijing_day
from ledger.notices import published_notices, shipped_notices
from ledger.store import FirstRows, Head, Store
from ledger.store.decoding import FACT_BYTES, weight_of

if TYPE_CHECKING:
    from ledger.store.spilled import StoredFacts

CALENDAR = "calendar"  # the stream of working-day notices recorded here
LOG = "log"  # the stream of what was done to the ledger itself
MOST_BYTES = 32 * 1024 * 1024
SYSTEM = frozenset({CALENDAR, LOG})


@dataclass(slots=True)
class Stream:
    """A stream in the cache: its facts, and what admission knows of it.

    ``lock`` is held while facts are added; a reader never holds it while asking the store, so that a writer waiting for
    the store's lock is not delayed. Facts are only ever added, so whoever knows how many are committed may take that
    many without the lock. ``loading`` is held while facts are read from the store. ``weight`` is the stream's size in
    bytes, as estimated, also where it is spilled (:meth:`Streams.spill`).
    """

    facts: list[Fact] | StoredFacts = field(default_factory=list)
    state: AdmissionState | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    loading: threading.Lock = field(default_factory=threading.Lock)
    weight: int = 0

    def admission(self, contract: str) -> AdmissionState:
        """What admission knows of the stream."""
        if self.state is None:
            facts = self.facts
            self.state = AdmissionState(contract, facts) if isinstance(facts, list) else facts.admission()
        return self.state


class Streams:
    """The streams of one store, safe to use from several threads; ``lock`` is held while recording."""

    def __init__(self, store: Store, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._most = most_bytes
        self._held: OrderedDict[str, Stream] = OrderedDict()
        self._size = 0
        self._index = threading.Lock()  # of what is held, for the moment it takes to look it up
        self._corrections: tuple[Correction, ...] = ()
        self.lock = threading.RLock()
        self._spilling = False

    def spill(self) -> None:
        """From now on, a contract that alone is larger than the budget is not held (:mod:`ledger.store.spilled`).

        That is for recording millions of facts: a question needs every fact of its contract all the same.
        """
        self._spilling = True

    @property
    def size(self) -> int:
        """The estimated size in bytes."""
        return self._size

    def __iter__(self) -> Iterator[str]:
        """The streams in the cache."""
        return iter(list(self._held))

    def stream(self, contract: str) -> Stream:
        """A stream, brought up to what the store holds; empty where there is none."""
        stream, head = self._looked_up(contract), self._store.head(contract)
        if len(stream.facts) != head.seq or not _holds(stream.facts, head):
            self._bring_up(contract, stream, head)
        return stream

    def snapshot(self, contract: str) -> list[Fact]:
        """The facts committed by now; does not wait unless some must be read."""
        return self._up_to(contract, self._store.head(contract))

    def known(self, contract: str) -> tuple[list[Fact], list[Fact]]:
        """The snapshots of a contract, or of the system, and of :data:`CALENDAR`, as of one moment.

        Corrections of the clock are taken in; the store is asked once for all that is remembered already. Refusal
        CONTRACT_UNKNOWN.
        """
        log, notices, head = self._store.heads_of((LOG, CALENDAR, contract))
        self._up_to(LOG, log)
        facts = self._up_to(contract, head)
        if not facts and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return facts, self._up_to(CALENDAR, notices)

    def _up_to(self, contract: str, head: Head) -> list[Fact]:
        """The facts up to a head, read where they are not in the cache."""
        stream = self._looked_up(contract)
        if not _holds(stream.facts, head):
            with stream.loading:
                if not _holds(stream.facts, head):
                    self._bring_up(contract, stream, head)
        return stream.facts[: head.seq]

    def between(self, contract: str, first: int, last: int) -> list[Fact]:
        """The facts of these numbers, both inclusive; of a stream that is not in the cache only these are read."""
        stream, head = self._held.get(contract), self._store.head(contract)
        if stream is not None and _holds(stream.facts, head):
            return stream.facts[first - 1 : min(last, head.seq)]
        return self._store.facts_between(contract, first, last)

    def committed(self, contract: str) -> list[Fact]:
        """The snapshot of a registered contract, or of the system. Refusal CONTRACT_UNKNOWN."""
        facts = self.snapshot(contract)
        if not facts and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return facts

    def moment(self, fact: Fact) -> int:
        """The moment (µs) from which a fact counts as known, by the corrections of the clock taken in."""
        if not self._corrections:
            return fact.recorded_at
        return known_from(fact.position, fact.recorded_at, self._corrections)

    def known_by(self, facts: Sequence[Fact], known_at: int) -> list[Fact]:
        """Those of a contract's facts that were known at a moment (µs)."""
        return list(facts[: bisect_right(facts, known_at, key=self.moment)])

    @contextmanager
    def admitted(self, contract: str) -> Iterator[AdmissionState]:
        """What admission knows of a contract, nobody adding to it meanwhile. Refusal CONTRACT_UNKNOWN."""
        stream = self.existing(contract)
        if stream.state is None:
            facts = list(stream.facts)
            state = AdmissionState(contract, facts)
            with stream.lock:
                if stream.state is None:
                    for fact in stream.facts[len(facts) :]:
                        state.add(fact)
                    stream.state = state
        with stream.lock:
            yield stream.admission(contract)

    def head(self, contract: str) -> Head:
        """The last of a contract's facts."""
        return self._store.head(contract)

    def registration(self, contract: str) -> Fact:
        """The first fact of a contract; the others are not read for it. Refusal CONTRACT_UNKNOWN."""
        stream = self._held.get(contract)
        if stream is not None and stream.facts:
            return stream.facts[0]
        for position, leaf, digest in self._store.decoded(contract):
            return self._store.fact_in(leaf, position, digest)
        raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)

    def _looked_up(self, contract: str) -> Stream:
        with self._index:
            stream = self._held.get(contract)
            if stream is None:
                stream = self._held[contract] = Stream()
            else:
                self._held.move_to_end(contract)
        return stream

    def _bring_up(self, contract: str, stream: Stream, head: Head) -> None:
        """Add the facts recorded since, up to a head; another thread may have done so already, or added more."""
        seq = len(stream.facts)
        if seq >= head.seq and _holds(stream.facts, head):
            return
        if self._spills(contract, head.seq * FACT_BYTES) and not seq:
            return self._spill(contract, stream, head.seq)
        digest = stream.facts[seq - 1].digest if seq else None
        more = self._store.facts(contract, after_seq=seq, prev=digest, first=FirstRows(head))
        with stream.lock:
            more = more[len(stream.facts) - seq :]  # what was added meanwhile is among them
            self.add(contract, stream, more)
            if contract == LOG:
                self._correct(more)
            if stream.state is not None:
                for fact in more:
                    stream.state.add(fact)

    def add(self, contract: str, stream: Stream, more: Sequence[Fact]) -> None:
        """Add facts to a stream whose lock is held; the least recently used streams are discarded where necessary."""
        stream.facts.extend(more)
        grown = weight_of(more) if isinstance(stream.facts, list) else 0
        stream.weight += grown
        with self._index:
            if self._held.get(contract) is stream:
                self._size += grown
            while self._size > self._most and len(self._held) > len(SYSTEM) + 1:
                oldest = next(name for name in self._held if name not in SYSTEM)
                if oldest == contract:
                    break
                self._size -= self._held.pop(oldest).weight
        if self._spills(contract, stream.weight) and isinstance(stream.facts, list):
            self._spill(contract, stream, len(stream.facts))

    def _spills(self, contract: str, weight: int) -> bool:
        return self._spilling and weight > self._most and contract not in SYSTEM

    def _spill(self, contract: str, stream: Stream, stored: int) -> None:
        """Hold no longer a stream of which the store has that many facts."""
        from ledger.store.spilled import SPILLED_BYTES, StoredFacts

        with self._index:
            self._size += SPILLED_BYTES - stream.weight if self._held.get(contract) is stream else 0
        stream.facts, stream.state, stream.weight = StoredFacts(self._store, contract, stored), None, SPILLED_BYTES

    def known_until(self, now: int) -> int:
        """The moment (µs) up to which everything recorded is here: now, or on a replica that of its last fact."""
        return min(now, self._store.last_moment()) if self._store.replica else now

    def corrected(self) -> None:
        """Take in the corrections of the clock recorded meanwhile, by any process."""
        self.snapshot(LOG)

    def known_from(self, position: int, recorded_at: int) -> int:
        """When (µs) the fact at a position counts as known, by the corrections taken in."""
        return known_from(position, recorded_at, self._corrections)

    def _correct(self, more: Sequence[Fact]) -> None:
        """Let the facts corrected here count as known from the moment of the correction."""
        if found := clock_corrections(more):
            self._corrections += found

    def existing(self, contract: str) -> Stream:
        """The stream of a registered contract, or of the system. Refusal CONTRACT_UNKNOWN."""
        stream = self.stream(contract)
        if not stream.facts and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return stream

    def read(self, contract: str, first: FirstRows | None = None) -> Sequence[Fact]:
        """A contract's facts as they stand now; what is not in the cache yet is not added to it.

        ``first`` is what of it was read already (:meth:`first_rows`).
        """
        if contract in self._held:
            return self.committed(contract)
        return self._store.facts(contract, first=first)

    def first_rows(self, contracts: Sequence[str]) -> dict[str, FirstRows]:
        """What is read of those of these contracts that are not in the cache, by two queries for all."""
        return self._store.first_rows([contract for contract in contracts if contract not in self._held])

    def remembered(self, contract: str) -> Stream:
        """The stream in the cache, which may be behind the store; read where there is none."""
        stream = self._looked_up(contract)
        return stream if stream.facts else self.existing(contract)

    def forget(self, contract: str) -> None:
        with self._index:
            gone = self._held.pop(contract, None)
            self._size -= gone.weight if gone is not None else 0
        if contract == LOG:
            self._corrections = ()

    def forget_all(self) -> None:
        with self._index:
            self._held.clear()
            self._size = 0
        self._corrections = ()

    def calendar(self, known_at: int, notices: Sequence[Fact] | None = None) -> Calendar:
        """The working days as known at a moment: the notices shipped and those recorded here, ``notices`` if given."""
        recorded = self.known_by(self.snapshot(CALENDAR) if notices is None else notices, known_at)
        return _calendar_by(beijing_day(known_at), published_notices(recorded))


def _holds(facts: Sequence[Fact], head: Head) -> bool:
    """Are the facts up to a head among these?"""
    return not head.seq or (len(facts) >= head.seq and facts[head.seq - 1].digest == head.digest)


_calendars: dict[tuple[date, tuple[Any, ...]], Calendar] = {}


def _calendar_by(day: date, published: tuple[Any, ...]) -> Calendar:
    """Calendars are immutable and remember what they worked out, so the same one serves again."""
    known = (day, published)
    if known not in _calendars:
        if len(_calendars) > 64:
            _calendars.clear()
        _calendars[known] = Calendar((*shipped_notices(), *published)).known_by(day)
    return _calendars[known]


def attached_json(one: Document) -> dict[str, object]:
    shown: dict[str, object] = {"sha256": one.sha256, "name": one.name, "media_type": one.media_type}
    return shown if one.sm3 is None else shown | {"sm3": one.sm3}


def envelope(fact: Fact) -> dict[str, Any]:
    """A fact as SPEC 2.1 shows it, with what the ledger added."""
    shown: dict[str, Any] = {
        "type": fact.type, "on": fact.on, "by": fact.by, "actor": fact.actor, "ref": fact.ref,
        "data": data_json(fact.what),
    }  # fmt: skip
    if fact.documents:
        shown["documents"] = [attached_json(one) for one in fact.documents]
    return shown | {
        "seq": fact.seq, "id": fact.id, "position": fact.position, "recorded_at": format_utc(fact.recorded_at),
        "recorded_by": fact.recorded_by, "recorded_roles": None if fact.recorded_roles is None
        else list(fact.recorded_roles), "on_behalf": fact.on_behalf, "digest": fact.digest, "prev": fact.prev,
    }  # fmt: skip

