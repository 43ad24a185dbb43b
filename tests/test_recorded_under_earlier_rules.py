"""A ledger written by rules 2026.1, opened by these: what was recorded stays valid and keeps its meaning (SPEC 2.2)."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.moments import parse_on, parse_utc
from ledger.service import Ledger, Question
from ledger.store import Draft
from tests.scenario import CONTRACT, terms

DAY = date(2026, 7, 1)
NOW = parse_utc("2026-07-01T08:00:00Z")
OUTAGE = {"incident": "long", "kind": "outage", "scope": "platform", "systems_share": "0.35",
          "people_affected": 600000, "economic_loss": "6000000.00", "duration_minutes": 1_000_000}  # fmt: skip
# As rules 2026.1 stored them: the version of each type, no ``actor``, and what these rules would refuse.
WRITTEN = [
    ("ContractSigned.v1", "2025-11-19", "party_a", "sign-a", {"party": "party_a"}),
    ("ContractSigned.v1", "2025-11-19", "party_b", "sign-b", {"party": "party_b"}),
    ("LeaseStarted.v1", "2025-12-01", "party_a", "lease", {}),
    ("SystemRegistered.v1", "2025-12-01", "party_a", "portal", {
        "system": "portal", "name": "门户", "annual_fee": "120000.00", "mlps_level": 3, "important": True}),
    ("InvoiceIssued.v1", "2026-01-05", "party_b", "inv", {
        "invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}),
    ("AvailabilityReported.v1", "2026-02-03", "supervisor", "avail", {
        "month": "2026-01", "availability": "99.1", "data_reliability": "99.99999", "consequence": "major"}),
    ("DamagesSettled.v2", "2026-02-10", "party_a", "deducted", {
        "items": ["a2-r1:avail"], "amount": "1000.00", "manner": "deducted"}),
    ("ServiceLevelReported.v1", "2026-03-02", "supervisor", "level", {
        "month": "2026-02", "system": "portal", "response_minutes": 20, "consequence": "problem"}),
    ("MajorEventAnnounced.v1", "2026-03-10", "party_a", "event", {
        "event": "E", "from": "2026-03-11", "to": "2026-03-12", "personnel": 2}),
    ("PersonnelAbsent.v1", "2026-03-11", "supervisor", "nobody-absent", {"event": "E", "count": 0}),
    ("LeakReported.v1", "2026-04-01", "party_a", "leak", {"leak": "L", "summary": "拓扑外泄"}),
    ("DualActiveRequested.v1", "2026-04-02", "party_a", "dual", {"request": "D"}),
    ("DualActiveRefused.v1", "2026-04-03", "party_a", "refused", {"request": "D"}),
    ("StaffingReported.v1", "2026-05-04", "party_a", "ahead", {"month": "2026-08", "committed": 8, "actual": 6}),
    ("IncidentReported.v1", "2026-06-20T10:00:00+08:00", "party_a", "long", OUTAGE),
    ("TerminationDeclared.v1", "2026-06-21", "party_a", "declared", {"clause": "10.1"}),
    ("FactCorrected.v1", "2026-06-22", "party_a", "corrected", {
        "target": "declared", "data": {"clause": "10.2"}, "reason": "笔误"}),
]  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> Ledger:
    """Recorded then, opened now."""
    url = f"sqlite:///{tmp_path / 'earlier.db'}"
    ledger = Ledger(url, clock=lambda: parse_on("2025-11-18").at, create=True)
    ledger.register(terms())
    drafts = [Draft(*one) for one in WRITTEN]
    ledger.store.append(CONTRACT, drafts, now=lambda: parse_utc("2026-06-22T08:00:00Z"), recorded_by="local")
    ledger.checkpoint()
    ledger.store.close()
    return Ledger(url, clock=lambda: NOW)


def obligations(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {duty["id"]: duty for duty in answer["obligations"]}


def test_every_question_is_answered_in_every_view(written: Ledger) -> None:
    for role in (None, "party_a", "party_b", "supervisor"):
        asked = Question(as_of=DAY, as_seen_by=role)
        answer = written.status(CONTRACT, asked)
        assert answer["facts"] == len(WRITTEN) + 1
        for path in written.paths(CONTRACT, asked):
            assert written.explain(CONTRACT, path["path"], asked)["path"] == path["path"]
    for as_recorded in (False, True):
        assert len(written.replay(CONTRACT, Question(as_of=DAY), as_recorded=as_recorded)) >= len(WRITTEN)
    assert written.status(CONTRACT, Question(as_of=DAY, sensitivity=True))["robust"]["paths"]
    assert written.clauses(CONTRACT, None, Question(as_of=DAY))["clauses"]
    assert written.diff(CONTRACT, Question(as_of=date(2026, 1, 1)), Question(as_of=DAY))["changes"]


def test_what_was_said_keeps_its_meaning(written: Ledger) -> None:
    answer = written.status(CONTRACT, Question(as_of=DAY))
    named = {fact.ref: fact.id for fact in written.facts(CONTRACT)}
    duties = obligations(answer)
    assert answer["termination"]["declared"] == [{"fact": named["declared"], "on": "2026-06-21", "served_on": None}]
    assert answer["balance"]["deducted"] == "1000.00", "set off against the conforming invoices by due date"
    assert answer["damages"]["settled"] == "1000.00"
    assert duties["confidentiality"]["state"] == "breached", "a leak of which it was not said whose is party_b's"
    assert duties["on-site-duty:E"]["state"] == "fulfilled", "nobody was absent"
    assert answer["incidents"]["grades"] == {"long": "A"}, "however long it was said to last"
    assert {fact.ref: fact.actor for fact in written.facts(CONTRACT) if fact.ref in ("refused", "leak")} == {
        "refused": "party_b", "leak": "party_a",
    }  # fmt: skip


def test_recording_goes_on_and_the_declaration_is_served(written: Ledger) -> None:
    how = {"about": "declared", "manner": "post"}
    written.record(CONTRACT, [{"type": "NoticeServed", "on": "2026-06-30", "by": "party_a", "data": how}])
    answer = written.status(CONTRACT, Question(as_of=DAY))
    assert (answer["phase"], answer["term"]["terminated_on"]) == ("terminated", "2026-06-30")
    assert [one["code"] for one in answer["anomalies"] if one["code"].startswith("TERMINATION")] == [
        "TERMINATION_CLAUSE_MISNAMED"
    ]
    assert written.audit().sound


def test_its_bytes_stay_as_they_were(written: Ledger, tmp_path: Path) -> None:
    written.status(CONTRACT, Question(as_of=DAY, sensitivity=True))
    with sqlite3.connect(tmp_path / "earlier.db") as store:
        topics = [topic for (topic,) in store.execute("SELECT topic FROM stored_events ORDER BY notification_id")]
    assert topics[1:] == [name for name, *_ in WRITTEN]
