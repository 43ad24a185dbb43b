"""Hand-computed examples, each straight from a sentence of SPEC.md, that the oracle itself must get right."""

import random
import tomllib
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import conclude
from tests.oracle_damages import dearest, share_occurrence, value
from tests.oracle_facts import INTRODUCES, Fact, corresponding_day, identifier, moment, money
from tests.oracle_standing import heard
from tests.random_histories import random_history, random_question, weekdays

CONTRACT = Path(__file__).parent.parent / "contracts" / "cu12-1101-2025-018605.toml"
REST_DAYS = {date(2026, 1, n) for n in (1, 2, 3)} | {date(2026, 10, n) for n in range(1, 8)}
Draft = tuple[str, str, str, dict[str, Any]]
PAPER = {"sha256": "0" * 64, "name": "双方签署件.pdf", "media_type": "application/pdf"}


def terms() -> dict[str, Any]:
    document = tomllib.loads(CONTRACT.read_text(encoding="utf-8"))
    document["payment"]["stage_review_by"] = "2025-12-31"
    return document


def history(*drafts: Draft, document: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The registration, then one fact for each (type, on, by, data); ids C#1, C#2 ..., ref = f-2, f-3 ..."""
    registration: Draft = ("ContractRegistered", "2020-01-01", "party_a", {"terms": document or terms()})
    return [
        {
            "type": type_, "on": on, "by": by, "data": data, "seq": seq, "id": f"C#{seq}",
            "documents": [PAPER] if "confirmed_by" in data else [],
            "ref": "terms" if seq == 1 else f"f-{seq}",
            "recorded_at": f"2027-01-01T00:{seq // 60:02d}:{seq % 60:02d}.000000Z",
        }
        for seq, (type_, on, by, data) in enumerate((registration, *drafts), start=1)
    ]  # fmt: skip


def ask(facts: list[dict[str, Any]], as_of: str, **question: Any) -> dict[str, Any]:
    return conclude(
        facts,
        as_of=date.fromisoformat(as_of),
        known_at=question.pop("known_at", None),
        is_working_day=lambda day: day.weekday() < 5 and day not in REST_DAYS,
        provisional=lambda day: day.year >= 2027,
        **question,
    )


def signed(on: str = "2025-11-19") -> list[Draft]:
    return [("ContractSigned", on, party, {"party": party}) for party in ("party_a", "party_b")]


def leased(on: str) -> Draft:
    return ("LeaseStarted", on, "party_a", {})


def outage_b(name: str, on: str, **more: Any) -> Draft:
    data = {"incident": name, "kind": "outage", "scope": "platform", "systems_share": "0.11"}
    measures = {"people_affected": 100000, "economic_loss": "1000000", "duration_minutes": 120}
    return ("IncidentReported", on, "party_a", {**data, **measures, **more})


def outage_a(name: str, on: str, **more: Any) -> Draft:
    return outage_b(name, on, systems_share="0.31", people_affected=500000, economic_loss="5000000.00", **more)


def invoice(name: str, on: str, amount: str, instalment: int = 1, tax_rate: str = "0.06") -> Draft:
    data = {"invoice": name, "instalment": instalment, "amount": amount, "tax_rate": tax_rate}
    return ("InvoiceIssued", on, "party_b", data)


def notice(name: str, on: str, by: str, ground: str, deadline: str, **more: Any) -> Draft:
    data = {"notice": name, "ground": ground, "demand": "整改", "deadline": deadline, **more}
    return ("RectificationNoticeIssued", on, by, data)


def states(status: dict[str, Any]) -> dict[str, str]:
    return {o["id"]: o["state"] for o in status["obligations"]}


def grounds(status: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(g["clause"], g["arose_on"], g["state"]) for g in status["termination"]["grounds"]]


def stands(status: dict[str, Any]) -> dict[str, str | None]:
    return {i["id"]: i["amount"] for i in status["damages"]["items"] if i["absorbed_by"] is None}


def test_an_amount_is_rounded_half_up_once_at_its_end() -> None:
    """SPEC 3: 100001.00 / 12 * 50 % = 4166.71 (base 8333.4166..., not 8333.42 * 50 % = 4166.71 nor
    4166.70)."""
    system = {"system": "s1", "name": "系统", "annual_fee": "100001.00", "mlps_level": 3, "important": False}
    report = {"month": "2026-01", "system": "s1", "availability": "99.98", "data_reliability": "99.9999"}
    status = ask(
        history(
            leased("2025-12-01"),
            ("SystemRegistered", "2025-12-01", "party_a", system),
            ("AvailabilityReported", "2026-02-01", "party_b", {**report, "consequence": "problem"}),
        ),
        "2026-03-01",
    )
    [item] = status["damages"]["items"]
    assert (item["id"], item["base"], item["amount"]) == ("a3-r1:f-4", "8333.42", "4166.71")
    assert status["damages"]["accrued"] == "4166.71"


def test_a_month_has_a_corresponding_day_or_its_last() -> None:
    assert corresponding_day(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert corresponding_day(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert money(Fraction(-2025, 1000)) == "-2.03"


def test_three_b_incidents_within_one_year_ending_on_29_february_open_10_2() -> None:
    """SPEC 3: "29 February -> 28 February"; 4.5: "the third within one year ending that day"."""
    first = [leased("2024-02-01"), outage_b("i1", "2024-02-29"), outage_b("i2", "2024-08-01")]
    document = terms()
    document["term"]["months"] = 24
    within = ask(history(*first, outage_b("i3", "2025-02-28"), document=document), "2025-02-28")
    beyond = ask(history(*first, outage_b("i3", "2025-03-01"), document=document), "2025-03-01")
    assert grounds(within) == [("10.2", "2025-02-28", "open")]
    assert within["termination"]["grounds"][0]["because"] == ["C#3", "C#4", "C#5"]
    assert within["incidents"]["b_count_rolling_year"] == 3
    assert within["termination"]["headroom"] == {"b_incidents": 0}
    assert within["incidents"]["window"] == ["2024-02-28", "2025-02-28"]
    assert grounds(beyond) == []
    assert beyond["incidents"]["excluded"] == [{"incident": "i1", "reason": "outside-window", "counted_as": None}]


def test_incidents_of_one_cause_count_once_until_unlinked() -> None:
    """SPEC 4.4, art. 10.3: "incidents linked, or sharing a `root_cause`, are one"."""
    cause = {"incidents": ["i1", "i2"], "root_cause": "光缆"}
    facts = history(
        leased("2025-12-01"),
        outage_b("i1", "2026-01-10"),
        outage_a("i2", "2026-01-20"),
        ("IncidentsLinked", "2026-02-01", "party_a", cause),
        ("IncidentsUnlinked", "2026-03-01", "party_b", {"incidents": ["i2"], "root_cause": "光缆"}),
    )
    apart, joined, again = (ask(facts, day)["incidents"] for day in ("2026-01-31", "2026-02-01", "2026-03-01"))
    assert (apart["a_count"], apart["b_count_rolling_year"]) == (1, 1)
    assert joined["counted"] == [{"incident": "i2", "grade": "A", "on": "2026-01-20", "members": ["i1", "i2"]}]
    assert joined["excluded"] == [{"incident": "i1", "reason": "same-cause", "counted_as": "i2"}]
    assert joined["grades"] == {"i1": "B", "i2": "A"}
    assert (again["a_count"], again["b_count_rolling_year"]) == (1, 1)


@pytest.mark.parametrize(
    ("measures", "readings", "grade"),
    [
        ({}, {}, "B"),
        ({"duration_minutes": 119}, {}, None),
        ({"systems_share": "0.10"}, {}, None),
        ({"systems_share": "0.10"}, {"outage-criteria": "any"}, "B"),
        ({"systems_share": "0.35"}, {"outage-b-ceiling": "thirty-percent"}, None),
        ({"responsibility": "other"}, {}, None),
        ({"force_majeure": True}, {"force-majeure": "excluded"}, None),
        ({"force_majeure": False}, {"force-majeure": "required"}, None),
        ({"scope": "system"}, {}, None),
    ],
)
def test_an_outage_is_graded_by_annex_1(measures: dict[str, Any], readings: dict[str, str], grade: str | None) -> None:
    facts = history(leased("2025-12-01"), outage_b("i1", "2026-01-10", **measures))
    assert ask(facts, "2026-02-01", readings=readings)["incidents"]["grades"].get("i1") == grade


def test_an_a_incident_opens_10_1_for_one_year_and_a_declaration_exercises_it() -> None:
    """SPEC 4.5: "lapses after the day one year after it arose or, if later, after `learned_on`"."""
    facts = [*signed(), leased("2025-12-01"), outage_a("i1", "2026-01-10", learned_on="2026-01-15")]
    assert grounds(ask(history(*facts), "2026-11-30")) == [("10.1", "2026-01-10", "open")]
    assert ask(history(*facts), "2026-11-30")["termination"]["grounds"][0]["lapses_on"] == "2027-01-15"
    assert grounds(ask(history(*facts), "2026-12-02")) == [("10.1", "2026-01-10", "moot")]  # ended the day before
    served = ("NoticeServed", "2026-03-01", "party_a", {"about": "f-6", "manner": "handed"})
    declaration = ("TerminationDeclared", "2026-02-27", "party_a", {"clauses": ["10.1"]})
    declared = ask(history(*facts, declaration, served), "2026-03-01")
    assert grounds(declared) == [("10.1", "2026-01-10", "exercised")]
    assert (declared["phase"], declared["term"]["terminated_on"]) == ("terminated", "2026-03-01")
    switchover = next(o for o in declared["obligations"] if o["kind"] == "switchover")
    assert (switchover["raised_on"], switchover["expected_until"]) == ("2026-03-01", "2026-09-01")
    assert (declared["termination"]["state"], declared["termination"]["allowed"]) == ("exercised", False)
    waiting = ask(history(*facts, declaration), "2026-03-01")
    assert (waiting["phase"], waiting["termination"]["state"]) == ("in_service", "declared")


def test_a_declaration_without_an_open_ground_is_an_anomaly_and_nothing_more() -> None:
    facts = history(
        *signed(), leased("2025-12-01"), ("TerminationDeclared", "2026-03-01", "party_a", {"clauses": ["10.2"]}),
        ("NoticeServed", "2026-03-02", "party_a", {"about": "f-5", "manner": "post"}),
    )  # fmt: skip
    status = ask(facts, "2026-04-01")
    assert status["phase"] == "in_service"
    assert status["anomalies"] == [{"code": "TERMINATION_WITHOUT_GROUND", "fact": "C#5", "on": "2026-03-01"}]


def test_10_4_arises_on_the_day_after_the_deadline_and_later_completion_heals_nothing() -> None:
    event = {"from": "2026-01-10", "to": "2026-01-12", "personnel": 3}
    facts = [
        leased("2025-12-01"),
        ("MajorEventAnnounced", "2026-01-01", "party_a", {"event": "e1", **event}),
        ("PersonnelAbsent", "2026-01-11", "party_a", {"event": "e1", "count": 1}),
        notice("n1", "2026-01-12", "party_a", "absent-key-personnel", "2026-01-20"),
        notice("n2", "2026-01-12", "party_a", "understaffed", "2026-01-20"),
        ("RectificationCompleted", "2026-01-21", "party_b", {"notice": "n1"}),
    ]  # fmt: skip
    status = ask(history(*facts), "2026-01-21")
    assert grounds(status) == [("10.4", "2026-01-21", "open"), ("10.4", "2026-01-21", "unsupported")]
    assert states(status) == {
        "availability": "standing",
        "host-hardening": "pending",
        "host-scan": "pending",
        "on-site-duty:e1": "breached",
        "rectify:n1": "fulfilled_late",
        "rectify:n2": "overdue",
    }
    assert grounds(ask(history(*facts), "2026-01-20")) == []


def test_an_invoice_raises_payment_within_five_working_days_of_its_receipt() -> None:
    """2025-12-31 is a Wednesday; 1-3 January 2026 are rest days: the fifth working day after is
    2026-01-09."""
    facts = history(
        *signed(),
        invoice("INV-1", "2025-12-31", "1843129.06"),
        (
            "PaymentMade",
            "2026-01-09",
            "party_a",
            {"payment": "P1", "invoice": "INV-1", "amount": "1843129.05"},
        ),
        ("PaymentMade", "2026-01-10", "party_a", {"payment": "P2", "invoice": "INV-1", "amount": "0.02"}),
        ("PaymentReturned", "2026-01-12", "party_b", {"payment": "P1", "reason": "退票"}),
    )
    pending, paid, back = (ask(facts, day) for day in ("2026-01-09", "2026-01-10", "2026-01-12"))
    due = next(o for o in pending["obligations"] if o["kind"] == "pay-invoice")
    assert (due["due_on"], due["state"], pending["balance"]["payable"]) == ("2026-01-09", "pending", "0.01")
    assert states(paid)["pay-invoice:INV-1"] == "fulfilled_late"
    assert paid["anomalies"] == [{"code": "PAYMENT_EXCEEDS_INVOICE", "fact": "C#6", "on": "2026-01-10"}]
    assert states(back)["pay-invoice:INV-1"] == "overdue"
    assert back["balance"] == {
        "currency": "CNY",
        "total": "2303911.32",
        "invoiced": "1843129.06",
        "paid": "0.02",
        "deducted": "0.00",
        "credit": "0.00",
        "outstanding": "2303911.30",
        "payable": "1843129.04",
        "overdue": "1843129.04",
    }


def test_every_fault_of_an_invoice_is_an_anomaly_and_it_raises_nothing() -> None:
    status = ask(history(invoice("INV-2", "2025-11-01", "460782.27", 2, "0.09")), "2026-12-01")
    assert [a["code"] for a in status["anomalies"]] == [
        "INVOICE_BEFORE_DEPLOYMENT",
        "INVOICE_BEFORE_EFFECTIVE",
        "INVOICE_BEFORE_STAGE_REVIEW",
        "INVOICE_EXCEEDS_INSTALMENT",
        "INVOICE_TAX_RATE",
    ]
    assert status["obligations"] == []
    assert status["balance"]["invoiced"] == "0.00"


def test_the_term_ends_on_the_corresponding_day_and_is_over_the_day_after() -> None:
    facts = history(*signed(), leased("2025-12-01"))
    assert ask(facts, "2026-12-01")["phase"] == "in_service"
    over = ask(facts, "2026-12-02")
    assert (over["phase"], over["term"]["ends_on"]) == ("ended", "2026-12-01")
    assert ask(facts, "2026-12-01", readings={"term-end": "day-before"})["phase"] == "ended"
    trial_run = next(o for o in over["obligations"] if o["kind"] == "trial-run")
    assert trial_run["due_on"] == "2026-01-19"  # 2025-11-19 + 60 days = Sunday 2026-01-18: rolls


def test_an_exit_needs_six_months_and_permission_and_is_not_undone() -> None:
    facts = history(
        *signed(),
        leased("2025-12-01"),
        ("ExitRequested", "2026-02-28", "party_b", {"request": "x1", "exit_on": "2026-06-01"}),
        ("ExitPermitted", "2026-03-10", "party_a", {"request": "x1"}),
        ("ExitWithdrawn", "2026-09-01", "party_b", {"request": "x1"}),
    )
    before, after = ask(facts, "2026-08-27"), ask(facts, "2026-10-01")
    assert before["exit"] == {"request": "x1", "permitted": True, "earliest_exit_on": "2026-08-28"}
    assert before["phase"] == "in_service"
    assert [a["code"] for a in before["anomalies"]] == ["EXIT_NOTICE_TOO_SHORT"]
    assert (after["phase"], after["term"]["terminated_on"]) == ("terminated", "2026-08-28")


def test_consent_cures_a_short_notice_unless_read_strictly() -> None:
    """From Friday 2026-01-09 thirty working days, no rest day but weekends: six weeks, Friday 2026-02-20, which runs to
    its 24th hour: strictly, Saturday 2026-02-21 is the first day after it."""
    facts = history(
        *signed(),
        leased("2025-12-01"),
        ("TerminationProposed", "2026-01-09", "party_a", {"proposal": "t1", "effective_on": "2026-02-01"}),
        ("ProposalAccepted", "2026-01-12", "party_b", {"proposal": "t1"}),
    )
    assert ask(facts, "2026-01-31")["phase"] == "in_service"
    status = ask(facts, "2026-02-01")
    assert status["term"]["terminated_on"] == "2026-02-01"
    assert status["anomalies"] == [{"code": "NOTICE_TOO_SHORT", "fact": "C#5", "on": "2026-01-09"}]
    strict = {"notice-waiver": "strict"}
    assert ask(facts, "2026-02-20", readings=strict)["phase"] == "in_service"
    assert ask(facts, "2026-02-21", readings=strict)["term"]["terminated_on"] == "2026-02-21"
    same_day = {**strict, "notice-day": "same-day"}
    assert ask(facts, "2026-02-20", readings=same_day)["term"]["terminated_on"] == "2026-02-20"


def test_what_stands_is_the_dearest_set_of_items_of_which_no_two_share_an_occurrence() -> None:
    """Three outages of a system, the first of 120 minutes: row 5 (30 %) is absorbed by row 6 (60 %)."""
    outage = {"kind": "outage", "scope": "system", "system": "s1"}
    system = {"system": "s1", "name": "系统", "annual_fee": "1200.00", "mlps_level": 2, "important": False}
    both = {"confirmed_by": ["party_a", "party_b"]}
    facts = history(
        ("SystemRegistered", "2025-12-01", "party_a", system),
        ("IncidentReported", "2026-01-01", "party_a", {"incident": "i1", "duration_minutes": 120, **outage}),
        ("IncidentReported", "2026-02-01", "party_a", {"incident": "i2", "duration_minutes": 1, **outage}),
        ("IncidentReported", "2026-03-01", "party_a", {"incident": "i3", "duration_minutes": 1, **outage}),
        ("DamagesAgreed", "2026-04-01", "party_a", {"items": ["a3-r5:f-3"], "amount": "7.00", **both}),
        leased("2025-12-01"),
    )  # fmt: skip
    assert stands(ask(facts, "2026-02-28")) == {"a3-r5:f-3": "30.00"}
    march = ask(facts, "2026-03-01")
    assert stands(march) == {"a3-r6:f-5": "60.00"}
    assert march["damages"]["items"][0]["absorbed_by"] == "a3-r6:f-5"
    assert ask(facts, "2026-03-01", readings={"same-cause-damages": "sum"})["damages"]["accrued"] == "90.00"
    monthly = ask(facts, "2026-03-01", readings={"consecutive-outages": "in-one-month"})
    assert stands(monthly) == {"a3-r5:f-3": "30.00"}
    agreed = ask(facts, "2026-04-01")
    assert (agreed["damages"]["accrued"], stands(agreed)) == ("7.00", {"agreed:f-6": "7.00"})


def by_every_subset(items: list[dict[str, Any]]) -> Fraction:
    """The dearest sum, found by trying every subset."""
    best = Fraction(0)
    for n in range(2 ** len(items)):
        some = [one for k, one in enumerate(items) if n >> k & 1]
        if all(not share_occurrence(a, b) for k, a in enumerate(some) for b in some[:k]):
            best = max(best, sum((value(one) for one in some), Fraction(0)))
    return best


@pytest.mark.parametrize("seed", range(30))
def test_the_dearest_set_is_that_of_all_subsets(seed: int) -> None:
    rng = random.Random(seed)
    items = [
        {
            "id": f"a3-r{n}:x", "annex": 3, "row": n, "amount": rng.choice((None, "1.00", "2.00", "2.01", "3.00")),
            "occurrences": set(rng.sample(range(6), rng.randint(0, 3))),
        }
        for n in range(9)
    ]  # fmt: skip
    stands = dearest(items)
    assert all(not share_occurrence(a, b) for k, a in enumerate(stands) for b in stands[:k])
    assert sum((value(one) for one in stands), Fraction(0)) == by_every_subset(items)
    assert all(one in stands or any(share_occurrence(one, s) for s in stands) for one in items)


@pytest.mark.parametrize(
    ("minutes", "literal", "a_fortiori"),
    [(15, None, None), (16, 7, 7), (30, None, 7), (31, 8, 8), (60, None, 8), (999, None, 8)],
)
def test_a_band_excludes_both_ends_as_written(minutes: int, literal: int | None, a_fortiori: int | None) -> None:
    data = {"month": "2026-01", "response_minutes": minutes, "consequence": "major"}
    facts = history(leased("2025-12-01"), ("ServiceLevelReported", "2026-02-01", "party_b", data))
    for option, row in (("literal", literal), ("a-fortiori", a_fortiori)):
        items = ask(facts, "2026-02-01", readings={"band-gaps": option})["damages"]["items"]
        assert [i["row"] for i in items] == ([] if row is None else [row])


def test_known_at_decides_whether_a_correction_is_seen_and_it_then_holds_at_every_day() -> None:
    facts = history(
        *signed(),
        invoice("INV-1", "2025-11-24", "1843129.06", tax_rate="0.09"),
        ("FactCorrected", "2026-05-01", "party_b", {
            "target": "f-4", "reason": "笔误",
            "data": {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"},
        }),
    )  # fmt: skip
    before = ask(facts, "2025-11-24", known_at=facts[3]["recorded_at"])
    assert [a["code"] for a in before["anomalies"]] == ["INVOICE_TAX_RATE"]
    assert (before["facts"], ask(facts, "2025-11-24")["facts"]) == (4, 4)
    assert ask(facts, "2025-11-24")["anomalies"] == []


def test_what_a_party_contests_is_left_out_as_seen_by_it_with_all_that_hangs_on_it() -> None:
    facts = history(
        *signed(),
        invoice("INV-1", "2025-11-24", "1843129.06"),
        ("PaymentMade", "2025-11-25", "party_a", {"payment": "P1", "invoice": "INV-1", "amount": "1.00"}),
        ("FactContested", "2025-12-01", "party_a", {"target": "f-4"}),
        ("FactAcknowledged", "2025-12-05", "party_a", {"target": "C#4"}),
    )
    then = {"known_at": facts[5]["recorded_at"]}
    contested = ask(facts, "2025-11-25", as_seen_by="party_a", **then)
    assert contested["contested"] == ["C#4"]
    assert (contested["balance"]["invoiced"], contested["balance"]["paid"]) == ("0.00", "0.00")
    of_record = ask(facts, "2025-11-25", **then)  # 2.4 no. 4: party_b's invoice is now a claim
    assert [(c["fact"], c["why"]) for c in of_record["claims"]] == [("C#4", "contested")]
    assert of_record["balance"]["paid"] == "0.00"
    assert ask(facts, "2025-11-25", as_seen_by="party_b", **then)["balance"]["paid"] == "1.00"
    acknowledged = ask(facts, "2025-11-25", as_seen_by="party_a")  # once recorded, at every as_of
    assert (acknowledged["contested"], acknowledged["balance"]["paid"]) == ([], "1.00")


def test_a_retracted_subject_takes_what_is_about_it_away_but_a_mention_is_only_dropped() -> None:
    system = {"system": "s1", "name": "系统", "annual_fee": "1200.00", "mlps_level": 2, "important": False}
    report = {"month": "2026-01", "system": "s1", "availability": "99.00", "data_reliability": "99.9999"}
    facts = history(
        *signed(),
        leased("2025-12-01"),
        ("SystemRegistered", "2025-12-01", "party_a", system),
        ("AvailabilityReported", "2026-02-01", "party_b", {**report, "consequence": "problem"}),
        ("FactRetracted", "2026-03-01", "party_a", {"target": "f-5", "reason": "误录"}),
    )
    status = ask(facts, "2026-02-01")
    assert states(status)["availability"] == "breached"  # now a report of the platform
    assert [i["amount"] for i in status["damages"]["items"]] == [None]
    assert status["anomalies"] == [{"code": "NO_SYSTEM_FEE", "fact": "C#6", "on": "2026-02-01"}]


def test_a_date_that_rests_on_a_year_without_a_notice_is_provisional() -> None:
    facts = history(*signed("2026-12-25"), invoice("INV-1", "2026-12-25", "1.00"))
    due = next(o for o in ask(facts, "2026-12-31")["obligations"] if o["kind"] == "pay-invoice")
    last = date(2026, 12, 25) + timedelta(days=7)
    assert (due["due_on"], due["provisional"]) == (last.isoformat(), True)


@cache
def generated(seed: int) -> tuple[list[Fact], object]:
    rng = random.Random(seed)
    return random_history(rng, 60), rng.getstate()


def history_of(seed: int) -> tuple[list[Fact], random.Random]:
    """A random history, and the chance that goes on from its end."""
    facts, state = generated(seed)
    rng = random.Random()
    rng.setstate(state)  # type: ignore[arg-type]
    return facts, rng


def test_the_oracle_answers_every_random_history_whatever_the_order_it_is_given_in() -> None:
    """SPEC 3: only (`on`, `seq`) orders facts; 2.2: EvidenceExported "changes no conclusion"."""
    told: set[str] = set()
    for seed in range(12):
        facts, rng = history_of(seed)
        told |= {fact["type"] for fact in facts}
        question = random_question(rng, facts)
        status = conclude(facts, is_working_day=weekdays, provisional=lambda day: False, **question)
        mixed = [f for f in facts if f["type"] != "EvidenceExported"]
        rng.shuffle(mixed)
        again = conclude(mixed, is_working_day=weekdays, provisional=lambda day: False, **question)
        exported = {f["id"] for f in facts if f["type"] == "EvidenceExported"}
        assert {**again, "facts": None} == {
            **status,
            "facts": None,
            "contested": [fact for fact in status["contested"] if fact not in exported],
        }
    assert len(told) >= 60


def test_a_random_history_is_one_that_could_be_recorded() -> None:
    """SPEC 2.1: `recorded_at` never decreases, no `on` is later than the recording, no identifier is used twice."""
    for seed in range(12):
        facts, _ = history_of(seed)
        assert random_history(random.Random(seed), 60) == facts
        assert [f["seq"] for f in facts] == list(range(1, len(facts) + 1))
        assert all(moment(f["on"]) <= moment(f["recorded_at"]) for f in facts)
        assert all(moment(a["recorded_at"]) <= moment(b["recorded_at"]) for a, b in pairwise(facts))
        names = [identifier(INTRODUCES, f) for f in heard(facts) if f["type"] in INTRODUCES]
        assert len(names) == len(set(names))
