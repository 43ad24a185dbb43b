"""May this fact be recorded? Refused is what cannot be true of this contract, and only that."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest

from ledger import messages
from ledger.domain.admission import AdmissionState, Admitted, Repeat
from ledger.domain.fact import ROLES, TYPES
from ledger.domain.fact_faults import fact_faults
from ledger.domain.template import TEMPLATES
from tests import operations
from tests.domain.fact_samples import SAMPLES
from tests.domain.streams import BOTH, CONTRACT, NOW, Stream, envelope, invoice
from tests.domain.terms_documents import THREE_YEARS, with_

OF_THE_LOG = frozenset(name for name, row in TYPES.items() if row.ledgers)

DIGEST = "0" * 64
SO_MANY = {"month": "2026-02", "committed": 6, "actual": 5}


@pytest.fixture
def stream() -> Stream:
    return Stream()


def data_of(type_: str) -> dict[str, Any]:
    data = dict(SAMPLES[type_][1])
    return data | {"on_": data.pop("on")} if "on" in data else data


def outage(incident: str = "INC-1", **measures: Any) -> dict[str, Any]:
    return {"incident": incident, "kind": "outage", **measures}


def notice(number: str = "N-1", **more: Any) -> dict[str, Any]:
    return {"notice": number, "ground": "backup", "demand": "修复备份", "deadline": "2026-04-01", **more}


# --- the envelope ----------------------------------------------------------------------------------

def test_given_an_envelope_that_is_no_object_then_it_is_refused(stream: Stream) -> None:
    for sent in (None, [], "fact", 7, [envelope("LeaseStarted", "party_a")]):
        stream.refuse_envelope("FIELD_TYPE", None, sent)


@pytest.mark.parametrize("key", ["type", "on", "by"])
def test_given_an_envelope_without_a_key_then_it_is_named(stream: Stream, key: str) -> None:
    sent = envelope("LeaseStarted", "party_a")
    del sent[key]
    stream.refuse_envelope("FIELD_MISSING", key, sent)


@pytest.mark.parametrize("key", ["type", "on", "by", "ref", "data", "documents"])
@pytest.mark.parametrize("value", [None, 1, 1.5, True, math.nan, ("x",)])
def test_given_an_envelope_with_a_wrong_type_then_the_key_is_named(stream: Stream, key: str, value: object) -> None:
    stream.refuse_envelope("FIELD_TYPE", key, envelope("LeaseStarted", "party_a") | {key: value})


def test_given_an_unknown_key_then_it_is_refused_and_the_ledgers_own_say_so(stream: Stream) -> None:
    stream.refuse_envelope("FIELD_UNKNOWN", "when", envelope("LeaseStarted", "party_a") | {"when": "now"})
    for key in ("seq", "id", "position", "recorded_at", "recorded_by", "digest", "prev", "contract"):
        stream.refuse_envelope("FIELD_IS_LEDGERS", key, envelope("LeaseStarted", "party_a") | {key: "x"})


def test_given_a_type_without_data_then_data_may_be_left_out(stream: Stream) -> None:
    decided = stream.decide({"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a"})
    assert isinstance(decided, Admitted) and decided.ref is None
    without = {"type": "ContractSigned", "on": "2025-12-01", "by": "party_a"}
    stream.refuse_envelope("FIELD_MISSING", "data.party", without)


def test_given_an_unknown_type_or_role_then_it_is_refused(stream: Stream) -> None:
    stream.refuse("FACT_UNKNOWN_TYPE", "type", "TeaServed", "party_a")
    stream.refuse("ROLE_UNKNOWN", "by", "LeaseStarted", "party_c")
    stream.refuse("ROLE_UNKNOWN", "by", "LeaseStarted", "\u202eparty_a")


@pytest.mark.parametrize(("on", "code"), [
    ("2025-11-24T09:30:00", "TIME_WITHOUT_OFFSET"), ("2025-02-29", "DATE_INVALID"), ("2025-13-01", "DATE_INVALID"),
    ("2025-11-24T25:00:00Z", "DATE_INVALID"), ("24.11.2025", "DATE_INVALID"), ("", "DATE_INVALID"),
    ("20251124", "DATE_INVALID"), ("2025-W48-1", "DATE_INVALID"), ("2025-11-24T09:30:00+0800", "DATE_INVALID"),
    ("1948-12-31", "DATE_RANGE"), ("2200-01-01", "DATE_RANGE"), ("2025-11-24\n", "DATE_INVALID"),
    ("２０２５-11-24", "DATE_INVALID"),
])
def test_given_an_on_that_is_no_moment_then_it_is_refused(stream: Stream, on: str, code: str) -> None:
    stream.refuse(code, "on", "LeaseStarted", "party_a", on=on)


def test_given_an_on_after_the_recording_moment_then_it_is_refused(stream: Stream) -> None:
    stream.tell("LeaseStarted", "party_a", on="2026-11-22")
    stream.tell("LeaseStarted", "party_a", on="2026-11-22T14:00:00+08:00")
    stream.tell("LeaseStarted", "party_a", on="2026-11-22T06:00:00Z")
    stream.refuse("ON_IN_FUTURE", "on", "LeaseStarted", "party_a", on="2026-11-23")
    stream.refuse("ON_IN_FUTURE", "on", "LeaseStarted", "party_a", on="2026-11-22T14:00:00.000001+08:00")


def test_given_a_role_that_may_not_assert_a_type_then_it_is_refused(stream: Stream) -> None:
    for row in TYPES.values():
        code = "SIGNATURE_BY_NON_PARTY" if row.name == "ContractSigned" else "BY_NOT_ALLOWED"
        for role in set(ROLES) - set(row.actors):
            stream.refuse(code, "by", row.name, role, **data_of(row.name))


def test_given_a_party_then_it_says_what_any_role_did_that_may_do_it(stream: Stream) -> None:
    leased = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a"}
    assert stream.decide(leased).actor == stream.decide(leased | {"actor": "party_a"}).actor == "party_a"
    assert stream.decide(leased | {"actor": "party_b"}).actor == "party_b"
    deployed = {"type": "ResourcesDeployed", "on": "2025-12-01", "by": "party_a"}
    assert stream.decide(deployed | {"actor": "party_b"}).by == "party_a"
    stream.refuse_envelope("BY_NOT_ALLOWED", "by", deployed)
    stream.refuse_envelope("ACTOR_NOT_ALLOWED", "actor", deployed | {"actor": "party_a"})
    stream.refuse_envelope("ROLE_UNKNOWN", "actor", deployed | {"actor": "party_c"})
    stream.refuse_envelope("FIELD_TYPE", "actor", deployed | {"actor": None})


def test_given_two_roles_there_are_not_then_both_are_named() -> None:
    told = {"type": "ResourcesDeployed", "on": "2025-12-01", "by": "emperor", "actor": "empress"}
    for type_ in ("ResourcesDeployed", "Coronation"):
        faults = [(fault.code, fault.field) for fault in fact_faults(told | {"type": type_}, NOW)]
        assert [one for one in faults if one[1] != "type"] == [("ROLE_UNKNOWN", "by"), ("ROLE_UNKNOWN", "actor")]


@pytest.mark.parametrize("by", ["supervisor", "integrator", "administrator"])
def test_given_another_role_then_it_says_only_what_it_did_itself(stream: Stream, by: str) -> None:
    stream.refuse_envelope("BY_SAYS_OF_ANOTHER", "actor", {
        "type": "ResourcesDeployed", "on": "2025-12-01", "by": by, "actor": "party_b",
    })  # fmt: skip


@pytest.mark.parametrize("type_", ["FactCorrected", "FactRetracted", "FactAcknowledged", "FactContested"])
def test_given_a_word_about_a_fact_then_nobody_says_it_for_another(stream: Stream, type_: str) -> None:
    stream.tell("StaffingReported", "party_b", ref="staff", **SO_MANY)
    data = {"target": "staff", "reason": "x"} | ({"data": SO_MANY} if type_ == "FactCorrected" else {})
    stream.refuse_envelope("BY_SAYS_OF_ANOTHER", "actor", {
        "type": type_, "on": "2026-03-02", "by": "party_a", "actor": "party_b", "data": data,
    })  # fmt: skip


def test_given_a_ref_again_with_another_actor_then_it_is_a_conflict(stream: Stream) -> None:
    leased = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "ref": "lease"}
    stream.tell("LeaseStarted", "party_a", "2025-12-01", "lease")
    assert isinstance(stream.decide(leased | {"actor": "party_a"}), Repeat)
    stream.refuse_envelope("REF_CONFLICT", "ref", leased | {"actor": "party_b"})


def test_given_an_auditor_then_nothing_may_be_asserted_but_an_export(stream: Stream) -> None:
    assert [row.name for row in TYPES.values() if "auditor" in row.actors] == ["EvidenceExported"]
    stream.tell("EvidenceExported", "auditor", scope="全部", facts=1)


@pytest.mark.parametrize(("documents", "code", "field"), [
    ({}, "FIELD_TYPE", "documents"),
    ([None], "FIELD_TYPE", "documents.0"),
    ([{"name": "a", "media_type": "a/b"}], "FIELD_MISSING", "documents.0.sha256"),
    ([{"sha256": DIGEST, "media_type": "a/b"}], "FIELD_MISSING", "documents.0.name"),
    ([{"sha256": DIGEST, "name": "a"}], "FIELD_MISSING", "documents.0.media_type"),
    ([{"sha256": "0" * 63, "name": "a", "media_type": "a/b"}], "DIGEST_INVALID", "documents.0.sha256"),
    ([{"sha256": DIGEST, "name": "a\u202eb", "media_type": "a/b"}], "TEXT_FORBIDDEN", "documents.0.name"),
    ([{"sha256": DIGEST, "name": "a", "media_type": "ab"}], "MEDIA_TYPE_INVALID", "documents.0.media_type"),
    ([{"sha256": DIGEST, "name": "a", "media_type": "a/b", "size": 5}], "FIELD_UNKNOWN", "documents.0.size"),
    ([{"sha256": DIGEST, "name": "a", "media_type": "a/b"}] * 101, "LIST_LENGTH", "documents"),
])
def test_given_bad_documents_then_the_place_is_named(stream: Stream, documents: Any, code: str, field: str) -> None:
    stream.refuse_envelope(code, field, envelope("LeaseStarted", "party_a") | {"documents": documents})


def test_given_types_that_are_never_recorded_in_a_contract_then_they_are_refused(stream: Stream) -> None:
    for ref in (None, "terms"):
        stream.refuse("REGISTRATION_ONLY_FIRST", "type", "ContractRegistered", "party_a", ref=ref,
                      **SAMPLES["ContractRegistered"][1])
    stream.refuse("CALENDAR_NOT_OF_CONTRACT", "type", "CalendarPublished", "administrator",
                  **SAMPLES["CalendarPublished"][1])
    for name in OF_THE_LOG:
        stream.refuse("LOG_NOT_OF_CONTRACT", "type", name, "administrator", **SAMPLES[name][1])


# --- ref -------------------------------------------------------------------------------------------

def test_given_the_same_ref_and_content_then_the_first_is_answered_and_nothing_added(stream: Stream) -> None:
    seq = stream.tell("InvoiceIssued", "party_b", ref="inv", on="2025-11-24", **invoice())
    for same in (
        envelope("InvoiceIssued", "party_b", "2025-11-24", "inv", **invoice()),
        envelope("InvoiceIssued", "party_b", "2025-11-24T00:00:00+08:00", "inv", **invoice()),
        envelope("InvoiceIssued", "party_b", "2025-11-24", "inv", **invoice() | {"tax_rate": "0.060"}),
        envelope("InvoiceIssued", "party_b", "2025-11-24", "inv", **invoice()) | {"documents": []},
    ):
        decided = stream.decide(same)
        assert isinstance(decided, Repeat)
        assert (decided.seq, decided.first) == (seq, stream.known.entries[seq - 1])


def test_given_the_same_ref_and_other_content_then_it_is_a_conflict(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", on="2025-11-24", **invoice())
    sent = envelope("InvoiceIssued", "party_b", "2025-11-24", "inv", **invoice())
    file = {"sha256": DIGEST, "name": "a", "media_type": "a/b"}
    for other in (
        sent | {"on": "2025-11-25"}, sent | {"data": invoice("INV-2")}, sent | {"documents": [file]},
        sent | {"type": "LeaseStarted", "data": {}}, sent | {"data": invoice(amount="1843129.05")},
    ):
        refused = stream.refuse_envelope("REF_CONFLICT", "ref", other)
        assert refused.values == {"ref": "inv", "first": f"{CONTRACT}#2"}
    stream.tell("LeaseStarted", "party_a", ref="lease")
    stream.refuse("REF_CONFLICT", "ref", "LeaseStarted", "party_b", ref="lease")


def test_given_a_repeated_correction_then_its_data_compare_by_value(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice())
    said = {"target": "inv", "data": invoice(amount="5"), "reason": "笔误"}
    stream.tell("FactCorrected", "party_b", ref="fix", **said)
    again = {"target": f"{CONTRACT}#2", "data": invoice(amount="5.00"), "reason": "笔误"}
    assert isinstance(stream.decide(envelope("FactCorrected", "party_b", "2026-03-01", "fix", **again)), Repeat)
    for other in ({"reason": "x"}, {"on_": "2026-01-01"}, {"data": invoice(amount="6")}, {"target": "terms"}):
        stream.refuse("REF_CONFLICT", "ref", "FactCorrected", "party_b", ref="fix", **again | other)


def test_given_no_ref_then_the_seq_serves_or_the_id_where_a_client_took_the_number(stream: Stream) -> None:
    stream.tell("LeaseStarted", "party_a")
    stream.tell("LeaseStarted", "party_a", ref="4")
    decided = stream.decide(envelope("LeaseStarted", "party_b"))
    assert isinstance(decided, Admitted) and decided.ref == f"{CONTRACT}#4"
    stream.known.add(decided)
    assert stream.known.refs == {"terms": 1, "2": 2, "4": 3, f"{CONTRACT}#4": 4}
    assert [stream.known.seq_of(name) for name in ("4", f"{CONTRACT}#4", "#4", "#3", "3")] == [3, 4, 4, 3, 3]


def test_given_a_ref_that_is_no_key_then_it_is_refused(stream: Stream) -> None:
    for ref in (" a b", "a b ", "x" * 129, "\u202ex", "\n"):
        stream.refuse("IDENTIFIER_INVALID", "ref", "LeaseStarted", "party_a", ref=ref)
    for ref in (f"{CONTRACT}#7", f"{CONTRACT}#1"):
        stream.refuse("REF_IS_AN_ID", "ref", "LeaseStarted", "party_a", ref=ref)
    stream.tell("LeaseStarted", "party_a", ref="另一合同#1")


# --- identifiers -----------------------------------------------------------------------------------

OPERATIONS = TEMPLATES["it-operations-maintenance"]
NAMING = [
    (row, kind, field) for row in TYPES.values()
    for kind, field in (*((row.subject,) if row.subject else ()), *row.mentions) if kind != "about"
]


def named_in(data: dict[str, Any], field: str) -> list[tuple[str, Any]]:
    """The identifiers in a field, or in a field of its records, each with its path."""
    field, _, inner = field.partition(".")
    value = data.get(field, [])
    if not isinstance(value, list):
        return [(field, value)]
    return [
        (f"{field}.{index}.{inner}", one[inner]) if inner else (f"{field}.{index}", one)
        for index, one in enumerate(value)
    ]


@pytest.mark.parametrize(("row", "kind", "field"), NAMING, ids=lambda value: getattr(value, "name", value))
def test_given_a_fact_that_names_what_nobody_introduced_then_it_is_refused(
    stream: Stream, row: Any, kind: str, field: str
) -> None:
    data = SAMPLES[row.name][1]
    if row.name in OPERATIONS.own:
        stream = Stream(operations.terms())
    if row.name == "PaymentMade" and field == "invoice":
        data = {"payment": "PAY-1", "invoice": "INV-1", "amount": "1.00"}
    for other_kind, other_field in [naming[1:] for naming in NAMING if naming[0] is row]:
        if other_field != field:
            for _, value in named_in(data, other_field):
                stream.known.holders[other_kind, value] = stream.known.ever[other_kind, value] = 1
    path, _ = named_in(data, field)[0]
    stream.refuse("ID_UNKNOWN", f"data.{path}", row.name, row.actors[0], "2026-04-01", **data)


def test_given_an_identifier_used_twice_then_it_is_refused_and_the_first_use_is_named(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", **invoice())
    refused = stream.refuse("ID_USED", "data.invoice", "InvoiceIssued", "party_b", **invoice(amount="5"))
    assert refused.values["fact"] == f"{CONTRACT}#2"
    stream.tell("PaymentMade", "party_a", payment="INV-1", invoice="INV-1", amount="1")  # another kind


def test_given_a_retracted_fact_then_its_identifier_is_free_again_and_cannot_be_named(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="first", **invoice())
    stream.tell("FactRetracted", "party_b", target="first", reason="重复")
    stream.refuse("ID_RETRACTED", "data.invoice", "PaymentMade", "party_a", payment="P", invoice="INV-1", amount="1")
    second = stream.tell("InvoiceIssued", "party_b", **invoice(amount="5"))
    assert stream.known.holders["invoice", "INV-1"] == second
    stream.tell("PaymentMade", "party_a", payment="P", invoice="INV-1", amount="1")


def test_given_a_retraction_retracted_then_the_identifier_is_taken_again(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="first", **invoice())
    stream.tell("FactRetracted", "party_b", ref="gone", target="first", reason="重复")
    stream.tell("FactRetracted", "party_b", ref="back", target="gone", reason="并不重复")
    stream.refuse("ID_USED", "data.invoice", "InvoiceIssued", "party_b", **invoice())
    stream.tell("FactRetracted", "party_b", target="back", reason="还是重复")
    stream.tell("InvoiceIssued", "party_b", **invoice())


def test_given_the_identifier_was_taken_meanwhile_then_a_retraction_cannot_be_retracted(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="first", **invoice())
    stream.tell("FactRetracted", "party_b", ref="gone", target="first", reason="重复")
    stream.tell("InvoiceIssued", "party_b", ref="second", **invoice())
    refused = stream.refuse("ID_USED", "data.target", "FactRetracted", "party_b", target="gone", reason="x")
    assert refused.values["fact"] == f"{CONTRACT}#4"
    stream.tell("FactRetracted", "party_b", target="second", reason="x")
    stream.tell("FactRetracted", "party_b", target="gone", reason="x")
    assert stream.known.holders["invoice", "INV-1"] == 2


def test_given_two_retractions_then_the_fact_is_back_only_when_both_are_retracted(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="first", **invoice())
    for ref in ("gone-1", "gone-2"):
        stream.tell("FactRetracted", "party_b", ref=ref, target="first", reason="x")
    stream.tell("FactRetracted", "party_b", target="gone-1", reason="x")
    assert ("invoice", "INV-1") not in stream.known.holders
    stream.tell("FactRetracted", "party_b", target="gone-2", reason="x")
    assert stream.known.holders["invoice", "INV-1"] == 2


# --- the agreement ---------------------------------------------------------------------------------

def test_given_a_signature_then_it_is_a_partys_own(stream: Stream) -> None:
    stream.tell("ContractSigned", "party_a", party="party_a")
    stream.refuse("SIGNATURE_OF_ANOTHER", "data.party", "ContractSigned", "party_a", party="party_b")
    stream.refuse("SIGNATURE_BY_NON_PARTY", "data.party", "ContractSigned", "party_a", party="supervisor")
    stream.refuse("SIGNATURE_BY_NON_PARTY", "by", "ContractSigned", "supervisor", party="supervisor")
    told: dict[str, Any] = {"type": "ContractSigned", "on": "2025-11-20", "by": "party_a", "actor": "party_b"}
    assert stream.decide(told | {"data": {"party": "party_b"}}).actor == "party_b"
    stream.refuse_envelope("SIGNATURE_OF_ANOTHER", "data.party", told | {"data": {"party": "party_a"}})
    stream.refuse_envelope("SIGNATURE_BY_NON_PARTY", "actor", told | {"actor": "supervisor"})


@pytest.mark.parametrize("answer", ["ProposalAccepted", "ProposalRejected"])
def test_given_a_proposal_then_only_the_other_party_answers_it(stream: Stream, answer: str) -> None:
    stream.tell("RenewalProposed", "party_b", proposal="P-1", ends_on="2027-12-01")
    stream.refuse("PROPOSAL_ANSWERED_BY_PROPOSER", "by", answer, "party_b", proposal="P-1")
    told: dict[str, Any] = {"type": answer, "on": "2026-03-01", "by": "party_a", "data": {"proposal": "P-1"}}
    stream.refuse_envelope("PROPOSAL_ANSWERED_BY_PROPOSER", "actor", told | {"actor": "party_b"})
    stream.tell(answer, "party_a", proposal="P-1")


def test_given_an_amendment_then_the_terms_follow_and_must_hold_together(stream: Stream) -> None:
    agreed = {"confirmed_by": BOTH, "summary": "变更"}
    stream.tell("AmendmentAgreed", "party_a", changes={"periods.rework_days": 45}, **agreed)
    assert stream.known.document()["periods"]["rework_days"] == 45
    refused = stream.refuse("TERMS_INVALID", "data.changes", "AmendmentAgreed", "party_a",
                            changes={"payment.total": "1.00"}, **agreed)
    assert {fault.field for fault in refused.faults} == {"payment.instalments", "order.lines"}
    stream.refuse("AMENDMENT_INVALID", "data.changes", "AmendmentAgreed", "party_a", changes={"tea": 1}, **agreed)
    stream.refuse("CONFIRMATION_INCOMPLETE", "data.confirmed_by", "AmendmentAgreed", "party_a", changes={},
                  summary="x", confirmed_by=["party_a"])


def test_given_amendments_recorded_out_of_order_then_they_are_made_in_the_order_of_their_days(stream: Stream) -> None:
    agreed = {"confirmed_by": BOTH, "summary": "变更"}
    third = {"number": 3, "amount": "0.01"}
    changes: dict[str, Any] = {"payment.instalments.3": third, "payment.instalments.2.amount": "460782.25"}
    stream.tell("AmendmentAgreed", "party_a", on="2026-05-01", changes=changes, ref="add", **agreed)
    stream.tell("AmendmentAgreed", "party_a", on="2026-06-01",
                changes={"payment.instalments.3.requires": ["stage-review"]}, ref="name", **agreed)
    stream.refuse("AMENDMENT_INVALID", "data.changes", "AmendmentAgreed", "party_a", on="2026-04-30",
                  changes={"payment.instalments.3.requires": []}, **agreed)
    refused = stream.refuse("AMENDMENT_INVALID", "data.target", "FactRetracted", "party_a", target="add", reason="x")
    assert refused.faults[0].code == "AMENDMENT_ROW_UNKNOWN"
    stream.refuse("AMENDMENT_INVALID", "data.target", "FactCorrected", "party_a", target="add", on_="2026-07-01",
                  data={"changes": changes, **agreed}, reason="x")
    stream.tell("FactRetracted", "party_a", target="name", reason="x")
    stream.tell("FactRetracted", "party_a", target="add", reason="x")
    assert len(stream.known.document()["payment"]["instalments"]) == 2


def test_given_a_reading_then_it_and_its_option_must_exist(stream: Stream) -> None:
    stream.tell("ReadingAgreed", "party_a", reading="lapse", option="never", confirmed_by=BOTH)
    stream.refuse("READING_UNKNOWN", "data.reading", "ReadingAgreed", "party_a", reading="tea", option="never",
                  confirmed_by=BOTH)
    stream.refuse("READING_OPTION_UNKNOWN", "data.option", "ReadingAgreed", "party_a", reading="lapse",
                  option="sometimes", confirmed_by=BOTH)


def test_given_damages_then_their_items_must_exist_and_are_asked_for_only_then() -> None:
    stream = Stream(items=["a2-r7:sl-1"])
    stream.tell("LeaseStarted", "party_a")
    assert stream.asked == 0
    stream.tell("DamagesAgreed", "party_a", items=["a2-r7:sl-1"], amount="1", confirmed_by=BOTH)
    stream.tell("DamagesSettled", "party_b", items=["a2-r7:sl-1"], amount="1", manner="paid")
    for type_, more in (("DamagesAgreed", {"confirmed_by": BOTH}), ("DamagesSettled", {"manner": "paid"})):
        stream.refuse("ITEM_UNKNOWN", "data.items.1", type_, "party_a", items=["a2-r7:sl-1", "a9-r9:x"], amount="1",
                      **more)


def test_given_a_service_then_it_is_one_of_the_order_where_there_is_one(stream: Stream) -> None:
    stream.tell("ServicePerformed", "party_b", service="host-scan", units=1)
    stream.refuse("SERVICE_UNKNOWN", "data.service", "ServicePerformed", "party_b", service="tea", units=1)
    without = Stream(with_("contract/id", CONTRACT, THREE_YEARS))
    if not without.known.document().get("order"):
        without.tell("ServicePerformed", "party_b", service="tea", units=1)


# --- incidents and notices -------------------------------------------------------------------------

def test_given_an_assessment_then_its_measures_are_those_of_the_incidents_kind(stream: Stream) -> None:
    stream.tell("IncidentReported", "party_a", **outage(), ref="inc")
    stream.tell("IncidentAssessed", "supervisor", incident="INC-1", duration_minutes=130, consequence="major")
    stream.refuse("MEASURE_OF_OTHER_KIND", "data.core_data", "IncidentAssessed", "party_a", incident="INC-1",
                  core_data=True)
    stream.tell("FactCorrected", "party_a", target="inc", data={"incident": "INC-1", "kind": "data_loss"}, reason="x")
    stream.tell("IncidentAssessed", "party_a", incident="INC-1", core_data=True)
    stream.refuse("MEASURE_OF_OTHER_KIND", "data.scope", "IncidentAssessed", "party_a", incident="INC-1",
                  scope="platform")


def test_given_an_unheeded_notice_then_it_is_one_of_the_supervisors(stream: Stream) -> None:
    stream.tell("RectificationNoticeIssued", "supervisor", **notice("S-1"))
    stream.tell("RectificationNoticeIssued", "party_a", **notice("A-1"))
    stream.tell("IncidentReported", "party_a", **outage(unheeded_notice="S-1"))
    for type_, data in (("IncidentReported", outage("INC-2")), ("IncidentAssessed", {"incident": "INC-1"})):
        stream.refuse("NOTICE_NOT_SUPERVISORS", "data.unheeded_notice", type_, "party_a",
                      **{**data, "unheeded_notice": "A-1"})
        stream.refuse("ID_UNKNOWN", "data.unheeded_notice", type_, "party_a", **{**data, "unheeded_notice": "X"})


def test_given_a_notice_then_only_its_issuer_rejects_what_was_done(stream: Stream) -> None:
    stream.tell("RectificationNoticeIssued", "supervisor", **notice())
    stream.tell("RectificationCompleted", "party_b", notice="N-1")
    for by in ("party_a", "administrator"):
        stream.refuse("REJECTED_BY_ANOTHER", "by", "RectificationRejected", by, notice="N-1", reason="x")
    stream.tell("RectificationRejected", "supervisor", notice="N-1", reason="复测未过")


@pytest.mark.parametrize("about", ["SO-1", "scale", f"{CONTRACT}#2", "assessment", "terms"])
def test_given_what_a_notice_is_about_then_a_request_a_fact_and_the_assessments_will_do(
    stream: Stream, about: str
) -> None:
    stream.tell("ScaleOutRequested", "party_a", request="SO-1", ref="scale")
    stream.tell("RectificationNoticeIssued", "administrator", **notice(about=about))


def test_given_a_notice_or_document_about_nothing_known_then_it_is_refused(stream: Stream) -> None:
    file = {"sha256": DIGEST, "name": "a", "media_type": "a/b"}
    for about in ("SO-1", f"{CONTRACT}#2", f"{CONTRACT}#0", f"{CONTRACT}#01", "other#1"):
        stream.refuse("ABOUT_UNKNOWN", "data.about", "RectificationNoticeIssued", "party_a", **notice(about=about))
        stream.refuse("ABOUT_UNKNOWN", "data.about", "DocumentAttached", "integrator", about=about, **file)
    stream.refuse("ABOUT_UNKNOWN", "data.about", "DocumentAttached", "party_a", about="assessment", **file)
    stream.tell("DocumentAttached", "integrator", about="terms", **file)


def test_given_a_name_that_several_facts_answer_to_then_what_is_about_it_is_refused_with_their_ids(
    stream: Stream,
) -> None:
    stream.tell("ScaleOutRequested", "party_a", request="X-1")
    stream.tell("LeakReported", "party_a", leak="X-1", summary="疑似外泄", leaked_by="unknown", ref="leak")
    stream.tell("LeakReported", "party_a", leak="X-2", summary="疑似外泄", leaked_by="unknown", ref="X-1")
    stream.tell("LeakReported", "party_a", leak="2", summary="疑似外泄", leaked_by="unknown", ref="fifth")
    file = {"sha256": DIGEST, "name": "a", "media_type": "a/b"}
    for about, facts in (("X-1", (2, 3, 4)), ("2", (2, 5))):
        for type_, data in (("RectificationNoticeIssued", notice()), ("DocumentAttached", file)):
            refused = stream.refuse("ABOUT_AMBIGUOUS", "data.about", type_, "party_a", **{**data, "about": about})
            for lang in ("zh", "en"):
                said = messages.refusal(refused, lang)
                assert [f"{CONTRACT}#{seq}" in said for seq in range(1, 6)] == [seq in facts for seq in range(1, 6)]
    for about in (f"{CONTRACT}#3", "#3", "leak", "X-2"):
        stream.tell("DocumentAttached", "integrator", about=about, **file)


def test_given_a_ref_that_is_its_own_facts_identifier_then_it_is_one_name(stream: Stream) -> None:
    stream.tell("ScaleOutRequested", "party_a", request="SO-1", ref="SO-1")
    stream.tell("RectificationNoticeIssued", "administrator", **notice(about="SO-1"))


def test_given_a_fact_about_what_became_ambiguous_later_then_it_keeps_its_meaning_and_can_be_corrected(
    stream: Stream,
) -> None:
    stream.tell("ScaleOutRequested", "party_a", request="SO-1")
    stream.tell("RectificationNoticeIssued", "administrator", ref="notice", **notice(about="SO-1"))
    stream.tell("LeakReported", "party_a", leak="SO-1", summary="疑似外泄", leaked_by="unknown")
    data = notice(about="SO-1", demand="另行修复")
    stream.tell("FactCorrected", "administrator", target="notice", data=data, reason="写错")


def test_given_a_dispute_then_its_facts_are_known(stream: Stream) -> None:
    stream.tell("DisputeOpened", "party_a", dispute="D-1", clauses=["9.1"], facts=["terms", f"{CONTRACT}#1"])
    stream.refuse("TARGET_UNKNOWN", "data.facts.1", "DisputeOpened", "party_a", dispute="D-2", clauses=[],
                  facts=["terms", f"{CONTRACT}#9"])


# --- facts about facts -----------------------------------------------------------------------------

@pytest.mark.parametrize("type_", ["FactCorrected", "FactRetracted", "FactAcknowledged", "FactContested"])
def test_given_a_target_nobody_knows_then_it_is_refused(stream: Stream, type_: str) -> None:
    data = data_of(type_)
    for target in (f"{CONTRACT}#2", f"{CONTRACT}#0", f"{CONTRACT}#-1", f"{CONTRACT}#٣", "nothing", "OTHER#1"):
        stream.refuse("TARGET_UNKNOWN", "data.target", type_, "party_a", **{**data, "target": target})


def test_given_a_fact_then_only_the_role_that_asserted_it_corrects_or_retracts_it(stream: Stream) -> None:
    stream.tell("StaffingReported", "party_b", ref="staff", **SO_MANY)
    stream.refuse("BY_DID_NOT_ASSERT", "by", "FactRetracted", "party_a", target="staff", reason="x")
    stream.refuse("BY_DID_NOT_ASSERT", "by", "FactCorrected", "party_a", target="staff", data=SO_MANY, reason="x")
    stream.tell("FactCorrected", "party_b", target="staff", data={**SO_MANY, "actual": 6}, reason="x")


def test_given_a_fact_then_only_another_role_acknowledges_or_contests_it(stream: Stream) -> None:
    stream.tell("StaffingReported", "party_b", ref="staff", **SO_MANY)
    for type_ in ("FactAcknowledged", "FactContested"):
        stream.refuse("BY_ASSERTED_IT_ITSELF", "by", type_, "party_b", target="staff")
        stream.refuse("BY_NOT_ALLOWED", "by", type_, "auditor", target="staff")
        for by in ("party_a", "supervisor", "integrator", "administrator"):
            stream.tell(type_, by, target="staff")


def test_given_a_correction_then_its_data_are_checked_as_the_targets_type(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice())
    wrong = [
        ({}, "FIELD_MISSING", "data.data.invoice"),
        ({**invoice(), "amount": "1.001"}, "AMOUNT_DECIMALS", "data.data.amount"),
        ({**invoice(), "colour": "x"}, "FIELD_UNKNOWN", "data.data.colour"),
    ]
    for data, code, field in wrong:
        stream.refuse(code, field, "FactCorrected", "party_b", target="inv", data=data, reason="x")
    stream.refuse("ON_IN_FUTURE", "data.on", "FactCorrected", "party_b", target="inv", data=invoice(), reason="x",
                  on_="2026-11-23")
    stream.tell("FactCorrected", "party_b", target="inv", data=invoice(), reason="x", on_="2026-11-22")


def test_given_a_correction_of_an_identifier_then_the_new_one_is_taken_and_the_old_one_free(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice("INV-1"))
    stream.tell("InvoiceIssued", "party_b", **invoice("INV-2"))
    stream.refuse("ID_USED", "data.data.invoice", "FactCorrected", "party_b", target="inv", data=invoice("INV-2"),
                  reason="x")
    stream.tell("FactCorrected", "party_b", ref="fix", target="inv", data=invoice("INV-3"), reason="x")
    stream.refuse("ID_RETRACTED", "data.invoice", "InvoiceVoided", "party_b", invoice="INV-1", reason="x")
    stream.tell("InvoiceVoided", "party_b", invoice="INV-3", reason="x")
    stream.tell("InvoiceIssued", "party_b", ref="third", **invoice("INV-1"))
    stream.refuse("ID_USED", "data.target", "FactRetracted", "party_b", target="fix", reason="x")
    stream.tell("FactRetracted", "party_b", target="third", reason="x")
    stream.tell("FactRetracted", "party_b", target="fix", reason="x")
    assert stream.known.holders["invoice", "INV-1"] == 2 and ("invoice", "INV-3") not in stream.known.holders


def test_given_a_correction_of_a_correction_then_the_fact_follows(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice("INV-1"))
    stream.tell("FactCorrected", "party_b", ref="fix", target="inv", data=invoice("INV-2"), reason="x")
    said = {"target": "inv", "data": invoice("INV-4"), "reason": "y"}
    stream.refuse("AMOUNT_DECIMALS", "data.data.data.amount", "FactCorrected", "party_b", target="fix", reason="x",
                  data={**said, "data": invoice(amount="0.001")})
    stream.refuse("TARGET_NOT_EARLIER", "data.data.target", "FactCorrected", "party_b", target="fix", reason="x",
                  data={**said, "target": "fix", "data": said})
    stream.tell("FactCorrected", "party_b", target="fix", data=said, reason="x")
    assert stream.known.holders["invoice", "INV-4"] == 2 and ("invoice", "INV-2") not in stream.known.holders


def test_given_a_correction_that_leaves_a_name_as_it_was_then_what_it_names_may_be_gone(stream: Stream) -> None:
    stream.tell("SystemRegistered", "party_a", ref="oa", **SAMPLES["SystemRegistered"][1])
    stream.tell("SystemRegistered", "party_a", **{**SAMPLES["SystemRegistered"][1], "system": "mail"})
    stream.tell("AssessmentRecorded", "party_a", ref="march", month="2026-02", system="oa", passed=False)
    stream.tell("FactRetracted", "party_a", target="oa", reason="x")
    stream.tell("FactCorrected", "party_a", target="march", reason="x",
                data={"month": "2026-02", "system": "oa", "passed": True})
    stream.tell("FactCorrected", "party_a", target="march", reason="x",
                data={"month": "2026-02", "system": "mail", "passed": True})
    stream.refuse("ID_RETRACTED", "data.data.system", "FactCorrected", "party_a", target="march", reason="x",
                  data={"month": "2026-02", "system": "oa", "passed": True})


def test_given_the_registration_then_it_is_corrected_as_a_whole_and_never_retracted(stream: Stream) -> None:
    terms = copy.deepcopy(stream.known.document())
    stream.refuse("REGISTRATION_STAYS", "data.target", "FactRetracted", "party_a", target="terms", reason="x")
    stream.refuse("CONTRACT_ID_FIXED", "data.data.terms.contract.id", "FactCorrected", "party_a", target="terms",
                  reason="x", data={"terms": {**terms, "contract": {**terms["contract"], "id": "OTHER-1"}}})
    stream.refuse("TERMS_INVALID", "data.data.terms", "FactCorrected", "party_a", target="terms", reason="x",
                  data={"terms": {**terms, "payment": {**terms["payment"], "total": "1.00"}}})
    stream.refuse("BY_DID_NOT_ASSERT", "by", "FactCorrected", "party_b", target="terms", reason="x",
                  data={"terms": terms})
    better = {**terms, "periods": {**terms["periods"], "rework_days": 60}}
    stream.tell("FactCorrected", "party_a", target="terms", data={"terms": better}, reason="x")
    assert stream.known.document()["periods"]["rework_days"] == 60


def test_given_a_correction_of_a_retracted_fact_then_its_identifier_matters_once_it_is_back(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice("INV-1"))
    stream.tell("FactRetracted", "party_b", ref="gone", target="inv", reason="x")
    stream.tell("InvoiceIssued", "party_b", **invoice("INV-2"))
    stream.tell("FactCorrected", "party_b", target="inv", data=invoice("INV-2"), reason="x")
    stream.refuse("ID_USED", "data.target", "FactRetracted", "party_b", target="gone", reason="x")
    stream.tell("FactCorrected", "party_b", target="inv", data=invoice("INV-3"), reason="x")
    stream.tell("FactRetracted", "party_b", target="gone", reason="x")
    assert stream.known.holders == {("invoice", "INV-2"): 4, ("invoice", "INV-3"): 2}


# --- all together ----------------------------------------------------------------------------------

def test_given_every_sample_of_the_second_agreement_then_all_are_admitted() -> None:
    items = ["delay:accept:initial", "availability-credit:2026-02:portal"]
    stream = Stream(operations.terms(), items)
    for name in sorted(OPERATIONS.own, key=list(SAMPLES).index):
        stream.tell(name, SAMPLES[name][0], "2026-04-01", **data_of(name))
    assert stream.known.version == 1 + len(OPERATIONS.own)


def test_given_every_sample_in_a_possible_order_then_all_are_admitted_and_known_again_from_the_stream() -> None:
    stream = Stream(items=["a2-r7:sl-1", "a3-r8:sl-1"])
    first = ["SystemRegistered", "RectificationNoticeIssued", "IncidentReported", "InvoiceIssued", "PaymentMade",
             "AcceptanceRequested", "DisputeOpened", "SettlementAgreed", "DemandMade"]
    changed: dict[str, dict[str, Any]] = {
        "AmendmentAgreed": {"changes": {"periods.rework_days": 45}},
        "AcceptanceFailed": {"round": 1},
        "DisputeOpened": {"facts": ["terms"]},
        "FactCorrected": {"target": "inv-1"},
        "FactRetracted": {"target": "2"},
        "JudgmentEntered": {"rulings": [
            one if "fact" not in one else {"fact": "inv-1", "stands": False}
            for one in SAMPLES["JudgmentEntered"][1]["rulings"]
        ]},
    }  # fmt: skip
    skipped = {"ContractRegistered", "CalendarPublished", *OF_THE_LOG, *OPERATIONS.own}
    rest = [name for name in SAMPLES if name not in first and name not in skipped]
    for name in [*first, *rest]:
        by = SAMPLES[name][0]
        by = {"FactRetracted": stream.known.entries[1].by if stream.known.version > 1 else by}.get(name, by)
        by = {"RectificationRejected": "supervisor", "ProposalAccepted": "party_b"}.get(name, by)
        ref = "inv-1" if name == "InvoiceIssued" else None
        if name == "PaymentMade":
            stream.tell("InvoiceIssued", "party_b", **invoice("INV-2"))
            stream.tell("IncidentReported", "party_a", incident="INC-2", kind="intrusion")
        stream.tell(name, by, "2026-04-01", ref, **{**data_of(name), **changed.get(name, {})})
    again = AdmissionState(CONTRACT, stream.known.entries)
    assert (again.refs, again.holders, again.standing.gone) == (stream.known.refs, stream.known.holders,
                                                                stream.known.standing.gone)
    assert [again.what(seq) for seq in range(1, again.version + 1)] == [
        stream.known.what(seq) for seq in range(1, again.version + 1)
    ]
    assert again.version == len(SAMPLES) - len(skipped) + 3
    assert max(entry.at for entry in stream.known.entries) < NOW
