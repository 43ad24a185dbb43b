"""Known-at answers never change (SPEC 2.2, 3): of a moment the ledger answers as it did then, whatever came later."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import beijing_day, parse_utc
from ledger.service import Ledger, Question
from tests.random_histories import random_history
from tests.test_service import Clock

VIEWS = (None, "party_a", "party_b")


@pytest.mark.parametrize("seed", range(2))
def test_what_was_answered_of_a_moment_is_answered_of_it_after_every_later_fact(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    registration, *later = random_history(rng, 60)
    number = registration["id"].rpartition("#")[0]
    clock = Clock(registration["recorded_at"])
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock, create=True)
    ledger.register(registration["data"]["terms"], by=registration["by"])
    answered: list[tuple[Question, dict[str, Any]]] = []
    for envelope in later:
        at = parse_utc(envelope["recorded_at"])
        if at > clock.at and rng.random() < 0.15:
            day = beijing_day(clock.at)
            asked = [Question(as_of=day, known_at=clock.at, as_seen_by=role) for role in VIEWS]
            answered += [(question, ledger.status(number, question)) for question in asked]
        clock.at = at
        _record(ledger, number, envelope)
        if answered and rng.random() < 0.3:
            question, told = rng.choice(answered)
            assert ledger.status(number, question) == told
    again = Ledger(ledger.store, clock=clock)  # one that remembers nothing
    assert len(answered) >= 9 and ledger.version(number) > 40
    for question, told in answered:
        assert ledger.status(number, question) == told
        assert again.status(number, question) == told
    ledger.store.close()


def _record(ledger: Ledger, number: str, envelope: dict[str, Any]) -> None:
    """As a principal unknown to the ledger records it, unless it was one who holds other roles."""
    given = {key: value for key, value in envelope.items() if key not in ("seq", "id", "recorded_at", "recorded_roles")}
    with suppress(Refusal):  # a fact that names a damages item of a view which this ledger does not see is left out
        ledger.record(number, [given], recorded_by="test")
