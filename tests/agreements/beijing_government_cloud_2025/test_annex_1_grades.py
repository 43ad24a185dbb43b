"""附件1 重大事件 (SPEC 4.4, 4.8): what makes an incident A or B grade, which incidents are one, which count."""

from __future__ import annotations

import pytest

from tests.happenings import (
    amended,
    assessed,
    b_incident,
    grade_agreed,
    incident,
    lease_started,
    reading_agreed,
    retracted,
    signed,
)
from tests.scenario import b_count, counts, given, grade, terms

SERVED = (signed, lease_started("2025-12-01"))
TWO_YEARS = terms(term__months=24)
OUTAGE_A = {
    "scope": "platform",
    "systems_share": "0.31",
    "people_affected": 500000,
    "economic_loss": "5000000.00",
    "duration_minutes": 120,
}
OUTAGE_B = {
    "scope": "platform",
    "systems_share": "0.11",
    "people_affected": 100000,
    "economic_loss": "1000000.00",
    "duration_minutes": 120,
}
TAMPERING_B = {"provider_hazard": True, "plan_followed": False, "attention": ["municipal"], "duration_minutes": 30}
TAMPERING_A = TAMPERING_B | {"guarantee_period": True, "attention": ["national"]}
DATA_LOSS_A = {
    "core_data": True,
    "unrecoverable": True,
    "months_lost": "1.01",
    "systems_affected": 4,
    "mlps_level": 3,
}
DATA_LOSS_B = DATA_LOSS_A | {"systems_affected": 1, "mlps_level": 2}
INTRUSION_B = {"third_party_notified": True, "handled_in_time": False, "tampered_or_leaked": True}
INTRUSION_A = INTRUSION_B | {"guarantee_period": True, "mlps_level": 3}


def _graded(kind, measures, expected, reading=None, **changed) -> None:
    stated = {key: value for key, value in (measures | changed).items() if value is not None}
    told = given(*SERVED, incident("2026-01-10", kind, **stated))
    told.as_of("2026-01-10", reading=reading).then(grade("inc", expected))


# -- outage -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("systems_share", "0.31", "A"),
        ("systems_share", "0.3001", "A"),
        ("systems_share", "0.30", "B"),  # 超过: exclusive
        ("systems_share", "0.29", "B"),
        ("people_affected", 500001, "A"),
        ("people_affected", 500000, "A"),  # 以上: inclusive
        ("people_affected", 499999, "B"),
        ("economic_loss", "5000000.01", "A"),
        ("economic_loss", "5000000.00", "A"),
        ("economic_loss", "4999999.99", "B"),
        ("duration_minutes", 121, "A"),
        ("duration_minutes", 120, "A"),
        ("duration_minutes", 119, None),
        ("scope", "system", None),
        ("scope", None, None),
        ("duration_minutes", None, None),
        ("systems_share", None, None),
        ("people_affected", None, None),
        ("economic_loss", None, None),
    ],
)
def test_a_platform_outage_is_of_grade_a_when_every_threshold_of_a_is_met(measure, value, expected) -> None:
    _graded("outage", OUTAGE_A, expected, **{measure: value})


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("systems_share", "0.1001", "B"),
        ("systems_share", "0.10", None),
        ("systems_share", "0.09", None),
        ("systems_share", "0.99", "B"),  # by default B has no ceiling
        ("people_affected", 100000, "B"),
        ("people_affected", 99999, None),
        ("economic_loss", "1000000.00", "B"),
        ("economic_loss", "999999.99", None),
        ("duration_minutes", 120, "B"),
        ("duration_minutes", 119, None),
        ("scope", "system", None),
    ],
)
def test_a_platform_outage_is_of_grade_b_when_every_threshold_of_b_is_met(measure, value, expected) -> None:
    _graded("outage", OUTAGE_B, expected, **{measure: value})


NOTHING = {"systems_share": "0.10", "people_affected": 99999, "economic_loss": "999999.99"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"systems_share": "0.11"}, "B"),
        ({"people_affected": 100000}, "B"),
        ({"economic_loss": "1000000.00"}, "B"),
        ({"systems_share": "0.30"}, "B"),
        ({"systems_share": "0.31"}, "A"),
        ({"people_affected": 499999}, "B"),
        ({"people_affected": 500000}, "A"),
        ({"economic_loss": "4999999.99"}, "B"),
        ({"economic_loss": "5000000.00"}, "A"),
        ({"people_affected": 500000, "systems_share": None, "economic_loss": None}, "A"),
        ({"systems_share": "0.31", "duration_minutes": 119}, None),
        ({"systems_share": "0.31", "scope": "system"}, None),
    ],
)
def test_by_the_reading_any_one_threshold_is_enough(changed, expected) -> None:
    _graded("outage", OUTAGE_B | NOTHING, expected, {"outage-criteria": "any"}, **changed)
    if not {"duration_minutes", "scope"} & changed.keys():
        _graded("outage", OUTAGE_B | NOTHING, None, None, **changed)


