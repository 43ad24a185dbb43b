"""Contract numbers and titles of a portfolio, a few hundred in one text, to search parts of names in few long texts.

They are a table beside the rows, written in the same transactions. Every database can search a text, and 100,000
contracts take 5 MB; an index of all parts would take fifty rows for each contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Protocol

from ledger.store.database import Dialect, Transaction

PIECE = 256  # names a piece
READ = 40  # pieces read at a time
_PLACE, _NOWHERE = "[0-9]{1,18}", -1
_BETWEEN = "\x1f"  # stands in no name: numbers and titles hold no control characters
# Of what SQLite has, LIKE is three times as quick as instr; it takes capitals for small letters, so we look again.
_HOLDS = {"sqlite": "names LIKE ? ESCAPE '!'", "postgresql": "position(? in names) > 0"}
_PIECES = "SELECT place, places, names FROM portfolio_names WHERE generation = ?"


class Selecting(Protocol):
    """Anything that runs a SELECT: a store, or a transaction."""

    @property
    def dialect(self) -> Dialect: ...

    def query(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...


def keep(transaction: Transaction, generation: int, named: Mapping[int, str]) -> None:
    """Store the names of the contracts registered at these places."""
    left = sorted(named.items())
    while left:
        place = left[0][0]
        found = transaction.query(f"{_PIECES} AND place <= ? ORDER BY place DESC LIMIT 1", (generation, place))
        beyond = transaction.query(
            "SELECT min(place) FROM portfolio_names WHERE generation = ? AND place > ?", (generation, place)
        )[0][0]
        some = left if beyond is None else list(takewhile(lambda one, end=beyond: one[0] < end, left))  # type: ignore[misc]
        left = left[len(some) :]
        held = dict(_named(*found[0][1:])) if found else {}
        if held.items() >= dict(some).items():
            continue
        if found:
            transaction.execute(
                "DELETE FROM portfolio_names WHERE generation = ? AND place = ?", (generation, found[0][0])
            )
        _insert(transaction, generation, sorted((held | dict(some)).items()))


def places(source: Selecting, generation: int, text: str, after: int, most: int) -> list[int]:
    """The places of the next contracts after one whose name contains a text, in order: at most ``most``."""
    met: list[int] = []
    begin = source.query(
        "SELECT max(place) FROM portfolio_names WHERE generation = ? AND place <= ?", (generation, after)
    )[0][0]
    following = after if begin is None else begin - 1
    while len(met) < most:
        pieces = source.query(
            f"{_PIECES} AND place > ? AND {_HOLDS[source.dialect]} ORDER BY place LIMIT ?",
            (generation, following, _sought(text) if source.dialect == "sqlite" else text, READ),
        )
        met += [place for piece in pieces for place, name in _named(*piece[1:]) if text in name and place > after]
        if len(pieces) < READ:
            break
        following = pieces[-1][0]
    return met[:most]


def names(source: Selecting, generation: int) -> Iterator[tuple[int, str]]:
    """(place, name) of every contract of a generation, by place; pieces at a wrong place are read as well."""
    after = -1
    while pieces := source.query(f"{_PIECES} AND place > ? ORDER BY place LIMIT ?", (generation, after, READ)):
        after = pieces[-1][0]
        for place, *piece in pieces:
            held = list(_named(*piece))
            if not held or held[0][0] != place:
                yield place, ""
            yield from held


def fill(transaction: Transaction) -> None:
    """Store the names of existing rows, made by a version that did not store them."""
    for (generation,) in transaction.query("SELECT generation FROM portfolio_generations"):
        found = transaction.query(
            "SELECT place, named FROM portfolio WHERE generation = ? ORDER BY place", (generation,)
        )
        _insert(transaction, generation, [(place, name) for place, name in found])


def _sought(text: str) -> str:
    """A text as a pattern of LIKE."""
    return "%" + re.sub("[!%_]", r"!\g<0>", text) + "%"


def _insert(transaction: Transaction, generation: int, named: Sequence[tuple[int, str]]) -> None:
    transaction.executemany("INSERT INTO portfolio_names VALUES (?, ?, ?, ?)", [
        (generation, some[0][0], " ".join(str(place) for place, _ in some), _BETWEEN.join(name for _, name in some))
        for some in (named[start : start + PIECE] for start in range(0, len(named), PIECE))
    ])  # fmt: skip


def _named(listed: Any, held: Any) -> Iterable[tuple[int, str]]:
    """The names in a piece; of a damaged piece, those that can be read."""
    places = (int(one) if re.fullmatch(_PLACE, one) else _NOWHERE for one in str(listed).split())
    return zip(places, str(held).split(_BETWEEN), strict=False)
