"""Items on occurrences (SPEC 4.6): reports and the incidents they name, presumed causes, tangles, agreed and ruled."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from ledger.domain.errors import Refusal
from tests.damages import MONTH, P20, P30, P50, P60, SERVED, SUM, TWICE
from tests.happenings import (
    A,
    Happening,
    accepted,
    availability,
    complaint,
    corrected,
    damages_agreed,
    damages_settled,
    fact,
    incident,
    linked,
    notice,
    on_site_absence,
    reading_agreed,
    retracted,
    service_level,
    system,
    termination_proposed,
    trial_run,
    unlinked,
)
from tests.scenario import (
    Answer,
    accrued,
    anomalies,
    deductible,
    given,
    item,
    items_are,
    no_anomalies,
    no_items,
    settled,
)

CASES = Path(__file__).parents[2] / "cases"


def down(on: str, name: str, minutes: int = 120, **more: object) -> Happening:
    measures = {"scope": "system", "system": "mail", "duration_minutes": minutes} | more
    return incident(on, "outage", name, **measures)


def naming(report: Happening, *incidents: str) -> Happening:
    return Happening(**(vars(report) | {"data": report.data | {"incidents": list(incidents)}}))


SHORT = availability("2026-03-01", "2026-02", "99.98", consequence="problem", system="mail", ref="short")
PLATFORM = availability("2026-03-02", "2026-02", "99.98", consequence="major", ref="platform")
SLOW = service_level("2026-03-03", "2026-02", "problem", "slow", system="mail", recovery_minutes=90)
O1 = down("2026-02-10", "o1")


# -- reports and the incidents they name ------------------------------------------------------------


def test_a_report_that_names_an_incident_shares_its_occurrence_and_one_that_names_none_does_not() -> None:
    told = given(*SERVED, O1, naming(SHORT, "o1"), SLOW)
    told.as_of("2026-03-03").then(
        item("a3-r5:o1", absorbed_by="a3-r1:short"), item("a3-r11:slow", absorbed_by=None), accrued("8333.42")
    )


def test_an_absence_from_the_site_shares_the_occurrence_of_the_incident_it_names() -> None:
    absence = naming(on_site_absence("2026-02-10", 61, "major", "mail"), "o1")
    told = given(*SERVED, O1, absence)
    told.as_of("2026-02-11").then(item("a3-r5:o1", absorbed_by="a2-r11:nobody-2026-02-10"), accrued(MONTH))


def test_two_reports_of_one_incident_share_it_though_neither_names_the_other() -> None:
    told = given(*SERVED, O1, naming(SHORT, "o1"), naming(PLATFORM, "o1"), naming(SLOW, "o1"))
    told.as_of("2026-03-03").then(accrued(MONTH), item("a3-r1:short", absorbed_by="a2-r1:platform"))
    told.as_of("2026-03-03", reading=SUM).then(accrued("202826.06"))


def test_a_retracted_incident_that_a_report_names_is_read_as_not_given() -> None:
    both = given(*SERVED, O1, naming(SHORT, "o1"), naming(SLOW, "o1"), retracted("2026-03-10", O1))
    both.as_of("2026-03-10").then(items_are({"a3-r1:short": P50, "a3-r11:slow": P50}), accrued("8333.42"))


def test_incidents_that_reports_name_are_one_occurrence_once_they_are_linked_and_two_again_when_they_are_not() -> None:
    o2 = down("2026-02-12", "o2")
    told = given(
        *SERVED, O1, o2, naming(SHORT, "o1"), naming(SLOW, "o2"),
        linked("2026-04-01", "o1", "o2"), unlinked("2026-05-01", "o2").said_by("supervisor"),
    )  # fmt: skip
    told.as_of("2026-03-31").then(accrued("8333.42"))
    told.as_of("2026-04-01").then(accrued(P50), item("a3-r11:slow", absorbed_by="a3-r1:short"))
    told.as_of("2026-05-01").then(accrued("8333.42"))


def test_row_2_rests_on_the_first_shortfall_and_the_incidents_it_names() -> None:
    told = given(*SERVED, O1, naming(SHORT, "o1"), [complaint(f"2026-03-1{n}", f"c{n}") for n in range(3)])
    told.as_of("2026-03-12").then(
        item("a3-r2:c2", amount=P20, absorbed_by="a3-r1:short"), item("a3-r5:o1", absorbed_by="a3-r1:short")
    )


# -- presumed causes [shortfall-cause] --------------------------------------------------------------

PRESUMED = {"shortfall-cause": "same-month"}


def test_an_incident_of_the_month_and_system_is_presumed_to_have_caused_what_a_monthly_report_tells() -> None:
    told = given(*SERVED, O1, SHORT, SLOW)
    told.as_of("2026-03-03").then(accrued("10833.45"))
    told.as_of("2026-03-03", reading=PRESUMED).then(accrued(P50), item("a3-r5:o1", absorbed_by="a3-r1:short"))


@pytest.mark.parametrize(
    ("outage", "shared"),
    [
        (down("2026-02-28", "o1"), True),
        (down("2026-03-01", "o1"), False),  # begun in another month
        (down("2026-01-31", "o1"), False),
        (down("2026-02-10", "o1", system="web"), False),
        (incident("2026-02-10", "outage", "o1", scope="platform", duration_minutes=1), True),
    ],
)
def test_only_an_incident_begun_in_the_month_of_that_system_or_of_the_platform_is_presumed(outage, shared) -> None:
    told = given(*SERVED, system(name="web"), outage, SHORT, naming(SLOW, "o1"))
    one = told.as_of("2026-03-03", reading=PRESUMED).items()["a3-r11:slow"]
    assert (one["absorbed_by"] == "a3-r1:short") is shared


def test_any_incident_of_the_month_is_presumed_to_have_caused_what_a_report_of_no_system_tells() -> None:
    told = given(*SERVED, O1, PLATFORM)
    told.as_of("2026-03-02", reading=PRESUMED).then(item("a3-r5:o1", absorbed_by="a2-r1:platform"))


def test_the_presumption_holds_from_the_day_it_is_agreed_and_reaches_an_incident_that_comes_later() -> None:
    told = given(
        *SERVED, SHORT, SLOW, reading_agreed("2026-04-01", "shortfall-cause", "same-month"),
        O1.recorded_on("2026-04-02"),
    )  # fmt: skip
    told.as_of("2026-03-31").then(accrued("10833.45"))
    told.as_of("2026-04-01").then(accrued(P50))


# -- the dearest set --------------------------------------------------------------------------------


def test_a_third_outage_never_makes_three_cheaper_than_two() -> None:
    told = given(*SERVED, O1, down("2026-02-20", "o2"), down("2026-03-10", "o3"))
    told.as_of("2026-02-20").then(accrued("5000.06"))
    told.as_of("2026-03-10").then(
        item("a3-r6:o3", amount=P60, absorbed_by="a3-r5:o1"), item("a3-r5:o3", absorbed_by=None), accrued("7500.09")
    )


def test_of_equally_dear_sets_the_one_that_keeps_the_first_by_annex_row_and_id() -> None:
    """Two items of 50 % on one report each: a3-r1 and a3-r11, of which row 1 is kept."""
    told = given(*SERVED, O1, naming(SHORT, "o1"), naming(SLOW, "o1"))
    told.as_of("2026-03-03").then(
        item("a3-r1:short", absorbed_by=None), item("a3-r11:slow", absorbed_by="a3-r1:short")
    )


@pytest.mark.parametrize(("absences", "tangled"), [(39, False), (40, True)])
def test_a_tangle_of_more_than_forty_items_takes_the_dearest_first_and_says_so(absences, tangled) -> None:
    """Every absence names the outage: with its own item, 40 and 41 items on one occurrence."""
    days = [f"2026-{3 + n // 28:02}-{1 + n % 28:02}" for n in range(absences)]
    told = given(*SERVED, O1, [naming(on_site_absence(day, 61, "problem", "mail"), "o1") for day in days])
    answer = told.as_of("2026-06-01").then(accrued(P30))
    answer.then(anomalies(("DAMAGES_TANGLED", f"nobody-{days[-1]}", days[-1])) if tangled else no_anomalies)
    assert len(answer.items()) == absences + 1


def test_a_tangle_that_falls_apart_again_is_no_anomaly_any_more() -> None:
    days = [f"2026-{3 + n // 28:02}-{1 + n % 28:02}" for n in range(41)]
    told = given(
        *SERVED, O1, [naming(on_site_absence(day, 61, "problem", "mail"), "o1") for day in days],
        damages_agreed("2026-06-01", "1000.00", "a3-r5:o1"),
    )  # fmt: skip
    assert [code for code, *_ in told.as_of("2026-05-31").anomalies()] == ["DAMAGES_TANGLED"]
    told.as_of("2026-06-01").then(no_anomalies, accrued("1000.00"))


# -- the operating period ---------------------------------------------------------------------------

ENDED = (termination_proposed("2026-03-01", "2026-06-01"), accepted("2026-03-05"))


@pytest.mark.parametrize(
    ("on", "charged"),
    [
        ("2026-05-31T21:59:00+08:00", True),  # 121 minutes of the last day
        ("2026-05-31T22:00:00+08:00", True),
        ("2026-05-31T22:01:00+08:00", False),  # 119
        ("2026-06-01T00:00:00+08:00", False),
        ("2025-11-30T23:00:00+08:00", True),  # of 600 minutes, 540 in the first day
        ("2025-11-30T16:00:00+08:00", True),  # 120
        ("2025-11-30T15:59:00+08:00", False),
    ],
)
def test_only_minutes_of_the_operating_period_make_up_an_outage(on, charged) -> None:
    """Case 47: terminated on 2026-06-01, in service from 2025-12-01."""
    late = down(on, "x", 600).recorded_on("2026-06-10")
    told = given(*SERVED, ENDED, late)
    told.as_of("2026-06-20").then(item("a3-r5:x", amount=P30) if charged else no_items)


def test_minutes_outside_the_operating_period_do_not_add_up_to_eight_hours() -> None:
    """60 of 600 minutes before the end, and 419 or 420 before."""
    for minutes, charged in ((419, False), (420, True)):
        first, last = down("2026-03-10", "first", minutes), down("2026-05-31T23:00:00+08:00", "last", 600)
        told = given(*SERVED, ENDED, first, last.recorded_on("2026-06-10"))
        assert ("a3-r6:last" in told.as_of("2026-06-20").items()) is charged


@pytest.mark.parametrize(("month", "on", "charged"), [
    ("2025-11", "2025-12-02", False), ("2025-12", "2026-01-01", True), ("2026-05", "2026-06-02", True),
    ("2026-06", "2026-07-01", False),
])  # fmt: skip
def test_a_month_that_shares_no_day_with_the_operating_period_raises_nothing(month, on, charged) -> None:
    short = availability(on, month, "99.98", consequence="major", ref="r")
    slow = service_level(on, month, "problem", "s", system="mail", response_minutes=16)
    told = given(*SERVED, ENDED, short, slow)
    expected = {"a2-r1:r": MONTH, "a3-r8:s": P30} if charged else {}
    told.as_of("2026-07-02").then(items_are(expected))


def test_a_trial_run_begins_the_operating_period_and_by_the_reading_the_lease_does() -> None:
    told = given(SERVED[0], trial_run("2025-11-20"), SERVED[1:], down("2025-11-25", "x").recorded_on("2025-12-20"))
    told.as_of("2026-01-01").then(items_are({"a3-r5:x": P30}))
    told.as_of("2026-01-01", reading={"operating-period": "from-lease"}).then(no_items)


def test_an_absence_outside_the_operating_period_is_charged_nothing() -> None:
    told = given(*SERVED, ENDED, on_site_absence("2026-06-01", 61, "major"))
    told.as_of("2026-06-02").then(no_items)
    late = on_site_absence("2026-05-31T22:59:00+08:00", 90, "major").named("late")
    given(*SERVED, ENDED, late).as_of("2026-06-02").then(items_are({"a2-r11:late": MONTH}))
    later = on_site_absence("2026-05-31T23:00:00+08:00", 90, "major").named("late")
    given(*SERVED, ENDED, later).as_of("2026-06-02").then(no_items)


def test_complaints_after_the_operating_period_do_not_count() -> None:
    """附件3 第2行 “在服务期内被甲方投诉”."""
    complaints = [complaint(f"2026-{month}", f"c{month}") for month in ("05-30", "05-31", "06-01")]
    given(*SERVED, ENDED, SHORT, complaints).as_of("2026-06-02").then(items_are({"a3-r1:short": P50}))
    third = complaint("2026-05-29", "c0529")
    in_time = given(*SERVED, ENDED, SHORT, third, complaints)
    assert "a3-r2:c05-31" in in_time.as_of("2026-06-02").items()


# -- the unheeded notice ----------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "charged"), [("2026-01-20", False), ("2026-01-21", True)])
def test_the_notices_deadline_must_have_passed_when_the_incident_began(on, charged) -> None:
    warned = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")
    told = given(*SERVED, warned, incident(on, "outage", "x", consequence="major", unheeded_notice="warning"))
    told.as_of("2026-02-01").then(items_are({"a2-r6:x": MONTH} if charged else {}))


def test_a_notice_completed_in_time_was_heeded_and_one_completed_late_was_not() -> None:
    warned = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")
    after = incident("2026-02-01", "outage", "x", consequence="major", unheeded_notice="warning")
    for on, charged in (("2026-01-20", False), ("2026-01-21", True)):
        done = fact("RectificationCompleted", on, "party_b", "done", notice="warning")
        told = given(*SERVED, warned, done, after)
        told.as_of("2026-02-01").then(items_are({"a2-r6:x": MONTH} if charged else {}))


def test_a_completion_rejected_before_the_incident_leaves_the_notice_unheeded() -> None:
    warned = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")
    done = fact("RectificationCompleted", "2026-01-19", "party_b", "done", notice="warning")
    after = incident("2026-02-01", "outage", "x", consequence="major", unheeded_notice="warning")
    for on, charged in (("2026-02-01", True), ("2026-02-02", False)):
        no = fact("RectificationRejected", on, "supervisor", "no", notice="warning", reason="未完成")
        told = given(*SERVED, warned, done, after, no)
        told.as_of("2026-03-01").then(items_are({"a2-r6:x": MONTH} if charged else {}))


# -- the base [base-months] -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends_on", "months"), [("2027-12-01", 24), ("2027-12-02", 25), ("2027-11-30", 24), ("2026-12-02", 13)]
)
def test_by_the_extended_term_a_part_of_a_month_counts_as_one(ends_on, months) -> None:
    told = given(
        *SERVED,
        fact("RenewalProposed", "2026-02-02", "party_a", "r", proposal="r", ends_on=ends_on),
        accepted("2026-02-03", "r"),
        on_site_absence("2026-03-01", 61, "major"),
    )
    base = str((Decimal("2303911.32") / months).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    told.as_of("2026-03-02", reading={"base-months": "extended-term"}).then(
        item("a2-r11:nobody-2026-03-01", base=base, amount=base)
    )
    told.as_of("2026-03-02").then(item("a2-r11:nobody-2026-03-01", base=MONTH))


# -- row 6 ------------------------------------------------------------------------------------------


def test_the_minutes_of_outages_that_overlap_count_once() -> None:
    """Case 01: 10:00 to 15:00 and 11:00 to 14:20 are 300 minutes, not 500; on separate events, by the reading."""
    facts = [json.loads(line) for line in (CASES / "01-overlapping-outages" / "facts.jsonl").read_text().splitlines()]
    reports = [
        fact(one["type"], one["on"], one["by"], one["data"]["incident"], **one["data"] | {"system": "mail"})
        for one in facts
    ]
    told = given(*SERVED, reports)
    separate = told.as_of("2026-11-20", reading={"overlapping-reports": "separate"})
    separate.then(items_are({"a3-r5:i1": P30, "a3-r5:i2": P30}))
    assert "a3-r6:i2" not in told.as_of("2026-11-20").items()
    told.as_of("2026-11-20").then(accrued(P30))


def test_outages_that_are_one_count_once() -> None:
    outages = [down(f"2026-0{month}-01", f"o{month}", 1) for month in (2, 3, 4, 5)]
    told = given(*SERVED, outages, linked("2026-05-02", "o2", "o3"))
    told.as_of("2026-05-01").then(items_are({"a3-r6:o4": P60}))
    told.as_of("2026-05-02").then(items_are({"a3-r6:o5": P60}))


EACH = {"repeated-outages": "each-three"}


def test_by_the_reading_row_6_arises_again_with_every_three_further_outages_each_on_its_own() -> None:
    outages = [down(f"2026-{month:02}-01", f"o{month}", 1) for month in range(1, 9)]
    told = given(*SERVED, outages)
    told.as_of("2026-08-02").then(items_are({"a3-r6:o3": P60}), accrued(P60))
    told.as_of("2026-08-02", reading=EACH).then(
        items_are({"a3-r6:o3": P60, "a3-r6:o6": P60}),
        item("a3-r6:o3", because=["o1", "o2", "o3"], absorbed_by=None),
        item("a3-r6:o6", because=["o4", "o5", "o6"], absorbed_by=None),
        accrued("10000.10"),
    )


def test_an_outage_that_is_one_with_one_that_counted_before_is_not_one_of_three_further_outages() -> None:
    outages = [down(f"2026-{month:02}-01", f"o{month}", 1) for month in range(1, 8)]
    told = given(*SERVED, outages, linked("2026-07-02", "o3", "o4"))
    told.as_of("2026-07-01", reading=EACH).then(item("a3-r6:o6", because=["o4", "o5", "o6"]))
    told.as_of("2026-07-02", reading=EACH).then(
        items_are({"a3-r6:o3": P60, "a3-r6:o7": P60}), item("a3-r6:o7", because=["o5", "o6", "o7"])
    )


# -- graded incidents [graded-damages] --------------------------------------------------------------


def test_by_the_reading_a_graded_incident_bears_the_row_it_would_bear_as_major() -> None:
    tampered = incident("2026-02-01", "tampering", "t", consequence="problem", security_service_fault=True)
    graded = fact("IncidentGradeAgreed", "2026-02-02", "party_a", "b", incident="t", grade="B",
                  confirmed_by=["party_a", "party_b"])  # fmt: skip
    told = given(*SERVED, tampered, graded)
    told.as_of("2026-02-03").then(no_items)
    told.as_of("2026-02-03", reading={"graded-damages": "a-fortiori"}).then(items_are({"a2-r3:t": TWICE}))


# -- agreed and ruled -------------------------------------------------------------------------------

TAMPERED = incident("2026-01-10", "tampering", "one", consequence="major", security_service_fault=True)
INTRUDED = incident("2026-01-12", "intrusion", "two", consequence="major", security_service_fault=True)


def test_an_agreed_amount_takes_the_place_of_what_shares_an_occurrence_with_its_items_and_of_nothing_else() -> None:
    """The agreement is on o1's item: a report that names o1 is covered, and o2, which only the report names, is not."""
    o2 = down("2026-02-12", "o2")
    told = given(*SERVED, O1, o2, naming(SHORT, "o1", "o2"), damages_agreed("2026-04-01", "1000.00", "a3-r5:o1"))
    told.as_of("2026-04-01").then(
        item("a3-r5:o1", absorbed_by="agreed:agreed"), item("a3-r1:short", absorbed_by="agreed:agreed"),
        item("a3-r5:o2", absorbed_by=None), accrued("3500.03"),
    )  # fmt: skip


