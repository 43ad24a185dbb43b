"""Facts read from JSON lines: strictly, in bounded memory, with the line at fault."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import Refusal
from ledger.importers.jsonl import LONGEST_LINE, read_lines


def refused(text: bytes) -> Refusal:
    """The first fault of a text, whether it ends the reading or stands in its line's place."""
    try:
        return next(line.fault for line in read_lines(io.BytesIO(text)) if line.fault is not None)
    except Refusal as refused:
        return refused


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    try:
        faults = [line.fault for line in read_lines(io.BytesIO(text)) if line.fault is not None]
    except Refusal as refusal:
        faults = [refusal]
    assert all(fault.line is not None for fault in faults)


def test_comments_and_blank_lines_are_skipped_but_counted() -> None:
    text = b"\xef\xbb\xbf# illustrative\n\n  \r\n" + b'{"a": 1}\r\n  # more\n{"b": 2}'

    assert [(line.number, line.envelope) for line in read_lines(io.BytesIO(text))] == [(4, {"a": 1}), (6, {"b": 2})]


@pytest.mark.parametrize("length, fine", [(LONGEST_LINE - 1, True), (LONGEST_LINE, True), (LONGEST_LINE + 1, False)])
def test_a_line_may_be_so_long_and_no_longer(length: int, fine: bool) -> None:
    line = b'{"x": "' + b"a" * (length - 9) + b'"}'
    assert len(line) == length

    if fine:
        assert len(list(read_lines(io.BytesIO(line)))) == 1
    else:
        assert (refused(b"{}\n" + line).code, refused(b"{}\n" + line).line) == ("LINE_TOO_LONG", 2)


def test_reading_an_endless_line_takes_no_more_memory_than_a_line_may_have() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            memoryview(buffer)[:] = b"x" * len(memoryview(buffer))  # type: ignore[arg-type]
            return len(memoryview(buffer))  # type: ignore[arg-type]

    tracemalloc.start()
    with pytest.raises(Refusal, match="LINE_TOO_LONG"):
        list(read_lines(io.BufferedReader(Endless())))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * LONGEST_LINE


def test_progress_is_told_every_thousand_lines() -> None:
    told: list[int] = []

    list(read_lines(io.BytesIO(b"{}\n" * 2_500), progress=told.append))

    assert told == [1000, 2000]
