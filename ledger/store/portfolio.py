"""The portfolio's tables: a row for each contract, derived from its facts.

Rows belong to a generation; one generation is served while the next is built. Every write increments ``step`` of its
generation in the same transaction, so that of two processes that build one, the later notices the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal

from ledger.domain.declare import NamedTuple
from ledger.store import portfolio_names
from ledger.store.database import Transaction
from ledger.store.portfolio_names import Selecting

AT_A_TIME = 2000  # contracts whose feeds are read by one statement
MANY = 500  # parameters a statement
State = Literal["building", "serving", "retired"]


class Generation(NamedTuple):
    """How far a generation is: it covers the facts up to ``position`` and the contracts up to ``place``.

    ``assumes`` states what its rows rest on beside the facts; ``step`` increases with each write.
    """

    number: int
    state: State
    assumes: str
    position: int
    place: int
    step: int


class KeptRow(NamedTuple):
    """A contract's row as stored: ``again_on`` (an ordinal) is the day to work it out again, ``line`` its JSON,
    ``values`` what it is found by.

    ``feed`` is the JSON of its deadlines, ``alerts`` that of its alerts, ``register`` that of the index of its facts;
    the last two are empty where the contract cannot be read.
    """

    place: int
    contract: str
    named: str
    facts: int
    again_on: int
    line: bytes
    values: dict[str, int]
    feed: bytes
    alerts: bytes
    register: bytes


class KeptRegister(NamedTuple):
    """The stored index of a contract's register: how many ``facts`` it covers, until which day (an ordinal) it holds,
    its JSON.
    """

    facts: int
    again_on: int
    register: bytes


_GENERATIONS = "SELECT generation, state, assumes, position, place, step FROM portfolio_generations"
_ROWS = ("portfolio_values", "portfolio_lines", "portfolio_feeds", "portfolio_registers", "portfolio")


def in_state(source: Selecting, state: State) -> Generation | None:
    """The newest generation in a state: served, being built, or retired."""
    found = source.query(f"{_GENERATIONS} WHERE state = ? ORDER BY generation DESC LIMIT 1", (state,))
    return Generation(*found[0]) if found else None


def begin(transaction: Transaction, assumes: str, position: int) -> Generation:
    """A new generation without rows, for the facts up to ``position``; one that was being built is retired."""
    transaction.execute("UPDATE portfolio_generations SET state = 'retired' WHERE state = 'building'")
    last = transaction.query("SELECT coalesce(max(generation), 0) FROM portfolio_generations")[0][0]
    fresh = Generation(last + 1, "building", assumes, position, 0, 0)
    transaction.execute("INSERT INTO portfolio_generations VALUES (?, ?, ?, ?, ?, ?)", fresh)
    return fresh


def clear(transaction: Transaction, retired: Generation, most: int) -> None:
    """Remove a retired generation, at most so many of its contracts at a time, so that writers do not wait for all."""
    found = transaction.query(
        "SELECT place FROM portfolio WHERE generation = ? ORDER BY place LIMIT ?", (retired.number, most)
    )
    if found:
        for table in (*_ROWS, "portfolio_names"):
            transaction.execute(f"DELETE FROM {table} WHERE generation = ? AND place <= ?",
                                (retired.number, found[-1][0]))  # fmt: skip
    if len(found) < most:
        transaction.execute("DELETE FROM portfolio_generations WHERE generation = ?", (retired.number,))


def moved(transaction: Transaction, one: Generation, *, position: int, place: int) -> bool:
    """Note how far a generation is now; False, and nothing noted, where another process has written to it since ``one``
    was read.
    """
    if in_state(transaction, one.state) != one:
        return False
    transaction.execute(
        "UPDATE portfolio_generations SET position = ?, place = ?, step = ? WHERE generation = ?",
        (position, place, one.step + 1, one.number),
    )
    return True


def serve(transaction: Transaction, one: Generation) -> None:
    """Serve this generation from here on; the one served before is retired."""
    transaction.execute("UPDATE portfolio_generations SET state = 'retired' WHERE state = 'serving'")
    transaction.execute("UPDATE portfolio_generations SET state = 'serving' WHERE generation = ?", (one.number,))


def write(transaction: Transaction, number: int, rows: Sequence[KeptRow], *, fresh: bool) -> None:
    """Put rows into a generation; ``fresh`` ones have none there yet."""
    for places in in_chunks([] if fresh else [row.place for row in rows]):
        marks = ", ".join("?" * len(places))
        for table in _ROWS:
            transaction.execute(f"DELETE FROM {table} WHERE generation = ? AND place IN ({marks})", (number, *places))
    transaction.executemany(
        "INSERT INTO portfolio VALUES (?, ?, ?, ?, ?, ?)",
        [(number, row.place, row.contract, row.named, row.facts, row.again_on) for row in rows],
    )
    transaction.executemany(
        "INSERT INTO portfolio_lines VALUES (?, ?, ?)", [(number, row.place, row.line) for row in rows]
    )
    transaction.executemany(
        "INSERT INTO portfolio_feeds VALUES (?, ?, ?, ?)", [(number, row.place, row.feed, row.alerts) for row in rows]
    )
    transaction.executemany(
        "INSERT INTO portfolio_registers VALUES (?, ?, ?)", [(number, row.place, row.register) for row in rows]
    )
    transaction.executemany(
        "INSERT INTO portfolio_values VALUES (?, ?, ?, ?)",
        [(number, row.place, name, value) for row in rows for name, value in row.values.items()],
    )
    portfolio_names.keep(transaction, number, {row.place: row.named for row in rows})


def due(source: Selecting, number: int, day: int, most: int) -> list[str]:
    """Contracts whose rows may change on ``day`` (an ordinal), at most so many."""
    found = source.query(
        "SELECT contract FROM portfolio WHERE generation = ? AND again_on <= ? ORDER BY again_on LIMIT ?",
        (number, day, most),
    )
    return [contract for (contract,) in found]


def facts_of(source: Selecting, number: int, contracts: Sequence[str]) -> dict[str, int]:
    """The number of facts that the rows of these contracts cover, for those that have a row."""
    found: dict[str, int] = {}
    for some in in_chunks(contracts):
        marks = ", ".join("?" * len(some))
        found.update(source.query(
            f"SELECT contract, facts FROM portfolio WHERE generation = ? AND contract IN ({marks})", (number, *some)
        ))  # fmt: skip
    return found


def values_kept(source: Selecting, number: int) -> int:
    """The number of values in a generation."""
    found = source.query("SELECT count(*) FROM portfolio_values WHERE generation = ?", (number,))
    return int(found[0][0])


def named(source: Selecting, number: int) -> list[tuple[int, str]]:
    """(place, number and title) of every contract of a generation, by place."""
    found = source.query("SELECT place, named FROM portfolio WHERE generation = ? ORDER BY place", (number,))
    return [(place, name) for place, name in found]


def rows(source: Selecting, number: int, after: int, up_to: int) -> list[KeptRow]:
    """The rows after one place up to another, in the order of registration."""
    found = source.query(
        "SELECT place, contract, named, facts, again_on, line, feed, alerts, register FROM portfolio"
        " JOIN portfolio_lines USING (generation, place) JOIN portfolio_feeds USING (generation, place)"
        " JOIN portfolio_registers USING (generation, place)"
        " WHERE generation = ? AND place > ? AND place <= ? ORDER BY place",
        (number, after, up_to),
    )
    held: dict[int, dict[str, int]] = {row[0]: {} for row in found}
    if found:
        listed = source.query(
            "SELECT place, name, value FROM portfolio_values WHERE generation = ? AND place BETWEEN ? AND ?",
            (number, found[0][0], found[-1][0]),
        )
        for place, name, value in listed:
            held.setdefault(place, {})[name] = value
    return [
        KeptRow(place, contract, named, facts, again_on, as_bytes(line), held[place], *map(as_bytes, kept))
        for place, contract, named, facts, again_on, line, *kept in found
    ]


def register_of(source: Selecting, number: int, contract: str) -> KeptRegister | None:
    """The stored index of a contract's register; None where there is none."""
    found = source.query(
        "SELECT facts, again_on, register FROM portfolio JOIN portfolio_registers USING (generation, place)"
        " WHERE generation = ? AND contract = ?", (number, contract),
    )  # fmt: skip
    return KeptRegister(found[0][0], found[0][1], as_bytes(found[0][2])) if found and found[0][2] else None


