"""`because` names every fact without which the conclusion would not follow (SPEC 4.8): of each kind, on and off."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.projections.basis import Basis
from ledger.projections.explain import explain
from tests.happenings import (
    a_incident,
    amended,
    assessed,
    b_incident,
    contested,
    corrected,
    dispute_opened,
    grade_agreed,
    incident,
    judged,
    lease_started,
    linked,
    notice,
    reading_agreed,
    retracted,
    service_level,
    signed_on,
    system,
    unlinked,
)
from tests.scenario import History, calendar_at, given

SERVED = (signed_on("2025-11-19"), lease_started("2025-12-01"), system())
DAY = "2026-06-30"
SLOW = service_level("2026-02-01", "2026-01", "major", "slow", response_minutes=10)


def ground(history: History, clause: str = "10.1", day: str = DAY, **asked: Any) -> list[str]:
    [one] = history.as_of(day, **asked).grounds(clause)
    found: list[str] = one["because"]
    return found


def item(history: History, id_: str, day: str = DAY, **asked: Any) -> list[str]:
    found: list[str] = history.as_of(day, **asked).items()[id_]["because"]
    return found


def explained(history: History, path: str, day: str = DAY) -> set[str]:
    moment = history.facts[-1].recorded_at
    told = explain(Basis(history.facts, calendar_at(moment), date.fromisoformat(day), moment), path)
    refs = {fact.id: fact.ref for fact in history.facts}
    return {refs[one["fact"]] for one in told["facts"]}


# -- corrections ------------------------------------------------------------------------------------


def test_a_ground_names_the_correction_that_gave_its_incident_the_grade() -> None:
    small = a_incident("2026-02-10", "inc", duration_minutes=119)
    right = corrected("2026-02-20", small, duration_minutes=120)
    told = given(*SERVED, small, right)
    assert ground(told) == ["inc", right.ref]
    assert {"inc", right.ref} <= explained(told, "termination.grounds.10.1@2026-02-10")
    assert told.as_of(DAY, known_at="2026-02-19").grounds("10.1") == []


def test_of_several_corrections_only_those_are_named_that_say_it_in_the_end() -> None:
    one = a_incident("2026-02-10", "inc")
    moved = corrected("2026-02-20", one, "2026-02-11", people_affected=600000)
    right = corrected("2026-02-21", one, people_affected=700000)
    last = corrected("2026-02-22", one, people_affected=800000)
    assert ground(given(*SERVED, one, moved, right, last)) == ["inc", moved.ref, last.ref], "the day, and the words"


def test_a_correction_of_a_correction_is_named_with_it_and_one_taken_back_is_not() -> None:
    one = a_incident("2026-02-10", "inc")
    right = corrected("2026-02-20", one, people_affected=600000)
    again = corrected("2026-02-21", right, data={**one.data, "people_affected": 700000})
    assert ground(given(*SERVED, one, right, again)) == ["inc", right.ref, again.ref]
    assert ground(given(*SERVED, one, right, retracted("2026-02-22", right))) == ["inc"]


def test_an_item_names_the_correction_of_its_report() -> None:
    right = corrected("2026-02-20", SLOW, response_minutes=20)
    told = given(*SERVED, SLOW, right)
    assert item(told, "a2-r7:slow") == ["slow", right.ref]
    assert {"slow", right.ref} <= explained(told, "damages.items.a2-r7:slow")
    assert item(given(*SERVED, service_level("2026-02-01", "2026-01", "major", "slow", response_minutes=20)),
                "a2-r7:slow") == ["slow"]  # fmt: skip


def test_a_ground_under_10_4_names_the_correction_of_its_notice() -> None:
    told = notice("2026-01-12", "2026-02-11", "understaffed")
    right = corrected("2026-01-13", told, deadline="2026-02-10")
    assert ground(given(*SERVED, told, right), "10.4") == ["notice", right.ref]


def test_a_correction_that_a_role_contests_is_named_where_it_counts_alone() -> None:
    one = a_incident("2026-02-10", "inc")
    right = corrected("2026-02-20", one, people_affected=600000)
    told = given(*SERVED, one, right, contested("2026-02-21", right, "party_b"))
    assert ground(told) == ["inc"], "taken back by its speaker and contested: a claim"
    assert ground(told, as_seen_by="party_a") == ["inc", right.ref]
    assert ground(told, as_seen_by="party_b") == ["inc"]


# -- assessments and grades that were decided -----------------------------------------------------------


def test_a_ground_names_the_assessment_that_counts_and_no_other() -> None:
    first = assessed("2026-02-20", people_affected=500000)
    right = assessed("2026-02-21", people_affected=500001)
    told = given(*SERVED, a_incident("2026-02-10", "inc", people_affected=1), first, right)
    assert ground(told) == ["inc", right.ref]
    assert ground(told, day="2026-02-20") == ["inc", first.ref]


def test_a_ground_names_the_agreement_or_the_judgment_that_decided_the_grade() -> None:
    agreed = grade_agreed("2026-02-20", "A")
    told = given(*SERVED, b_incident("2026-02-10", "inc"), agreed)
    assert ground(told) == ["inc", agreed.ref]
    ruled = judged("2026-04-01", {"incident": "inc", "grade": "A"})
    told.record(dispute_opened("2026-03-01"), ruled)
    assert ground(told, as_seen_by="party_a") == ["inc", ruled.ref]


# -- links ------------------------------------------------------------------------------------------


def test_a_ground_names_the_link_by_which_its_incident_counts_with_another() -> None:
    tie = linked("2026-02-12", "one", "two")
    told = given(*SERVED, a_incident("2026-02-10", "one"), b_incident("2026-02-11", "two"), tie)
    assert ground(told) == ["one", tie.ref]
    assert ground(told, day="2026-02-11") == ["one"]


def test_a_link_of_others_is_not_named_and_an_unlinking_is_where_it_parts_what_was_linked() -> None:
    tie, parted = linked("2026-02-12", "one", "two"), unlinked("2026-02-13", "one", "two")
    told = given(*SERVED, a_incident("2026-02-10", "one"), b_incident("2026-02-11", "two"),
                 b_incident("2026-02-11", "three"), linked("2026-02-12T09:00:00+08:00", "two", "three", cause="电"),
                 tie, parted)  # fmt: skip
    assert ground(told) == ["one", parted.ref]


def test_an_item_names_the_link_of_its_incident() -> None:
    tie = linked("2026-02-12", "one", "two")
    lost = {"security_service_fault": True, "consequence": "major"}
    told = given(*SERVED, incident("2026-02-10", "tampering", "one", **lost),
                 incident("2026-02-11", "data_loss", "two", **lost), tie)  # fmt: skip
    assert item(told, "a2-r3:one") == ["one", tie.ref]
    assert item(told, "a2-r3:one", "2026-02-11") == ["one"]


# -- amendments and agreed readings -------------------------------------------------------------------


@pytest.mark.parametrize("change, named", [
    ({"termination__b_incidents": 2}, True),
    ({"termination__b_window_months": 11}, True),
    ({"grades__outage__minutes": 100}, True),
    ({"termination__a_incidents": 2}, False),
    ({"grades__data_loss__months_over": "2"}, False),
    ({"periods__rework_days": 31}, False),
])  # fmt: skip
def test_a_ground_names_the_amendments_of_the_terms_it_follows_from(change: dict[str, Any], named: bool) -> None:
    days = ("2026-02-10", "2026-03-10", "2026-04-10")
    told = given(*SERVED, amended("2026-01-05", **change), *(b_incident(day) for day in days))
    because = told.as_of(DAY).grounds("10.2")[-1]["because"]
    assert because == [*(["amendment"] if named else []), *(f"b-{day}" for day in days)]


def test_an_amendment_after_the_day_of_the_ground_is_not_named() -> None:
    told = given(*SERVED, a_incident("2026-02-10", "inc"), amended("2026-02-11", termination__a_incidents=2))
    assert ground(told) == ["inc"]
    before = given(*SERVED, amended("2026-02-10", grades__outage__minutes=119), a_incident("2026-02-10", "inc"))
    assert ground(before) == ["amendment", "inc"]


def test_a_corrected_amendment_is_named_with_its_correction() -> None:
    change = amended("2026-01-05", termination__a_incidents=3)
    right = corrected("2026-01-06", change, changes={"termination.a_incidents": 1})
    assert ground(given(*SERVED, change, right, a_incident("2026-02-10", "inc"))) == ["amendment", right.ref, "inc"]


def test_a_ground_names_the_agreed_readings_on_which_it_depends_and_no_other() -> None:
    any_of_them = reading_agreed("2026-01-05", "outage-criteria", "any")
    told = given(*SERVED, any_of_them, reading_agreed("2026-01-06", "force-majeure", "excluded"),
                 reading_agreed("2026-01-07", "band-gaps", "a-fortiori"),
                 a_incident("2026-02-10", "inc", people_affected=1))  # fmt: skip
    assert ground(told) == [any_of_them.ref, "reading-2026-01-06", "inc"], "both bear on whether it is graded"
    assert ground(told, reading={"outage-criteria": "any"}) == ["reading-2026-01-06", "inc"], "asked, not agreed"
    never = reading_agreed("2026-02-10", "lapse", "never")
    assert ground(given(*SERVED, a_incident("2026-02-10", "inc"), never)) == ["inc", never.ref]


def test_an_item_names_the_amendment_by_which_its_incident_is_not_graded() -> None:
    slower = amended("2026-01-05", grades__tampering__minutes=31)
    hit = incident("2026-02-10", "tampering", security_service_fault=True, consequence="major", duration_minutes=30,
                   provider_hazard=True, plan_followed=False, attention=["municipal"])  # fmt: skip
    assert item(given(*SERVED, slower, hit), "a2-r3:inc") == ["amendment", "inc"]
    unlike = amended("2026-01-05", grades__outage__minutes=31)
    mild = incident("2026-02-10", "tampering", security_service_fault=True, consequence="major", duration_minutes=29)
    assert item(given(*SERVED, unlike, mild), "a2-r3:inc") == ["inc"]
