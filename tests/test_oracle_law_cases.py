"""The oracle concludes what counsel would (tests/cases/law): the oracle is right where the cases decide."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.notices import shipped_calendar
from tests import oracle
from tests.law_cases import LawCase, law_cases, value_at, wanted


def recorded(case: LawCase) -> tuple[list[dict[str, Any]], dict[str, str], list[str]]:
    """The envelopes of a case, one second apart and one day between steps; ids by ref; when each step was done."""
    contract = case.terms["contract"]["id"]
    now = datetime(2028, 1, 1, tzinfo=UTC)
    registration = {"type": "ContractRegistered", "on": "2025-11-18", "by": "party_a", "ref": "terms"}
    drafts: list[list[dict[str, Any]]] = [[{**registration, "data": {"terms": case.terms}}], *case.steps]
    facts: list[dict[str, Any]] = []
    done = []
    for step, told in enumerate(drafts):
        now += timedelta(days=1)
        for draft in told if step not in case.refused else []:
            seq = len(facts) + 1
            now += timedelta(seconds=1)
            recorded_at = now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            facts.append({**draft, "seq": seq, "id": f"{contract}#{seq}", "recorded_at": recorded_at})
        done.append(now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return facts, {f["ref"]: f["id"] for f in facts}, done


@pytest.mark.parametrize("name", sorted(law_cases()))
def test_the_oracle_concludes_what_is_right(name: str) -> None:
    case = law_cases()[name]
    facts, ids, done = recorded(case)
    calendar = shipped_calendar()
    answers = {
        q: oracle.conclude(
            facts, as_of=date.fromisoformat(asked["as_of"]),
            known_at=done[asked["known_at_step"]] if "known_at_step" in asked else None,
            is_working_day=calendar.is_working_day, provisional=calendar.provisional,
            readings=asked["readings"], as_seen_by=asked.get("as_seen_by"),
        )
        for q, asked in case.questions.items()
    }  # fmt: skip
    wrong = [
        (e.q, e.path, found, wanted(e, ids))
        for e in case.expected
        if (found := value_at(answers[e.q], e.path, ids)) != wanted(e, ids)
    ]
    assert wrong == []
