"""附件4 服务订单 (SPEC 4.2, 4.8): 62 hosts hardened and scanned, each at least twice, 124 times in all."""

from __future__ import annotations

import pytest

from tests.happenings import accepted, lease_started, performed, renewal_proposed, retracted, signed
from tests.scenario import given, no_obligation, obligation, terms

SERVED = (signed, lease_started("2025-12-01"))
SERVICES = pytest.mark.parametrize("service", ["host-hardening", "host-scan"])


@SERVICES
def test_the_hosts_are_to_be_served_by_the_end_of_the_term(service) -> None:
    told = given(*SERVED)
    told.as_of("2025-11-30").then(no_obligation(service))
    told.as_of("2026-12-01").then(
        obligation(
            service,
            "pending",
            due_on="2026-12-01",
            clause="annex 4",
            obligor="party_b",
            raised_on="2025-12-01",
            raised_by=["lease"],
        )
    )
    told.as_of("2026-12-02").then(obligation(service, "overdue"))


@SERVICES
@pytest.mark.parametrize(("units", "state"), [(123, "pending"), (124, "fulfilled"), (125, "fulfilled")])
def test_124_units_are_ordered_and_123_are_too_few(service, units, state) -> None:
    told = given(*SERVED, performed("2026-03-01", service, units))
    told.as_of("2026-03-01").then(obligation(service, state))


@SERVICES
def test_units_add_up_to_the_day_that_completes_them(service) -> None:
    told = given(
        *SERVED,
        performed("2026-03-01", service, 100),
        performed("2026-04-01", service, 24),
        performed("2026-05-01", service, 1),
    )
    told.as_of("2026-03-31").then(obligation(service, "pending"))
    told.as_of("2026-04-01").then(obligation(service, "fulfilled", settled_on="2026-04-01"))
    told.as_of("2026-05-01").then(obligation(service, "fulfilled", settled_on="2026-04-01"))


def test_units_of_one_service_do_not_count_for_the_other() -> None:
    told = given(*SERVED, performed("2026-03-01", "host-scan", 124))
    told.as_of("2026-03-01").then(obligation("host-scan", "fulfilled"), obligation("host-hardening", "pending"))


def test_a_service_by_the_month_raises_nothing() -> None:
    told = given(*SERVED, performed("2026-03-01", "waf", 1))
    told.as_of("2026-03-01").then(no_obligation("waf"), obligation("host-scan", "pending"))


@pytest.mark.parametrize(
    ("moment", "state"), [("2026-12-01T15:59:59Z", "fulfilled"), ("2026-12-01T16:00:00Z", "fulfilled_late")]
)
def test_the_hosts_are_served_in_time_until_the_end_of_the_last_day(moment, state) -> None:
    given(*SERVED, performed(moment, "host-scan", 124)).as_of("2027-01-01").then(obligation("host-scan", state))


def test_a_host_named_once_is_too_few_even_if_the_units_suffice() -> None:
    told = given(*SERVED, performed("2026-03-01", "host-scan", 123), performed("2026-03-02", "host-scan", 1, "host-1"))
    told.as_of("2026-03-02").then(obligation("host-scan", "pending"))
    told.record(performed("2026-03-03", "host-scan", 1, "host-1"))
    told.as_of("2026-03-03").then(obligation("host-scan", "fulfilled", settled_on="2026-03-03"))


def test_units_for_a_named_host_are_times() -> None:
    told = given(*SERVED, performed("2026-03-01", "host-scan", 122), performed("2026-03-02", "host-scan", 2, "host-1"))
    told.as_of("2026-03-02").then(obligation("host-scan", "fulfilled"))


def test_hosts_named_twice_each_but_too_few_in_all_are_not_enough() -> None:
    told = given(
        *SERVED, performed("2026-03-01", "host-scan", 2, "host-1"), performed("2026-03-02", "host-scan", 2, "host-2")
    )
    told.as_of("2026-03-02").then(obligation("host-scan", "pending"))


def test_a_host_newly_named_once_reopens_what_was_enough() -> None:
    told = given(*SERVED, performed("2026-03-01", "host-scan", 124), performed("2026-03-02", "host-scan", 1, "host-1"))
    told.as_of("2026-03-01").then(obligation("host-scan", "fulfilled"))
    told.as_of("2026-03-02").then(obligation("host-scan", "pending", settled_on=None))


def test_a_host_newly_named_and_served_within_a_day_leaves_enough_as_it_was() -> None:
    once, twice = (performed(f"2026-02-03T{hour}:00:00+08:00", "host-scan", 1, "host-63") for hour in ("09", "17"))
    told = given(*SERVED, performed("2026-02-01", "host-scan", 124), once, twice)
    told.as_of("2026-02-03").then(
        obligation("host-scan", "fulfilled", settled_on="2026-02-01", settled_by=["done-2026-02-01-None"])
    )


def test_what_was_enough_undone_and_enough_again_on_one_day_is_settled_by_all_that_it_took() -> None:
    once, twice = (performed(f"2026-02-01T{hour}:00:00+08:00", "host-scan", 1, "host-63") for hour in ("09", "17"))
    told = given(*SERVED, performed("2026-02-01", "host-scan", 124), once, twice)
    all_three = ["done-2026-02-01-None", once.ref, twice.ref]
    told.as_of("2026-02-01").then(
        obligation("host-scan", "fulfilled", settled_on="2026-02-01", settled_by=all_three)
    )


def test_a_host_is_served_as_often_as_its_own_service_says() -> None:
    told = given(
        *SERVED,
        performed("2026-03-01", "host-scan", 123),
        performed("2026-03-02", "host-scan", 1, "host-1"),
        performed("2026-03-03", "host-hardening", 1, "host-1"),
    )
    told.as_of("2026-03-03").then(obligation("host-scan", "pending"))


def test_services_before_the_lease_count_once_it_starts() -> None:
    told = given(signed, lease_started("2026-01-10"), performed("2026-01-05", "host-scan", 124))
    told.as_of("2026-01-05").then(no_obligation("host-scan"))
    told.as_of("2026-01-10").then(obligation("host-scan", "fulfilled", settled_on="2026-01-05"))


def test_a_renewal_moves_the_day_by_which_the_hosts_are_to_be_served() -> None:
    told = given(*SERVED, renewal_proposed("2026-06-01", "2027-12-01"), accepted("2026-06-02", "renewal"))
    told.as_of("2026-12-02").then(obligation("host-scan", "pending", due_on="2027-12-01"))


def test_retracting_a_service_reopens_what_it_completed() -> None:
    wrong = performed("2026-03-01", "host-scan", 124)
    given(*SERVED, wrong, retracted("2026-03-02", wrong)).as_of("2026-03-02").then(obligation("host-scan", "pending"))


def test_an_agreement_without_an_order_owes_no_service_by_the_time() -> None:
    told = given(*SERVED, under=terms(order=None))
    told.as_of("2026-03-01").then(no_obligation("host-scan"), no_obligation("host-hardening"))


def test_units_of_no_named_host_belong_to_no_host() -> None:
    told = given(*SERVED, performed("2026-03-01", "host-scan", 1), performed("2026-03-02", "host-scan", 123, "host-1"))
    told.as_of("2026-03-02").then(obligation("host-scan", "fulfilled"))
