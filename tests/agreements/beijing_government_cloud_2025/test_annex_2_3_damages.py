"""附件2 重大违约行为, 附件3 一般违约行为 (SPEC 4.6, 4.8): every row and its base.

Annex 2 is charged on 2303911.32 ÷ 12 = 191992.61 a month; annex 3 here on a system of 100001.00 a year, that is
8333.41666… a month, shown as 8333.42: 20 % are 1666.68, 30 % 2500.03 (2500.025), 50 % 4166.71, 60 % 5000.05.
"""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.damages import HALF, MONTH, P20, P30, P50, P60, SERVED, SUM, TWICE
from tests.happenings import (
    amended,
    assessed,
    assessment,
    availability,
    b_incident,
    complaint,
    corrected,
    grade_agreed,
    incident,
    linked,
    notice,
    on_site_absence,
    reading_agreed,
    rectification_rejected,
    rectified,
    retracted,
    scale_out_completed,
    scale_out_requested,
    service_level,
    system,
)
from tests.scenario import (
    CONTRACT,
    accrued,
    anomalies,
    given,
    item,
    items_are,
    no_anomalies,
    no_items,
    no_obligation,
    obligation,
    terms,
)

# -- annex 2 row 1, annex 3 row 1: availability -----------------------------------------------------


@pytest.mark.parametrize(
    ("value", "reliability", "as_written", "six_nines"),
    [
        ("99.99", "99.99999", False, False),
        ("99.9899", "99.99999", True, True),
        ("99.9901", "99.99999", False, False),
        ("99.99", "99.999989", True, False),
        ("99.99", "99.9999", True, False),
        ("99.99", "99.99989", True, True),
        ("99.98", "99.9", True, True),
    ],
)
def test_annex_2_row_1_availability_below_four_nines_or_reliability_below_seven_with_major_loss(
    value, reliability, as_written, six_nines
):
    told = given(*SERVED, availability("2026-02-01", "2026-01", value, reliability, "major", ref="r"))
    for reading, charged in (("as-written", as_written), ("six-nines", six_nines)):
        told.as_of("2026-02-01", reading={"data-reliability-floor": reading}).then(
            items_are({"a2-r1:r": MONTH} if charged else {}), accrued(MONTH if charged else "0.00")
        )


def test_an_item_of_annex_2_shows_its_base_its_rate_and_its_facts() -> None:
    told = given(*SERVED, availability("2026-02-01", "2026-01", "99.98", consequence="major", ref="r"))
    told.as_of("2026-01-31").then(no_items)
    told.as_of("2026-02-01").then(
        item("a2-r1:r", annex=2, row=1, base="191992.61", rate="1.00", amount=MONTH, absorbed_by=None, because=["r"])
    )


@pytest.mark.parametrize(
    ("value", "reliability", "charged"),
    [
        ("99.99", "99.9999", False),
        ("99.9899", "99.9999", True),
        ("99.99", "99.99989", True),
        ("99.99", "99.99999", False),
    ],
)
def test_annex_3_row_1_availability_below_four_nines_or_reliability_below_six_with_a_problem(
    value, reliability, charged
) -> None:
    told = given(*SERVED, availability("2026-02-01", "2026-01", value, reliability, "problem", "mail", "r"))
    told.as_of("2026-02-01").then(items_are({"a3-r1:r": P50} if charged else {}))


def test_an_item_of_annex_3_rests_on_the_systems_fee() -> None:
    told = given(*SERVED, availability("2026-02-01", "2026-01", "99.98", consequence="problem", system="mail", ref="r"))
    told.as_of("2026-02-01").then(
        item("a3-r1:r", annex=3, row=1, base="8333.42", rate="0.50", amount=P50, because=["r"]), no_anomalies
    )


def test_without_a_consequence_a_shortfall_is_charged_nothing() -> None:
    given(*SERVED, availability("2026-02-01", "2026-01", "90", "90", "none", "mail")).as_of("2026-02-01").then(no_items)


def test_an_item_of_annex_3_that_names_no_system_has_no_amount_and_is_an_anomaly() -> None:
    told = given(*SERVED, availability("2026-02-01", "2026-01", "99.98", consequence="problem", ref="r"))
    told.as_of("2026-02-01").then(
        item("a3-r1:r", base=None, amount=None), accrued("0.00"), anomalies(("NO_SYSTEM_FEE", "r", "2026-02-01"))
    )


def test_a_fact_with_two_items_of_no_system_is_one_anomaly() -> None:
    told = given(
        *SERVED, service_level("2026-02-01", "2026-01", "problem", "r", response_minutes=16, recovery_minutes=31)
    )
    told.as_of("2026-02-01").then(
        items_are({"a3-r8:r": None, "a3-r10:r": None} | {}), anomalies(("NO_SYSTEM_FEE", "r", "2026-02-01"))
    )


