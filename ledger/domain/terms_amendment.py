"""Amending the terms, and the terms as they are recorded (SPEC 2.3, 4.8; Arts. 13.3 and 14.2).

A change is a dotted key and its new value. Rows are addressed by what names them: an instalment by its
number, a damages row by its row, an order line by its service (``payment.instalments.2.amount``,
``damages.material.7.rate``, ``order.lines.vcpu.quantity``). A key may name a value or a whole table, list or
row; a row that does not exist yet is added by a table (``payment.instalments.3``), and ``None`` (JSON null)
takes an optional key or a row away. What names a row cannot be changed in place, nor may the contract's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.terms_shape import SHAPE
from ledger.domain.terms_values import Rows, Shape, Table, row_address, shown

_DEEPEST = 8


def amend(document: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, Any]:
    """A new document with the changes made; the given one stays as it is.

    The order of ``changes`` does not matter: wholes are put in before their parts. The result is to be parsed
    again, for only :func:`ledger.domain.terms.parse_terms` says whether it contradicts itself. Raises Refusal
    ``AMENDMENT_INVALID`` whose ``faults`` name every key that does not exist or may not change.
    """
    amended = document_json(document)
    faults: list[Refusal] = []
    if not changes:
        faults.append(Refusal("AMENDMENT_EMPTY", "changes"))
    for key, value in sorted(changes.items(), key=lambda change: change[0].split(".")):
        try:
            _put(amended, key, document_json({"": value})[""])
        except Refusal as fault:
            faults.append(fault)
    if _id(amended) != _id(document):
        faults.append(Refusal("AMENDMENT_CONTRACT_ID", "contract.id"))
    if faults:
        raise Refusal("AMENDMENT_INVALID", faults=faults, count=len(faults))
    return amended


def _id(document: Mapping[str, object]) -> object:
    contract = document.get("contract")
    return contract.get("id") if isinstance(contract, Mapping) else None


def _put(document: dict[str, Any], key: str, value: object) -> None:
    """Make one change in place; Refusal where the key leads nowhere."""
    *stem, last = key.split(".")
    shape: Shape = SHAPE
    within: Any = document
    for done, part in enumerate(stem):
        following = stem[done + 1] if done + 1 < len(stem) else last
        shape, within = _step(shape, within, part, following, key)
    if isinstance(shape, Rows):
        _put_row(shape, within, last, value, key)
    elif not isinstance(shape, Table) or last not in shape.keys:
        raise _unknown(shape, key)
    elif value is None:
        within.pop(last, None)
    else:
        within[last] = value


def _step(shape: Shape, within: Any, part: str, following: str, key: str) -> tuple[Shape, Any]:
    """One part of a dotted key further down; tables and lists that are missing are begun."""
    if isinstance(shape, Rows):
        place = _place(shape, within, part)
        if place is None:
            raise Refusal("AMENDMENT_ROW_UNKNOWN", shown(key), address=shown(part), by=shape.address)
        if following == shape.address:
            raise Refusal("AMENDMENT_ADDRESS", shown(key), by=shape.address)
        return shape.row, within[place]
    if not isinstance(shape, Table) or part not in shape.keys:
        raise _unknown(shape, key)
    below = shape.keys[part]
    begun = within.setdefault(part, [] if isinstance(below, Rows) else {})
    if not isinstance(begun, list if isinstance(below, Rows) else dict):
        raise Refusal("AMENDMENT_KEY_UNKNOWN", shown(key), known="–")
    return below, begun


def _put_row(shape: Rows, rows: list[Any], address: str, value: object, key: str) -> None:
    place = _place(shape, rows, address)
    if value is None:
        if place is None:
            raise Refusal("AMENDMENT_ROW_UNKNOWN", shown(key), address=shown(address), by=shape.address)
        del rows[place]
        return
    if not isinstance(value, dict):
        raise Refusal("TERMS_NOT_A_TABLE", shown(key), given=shown(value))
    numbered = address.isascii() and address.isdigit() and shape.address != "service"
    row = {shape.address: int(address[:20]) if numbered else address} | value
    if str(row_address(shape, row)) != address:
        raise Refusal("AMENDMENT_ADDRESS", shown(key), by=shape.address)
    if place is None:
        rows.append(row)
    else:
        rows[place] = row


def _place(shape: Rows, rows: list[Any], address: str) -> int | None:
    for place, row in enumerate(rows):
        if str(row_address(shape, row)) == address:
            return place
    return None


def _unknown(shape: Shape, key: str) -> Refusal:
    known = ", ".join(shape.keys) if isinstance(shape, Table) else "–"
    return Refusal("AMENDMENT_KEY_UNKNOWN", shown(key), known=known)


def document_json(document: Mapping[str, object]) -> dict[str, Any]:
    """The document as it is recorded: keys sorted, dates as ``YYYY-MM-DD``, lists as they stand.

    The same file always gives the same JSON. Raises Refusal ``TERMS_NOT_JSON`` for what JSON cannot hold
    exactly (floats, times of day) or no document of terms is: nested deeper than eight levels.
    """
    plain = _plain(document, "", 0)
    if not isinstance(plain, dict):
        raise Refusal("TERMS_NOT_A_TABLE", None, given=shown(document))
    return plain


def _plain(value: object, path: str, depth: int) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if depth < _DEEPEST and isinstance(value, Mapping):
        stem = f"{path}." if path else ""
        return {str(key): _plain(value[key], f"{stem}{shown(key)}", depth + 1) for key in sorted(value)}
    if depth < _DEEPEST and isinstance(value, (list, tuple)):
        return [_plain(each, f"{path}[{place}]", depth + 1) for place, each in enumerate(value, 1)]
    raise Refusal("TERMS_NOT_JSON", path, given=shown(value))
