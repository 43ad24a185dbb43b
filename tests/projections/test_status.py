"""The current status (SPEC 5): its exact shape, what changes next, readings and the receipt."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.canonical import canonical
from ledger.domain.fact import Fact
from ledger.projections.basis import Basis
from ledger.projections.paths import changes
from ledger.projections.status import conclusions
from tests.happenings import (
    a_incident,
    absent,
    acknowledged,
    amended,
    availability,
    b_incident,
    contested,
    corrected,
    declared,
    dual_active_refused,
    exit_permitted,
    exit_requested,
    fact,
    incident,
    invoice,
    lease_started,
    linked,
    major_event,
    notice,
    on_site_absence,
    paid,
    reading_agreed,
    rejected,
    renewal_proposed,
    retracted,
    scale_out_requested,
    service_level,
    signed,
    system,
    trial_run,
)
from tests.scenario import CONTRACT, History, calendar_at, changes_on, given, terms

DEFAULT_READINGS = {
    "outage-criteria": "all",
    "outage-b-ceiling": "open",
    "force-majeure": "ignored",
    "main-responsibility": "unless-other",
    "operating-period": "from-trial-run",
    "year-window": "rolling",
    "window-anniversary": "inclusive",
    "a-counts-as-b": "no",
    "same-cause-count": "one",
    "overlapping-reports": "one",
    "several-notices": "two",
    "notice-cause": "stated",
    "dual-active-optional": "agreed",
    "lapse": "civil-code-564",
    "notice-waiver": "waivable",
    "notice-day": "next-day",
    "term-end": "corresponding-day",
    "switchover-period": "measure",
    "stage-review-date": "deadline",
    "early-invoice": "ripens",
    "invoice-received": "that-day",
    "natural-days": "no-roll",
    "band-gaps": "literal",
    "data-reliability-floor": "as-written",
    "graded-damages": "none",
    "consecutive-outages": "in-term",
    "repeated-outages": "once",
    "same-cause-damages": "highest",
    "shortfall-cause": "stated",
    "base-months": "initial-term",
}


def id_(seq: int) -> str:
    return f"{CONTRACT}#{seq}"


def story() -> History:
    return given(
        signed,
        invoice("2025-11-24").documented(),
        paid("2025-11-28", "1000000.00"),
        lease_started("2025-12-01"),
        service_level("2026-01-05", "2025-12", "major", "r", response_minutes=16),
        b_incident("2026-01-10", "inc-1"),
        contested("2026-01-12", invoice("2025-11-24"), "party_a"),
    )


def obligation(
    name: str, clause: str, obligor: str, raised_on: str, due_on: str | None, state: str, *raised_by: int
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": name.partition(":")[0],
        "clause": clause,
        "obligor": obligor,
        "raised_on": raised_on,
        "due_on": due_on,
        "provisional": False,
        "state": state,
        "settled_on": None,
        "raised_by": [id_(seq) for seq in raised_by],
        "settled_by": [],
    }


def change(on: str, what: str, before: object, after: object) -> dict[str, Any]:
    return {"on": on, "what": what, "from": before, "to": after}


SWITCHOVER = obligation("switchover", "11.2", "party_b", "2026-12-02", None, "pending", 6)
SWITCHOVER["expected_until"] = "2027-06-01"  # 一般延续 6 个月: a measure, no deadline
COUNTED = {"incident": "inc-1", "grade": "B", "on": "2026-01-10", "members": ["inc-1"]}
EXCLUDED = {"incident": "inc-1", "reason": "outside-window", "counted_as": None}

def debt(name: str, clause: str, creditor: str, amount: str, last_day: str, raised_by: int) -> dict[str, Any]:
    return {
        "debt": name, "clause": clause, "creditor": creditor, "amount": amount, "state": "running",
        "last_day": last_day, "provisional": True, "raised_by": [id_(raised_by)], "restarted_by": [],
    }  # fmt: skip


def position(path: str, record: object, party_a: object) -> dict[str, Any]:
    """Where party A's view differs, which contests the invoice; party B's is the record."""
    return {"path": path, "record": record, "party_a": party_a, "party_b": record}


OWED = debt("pay-invoice:inv", "9.1", "party_b", "843129.06", "2028-12-01", 4)
TO_PAY = obligation("pay-invoice:inv", "9.1", "party_a", "2025-11-24", "2025-12-01", "overdue", 4)
DISCHARGED = {"settled_by": ([], [id_(6)]), "settled_on": (None, "2026-12-02"), "state": ("standing", "discharged")}

EXPECTED: dict[str, Any] = {
    "contract": CONTRACT,
    "as_of": "2026-01-15",
    "known_at": "2026-01-15T06:00:00.000000Z",
    "facts": 9,
    "phase": "in_service",
    "term": {
        "signed_on": "2025-11-19",
        "effective_on": "2025-11-19",
        "lease_started_on": "2025-12-01",
        "ends_on": "2026-12-01",
        "terminated_on": None,
        "provisional": False,
    },
    "balance": {
        "currency": "CNY",
        "total": "2303911.32",
        "invoiced": "1843129.06",
        "paid": "1000000.00",
        "deducted": "0.00",
        "credit": "0.00",
        "outstanding": "1303911.32",
        "payable": "843129.06",
        "overdue": "843129.06",
    },
    "obligations": [
        obligation("confidentiality", "7.2", "party_b", "2025-11-19", None, "standing", 2, 3),
        obligation("deployment", "9.1", "party_b", "2025-11-19", "2025-12-31", "overdue", 2, 3),
        obligation("security-review", "5.2", "party_b", "2025-11-19", "2026-12-01", "pending", 2, 3),
        obligation("stage-review", "9.1", "party_b", "2025-11-19", "2025-12-31", "overdue", 2, 3),
        obligation("trial-run", "6.2", "party_b", "2025-11-19", "2026-01-19", "pending", 2, 3),
        TO_PAY,
        obligation("availability", "6.3", "party_b", "2025-12-01", None, "standing", 6),
        obligation("host-hardening", "annex 4", "party_b", "2025-12-01", "2026-12-01", "pending", 6),
        obligation("host-scan", "annex 4", "party_b", "2025-12-01", "2026-12-01", "pending", 6),
    ],
    "incidents": {
        "a_count": 0,
        "b_count_rolling_year": 1,
        "window": ["2025-01-15", "2026-01-15"],
        "counted": [{"incident": "inc-1", "grade": "B", "on": "2026-01-10", "members": ["inc-1"]}],
        "excluded": [],
        "grades": {"inc-1": "B"},
    },
    "termination": {
        "allowed": False, "state": "none", "grounds": [], "declared": [], "headroom": {"b_incidents": 2},
    },
    "exit": {"request": None, "permitted": None, "earliest_exit_on": None},
    "damages": {
        "accrued": "191992.61",
        "settled": "0.00",
        "deductible": "191992.61",
        "items": [
            {
                "id": "a2-r7:r",
                "annex": 2,
                "row": 7,
                "base": "191992.61",
                "rate": "1.00",
                "amount": "191992.61",
                "absorbed_by": None,
                "because": [id_(7)],
            }
        ],
    },
    "anomalies": [],
    "contested": [id_(4)],
    "claims": [],  # the invoice carries its paper, and the contest none
    "positions": [
        position("balance.invoiced", "1843129.06", "0.00"),
        position("balance.outstanding", "1303911.32", "2303911.32"),
        position("balance.overdue", "843129.06", "0.00"),
        position("balance.paid", "1000000.00", "0.00"),
        position("balance.payable", "843129.06", "0.00"),
        position("limitation.pay-invoice:inv", OWED, None),
        position("obligations.pay-invoice:inv", TO_PAY, None),
    ],
    "limitation": [
        OWED,
        debt("a2-r7:r", "annex 2 row 7", "party_a", "191992.61", "2029-01-05", 7),
    ],
    "next_changes": [
        change("2026-01-20", "obligations.trial-run.state", "pending", "overdue"),
        *(change("2026-12-02", f"obligations.availability.{part}", *pair) for part, pair in DISCHARGED.items()),
        change("2026-12-02", "obligations.host-hardening.state", "pending", "overdue"),
        change("2026-12-02", "obligations.host-scan.state", "pending", "overdue"),
        change("2026-12-02", "obligations.security-review.state", "pending", "overdue"),
        change("2026-12-02", "obligations.switchover", None, SWITCHOVER),
        change("2026-12-02", "phase", "in_service", "ended"),
        change("2027-01-11", "incidents.b_count_rolling_year", 1, 0),
        change("2027-01-11", "incidents.counted.inc-1", COUNTED, None),
        change("2027-01-11", "incidents.excluded.inc-1", None, EXCLUDED),
        change("2027-01-11", "termination.headroom.b_incidents", 2, 3),
        change("2028-12-02", "limitation.pay-invoice:inv.state", "running", "barred"),
        change("2029-01-06", "limitation.a2-r7:r.state", "running", "barred"),
    ],
    "readings": DEFAULT_READINGS,
    "sensitivity": None,
    "robust": None,
}


def test_the_answer_has_exactly_the_shape_and_the_order_of_the_specification() -> None:
    answer = story().as_of("2026-01-15", known_at="2026-01-15T14:00:00+08:00").status
    receipt = answer.pop("receipt")
    assert answer == EXPECTED
    assert json.dumps(answer) == json.dumps(EXPECTED)  # key order and types too
    assert list(receipt) == ["rules", "terms", "calendar", "head", "result"]


def test_a_ground_and_an_item_without_a_fee_have_their_shape() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        a_incident("2026-01-10", "a"),
        availability("2026-02-01", "2026-01", "99.98", consequence="problem", ref="r"),
    )
    answer = told.as_of("2026-02-01").status
    assert json.dumps(answer["termination"]) == json.dumps(
        {
            "allowed": True,
            "state": "open",
            "grounds": [
                {
                    "clause": "10.1",
                    "arose_on": "2026-01-10",
                    "lapses_on": "2027-01-10",
                    "last_day": "2026-12-01",
                    "state": "open",
                    "because": [id_(5)],
                }
            ],
            "declared": [],
            "headroom": {"b_incidents": 3},
        }
    )
    assert json.dumps(answer["damages"]) == json.dumps(
        {
            "accrued": "0.00",
            "settled": "0.00",
            "deductible": "0.00",
            "items": [
                {
                    "id": "a3-r1:r",
                    "annex": 3,
                    "row": 1,
                    "base": None,
                    "rate": "0.50",
                    "amount": None,
                    "absorbed_by": None,
                    "because": [id_(6)],
                }
            ],
        }
    )
    assert json.dumps(answer["anomalies"]) == json.dumps(
        [{"code": "NO_SYSTEM_FEE", "fact": id_(6), "on": "2026-02-01"}]
    )


def test_an_excluded_incident_has_its_shape() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        b_incident("2026-01-10", "one"),
        b_incident("2026-01-11", "two"),
        linked("2026-01-12", "one", "two"),
    )
    assert json.dumps(told.as_of("2026-01-12").status["incidents"]["excluded"]) == json.dumps(
        [{"incident": "two", "reason": "same-cause", "counted_as": "one"}]
    )


def test_lists_are_ordered_by_date_then_id() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        b_incident("2026-02-10", "late"),
        b_incident("2026-01-10", "z"),
        b_incident("2026-01-10", "a"),
        on_site_absence("2026-02-10", 61, "major"),
        on_site_absence("2026-01-10", 61, "major"),
        invoice("2026-02-10", tax_rate="0.09", name="x"),
        invoice("2026-01-10", tax_rate="0.09", name="y"),
    )
    answer = told.as_of("2026-03-01").status
    assert [one["incident"] for one in answer["incidents"]["counted"]] == ["a", "z", "late"]
    assert [one["id"] for one in answer["damages"]["items"]] == ["a2-r11:nobody-2026-01-10", "a2-r11:nobody-2026-02-10"]
    assert [one["on"] for one in answer["anomalies"]] == ["2026-01-10", "2026-02-10"]
    raised = [(one["raised_on"], one["id"]) for one in answer["obligations"]]
    assert raised == sorted(raised)


def test_the_answer_for_a_day_to_come_is_what_holds_if_nothing_more_happens() -> None:
    told = story()
    assert told.as_of("2030-01-01").status["phase"] == "ended"
    assert told.as_of("2019-01-01").status["phase"] == "registered"
    assert told.as_of("2019-01-01").status["facts"] == 1


# -- readings ---------------------------------------------------------------------------------------


def test_readings_are_those_of_the_question_then_of_the_parties_then_of_the_terms() -> None:
    told = given(
        signed,
        reading_agreed("2026-02-01", "lapse", "never"),
        under=terms(readings={"lapse": "civil-code-564", "band-gaps": "a-fortiori"}),
    )
    assert told.as_of("2026-01-31").status["readings"] == DEFAULT_READINGS | {"band-gaps": "a-fortiori"}
    agreed = DEFAULT_READINGS | {"band-gaps": "a-fortiori", "lapse": "never"}
    assert told.as_of("2026-02-01").status["readings"] == agreed
    asked = told.as_of("2026-02-01", reading={"lapse": "civil-code-564", "year-window": "calendar-year"})
    assert asked.status["readings"] == agreed | {"lapse": "civil-code-564", "year-window": "calendar-year"}
    assert list(asked.status["readings"]) == list(DEFAULT_READINGS)


# -- what changes next ------------------------------------------------------------------------------


def test_on_the_day_after_its_due_day_an_unpaid_invoice_changes_the_obligation_and_the_balance() -> None:
    told = given(signed, invoice("2025-11-24"))
    told.as_of("2025-12-01").then(changes_on("2025-12-02", "balance.overdue", "obligations.pay-invoice:inv.state"))


def test_the_day_a_ground_lapses_is_a_change() -> None:
    told = given(signed, lease_started("2025-12-01"), a_incident("2026-01-10"), under=terms(term__months=24))
    told.as_of("2026-02-01").then(
        changes_on(
            "2027-01-11",
            "termination.allowed",
            "termination.grounds.10.1@2026-01-10.last_day",
            "termination.grounds.10.1@2026-01-10.state",
            "termination.state",
        )
    )


def test_the_day_a_consented_exit_takes_effect_is_a_change() -> None:
    told = given(
        signed, lease_started("2025-12-01"), exit_requested("2026-01-31", "2026-08-01"), exit_permitted("2026-02-10")
    )
    discharged = ("availability", "host-hardening", "host-scan", "security-review")  # 4.1, after the end
    ended = [f"obligations.{kind}.{part}" for kind in discharged for part in ("settled_by", "settled_on", "state")]
    told.as_of("2026-02-10").then(
        changes_on("2026-08-01", *ended, "obligations.switchover", "phase", "term.terminated_on")
    )


def test_at_most_twenty_days_are_listed_and_they_are_the_next_ones() -> None:
    reports = [
        fact("MonitoringReportRequested", "2026-02-01", "party_a", f"r-{n}", report=f"r-{n}", due_on=f"2026-03-{n:02d}")
        for n in range(1, 26)
    ]
    listed = given(reports).as_of("2026-02-01").status["next_changes"]
    assert listed == [
        {
            "on": f"2026-03-{n + 1:02d}",
            "what": f"obligations.monitoring-report:r-{n}.state",
            "from": "pending",
            "to": "overdue",
        }
        for n in range(1, 21)
    ]


def _as_if_day_by_day(told: History, first: date, last: date) -> list[dict[str, str]]:
    """The changes of the days to come, found by asking every day anew.

    From the second year on a whole month is passed over at once where it ends as it began.
    """
    known = [fact for fact in told.facts if fact.day <= first or fact.seq == 1]
    shown = _concluded(known, first)
    day, found = first, []
    while day < last:
        month = day + timedelta(days=30)
        if day > first + timedelta(days=366) and month < last:
            after = _concluded(known, month)
            if not changes(shown, after, AGREEMENT):
                day, shown = month, after
                continue
        for _ in range(30):
            day += timedelta(days=1)
            before, shown = shown, _concluded(known, day)
            found += [
                {"on": day.isoformat(), "what": one.pop("path"), **one} for one in changes(before, shown, AGREEMENT)
            ]
            if day == last:
                break
    return found


def _concluded(facts: list[Fact], day: date) -> dict[str, Any]:
    moment = facts[-1].recorded_at
    pass_ = Basis(facts, calendar_at(moment), day, moment).sweep()
    pass_.advance(day)
    return conclusions(pass_.machine, day)


BUSY = given(
    signed,
    trial_run("2025-11-28"),
    lease_started("2025-12-01"),
    system(),
    invoice("2025-12-20"),
    major_event("2026-01-05", "2026-01-20"),
    absent("2026-01-12"),
    b_incident("2025-12-20"),
    b_incident("2026-01-05"),
    b_incident("2026-01-10"),
    a_incident("2025-12-30", learned_on="2026-01-14"),
    scale_out_requested("2026-01-10"),
    notice("2026-01-12", "2026-01-25", "absent-key-personnel", "n1"),
    notice("2026-01-12", "2026-01-30", "scale-out", "n2", "administrator", about="more"),
    notice("2026-01-05", "2026-01-12", "patching", "n3", "supervisor"),
    exit_requested("2026-01-13", "2026-12-01"),
)


@pytest.mark.parametrize("reading", [{"year-window": "calendar-year"}, {"year-window": "contract-year"}])
def test_the_changes_foretold_are_those_found_by_asking_every_day_anew(reading) -> None:
    options = {"readings": reading}
    told = given(under=terms(term__months=13, **options))
    told.facts.extend(BUSY.facts[1:])
    told._now = BUSY._now
    foretold = told.as_of("2026-01-14").status["next_changes"]
    last = date.fromisoformat(max(one["on"] for one in foretold))
    assert len({one["on"] for one in foretold}) <= 20
    assert foretold == _as_if_day_by_day(told, date(2026, 1, 14), last)
    assert len(foretold) > 20


# -- the receipt ------------------------------------------------------------------------------------


def _rfc8785(value: Any) -> bytes:
    """Written out for text, whole numbers, true, false, null, lists and objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(_rfc8785(key) + b":" + _rfc8785(value[key]) for key in keys) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(_rfc8785, value)) + b"]"
    return json.dumps(value, ensure_ascii=False).encode()