def test_an_amount_is_rounded_once_at_its_end() -> None:
    """1200.06 ÷ 12 = 100.005, shown 100.01; half of it is 50.0025, that is 50.00, not half of 100.01."""
    cheap = system(name="cheap", annual_fee="1200.06")
    told = given(
        *SERVED, cheap, availability("2026-02-01", "2026-01", "99.98", consequence="problem", system="cheap", ref="r")
    )
    told.as_of("2026-02-01").then(item("a3-r1:r", base="100.01", amount="50.00"))


def test_a_later_report_of_the_month_replaces_the_earlier_one() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.98", consequence="major", ref="first"),
        availability("2026-02-10", "2026-01", "99.97", consequence="major", ref="second"),
        availability("2026-02-20", "2026-01", "99.99", consequence="major", ref="third"),
    )
    told.as_of("2026-02-09").then(items_are({"a2-r1:first": MONTH}))
    told.as_of("2026-02-19").then(items_are({"a2-r1:second": MONTH}))
    told.as_of("2026-02-20").then(no_items)


def test_reports_of_another_month_or_system_replace_nothing() -> None:
    told = given(
        *SERVED,
        availability("2026-02-01", "2026-01", "99.98", consequence="major", ref="first"),
        availability("2026-02-10", "2026-01", "99.98", consequence="problem", system="mail", ref="second"),
        availability("2026-03-01", "2026-02", "99.98", consequence="major", ref="third"),
    )
    told.as_of("2026-03-01").then(
        items_are({"a2-r1:first": MONTH, "a3-r1:second": P50, "a2-r1:third": MONTH}), accrued("388151.93")
    )


# -- annex 2 rows 2 to 6, annex 3 row 7: incidents --------------------------------------------------


@pytest.mark.parametrize("consequence", ["none", "problem", "major", None])
def test_annex_2_row_2_missing_backup_whatever_its_consequence(consequence) -> None:
    more = {} if consequence is None else {"consequence": consequence}
    told = given(*SERVED, incident("2026-02-01", "mutual_backup", **more))
    told.as_of("2026-02-01").then(items_are({"a2-r2:inc": HALF}), accrued(HALF))


@pytest.mark.parametrize(
    ("kind", "row", "amount"), [("tampering", 3, TWICE), ("data_loss", 4, TWICE), ("intrusion", 5, MONTH)]
)
def test_annex_2_rows_3_to_5_a_fault_of_the_security_service_with_major_consequence(kind, row, amount) -> None:
    told = given(*SERVED, incident("2026-02-01", kind, consequence="major", security_service_fault=True))
    told.as_of("2026-02-01").then(items_are({f"a2-r{row}:inc": amount}))
    for measures in (
        {"consequence": "major"},
        {"consequence": "major", "security_service_fault": False},
        {"consequence": "problem", "security_service_fault": True},
        {"consequence": "none", "security_service_fault": True},
        {"security_service_fault": True},
        {"consequence": "major", "security_service_fault": True, "responsibility": "other"},
    ):
        given(*SERVED, incident("2026-02-01", kind, **measures)).as_of("2026-02-01").then(no_items)


def test_a_fault_of_the_security_service_in_an_outage_is_no_row() -> None:
    told = given(*SERVED, incident("2026-02-01", "outage", consequence="major", security_service_fault=True))
    told.as_of("2026-02-01").then(no_items)


WARNED = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")


@pytest.mark.parametrize("kind", ["outage", "tampering", "data_loss", "intrusion"])
@pytest.mark.parametrize(
    ("consequence", "expected"),
    [("major", {"a2-r6:inc": MONTH}), ("problem", {"a3-r7:inc": P50}), ("none", {}), (None, {})],
)
def test_annex_2_row_6_and_annex_3_row_7_an_incident_after_an_unheeded_notice(kind, consequence, expected) -> None:
    more = {} if consequence is None else {"consequence": consequence}
    told = given(*SERVED, WARNED, incident("2026-02-01", kind, unheeded_notice="warning", system="mail", **more))
    told.as_of("2026-02-01").then(items_are(expected))


def test_a_retracted_notice_merely_mentioned_is_read_as_not_given() -> None:
    told = given(
        *SERVED,
        WARNED,
        incident("2026-02-01", "outage", unheeded_notice="warning", consequence="major"),
        retracted("2026-02-10", WARNED),
    )
    told.as_of("2026-02-10").then(no_items)


