"""What a stream knows, kept up fact by fact, is what reading it whole gives; and nothing breaks admission."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import messages
from ledger.domain.admission import AdmissionState, Admitted, Repeat, admit
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact, What
from ledger.domain.fact_data import parse_data
from ledger.domain.facts.record import FactCorrected, FactRetracted
from ledger.domain.history import resolve
from tests.domain.fact_samples import SAMPLES
from tests.domain.fact_samples import envelope as sample_envelope
from tests.domain.streams import CONTRACT, NOW, Stream, envelope, invoice

# Each step: an invoice, or a correction or retraction of some earlier fact.
_steps = st.lists(
    st.tuples(st.sampled_from("icccrrr"), st.integers(0, 30), st.integers(1, 3), st.booleans()), max_size=25
)


def _step(known: AdmissionState, kind: str, pick: int, number: int, nested: bool) -> dict[str, Any] | None:
    """The envelope of a step; the target of a correction of a correction stays or moves."""
    if kind == "i" or known.version < 2:
        return envelope("InvoiceIssued", "party_b", **invoice(f"INV-{number}"))
    target = 2 + pick % (known.version - 1)
    if kind == "r":
        return envelope("FactRetracted", "party_b", target=known.id_of(target), reason="x")
    entry: Any = known.entries[target - 1]
    if entry.type == "InvoiceIssued":
        data = invoice(f"INV-{number}")
    else:
        other = known.id_of(2 + number % (known.version - 1)) if nested else entry.what.target
        data = {"target": other, "reason": "y"}
        if entry.type == "FactCorrected":
            data["data"] = entry.what.data
    return envelope("FactCorrected", "party_b", target=known.id_of(target), data=data, reason="x")


def _facts(known: AdmissionState) -> list[Fact]:
    return [
        Fact(CONTRACT, seq, known.id_of(seq), entry.ref or str(seq), entry.type, entry.on, entry.day, entry.at,
             entry.by, entry.what, (), 0, "local", seq, "", "", None, entry.actor)
        for seq, entry in enumerate(known.entries, 1)
    ]


@settings(max_examples=120, deadline=None)
@given(_steps)
def test_given_any_corrections_and_retractions_then_no_two_standing_facts_hold_one_identifier(steps: Any) -> None:
    known = Stream().known
    for step in steps:
        sent = _step(known, *step)
        try:
            decided = admit(sent or {}, known, now=NOW)
        except Refusal:
            continue
        assert isinstance(decided, Admitted)
        known.add(decided)
        stand = [fact for fact in resolve(_facts(known)) if fact.type == "InvoiceIssued"]
        identifiers = [fact.what.invoice for fact in stand]  # type: ignore[union-attr]
        assert len(set(identifiers)) == len(identifiers)
        assert known.holders == {("invoice", name): fact.seq for name, fact in zip(identifiers, stand, strict=True)}
        assert _standing(known) == _from_the_last_act_back(known)
    again = AdmissionState(CONTRACT, known.entries)
    assert (again.holders, again.refs) == (known.holders, known.refs)
    assert _standing(again) == _standing(known)


def _standing(known: AdmissionState) -> dict[int, What]:
    return {seq: known.what(seq) for seq in range(1, known.version + 1) if seq not in known.standing.gone}


def _from_the_last_act_back(known: AdmissionState) -> dict[int, What]:
    """What stands, worked out from nothing: the latest act first, so that each is itself settled when it acts."""
    gone: set[int] = set()
    whats: dict[int, What] = {}
    for seq in range(known.version, 0, -1):
        what: Any = whats.get(seq, known.entries[seq - 1].what)
        if seq in gone or not isinstance(what, FactCorrected | FactRetracted):
            continue
        target = known.seq_of(what.target, seq)
        if target is not None and isinstance(what, FactRetracted):
            gone.add(target)
        elif target is not None:
            whats.setdefault(target, parse_data(known.entries[target - 1].type, what.data))
    return {seq: whats.get(seq, known.entries[seq - 1].what) for seq in range(1, known.version + 1) if seq not in gone}


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(("party_a", "terms", f"{CONTRACT}#1", "2026-01-01", "0.5", "-1", "INV-1")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_given_any_json_anywhere_then_it_is_admitted_or_refused_in_words(type_: str, data: st.DataObject) -> None:
    stream = Stream(items=["INV-1"])
    sent: Any = copy.deepcopy(sample_envelope(type_))
    places = (sent, sent["data"], sent["documents"][0])
    for _ in range(data.draw(st.integers(1, 3))):
        place = places[data.draw(st.integers(0, 2))]
        place[data.draw(st.sampled_from((*place, "x")))] = data.draw(_json)
    try:
        decided = stream.decide(sent)
    except Refusal as refused:
        for lang in ("zh", "en"):
            assert messages.refusal(refused, lang)
        return
    assert isinstance(decided, Admitted | Repeat)


@given(_json)
def test_given_any_json_as_an_envelope_then_it_is_refused(sent: Any) -> None:
    try:
        admit(sent, Stream().known, now=NOW)
    except Refusal as refused:
        assert messages.refusal(refused, "zh") and messages.refusal(refused, "en")
    else:
        raise AssertionError("admitted")


def test_given_the_terms_as_amended_then_they_are_those_of_every_amendment_standing() -> None:
    stream = Stream()
    agreed = {"confirmed_by": ["party_a", "party_b"], "summary": "x"}
    stream.tell("AmendmentAgreed", "party_a", on="2026-03-02", changes={"periods.rework_days": 50}, ref="a", **agreed)
    stream.tell("AmendmentAgreed", "party_a", on="2026-03-01", changes={"periods.rework_days": 40}, **agreed)
    assert stream.known.document()["periods"]["rework_days"] == 50
    stream.tell("FactCorrected", "party_a", target="a", on_="2026-02-01", reason="x",
                data={"changes": {"periods.rework_days": 51}, **agreed})
    assert stream.known.document()["periods"]["rework_days"] == 40
    stream.tell("FactRetracted", "party_a", target="3", reason="x")
    assert stream.known.document()["periods"]["rework_days"] == 51


def test_given_an_amendment_that_adds_a_service_then_it_may_be_performed() -> None:
    stream = Stream()
    stream.tell("ServicePerformed", "party_b", service="host-scan", units=1)
    with pytest.raises(Refusal, match="SERVICE_UNKNOWN"):
        stream.tell("ServicePerformed", "party_b", service="tea", units=1)
    line = {"part": "base", "name": "茶", "unit_price": "0", "quantity": "1", "periods": 12, "total": "0.00"}
    stream.tell("AmendmentAgreed", "party_a", changes={"order.lines.tea": line}, summary="x",
                confirmed_by=["party_a", "party_b"])
    stream.tell("ServicePerformed", "party_b", service="tea", units=1)


def test_given_a_fact_of_each_type_then_known_holds_what_it_introduces() -> None:
    for type_, row in TYPES.items():
        if row.introduces is not None:
            known = Stream().known
            kind, field = row.introduces
            what = parse_data(type_, SAMPLES[type_][1])
            known.add(Admitted(type_, "2026-01-01", date(2026, 1, 1), 0, row.actors[0], None, what, (), row.actors[0]))
            assert known.holders == {(kind, SAMPLES[type_][1][field]): 2}