def test_what_arises_later_on_an_occurrence_already_settled_by_agreement_is_covered_too() -> None:
    told = given(*SERVED, O1, damages_agreed("2026-02-20", "1000.00", "a3-r5:o1"), naming(SHORT, "o1"))
    told.as_of("2026-03-01").then(item("a3-r1:short", absorbed_by="agreed:agreed"), accrued("1000.00"))


def test_of_agreements_on_incidents_that_come_to_be_one_the_later_counts_and_the_others_own_items_stand() -> None:
    told = given(
        *SERVED, TAMPERED, INTRUDED, O1,
        damages_agreed("2026-02-20", "1000.00", "a2-r3:one", "a3-r5:o1"),
        damages_agreed("2026-02-21", "500.00", "a2-r5:two", ref="later"),
        linked("2026-03-01", "one", "two"),
    )  # fmt: skip
    told.as_of("2026-02-28").then(accrued("1500.00"))
    told.as_of("2026-03-01").then(
        item("agreed:agreed", absorbed_by="agreed:later"), item("a2-r3:one", absorbed_by="agreed:later"),
        item("a3-r5:o1", absorbed_by=None), accrued("3000.03"),
    )  # fmt: skip


def test_of_agreements_that_shared_an_occurrence_when_the_later_was_made_it_counts_alone_for_ever() -> None:
    told = given(
        *SERVED, TAMPERED, INTRUDED, linked("2026-02-01", "one", "two"),
        damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        damages_agreed("2026-02-21", "500.00", "a2-r5:two", ref="later"),
        unlinked("2026-03-01", "two").said_by("supervisor"),
    )  # fmt: skip
    told.as_of("2026-02-28").then(accrued("500.00"))
    told.as_of("2026-03-01").then(accrued("384485.22"), item("agreed:agreed", absorbed_by="agreed:later"))


