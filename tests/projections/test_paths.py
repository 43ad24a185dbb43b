"""Addresses inside a conclusion, and what changed between two (SPEC 5, next_changes)."""

from __future__ import annotations

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.projections.paths import addressed, changes
from tests.happenings import (
    a_incident,
    b_incident,
    invoice,
    lease_started,
    linked,
    notice,
    on_site_absence,
    paid,
    service_level,
    signed,
)
from tests.paths import at
from tests.scenario import given

TOLD = given(
    signed,
    lease_started("2025-12-01"),
    invoice("2025-12-05", name="INV-1"),
    a_incident("2026-01-10", "a"),
    b_incident("2026-01-11", "b"),
    linked("2026-01-12", "a", "b"),
    service_level("2026-01-12", "2025-12", "major", "r", response_minutes=16, recovery_minutes=61),
    notice("2026-01-05", "2026-01-08", "understaffed", "n1"),
    notice("2026-01-05", "2026-01-08", "understaffed", "n2"),
)
STATUS = TOLD.as_of("2026-01-15").status


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("phase", "in_service"),
        ("contract", STATUS["contract"]),
        ("term.ends_on", "2026-12-01"),
        ("balance.overdue", "1843129.06"),
        ("obligations.pay-invoice:INV-1.state", "overdue"),
        ("obligations.trial-run.due_on", "2026-01-19"),
        ("incidents.a_count", 1),
        ("incidents.grades.a", "A"),
        ("incidents.counted.a.members", ["a", "b"]),
        ("incidents.excluded.b.reason", "same-cause"),
        ("termination.allowed", True),
        ("termination.headroom.b_incidents", 3),
        ("termination.grounds.10.1@2026-01-10.state", "open"),
        ("damages.items.a2-r7:r.absorbed_by", "a2-r10:r"),
        ("damages.accrued", "383985.22"),
        ("exit.request", None),
        ("readings.lapse", "civil-code-564"),
    ],
)
def test_a_value_is_found_at_its_path(path, value) -> None:
    assert at(STATUS, path) == value


def test_a_whole_section_or_record_is_found_at_its_path() -> None:
    assert at(STATUS, "balance") == STATUS["balance"]
    assert at(STATUS, "termination") == STATUS["termination"]
    assert at(STATUS, "obligations.trial-run")["kind"] == "trial-run"


def test_an_obligation_or_an_item_is_found_by_its_id_alone() -> None:
    assert at(STATUS, "pay-invoice:INV-1")["clause"] == "9.1"
    assert at(STATUS, "a2-r10:r")["amount"] == "383985.22"


@pytest.mark.parametrize(
    "path", ["", ".", "nothing", "balance.nothing", "obligations.none", "phase.x", "balance.", "damages.items.a2"]
)
def test_an_unknown_path_is_a_key_error(path) -> None:
    with pytest.raises(KeyError):
        at(STATUS, path)


def test_every_address_leads_to_its_own_value() -> None:
    for path, value in addressed(STATUS, AGREEMENT).items():
        if not path.startswith("receipt"):
            assert at(STATUS, path) == value


def test_two_grounds_of_one_clause_on_one_day_have_addresses_of_their_own() -> None:
    grounds = addressed(STATUS, AGREEMENT)["termination.grounds"]
    assert sorted(grounds) == ["10.1@2026-01-10", "10.4@2026-01-09", "10.4@2026-01-09+"]
    assert {tuple(grounds[name]["because"]) for name in grounds} == {
        tuple(one["because"]) for one in STATUS["termination"]["grounds"]
    }


def test_equal_answers_have_no_changes() -> None:
    assert changes(STATUS, STATUS, AGREEMENT) == []


def test_the_day_the_window_and_the_receipt_are_no_change() -> None:
    later = TOLD.as_of("2026-01-16").status
    assert later["receipt"] != STATUS["receipt"]
    assert later["incidents"]["window"] != STATUS["incidents"]["window"]
    assert changes(STATUS, later, AGREEMENT) == []


def test_changes_name_the_path_and_both_values_in_the_order_of_paths() -> None:
    told = given(signed, lease_started("2025-12-01"), invoice("2025-12-05", "100.00", "INV-1"))
    before = told.as_of("2025-12-08").status
    after = told.record(paid("2025-12-09", "100.00", name="INV-1")).as_of("2025-12-09").status
    payment = [fact.id for fact in told.facts if fact.ref == "pay"]
    [debt] = before["limitation"]
    assert changes(before, after, AGREEMENT) == [
        {"path": "balance.outstanding", "from": "2303911.32", "to": "2303811.32"},
        {"path": "balance.paid", "from": "0.00", "to": "100.00"},
        {"path": "balance.payable", "from": "100.00", "to": "0.00"},
        {"path": "limitation.pay-invoice:INV-1", "from": debt, "to": None},
        {"path": "obligations.pay-invoice:INV-1.settled_by", "from": [], "to": payment},
        {"path": "obligations.pay-invoice:INV-1.settled_on", "from": None, "to": "2025-12-09"},
        {"path": "obligations.pay-invoice:INV-1.state", "from": "pending", "to": "fulfilled"},
    ]


def test_a_record_that_came_or_went_is_one_change() -> None:
    told = given(signed, lease_started("2025-12-01"), on_site_absence("2026-01-10", 61, "major"))
    before, after = told.as_of("2026-01-09").status, told.as_of("2026-01-10").status
    [item], [debt] = after["damages"]["items"], after["limitation"]
    came = [
        {"path": "damages.accrued", "from": "0.00", "to": "191992.61"},
        {"path": "damages.deductible", "from": "0.00", "to": "191992.61"},
        {"path": "damages.items.a2-r11:nobody-2026-01-10", "from": None, "to": item},
        {"path": "limitation.a2-r11:nobody-2026-01-10", "from": None, "to": debt},
    ]
    assert changes(before, after, AGREEMENT) == came
    assert changes(after, before, AGREEMENT) == [one | {"from": one["to"], "to": one["from"]} for one in came]