def test_the_receipt_says_by_what_the_answer_can_be_reproduced() -> None:
    told = story()
    answer = told.as_of("2026-01-15").status
    receipt = answer.pop("receipt")
    assert receipt == {
        "rules": "2026.2",
        "terms": hashlib.sha256(_rfc8785(terms())).hexdigest(),
        "calendar": {"2025": "国办发明电〔2024〕12号", "2026": "国办发明电〔2025〕7号"},
        "head": told.facts[-1].digest,
        "result": hashlib.sha256(_rfc8785(answer)).hexdigest(),
    }


def test_the_result_is_the_digest_of_canonical_json_also_for_names_beyond_the_basic_plane() -> None:
    told = given(
        signed, lease_started("2025-12-01"), b_incident("2026-01-10", "\U0001f600"), b_incident("2026-01-11", "～")
    )
    answer = told.as_of("2026-01-15").status
    receipt = answer.pop("receipt")
    assert len(answer["incidents"]["grades"]) == 2
    assert receipt["result"] == hashlib.sha256(_rfc8785(answer)).hexdigest()


def test_canonical_json_orders_keys_by_utf_16_at_every_depth() -> None:
    value = {"～": [{"～": 1, "\U0001f600": '\n\x1f\\"é'}], "\U0001f600": None, "a": True}
    assert canonical(value) == _rfc8785(value)
    assert canonical(value).index("\U0001f600".encode()) < canonical(value).index("～".encode())


