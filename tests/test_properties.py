"""What holds of every history: order, knowledge, retraction, links, sums, one sweep (issue 2, Quality)."""

from __future__ import annotations

import json
import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.domain.calendar import format_utc
from ledger.domain.errors import Refusal
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import conclusions, status
from ledger.service import Ledger, Question
from tests.happenings import (
    Happening,
    a_incident,
    absent,
    accepted,
    acknowledged,
    amended,
    assessed,
    assessment,
    availability,
    b_incident,
    complaint,
    contested,
    corrected,
    declared,
    deployed,
    exit_permitted,
    exit_requested,
    grade_agreed,
    incident,
    invoice,
    lease_started,
    linked,
    major_event,
    notice,
    on_site_absence,
    paid,
    performed,
    reading_agreed,
    rectification_rejected,
    rectified,
    renewal_proposed,
    retracted,
    returned,
    scale_out_completed,
    scale_out_requested,
    service_level,
    signed,
    staffing,
    stage_review,
    switched_over,
    system,
    termination_proposed,
    trial_run,
    unlinked,
    voided,
)
from tests.oracle_standing import RELYING
from tests.random_histories import random_history
from tests.scenario import Answer, History, terms
from tests.scenario import given as recorded
from tests.test_sweep_against_oracle import fact_of

EXAMPLES = int(os.environ.get("LVYUE_EXAMPLES", "5"))  # of each property
SLOW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = st.integers(0, 2**32)
# One fact a day, so that all moments differ; what a fact is about comes before it only in its own day.
HAPPENINGS: tuple[Happening, ...] = (
    *signed[:1],
    signed[1].__class__(**(vars(signed[1]) | {"on": "2025-11-20"})),
    deployed("2025-11-21"),
    invoice("2025-11-24"),
    paid("2025-11-26", "1000000.00"),
    paid("2025-11-27", "900000.00", "two"),
    returned("2025-12-04"),
    trial_run("2025-11-28"),
    lease_started("2025-12-01"),
    system("2025-12-02"),
    stage_review("2025-12-15"),
    invoice("2025-12-16", "460782.26", "second", 2),
    voided("2025-12-18", "second"),
    b_incident("2025-12-20", "b1"),
    b_incident("2026-01-05", "b2"),
    b_incident("2026-01-10", "b3"),
    a_incident("2026-01-12", "a1", learned_on="2026-02-20"),
    linked("2026-01-20", "b1", "b2"),
    unlinked("2026-02-01", "b2"),
    grade_agreed("2026-02-03", "none", "b3"),
    incident("2026-01-15", "outage", "s1", scope="system", system="mail", duration_minutes=200),
    incident("2026-01-18", "outage", "s2", scope="system", system="mail", duration_minutes=290),
    assessed("2026-02-05", "s1", duration_minutes=100),
    availability("2026-01-02", "2025-12", "99.98", consequence="problem", system="mail", ref="av1"),
    availability("2026-01-03", "2025-12", "99.97", consequence="major", ref="av2"),
    availability("2026-01-04", "2025-12", "99.99", ref="av3"),
    *(complaint(f"2026-01-{day}", f"c{day}") for day in (21, 22, 23)),
    *(assessment(f"2026-02-{day}", f"2025-{day}") for day in (10, 11, 12)),
    notice("2026-02-13", "2026-02-25", "assessment", "n-assess", about="assessment"),
    service_level("2026-01-06", "2025-12", "major", "sl1", response_minutes=30, recovery_minutes=61),
    service_level("2026-01-07", "2025-12", "major", "sl2", response_minutes=16, recovery_minutes=31),
    on_site_absence("2026-01-08", 121, "problem", "mail"),
    scale_out_requested("2026-01-24"),
    notice("2026-02-02", "2026-02-08", "scale-out", "n-scale", "administrator", "more"),
    scale_out_completed("2026-02-17"),
    major_event("2026-01-25", "2026-02-06"),
    absent("2026-01-28"),
    absent("2026-01-27"),
    notice("2026-01-29", "2026-02-09", "absent-key-personnel", "n-absent"),
    rectified("2026-02-07", "n-absent"),
    rectification_rejected("2026-02-15", "n-absent"),
    staffing("2026-01-30", "2025-12", 4),
    staffing("2026-01-31", "2026-01", 4),
    notice("2026-02-04", "2026-02-18", "understaffed", "n-staff"),
    performed("2026-02-14", "host-scan", 124),
    amended("2026-01-13", termination__b_incidents=2),
    reading_agreed("2026-01-11", "band-gaps", "a-fortiori"),
    exit_requested("2026-01-14", "2026-07-14"),
    exit_permitted("2026-02-16"),
    renewal_proposed("2026-02-19", "2027-12-01"),
    accepted("2026-02-20", "renewal"),
    termination_proposed("2026-02-21", "2026-05-20"),
    accepted("2026-03-01"),
    *declared("2026-03-02", "10.2", arrived="2026-03-04"),
    switched_over("2026-03-03"),
)
AFTERWARDS = "2026-06-01"
DAYS = ("2025-12-31", "2026-01-20", "2026-02-20", "2026-03-02", "2026-08-01")
CONCLUSIONS = (
    "phase",
    "term",
    "balance",
    "obligations",
    "incidents",
    "termination",
    "exit",
    "damages",
    "anomalies",
    "contested",
    "next_changes",
)