def test_agreements_that_shared_an_occurrence_by_what_was_known_when_the_later_was_made_share_it_for_ever() -> None:
    """The link is taken back afterwards and holds on no day then: what was replaced while it was known stays so."""
    link = linked("2026-02-01", "one", "two").said_by("supervisor")
    told = given(
        *SERVED, TAMPERED, INTRUDED, link,
        damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        damages_agreed("2026-02-21", "500.00", "a2-r5:two", ref="later"),
        retracted("2026-03-01", link),
    )  # fmt: skip
    told.as_of("2026-03-01").then(item("agreed:agreed", absorbed_by="agreed:later"), accrued("384485.22"))
    told.as_of("2026-03-01", known_at="2026-02-28").then(accrued("500.00"))


@pytest.mark.parametrize("then", [(), ("p3-then-correction",)])
def test_what_an_agreement_replaced_stays_replaced_when_a_correction_takes_its_item_away(then) -> None:
    """Cases rules/p3-two-agreements and p3-then-correction: 2000.00 both times."""
    report = service_level("2026-02-03", "2026-01", "problem", "r1", system="mail", response_minutes=20,
                           recovery_minutes=40).said_by("party_a")  # fmt: skip
    right = corrected("2026-02-25", report, response_minutes=10)
    told = given(
        *SERVED, report, damages_agreed("2026-02-10", "1000.00", "a3-r8:r1", ref="ag1"),
        damages_agreed("2026-02-20", "2000.00", "a3-r10:r1", ref="ag2"), (right,) if then else (),
    )  # fmt: skip
    told.as_of("2026-03-01").then(accrued("2000.00"), item("agreed:ag1", absorbed_by="agreed:ag2"))