@pytest.mark.parametrize(
    ("share", "people", "default", "ceiling"),
    [
        ("0.30", 100000, "B", "B"),
        ("0.3001", 100000, "B", None),
        ("0.31", 500000, "A", "A"),
    ],
)
def test_by_the_reading_thirty_percent_a_share_above_it_is_no_b(share, people, default, ceiling) -> None:
    measures = OUTAGE_A | {"systems_share": share, "people_affected": people}
    _graded("outage", measures, default)
    _graded("outage", measures, ceiling, {"outage-b-ceiling": "thirty-percent"})


# -- tampering --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "A"),
        ({"attention": ["municipal_leader"]}, "A"),
        ({"attention": ["municipal", "national"]}, "A"),
        ({"attention": ["municipal"]}, "B"),
        ({"guarantee_period": False}, "B"),  # national: a fortiori
        ({"guarantee_period": None}, "B"),
        ({"guarantee_period": False, "attention": ["municipal_leader"]}, "B"),
        ({"attention": []}, None),
        ({"attention": None}, None),
        ({"duration_minutes": 31}, "A"),
        ({"duration_minutes": 30}, "A"),
        ({"duration_minutes": 29}, None),
        ({"duration_minutes": None}, None),
        ({"provider_hazard": False}, None),
        ({"provider_hazard": None}, None),
        ({"plan_followed": True}, None),
        ({"plan_followed": None}, None),
    ],
)
def test_tampering_is_graded_by_its_period_its_attention_and_how_it_was_handled(changed, expected) -> None:
    _graded("tampering", TAMPERING_A, expected, **changed)


@pytest.mark.parametrize(("minutes", "expected"), [(30, "B"), (29, None)])
def test_tampering_of_thirty_minutes_with_municipal_attention_is_of_grade_b(minutes, expected) -> None:
    _graded("tampering", TAMPERING_B, expected, duration_minutes=minutes)


# -- data loss --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "A"),
        ({"systems_affected": 3}, "B"),  # 超过 3 个
        ({"mlps_level": 4}, "A"),
        ({"mlps_level": 2}, "B"),
        ({"mlps_level": None}, "B"),
        ({"mlps_level": 2, "important": True}, "A"),
        ({"mlps_level": None, "important": True}, "A"),
        ({"mlps_level": 2, "important": False}, "B"),
        ({"important": False}, "A"),
        ({"months_lost": "1.0001"}, "A"),
        ({"months_lost": "1"}, None),
        ({"months_lost": "0.99"}, None),
        ({"months_lost": None}, None),
        ({"systems_affected": 1}, "B"),
        ({"systems_affected": 0}, None),
        ({"systems_affected": None}, None),
        ({"core_data": False}, None),
        ({"core_data": None}, None),
        ({"unrecoverable": False}, None),
        ({"unrecoverable": None}, None),
    ],
)
def test_data_loss_is_graded_by_what_was_lost_and_of_how_many_systems(changed, expected) -> None:
    _graded("data_loss", DATA_LOSS_A, expected, **changed)


# -- intrusion --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "A"),
        ({"mlps_level": 2}, "B"),
        ({"mlps_level": None}, "B"),
        ({"mlps_level": 2, "important": True}, "A"),
        ({"guarantee_period": False}, "B"),
        ({"guarantee_period": None}, "B"),
        ({"third_party_notified": False}, None),
        ({"third_party_notified": None}, None),
        ({"handled_in_time": True}, None),
        ({"handled_in_time": None}, None),
        ({"tampered_or_leaked": False}, None),
        ({"tampered_or_leaked": None}, None),
    ],
)
def test_an_intrusion_is_graded_by_how_it_was_handled_and_what_it_hit(changed, expected) -> None:
    _graded("intrusion", INTRUSION_A, expected, **changed)


def test_missing_backup_for_the_other_provider_is_no_row_of_annex_1() -> None:
    _graded("mutual_backup", {"consequence": "major"}, None)


# -- for which the provider answers -----------------------------------------------------------------

ALL_KINDS = pytest.mark.parametrize(
    ("kind", "measures"),
    [("outage", OUTAGE_B), ("tampering", TAMPERING_B), ("data_loss", DATA_LOSS_B), ("intrusion", INTRUSION_B)],
)


@ALL_KINDS
@pytest.mark.parametrize(
    ("responsibility", "expected"), [("provider", "B"), ("shared", "B"), (None, "B"), ("other", None)]
)
def test_an_incident_others_answer_for_is_never_graded(kind, measures, responsibility, expected) -> None:
    _graded(kind, measures, expected, responsibility=responsibility)


@ALL_KINDS
@pytest.mark.parametrize(
    ("option", "when_true", "when_false", "when_missing"),
    [("ignored", "B", "B", "B"), ("excluded", None, "B", "B"), ("required", "B", None, None)],
)
def test_force_majeure_bears_on_outages_and_data_losses_as_the_reading_has_it(
    kind, measures, option, when_true, when_false, when_missing
):
    for value, expected in ((True, when_true), (False, when_false), (None, when_missing)):
        bears = kind in ("outage", "data_loss")
        _graded(kind, measures, expected if bears else "B", {"force-majeure": option}, force_majeure=value)


