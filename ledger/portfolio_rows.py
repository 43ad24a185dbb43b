"""The rows of the portfolio as they are made from facts, here or in other processes, and what they rest on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from hashlib import sha256

from ledger.collector import collector_paused, keep_loaded
from ledger.domain.calendar import Calendar
from ledger.domain.errors import Refusal
from ledger.domain.moments import beijing_day
from ledger.projections.basis import Basis
from ledger.projections.deadlines import feed_of
from ledger.projections.portfolio import LINE, kinds, row
from ledger.projections.status import RULES
from ledger.store import FirstRows, open_store
from ledger.store.encoding import encode
from ledger.store.portfolio import KeptRow
from ledger.streams import Streams

AT_ONCE = 50  # contracts read at once
UNREADABLE = ("STORE_NEWER", "LEAF_BROKEN")
UNREAD = "unread"  # the value by which contracts that cannot be read are found

Swept = Callable[[Iterable[list[str]], int], Iterable[list[KeptRow]]]
"""Makes the rows of each list of contracts, in that order, as of a moment in µs."""


def rows_of(streams: Streams, contracts: Sequence[str], at: int) -> list[KeptRow]:
    """The rows of contracts as of a moment (µs), each by all its facts, in the order of registration."""
    rows, calendar, day = list[KeptRow](), streams.calendar(at), beijing_day(at)
    with collector_paused():
        for contract, first in _read_ahead(streams, contracts):
            try:
                facts = streams.read(contract, first)
            except Refusal as refused:
                if refused.code not in UNREADABLE:
                    raise
                rows.append(_unread(streams, contract, day))
                continue
            known_at = max(at, facts[-1].recorded_at)  # a clock that stands behind makes nothing unknown
            known = calendar if known_at == at else streams.calendar(known_at)
            made = row(Basis(facts, known, day, known_at))
            rows.append(KeptRow(
                facts[0].position, contract, f"{contract} {made.title}".casefold(), made.facts,
                made.again_on.toordinal(), encode(made.line), made.values, encode(feed_of(made)), encode(made.alerts),
                encode(made.register.json()),
            ))  # fmt: skip
    return sorted(rows)


def _read_ahead(streams: Streams, contracts: Sequence[str]) -> Iterator[tuple[str, FirstRows | None]]:
    """Each contract with what was read of it, some at a time."""
    for start in range(0, len(contracts), AT_ONCE):
        some = contracts[start : start + AT_ONCE]
        first = streams.first_rows(some)
        yield from ((contract, first.get(contract)) for contract in some)


def _unread(streams: Streams, contract: str, day: date) -> KeptRow:
    """The row of a contract that cannot be read: other contracts are not affected, and a request for it gets the
    reason.
    """
    head = streams.head(contract)
    place = streams.registration(contract).position
    named, again_on = contract.casefold(), day.toordinal() + 1
    return KeptRow(place, contract, named, head.seq, again_on, b"", {UNREAD: 1}, b"{}", b"", b"")


@contextmanager
def in_processes(url: str) -> Iterator[Swept | None]:
    """A function that makes rows in one process per processor, each with its own connection to the store; None for one.
    """
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if count < 2 or url.endswith(":memory:"):
        yield None
        return
    from multiprocessing import get_all_start_methods, get_context  # costs every command its start

    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"  # threads may run here
    context = get_context(method)
    context.set_forkserver_preload([__name__])  # imported once for all of them
    with context.Pool(count, _begin, (url,)) as pool:
        yield lambda chunks, at: pool.imap(_rows_here, ((contracts, at) for contracts in chunks))


_here: Streams | None = None  # of the store that a process of :func:`in_processes` reads


def _begin(url: str) -> None:
    global _here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_loaded()
    _here = Streams(open_store(url))


def _rows_here(given: tuple[list[str], int]) -> list[KeptRow]:
    assert _here is not None
    return rows_of(_here, *given)


@lru_cache(8)
def assumed(calendar: Calendar) -> str:
    """What rows rest on, ``rules/line/names/notices``: those made under the same assumptions are the same.

    Told alike in every process, in which sets have orders of their own.
    """
    notices = [
        (one.year, one.document, one.published_on, sorted(one.off_days), sorted(one.makeup_days))
        for one in calendar.notices
    ]
    return f"{RULES}/{LINE}/{len(kinds())}-{_digest(sorted(kinds().items()))}/{_digest(notices)}"


def _digest(of: object) -> str:
    return sha256(repr(of).encode()).hexdigest()[:16]


def version_of(assumes: str) -> tuple[list[int], int, int, str]:
    """The version of the program among what rows rest on: that of the newer program is the greater one.

    By the rules, then by what a line has, then by how many names lines have: agreements were added. Of two that differ
    only in which names these are, the order is arbitrary, so that one of them gives way.
    """
    rules, line, names, *_ = assumes.split("/")
    count, _, digest = names.rpartition("-")
    return [int(part) for part in rules.split(".")], int(line), int(count or 0), digest