def test_an_incident_of_grade_raises_no_item() -> None:
    told = given(
        *SERVED,
        WARNED,
        b_incident("2026-02-01", "inc", unheeded_notice="warning", consequence="major"),
        grade_agreed("2026-03-01", "none"),
    )
    told.as_of("2026-02-28").then(no_items)
    told.as_of("2026-03-01").then(items_are({"a2-r6:inc": MONTH}))


def test_a_graded_incident_outside_the_operating_period_raises_no_item_either() -> None:
    told = given(
        *SERVED,
        WARNED,
        b_incident("2025-11-20", "inc", unheeded_notice="warning", consequence="major").recorded_on("2026-01-06"),
    )
    told.as_of("2026-02-01").then(no_items)


def test_incidents_that_are_one_with_a_graded_one_raise_no_item() -> None:
    told = given(
        *SERVED,
        incident("2026-02-01", "mutual_backup"),
        b_incident("2026-02-01", "graded"),
        linked("2026-03-01", "inc", "graded"),
    )
    told.as_of("2026-02-28").then(items_are({"a2-r2:inc": HALF}))
    told.as_of("2026-03-01").then(no_items)


def test_an_incident_others_answer_for_raises_no_item() -> None:
    told = given(
        *SERVED,
        incident("2026-02-01", "mutual_backup", responsibility="shared"),
        assessed("2026-03-01", responsibility="other"),
    )
    told.as_of("2026-02-28").then(items_are({"a2-r2:inc": HALF}))
    told.as_of("2026-03-01").then(no_items)


# -- the bands --------------------------------------------------------------------------------------

# minutes: the band as written, and a fortiori; a band on its own is numbered 0 (lower) and 1 (upper)
RESPONSE = [
    (14, None, None),
    (15, None, None),
    (16, 0, 0),
    (29, 0, 0),
    (30, None, 0),
    (31, 1, 1),
    (59, 1, 1),
    (60, None, 1),
    (61, None, 1),
    (9999, None, 1),
]
RECOVERY = [
    (30, None, None),
    (31, 0, 0),
    (59, 0, 0),
    (60, None, 0),
    (61, 1, 1),
    (119, 1, 1),
    (120, None, 1),
    (121, None, 1),
]
ABSENCE = [
    (60, None, None),
    (61, 0, 0),
    (119, 0, 0),
    (120, None, 0),
    (121, 1, 1),
    (239, 1, 1),
    (240, None, 1),
    (241, None, 1),
]
AMOUNTS = {2: (MONTH, TWICE), 3: (P30, P50)}
FIRST_ROW = {
    ("response", 2): 7,
    ("recovery", 2): 9,
    ("absence", 2): 11,
    ("response", 3): 8,
    ("recovery", 3): 10,
    ("absence", 3): 12,
}


@pytest.mark.parametrize(
    ("rule", "minutes", "literal", "a_fortiori"),
    [
        (rule, *band)
        for rule, bands in (("response", RESPONSE), ("recovery", RECOVERY), ("absence", ABSENCE))
        for band in bands
    ],
)
def test_the_bands_of_both_annexes_exclude_both_ends_unless_read_a_fortiori(rule, minutes, literal, a_fortiori) -> None:
    """Annex 2 rows 7 to 12, annex 3 rows 8 to 13."""
    for annex, consequence in ((2, "major"), (3, "problem")):
        if rule == "absence":
            said, ref = on_site_absence("2026-02-01", minutes, consequence, "mail"), "nobody-2026-02-01"
        else:
            measured = {f"{rule}_minutes": minutes}
            said, ref = service_level("2026-02-01", "2026-01", consequence, "r", system="mail", **measured), "r"
        told = given(*SERVED, said)
        for option, band in (("literal", literal), ("a-fortiori", a_fortiori)):
            expected = (
                {} if band is None else {f"a{annex}-r{FIRST_ROW[rule, annex] + band}:{ref}": AMOUNTS[annex][band]}
            )
            told.as_of("2026-02-01", reading={"band-gaps": option}).then(items_are(expected))


