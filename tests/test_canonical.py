"""Canonical JSON is what RFC 8785 says it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical
from ledger.domain.declare import is_typed_dict
from ledger.domain.template import TEMPLATES

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


@pytest.mark.parametrize("value", [Decimal("1.0"), b"bytes", "\ud800", date(2026, 1, 1)])
def test_given_what_is_no_json_then_it_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_no_section_of_any_answer_declares_a_float() -> None:
    """Their canonical form is another, and nothing refuses them."""
    for template in TEMPLATES.values():
        for section in template.sections.values():
            held = set(_held(section.shape))
            assert held and float not in held, section.key


def _held(shape: Any) -> Iterator[Any]:
    within = get_type_hints(shape).values() if is_typed_dict(shape) else get_args(shape)
    if not within:
        yield shape
    for one in within:
        yield from _held(one)
