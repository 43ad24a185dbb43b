"""A contract too large to hold in memory while facts are added to it: its facts are read back from the store by their
numbers, and tables of names stand in a temporary file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

import orjson

from ledger.domain.admission_state import AdmissionState
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact

if TYPE_CHECKING:
    from ledger.store.store import Store

SPILLED_BYTES = 8 * 1024 * 1024  # of memory for one such contract
NEWEST = 2000  # facts held at least, of those that were recorded
AHEAD = 200  # facts read at once where one was asked for after the other


class StoredFacts(Sequence[Fact]):
    """A contract's facts in order of seq, of which the newest are held and the others read when asked for.

    Refusals as for :meth:`ledger.store.store.Store.facts_between`.
    """

    def __init__(self, store: Store, contract: str, stored: int = 0) -> None:
        """Those that the store has, as far as the number ``stored``."""
        self._store, self._contract = store, contract
        self._stored = stored  # that many are only in the store
        self._newest: list[Fact] = []
        self._read: list[Fact] = []  # the last ones read, from the place ``_from``
        self._from = 0

    def __len__(self) -> int:
        return self._stored + len(self._newest)

    @overload
    def __getitem__(self, place: int) -> Fact: ...
    @overload
    def __getitem__(self, place: slice) -> list[Fact]: ...
    def __getitem__(self, place: int | slice) -> Fact | list[Fact]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        if place >= self._stored:
            return self._newest[place - self._stored]
        if not 0 <= place - self._from < len(self._read):
            last = min(self._stored, place + (AHEAD if place == self._from + len(self._read) else 1))
            self._from, self._read = place, self._store.facts_between(self._contract, place + 1, last)
        return self._read[place - self._from]

    def __iter__(self) -> Iterator[Fact]:
        yield from islice(self._store.each_fact(self._contract), self._stored)
        yield from self._newest

    def admission(self) -> AdmissionState:
        """What admission knows of these facts, of which it holds no more than this does."""
        return AdmissionState(self._contract, self, StoredFacts(self._store, self._contract), SpilledTable)

    def append(self, fact: Any) -> None:
        """Add the next fact; until it is recorded, and so has a digest, it is held."""
        self._newest.append(fact)
        if len(self._newest) >= 2 * NEWEST and self._newest[NEWEST - 1].digest:
            del self._newest[:NEWEST]
            self._stored += NEWEST

    def extend(self, facts: Iterable[Fact]) -> None:
        """Add the next facts."""
        for fact in facts:
            self.append(fact)


class SpilledTable(MutableMapping[Any, Any]):
    """A mapping in a temporary file, which only this process can open and SQLite removes by itself.

    Keys are texts, numbers or tuples of them, values (other than None) what JSON can say; lists come back as tuples.
    The file lies where SQLite keeps temporary files (``SQLITE_TMPDIR``, ``TMPDIR``); Refusal TEMPORARY_FILE where it
    cannot be written.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
            "CREATE TABLE kept (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
            "BEGIN",  # for ever: what fits into the cache is then not written at all
        ):  # fmt: skip
            self._run(statement)

    def __del__(self) -> None:
        self._connection.close()

    def _run(self, statement: str, params: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, params)
        except sqlite3.Error as error:
            raise Refusal("TEMPORARY_FILE", detail=error.sqlite_errorname) from error

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key."""
        found = self._run("SELECT value FROM kept WHERE key = ?", (repr(key),)).fetchone()
        if found is None:
            return default
        return found[0] if found[0].__class__ is int else tuple(orjson.loads(found[0]))

    def __getitem__(self, key: Any) -> Any:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: Any) -> bool:
        return self.get(key) is not None

    def __setitem__(self, key: Any, value: Any) -> None:
        stored = value if value.__class__ is int else orjson.dumps(value)
        self._run("INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)", (repr(key), stored))

    def __delitem__(self, key: Any) -> None:
        if not self._run("DELETE FROM kept WHERE key = ?", (repr(key),)).rowcount:
            raise KeyError(key)

    def __len__(self) -> int:
        return int(self._run("SELECT count(*) FROM kept").fetchone()[0])

    def __iter__(self) -> Iterator[Any]:
        from ast import literal_eval

        for (key,) in self._run("SELECT key FROM kept"):
            yield literal_eval(key)