def test_an_item_that_a_correction_takes_away_leaves_what_was_agreed_in_place_of_the_reports_others() -> None:
    """The agreement names the item on the response; the report's item on the recovery shares its occurrence."""
    report = service_level("2026-02-03", "2026-01", "problem", "r1", system="mail", response_minutes=20,
                           recovery_minutes=40).said_by("supervisor")  # fmt: skip
    right = corrected("2026-02-25", report, response_minutes=10)
    told = given(*SERVED, report, damages_agreed("2026-02-10", "1000.00", "a3-r8:r1"), right)
    told.as_of("2026-03-01").then(item("a3-r10:r1", absorbed_by="agreed:agreed"), accrued("1000.00"))


def judged(on: str, ref: str, *rulings: dict[str, object], final: bool = True) -> tuple[Happening, ...]:
    return (
        fact("DisputeOpened", "2026-02-02", "party_b", f"{ref}-dispute", dispute=ref, clauses=["10.3"], facts=["one"]),
        fact("JudgmentEntered", on, "party_a", ref, dispute=ref, court="北京市第二中级人民法院",
             reference="（2026）京02民终1号", final=final, rulings=list(rulings)),
    )  # fmt: skip


def test_a_final_judgment_goes_before_any_agreement_also_a_later_one() -> None:
    ruling = {"items": ["a2-r3:one"], "amount": "200000.00"}
    told = given(
        *SERVED, TAMPERED, damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        judged("2026-03-01", "court", ruling), damages_agreed("2026-04-01", "2000.00", "a2-r3:one", ref="after"),
    )  # fmt: skip
    told.as_of("2026-02-28").then(accrued("1000.00"))
    told.as_of("2026-03-01").then(
        item("agreed:court", annex=None, row=None, amount="200000.00", because=["court"], absorbed_by=None),
        item("agreed:agreed", absorbed_by="agreed:court"), item("a2-r3:one", absorbed_by="agreed:court"),
        accrued("200000.00"),
    )  # fmt: skip
    told.as_of("2026-04-01").then(item("agreed:after", absorbed_by="agreed:court"), accrued("200000.00"))


