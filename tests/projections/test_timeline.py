"""What changed when: replay, what if, and two answers compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.projections import timeline
from ledger.projections.basis import Basis
from ledger.projections.paths import addressed
from tests.happenings import (
    A,
    a_incident,
    acknowledged,
    b_incident,
    contested,
    corrected,
    declared,
    fact,
    invoice,
    lease_started,
    paid,
    retracted,
    returned,
    signed,
)
from tests.scenario import History, calendar_at, given


def replayed(told: History, day: str, **asked: Any) -> list[dict[str, Any]]:
    moment = told.facts[-1].recorded_at
    return timeline.replay(Basis(told.facts, calendar_at(moment), date.fromisoformat(day), moment, **asked))


def refs(told: History, entries: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    names = {fact.id: fact.ref for fact in told.facts} | {None: None}
    return [(entry["on"], names[entry["fact"]]) for entry in entries]


def test_replay_tells_each_fact_and_each_day_that_changed_something_in_order() -> None:
    told = given(signed, invoice("2025-11-24", "100.00"), paid("2025-12-03", "100.00"))
    entries = replayed(told, "2026-01-01")
    assert refs(told, entries) == [
        ("2020-01-01", "terms"),
        ("2025-11-19", "signed-a"),
        ("2025-11-19", "signed-b"),
        ("2025-11-24", "inv"),
        ("2025-12-02", None),
        ("2025-12-03", "pay"),
        ("2026-01-01", None),
    ]
    overdue = entries[4]
    assert overdue == {
        "on": "2025-12-02",
        "fact": None,
        "type": None,
        "by": None,
        "actor": None,
        "stands": True,
        "changes": [
            {"path": "balance.overdue", "from": "0.00", "to": "100.00"},
            {"path": "obligations.pay-invoice:inv.state", "from": "pending", "to": "overdue"},
        ],
    }
    payment = entries[5]
    assert (payment["type"], payment["by"], payment["stands"]) == ("PaymentMade", "party_a", True)
    assert {one["path"] for one in payment["changes"]} >= {
        "balance.paid",
        "balance.overdue",
        "obligations.pay-invoice:inv.state",
    }
    assert [one["path"] for one in entries[6]["changes"]] == [
        "obligations.deployment.state",
        "obligations.stage-review.state",
    ]


def test_replay_ends_with_the_day_asked_about() -> None:
    told = given(signed, invoice("2025-11-24"), paid("2025-12-03"))
    assert refs(told, replayed(told, "2025-12-01"))[-1] == ("2025-11-24", "inv")


def test_a_retracted_fact_and_what_hangs_on_it_are_listed_as_not_standing() -> None:
    taken_back = retracted("2025-11-26", invoice("2025-11-24"))
    agreed = acknowledged("2025-11-27", taken_back, A)
    told = given(signed, invoice("2025-11-24"), paid("2025-11-25"), taken_back, agreed)
    stands = {
        ref: entry["stands"]
        for (_, ref), entry in zip(refs(told, replayed(told, "2025-12-01")), replayed(told, "2025-12-01"), strict=True)
    }
    assert stands["inv"] is False
    assert stands["pay"] is False
    assert stands["signed-a"] is True


def test_what_replay_tells_adds_up_to_the_status() -> None:
    told = _eventful()
    final = _leaves(addressed(told.as_of("2026-12-31").status, AGREEMENT))
    told_of: dict[str, Any] = {}
    for entry in replayed(told, "2026-12-31"):
        for change in entry["changes"]:
            told_of = {path: value for path, value in told_of.items() if not path.startswith(change["path"] + ".")}
            told_of |= _leaves({change["path"]: change["to"]})
    assert {path: final.get(path) for path in told_of} == told_of
    assert told_of["phase"] == "terminated"
    assert told_of["termination.grounds.10.1@2026-01-12.state"] == "exercised"


def test_a_replay_since_a_day_tells_what_the_whole_one_tells_after_it() -> None:
    told = _eventful()
    whole = replayed(told, "2026-12-31")
    days = sorted({entry["on"] for entry in whole})
    assert len(days) > 10
    for day in ("2019-12-31", *days):
        known_at = told.facts[-1].recorded_at
        basis = Basis(told.facts, calendar_at(known_at), date(2026, 12, 31), known_at)
        part = timeline.replay(basis, date.fromisoformat(day))
        assert part == [entry for entry in whole[1:] if entry["on"] > day], day


def _eventful() -> History:
    return given(
        signed,
        lease_started("2025-12-01"),
        invoice("2025-12-05"),
        paid("2025-12-10"),
        returned("2025-12-20"),
        b_incident("2026-01-10", "b"),
        a_incident("2026-01-12", "a").documented(),
        contested("2026-01-13", a_incident("2026-01-12", "a"), "party_b"),
        corrected("2026-01-20", b_incident("2026-01-10", "b"), duration_minutes=1),
        declared("2026-02-01", "10.1"),
        fact("NoticeServed", "2026-02-01", "party_a", about="declaration", manner="handed"),
    )


def _leaves(tree: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, value in tree.items():
        if isinstance(value, dict) and value:
            found |= _leaves({f"{path}.{key}": one for key, one in value.items()})
        else:
            found[path] = value
    return found


def _diff(told: History, first: tuple[str, int], second: tuple[str, int]) -> dict[str, Any]:
    one, other = (
        Basis(told.known_by(moment), calendar_at(moment), date.fromisoformat(day), moment)
        for day, moment in (first, second)
    )
    return timeline.diff(one, other)


def test_diff_between_two_days_names_what_changed_and_the_facts_that_came() -> None:
    told = given(signed, invoice("2025-11-24", "100.00"), paid("2025-11-26", "100.00"))
    now = told.facts[-1].recorded_at
    found = _diff(told, ("2025-11-25", now), ("2025-11-26", now))
    assert list(found) == ["from", "to", "changes", "facts"]
    assert (found["from"]["as_of"], found["to"]["as_of"]) == ("2025-11-25", "2025-11-26")
    assert (found["from"]["facts"], found["to"]["facts"]) == (4, 5)
    assert [one["type"] for one in found["facts"]] == ["PaymentMade"]
    because = [{"fact": found["facts"][0]["fact"], "on": "2025-11-26"}]
    assert {"path": "balance.paid", "from": "0.00", "to": "100.00", "because": because} in found["changes"]


def test_diff_ties_each_change_to_the_day_or_the_one_fact_that_made_it() -> None:
    wrong = invoice("2025-11-24", "100.00")
    idle = [
        fact("LeakReported", f"2025-12-{day}", "party_a", leak=f"L-{day}", summary="s", leaked_by="unknown")
        for day in range(10, 15)
    ]
    told = given(signed, wrong, *idle[:3], corrected("2025-12-20", wrong, amount="200.00"), *idle[3:])
    before, after = told.facts[3].recorded_at, told.facts[-1].recorded_at
    right = next(one for one in told.facts if one.type == "FactCorrected")

    known, both = (_diff(told, (day, before), ("2025-12-31", after)) for day in ("2025-12-31", "2025-11-25"))
    assert {one["path"]: one["because"] for one in known["changes"]}["balance.overdue"] == [
        {"fact": right.id, "on": "2025-12-20"}
    ]
    tied = {one["path"]: [cause["fact"] for cause in one["because"]] for one in both["changes"]}
    assert tied["balance.overdue"] == [None, right.id], "the day it was due, then what it really was"
    assert tied["balance.invoiced"] == [right.id]


def test_diff_between_two_moments_of_knowledge_names_the_correction() -> None:
    wrong = invoice("2025-11-24", "100.00")
    told = given(signed, wrong, corrected("2025-12-20", wrong, amount="200.00"))
    before, after = told.facts[3].recorded_at, told.facts[4].recorded_at
    found = _diff(told, ("2025-12-31", before), ("2025-12-31", after))
    assert [one["type"] for one in found["facts"]] == ["FactCorrected"]
    assert {one["path"] for one in found["changes"]} == {
        "balance.invoiced", "balance.payable", "balance.overdue", "limitation.pay-invoice:inv.amount",
    }  # fmt: skip


def test_diff_names_a_correction_made_after_the_day_asked_about() -> None:
    wrong = invoice("2025-11-24", "100.00")
    told = given(signed, wrong, corrected("2026-01-20", wrong, amount="200.00"))
    before, after = told.facts[3].recorded_at, told.facts[4].recorded_at
    found = _diff(told, ("2025-12-31", before), ("2025-12-31", after))
    assert [one["type"] for one in found["facts"]] == ["FactCorrected"], "it holds at every day"
    assert "balance.invoiced" in {one["path"] for one in found["changes"]}


def test_diff_of_an_answer_with_itself_is_empty() -> None:
    told = given(signed, invoice("2025-11-24"))
    now = told.facts[-1].recorded_at
    found = _diff(told, ("2025-12-31", now), ("2025-12-31", now))
    assert (found["changes"], found["facts"]) == ([], [])


def test_what_if_answers_with_the_imagined_facts_and_what_they_change() -> None:
    told = given(signed, lease_started("2025-12-01"))
    more = given(signed, lease_started("2025-12-01"), a_incident("2026-01-10", "a"))
    now = more.facts[-1].recorded_at
    found = timeline.what_if(Basis(told.facts, calendar_at(now), date(2026, 1, 10), now), more.facts[len(told.facts) :])
    assert list(found) == ["status", "changes"]
    assert found["status"] == more.as_of("2026-01-10").status
    assert {"path": "termination.allowed", "from": False, "to": True} in found["changes"]
    assert told.as_of("2026-01-10").status["termination"]["allowed"] is False
