"""Terms, whatever they are: parsing, recording and amending agree with each other, and nothing crashes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import messages
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.domain.errors import Refusal
from ledger.domain.money import Fen, fen, yuan
from ledger.domain.template import TEMPLATES
from ledger.domain.terms import amend, document_json, parse_terms, to_register
from ledger.domain.terms_amendment import changes_between
from tests.domain.terms_documents import THIS, faults, with_

RECORDED = document_json(THIS)


def places(value: Any, path: str = "") -> Iterator[str]:
    """Every place in a document, as :func:`with_` takes it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        where = f"{path}/{key}" if path else str(key)
        yield where
        yield from places(below, where)


def dotted(document: Any) -> Iterator[tuple[str, Any]]:
    """Every leaf of a parsed-equal document by the key an amendment gives it."""

    def below(value: Any, stem: str) -> Iterator[tuple[str, Any]]:
        for key, part in value.items():
            where = f"{stem}{key}"
            if isinstance(part, dict):
                yield from below(part, f"{where}.")
            elif isinstance(part, list) and part and isinstance(part[0], dict):
                for row in part:
                    address = row.get("number", row.get("row", row.get("service")))
                    rest = {name: each for name, each in row.items() if each is not address}
                    yield from below(rest, f"{where}.{address}.")
            else:
                yield where, part

    return below(document, "")


PLACES = sorted(places(RECORDED))
LEAVES = sorted(dotted(RECORDED))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["1.00", "2025-12-31"]),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document that holds together: instalments, order lines and a reading drawn, the rest as it is."""
    document = copy.deepcopy(RECORDED)
    lines = []
    for number in range(draw(st.integers(1, 4))):
        price = draw(st.decimals("0.01", "9999", places=2))
        quantity, periods = draw(st.integers(1, 999)), draw(st.integers(1, 60))
        line = {
            "part": "base",
            "service": f"service-{number}",
            "name": draw(st.sampled_from(["云主机", "存储"])),
        }
        product = f"{price * quantity * periods:.2f}"
        rest = {"unit_price": str(price), "quantity": str(quantity), "periods": periods, "total": product}
        lines.append(line | rest)
    total = sum(int(fen(str(line["total"]))) for line in lines)
    first = draw(st.integers(1, total))
    amounts = [first, total - first] if first < total else [total]
    document["order"] = {"lines": lines}
    document["payment"]["total"] = yuan(Fen(total))
    document["payment"]["instalments"] = [
        {"number": number, "amount": yuan(Fen(amount))} for number, amount in enumerate(amounts, 1)
    ]
    reading = draw(st.sampled_from(sorted(READINGS)))
    document["readings"] = {reading: draw(st.sampled_from(list(READINGS[reading].options)))}
    return document


@given(documents())
@settings(max_examples=60, deadline=None)
def test_given_terms_that_hold_together_then_recording_them_changes_nothing(document: dict[str, Any]) -> None:
    terms = parse_terms(document)
    recorded = document_json(document)
    assert parse_terms(recorded) == terms
    assert document_json(json.loads(json.dumps(recorded))) == recorded
    assert sum(each.amount for each in terms.payment.instalments) == terms.payment.total
    assert all(line.unit_price * line.quantity * line.periods == Decimal(line.total) / 100
               for line in terms.order.lines)  # fmt: skip


@given(documents(), st.data())
@settings(max_examples=60, deadline=None)
def test_given_values_amended_to_what_they_are_then_the_terms_are_equal(
    document: dict[str, Any], data: st.DataObject
) -> None:
    changes = dict(data.draw(st.lists(st.sampled_from(sorted(dotted(document), key=str)), min_size=1)))
    assert amend(document, changes) == document_json(document)
    assert parse_terms(amend(document, changes)) == parse_terms(document)


@given(documents(), documents())
def test_given_two_documents_then_what_is_between_them_makes_the_one_of_the_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    shape = TEMPLATES[before["contract"]["template"]].shape
    changes = changes_between(shape, before, after)
    made = amend(before, changes) if changes else before
    for document in (made, after):  # rows that are new are put last
        document["order"]["lines"].sort(key=lambda line: line["service"])
        document["payment"]["instalments"].sort(key=lambda row: row["number"])
    assert parse_terms(made) == parse_terms(after) and changes_between(shape, made, after) == {}


@given(st.dictionaries(st.sampled_from([key for key, _ in LEAVES]), JSON, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_given_any_changes_then_their_order_decides_nothing(changes: dict[str, Any]) -> None:
    def outcome(of: dict[str, Any]) -> object:
        try:
            return amend(RECORDED, of)
        except Refusal as refused:
            return str(refused)

    assert outcome(changes) == outcome(dict(reversed(changes.items())))


@given(st.sampled_from(PLACES), JSON)
@settings(max_examples=300, deadline=None)
def test_given_anything_anywhere_then_it_parses_or_every_fault_is_a_printable_sentence(
    place: str, value: Any
) -> None:
    for fault in faults(with_(place, value, RECORDED)):
        assert messages.refusal(fault, "zh").isprintable()
        assert messages.refusal(fault, "en").isprintable()


@given(JSON | st.builds(with_, st.sampled_from(PLACES), JSON, st.just(RECORDED)))
@settings(max_examples=100, deadline=None)
def test_given_any_document_then_registering_it_keeps_it_or_refuses_it_as_parsing_does(document: Any) -> None:
    found = faults(document)
    try:
        assert to_register(document) == document
    except Refusal as refused:
        assert [(one.code, one.field, repr(one.values)) for one in refused.faults] == [
            (one.code, one.field, repr(one.values)) for one in found
        ]
    else:
        assert not found


@given(JSON)
@settings(max_examples=100, deadline=None)
def test_given_any_document_at_all_then_it_is_refused_with_its_faults(document: Any) -> None:
    assert faults(document)


@given(
    st.dictionaries(st.text(st.sampled_from("payment.instalments.2.amount"), max_size=30), JSON, max_size=3)
)
@settings(max_examples=100, deadline=None)
def test_given_any_keys_then_an_amendment_is_made_or_refused_by_name(changes: dict[str, Any]) -> None:
    try:
        made = amend(RECORDED, changes)
    except Refusal as refused:
        assert refused.code == "AMENDMENT_INVALID"
        assert all(messages.refusal(fault).isprintable() for fault in refused.faults)
    else:
        assert made["contract"]["id"] == RECORDED["contract"]["id"]