# The plain table: (rule, annex, above, below, row), as the annexes print it.
PLAIN = [
    ("response", 2, 15, 30, 7), ("response", 2, 30, 60, 8), ("recovery", 2, 30, 60, 9), ("recovery", 2, 60, 120, 10),
    ("response", 3, 15, 30, 8), ("response", 3, 30, 60, 9), ("recovery", 3, 30, 60, 10), ("recovery", 3, 60, 120, 11),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@for_all(
    st.sampled_from(["response", "recovery"]),
    st.one_of(st.sampled_from([15, 30, 60, 120]), st.decimals(14, 130, places=2)),
    st.sampled_from(["major", "problem"]),
)
def test_every_average_of_minutes_down_to_hundredths_bears_the_row_of_the_plain_table(rule, minutes, said) -> None:
    told = given(
        *SERVED,
        service_level("2026-02-01", "2026-01", said, "r", system="mail", **{f"{rule}_minutes": str(minutes)}),
    )
    annex = {"major": 2, "problem": 3}[said]
    rows = {row for of, at, over, under, row in PLAIN if (of, at) == (rule, annex) and over < minutes < under}
    assert set(told.as_of("2026-02-01").items()) == {f"a{annex}-r{row}:r" for row in rows}
    bands = [(over, under, row) for of, at, over, under, row in PLAIN if (of, at) == (rule, annex)]
    passed = [row for _, under, row in bands if minutes >= under]
    a_fortiori = rows or set(passed[-1:])
    read = told.as_of("2026-02-01", reading={"band-gaps": "a-fortiori"})
    assert set(read.items()) == {f"a{annex}-r{row}:r" for row in a_fortiori}


@pytest.mark.parametrize(
    "said",
    [
        service_level("2026-02-01", "2026-01", "none", system="mail", response_minutes=16, recovery_minutes=31),
        on_site_absence("2026-02-01", 61, "none", "mail"),
    ],
)
def test_minutes_without_a_consequence_are_charged_nothing(said) -> None:
    given(*SERVED, said).as_of("2026-02-01").then(no_items)


def test_each_absence_from_the_site_is_charged_for_itself() -> None:
    told = given(*SERVED, on_site_absence("2026-02-01", 61, "major"), on_site_absence("2026-02-02", 121, "major"))
    told.as_of("2026-02-02").then(
        items_are({"a2-r11:nobody-2026-02-01": MONTH, "a2-r12:nobody-2026-02-02": TWICE}), accrued("575977.83")
    )


def test_a_later_service_level_report_of_the_month_replaces_the_earlier_one() -> None:
    told = given(
        *SERVED,
        service_level("2026-02-01", "2026-01", "major", "one", response_minutes=16),
        service_level("2026-02-05", "2026-01", "major", "two", response_minutes=15),
    )
    told.as_of("2026-02-04").then(items_are({"a2-r7:one": MONTH}))
    told.as_of("2026-02-05").then(no_items)


# -- annex 3 row 2: repeated complaints -------------------------------------------------------------

SHORT = availability("2026-02-01", "2026-01", "99.98", system="mail", ref="short")  # no consequence: no row 1
COMPLAINTS = tuple(complaint(f"2026-02-{day}", f"c{day}") for day in ("10", "11", "12"))


def test_annex_3_row_2_a_shortfall_and_the_third_complaint() -> None:
    told = given(*SERVED, SHORT, COMPLAINTS)
    told.as_of("2026-02-11").then(no_items)
    told.as_of("2026-02-12").then(
        items_are({"a3-r2:c12": P20}),
        item("a3-r2:c12", base="8333.42", rate="0.20", because=["short", "c10", "c11", "c12"]),
    )


def test_a_fourth_complaint_and_a_second_shortfall_add_nothing() -> None:
    again = availability("2026-03-01", "2026-02", "99.98", system="mail", ref="again")
    told = given(*SERVED, SHORT, COMPLAINTS, again, complaint("2026-03-05", "fourth"))
    told.as_of("2026-03-05").then(items_are({"a3-r2:c12": P20}))


def test_row_2_is_completed_by_the_shortfall_where_that_comes_last() -> None:
    late = availability("2026-03-01", "2026-02", "99.98", system="mail", ref="late")
    told = given(*SERVED, COMPLAINTS, late)
    told.as_of("2026-02-28").then(no_items)
    told.as_of("2026-03-01").then(items_are({"a3-r2:late": P20}))


@pytest.mark.parametrize(
    ("value", "reliability", "charged"),
    [
        ("99.99", "99.9999", False),
        ("99.9899", "99.9999", True),
        ("99.99", "99.99989", True),
        ("99.99", "99.99999", False),
    ],
)
def test_row_2_needs_a_shortfall_below_the_floors_of_annex_3(value, reliability, charged) -> None:
    report = availability("2026-02-01", "2026-01", value, reliability, system="mail")
    told = given(*SERVED, report, COMPLAINTS)
    told.as_of("2026-02-12").then(items_are({"a3-r2:c12": P20} if charged else {}))


def test_complaints_about_something_else_or_another_system_do_not_count() -> None:
    other = complaint("2026-02-12", "c12", subject="other")
    given(*SERVED, SHORT, COMPLAINTS[:2], other).as_of("2026-03-01").then(no_items)
    elsewhere = complaint("2026-02-12", "c12", system="web")
    given(*SERVED, system(name="web"), SHORT, COMPLAINTS[:2], elsewhere).as_of("2026-03-01").then(no_items)


def test_the_shortfall_of_the_platform_is_no_shortfall_of_a_system() -> None:
    platform = availability("2026-02-01", "2026-01", "99.98")
    given(*SERVED, platform, COMPLAINTS).as_of("2026-03-01").then(no_items)


def test_a_retracted_complaint_does_not_count() -> None:
    given(*SERVED, SHORT, COMPLAINTS, retracted("2026-02-20", COMPLAINTS[1])).as_of("2026-03-01").then(no_items)


def test_row_2_rests_on_the_shortfall_and_is_absorbed_by_row_1() -> None:
    short = availability("2026-02-01", "2026-01", "99.98", system="mail", ref="short", consequence="problem")
    told = given(*SERVED, short, COMPLAINTS)
    told.as_of("2026-02-12").then(
        item("a3-r1:short", amount=P50, absorbed_by=None),
        item("a3-r2:c12", amount=P20, absorbed_by="a3-r1:short"),
        accrued(P50),
    )


# -- annex 3 row 3: failed assessments --------------------------------------------------------------

FAILED = tuple(
    assessment(on, month)
    for on, month in (("2026-01-05", "2025-12"), ("2026-02-05", "2026-01"), ("2026-03-05", "2026-02"))
)
DEMAND = notice("2026-03-10", "2026-03-31", "assessment", "demand", about="assessment")


def test_annex_3_row_3_three_failed_months_and_a_notice_past_its_deadline() -> None:
    told = given(*SERVED, FAILED, DEMAND)
    told.as_of("2026-03-31").then(no_items)
    told.as_of("2026-04-01").then(
        items_are({"a3-r3:demand:mail": P20}),
        item(
            "a3-r3:demand:mail", because=["assessed-2026-01-05", "assessed-2026-02-05", "assessed-2026-03-05", "demand"]
        ),
    )


@pytest.mark.parametrize(("done", "charged"), [("2026-03-31T15:59:59Z", False), ("2026-03-31T16:00:00Z", True)])
def test_rectified_by_the_deadline_failed_assessments_are_charged_nothing(done, charged) -> None:
    told = given(*SERVED, FAILED, DEMAND, rectified(done, "demand"))
    told.as_of("2026-05-01").then(items_are({"a3-r3:demand:mail": P20} if charged else {}))


def test_a_rectification_rejected_after_the_deadline_leaves_the_notice_unfulfilled() -> None:
    told = given(
        *SERVED, FAILED, DEMAND, rectified("2026-03-30", "demand"), rectification_rejected("2026-04-10", "demand")
    )
    told.as_of("2026-04-09").then(no_items)
    told.as_of("2026-04-10").then(items_are({"a3-r3:demand:mail": P20}))


def test_two_failed_months_or_three_that_do_not_follow_each_other_are_charged_nothing() -> None:
    given(*SERVED, FAILED[:2], DEMAND).as_of("2026-05-01").then(no_items)
    gap = assessment("2026-03-31", "2026-03")
    later = notice("2026-04-01", "2026-04-15", "assessment", "demand", about="assessment")
    given(*SERVED, FAILED[:2], gap, later).as_of("2026-05-01").then(no_items)


def test_a_month_later_assessed_as_passed_breaks_the_row() -> None:
    given(*SERVED, FAILED, assessment("2026-03-06", "2026-01", passed=True), DEMAND).as_of("2026-05-01").then(no_items)


def test_months_of_different_systems_are_not_added_up() -> None:
    other = assessment("2026-03-05", "2026-02", "web")
    given(*SERVED, system(name="web"), FAILED[:2], other, DEMAND).as_of("2026-05-01").then(no_items)


def test_the_notice_must_come_after_the_third_failed_month() -> None:
    early = notice("2026-03-04", "2026-03-31", "assessment", "demand", about="assessment")
    given(*SERVED, FAILED[:2], early, FAILED[2]).as_of("2026-05-01").then(no_items)


def test_a_notice_about_something_else_is_none_of_assessments() -> None:
    other = notice("2026-03-10", "2026-03-31", "assessment", "demand")
    given(*SERVED, FAILED, other).as_of("2026-05-01").then(no_items)


def test_failed_assessments_of_the_platform_have_no_fee() -> None:
    platform = [
        assessment(on, month, None)
        for on, month in (("2026-01-05", "2025-12"), ("2026-02-05", "2026-01"), ("2026-03-05", "2026-02"))
    ]
    told = given(*SERVED, platform, DEMAND)
    told.as_of("2026-04-01").then(items_are({"a3-r3:demand": None}))
    assert ("NO_SYSTEM_FEE", "demand", "2026-03-10") in told.as_of("2026-04-01").anomalies()


# -- annex 3 row 4: late scale-out ------------------------------------------------------------------

ASKED = scale_out_requested("2026-03-01")
WRITTEN = notice("2026-03-10", "2026-03-20", "scale-out", "written", "administrator", about="more")


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2026-03-01", "2026-03-08"),  # a Sunday: natural days, no roll
        ("2026-02-10", "2026-02-17"),  # Spring Festival
        ("2026-03-01T15:59:59Z", "2026-03-08"),
        ("2026-03-01T16:00:00Z", "2026-03-09"),
    ],
)
def test_a_scale_out_is_due_seven_natural_days_after_it_was_asked_for(on, due) -> None:
    told = given(*SERVED, scale_out_requested(on))
    told.as_of("2026-02-09").then(no_obligation("scale-out:more"))
    told.as_of(due).then(
        obligation(
            "scale-out:more", "pending", due_on=due, clause="annex 3 row 4", obligor="party_b", raised_by=["more"]
        )
    )
    told.as_of("2026-03-10").then(obligation("scale-out:more", "overdue"), no_items)


