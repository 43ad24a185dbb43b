"""Facts read from JSON lines: strictly, in bounded memory, with the line at fault."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import Refusal
from ledger.importers.jsonl import DEEPEST, LONGEST_LINE, parse, read_lines

EXACT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def refused(text: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(read_lines(io.BytesIO(text)))
    return caught.value


@given(EXACT.filter(lambda value: json.dumps(value).count("[") + json.dumps(value).count("{") <= DEEPEST))
def test_whatever_json_states_exactly_is_read_as_it_is(value: object) -> None:
    assert parse(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    try:
        list(read_lines(io.BytesIO(text)))
    except Refusal as refusal:
        assert refusal.line is not None


def test_comments_and_blank_lines_are_skipped_but_counted() -> None:
    text = b"\xef\xbb\xbf# illustrative\n\n  \r\n" + b'{"a": 1}\r\n  # more\n{"b": 2}'

    assert [(line.number, line.envelope) for line in read_lines(io.BytesIO(text))] == [(4, {"a": 1}), (6, {"b": 2})]


@pytest.mark.parametrize("depth, fine", [(DEEPEST - 1, True), (DEEPEST, True), (DEEPEST + 1, False), (100_000, False)])
def test_nesting_is_bounded(depth: int, fine: bool) -> None:
    text = b"[" * depth + b"]" * depth

    if fine:
        parse(text)
    else:
        with pytest.raises(Refusal, match="JSON_TOO_DEEP"):
            parse(text)


def test_many_brackets_side_by_side_or_in_text_are_no_depth() -> None:
    assert parse(b'["' + b"[" * 100 + b'"' + b", []" * 100 + b"]")


@pytest.mark.parametrize("text, field", [
    (b'{"data": {"amount": 1.5}}', "data.amount"), (b'{"data": {"list": [1, 2e3]}}', "data.list.1"),
    (b'{"data": NaN}', "data"), (b'{"x": -Infinity}', "x"), (b'{"x": 1E400}', "x"),
])  # fmt: skip
def test_floats_are_refused_by_their_field(text: bytes, field: str) -> None:
    found = refused(b"\n" + text)

    assert (found.code, found.line, found.field) == ("JSON_FLOAT", 2, field)


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
