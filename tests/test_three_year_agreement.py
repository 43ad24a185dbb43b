"""Another agreement is another file and no code (SPEC 2.3): three years, four instalments, other thresholds."""

from __future__ import annotations

import pytest

from tests.happenings import (
    a_incident,
    availability,
    deployed,
    exit_requested,
    fact,
    incident,
    invoice,
    lease_started,
    scale_out_requested,
    signed_on,
    stage_review,
)
from tests.scenario import (
    Answer,
    Step,
    anomalies,
    b_count,
    balance,
    exit_is,
    given,
    grade,
    ground,
    grounds,
    headroom,
    no_anomalies,
    no_items,
    no_obligation,
    obligation,
    term,
    three_year_terms,
)

SERVED = (signed_on("2026-01-05"), lease_started("2026-02-01"))


def as_of(day: str, *steps: Step) -> Answer:
    return given(*SERVED, *steps, under=three_year_terms()).as_of(day)


def costly(on: str, minutes: int = 240, loss: str = "2000000.00", name: str | None = None):
    """By this agreement's own reading any one criterion is enough."""
    more = {"scope": "platform", "economic_loss": loss, "duration_minutes": minutes}
    return incident(on, "outage", name or f"out-{on}", **more)


def test_the_term_is_three_years() -> None:
    as_of("2026-02-01").then(term(ends_on="2029-02-01"), balance(total="9600000.00"))


def test_the_deadlines_are_those_of_its_own_periods() -> None:
    answer = as_of(
        "2026-04-01",
        invoice("2026-03-02", "2880000.00"),
        scale_out_requested("2026-03-01", system=None),
        fact("ReturnOfMaterialsRequested", "2026-03-02", "party_a", "back", request="back"),
        fact("AcceptanceRequested", "2026-03-09", "party_b", round=1),
        fact("AcceptanceFailed", "2026-03-10", "party_a", round=1, defects="未达标"),
        exit_requested("2026-03-31", "2026-06-01"),
    )
    answer.then(
        obligation("trial-run", "pending", due_on="2026-04-07"),  # 5 April, off until the 6th
        obligation("pay-invoice:inv", "pending", due_on="2026-04-14"),  # the thirtieth working day
        obligation("scale-out:more", "overdue", due_on="2026-03-16"),
        obligation("return-materials:back", "overdue", due_on="2026-03-16"),  # the tenth working day
        obligation("rework:1", "pending", due_on="2026-04-24"),
        obligation("stage-review", "pending", due_on="2026-12-31"),
        exit_is("exit", None, "2026-12-31"),
    )


def test_the_third_and_fourth_instalments_wait_for_deployment_and_the_stage_review_too() -> None:
    early = as_of("2026-04-01", invoice("2026-03-02", "2880000.00", "inv", 3))
    codes = ("INVOICE_BEFORE_DEPLOYMENT", "INVOICE_BEFORE_STAGE_REVIEW")
    early.then(anomalies(*((code, "inv", "2026-03-02") for code in codes)))
    review = (deployed("2026-03-01"), stage_review("2026-03-01"))
    as_of("2026-04-01", review, invoice("2026-03-02", "960000.00", "inv", 4)).then(no_anomalies)
    too_much = as_of("2026-04-01", review, invoice("2026-03-02", "960000.01", "inv", 4))
    too_much.then(anomalies(("INVOICE_EXCEEDS_INSTALMENT", "inv", "2026-03-02")))


@pytest.mark.parametrize(
    ("minutes", "loss", "expected"),
    [
        (240, "2000000.00", "B"),
        (239, "2000000.00", None),
        (240, "1999999.99", None),
        (240, "9999999.99", "B"),
        (240, "10000000.00", "A"),
    ],
)
def test_outages_are_graded_by_its_own_table_and_its_own_reading(minutes: int, loss: str, expected: str | None) -> None:
    as_of("2026-03-01", costly("2026-02-10", minutes, loss, "inc")).then(grade("inc", expected))


def test_data_losses_and_intrusions_are_graded_by_its_own_table_and_tampering_by_none() -> None:
    lost = {"core_data": True, "unrecoverable": True, "mlps_level": 4}
    broken = {
        "third_party_notified": True,
        "handled_in_time": False,
        "tampered_or_leaked": True,
        "guarantee_period": True,
    }
    tampered = {
        "provider_hazard": True,
        "plan_followed": False,
        "attention": ["national"],
        "guarantee_period": True,
        "duration_minutes": 999,
    }
    for kind, measures, expected in (
        ("data_loss", lost | {"months_lost": "3.01", "systems_affected": 6}, "A"),
        ("data_loss", lost | {"months_lost": "3.01", "systems_affected": 5}, "B"),
        ("data_loss", lost | {"months_lost": "3.01", "systems_affected": 1}, None),
        ("data_loss", lost | {"months_lost": "3", "systems_affected": 6}, None),
        ("intrusion", broken | {"mlps_level": 4}, "A"),
        ("intrusion", broken | {"mlps_level": 3}, "B"),
        ("tampering", tampered, None),
    ):
        as_of("2026-03-01", incident("2026-02-10", kind, **measures)).then(grade("inc", expected))


def test_the_second_a_incident_opens_10_1() -> None:
    first, second = a_incident("2026-02-10", economic_loss="10000000.00", duration_minutes=240), None
    second = a_incident("2026-03-10", economic_loss="10000000.00", duration_minutes=240)
    as_of("2026-04-01", first).then(grounds())
    as_of("2026-04-01", first, second).then(ground("10.1", "open", arose_on="2026-03-10"))


@pytest.mark.parametrize(("fifth", "opens"), [("2028-02-10", True), ("2028-02-11", False)])
def test_the_fifth_b_incident_within_twenty_four_months_opens_10_2(fifth: str, opens: bool) -> None:
    four = [costly(on) for on in ("2026-02-10", "2026-08-10", "2027-02-10", "2027-08-10")]
    as_of("2027-08-10", *four).then(b_count(4), headroom(1), grounds())
    expected = (ground("10.2", "open", arose_on=fifth), b_count(5)) if opens else (grounds(), b_count(4))
    as_of(fifth, *four, costly(fifth)).then(*expected)


def test_without_tables_nothing_is_charged_and_no_host_is_owed_a_service() -> None:
    report = availability("2026-03-01", "2026-02", "99.94", consequence="major")
    as_of("2026-03-01", report).then(
        no_items, obligation("availability", "breached"), no_obligation("host-scan"), no_obligation("host-hardening")
    )
    kept = availability("2026-03-01", "2026-02", "99.95", "99.999", consequence="major")
    as_of("2026-03-01", kept).then(no_items, obligation("availability", "standing"))