@pytest.mark.parametrize(
    ("done", "state"), [("2026-03-08T15:59:59Z", "fulfilled"), ("2026-03-08T16:00:00Z", "fulfilled_late")]
)
def test_a_scale_out_is_in_time_until_the_end_of_the_seventh_day(done, state) -> None:
    given(*SERVED, ASKED, scale_out_completed(done)).as_of("2026-04-01").then(
        obligation("scale-out:more", state, settled_by=["more-completed"])
    )


def test_annex_3_row_4_a_scale_out_not_completed_by_the_deadline_of_the_administrators_notice() -> None:
    told = given(*SERVED, ASKED, WRITTEN)
    told.as_of("2026-03-20").then(no_items)
    told.as_of("2026-03-21").then(items_are({"a3-r4:written": P20}), item("a3-r4:written", because=["more", "written"]))


@pytest.mark.parametrize(("done", "charged"), [("2026-03-20T15:59:59Z", False), ("2026-03-20T16:00:00Z", True)])
def test_a_scale_out_completed_by_the_deadline_is_charged_nothing(done, charged) -> None:
    told = given(*SERVED, ASKED, WRITTEN, scale_out_completed(done))
    told.as_of("2026-05-01").then(items_are({"a3-r4:written": P20} if charged else {}))


def test_a_deadline_before_the_seventh_day_waits_for_it() -> None:
    early = notice("2026-03-02", "2026-03-04", "scale-out", "written", "administrator", about="more")
    told = given(*SERVED, ASKED, early)
    told.as_of("2026-03-08").then(no_items)
    told.as_of("2026-03-09").then(items_are({"a3-r4:written": P20}))
    in_time = given(*SERVED, ASKED, early, scale_out_completed("2026-03-08"))
    in_time.as_of("2026-04-01").then(no_items)