def test_the_head_is_the_digest_of_the_highest_seq_counted() -> None:
    told = story()
    by_ref = {fact.ref: fact for fact in told.facts}
    assert told.as_of("2026-01-11").status["receipt"]["head"] == by_ref["inc-1"].digest
    assert told.as_of("2026-01-09").status["receipt"]["head"] == by_ref["r"].digest
    assert told.as_of("2019-01-01").status["receipt"]["head"] == by_ref["terms"].digest
    late = told.record(paid("2025-12-01", "1.00", "late").recorded_on("2026-02-01"))
    assert late.as_of("2025-12-01").status["receipt"]["head"] == late.facts[-1].digest
    known = late.as_of("2025-12-01", known_at="2026-01-31").status["receipt"]["head"]
    assert known == by_ref["lease"].digest


def test_a_retraction_counts_for_the_head() -> None:
    told = given(signed, invoice("2025-11-24"), retracted("2025-11-25", invoice("2025-11-24")))
    assert told.as_of("2025-11-25").status["receipt"]["head"] == told.facts[-1].digest


def test_the_terms_in_the_receipt_are_those_registered_whatever_was_amended() -> None:
    told = given(signed, amended("2025-12-01", term__months=24))
    assert told.as_of("2025-12-02").status["receipt"]["terms"] == hashlib.sha256(_rfc8785(terms())).hexdigest()


