"""第三条 服务级别: availability bands, maintenance left out, response and resolution (SPEC 9.6)."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import pytest

from tests.happenings import SUPERVISOR
from tests.operations import (
    SIGNED,
    accepted,
    amended,
    given,
    item,
    maintenance,
    measured,
    opened,
    resolved,
    responded,
    section,
)

JULY = 31 * 24 * 60  # minutes
CREDIT = "availability-credit:2025-07:portal"


def shown(told: object) -> list[tuple[str, str]]:
    listed = told.as_of("2025-08-31").status["service"]["availability"]  # type: ignore[attr-defined]
    return [(one["month"], one["availability"]) for one in listed]


def in_july(downtime: int | str, *steps: object, left_out: int | None = None) -> object:
    return given(SIGNED, *steps, measured("2025-07", downtime, left_out, on="2025-08-01")).as_of("2025-08-01")  # type: ignore[arg-type]


def test_exactly_at_a_band_it_does_not_apply_just_below_it_does() -> None:
    # 0.10 % of July are 44.64 minutes, 1 % are 446.4
    in_july("44.64").then(item(CREDIT))  # type: ignore[attr-defined]
    in_july("44.640001").then(item(CREDIT, amount="2000.00", clause="3.1", debtor="party_b"))  # type: ignore[attr-defined]
    in_july("446.4").then(item(CREDIT, amount="2000.00"))  # type: ignore[attr-defined]
    in_july("446.400001").then(item(CREDIT, amount="6000.00"))  # type: ignore[attr-defined]


def test_maintenance_announced_in_time_is_left_out_of_both() -> None:
    noon = "2025-07-12T12:00:00+08:00"
    in_time = maintenance("M-1", "2025-07-11T12:00:00+08:00", noon, 60)
    too_late = maintenance("M-1", "2025-07-11T12:00:01+08:00", noon, 60)
    in_july(100, in_time, left_out=60).then(item(CREDIT))  # type: ignore[attr-defined]
    in_july(100, too_late, left_out=60).then(item(CREDIT, amount="2000.00"))  # type: ignore[attr-defined]
    told = given(SIGNED, in_time, measured("2025-07", 100, 60, on="2025-08-01"))
    availability = Decimal(JULY - 100) / Decimal(JULY - 60) * 100
    assert shown(told) == [("2025-07", str(availability.quantize(Decimal("0.000001"), ROUND_DOWN)))]


def test_what_is_shown_lies_on_the_same_side_of_a_band_as_what_is() -> None:
    def percent(downtime: str) -> list[tuple[str, str]]:
        return shown(given(SIGNED, measured("2025-07", downtime, on="2025-08-01")))

    assert percent("44.64") == [("2025-07", "99.90")]  # no credit
    assert percent("44.640001") == [("2025-07", "99.899999")]  # rounded it would be 99.90 as well


def test_no_more_is_left_out_than_was_announced_of_that_system_and_overlaps_count_once() -> None:
    noon = "2025-07-12T12:00:00+08:00"
    announced = [
        maintenance("M-1", "2025-07-01", noon, 40), maintenance("M-2", "2025-07-01", "2025-07-12T12:20:00+08:00", 40),
        maintenance("M-3", "2025-07-01", noon, 600, "approval"),
    ]  # fmt: skip
    in_july(104, announced, left_out=104).then(item(CREDIT))  # type: ignore[attr-defined]
    in_july(105, announced, left_out=105).then(item(CREDIT, amount="2000.00"))  # type: ignore[attr-defined]


def test_only_days_of_the_service_period_count_and_downtime_up_to_all_of_them() -> None:
    told = given(SIGNED, measured("2026-06", 60 * 24 * 60, on="2026-06-30"), term__to="2026-06-10")
    assert told.as_of("2026-07-01").status["service"]["availability"][0]["availability"] == "0.00"
    half = given(SIGNED, measured("2026-06", 5 * 24 * 60, on="2026-06-30"), term__to="2026-06-10")
    assert half.as_of("2026-07-01").status["service"]["availability"][0]["availability"] == "50.00"


def test_a_month_that_was_all_announced_maintenance_has_no_availability() -> None:
    told = given(SIGNED, maintenance("M-1", "2025-06-21", "2025-07-01T00:00:00+08:00", JULY),
                 measured("2025-07", JULY, JULY, on="2025-08-01"))  # fmt: skip
    assert shown(told) == []


def test_the_later_report_of_a_role_counts_and_a_neutral_role_prevails() -> None:
    again = measured("2025-07", 10, on="2025-08-02").named("again")
    told = given(SIGNED, measured("2025-07", 1000, on="2025-08-01"), again)
    told.as_of("2025-08-01").then(item(CREDIT, amount="6000.00"))
    told.as_of("2025-08-02").then(item(CREDIT))
    watched = given(SIGNED, measured("2025-07", 10, on="2025-08-02"),
                    measured("2025-07", 1000, on="2025-08-03", by=SUPERVISOR))  # fmt: skip
    watched.as_of("2025-08-03").then(item(CREDIT, amount="6000.00", day="2025-08-03"))


def test_a_party_s_report_after_the_other_s_is_a_claim() -> None:
    theirs = measured("2025-07", 10, on="2025-08-02", by="party_b")
    told = given(SIGNED, measured("2025-07", 1000, on="2025-08-01"), theirs)
    told.as_of("2025-08-02").then(item(CREDIT, amount="6000.00"))
    told.as_of("2025-08-02", as_seen_by="party_b").then(item(CREDIT))
    answer = told.as_of("2025-08-02").status
    assert [(one["by"], one["why"]) for one in answer["claims"]] == [("party_b", "changes-anothers-word")]
    assert f"damages.items.{CREDIT}" in {one["path"] for one in answer["positions"]}


def test_terms_are_those_of_the_report_s_day() -> None:
    told = given(
        SIGNED, measured("2025-07", 100, on="2025-08-01"),
        amended("2025-08-02", service__systems__portal__monthly_fee="50000.00"),
        measured("2025-08", 100, on="2025-09-01"),
    )  # fmt: skip
    august = "availability-credit:2025-08:portal"
    told.as_of("2025-09-01").then(item(CREDIT, amount="2000.00"), item(august, amount="2500.00"))


@pytest.mark.parametrize(("at", "amount"), [
    ("10:15:00", None), ("10:15:00.000001", "500.00"), ("10:16:00", "500.00"),
])  # fmt: skip
def test_an_answer_exactly_in_time_is_in_time(at: str, amount: str | None) -> None:
    told = given(SIGNED, opened("T-1", "2025-09-01T10:00:00+08:00"), responded("T-1", f"2025-09-01T{at}+08:00"))
    expected = {"amount": amount} if amount else {}
    told.as_of("2025-09-01").then(item("response-credit:T-1", **expected))


@pytest.mark.parametrize(("at", "begun", "full"), [
    ("14:00:00", None, None), ("14:00:01", "200.00", None), ("15:00:00", "200.00", "200.00"),
    ("15:00:01", "400.00", "200.00"), ("16:00:00", "400.00", "400.00"),
])  # fmt: skip
def test_hours_late_are_counted_as_begun_or_by_the_other_reading_full(
    at: str, begun: str | None, full: str | None
) -> None:
    told = given(SIGNED, opened("T-1", "2025-09-01T10:00:00+08:00"), responded("T-1", "2025-09-01T10:05:00+08:00"),
                 resolved("T-1", f"2025-09-01T{at}+08:00"))  # fmt: skip
    for option, amount in (("begun", begun), ("full", full)):
        expected = {"amount": amount} if amount else {}
        told.as_of("2025-09-01", reading={"late-hours": option}).then(item("resolution-credit:T-1", **expected))


def test_what_is_resolved_is_answered_and_what_is_not_yet_gives_nothing_yet() -> None:
    told = given(SIGNED, opened("T-1", "2025-09-01T10:00:00+08:00"), resolved("T-1", "2025-09-02T10:00:00+08:00"))
    told.as_of("2025-09-01").then(item("response-credit:T-1"), item("resolution-credit:T-1"))
    told.as_of("2025-09-02").then(
        item("response-credit:T-1", amount="500.00"), item("resolution-credit:T-1", amount="4000.00")
    )


def test_a_priority_without_a_row_gives_nothing() -> None:
    told = given(SIGNED, opened("T-1", "2025-09-01", "P4"), resolved("T-1", "2025-09-30"))
    told.as_of("2025-10-31").then(item("response-credit:T-1"), item("resolution-credit:T-1"))


def test_a_month_counts_no_more_once_the_service_period_is_known_not_to_have_begun() -> None:
    stages = [{"stage": name, "name": name} for name in ("initial", "final")]
    told = given(SIGNED, accepted("2025-07-01"), measured("2025-07", 100, on="2025-08-04"),
                 amended("2025-09-01", term__accepted="final"), stages=stages,
                 term={"months": 12, "accepted": "initial"})  # fmt: skip
    told.as_of("2025-08-31").then(item(CREDIT, amount="2000.00"))
    told.as_of("2025-09-01").then(item(CREDIT), section("service", availability=[]))
