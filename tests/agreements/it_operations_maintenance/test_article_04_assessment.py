"""第四条 考核: scores by quarter, coefficients by year (SPEC 9.5)."""

from __future__ import annotations

import pytest

from tests.operations import SIGNED, accepted, anomalies, given, scored, section
from tests.scenario import balance

ON = "2026-06-30"


@pytest.mark.parametrize(("scores", "average", "coefficient"), [
    (("90", "90", "90", "90"), "90.00", "1.00"), (("90", "90", "90", "89.99"), "89.9975", "0.95"),
    (("80", "80", "80", "80"), "80.00", "0.95"), (("79.99", "80", "80", "80"), "79.9975", "0.90"),
    (("70", "70", "70", "70"), "70.00", "0.90"), (("69.9", "70", "70", "70"), "69.975", "0.80"),
    (("0", "0", "0", "0"), "0.00", "0.80"), (("100", "100", "100", "100"), "100.00", "1.00"),
])  # fmt: skip
def test_the_coefficient_follows_from_the_exact_average(
    scores: tuple[str, ...], average: str, coefficient: str
) -> None:
    told = given(SIGNED, [scored(quarter, score, ON) for quarter, score in enumerate(scores, 1)])
    told.as_of(ON).then(section("service", coefficients=[{"year": 1, "average": average, "coefficient": coefficient}]))


def test_a_year_has_no_coefficient_until_each_of_its_quarters_is_assessed() -> None:
    told = given(SIGNED, [scored(quarter, "70", ON) for quarter in (1, 2, 4)], scored(3, "70", "2026-07-01"))
    told.as_of(ON).then(section("service", coefficients=[]), balance(total="1200000.00"))
    told.as_of("2026-07-01").then(balance(total="1152000.00"))


def test_a_later_score_of_a_quarter_replaces_the_earlier() -> None:
    told = given(SIGNED, [scored(quarter, "90", ON) for quarter in (1, 2, 3, 4)], scored(1, "50", "2026-07-01"))
    told.as_of(ON).then(balance(total="1200000.00"))
    told.as_of("2026-07-01").then(balance(total="1176000.00"))


def test_quarters_are_those_of_the_service_period() -> None:
    told = given(SIGNED, scored(4, "90", ON), scored(5, "90", ON))
    told.as_of(ON).then(anomalies(("QUARTER_OUTSIDE_SERVICE", f"score-5-{ON}")))
    longer = given(SIGNED, scored(5, "90", ON), term__to="2026-07-02")
    longer.as_of(ON).then(anomalies())
    term = {"months": 12, "accepted": "initial"}
    corresponding = given(SIGNED, accepted("2025-07-10"), scored(5, "90", ON), term=term)
    corresponding.as_of(ON).then(anomalies(("QUARTER_OUTSIDE_SERVICE", f"score-5-{ON}")))


def test_a_score_given_on_the_day_from_which_the_service_runs_is_of_it_in_whatever_order() -> None:
    told = given(SIGNED, scored(1, "92", "2025-08-31"), accepted("2025-08-31"),
                 term={"months": 12, "accepted": "initial"})  # fmt: skip
    told.as_of("2025-08-31").then(anomalies())
    assert [one["quarter"] for one in told.as_of("2025-08-31").status["service"]["scores"]] == [1]
    before = given(SIGNED, scored(1, "92", "2025-08-30"), accepted("2025-08-31"),
                   term={"months": 12, "accepted": "initial"})  # fmt: skip
    before.as_of("2025-08-31").then(anomalies(("QUARTER_OUTSIDE_SERVICE", "score-1-2025-08-30")))
