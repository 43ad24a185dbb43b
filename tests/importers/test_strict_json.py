"""JSON read strictly: the same text is read alike, or refused alike, as a line of a file and as a request body."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import strict_json as body
from ledger.domain.errors import Refusal
from ledger.importers.jsonl import read_lines
from ledger.importers.strict_json import DEEPEST, parse
from ledger.messages import say

EXACT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
FLAWED = [
    (b'{"a": "\xff"}', "NOT_UTF8", None),
    (b'{"a": 1', "JSON_BROKEN", None),
    (b'{"a": 1} {"a": 2}', "JSON_BROKEN", None),
    (b'{"a": 1,}', "JSON_BROKEN", None),
    (b"{'a': 1}", "JSON_BROKEN", None),
    (b'{"a": 01}', "JSON_BROKEN", None),
    (b'{"a": "\x07"}', "JSON_BROKEN", None),
    (b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "JSON_TOO_DEEP", None),
    (b'{"a":' + b"[" * 100_000, "JSON_TOO_DEEP", None),
    (b'{"a": 1' + b"0" * 5000 + b"}", "JSON_NUMBER_LONG", None),
    (b'{"a": 1, "b": 2, "a": 1}', "JSON_KEY_TWICE", "a"),
    (b'{"a": [0, {"b": {"c": 1, "\\u0063": 1}}]}', "JSON_KEY_TWICE", "a.1.b.c"),
    (b'{"a": {"b": 1, "b": 1}, "a": 1}', "JSON_KEY_TWICE", "a"),
    (b'{"data": {"amount": 1.5}}', "JSON_FLOAT", "data.amount"),
    (b'{"data": {"list": [1, 2e3]}}', "JSON_FLOAT", "data.list.1"),
    (b'{"data": NaN}', "JSON_FLOAT", "data"),
    (b'{"x": -Infinity}', "JSON_FLOAT", "x"),
    (b'{"x": 1E400}', "JSON_FLOAT", "x"),
    (b'{"x": 1.5', "JSON_BROKEN", None),
    (b'{"a": [1, "\\ud800"]}', "TEXT_FORBIDDEN", "a.1"),
    (b'{"a": "\\uDE00\\uD83D"}', "TEXT_FORBIDDEN", "a"),
    (b'{"a": {"x\\udfff": 1}}', "TEXT_FORBIDDEN", "a.x\\udfff"),
]


def refusal_of(text: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(text)
    return caught.value


@given(EXACT.filter(lambda value: json.dumps(value).count("[") + json.dumps(value).count("{") <= DEEPEST))
def test_whatever_json_states_exactly_is_read_as_it_is(value: object) -> None:
    assert parse(json.dumps(value).encode()) == value


@given(st.binary(max_size=200) | EXACT.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    try:
        parse(text)
    except Refusal as refused:
        assert say(refused.code, "en", **refused.values)


@pytest.mark.parametrize(("text", "code", "field"), FLAWED)
def test_a_flaw_has_the_same_code_and_sentence_on_a_line_and_in_a_body(
    text: bytes, code: str, field: str | None
) -> None:
    line = next(read_lines(io.BytesIO(b"\n" + text))).fault
    assert line is not None
    with pytest.raises(Refusal) as sent:
        body.parse(text)

    assert (line.code, line.field, line.line) == (code, field, 2)
    assert (sent.value.code, sent.value.field) == (code, field or "body")
    for lang in ("zh", "en"):
        assert say(code, lang, **line.values) == say(code, lang, **sent.value.values)


@pytest.mark.parametrize("depth, fine", [(DEEPEST - 1, True), (DEEPEST, True), (DEEPEST + 1, False), (100_000, False)])
def test_nesting_is_bounded(depth: int, fine: bool) -> None:
    text = b"[" * depth + b"]" * depth

    if fine:
        parse(text)
    else:
        assert refusal_of(text).code == "JSON_TOO_DEEP"


@pytest.mark.parametrize("depth", [DEEPEST + 1, 500, 900])
def test_a_float_in_an_abyss_is_no_defect(depth: int) -> None:
    assert refusal_of(b"[" * depth + b"1.5" + b"]" * depth).code == "JSON_TOO_DEEP"


def test_many_brackets_side_by_side_or_in_text_are_no_depth() -> None:
    assert parse(b'["' + b"[" * 100 + b'"' + b", []" * 100 + b"]")


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert parse(b'["\\ud83d\\ude00", "\\ud55c", "\\\\ud800"]') == ["\U0001f600", "\ud55c", "\\ud800"]


def test_where_a_text_of_several_lines_is_broken_is_said_by_line_and_character() -> None:
    refused = refusal_of(b'{"a": 1,\n "b" 2}')

    assert (refused.code, refused.line, refused.values) == ("JSON_BROKEN", 2, {"column": 6})


def test_a_key_is_shown_short_and_printable() -> None:
    refused = refusal_of(b'{"\\u202e' + b"k" * 100 + b'": 1.5}')

    assert refused.field == "\\u202e" + "k" * 53 + "…"