def test_any_difference_in_the_answer_shows_in_its_result() -> None:
    told = story()
    results = {told.as_of(day).status["receipt"]["result"] for day in ("2026-01-15", "2026-01-16", "2026-01-17")}
    assert len(results) == 3
    same = story().as_of("2026-01-15").status
    assert same == story().as_of("2026-01-15").status


def test_the_calendar_names_the_notices_of_the_years_a_deadline_rests_on() -> None:
    assert given(signed).as_of("2025-11-19").status["receipt"]["calendar"] == {"2026": "国办发明电〔2025〕7号"}
    december = given(signed, invoice("2026-12-25"))
    assert set(december.as_of("2026-12-25").status["receipt"]["calendar"]) == {"2026"}  # 2027 has no notice
    assert given().as_of("2026-01-01").status["receipt"]["calendar"] == {}


def test_asking_twice_in_any_order_gives_the_same_answers() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        a_incident("2026-01-10", "a"),
        declared("2026-02-01", "10.1"),
        corrected("2026-03-01", a_incident("2026-01-10", "a"), duration_minutes=1),
    )
    days = ["2026-01-10", "2027-01-01", "2026-02-01", "2025-11-19"]
    first = [told.as_of(day).status for day in days]
    assert first == [told.as_of(day).status for day in reversed(days)][::-1]