def test_the_second_ruling_of_a_judgment_has_an_id_of_its_own_and_one_that_is_not_final_rules_nothing() -> None:
    rulings = ({"items": ["a2-r3:one"], "amount": "10.00"}, {"items": ["a2-r5:two"], "amount": "20.00"})
    told = given(*SERVED, TAMPERED, INTRUDED, judged("2026-03-01", "court", *rulings))
    told.as_of("2026-03-01").then(
        item("agreed:court", amount="10.00"), item("agreed:court.2", amount="20.00"), accrued("30.00")
    )
    first = given(*SERVED, TAMPERED, INTRUDED, judged("2026-03-01", "court", *rulings, final=False))
    first.as_of("2026-03-01").then(accrued("575977.83"))


# -- settled ----------------------------------------------------------------------------------------


def test_a_settlement_of_an_absorbed_item_settles_what_absorbed_it() -> None:
    told = given(
        *SERVED, TAMPERED, damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        damages_settled("2026-03-01", "400.00", "a2-r3:one"),
    )  # fmt: skip
    told.as_of("2026-03-01").then(settled("400.00"), deductible("600.00"))


# -- more breach never costs less -------------------------------------------------------------------

BREACHES = st.sampled_from([
    *(down(f"2026-02-{day:02}", f"o{day}", minutes) for day, minutes in ((3, 119), (7, 120), (11, 300), (19, 480))),
    down("2026-02-07T10:00:00+08:00", "p7", 200),
    incident("2026-02-07", "mutual_backup", "backup", root_cause="电源"),
    incident("2026-02-11", "tampering", "tm", consequence="major", security_service_fault=True, root_cause="光缆"),
    incident("2026-02-12", "intrusion", "in", consequence="major", security_service_fault=True, system="mail"),
    naming(SHORT, "o7"), naming(SHORT.named("again"), "o3", "o11"), naming(PLATFORM, "o7", "in"),
    naming(SLOW, "tm"), naming(on_site_absence("2026-02-11", 61, "major", "mail"), "o11", "tm"),
    on_site_absence("2026-02-13", 121, "problem", "mail"),
    *(complaint(f"2026-03-1{n}", f"c{n}") for n in range(3)),
])  # fmt: skip
NAMED = {"again": "short"}  # another report of the same month would replace it: no further breach


