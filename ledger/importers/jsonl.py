"""Facts from JSON: one document, or a file of one fact a line, read strictly and in bounded memory.

Lenient JSON is how two readers of one file come to see different facts: a key given twice, a float
rounded, a byte that is no UTF-8. Such input is refused here, naming line and field; what the fields may
hold is the business of admission.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, NoReturn

from ledger.domain.errors import Refusal

LONGEST_LINE = 1_000_000  # bytes; the longest fact a person would write is a thousandth of it
DEEPEST = 32  # objects and lists within each other
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A fact's envelope and the line of the file it stands on (1, 2, 3 …)."""

    number: int
    envelope: dict[str, Any]


def read_lines(stream: BinaryIO, *, progress: Callable[[int], None] | None = None) -> Iterator[Line]:
    """The facts of a JSON-lines stream in their order; blank lines and those starting with ``#`` are skipped.

    ``progress`` is told the number of lines read, every thousand. Raises Refusal with the ``line``:
    LINE_TOO_LONG, JSON_NOT_OBJECT, and those of :func:`parse`.
    """
    number = 0
    while text := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(text) > LONGEST_LINE:
            raise Refusal("LINE_TOO_LONG", line=number, longest=LONGEST_LINE)
        stripped = (text.removeprefix(_BOM) if number == 1 else text).strip()
        if not stripped or stripped.startswith(b"#"):
            continue
        yield Line(number, _envelope(stripped, number))
        if progress is not None and number % 1000 == 0:
            progress(number)


def _envelope(text: bytes, number: int) -> dict[str, Any]:
    try:
        value = parse(text)
        if not isinstance(value, dict):
            raise Refusal("JSON_NOT_OBJECT", found=_kind(value))
    except Refusal as refused:
        refused.line = number
        raise
    return value


def parse(text: bytes) -> Any:
    """The JSON value ``text`` states.

    Raises Refusal NOT_UTF8, JSON_BROKEN, JSON_TOO_DEEP, JSON_KEY_TWICE, or, with the dotted path as field,
    JSON_FLOAT (NaN and infinities too).
    """
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", byte=flaw.start + 1) from None
    floats: list[float] = []

    def noted(literal: str) -> float:
        floats.append(float(literal))
        return floats[-1]

    try:
        value = json.loads(
            decoded, object_pairs_hook=_without_twins, parse_float=noted, parse_constant=noted
        )
    except json.JSONDecodeError as flaw:
        raise Refusal("JSON_BROKEN", column=flaw.pos + 1) from None
    except RecursionError:
        raise Refusal("JSON_TOO_DEEP", deepest=DEEPEST) from None
    except ValueError:  # a whole number of more digits than Python converts
        raise Refusal("JSON_NUMBER_LONG") from None
    if text.count(b"{") + text.count(b"[") > DEEPEST:  # otherwise it cannot be deeper than that
        _check_depth(value)
    if floats:
        _refuse_float(value, "")
    return value


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refusal("JSON_KEY_TWICE", key=_printable(twice))
    return found


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level := [one for one in level if isinstance(one, (dict, list))]:
        depth += 1
        if depth > DEEPEST:
            raise Refusal("JSON_TOO_DEEP", deepest=DEEPEST)
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]


def _refuse_float(value: Any, path: str) -> NoReturn:
    for where, inner in _walk(value, path):
        if isinstance(inner, float):
            raise Refusal("JSON_FLOAT", where or None, given=repr(inner))
    raise AssertionError("a float was read, but none is in the value")


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _walk(one, f"{path}.{_printable(str(key))}" if path else _printable(str(key)))


def _printable(text: str) -> str:
    shown = "".join(one if one.isprintable() else "�" for one in text)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _kind(value: object) -> str:
    names = {list: "[…]", str: '"…"', bool: "true/false", int: "123", float: "1.5", type(None): "null"}
    return names[type(value)]
