"""第五条 甲乙双方安全责任边界 (SPEC 4.2): the third-party network security review."""

from __future__ import annotations

import pytest

from tests.happenings import accepted, fact, lease_started, renewal_proposed, signature, signed
from tests.scenario import given, no_obligation, obligation

REVIEW = "security-review"


def review_passed(on: str, by: str = "party_b"):
    return fact("SecurityReviewPassed", on, by, f"review-{by}", reference="网审-1")


def test_the_security_review_is_owed_from_the_day_the_contract_is_effective_without_a_date_before_the_lease() -> None:
    told = given(signature("party_a", "2025-11-19"), signature("party_b", "2025-11-20"))
    told.as_of("2025-11-19").then(no_obligation(REVIEW))
    told.as_of("2027-11-20").then(
        obligation(
            REVIEW,
            "pending",
            due_on=None,
            clause="5.2",
            obligor="party_b",
            raised_on="2025-11-20",
            raised_by=["signed-a", "signed-b"],
        )
    )


def test_the_security_review_is_due_by_the_end_of_the_term_and_overdue_the_day_after() -> None:
    told = given(signed, lease_started("2025-12-01"))
    told.as_of("2026-12-01").then(obligation(REVIEW, "pending", due_on="2026-12-01"))
    told.as_of("2026-12-02").then(obligation(REVIEW, "overdue"))


def test_a_renewal_moves_the_day_the_security_review_is_due() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        renewal_proposed("2026-06-01", "2027-12-01"),
        accepted("2026-06-02", "renewal"),
    )
    told.as_of("2026-06-01").then(obligation(REVIEW, "pending", due_on="2026-12-01"))
    told.as_of("2026-06-02").then(obligation(REVIEW, "pending", due_on="2027-12-01"))


@pytest.mark.parametrize("by", ["party_b", "administrator"])
@pytest.mark.parametrize(
    ("moment", "day", "state"),
    [
        ("2026-12-01T15:59:59Z", "2026-12-01", "fulfilled"),
        ("2026-12-01T16:00:00Z", "2026-12-02", "fulfilled_late"),
    ],
)
def test_the_security_review_is_in_time_until_the_end_of_the_last_day(by, moment, day, state) -> None:
    told = given(signed, lease_started("2025-12-01"), review_passed(moment, by))
    told.as_of("2027-01-01").then(obligation(REVIEW, state, settled_on=day, settled_by=[f"review-{by}"]))


def test_a_review_passed_before_the_signatures_counts() -> None:
    told = given(review_passed("2025-11-01"), signed)
    told.as_of("2025-11-19").then(obligation(REVIEW, "fulfilled", settled_on="2025-11-01"))


def test_the_first_review_passed_is_the_one_that_counts() -> None:
    told = given(
        signed, lease_started("2025-12-01"), review_passed("2026-01-01"), review_passed("2026-02-01", "administrator")
    )
    told.as_of("2026-03-01").then(
        obligation(REVIEW, "fulfilled", settled_on="2026-01-01", settled_by=["review-party_b"])
    )


def test_where_the_lease_came_before_the_signatures_the_review_is_due_by_the_end_of_the_term_at_once() -> None:
    told = given(lease_started("2025-11-01"), signed)
    told.as_of("2025-11-19").then(obligation(REVIEW, "pending", due_on="2026-11-01"))


def test_of_two_reviews_passed_before_the_signatures_the_first_counts() -> None:
    told = given(review_passed("2025-11-01"), review_passed("2025-11-05", "administrator"), signed)
    told.as_of("2025-11-19").then(
        obligation(REVIEW, "fulfilled", settled_on="2025-11-01", settled_by=["review-party_b"])
    )