@settings(max_examples=60, deadline=None)
@for_all(st.lists(BREACHES, unique_by=lambda one: NAMED.get(one.ref or "", one.ref), min_size=2, max_size=10))
def test_more_breach_never_costs_less(breaches: list[Happening]) -> None:
    """SPEC 4.6: "grades and agreements aside, a further breach of an occurrence of its own never lowers …"."""
    there: list[Happening] = []
    owed = [Decimal(0)]
    for one in breaches:
        names = {other.data.get("incident") for other in there}
        if set(one.data.get("incidents", ())) <= names:
            there.append(one)
            told = given(*SERVED, [other.recorded_on("2026-03-20") for other in there])
            owed.append(Decimal(told.as_of("2026-03-20").status["damages"]["accrued"]))
    assert all(after >= before for before, after in pairwise(owed)), (owed, [one.ref for one in there])


def test_an_outage_that_is_one_with_a_dearer_breach_takes_row_6_with_it() -> None:
    """No further breach by 10.3: what was charged on the missing backup and the outage is one occurrence."""
    backup = incident("2026-02-07", "mutual_backup", "backup", root_cause="电源")
    others = (backup, down("2026-02-03", "o3", 119), down("2026-02-19", "o19", 480))
    given(*SERVED, others).as_of("2026-02-20").then(accrued("100996.36"))
    one_with_it = down("2026-02-07T10:00:00+08:00", "p7", 200, root_cause="电源")
    given(*SERVED, others[:2], one_with_it, others[2]).as_of("2026-02-20").then(
        item("a3-r6:o19", absorbed_by="a2-r2:backup"), accrued("98496.34")
    )


