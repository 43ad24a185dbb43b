"""附件2 重大违约行为, 附件3 一般违约行为 (SPEC 4.6, 4.8): every row and its base.

Annex 2 is charged on 2303911.32 ÷ 12 = 191992.61 a month; annex 3 here on a system of 100001.00 a year, that is
8333.41666… a month, shown as 8333.42: 20 % are 1666.68, 30 % 2500.03 (2500.025), 50 % 4166.71, 60 % 5000.05.
"""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.damages import HALF, MONTH, P30, P50, SERVED, TWICE
from tests.happenings import (
    assessed,
    availability,
    b_incident,
    grade_agreed,
    incident,
    linked,
    notice,
    on_site_absence,
    retracted,
    service_level,
    system,
)
from tests.scenario import (
    accrued,
    anomalies,
    given,
    item,
    items_are,
    no_anomalies,
    no_items,
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
