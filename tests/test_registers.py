"""The register of a contract's facts, page by page: what is told of each, and what it costs to say so."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from json import loads
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.ledger import history
from ledger.domain.errors import Refusal
from ledger.domain.standing import Standing
from ledger.log.tables import TreeTables
from ledger.projections.register import (
    STANDINGS,
    RegisterEntry,
    counted,
    extended,
    index_of_json,
    register,
    register_index,
)
from ledger.service import Ledger, Question, envelope
from ledger.store import Store, open_store
from ledger.store.encoding import encode
from tests.random_histories import random_story
from tests.test_properties_of_standing import EXAMPLES
from tests.test_service import NUMBER, Clock, terms
from tests.test_sweep_against_oracle import fact_of

DAY = date(2026, 11, 30)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_an_index_brought_up_fact_by_fact_is_that_of_all_facts(seed: int) -> None:
    facts = [fact_of(one) for one in random_story(random.Random(seed), 60).facts]
    standing = Standing(facts[:1])
    index, said, alone = register_index(standing, DAY), standing.said, 0
    for count, fact in enumerate(facts[1:], 2):
        standing = Standing(facts[:count])
        anew = register_index(standing, DAY)
        from_row = extended(index, [fact], None, DAY)
        brought = extended(index, [fact], said, DAY)
        assert from_row in (None, anew)
        alone += brought is not None
        assert brought in (None, anew)
        index, said = anew, standing.said if brought is None else said
    assert index_of_json(loads(encode(index.json()))) == index and alone
    lines = [{"fact": fact.id, **index.entry(fact).told} for fact in facts]
    assert lines == register(facts)
    claims = {claim.fact.id: claim.why for claim in Standing(facts).claims(DAY)}
    assert {fact.id: why for fact in facts if (why := index.entry(fact).claim)} == claims
    for standing_ in STANDINGS:
        having = sum(standing_ in index.entry(fact).standings for fact in facts)
        assert index.counts["standing"].get(standing_, 0) == having
    assert counted(facts, index.told) == index.counts


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Store]:
    """A contract of 300 facts, its row in the portfolio made."""
    store = open_store(f"sqlite:///{tmp_path / 'ledger.db'}", create=True, extensions=[TreeTables()])
    ledger = opened(store)
    ledger.register(terms())
    ledger.record(NUMBER, list(history(299)))
    ledger.projector.rebuild()
    yield store
    store.close()


def opened(store: Store, at: str = "2026-11-30T02:00:00Z") -> Ledger:
    """The ledger as a server that has just started has it."""
    return Ledger(store, clock=Clock(at))


def told(entries: list[RegisterEntry]) -> list[dict[str, Any]]:
    return [envelope(entry.fact) | dict(entry.told) for entry in entries]


def test_a_page_of_the_register_is_read_without_the_rest_of_the_stream(stored: Store) -> None:
    whole, ledger = opened(stored).register_of(NUMBER), opened(stored)
    assert told(ledger.registers.between(NUMBER, 101, 200)) == whole[100:200]
    assert told(ledger.registers.between(NUMBER, 201, 400)) == whole[200:]
    for name in ("17", "#17", f"{NUMBER}#17"):
        assert told([ledger.registers.named(NUMBER, name)]) == [whole[16]]
    assert NUMBER not in {*ledger._streams}
    for gone in ("301", "0", "no-such"):
        with pytest.raises(Refusal, match="FACT_UNKNOWN"):
            ledger.registers.named(NUMBER, gone)


def test_what_is_recorded_is_told_at_once_and_of_no_more_facts_than_need_be(stored: Store) -> None:
    ledger, other = opened(stored), opened(stored, "2026-11-30T03:00:00Z")
    assert ledger.registers.index(NUMBER).counts["standing"] == {"record": 300}
    data = {"incident": "late", "kind": "outage", "scope": "system", "system": "s1", "duration_minutes": 5}
    other.record(NUMBER, [{
        "type": "IncidentReported", "on": "2026-11-01", "by": "supervisor", "ref": "302", "data": data,
    }])  # fmt: skip
    index = ledger.registers.index(NUMBER)
    assert index.facts == 301 and index.counts["late"]["7"] > 0 and NUMBER not in {*ledger._streams}
    assert ledger.registers.named(NUMBER, "302").fact.seq == 301
    other.record(NUMBER, [{"type": "FactContested", "on": "2026-11-02", "by": "party_b",
                           "data": {"target": "#301", "reason": "不属实"}}])  # fmt: skip
    entry = ledger.registers.named(NUMBER, "#301")
    assert entry.told["contested_by"] == [f"{NUMBER}#302"] and entry.standings == ("record", "contested")
    assert ledger.registers.named(NUMBER, "302").fact.seq == 301  # its ref: the fact of that number has its id for one
    assert ledger.registers.named(NUMBER, f"{NUMBER}#302").fact.seq == 302
    before = Question(known_at=entry.fact.recorded_at - 1)
    with pytest.raises(Refusal, match="FACT_UNKNOWN"):
        ledger.registers.named(NUMBER, "#302", before)
    assert {one.fact.seq for one in ledger.registers.whole(NUMBER, before)} == {*range(1, 301)}
    anew = register_index(Standing(ledger.facts(NUMBER)), DAY)
    assert ledger.registers.index(NUMBER) == opened(stored).registers.index(NUMBER) == anew
    other.projector.current(9)  # whose clock is not behind
    assert other.projector.register_of(NUMBER) == anew