# -- the table adds up ------------------------------------------------------------------------------


def standing(answer: Answer) -> Decimal:
    listed = answer.items().values()
    return sum((Decimal(one["amount"] or 0) for one in listed if one["absorbed_by"] is None), Decimal(0))


def test_what_absorbs_an_item_stands_and_shares_something_with_it() -> None:
    told = given(*SERVED, O1, naming(SHORT, "o1"), naming(PLATFORM, "o1"), naming(SLOW, "o1"), TAMPERED, INTRUDED)
    answer = told.as_of("2026-03-03")
    by_id = answer.items()
    for one in by_id.values():
        assert one["absorbed_by"] is None or by_id[one["absorbed_by"]]["absorbed_by"] is None
    assert standing(answer) == Decimal(answer.status["damages"]["accrued"])


def test_an_item_that_is_there_as_one_party_sees_it_can_be_named_and_one_that_is_there_for_nobody_cannot() -> None:
    """Party B's link ties in its own view only; party A's report of a month after party B's is its own claim."""
    theirs = service_level("2026-03-01", "2026-02", "none", "theirs", system="mail", recovery_minutes=90)
    ours = service_level("2026-03-02", "2026-02", "problem", "ours", system="mail", recovery_minutes=90).said_by(A)
    told = given(*SERVED, theirs, ours, damages_agreed("2026-04-01", "1000.00", "a3-r11:ours"))
    told.as_of("2026-04-01").then(items_are({"agreed:agreed": "1000.00"}))
    told.as_of("2026-04-01", as_seen_by=A).then(item("a3-r11:ours", amount=P50, absorbed_by="agreed:agreed"))
    with pytest.raises(Refusal) as refused:
        given(*SERVED, theirs, ours, damages_agreed("2026-04-01", "1000.00", "a3-r11:theirs"))
    assert (refused.value.code, refused.value.field) == ("ITEM_UNKNOWN", "data.items.0")


