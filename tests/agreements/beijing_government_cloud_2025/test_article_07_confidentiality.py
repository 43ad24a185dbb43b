"""第七条 知识产权及保密 (SPEC 4.2): materials returned on demand, and confidentiality for ever."""

from __future__ import annotations

import pytest

from tests.happenings import (
    B,
    acknowledged,
    amended,
    fact,
    lease_started,
    retracted,
    signature,
    signed,
)
from tests.scenario import anomalies, given, no_anomalies, no_obligation, obligation

RETURN = "return-materials:back"


def asked(on: str):
    return fact("ReturnOfMaterialsRequested", on, "party_a", "back", request="back")


def materials_returned(on: str):
    return fact("MaterialsReturned", on, "party_b", "brought", request="back")


def leak(on: str, name: str = "leak", leaked_by: str = "party_b"):
    return fact("LeakReported", on, "party_a", name, leak=name, summary="内部地址外泄", leaked_by=leaked_by)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2026-03-02", "2026-03-09"),
        ("2026-09-24", "2026-10-09"),  # Mid-Autumn and National Day: 28, 29, 30 September, 8, 9 October
        ("2026-03-02T15:59:59Z", "2026-03-09"),
        ("2026-03-02T16:00:00Z", "2026-03-10"),
    ],
)
def test_materials_are_due_back_five_working_days_after_the_demand(on, due) -> None:
    given(signed, asked(on)).as_of(due).then(
        obligation(RETURN, "pending", due_on=due, clause="7.2", obligor="party_b", raised_by=["back"])
    )


def test_materials_not_returned_are_overdue_the_day_after() -> None:
    given(signed, asked("2026-03-02")).as_of("2026-03-10").then(obligation(RETURN, "overdue"))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-03-09", "fulfilled"),
        ("2026-03-09T15:59:59Z", "fulfilled"),
        ("2026-03-09T16:00:00Z", "fulfilled_late"),
        ("2026-03-10", "fulfilled_late"),
    ],
)
def test_materials_are_returned_in_time_until_the_end_of_the_day(on, state) -> None:
    given(signed, asked("2026-03-02"), materials_returned(on)).as_of("2026-04-01").then(
        obligation(RETURN, state, settled_by=["brought"])
    )


def test_the_days_to_return_materials_are_those_agreed_on_the_day_of_the_demand() -> None:
    told = given(signed, amended("2026-03-02", periods__return_materials_working_days=2), asked("2026-03-02"))
    told.as_of("2026-03-02").then(obligation(RETURN, "pending", due_on="2026-03-04"))


def test_a_retracted_demand_leaves_no_obligation() -> None:
    taken_back = retracted("2026-03-05", asked("2026-03-02"))
    given(signed, asked("2026-03-02"), taken_back).as_of("2026-03-05").then(no_obligation(RETURN))
    told = given(signed, asked("2026-03-02"), materials_returned("2026-03-03"), taken_back)
    told.as_of("2026-03-05").then(obligation(RETURN, "fulfilled"))
    told.record(acknowledged("2026-03-06", taken_back, B)).as_of("2026-03-06").then(no_obligation(RETURN))


def test_confidentiality_stands_for_ever_from_the_day_the_contract_is_effective() -> None:
    told = given(signature("party_a", "2025-11-19"), signature("party_b", "2025-11-20"), lease_started("2025-12-01"))
    told.as_of("2025-11-19").then(no_obligation("confidentiality"))
    told.as_of("2099-01-01").then(
        obligation(
            "confidentiality",
            "standing",
            due_on=None,
            settled_on=None,
            clause="7.2",
            obligor="party_b",
            raised_on="2025-11-20",
            raised_by=["signed-a", "signed-b"],
        )
    )


def test_a_leak_breaches_confidentiality_from_the_day_it_is_reported_for_good() -> None:
    told = given(signed, leak("2026-03-05"), leak("2026-04-05", "second"))
    told.as_of("2026-03-04").then(obligation("confidentiality", "standing"))
    told.as_of("2026-03-05").then(
        obligation("confidentiality", "breached", settled_on="2026-03-05", settled_by=["leak"])
    )
    told.as_of("2030-01-01").then(obligation("confidentiality", "breached", settled_on="2026-03-05"))


def test_a_leak_before_the_signatures_breaches_confidentiality_once_it_is_owed() -> None:
    told = given(leak("2025-11-01"), signed)
    told.as_of("2025-11-01").then(no_obligation("confidentiality"))
    told.as_of("2025-11-19").then(obligation("confidentiality", "breached", settled_on="2025-11-01"))


def test_a_retracted_leak_breaches_nothing() -> None:
    wrong = leak("2026-03-05")
    given(signed, wrong, retracted("2026-03-06", wrong)).as_of("2026-03-05").then(
        obligation("confidentiality", "standing")
    )


@pytest.mark.parametrize("leaked_by", ["party_a", "other", "unknown"])
def test_a_leak_by_others_breaches_nothing_of_party_bs(leaked_by) -> None:
    """SPEC 4.2: breached once a leak *by party_b* is reported."""
    told = given(signed, leak("2026-03-05", "theirs", leaked_by), leak("2026-04-05", "ours"))
    told.as_of("2026-04-04").then(obligation("confidentiality", "standing"))
    told.as_of("2026-04-05").then(obligation("confidentiality", "breached", settled_on="2026-04-05"))


@pytest.mark.parametrize("said", [True, False])
def test_staff_without_a_signed_agreement_and_a_handover_not_filed_are_anomalies(said) -> None:
    joined = fact("PersonnelAssigned", "2026-01-05", "party_b", "ops", person="ops", nda_signed=said)
    left = fact("PersonnelReplaced", "2026-02-05", "party_b", "left", person="ops", handover_filed=said)
    faults = (("NDA_UNSIGNED", "ops", "2026-01-05"), ("HANDOVER_UNFILED", "left", "2026-02-05"))
    given(signed, joined, left).as_of("2026-03-01").then(no_anomalies if said else anomalies(*faults))
