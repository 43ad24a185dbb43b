"""Keeps the portfolio current: a row for each contract, swept again when a fact is recorded or a day of its own has
come.

The rows for a batch of facts are written in one transaction, together with the position they cover and the alerts they
give rise to, so a projector may be killed at any moment, or run in several processes. An alert is something that a new
row has to tell and the row before had not. No pass goes through all contracts every day: a row states from which day on
it may change, and its contract is swept again only then. When something that all rows rest on changes (the rules, a
notice on working days), a new generation is built beside the one that is served.

Where programs of two versions run on one ledger, as while it is upgraded, each writes only to generations of its own
version, and the older one leaves what the newer serves: the two would replace each other's rows without end, and tell
what differs between them as alerts each time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from json import loads

from ledger.collector import keep_loaded
from ledger.domain.clock import LATE
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.moments import beijing_day
from ledger.elsewhere import LONG, Elsewhere
from ledger.portfolio_rows import Swept, assumed, rows_of, version_of
from ledger.projections.alerts import news
from ledger.projections.register import RegisterIndex, index_of_json
from ledger.store import Store, Transaction, alerts, open_store, portfolio, portfolio_names
from ledger.store.encoding import encode
from ledger.store.leaf import decode
from ledger.store.portfolio import Generation, KeptRow, State
from ledger.streams import SYSTEM, Streams

FACTS_AT_ONCE = 2000
CHUNK = 200  # contracts a transaction while a generation is built, and a piece of work for a process
CLEARED_AT_ONCE = 1000  # contracts of a retired generation
COMPARED_AT_ONCE = 1000  # contracts of which a new generation has something else to tell
MOST_ROUNDS = 20  # of bringing a generation up to date before it is served all the same
_READ_ONLY = ("STORE_READ_ONLY", "STORE_DENIED")

Progress = Callable[[int, int], None]


class Outstanding(NamedTuple):
    """Contracts to be swept again, after which the rows stand at ``position``."""

    contracts: list[str]
    position: int


class Projector:
    """The portfolio of one store. Safe to use from several threads."""

    def __init__(
        self, store: Store, streams: Streams, clock: Callable[[], int], elsewhere: Elsewhere | None = None
    ) -> None:
        self._store = store
        self._streams = streams
        self._clock = clock
        self._elsewhere = elsewhere  # sweeps long contracts in a process of its own
        self._lock = threading.RLock()  # whoever brings it up to date; building holds it only to write
        self.kept = store  # where the rows are: in memory, where the store cannot be written to

    def serving(self) -> Generation | None:
        """The generation that is served."""
        return portfolio.in_state(self.kept, "serving")

    def stands(self) -> bool:
        """Whether nothing is to be built: the generation served rests on today's assumptions, or is a newer program's,
        or which day it is is not known.
        """
        serving, assumed = self.serving(), self._assumed()
        return serving is not None and (
            serving.assumes == assumed or version_of(serving.assumes) > version_of(assumed) or self._behind()
        )

    def _behind(self) -> bool:
        """Whether the clock stands behind the ledger's last fact, so that which day it is is not known."""
        return self._clock() < self._store.last_moment() - LATE

    def current(self, most: int) -> bool:
        """Bring the portfolio up to date if at most ``most`` contracts need a sweep for it; whether it is now.

        Where the clock stands behind the ledger's last fact, which day it is is not known: rows that are there are left
        as they are. On a replica the rows are those of the server it follows, which keeps them current; what is new
        there is not known here, so that they never count as current.
        """
        replica, behind = self._store.replica, self._behind()
        if (replica or behind) and self.kept is self._store and self.serving() is not None:
            return False
        try:
            return self._current(most) and not (replica or behind)
        except Refusal as refused:
            if refused.code not in _READ_ONLY or self.kept is not self._store:
                raise
            self.kept = open_store("sqlite:///:memory:", create=True)
            return self._current(most) and not (replica or behind)

    def _current(self, most: int) -> bool:
        current = self.catch_up(most)  # also of what is served only until the next generation is there
        if self.stands():
            return current
        if self._contracts() > most:
            return False
        self.rebuild()
        return self.catch_up(most)

    def catch_up(self, most: int) -> bool:
        """Sweep at most ``most`` contracts affected by facts or by their own days; whether nothing is left to do.

        False of a generation that a program of another version made, which is left to that one.
        """
        with self._lock:
            while (serving := self.serving()) is not None and self._made(serving):
                found = self._outstanding(serving, min(most, CHUNK) + 1)
                if not found.contracts and found.position == serving.position:
                    return True
                if len(found.contracts) > most:
                    return False
                most -= len(found.contracts)
                self._write(serving, self._rows(found.contracts, self._clock()), found.position)
        return False

    def sweep_some(self, state: State = "serving", until: int | None = None) -> bool:
        """Sweep the next contracts affected by facts or by their own days, however many there are; whether nothing is
        left.

        Facts after the position ``until`` wait.
        """
        with self._lock:
            generation = portfolio.in_state(self.kept, state)
            if generation is None or not self._made(generation) or self._behind():
                return True
            found = self._outstanding(generation, CHUNK, until)
            if not found.contracts and found.position == generation.position:
                return True
            self._write(generation, self._rows(found.contracts, self._clock()), found.position)
        return False

    def rebuild(self, swept: Swept | None = None, progress: Progress | None = None) -> None:
        """Build a generation from the facts alone, and serve it once it is whole; continues one begun before.

        ``swept`` makes the rows, possibly in other processes; ``progress`` is called with how many of how many
        contracts.
        """
        keep_loaded()
        building = self._begun()
        total, done = self._contracts(), 0
        at = self._clock()
        for rows in (swept or self._swept)(self._chunks(building), at):
            now = portfolio.in_state(self.kept, "building")
            if now is None or now.number != building.number:
                return  # somebody else has finished it, or begun another
            self._put(now, [one for one in rows if one.place > now.place])
            done += len(rows)
            if progress is not None:
                progress(done, total)
        self._take_over(building)
        self.clear()

    def register_of(self, contract: str) -> RegisterIndex | None:
        """The index of a contract's register, by as many of its facts as its row rests on; None where none is served
        that holds today."""
        serving = self.serving()
        if serving is None or serving.assumes != self._assumed():
            return None
        kept = portfolio.register_of(self.kept, serving.number, contract)
        if kept is None or kept.again_on <= beijing_day(self._clock()).toordinal():
            return None
        return index_of_json(loads(kept.register))

    def recorded(self) -> int:
        """The position of the ledger's last fact."""
        return self._store.leaf_count()

    def read(self, contract: str) -> None:
        """Read a contract's facts: Refusal STORE_NEWER or LEAF_BROKEN where that cannot be done."""
        self._streams.read(contract)

    def clear(self) -> None:
        """Remove what was served before."""
        while (retired := portfolio.in_state(self.kept, "retired")) is not None:
            with self.kept.writing() as transaction:
                portfolio.clear(transaction, retired, CLEARED_AT_ONCE)

    def untrue(self) -> Iterator[str]:
        """The contracts whose stored rows differ from a fresh sweep of their facts, though they claim to be current.

        A row claims so where its day has not come, its contract has no facts after the position of the generation
        served, and today's assumptions hold. A contract without a row, or with parts of one only, is included.
        """
        serving, today, at = self.serving(), beijing_day(self._clock()).toordinal(), self._clock()
        if serving is None or serving.assumes != self._assumed():
            return
        place, values = 0, 0
        while registered := self._store.registrations(place, serving.position, CHUNK):
            kept = portfolio.rows(self.kept, serving.number, place, registered[-1][0])
            values += sum(len(row.values) for row in kept)
            place = registered[-1][0]
            held = {row.contract: row for row in kept}
            fresh = rows_of(self._streams, [one for _, one in registered if one not in SYSTEM], at)
            for true in fresh:
                row = held.pop(true.contract, None)
                behind = self._store.head(true.contract).position > serving.position
                if row is None or (row != true and not behind and row.again_on > today):
                    yield true.contract
            yield from held
        if portfolio.values_kept(self.kept, serving.number) != values or not self._names_are_true(serving):
            yield "*"

    def _names_are_true(self, serving: Generation) -> bool:
        """Whether every contract is found by a part of its name, and under no other."""
        return list(portfolio.named(self.kept, serving.number)) == list(
            portfolio_names.names(self.kept, serving.number)
        )

    def _begun(self) -> Generation:
        assumed = self._assumed()
        with self._lock, self.kept.writing() as transaction:
            building = portfolio.in_state(transaction, "building")
            if building is None or building.assumes != assumed:
                building = portfolio.begin(transaction, assumed, self._store.leaf_count())
        return building

    def _chunks(self, building: Generation) -> Iterator[list[str]]:
        place = building.place
        while some := self._store.registrations(place, building.position, CHUNK):
            place = some[-1][0]
            yield [contract for _, contract in some if contract not in SYSTEM]

    def _put(self, building: Generation, rows: Sequence[KeptRow]) -> None:
        """Add rows to the generation being built, unless another process has meanwhile."""
        if rows:
            place = rows[-1].place
            with self._lock, self.kept.writing() as transaction:
                if portfolio.moved(transaction, building, position=building.position, place=place):
                    portfolio.write(transaction, building.number, rows, fresh=True)

    def _write(self, one: Generation, rows: Sequence[KeptRow], position: int) -> None:
        with self.kept.writing() as transaction:
            if portfolio.moved(transaction, one, position=position, place=one.place):
                rows = self._told(transaction, one, rows)
                portfolio.write(transaction, one.number, rows, fresh=False)

    def _told(self, transaction: Transaction, one: Generation, rows: Sequence[KeptRow]) -> list[KeptRow]:
        """Write the new alerts of rows of the generation served; a row that cannot be read keeps the alerts it had."""
        held = portfolio.alerts_of(transaction, one.number, [row.place for row in rows])
        rows = [row if row.alerts else row._replace(alerts=held.get(row.place, b"[]")) for row in rows]
        if one.state == "serving":
            self._tell(transaction, ((row.contract, held.get(row.place), row.alerts) for row in rows))
        return rows

    def _tell(self, transaction: Transaction, stood: Iterable[tuple[str, bytes | None, bytes]]) -> None:
        """Write the new alerts of contracts, given those before (b"": not known, None: none) and now."""
        if self.kept is self._store:
            fresh = [(contract, encode(one)) for contract, before, after in stood if before != b""
                     for one in news(before, after)]  # fmt: skip
            alerts.tell(transaction, self._store.standing(), self._clock(), fresh)

    def _take_over(self, building: Generation) -> None:
        """Serve a generation that is whole, and write the alerts it has and the one served before had not.

        It is brought up to date first, so that none of its rows is behind: no alert is then written twice or left out.
        """
        for left in reversed(range(MOST_ROUNDS)):
            while not self.sweep_some("building"):
                pass
            with self._lock, self.kept.writing() as transaction:
                serving, now = self.serving(), portfolio.in_state(transaction, "building")
                if now is None or now.number != building.number:
                    return  # somebody else has finished it, or begun another
                if not left or self._is_current(now):
                    if serving is not None:
                        self._tell_otherwise(transaction, serving, now)
                    portfolio.serve(transaction, now)
                    return

    def _is_current(self, one: Generation) -> bool:
        found = self._outstanding(one, 1)
        return not found.contracts and found.position == one.position

    def _tell_otherwise(self, transaction: Transaction, one: Generation, other: Generation) -> None:
        place = 0
        while apart := portfolio.alerts_apart(transaction, one.number, other.number, place, COMPARED_AT_ONCE):
            place = apart[-1][0]
            self._tell(transaction, (row[1:] for row in apart))

    def _outstanding(self, serving: Generation, most: int, until: int | None = None) -> Outstanding:
        """At most ``most`` contracts affected by facts after the position, or by days that have come."""
        end = min(self._store.leaf_count() if until is None else until, serving.position + FACTS_AT_ONCE)
        told, position = dict[str, int](), serving.position  # the last seq of each contract
        for place, leaf in self._store.following(position, end - position) if end > position else ():
            fact = decode(leaf, place)
            if fact["contract"] not in SYSTEM:
                if len(told) == most and fact["contract"] not in told:
                    break
                told[fact["contract"]] = fact["seq"]
            position = place
        held = portfolio.facts_of(self.kept, serving.number, list(told))
        contracts = {contract: None for contract, seq in told.items() if held.get(contract, 0) < seq}
        today = beijing_day(self._clock()).toordinal()
        if len(contracts) < most:
            contracts |= dict.fromkeys(portfolio.due(self.kept, serving.number, today, most - len(contracts)))
        return Outstanding(list(contracts), position)

    def _contracts(self) -> int:
        return self._store.registered()

    def _assumed(self) -> str:
        """What every row rests on beside its contract's facts: the rules, what a line has, the notices known today."""
        return assumed(self._streams.calendar(self._clock()))

    def _made(self, one: Generation) -> bool:
        """Whether a generation is one of this version of the program."""
        return version_of(one.assumes) == version_of(self._assumed())

    def _swept(self, chunks: Iterable[list[str]], at: int) -> Iterator[list[KeptRow]]:
        for contracts in chunks:
            yield self._rows(contracts, at)

    def _rows(self, contracts: Sequence[str], at: int) -> list[KeptRow]:
        if self._elsewhere is None:
            return rows_of(self._streams, contracts, at)
        rows, here = list[KeptRow](), list[str]()
        for contract in contracts:
            try:
                if self._streams.head(contract).seq >= LONG:
                    rows += self._elsewhere("projector.rows", contract, (), {"at_once": True})
                    continue
            except Refusal as refused:
                if refused.code != "SERVER_BUSY":
                    raise
            here.append(contract)
        return sorted(rows + rows_of(self._streams, here, at))

    def rows(self, contract: str) -> list[KeptRow]:
        """The row of one contract as of now. Its facts stay in the cache: whoever asks for it here asks again."""
        with suppress(Refusal):  # which is for the row to tell
            self._streams.snapshot(contract)
        return rows_of(self._streams, [contract], self._clock())