def test_incidents_of_other_kinds_leave_the_answer_in_shape() -> None:
    told = given(signed, lease_started("2025-12-01"), incident("2026-01-10", "mutual_backup", "m"))
    answer = told.as_of("2026-01-10").status
    assert answer["incidents"]["grades"] == {}
    assert [one["id"] for one in answer["damages"]["items"]] == ["a2-r2:m"]


def test_facts_from_which_nothing_is_concluded_change_nothing_but_their_number() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        system(),
        exit_requested("2026-01-02", "2026-08-01"),
        renewal_proposed("2026-01-02", "2027-12-01"),
        dual_active_refused("2026-01-02", "2026-01-02")[0],
    )
    before = told.as_of("2026-01-10").status
    attached = {"about": "lease", "sha256": "0" * 64, "name": "起租单.pdf", "media_type": "application/pdf"}
    silent = [
        rejected("2026-01-03", "renewal"),
        fact("DataDisposed", "2026-01-03", "party_b", manner="destroyed"),
        fact("SystemTestPassed", "2026-01-03", "party_b", system="mail"),
        fact("SecurityAssessmentPassed", "2026-01-03", "supervisor", system="mail"),
        fact("SystemDeployed", "2026-01-03", "party_b", system="mail"),
        fact("StageReviewFailed", "2026-01-03", "party_a", reason="未达标"),
        fact("AcceptanceRequested", "2026-01-03", "party_b", round=1),
        fact("AcceptancePassed", "2026-01-03", "party_a", round=1, rating="good"),
        fact("PersonnelAssigned", "2026-01-03", "party_b", person="p-1", nda_signed=False),
        fact("PersonnelReplaced", "2026-01-03", "party_b", person="p-1", handover_filed=False),
        fact("DisputeOpened", "2026-01-03", "party_b", dispute="d", clauses=["10.2"], facts=["lease"]),
        fact("LawsuitFiled", "2026-01-03", "party_b", dispute="d", court="人民法院"),
        fact("DisputeResolved", "2026-01-03", "party_b", dispute="d", outcome="和解"),
        fact("DocumentAttached", "2026-01-03", "supervisor", **attached),
        acknowledged("2026-01-03", lease_started("2025-12-01"), "party_b"),
        fact("EvidenceExported", "2026-01-03", "auditor", scope="contract", facts=8),
    ]
    after = told.record(silent).as_of("2026-01-10").status
    assert after["facts"] == before["facts"] + len(silent)
    for key in before.keys() - {"facts", "known_at", "receipt", "anomalies"}:
        assert after[key] == before[key], key
    told_as_anomalies = ["DATA_DESTROYED_EARLY", "NDA_UNSIGNED", "HANDOVER_UNFILED"]  # 4.2: on record, no obligation
    assert [one["code"] for one in after["anomalies"]] == [
        *(one["code"] for one in before["anomalies"]), *told_as_anomalies,
    ]  # fmt: skip


LEAVING = (
    "incidents.b_count_rolling_year",
    "incidents.counted.inc",
    "incidents.excluded.inc",
    "termination.headroom.b_incidents",
)


def test_an_amended_window_moves_the_day_an_incident_leaves_it() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        b_incident("2026-01-10", "inc"),
        amended("2026-02-01", termination__b_window_months=6),
    )
    told.as_of("2026-01-31").then(changes_on("2027-01-11", *LEAVING))
    told.as_of("2026-02-01").then(changes_on("2026-07-11", *LEAVING), changes_on("2027-01-11"))


@pytest.mark.parametrize("on", ["2025-12-15", "2026-01-10", "2026-12-14"])
def test_by_the_contract_year_an_incident_leaves_on_the_anniversary_of_the_lease(on) -> None:
    reading = {"year-window": "contract-year"}
    told = given(signed, lease_started("2025-12-15"), b_incident(on, "inc"), under=terms(term__months=24))
    told.as_of("2026-12-14", reading=reading).then(changes_on("2026-12-15", *LEAVING))
