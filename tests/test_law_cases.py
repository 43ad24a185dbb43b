"""The histories counsel would fight over (tests/cases/law), recorded in a real ledger: 46 histories, 291 values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.service import Ledger, Question
from tests.law_cases import LawCase, law_cases, value_at, wanted

SECOND = 1_000_000
CASES = law_cases()
# Views, decimals, set-offs, limitation, a judgment and documents, once on the other database too.
POSTGRES = [name for name in CASES if name[:2] in {"02", "09", "20", "38", "40", "41", "46"}]


class Clock:
    """A clock on which nothing that the cases tell lies ahead, and of which each step takes a second."""

    def __init__(self) -> None:
        self.at = parse_utc("2031-01-01T00:00:00Z")

    def __call__(self) -> int:
        return self.at


@dataclass(frozen=True)
class Recorded:
    """A case in a ledger, the moments just after each step, and the facts' ids by ref."""

    case: LawCase
    ledger: Ledger
    contract: str
    moments: list[int]
    refused: frozenset[int]
    ids: dict[str, str]

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        step = question.get("known_at_step")
        return dict(self.ledger.status(self.contract, Question(
            as_of=date.fromisoformat(question["as_of"]), known_at=self.moments[step - 1] if step else None,
            as_seen_by=question.get("as_seen_by"), readings=question["readings"],
        )))  # fmt: skip


def recorded(case: LawCase, store: str) -> Recorded:
    clock = Clock()
    ledger = Ledger(store, clock=clock, create=True)
    contract = case.terms["contract"]["id"]
    ledger.register(case.terms)
    moments, refused = [], set()
    for number, facts in enumerate(case.steps, 1):
        clock.at += SECOND
        try:
            ledger.record(contract, facts, recorded_by="test")
        except Refusal:
            refused.add(number)
        moments.append(clock.at)
    ids = {fact.ref: fact.id for fact in ledger.facts(contract)}
    return Recorded(case, ledger, contract, moments, frozenset(refused), ids)


@pytest.fixture(params=CASES, scope="module")
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    told = recorded(CASES[request.param], f"sqlite:///{tmp_path_factory.mktemp('law') / 'law.db'}")
    yield told
    told.ledger.store.close()


def test_what_is_right_of_a_history_counsel_would_fight_over_is_concluded(history: Recorded) -> None:
    concludes_what_is_right(history)


def concludes_what_is_right(history: Recorded) -> None:
    case = history.case
    assert history.refused == case.refused
    answers = {q: history.ask(question) for q, question in case.questions.items()}
    wrong = [
        (row.q, row.path, got, right) for row in case.expected
        if (got := value_at(answers[row.q], row.path, history.ids)) != (right := wanted(row, history.ids))
    ]  # fmt: skip
    assert not wrong, "\n".join(f"q{q} {path}: {got!r}, right is {right!r}" for q, path, got, right in wrong)


@pytest.mark.parametrize("name", POSTGRES)
def test_in_postgresql_the_same_is_concluded(name: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch,
                                             tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setenv("HOME", str(tmp_path))  # where the keys of a store on a server go
    history = recorded(CASES[name], postgres_url)
    concludes_what_is_right(history)
    history.ledger.checkpoint()
    assert history.ledger.audit().sound
    history.ledger.store.close()


def test_every_value_of_every_case_is_asked() -> None:
    assert len(CASES) == 46
    assert sum(len(case.expected) for case in CASES.values()) == 291
    assert all(row.q in case.questions for case in CASES.values() for row in case.expected)