def test_no_two_happenings_share_a_moment() -> None:
    days = [one.on for one in HAPPENINGS]
    assert len(set(days)) == len(days)


def by_ref(answer: Answer) -> dict[str, Any]:
    """The conclusions with facts named by ref, lists without an order of their own."""
    return {key: _by_ref(answer.status[key], answer) for key in CONCLUSIONS}


def _by_ref(value: Any, answer: Answer) -> Any:
    if isinstance(value, dict):
        return {key: _by_ref(one, answer) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((_by_ref(one, answer) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return answer.refs.get(value, value) if isinstance(value, str) else value


def record_in(order: list[Happening]) -> History:
    """Record in this order as far as it is admitted: what names an identifier waits for it."""
    told = recorded()
    # 2.4: what a party recorded before the other relied on it is not taken back alone, so reliance comes last; of two
    # roles who spoke before goes by `seq`, so what was linked is unlinked afterwards
    waiting = sorted(order, key=lambda one: (one.type in RELYING, one.type == "IncidentsUnlinked"))
    while waiting:
        for one in waiting:
            try:
                told.record(one.recorded_on(AFTERWARDS))
            except Refusal:
                continue
            waiting.remove(one)
            break
        else:
            raise AssertionError(f"never admitted: {waiting}")
    return told


IN_ORDER = record_in(list(HAPPENINGS))
EXPECTED = {day: by_ref(IN_ORDER.as_of(day)) for day in DAYS}


@SLOW
@given(st.permutations(HAPPENINGS))
def test_the_order_of_recording_facts_of_different_moments_changes_no_conclusion(order: list[Happening]) -> None:
    told = record_in(order)
    for day in DAYS:
        assert by_ref(told.as_of(day)) == EXPECTED[day]


@SLOW
@given(st.sets(st.integers(0, len(HAPPENINGS) - 1), max_size=12), st.randoms(use_true_random=False))
def test_leaving_facts_out_the_order_of_recording_changes_nothing_either(left: set[int], rng: random.Random) -> None:
    chosen = _recordable([one for index, one in enumerate(HAPPENINGS) if index not in left])
    shuffled = list(chosen)
    rng.shuffle(shuffled)
    one, other = record_in(chosen), record_in(shuffled)
    for day in DAYS[2:]:
        assert by_ref(one.as_of(day)) == by_ref(other.as_of(day))


def _recordable(chosen: list[Happening]) -> list[Happening]:
    """Those that can be recorded when what they name was left out."""
    told, kept = recorded(), []
    waiting = list(chosen)
    progress = True
    while progress:
        progress = False
        for one in list(waiting):
            try:
                told.record(one.recorded_on(AFTERWARDS))
            except Refusal:
                continue
            kept.append(one)
            waiting.remove(one)
            progress = True
    return kept


@SLOW
@given(st.integers(0, len(HAPPENINGS) - 1))
def test_recording_a_fact_and_retracting_it_restores_every_conclusion(index: int) -> None:
    extra = HAPPENINGS[index]
    told = record_in(_recordable([one for one in HAPPENINGS if one is not extra]))
    before = {day: by_ref(told.as_of(day)) for day in DAYS}
    alone = len(told.facts)
    told.record(extra.recorded_on(AFTERWARDS))
    told.record(retracted(AFTERWARDS, extra))
    assert len(told.facts) == alone + 2
    assert {day: by_ref(told.as_of(day)) for day in DAYS} == before


@SLOW
@given(st.integers(0, len(HAPPENINGS) - 1))
def test_retracting_a_retraction_restores_every_conclusion(index: int) -> None:
    told = record_in(list(HAPPENINGS))
    gone = retracted("2026-06-02", HAPPENINGS[index])
    told.record(gone, retracted("2026-06-03", gone))
    for day in DAYS[2:]:
        assert by_ref(told.as_of(day)) == EXPECTED[day]


@SLOW
@given(st.integers(0, len(HAPPENINGS) - 1))
def test_a_correction_that_states_the_same_changes_nothing(index: int) -> None:
    """But that what rests on the fact rests on its correction too (4.8)."""
    correction = corrected("2026-06-02", HAPPENINGS[index])
    told = record_in(list(HAPPENINGS)).record(correction)
    for day in DAYS:
        assert _without(by_ref(told.as_of(day)), correction.ref) == EXPECTED[day]


def _without(value: Any, ref: str | None) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, ref) for key, one in value.items()}
    return [_without(one, ref) for one in value if one != ref] if isinstance(value, list) else value


# Whose acknowledgement of what is more than the end of a contest: the debtor's starts the limitation anew (Civil Code
# 195), a link that both agree on prevails over the word of one, and who acknowledges a declaration was served.
OF_EFFECT = {("InvoiceIssued", "party_a"), ("IncidentsLinked", "party_b"), ("TerminationDeclared", "party_b")}


@SLOW
@given(st.integers(0, len(HAPPENINGS) - 1), st.sampled_from(("party_a", "party_b", "supervisor")))
def test_a_contest_acknowledged_restores_what_that_role_sees(index: int, role: str) -> None:
    target = HAPPENINGS[index]
    if target.by == role:
        role = "administrator" if target.by != "administrator" else "supervisor"
    assume((target.type, role) not in OF_EFFECT)
    told = record_in(list(HAPPENINGS))
    told.record(contested("2026-02-01", target, role).recorded_on("2026-06-02"))
    told.record(acknowledged("2026-02-19", target, role).recorded_on("2026-06-03"))
    for day in DAYS:
        assert by_ref(told.as_of(day)) | {"contested": []} == EXPECTED[day]
    seen = by_ref(told.as_of("2026-08-01", as_seen_by=role))
    assert seen == EXPECTED["2026-08-01"]


NAMES = ("b1", "b2", "b3", "a1", "s1", "s2")


@SLOW
@given(st.sets(st.sampled_from(NAMES), min_size=2))
def test_linking_incidents_and_unlinking_them_restores_every_conclusion(names: set[str]) -> None:
    chosen = sorted(names)
    told = record_in(list(HAPPENINGS))
    told.record(linked("2026-02-22", *chosen, cause="电源").recorded_on(AFTERWARDS))
    told.record(unlinked("2026-02-26", *chosen, cause="电源").recorded_on(AFTERWARDS))
    ties = {"linked-2026-02-22", "unlinked-2026-02-26"}
    for day in ("2026-02-20", "2026-03-01", "2026-08-01"):
        again = by_ref(told.as_of(day))
        for one in again["damages"]["items"] + again["termination"]["grounds"]:  # what parted them is named
            one["because"] = [ref for ref in one["because"] if ref not in ties]
        assert again == by_ref(IN_ORDER.as_of(day))


# -- on random histories ----------------------------------------------------------------------------


def _random(seed: int, most: int = 60) -> tuple[random.Random, list[Any]]:
    rng = random.Random(seed)
    return rng, [fact_of(envelope) for envelope in random_history(rng, rng.randrange(10, most))]


def _fen(text: str) -> int:
    return int(text.replace(".", ""))


@SLOW
@given(SEEDS)
def test_outstanding_and_paid_make_the_total_and_no_part_exceeds_its_whole(seed: int) -> None:
    rng, facts = _random(seed)
    for _ in range(4):
        day = date(2025, 11, 15) + timedelta(days=rng.randrange(900))
        balance = status(Basis(facts, shipped_calendar(), day, facts[-1].recorded_at))["balance"]
        parts = [_fen(balance[key]) for key in ("outstanding", "paid", "deducted")]
        assert sum(parts) == _fen(balance["total"])
        assert 0 <= _fen(balance["overdue"]) <= _fen(balance["payable"]) <= _fen(balance["invoiced"])


@SLOW
@given(SEEDS)
def test_a_sweep_in_two_goes_concludes_what_one_concludes(seed: int) -> None:
    rng, facts = _random(seed)
    days = sorted(date(2025, 11, 1) + timedelta(days=rng.randrange(900)) for _ in range(5))
    asked = Basis(facts, shipped_calendar(), days[-1], facts[-1].recorded_at)
    stepwise = asked.sweep()
    for day in days:
        stepwise.advance(day)
        at_once = asked.sweep()
        at_once.advance(day)
        assert conclusions(stepwise.machine, day) == conclusions(at_once.machine, day)


# -- through the service ----------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [5, 20, 40, len(HAPPENINGS) - 1])
def test_an_answer_known_at_a_moment_never_changes_afterwards(tmp_path: Path, cut: int) -> None:
    """The whole answer, its receipt and the facts listed: nothing recorded later shows in it."""
    now = [0]

    def clock() -> int:
        now[0] += 1_000_000
        return now[0]

    moment = IN_ORDER.facts[-1].recorded_at
    now[0] = moment
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock, create=True)
    ledger.register(terms())
    envelopes = [
        {"type": one.type, "on": one.on, "by": one.by, "ref": one.ref, "data": one.data}
        for one in sorted(HAPPENINGS, key=lambda one: one.on)
    ]
    contract = IN_ORDER.facts[0].contract
    ledger.record(contract, envelopes[:cut])
    known_at = now[0]
    questions = [
        Question(date.fromisoformat(day), known_at, role) for day in DAYS for role in (None, "party_a", "party_b")
    ]
    before = [ledger.status(contract, question) for question in questions]
    assert before[0]["known_at"] == format_utc(known_at)
    ledger.record(contract, envelopes[cut:])
    wrong = next(one for one in HAPPENINGS if one.type == "InvoiceIssued")
    for more in (
        corrected("2026-06-01", wrong, amount="1.00"),
        contested("2026-06-01", wrong, "party_a"),
        retracted("2026-06-01", wrong),
    ):
        ledger.record(contract, [{"type": more.type, "on": more.on, "by": more.by, "data": more.data}])
    assert [ledger.status(contract, question) for question in questions] == before
    assert ledger.status(contract, Question(date(2026, 8, 1)))["facts"] > before[-1]["facts"]