def test_only_the_administrators_notice_about_that_request_counts() -> None:
    for role in ("party_a", "supervisor"):
        given(*SERVED, ASKED, WRITTEN.said_by(role)).as_of("2026-05-01").then(no_items)
    about_none = notice("2026-03-10", "2026-03-20", "scale-out", "written", "administrator")
    given(*SERVED, ASKED, about_none).as_of("2026-05-01").then(no_items)


def test_the_notice_may_name_the_request_by_the_facts_id_or_ref() -> None:
    for about in ("asked", f"{CONTRACT}#6"):
        written = notice("2026-03-10", "2026-03-20", "scale-out", "written", "administrator", about=about)
        told = given(*SERVED, ASKED.named("asked"), written)
        told.as_of("2026-03-21").then(items_are({"a3-r4:written": P20}))


def test_a_late_scale_out_of_no_system_has_no_fee() -> None:
    told = given(*SERVED, scale_out_requested("2026-03-01", system=None), WRITTEN)
    told.as_of("2026-03-21").then(items_are({"a3-r4:written": None}), accrued("0.00"))
    assert [(code, ref) for code, ref, _ in told.as_of("2026-03-21").anomalies()] == [("NO_SYSTEM_FEE", "written")]


# -- annex 3 rows 5 and 6: outages of a system ------------------------------------------------------


