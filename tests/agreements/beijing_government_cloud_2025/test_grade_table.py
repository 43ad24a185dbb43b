"""Annex 1 as a plain decision table: for every input exactly the grade that the table gives (SPEC 4.4).

The table below is read off the annex's words row by row; measures stand on, just before and just after every threshold.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import Measures
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.table import criteria, grade
from ledger.domain.terms import parse_terms
from tests.scenario import terms

GRADES = parse_terms(terms()).grades
EITHER = (None, True, False)
ATTENTION = ("national", "municipal", "municipal_leader")
ATTENTIONS = [None, *(noticed for count in range(4) for noticed in combinations(ATTENTION, count))]


def _readings(**changed: str) -> dict[str, str]:
    return {**AGREEMENT.defaults, **{name.replace("_", "-"): option for name, option in changed.items()}}


# -- outage -------------------------------------------------------------------------------------------

SHARES = [None, "0.0999", "0.10", "0.1001", "0.2999", "0.30", "0.3001", "1"]
PEOPLE = [None, 99_999, 100_000, 100_001, 499_999, 500_000, 500_001]
LOSSES = [None, 999_999_99, 1_000_000_00, 1_000_000_01, 4_999_999_99, 5_000_000_00, 5_000_000_01]
MINUTES = [None, 119, Decimal("119.9"), 120, Decimal("120.1"), 121]
SCOPES = [None, "system", "platform"]


def _outage(share: Decimal | None, people: int | None, loss: int | None, criteria: str, ceiling: str) -> str | None:
    a = [share is not None and share > Decimal("0.30"), people is not None and people >= 500_000,
         loss is not None and loss >= 500_000_000]  # fmt: skip
    b = [share is not None and share > Decimal("0.10"), people is not None and people >= 100_000,
         loss is not None and loss >= 100_000_000]  # fmt: skip
    enough = all if criteria == "all" else any
    if enough(a):
        return "A"
    if ceiling == "thirty-percent" and a[0]:
        return None
    return "B" if enough(b) else None


@pytest.mark.parametrize("ceiling", ["open", "thirty-percent"])
@pytest.mark.parametrize("enough", ["all", "any"])
def test_every_outage_on_and_beside_every_threshold(enough, ceiling) -> None:
    readings = _readings(outage_criteria=enough, outage_b_ceiling=ceiling)
    for share, people, loss in product(SHARES, PEOPLE, LOSSES):
        share_ = Decimal(share) if share is not None else None
        expected = _outage(share_, people, loss, enough, ceiling)
        for minutes, scope in product(MINUTES, SCOPES):
            measures = Measures(
                scope=scope, duration_minutes=minutes, systems_share=share_, people_affected=people, economic_loss=loss
            )
            counts = scope == "platform" and minutes is not None and minutes >= 120
            assert grade("outage", measures, GRADES, readings) == (expected if counts else None), measures


# -- tampering ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_every_tampering_whoever_noticed_it(attention) -> None:
    """Attention that speaks for A and for B gives A in a guarantee period, and B outside."""
    noticed = set(attention or ())
    for minutes, hazard, plan, guarantee in product((None, 29, Decimal("29.9"), 30, 31), EITHER, EITHER, EITHER):
        measures = Measures(
            attention=attention, duration_minutes=minutes, provider_hazard=hazard, plan_followed=plan,
            guarantee_period=guarantee,
        )  # fmt: skip
        expected = None
        if minutes is not None and minutes >= 30 and hazard is True and plan is False:
            if guarantee is True and noticed & {"national", "municipal_leader"}:
                expected = "A"
            elif noticed:
                expected = "B"
        assert grade("tampering", measures, GRADES, _readings()) == expected, measures


# -- data loss and intrusion --------------------------------------------------------------------------


def test_every_data_loss() -> None:
    months = [None, Decimal("0.99"), Decimal("1"), Decimal("1.01")]
    for core, lost, months_, systems, level, important in product(
        EITHER, EITHER, months, (None, 0, 1, 3, 4), (None, 2, 3, 4), EITHER
    ):
        measures = Measures(
            core_data=core, unrecoverable=lost, months_lost=months_, systems_affected=systems, mlps_level=level,
            important=important,
        )  # fmt: skip
        expected = None
        if core is True and lost is True and months_ is not None and months_ > 1 and systems is not None:
            weighty = (level is not None and level >= 3) or important is True
            expected = "A" if systems > 3 and weighty else "B" if systems >= 1 else None
        assert grade("data_loss", measures, GRADES, _readings()) == expected, measures


def test_every_intrusion() -> None:
    for told, handled, guarantee, leaked, level, important in product(
        EITHER, EITHER, EITHER, EITHER, (None, 2, 3, 4), EITHER
    ):
        measures = Measures(
            third_party_notified=told, handled_in_time=handled, guarantee_period=guarantee, tampered_or_leaked=leaked,
            mlps_level=level, important=important,
        )  # fmt: skip
        expected = None
        if told is True and handled is False and leaked is True:
            weighty = (level is not None and level >= 3) or important is True
            expected = "A" if guarantee is True and weighty else "B"
        assert grade("intrusion", measures, GRADES, _readings()) == expected, measures


# -- whatever the numbers -----------------------------------------------------------------------------

MEASURES = st.builds(
    Measures,
    scope=st.sampled_from([None, "platform", "system"]),
    responsibility=st.sampled_from([None, "provider", "shared", "other"]),
    force_majeure=st.sampled_from(EITHER),
    duration_minutes=st.none() | st.integers(0, 300) | st.decimals(0, 300, places=1),
    systems_share=st.none() | st.decimals(0, 1, places=4),
    people_affected=st.none() | st.integers(0, 1_000_000),
    economic_loss=st.none() | st.integers(0, 1_000_000_000),
    provider_hazard=st.sampled_from(EITHER),
    plan_followed=st.sampled_from(EITHER),
    guarantee_period=st.sampled_from(EITHER),
    attention=st.sampled_from(ATTENTIONS),
    core_data=st.sampled_from(EITHER),
    unrecoverable=st.sampled_from(EITHER),
    months_lost=st.none() | st.decimals(0, 3, places=2),
    systems_affected=st.none() | st.integers(0, 8),
    mlps_level=st.none() | st.integers(1, 5),
    important=st.sampled_from(EITHER),
    third_party_notified=st.sampled_from(EITHER),
    handled_in_time=st.sampled_from(EITHER),
    tampered_or_leaked=st.sampled_from(EITHER),
)
KINDS = st.sampled_from(["outage", "tampering", "data_loss", "intrusion", "mutual_backup"])


@given(kind=KINDS, measures=MEASURES)
@settings(max_examples=400)
def test_a_grade_is_that_of_the_first_row_whose_criteria_are_all_met(kind, measures) -> None:
    asked = list(criteria(kind, measures, GRADES))
    met = {row: all(one.met is True for one in asked if one.grade == row) for row in ("AB", "A", "B")}
    row = next((row for row in "AB" if asked and met["AB"] and met[row]), None)
    expected = None if measures.responsibility == "other" else row
    assert grade(kind, measures, GRADES, AGREEMENT.defaults) == expected


@given(kind=KINDS, measures=MEASURES, reading=st.sampled_from(["unless-other", "provider-only", "stated"]))
@settings(max_examples=200)
def test_a_stricter_reading_of_responsibility_never_grades_more(kind, measures, reading) -> None:
    strict = grade(kind, measures, GRADES, _readings(main_responsibility=reading))
    assert strict in (None, grade(kind, measures, GRADES, AGREEMENT.defaults))
