"""What may be said of accounts between the parties, of months and of durations (SPEC 2.1, 2.2)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.admission import Admitted, Repeat
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_data import decode_data
from ledger.domain.moments import parse_on
from tests.domain.fact_samples import SAMPLES
from tests.domain.streams import BOTH, CONTRACT, Stream, envelope, invoice

OUTAGE = {"incident": "inc-1", "kind": "outage"}
MONTHLY: dict[str, dict[str, Any]] = {
    "StaffingReported": {"committed": 6, "actual": 5}, "AssessmentRecorded": {"passed": False},
    "AvailabilityReported": {"availability": "99.9", "data_reliability": "99.9", "consequence": "none"},
    "ServiceLevelReported": {"response_minutes": 20, "consequence": "none"},
}  # fmt: skip


@pytest.fixture
def stream() -> Stream:
    return Stream(items=["a2-r7:sl-1"])


def settlement(name: str = "JS-1", debtor: str = "party_b", **more: Any) -> dict[str, Any]:
    data = {"settlement": name, "debtor": debtor, "amount": "100.00", "summary": "结算", "confirmed_by": BOTH}
    return data | more


def judgment(*rulings: dict[str, Any], final: bool = True) -> dict[str, Any]:
    return {"dispute": "D-1", "court": "法院", "reference": "1 号", "final": final, "rulings": list(rulings)}


def paid(**data: Any) -> dict[str, Any]:
    return {"payment": "PAY-1", "amount": "100.00", **data}


def dispute(stream: Stream) -> None:
    stream.tell("DisputeOpened", "party_a", dispute="D-1", clauses=["10.1"], facts=["terms"])


# --- who pays what it owes -------------------------------------------------------------------------


def test_an_invoice_is_paid_by_party_a_and_never_by_party_b(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", **invoice())
    stream.refuse("PAYER_OWES_NOTHING", "by", "PaymentMade", "party_b", **paid(invoice="INV-1"))
    told = envelope("PaymentMade", "party_b", **paid(invoice="INV-1"))
    assert isinstance(stream.decide(told | {"actor": "party_a"}), Admitted)
    stream.refuse_envelope("PAYER_OWES_NOTHING", "actor", told | {"by": "party_a", "actor": "party_b"})
    stream.tell("PaymentMade", "party_a", **paid(invoice="INV-1"))


@pytest.mark.parametrize(("debtor", "other"), [("party_a", "party_b"), ("party_b", "party_a")])
def test_a_settlement_is_paid_by_its_debtor(stream: Stream, debtor: str, other: str) -> None:
    stream.refuse("ID_UNKNOWN", "data.settlement", "PaymentMade", debtor, **paid(settlement="JS-1"))
    stream.tell("SettlementAgreed", "party_a", ref="js", **settlement(debtor=debtor))
    stream.refuse("PAYER_OWES_NOTHING", "by", "PaymentMade", other, **paid(settlement="JS-1"))
    stream.tell("PaymentMade", debtor, **paid(settlement="JS-1"))
    stream.tell("FactRetracted", "party_a", target="js", reason="x")
    stream.refuse("ID_RETRACTED", "data.settlement", "PaymentMade", debtor, **paid(payment="PAY-2", settlement="JS-1"))


def test_a_ruling_on_a_debt_is_paid_under_the_name_of_its_dispute(stream: Stream) -> None:
    dispute(stream)
    stream.refuse("ID_UNKNOWN", "data.settlement", "PaymentMade", "party_b", **paid(settlement="D-1"))
    debts = [{"debtor": "party_b", "amount": "1.00"}, {"debtor": "party_a", "amount": "2.00", "due_on": "2026-12-31"}]
    stream.tell("JudgmentEntered", "party_a", **judgment(*debts))
    stream.tell("PaymentMade", "party_b", **paid(settlement="D-1"))
    stream.tell("PaymentMade", "party_a", **paid(payment="PAY-2", settlement="D-1.2"))
    stream.refuse("ID_UNKNOWN", "data.settlement", "PaymentMade", "party_a", **paid(payment="P", settlement="D-2"))


def test_a_payment_over_several_invoices_names_each_of_them(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", **invoice("INV-1"))
    parts = [{"invoice": "INV-1", "amount": "60.00"}, {"invoice": "INV-2", "amount": "40.00"}]
    stream.refuse("ID_UNKNOWN", "data.allocations.1.invoice", "PaymentMade", "party_a", **paid(allocations=parts))
    stream.tell("InvoiceIssued", "party_b", ref="two", **invoice("INV-2"))
    stream.tell("PaymentMade", "party_a", ref="pay", **paid(allocations=parts))
    stream.tell("FactRetracted", "party_b", target="two", reason="x")
    stream.refuse("ID_RETRACTED", "data.allocations.0.invoice", "PaymentMade", "party_a",
                  **paid(payment="PAY-2", allocations=[{"invoice": "INV-2", "amount": "100.00"}]))  # fmt: skip
    stream.tell("FactCorrected", "party_a", target="pay", data=paid(allocations=parts), reason="left as it was")


def test_a_deduction_names_an_invoice_there_is(stream: Stream) -> None:
    settled = {"items": ["a2-r7:sl-1"], "amount": "100.00", "manner": "deducted"}
    stream.refuse("DEDUCTION_WITHOUT_INVOICE", "data.invoice", "DamagesSettled", "party_a", **settled)
    stream.refuse("ID_UNKNOWN", "data.invoice", "DamagesSettled", "party_a", **settled, invoice="INV-1")
    stream.tell("InvoiceIssued", "party_b", **invoice())
    stream.tell("DamagesSettled", "party_a", **settled, invoice="INV-1")
    stream.tell("DamagesSettled", "party_b", **settled | {"manner": "paid"})


# --- settlements, demands, service, judgments ------------------------------------------------------


def test_a_settlement_lacks_no_party_and_shares_no_name_with_a_dispute(stream: Stream) -> None:
    stream.refuse("CONFIRMATION_INCOMPLETE", "data.confirmed_by", "SettlementAgreed", "party_a",
                  **settlement(confirmed_by=["party_a"]))  # fmt: skip
    dispute(stream)
    stream.refuse("ID_USED", "data.settlement", "SettlementAgreed", "party_a", **settlement("D-1"))
    stream.tell("SettlementAgreed", "party_a", **settlement("D-2"))
    stream.refuse("ID_USED", "data.dispute", "DisputeOpened", "party_b", dispute="D-2", clauses=[], facts=[])


def test_a_demand_names_debts_there_may_be(stream: Stream) -> None:
    stream.tell("InvoiceIssued", "party_b", **invoice())
    stream.tell("SettlementAgreed", "party_a", **settlement())
    known = ["pay-invoice:INV-1", "settlement:JS-1", "a2-r7:sl-1"]
    stream.tell("DemandMade", "party_b", demand="CG-1", about=known)
    for debt in ("pay-invoice:INV-2", "pay-invoice", "settlement:JS-2", "a2-r7:other", "rework:1", "INV-1"):
        stream.refuse("DEBT_UNKNOWN", "data.about.1", "DemandMade", "party_b", demand="CG-2", about=[known[0], debt])


def test_what_is_served_is_a_declaration_proposal_notice_or_demand(stream: Stream) -> None:
    stream.tell("TerminationDeclared", "party_a", ref="declared", clauses=["10.1"])
    stream.tell("TerminationProposed", "party_a", proposal="P-1", effective_on="2026-09-30")
    stream.tell("RenewalProposed", "party_a", proposal="P-2", ends_on="2027-12-01")
    stream.tell("RectificationNoticeIssued", "party_a", **SAMPLES["RectificationNoticeIssued"][1])
    stream.tell("InvoiceIssued", "party_b", ref="inv", **invoice())
    stream.tell("DemandMade", "party_b", demand="CG-1", about=["pay-invoice:INV-1"])
    for about in ("declared", "#2", f"{CONTRACT}#2", "P-1", "P-2", "N-1", "CG-1"):
        stream.tell("NoticeServed", "party_a", about=about, manner="courier")
    for about in ("inv", "INV-1", "terms"):
        stream.refuse("NOT_A_NOTICE", "data.about", "NoticeServed", "party_a", about=about, manner="post")
    stream.refuse("ABOUT_UNKNOWN", "data.about", "NoticeServed", "party_a", about="P-9", manner="post")
    stream.refuse("CHOICE_UNKNOWN", "data.manner", "NoticeServed", "party_a", about="P-1", manner="pigeon")


def test_a_judgment_rules_on_what_there_is(stream: Stream) -> None:
    rulings = {
        "incident": ({"incident": "inc-1", "grade": "B"}, "ID_UNKNOWN"),
        "items.0": ({"items": ["a2-r7:other"], "amount": "1.00"}, "ITEM_UNKNOWN"),
        "reading": ({"reading": "moon", "option": "full"}, "READING_UNKNOWN"),
        "option": ({"reading": "band-gaps", "option": "full"}, "READING_OPTION_UNKNOWN"),
        "fact": ({"fact": "nowhere", "stands": True}, "TARGET_UNKNOWN"),
    }  # fmt: skip
    stream.refuse("ID_UNKNOWN", "data.dispute", "JudgmentEntered", "party_a", **judgment({"terminated_on": None}))
    dispute(stream)
    for field, (ruling, code) in rulings.items():
        stream.refuse(code, f"data.rulings.1.{field}", "JudgmentEntered", "party_a",
                      **judgment({"terminated_on": None}, ruling))  # fmt: skip
    stream.refuse("REGISTRATION_STAYS", "data.rulings.0.fact", "JudgmentEntered", "party_a",
                  **judgment({"fact": "terms", "stands": False}))  # fmt: skip
    ended = {"terminated_on": "2026-01-31"}
    stream.tell("JudgmentEntered", "party_a", **judgment({"fact": "terms", "stands": True}, ended))


def test_a_corrected_judgment_may_leave_a_ruling_whose_incident_is_gone(stream: Stream) -> None:
    dispute(stream)
    stream.tell("IncidentReported", "party_a", ref="inc", **OUTAGE)
    ruled = judgment({"incident": "inc-1", "grade": "B"})
    stream.tell("JudgmentEntered", "party_a", ref="judged", **ruled)
    stream.tell("FactRetracted", "party_a", target="inc", reason="x")
    stream.tell("FactCorrected", "party_a", target="judged", data=ruled | {"reference": "2 号"}, reason="x")
    stream.refuse("ID_RETRACTED", "data.data.rulings.0.incident", "FactCorrected", "party_a", target="judged",
                  data=judgment({"incident": "inc-1", "grade": "A"}), reason="x")  # fmt: skip


# --- months and durations --------------------------------------------------------------------------


@pytest.mark.parametrize("type_", MONTHLY)
@pytest.mark.parametrize(("month", "too_early", "on"), [
    ("2026-02", "2026-02-27", "2026-02-28"), ("2024-02", "2024-02-28", "2024-02-29"),
    ("2026-03", "2026-03-30T23:59:59+08:00", "2026-03-31"), ("2026-03", "2026-03-30T15:59:59Z", "2026-03-30T16:00:00Z"),
    ("2025-12", "2025-12-30", "2025-12-31T00:00:00+08:00"),
])  # fmt: skip
def test_a_month_is_reported_on_its_last_day_at_the_earliest(
    stream: Stream, type_: str, month: str, too_early: str, on: str
) -> None:
    data = MONTHLY[type_] | {"month": month}
    stream.refuse("MONTH_NOT_OVER", "data.month", type_, "party_a", too_early, **data)
    stream.tell(type_, "party_a", on, **data)


def test_a_correction_of_a_month_is_judged_by_the_right_day(stream: Stream) -> None:
    data = MONTHLY["StaffingReported"] | {"month": "2026-02"}
    stream.tell("StaffingReported", "party_a", "2026-03-01", ref="feb", **data)
    later = data | {"month": "2026-03"}
    stream.refuse("MONTH_NOT_OVER", "data.data.month", "FactCorrected", "party_a", target="feb", data=later, reason="x")
    stream.tell("FactCorrected", "party_a", target="feb", data=later, on_="2026-03-31", reason="x")
    stream.refuse("MONTH_NOT_OVER", "data.data.month", "FactCorrected", "party_a", target="feb", data=later,
                  on_="2026-03-30", reason="x")  # fmt: skip
    stream.tell("FactCorrected", "party_a", target="feb", data=later | {"actual": 6}, reason="its day stays")


@pytest.mark.parametrize(("on", "longest", "too_long"), [
    ("2026-11-22T13:00:00+08:00", 60, "60.000001"), ("2026-11-22T13:00:00+08:00", "59.999999", 61),
    ("2026-11-22", 840, "840.000001"), ("2026-11-22T14:00:00+08:00", 0, "0.000001"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["outage", "tampering"])
def test_no_incident_lasts_longer_than_until_it_is_recorded(
    stream: Stream, kind: str, on: str, longest: Any, too_long: Any
) -> None:
    """It is 2026-11-22 14:00 in Beijing."""
    data = {"incident": "inc-1", "kind": kind}
    stream.refuse("DURATION_IN_FUTURE", "data.duration_minutes", "IncidentReported", "party_a", on,
                  **data, duration_minutes=too_long)  # fmt: skip
    stream.tell("IncidentReported", "party_a", on, **data, duration_minutes=longest)


def test_an_assessed_or_corrected_duration_begins_with_the_incident(stream: Stream) -> None:
    began = "2026-11-22T13:00:00+08:00"
    stream.tell("IncidentReported", "party_a", began, ref="inc", **OUTAGE, duration_minutes=30)
    for minutes in (61, "60.5"):
        stream.refuse("DURATION_IN_FUTURE", "data.duration_minutes", "IncidentAssessed", "party_a",
                      "2026-11-22T13:59:00+08:00", incident="inc-1", duration_minutes=minutes)  # fmt: skip
        stream.refuse("DURATION_IN_FUTURE", "data.data.duration_minutes", "FactCorrected", "party_a", "2026-11-22",
                      target="inc", data=OUTAGE | {"duration_minutes": minutes}, reason="x")  # fmt: skip
    stream.tell("IncidentAssessed", "party_a", "2026-11-22T13:59:00+08:00", incident="inc-1", duration_minutes=60)
    earlier = {"target": "inc", "data": OUTAGE | {"duration_minutes": 61}, "reason": "x"}
    stream.tell("FactCorrected", "party_a", "2026-11-22", **earlier, on_="2026-11-22T12:59:00+08:00")
    stream.tell("IncidentAssessed", "party_a", "2026-11-22", incident="inc-1", duration_minutes=61)
    stream.refuse("DURATION_IN_FUTURE", "data.duration_minutes", "IncidentAssessed", "party_a", "2026-11-22",
                  incident="inc-1", duration_minutes=62)  # fmt: skip


def test_nobody_is_not_absent_and_a_report_names_incidents_there_are(stream: Stream) -> None:
    stream.tell("MajorEventAnnounced", "party_a", event="E", from_="2026-03-04", to="2026-03-12", personnel=4)
    stream.refuse("NUMBER_RANGE", "data.count", "PersonnelAbsent", "supervisor", event="E", count=0)
    stream.tell("PersonnelAbsent", "supervisor", event="E", count=1)
    report = MONTHLY["AvailabilityReported"] | {"month": "2026-02", "incidents": ["inc-1"]}
    stream.refuse("ID_UNKNOWN", "data.incidents.0", "AvailabilityReported", "party_a", **report)
    stream.tell("IncidentReported", "party_a", **OUTAGE)
    stream.tell("AvailabilityReported", "party_a", **report)
    stream.tell("OnSiteAbsenceRecorded", "party_a", minutes="75.5", consequence="problem", incidents=["inc-1"])



# --- what an older version took --------------------------------------------------------------------


@pytest.mark.parametrize(("type_", "stored", "said"), [
    ("TerminationDeclared", {"clause": "10.1"}, {"clauses": ["10.1"]}),
    ("LeakReported", {"leak": "L-1", "summary": "外泄"}, {"leak": "L-1", "summary": "外泄", "leaked_by": "party_b"}),
    ("PersonnelAbsent", {"event": "E", "count": 0}, {"event": "E", "count": 0}),
    ("DamagesSettled", {"items": ["a2-r7:sl-1"], "amount": "1.00", "manner": "deducted"},
     {"items": ["a2-r7:sl-1"], "amount": "1.00", "manner": "deducted"}),
])  # fmt: skip
def test_what_was_recorded_in_an_older_shape_is_repeated_in_it_and_not_recorded_anew(
    stream: Stream, type_: str, stored: dict[str, Any], said: dict[str, Any]
) -> None:
    on = parse_on("2026-03-01")
    what = decode_data(TYPES[type_].stored_name, said)
    seq = stream.known.add(Admitted(type_, "2026-03-01", on.day, on.at, "party_a", "old", what, (), "party_a"))
    told = envelope(type_, "party_a", ref="old", **stored)
    again = stream.decide(told)
    assert isinstance(again, Repeat) and again.seq == seq
    for other in (
        told | {"on": "2026-03-02"}, told | {"by": "party_b"}, told | {"data": stored | {"colour": "red"}},
        {key: value for key, value in told.items() if key != "ref"}, told | {"ref": "new"}, told | {"data": {}},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            stream.decide(other)