def down(on: str, minutes: int | None, name: str | None = None, **more):
    measures = {"scope": "system", "system": "mail", "duration_minutes": minutes} | more
    stated = {key: value for key, value in measures.items() if value is not None}
    return incident(on, "outage", name or f"down-{on}", **stated)


@pytest.mark.parametrize(("minutes", "charged"), [(119, False), (120, True), (121, True), (None, False)])
@pytest.mark.parametrize("consequence", ["none", "problem", "major", None])
def test_annex_3_row_5_a_system_down_for_two_hours_whatever_the_consequence(minutes, charged, consequence) -> None:
    told = given(*SERVED, down("2026-02-01", minutes, "inc", consequence=consequence))
    told.as_of("2026-02-01").then(items_are({"a3-r5:inc": P30} if charged else {}))


def test_row_5_is_of_system_outages_only() -> None:
    for scope in ("platform", None):
        given(*SERVED, down("2026-02-01", 300, scope=scope)).as_of("2026-02-01").then(no_items)
    told = given(*SERVED, down("2026-02-01", 300, "inc", system=None))
    told.as_of("2026-02-01").then(items_are({"a3-r5:inc": None}), anomalies(("NO_SYSTEM_FEE", "inc", "2026-02-01")))
    given(*SERVED, down("2026-02-01", 300, responsibility="other")).as_of("2026-02-01").then(no_items)


def test_annex_3_row_6_the_third_outage_of_a_system() -> None:
    told = given(*SERVED, down("2026-02-01", 1), down("2026-03-01", 1), down("2026-04-01", 1), down("2026-05-01", 1))
    told.as_of("2026-03-31").then(no_items)
    told.as_of("2026-04-01").then(
        items_are({"a3-r6:down-2026-04-01": P60}),
        item("a3-r6:down-2026-04-01", rate="0.60", because=["down-2026-02-01", "down-2026-03-01", "down-2026-04-01"]),
    )
    told.as_of("2026-05-01").then(items_are({"a3-r6:down-2026-04-01": P60}))


@pytest.mark.parametrize(("second", "charged"), [(361, False), (362, True), (363, True)])
def test_annex_3_row_6_eight_hours_in_all(second, charged) -> None:
    told = given(*SERVED, down("2026-02-01", 118, consequence="problem"), down("2026-03-01", second, "last"))
    rows = {"a3-r5:last": P30} | ({"a3-r6:last": P60} if charged else {})
    told.as_of("2026-03-01").then(items_are(rows), accrued(P60 if charged else P30))


def test_one_outage_of_eight_hours_completes_row_6_and_absorbs_row_5() -> None:
    told = given(*SERVED, down("2026-02-01", 480, "inc"))
    told.as_of("2026-02-01").then(
        item("a3-r5:inc", amount=P30, absorbed_by="a3-r6:inc"),
        item("a3-r6:inc", amount=P60, absorbed_by=None),
        accrued(P60),
    )
    told.as_of("2026-02-01", reading=SUM).then(
        item("a3-r5:inc", absorbed_by=None), item("a3-r6:inc", absorbed_by=None), accrued("7500.08")
    )


def test_row_6_absorbs_row_5_of_any_of_its_outages_but_not_of_a_later_one() -> None:
    told = given(
        *SERVED, down("2026-02-01", 120), down("2026-03-01", 1), down("2026-04-01", 1), down("2026-05-01", 120)
    )
    told.as_of("2026-03-31").then(accrued(P30))
    told.as_of("2026-04-01").then(item("a3-r5:down-2026-02-01", absorbed_by="a3-r6:down-2026-04-01"), accrued(P60))
    told.as_of("2026-05-01").then(item("a3-r5:down-2026-05-01", absorbed_by=None), accrued("7500.08"))


def test_by_the_reading_in_one_month_three_outages_must_fall_into_one_month_but_the_minutes_need_not() -> None:
    month = {"consecutive-outages": "in-one-month"}
    across = given(*SERVED, down("2026-02-01", 1), down("2026-02-28", 1), down("2026-03-01", 1))
    across.as_of("2026-03-01").then(items_are({"a3-r6:down-2026-03-01": P60}))
    across.as_of("2026-03-01", reading=month).then(no_items)
    within = given(*SERVED, down("2026-02-01", 1), down("2026-02-02", 1), down("2026-02-28", 1))
    within.as_of("2026-02-28", reading=month).then(items_are({"a3-r6:down-2026-02-28": P60}))
    minutes = given(*SERVED, down("2026-02-01", 119), down("2026-03-01", 361, "last"))
    minutes.as_of("2026-03-01", reading=month).then(item("a3-r6:last", amount=P60))


