"""Answers kept for an interval are what a fresh sweep gives, on every day of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.answer_cache import AnswerCache
from ledger.domain.calendar import parse_utc
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.reckoning import reckoned
from ledger.projections.status import status
from tests.happenings import contested, invoice, signed
from tests.random_histories import random_history
from tests.scenario import given
from tests.test_sweep_against_oracle import fact_of


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_answer_is_what_a_fresh_sweep_gives_on_any_day(seed: int) -> None:
    rng = random.Random(seed)
    facts = [fact_of(envelope) for envelope in random_history(rng, 40)]
    for number, fact in enumerate(facts):
        fact.digest = f"{number:064x}"
    calendar = shipped_calendar()
    kept = AnswerCache()
    known_at = facts[-1].recorded_at
    start = date(2025, 11, 1) + timedelta(days=rng.randrange(600))
    days = [start + timedelta(days=step) for step in range(25)]
    for day in (*days, *reversed(days)):
        asked = Basis(facts, calendar, day, known_at + rng.randrange(1000))
        assert kept.status(asked) == status(asked)
    for day in days[::6]:
        asked = Basis(facts, calendar, day, known_at)
        assert kept.reckoned(asked) == reckoned(asked.swept().machine)


def test_an_answer_and_how_its_days_came_about_come_of_one_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Basis([fact_of(one) for one in random_history(random.Random(4), 40)], shipped_calendar(),
                  date(2026, 9, 1), parse_utc("2029-01-01T00:00:00Z"))  # fmt: skip
    swept, sweep = list[date](), Basis.swept
    monkeypatch.setattr(Basis, "swept", lambda basis: (swept.append(basis.as_of), sweep(basis))[1])
    kept = AnswerCache()
    days = {duty["id"]: duty["due_on"] for duty in kept.status(asked)["obligations"] if duty["due_on"]}
    assert kept.reckoned(asked).keys() == days.keys() and days and len(swept) == 1


def test_an_answer_is_kept_until_a_fact_is_recorded() -> None:
    history = random_history(random.Random(3), 30)
    facts = [fact_of(envelope) for envelope in history]
    for number, fact in enumerate(facts):
        fact.digest = f"{number:064x}"
    kept = AnswerCache()
    asked = Basis(facts, shipped_calendar(), date(2027, 6, 1), parse_utc(history[-1]["recorded_at"]))
    before, after = kept.status(replace(asked, facts=facts[:-1])), kept.status(asked)
    assert after["facts"] in (before["facts"], before["facts"] + 1)
    assert after == status(asked)


def test_no_more_is_kept_than_allowed() -> None:
    facts = [fact_of(envelope) for envelope in random_history(random.Random(5), 40)]
    kept = AnswerCache(most_bytes=1)
    calendar = shipped_calendar()
    for day in range(1, 20):
        asked = Basis(facts, calendar, date(2026, 3, day), facts[-1].recorded_at)
        assert kept.status(asked) == status(asked)


def test_a_day_that_matters_in_one_partys_view_only_ends_what_is_kept() -> None:
    bill = invoice("2025-11-24")
    facts = given(signed, bill, contested("2025-11-25", bill, "party_a")).facts
    calendar, kept = shipped_calendar(), AnswerCache()
    for day in (date(2025, 11, 28), date(2025, 12, 2), date(2025, 12, 3), date(2025, 11, 29)):
        asked = Basis(facts, calendar, day, facts[-1].recorded_at)
        told = kept.status(asked)
        assert told == status(asked)
        late = {one["path"]: one["party_b"] for one in told["positions"]}.get("balance.overdue")
        assert late == ("1843129.06" if day > date(2025, 12, 1) else None)