def test_who_names_an_agreed_amount_names_its_items_whichever_was_made_first() -> None:
    first = damages_agreed("2026-02-20", "1000.00", "a2-r3:one")
    anew = damages_agreed("2026-03-01", "700.00", "agreed:agreed", ref="anew")
    told = given(*SERVED, TAMPERED, first, anew)
    told.as_of("2026-03-01").then(
        item("agreed:agreed", absorbed_by="agreed:anew"), item("a2-r3:one", absorbed_by="agreed:anew"),
        accrued("700.00"),
    )  # fmt: skip
    dated_back = damages_agreed("2026-02-01", "700.00", "agreed:agreed", ref="anew").recorded_on("2026-03-01")
    before = given(*SERVED, TAMPERED, first, dated_back)
    before.as_of("2026-03-01").then(item("agreed:anew", absorbed_by="agreed:agreed"), accrued("1000.00"))


def test_an_agreement_dated_before_the_incident_still_covers_what_names_it_once_its_item_is_gone() -> None:
    dated_back = damages_agreed("2026-02-01", "1000.00", "a3-r5:o1").recorded_on("2026-02-20")
    graded = fact("IncidentGradeAgreed", "2026-02-25", "party_a", "b", incident="o1", grade="B",
                  confirmed_by=["party_a", "party_b"])  # fmt: skip
    told = given(*SERVED, O1, dated_back, graded, naming(SHORT, "o1"))
    told.as_of("2026-03-01").then(item("a3-r1:short", absorbed_by="agreed:agreed"), accrued("1000.00"))
