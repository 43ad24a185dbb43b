"""Facts from a file with one JSON object a line, in bounded memory; the fields are checked by admission.

A JSON array of objects is read as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.importers.strict_json import parse

LONGEST_LINE = 1_000_000  # bytes; the longest fact a person would write is a thousandth of it
_BOM = b"\xef\xbb\xbf"  # a file's; the text of a line has none


class Line(NamedTuple):
    """A fact's envelope and the line of the file it stands on (1, 2, 3 …); or why the line could not be read."""

    number: int
    envelope: dict[str, Any]
    fault: Refusal | None = None

    @property
    def stated(self) -> dict[str, Any] | Refusal:
        """The envelope, or the fault in its place."""
        return self.fault if self.fault is not None else self.envelope

    def located(self, fault: Refusal) -> Refusal:
        """``fault`` with the line."""
        fault.line = self.number
        return fault


def read_lines(stream: BinaryIO, *, progress: Callable[[int], None] | None = None) -> Iterator[Line]:
    """The facts of a JSON-lines stream in their order; blank lines and those starting with ``#`` are skipped.

    ``progress`` is told the number of lines read, every thousand. The fault of a line, with its number: JSON_NOT_OBJECT
    and those of :func:`ledger.importers.strict_json.parse`. Raises Refusal LINE_TOO_LONG with the ``line``.
    """
    number = 0
    while text := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(text) > LONGEST_LINE:
            raise Refusal("LINE_TOO_LONG", line=number, longest=LONGEST_LINE)
        stripped = (text.removeprefix(_BOM) if number == 1 else text).strip()
        if not stripped or stripped.startswith(b"#"):
            continue
        yield _line(stripped, number)
        if progress is not None and number % 1000 == 0:
            progress(number)


def read_array(content: bytes) -> list[Line]:
    """The facts of one JSON array, numbered in its order (1, 2, 3 …). Refusals as for a line, about the whole."""
    value = parse(content.removeprefix(_BOM))
    if not isinstance(value, list):
        raise Refusal("JSON_NOT_OBJECT", found=_kind(value))
    return [
        Line(number, one) if isinstance(one, dict)
        else Line(number, {}, Refusal("JSON_NOT_OBJECT", line=number, found=_kind(one)))
        for number, one in enumerate(value, 1)
    ]  # fmt: skip


def _line(text: bytes, number: int) -> Line:
    try:
        value = parse(text)
        if not isinstance(value, dict):
            raise Refusal("JSON_NOT_OBJECT", found=_kind(value))
    except Refusal as refused:
        refused.line = number
        return Line(number, {}, refused)
    return Line(number, value)


def _kind(value: object) -> str:
    names = {list: "[…]", str: '"…"', bool: "true/false", int: "123", type(None): "null"}
    return names[type(value)]
