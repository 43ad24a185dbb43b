"""JSON read strictly: the requirements on a line of a file, a request body or a notice before its fields are read.

Lenient JSON is how two readers of one text come to see different facts: a duplicate key, a rounded float, a byte that
is not UTF-8, half a surrogate pair. Everything else about the values is checked by admission.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

DEEPEST = 32  # objects and lists within each other; facts nest 12 levels at most, a terms document fewer
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # whole pairs are decoded to one character


def parse(text: bytes) -> Any:
    """The JSON value (RFC 8259) ``text`` states; a byte order mark is none.

    Raises Refusal NOT_UTF8, JSON_BROKEN (with ``line`` of the text), JSON_TOO_DEEP, JSON_NUMBER_LONG, or, with the
    dotted path as field, JSON_KEY_TWICE, JSON_FLOAT (NaN and infinities too) or TEXT_FORBIDDEN (an escape for half
    a surrogate pair, which no UTF-8 can say: RFC 8259, 8.2).
    """
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", byte=flaw.start + 1) from None
    try:
        value = _decoded(decoded, _REFUSING)
    except _Flawed:
        _refuse_first(_decoded(decoded, _MARKING))
    if "\\ud" in decoded or "\\uD" in decoded:
        _refuse_half_pairs(value)
    return value


def _decoded(text: str, decoder: json.JSONDecoder) -> Any:
    try:
        value = decoder.decode(text)
    except json.JSONDecodeError as flaw:
        raise Refusal("JSON_BROKEN", line=flaw.lineno, column=flaw.colno) from None
    except RecursionError:
        raise Refusal("JSON_TOO_DEEP", deepest=DEEPEST) from None
    except ValueError:  # a whole number of more digits than Python converts
        raise Refusal("JSON_NUMBER_LONG") from None
    if text.count("{") + text.count("[") > DEEPEST:  # otherwise it cannot be deeper than that
        _check_depth(value)
    return value


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level := [one for one in level if isinstance(one, (dict, list))]:
        depth += 1
        if depth > DEEPEST:
            raise Refusal("JSON_TOO_DEEP", deepest=DEEPEST)
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]


# --- where the flaw is -----------------------------------------------------------------------------
# A decoder does not tell its hooks where it is. Sound text is decoded once, by a decoder made once; only
# flawed text a second time, with each flaw left in its place to be found.


class _Flawed(Exception):
    """There is a duplicate key, or a float."""


class _Flaw(NamedTuple):
    code: str
    key: str | None
    values: dict[str, Any]


def _refuse(_: str) -> NoReturn:
    raise _Flawed


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Flawed
    return found


def _mark(literal: str) -> _Flaw:
    return _Flaw("JSON_FLOAT", None, {"given": quoted(literal)})


def _mark_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Flaw:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return _Flaw("JSON_KEY_TWICE", key, {"key": quoted(key)})
        seen.add(key)
    return dict(pairs)


_REFUSING = json.JSONDecoder(object_pairs_hook=_refuse_twins, parse_float=_refuse, parse_constant=_refuse)
_MARKING = json.JSONDecoder(object_pairs_hook=_mark_twins, parse_float=_mark, parse_constant=_mark)


def _refuse_first(value: Any) -> NoReturn:
    path, flaw = next((path, one) for path, one in _walk(value, ()) if isinstance(one, _Flaw))
    raise Refusal(flaw.code, _dotted(path if flaw.key is None else (*path, flaw.key)), **flaw.values)


def _refuse_half_pairs(value: Any) -> None:
    for path, one in _walk(value, ()):
        for text in (*path[-1:], one):
            half = _HALF_PAIR.search(text) if isinstance(text, str) else None
            if half is not None:
                raise Refusal("TEXT_FORBIDDEN", _dotted(path), position=half.start() + 1,
                              character=f"U+{ord(half[0]):04X}")  # fmt: skip


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _walk(one, (*path, str(key)))


def _dotted(path: tuple[str, ...]) -> str | None:
    return ".".join(quoted(key) for key in path) or None