def test_the_month_of_an_outage_is_its_beijing_month() -> None:
    month = {"consecutive-outages": "in-one-month"}
    told = given(
        *SERVED, down("2026-02-28T16:00:00Z", 1), down("2026-03-02", 1), down("2026-03-31T15:59:59Z", 1, "last")
    )
    told.as_of("2026-04-30", reading=month).then(items_are({"a3-r6:last": P60}))
    early = given(*SERVED, down("2026-02-28T15:59:59Z", 1), down("2026-03-02", 1), down("2026-03-31T15:59:59Z", 1))
    early.as_of("2026-04-30", reading=month).then(no_items)


def test_outages_of_different_systems_are_not_added_up() -> None:
    told = given(
        *SERVED,
        system(name="web"),
        down("2026-02-01", 119),
        down("2026-03-01", 119),
        down("2026-04-01", 119, system="web"),
    )
    told.as_of("2026-04-01").then(no_items)


def test_graded_outages_and_those_others_answer_for_do_not_count_in_row_6() -> None:
    others = down("2026-03-01", 1, responsibility="other")
    given(*SERVED, down("2026-02-01", 1), others, down("2026-04-01", 1)).as_of("2026-04-01").then(no_items)
    graded = given(
        *SERVED,
        down("2026-02-01", 1),
        down("2026-03-01", 1, "inc"),
        down("2026-04-01", 1),
        grade_agreed("2026-05-01", "B"),
    )
    graded.as_of("2026-04-30").then(items_are({"a3-r6:down-2026-04-01": P60}))
    graded.as_of("2026-05-01").then(no_items)


def test_the_reading_of_the_bands_is_that_of_the_reports_day() -> None:
    told = given(
        *SERVED,
        service_level("2026-02-01", "2026-01", "major", "one", response_minutes=30),
        reading_agreed("2026-02-28", "band-gaps", "a-fortiori"),
        service_level("2026-02-28", "2026-02", "major", "two", response_minutes=30),
    )
    told.as_of("2026-03-01").then(items_are({"a2-r7:two": MONTH}))
    told.as_of("2026-03-01", reading={"band-gaps": "a-fortiori"}).then(
        items_are({"a2-r7:one": MONTH, "a2-r7:two": MONTH})
    )


# -- the base ---------------------------------------------------------------------------------------


def test_the_base_uses_the_total_and_the_months_of_the_day_the_item_was_completed() -> None:
    """2303911.32 ÷ 24 = 95996.305."""
    told = given(
        *SERVED,
        on_site_absence("2026-02-01", 61, "major"),
        amended("2026-02-02", term__months=24),
        on_site_absence("2026-02-02", 61, "major"),
    )
    told.as_of("2026-02-02").then(
        item("a2-r11:nobody-2026-02-01", base="191992.61", amount=MONTH),
        item("a2-r11:nobody-2026-02-02", base="95996.31", amount="95996.31"),
    )


def test_the_rate_and_the_bounds_are_those_in_force_on_the_day_of_the_report() -> None:
    told = given(
        *SERVED,
        amended("2026-02-02", damages__material__11__rate="0.10", damages__material__11__over=59),
        on_site_absence("2026-02-01", 60, "major"),
        on_site_absence("2026-02-02", 60, "major"),
    )
    told.as_of("2026-02-02").then(items_are({"a2-r11:nobody-2026-02-02": "19199.26"}))


def test_an_item_rests_on_the_amendments_and_agreed_readings_without_which_it_would_not_follow() -> None:
    told = given(
        *SERVED,
        amended("2026-02-02", damages__material__11__rate="0.10"),
        amended("2026-02-03", "unlike", damages__material__12__rate="0.10"),
        reading_agreed("2026-02-04", "band-gaps", "a-fortiori"),
        on_site_absence("2026-02-05", 120, "major"),
    )
    told.as_of("2026-02-05").then(
        item("a2-r11:nobody-2026-02-05", because=["amendment", "reading-2026-02-04", "nobody-2026-02-05"])
    )


def test_a_corrected_fee_changes_every_item_of_the_system() -> None:
    told = given(*SERVED, down("2026-02-01", 120, "inc"), corrected("2026-03-01", system(), annual_fee="1200.00"))
    told.as_of("2026-02-01").then(items_are({"a3-r5:inc": "30.00"}))
    told.as_of("2026-02-01", known_at="2026-02-28").then(items_are({"a3-r5:inc": P30}))


def test_an_agreement_without_damages_tables_charges_nothing() -> None:
    told = given(
        *SERVED, down("2026-02-01", 500), on_site_absence("2026-02-01", 61, "major"), under=terms(damages=None)
    )
    told.as_of("2026-02-01").then(no_items, accrued("0.00"))
