"""The sweep against the oracle: on random histories both must conclude the same."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.domain.calendar import format_utc, parse_on, parse_utc
from ledger.domain.fact import Document, Fact
from ledger.domain.fact_data import parse_data
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import status
from tests import oracle
from tests.random_histories import random_history

LEFT_OUT = ("next_changes", "sensitivity", "robust", "receipt")
RUNS = int(os.environ.get("LVYUE_ORACLE_RUNS", "25"))
FIRST = int(os.environ.get("LVYUE_ORACLE_FIRST", "0"))  # the seed that the runs begin with


def fact_of(envelope: dict[str, Any]) -> Fact:
    contract = envelope["id"].rpartition("#")[0]
    moment = parse_on(envelope["on"])
    ref = envelope.get("ref") or str(envelope["seq"])
    papers = tuple(Document(**one) for one in envelope.get("documents", ()))
    return Fact(
        contract, envelope["seq"], envelope["id"], ref, envelope["type"], envelope["on"], moment.day, moment.at,
        envelope["by"], parse_data(envelope["type"], envelope["data"]), papers,
        parse_utc(envelope["recorded_at"]), "test", envelope["seq"], "0" * 64, "0" * 64,
        recorded_roles=tuple(envelope["recorded_roles"]) if "recorded_roles" in envelope else None,
        actor=envelope.get("actor") or envelope["by"],
    )  # fmt: skip


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what the oracle does not tell: of `because` it may name less (compared apart), and
    positions have no order of their own."""
    kept = {key: value for key, value in answer.items() if key not in LEFT_OUT}
    items = [{**item, "because": []} for item in answer["damages"]["items"]]
    found = [{**ground, "because": []} for ground in answer["termination"]["grounds"]]
    kept["damages"] = {**answer["damages"], "items": items}
    kept["termination"] = {**answer["termination"], "grounds": found}
    told = ("debt", "creditor", "amount", "state", "last_day", "restarted_by")
    kept["limitation"] = [{key: debt[key] for key in told} for debt in answer["limitation"]]
    kept["positions"] = sorted(
        [{**p} for p in answer["positions"] if not p["path"].endswith(("because", ".provisional", ".raised_by"))],
        key=lambda p: p["path"],
    )
    for position in kept["positions"]:
        for view in ("record", "party_a", "party_b"):
            if isinstance(position[view], dict) and "because" in position[view]:
                position[view] = {**position[view], "because": []}
            if isinstance(position[view], dict) and "debt" in position[view]:
                position[view] = {key: position[view][key] for key in told}
    return kept


def answers(
    history: list[dict[str, Any]], as_of: date, known_at: int, readings: dict[str, str], as_seen_by: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    known = [envelope for envelope in history if parse_utc(envelope["recorded_at"]) <= known_at]
    calendar = shipped_calendar()
    asked = Basis([fact_of(envelope) for envelope in known], calendar, as_of, known_at, as_seen_by, readings)
    fast = status(asked)
    slow = oracle.conclude(
        history, as_of=as_of, known_at=format_utc(known_at), is_working_day=calendar.is_working_day,
        provisional=calendar.provisional, readings=readings, as_seen_by=as_seen_by,
    )  # fmt: skip
    return fast, slow


def because(answer: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What each ground and item rests on."""
    told = [(i["id"], i["because"]) for i in answer["damages"]["items"]]
    return told + [(g["clause"] + g["arose_on"], g["because"]) for g in answer["termination"]["grounds"]]


def told_among(some: list[str], all_of_them: list[str]) -> bool:
    """Whether all of these are among those, in the same order."""
    rest = iter(all_of_them)
    return all(one in rest for one in some)


def questions(seed: int) -> list[tuple[list[dict[str, Any]], date, int, dict[str, str], str | None]]:
    """A history and what is asked of it: a day, what was known, a few readings, each view."""
    rng = random.Random(seed)
    history = random_history(rng, rng.randrange(15, 90))
    moments = [parse_utc(envelope["recorded_at"]) for envelope in history]
    found = []
    for _ in range(4):
        as_of = date(2025, 11, 1) + timedelta(days=rng.randrange(0, 1100))
        known_at = rng.choice(moments) if rng.random() < 0.4 else moments[-1]
        names = rng.sample(list(AGREEMENT.readings), rng.choice((0, 0, 1, 1, 3)))
        readings = {name: rng.choice(list(AGREEMENT.readings[name].options)) for name in names}
        found.append((history, as_of, known_at, readings, rng.choice([None, None, "party_a", "party_b", "supervisor"])))
    return found


@pytest.mark.parametrize("seed", range(FIRST, FIRST + RUNS))
def test_the_sweep_concludes_what_the_oracle_concludes(seed: int) -> None:
    for question in questions(seed):
        fast, slow = answers(*question)
        told = {key: (comparable(slow).get(key), comparable(fast).get(key)) for key in slow}
        assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}, question[1:]
        # every fact that the oracle names for a ground or an item is among those the sweep names
        pairs = zip(because(slow), because(fast), strict=True)
        assert [(a, b) for a, b in pairs if not told_among(a[1], b[1])] == [], question[1:]