def alerts_of(source: Selecting, number: int, places: Sequence[int]) -> dict[int, bytes]:
    """The stored alerts of the rows at these places; b"" for a row that an earlier version made without any."""
    found: dict[int, bytes] = {}
    for some in in_chunks(places):
        marks = ", ".join("?" * len(some))
        for place, kept in source.query(
            "SELECT p.place, f.alerts FROM portfolio p LEFT JOIN portfolio_feeds f ON f.generation = p.generation AND"
            f" f.place = p.place WHERE p.generation = ? AND p.place IN ({marks})", (number, *some),
        ):  # fmt: skip
            found[place] = b"" if kept is None else as_bytes(kept)
    return found


def alerts_apart(
    source: Selecting, one: int, other: int, after: int, most: int
) -> list[tuple[int, str, bytes, bytes]]:
    """(place, contract, alerts in one generation, in the other) after a place, where the two differ."""
    return source.query(
        "SELECT o.place, p.contract, o.alerts, n.alerts FROM portfolio_feeds o JOIN portfolio_feeds n"
        " ON n.generation = ? AND n.place = o.place JOIN portfolio p ON p.generation = n.generation AND"
        " p.place = n.place WHERE o.generation = ? AND o.place > ? AND o.alerts <> n.alerts ORDER BY o.place LIMIT ?",
        (other, one, after, most),
    )


def feeds(source: Selecting, number: int, contracts: Collection[str] | None) -> Iterator[tuple[str, bytes]]:
    """(contract, feed) of these contracts (None: of all), in the order of registration."""
    select = (
        "SELECT p.place, p.contract, f.feed FROM portfolio p JOIN portfolio_feeds f ON f.generation = p.generation"
        " AND f.place = p.place WHERE p.generation = ?"
    )
    if contracts is not None:
        found = [
            row for some in in_chunks(sorted(contracts))
            for row in source.query(f"{select} AND p.contract IN ({', '.join('?' * len(some))})", (number, *some))
        ]  # fmt: skip
        yield from ((contract, as_bytes(feed)) for _, contract, feed in sorted(found))
        return
    after = 0
    while rows := source.query(f"{select} AND p.place > ? ORDER BY p.place LIMIT ?", (number, after, AT_A_TIME)):
        after = rows[-1][0]
        yield from ((contract, as_bytes(feed)) for _, contract, feed in rows)


def as_bytes(line: Any) -> bytes:
    """Stored bytes; SQLite returns text where somebody edited the value as text."""
    return line.encode() if isinstance(line, str) else bytes(line)


def in_chunks(many: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """As many at a time as one statement takes parameters."""
    return (many[start : start + MANY] for start in range(0, len(many), MANY))
