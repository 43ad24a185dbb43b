"""Canonical JSON is what RFC 8785 says it is."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.projections.status import canonical

TEXT = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_given_any_answer_then_its_canonical_form_is_the_standards_and_says_the_same(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("value", [Decimal("1.0"), b"bytes", "\ud800", float("nan")])
def test_given_what_is_no_json_then_it_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)