@pytest.mark.parametrize(("reading", "option"), [("outage-criteria", "any"), ("force-majeure", "required")])
def test_the_reading_is_that_of_the_incidents_day(reading, option) -> None:
    measures = OUTAGE_B | {"people_affected": 1} if option == "any" else OUTAGE_B
    told = given(
        *SERVED,
        incident("2026-01-10", "outage", "before", **measures),
        reading_agreed("2026-01-11", reading, option),
        incident("2026-01-11", "outage", "on-the-day", **measures),
    )
    before, after = (None, "B") if option == "any" else ("B", None)
    told.as_of("2026-02-01").then(grade("before", before), grade("on-the-day", after))
    told.as_of("2026-02-01", reading={reading: option}).then(grade("before", after))


def test_the_thresholds_are_those_agreed_on_the_incidents_day() -> None:
    told = given(
        *SERVED, b_incident("2026-01-10"), amended("2026-01-11", grades__outage__minutes=240), b_incident("2026-01-11")
    )
    told.as_of("2026-02-01").then(grade("b-2026-01-10", "B"), grade("b-2026-01-11", None))


def test_an_agreement_without_a_table_grades_nothing_of_that_kind() -> None:
    told = given(*SERVED, b_incident("2026-01-10"), under=terms(grades__outage=None))
    told.as_of("2026-02-01").then(counts(grades={}, a_count=0, b_count_rolling_year=0, counted=[], excluded=[]))


# -- assessments and agreed grades ------------------------------------------------------------------


def test_an_assessment_replaces_measure_by_measure_from_its_day() -> None:
    told = given(
        *SERVED,
        incident("2026-01-10", "outage", **OUTAGE_B),
        assessed("2026-02-01", people_affected=500000),
        assessed("2026-03-01", systems_share="0.31", economic_loss="5000000.00"),
        assessed("2026-04-01", duration_minutes=119),
    )
    for day, expected in (
        ("2026-01-31", "B"),
        ("2026-02-28", "B"),
        ("2026-03-01", "A"),
        ("2026-03-31", "A"),
        ("2026-04-01", None),
    ):
        told.as_of(day).then(grade("inc", expected))


def test_an_assessment_around_beijing_midnight_counts_from_its_beijing_day() -> None:
    told = given(
        *SERVED, incident("2026-01-10", "outage", **OUTAGE_B), assessed("2026-02-01T16:00:00Z", duration_minutes=119)
    )
    told.as_of("2026-02-01").then(grade("inc", "B"))
    told.as_of("2026-02-02").then(grade("inc", None))


def test_an_assessment_supplies_what_the_report_left_out() -> None:
    told = given(*SERVED, incident("2026-01-10", "outage"), assessed("2026-02-01", **OUTAGE_A))
    told.as_of("2026-01-31").then(counts(grades={}))
    told.as_of("2026-02-01").then(grade("inc", "A"))


def test_a_false_or_empty_measure_stated_later_replaces_a_true_one() -> None:
    told = given(
        *SERVED,
        incident("2026-01-10", "tampering", **TAMPERING_A),
        assessed("2026-02-01", guarantee_period=False),
        assessed("2026-03-01", attention=[]),
    )
    told.as_of("2026-01-31").then(grade("inc", "A"))
    told.as_of("2026-02-28").then(grade("inc", "B"))
    told.as_of("2026-03-01").then(grade("inc", None))


def test_a_retracted_assessment_restores_what_was_reported() -> None:
    wrong = assessed("2026-02-01", duration_minutes=119)
    told = given(*SERVED, incident("2026-01-10", "outage", **OUTAGE_B), wrong, retracted("2026-03-01", wrong))
    told.as_of("2026-02-10").then(grade("inc", "B"))


@pytest.mark.parametrize(("agreed", "expected"), [("A", "A"), ("B", "B"), ("none", None)])
def test_an_agreed_grade_replaces_the_computed_one_from_its_day(agreed, expected) -> None:
    told = given(*SERVED, incident("2026-01-10", "outage", **OUTAGE_B), grade_agreed("2026-02-01", agreed))
    told.as_of("2026-01-31").then(grade("inc", "B"))
    told.as_of("2026-02-01").then(grade("inc", expected))
    told.record(assessed("2026-03-01", **OUTAGE_A)).as_of("2026-03-01").then(grade("inc", expected))


def test_the_later_of_two_agreed_grades_holds() -> None:
    told = given(
        *SERVED, incident("2026-01-10", "outage"), grade_agreed("2026-02-01", "A"), grade_agreed("2026-03-01", "B")
    )
    told.as_of("2026-02-28").then(grade("inc", "A"))
    told.as_of("2026-03-01").then(grade("inc", "B"))


def test_an_agreed_grade_prevails_over_responsibility_and_over_force_majeure() -> None:
    told = given(
        *SERVED,
        incident("2026-01-10", "outage", responsibility="other", force_majeure=True),
        grade_agreed("2026-02-01", "B"),
    )
    told.as_of("2026-02-01", reading={"force-majeure": "excluded"}).then(grade("inc", "B"), b_count(1))
