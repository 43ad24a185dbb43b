"""Amending the terms, and the JSON in which they are recorded (SPEC 2.3, 4.8; Arts. 13.3 and 14.2).

A change is a dotted key and its new value. Rows are addressed as their agreement declares, by a number or a slug
(``price.parts.2.amount``). A key may name a value or a whole table, list or row; a table adds a row that does not exist
yet (``price.parts.3``), and ``None`` (JSON null) removes an optional key or a row. The address of a row cannot be
changed in place, nor can the contract's id or its template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any, Final

from ledger.domain.errors import Refusal
from ledger.domain.terms_values import Rows, Table, Unreadable, Value, row_address
from ledger.domain.values import quoted

_DEEPEST: Final = 8
_LONGEST_KEY: Final = 200
_NUMBER: Final = "[1-9][0-9]{0,8}"


def amend(shape: Table, document: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """A new document of the ``shape`` with the changes made; the document given is not changed.

    Unchanged parts are shared between the two. The order of ``changes`` does not matter: wholes are put in before their
    parts. The result must be parsed again, since only :func:`ledger.domain.terms.parse_terms` finds contradictions.
    Raises Refusal ``AMENDMENT_INVALID`` whose ``faults`` name every key that does not exist or may not change.
    """
    amended = dict(document)
    faults: list[Refusal] = []
    if not changes:
        faults.append(Refusal("AMENDMENT_EMPTY", "changes"))
    for key, value in sorted(changes.items(), key=lambda change: change[0].split(".")):
        try:
            _put(shape, amended, key.split("."), _plain(value, quoted(key, _LONGEST_KEY), 0), key)
        except Refusal as fault:
            faults.append(fault)
    for key, code in (("id", "AMENDMENT_CONTRACT_ID"), ("template", "AMENDMENT_TEMPLATE")):
        if _of_contract(amended, key) != _of_contract(document, key):
            faults.append(Refusal(code, f"contract.{key}"))
    if faults:
        raise Refusal("AMENDMENT_INVALID", faults=faults, count=len(faults))
    return amended


def _of_contract(document: Mapping[str, object], key: str) -> object:
    contract = document.get("contract")
    return contract.get(key) if isinstance(contract, Mapping) else None


def _put(shape: Table, table: dict[str, Any], parts: list[str], value: object, key: str) -> None:
    """Make one change below ``table``, a copy; Refusal where its key leads nowhere."""
    head, rest = parts[0], parts[1:]
    below = shape.keys.get(head)
    if below is None or (rest and isinstance(below, Value)):
        known = ", ".join(shape.keys) if below is None else "–"
        raise Refusal("AMENDMENT_KEY_UNKNOWN", quoted(key, _LONGEST_KEY), known=known)
    if not rest:
        table[head] = value
        if value is None:
            del table[head]  # whether it was there or not
        return
    within = copy(table.get(head, [] if isinstance(below, Rows) else {}))
    if value is not None or head in table:  # what is missing is begun, but not for the sake of taking something away
        table[head] = within
    if isinstance(below, Rows) and isinstance(within, list):
        _put_row(below, within, rest, value, key)
    elif isinstance(below, Table) and isinstance(within, dict):
        _put(below, within, rest, value, key)
    else:
        code = "TERMS_NOT_A_LIST" if isinstance(below, Rows) else "TERMS_NOT_A_TABLE"
        raise Refusal(code, quoted(key.removesuffix("." + ".".join(rest)), _LONGEST_KEY), given=quoted(within))


def _put_row(shape: Rows, rows: list[Any], parts: list[str], value: object, key: str) -> None:
    """Change, add, replace or remove the row that ``parts`` address."""
    address, rest = parts[0], parts[1:]
    addresses = [row_address(shape, row) for row in rows]
    place = next(
        (n for n, named in enumerate(addresses) if named is not None and str(named) == address), None
    )
    if place is None and (rest or value is None):
        raise Refusal(
            "AMENDMENT_ROW_UNKNOWN", quoted(key, _LONGEST_KEY), address=quoted(address), by=shape.address
        )
    if rest == [shape.address]:
        raise Refusal("AMENDMENT_ADDRESS", quoted(key, _LONGEST_KEY), by=shape.address)
    if rest and place is not None:
        rows[place] = dict(rows[place])
        _put(shape.row, rows[place], rest, value, key)
    elif value is None and place is not None:
        del rows[place]
    else:
        at = len(rows) if place is None else place
        rows[at : at + 1] = [_named(shape, address, value, key)]


def _named(shape: Rows, address: str, value: object, key: str) -> dict[str, Any]:
    """A whole row; it need not repeat the address that its key already states."""
    if not isinstance(value, dict):
        raise Refusal("TERMS_NOT_A_TABLE", quoted(key, _LONGEST_KEY), given=quoted(value))
    for named in (address, int(address) if re.fullmatch(_NUMBER, address) else None):
        row = {shape.address: named} | value
        if str(row_address(shape, row)) == address:
            return row
    raise Refusal("AMENDMENT_ADDRESS", quoted(key, _LONGEST_KEY), by=shape.address)


def changes_between(shape: Table, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The changes by which :func:`amend` makes ``after`` of ``before``, key by key; the order of rows does not matter.

    Another spelling of the same value (``0.060``) is no change. A list with rows that cannot be told apart changes as a
    whole.
    """
    return dict(_between(shape, before, after, ""))


def _between(shape: Table, before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for key, part in shape.keys.items():
        was, now, where = before.get(key), after.get(key), f"{path}.{key}" if path else key
        if isinstance(part, Value):
            if not _means_the_same(part, was, now):
                yield where, now
        elif isinstance(part, Rows):
            yield from _between_rows(part, was or [], now or [], where)
        elif was and not now and part.optional:
            yield where, None
        else:
            yield from _between(part, was or {}, now or {}, where)


def _means_the_same(part: Value, was: object, now: object) -> bool:
    try:
        return was == now or (was is not None and now is not None and bool(part.read(was) == part.read(now)))
    except Unreadable:
        return False


def _between_rows(
    shape: Rows, before: Sequence[Any], after: Sequence[Any], path: str
) -> Iterator[tuple[str, Any]]:
    were = {str(row_address(shape, row)): row for row in before}
    are = {str(row_address(shape, row)): row for row in after}
    if len(are) < len(after) or any(row_address(shape, row) is None for row in after):
        yield path, list(after)
        return
    for address in were.keys() - are.keys():
        yield f"{path}.{address}", None
    for address, row in are.items():
        if address in were:
            yield from _between(shape.row, were[address], row, f"{path}.{address}")
        else:
            yield f"{path}.{address}", {key: value for key, value in row.items() if key != shape.address}


def document_json(document: Mapping[str, object]) -> dict[str, Any]:
    """The document as recorded: keys sorted, dates as ``YYYY-MM-DD``, lists in their order.

    The same file always gives the same JSON. Raises Refusal ``TERMS_NOT_JSON`` for what JSON cannot hold exactly
    (floats, times of day) and for more than eight levels of nesting.
    """
    return {key: _plain(document[key], key, 1) for key in sorted(document)}


def _plain(value: object, path: str, depth: int) -> Any:
    """The value as JSON; ``path`` is the key it stands under."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {key: _plain(value[key], f"{path}.{key}", depth + 1) for key in sorted(value)}
    if depth < _DEEPEST and isinstance(value, (list, tuple)):
        return [_plain(each, f"{path}[{place}]", depth + 1) for place, each in enumerate(value, 1)]
    raise Refusal("TERMS_NOT_JSON", quoted(path, _LONGEST_KEY), given=quoted(value))
