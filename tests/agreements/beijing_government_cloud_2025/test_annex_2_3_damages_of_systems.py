"""Annex 3, rows 2 to 6: complaints, assessments, scale-out, outages of a system; and the base."""

from __future__ import annotations

import pytest

from tests.damages import MONTH, P20, P30, P50, P60, SERVED, SUM
from tests.happenings import (
    amended,
    assessment,
    availability,
    complaint,
    corrected,
    grade_agreed,
    incident,
    notice,
    on_site_absence,
    reading_agreed,
    rectification_rejected,
    rectified,
    retracted,
    scale_out_completed,
    scale_out_requested,
    served,
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
    no_items,
    no_obligation,
    obligation,
    terms,
)

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


@pytest.mark.parametrize(("written", "charged"), [("2026-03-08", False), ("2026-03-09", True)])
def test_a_notice_within_the_seven_days_charges_nothing_nor_one_that_leaves_no_period(written, charged) -> None:
    early = notice(written, "2026-03-20", "scale-out", "written", "administrator", about="more")
    given(*SERVED, ASKED, early).as_of("2026-03-21").then(items_are({"a3-r4:written": P20} if charged else {}))
    at_once = notice(written, written, "scale-out", "written", "administrator", about="more")
    given(*SERVED, ASKED, at_once).as_of("2026-03-21").then(no_items)


def test_the_day_on_which_the_administrators_notice_arrived_decides() -> None:
    early = notice("2026-03-05", "2026-03-20", "scale-out", "written", "administrator", about="more")
    late, too_late = (served(on, "written") for on in ("2026-03-09", "2026-03-20"))
    told = given(*SERVED, ASKED, early, late)
    because = ["more", "written", "written-served-2026-03-09"]
    told.as_of("2026-03-21").then(items_are({"a3-r4:written": P20}), item("a3-r4:written", because=because))
    given(*SERVED, ASKED, early, too_late).as_of("2026-03-21").then(no_items)


def test_the_time_of_a_claim_from_a_notice_begins_on_the_day_it_went_unheeded() -> None:
    """Civil Code 188: before its deadline was over nothing was owed (2029-04-01 is a Sunday)."""
    [scaled] = given(*SERVED, ASKED, WRITTEN).as_of("2026-03-21").status["limitation"]
    assert (scaled["debt"], scaled["last_day"]) == ("a3-r4:written", "2029-03-21")
    [assessed] = given(*SERVED, FAILED, DEMAND).as_of("2026-04-01").status["limitation"]
    assert (assessed["debt"], assessed["last_day"]) == ("a3-r3:demand:mail", "2029-04-02")


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
