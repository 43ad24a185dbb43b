"""Find contracts in the portfolio by the values in their rows, their number or their title, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Literal

from ledger.domain.declare import NamedTuple
from ledger.store import portfolio_names
from ledger.store.portfolio import MANY, as_bytes, in_chunks
from ledger.store.portfolio_names import Selecting

RARE = 2000  # contracts: conditions that fewer meet are looked up one by one
_LAST = 1 << 62
_LINES = " JOIN portfolio_lines l ON l.generation = p.generation AND l.place = p.place"
_CONTAINS = {"sqlite": "instr(p.named, ?) > 0", "postgresql": "position(? in p.named) > 0"}

Order = Literal["up", "down"]


class Condition(NamedTuple):
    """The value of that name is at least ``least`` and at most ``most``."""

    name: str
    least: int
    most: int


class Sought(NamedTuple):
    """What to find: every condition holds, the number begins with ``prefix``, number or title contains a text.

    Ordered by the values of a name, or by registration; ``contracts`` are those that may be found, None for all.
    """

    conditions: tuple[Condition, ...] = ()
    prefix: str = ""
    contains: str = ""
    order: str | None = None
    direction: Order = "up"
    contracts: Collection[str] | None = None


class FoundContract(NamedTuple):
    """A contract found; ``value`` is what it is ordered by (0 in the order of registration), ``place`` breaks ties.

    ``line`` is None where only contracts were asked for.
    """

    value: int
    place: int
    contract: str
    line: bytes


def find(
    source: Selecting, number: int, sought: Sought, after: tuple[int, int] | None, most: int, *, lines: bool = False
) -> list[FoundContract]:  # fmt: skip
    """The next contracts after (value, place), at most ``most``, in the order sought; with their ``lines`` on request.

    A page costs as much as it contains: where few contracts meet a condition those are looked up, else the order is
    followed.
    """
    few = _candidates(source, number, sought)
    if few is not None:
        return _among(source, number, sought, few, after, lines=lines)[:most]
    if sought.contains and sought.order is None and sought.direction == "up":
        return _by_text(source, number, sought, after, most, lines=lines)
    return _in_order(source, number, sought, after, most, lines=lines)


def find_lines(
    source: Selecting, number: int, sought: Sought, after: tuple[int, int] | None, most: int
) -> list[tuple[int, int, bytes]]:
    """The (value, place, line) of what :func:`find` finds; where that is everybody, of no contract but the line is
    looked at."""
    if sought != Sought(direction=sought.direction):
        return [(one.value, one.place, one.line) for one in find(source, number, sought, after, most, lines=True)]
    beyond, way, edge = (">", "ASC", -1) if sought.direction == "up" else ("<", "DESC", _LAST)
    rows = source.query(
        f"SELECT 0, place, line FROM portfolio_lines WHERE generation = ? AND place {beyond} ? ORDER BY place {way}"
        " LIMIT ?", (number, edge if after is None else after[1], most),
    )  # fmt: skip
    kept_as = {*map(type, map(itemgetter(2), rows))}
    return rows if kept_as <= {bytes} else [(value, place, as_bytes(line)) for value, place, line in rows]


def _candidates(source: Selecting, number: int, sought: Sought) -> list[int] | None:
    """The places that can match, where they are few; None where there may be many."""
    sets = []
    for name, least, highest in sought.conditions:
        sets.append(source.query(
            "SELECT place FROM portfolio_values WHERE generation = ? AND name = ? AND value BETWEEN ? AND ? LIMIT ?",
            (number, name, least, highest, RARE),
        ))  # fmt: skip
    if sought.prefix:
        sets.append(source.query(
            "SELECT place FROM portfolio WHERE generation = ? AND contract >= ? AND contract < ? LIMIT ?",
            (number, sought.prefix, _after_prefix(sought.prefix), RARE),
        ))  # fmt: skip
    if sought.contracts is not None and len(sought.contracts) < RARE:
        sets.append([
            place for some in in_chunks(list(sought.contracts)) for place in source.query(
                f"SELECT place FROM portfolio WHERE generation = ? AND contract IN ({', '.join('?' * len(some))})",
                (number, *some),
            )
        ])  # fmt: skip
    if sought.contains and sought.order is not None:
        met = portfolio_names.places(source, number, sought.contains.casefold(), 0, RARE)
        sets.append([(place,) for place in met])
    few = min((one for one in sets if len(one) < RARE), key=len, default=None)
    return None if few is None else [place for (place,) in few]


def _among(
    source: Selecting, number: int, sought: Sought, places: Sequence[int], after: tuple[int, int] | None, *,
    lines: bool,
) -> list[FoundContract]:  # fmt: skip
    found = [
        one for some in in_chunks(places)
        for one in _selected(source, number, sought, None, _LAST, some, lines=lines)
    ]  # fmt: skip
    down = sought.direction == "down"
    found.sort(key=lambda one: (one.value, one.place), reverse=down)
    if after is None:
        return found
    return [one for one in found if ((one.value, one.place) < after if down else (one.value, one.place) > after)]


def _by_text(
    source: Selecting, number: int, sought: Sought, after: tuple[int, int] | None, most: int, *, lines: bool
) -> list[FoundContract]:  # fmt: skip
    """Contracts whose number or title contains the text, in the order of registration."""
    found: list[FoundContract] = []
    place, part = 0 if after is None else after[1], sought.contains.casefold()
    step = max(most, MANY) if sought.conditions or sought.prefix or sought.contracts is not None else most
    while len(found) < most:
        met = portfolio_names.places(source, number, part, place, step)
        some = [one for few in in_chunks(met)
                for one in _selected(source, number, sought, None, _LAST, few, lines=lines)]  # fmt: skip
        found += [one for one in some if sought.contracts is None or one.contract in sought.contracts]
        if len(met) < step:
            break
        place = met[-1]
    return found[:most]


def _in_order(
    source: Selecting, number: int, sought: Sought, after: tuple[int, int] | None, most: int, *, lines: bool
) -> list[FoundContract]:  # fmt: skip
    found: list[FoundContract] = []
    allowed, step = sought.contracts, most if sought.contracts is None else max(most, MANY)
    while len(found) < most:
        some = _selected(source, number, sought, after, step, lines=lines)
        found += some if allowed is None else [one for one in some if one.contract in allowed]
        if len(some) < step:
            break
        after = some[-1].value, some[-1].place
    return found[:most]


def _selected(
    source: Selecting, number: int, sought: Sought, after: tuple[int, int] | None, most: int, among: Sequence[int] = (),
    *, lines: bool,
) -> list[FoundContract]:  # fmt: skip
    """Contracts in the order sought, before access rights; ``among`` restricts them to these places, if there are any.
    """
    beyond, way = (">", "ASC") if sought.direction == "up" else ("<", "DESC")
    if sought.order is None:
        order, wheres, params = f"p.place {way}", [], list[Any]([number])
        if after is not None:
            wheres, params = [f"p.place {beyond} ?"], [*params, after[1]]
    else:
        order, wheres, params = f"o.value {way}, o.place {way}", [], [number, sought.order]
        if after is not None:
            wheres, params = [f"(o.value, o.place) {beyond} (?, ?)"], [*params, *after]
    for where, given in _conditions(sought, _CONTAINS[source.dialect]):
        wheres.append(where)
        params += given
    if among:
        wheres.append(f"{'p' if sought.order is None else 'o'}.place IN ({', '.join('?' * len(among))})")
        params += among
    text = " AND ".join([_select(sought, lines), *wheres]) + f" ORDER BY {order} LIMIT ?"
    rows = source.query(text, (*params, most))
    if lines and {*map(type, map(itemgetter(3), rows))} - {bytes}:
        rows = [(*row[:3], as_bytes(row[3])) for row in rows]
    return list(map(partial(tuple.__new__, FoundContract), rows))


def _select(sought: Sought, lines: bool) -> str:
    """The SELECT of (value, place, contract, line); p is the table of places and contracts."""
    line, joined = (", l.line", _LINES) if lines else (", NULL", "")
    if sought.order is not None:
        return (
            f"SELECT o.value, o.place, p.contract{line} FROM portfolio_values o JOIN portfolio p"
            f" ON p.generation = o.generation AND p.place = o.place{joined} WHERE o.generation = ? AND o.name = ?"
        )
    return f"SELECT 0, p.place, p.contract{line} FROM portfolio p{joined} WHERE p.generation = ?"


def _conditions(sought: Sought, contains: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The conditions as SQL, each with its parameters."""
    for name, least, highest in sought.conditions:
        if name == sought.order:
            yield "o.value BETWEEN ? AND ?", (least, highest)
        else:
            yield (
                "EXISTS (SELECT 1 FROM portfolio_values v WHERE v.generation = p.generation AND v.place = p.place"
                " AND v.name = ? AND v.value BETWEEN ? AND ?)"
            ), (name, least, highest)
    if sought.prefix:
        yield "p.contract >= ? AND p.contract < ?", (sought.prefix, _after_prefix(sought.prefix))
    if sought.contains:
        yield contains, (sought.contains.casefold(),)


def _after_prefix(prefix: str) -> str:
    """The first text, by code points, after all that begin with the prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
