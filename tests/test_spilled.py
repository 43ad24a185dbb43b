"""A contract that is not held in memory while it is recorded: what may be recorded of it is decided as ever."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.service import Ledger
from ledger.store import spilled
from ledger.store.spilled import SpilledTable, StoredFacts
from ledger.streams import Streams
from tests.random_histories import random_history
from tests.test_service import NUMBER, Clock, signed, terms

RUNS = int(os.environ.get("LVYUE_SPILLED_RUNS", "3"))
LATE = "2030-01-01T00:00:00Z"
SENT = ("type", "on", "by", "actor", "ref", "data", "documents")


def sendings(rng: random.Random, contract: str, facts: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Facts as a client sends them, some together; now and then an earlier one again, or one like it that is odd."""
    told, waiting = list[dict[str, Any]](), list[dict[str, Any]]()
    for count, fact in enumerate(facts, 1):
        told.append({key: fact[key] for key in SENT if key in fact})
        if "ref" not in fact and rng.random() < 0.5:
            told[-1]["ref"] = str(count + 20)  # the number of a fact to come
        waiting.append(told[-1])
        if rng.random() < 0.7:
            yield waiting
            waiting = []
        if rng.random() < 0.4:
            again = json.loads(json.dumps(rng.choice(told)))
            loud = rng.random() < 0.3
            for key, value in again["data"].items():
                if isinstance(value, str) and (loud or rng.random() < 0.2):
                    odd = value.upper() if loud else rng.choice((f"{contract}#{rng.randrange(1, 60)}", "7"))
                    again["data"][key] = odd
            if rng.random() < 0.5:
                again.pop("ref", None)
            yield [again | rng.choice(({}, {"ref": f"again-{count}"}, {"by": "party_a"}, {"ref": "5"}))]


def outcome(ledger: Ledger, contract: str, some: list[dict[str, Any]]) -> Any:
    try:
        return [(one.repeated, one.fact) for one in ledger.record(contract, some)]
    except Refusal as refused:
        return refused.code, refused.field, refused.values


def test_given_any_history_then_a_ledger_that_holds_nothing_of_it_records_and_refuses_as_one_that_holds_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spilled, "NEWEST", 2)
    monkeypatch.setattr(spilled, "AHEAD", 3)
    codes = set[str]()
    for seed in range(RUNS):
        rng = random.Random(seed)
        registration, *facts = random_history(rng, 40)
        ledgers = [Ledger(f"sqlite:///{tmp_path}/{seed}{name}.db", clock=Clock(LATE), create=True) for name in "ab"]
        ledgers[1]._streams._most = 1
        ledgers[1].spill()
        contract = registration["data"]["terms"]["contract"]["id"]
        for one in ledgers:
            one.register(registration["data"]["terms"])
        for some in sendings(rng, contract, facts):
            held, read_back = (outcome(one, contract, some) for one in ledgers)
            assert read_back == held
            codes |= {held[0]} if isinstance(held, tuple) else {"REPEATED"} if any(one for one, _ in held) else set()
        stream = ledgers[1]._streams.stream(contract)
        assert isinstance(stream.facts, StoredFacts) and len(stream.facts._newest) < 10 < len(stream.facts)
        assert list(stream.facts) == stream.facts[:] == ledgers[0].facts(contract)
        assert ledgers[1].status(contract) == ledgers[0].status(contract)
        for one in ledgers:
            one.store.close()
    assert {"REPEATED", "ID_USED", "ID_LOOKALIKE", "ID_UNKNOWN", "REF_CONFLICT"} <= codes, codes


def test_a_contract_that_grows_beyond_the_budget_and_one_that_is_there_already_are_not_held(tmp_path: Path) -> None:
    url, clock = f"sqlite:///{tmp_path}/ledger.db", Clock("2025-12-01T02:00:00Z")
    for turn in range(3):
        ledger = Ledger(url, clock=clock, create=True)
        ledger._streams = ledger._recorder._streams = Streams(ledger.store, most_bytes=40_000)
        ledger._streams.spill()
        ledger.register(terms())
        for count in range(20):
            ledger.record(NUMBER, [signed("party_a", ref=f"{turn}-{count}")])
        assert ledger.record(NUMBER, [signed("party_a", ref="0-0")])[0].repeated
        stream = ledger._streams.stream(NUMBER)
        assert isinstance(stream.facts, StoredFacts) and stream.facts[-1].seq == len(stream.facts) == 21 + 20 * turn
        with pytest.raises(ZeroDivisionError), ledger.group_commit():
            ledger.record(NUMBER, [signed("party_a", ref="undone")])
            raise ZeroDivisionError
        assert ledger.version(NUMBER) == 21 + 20 * turn
        ledger.store.close()


def test_given_items_that_are_known_when_a_fact_names_one_then_a_contract_that_is_not_held_is_not_read_for_it(
    tmp_path: Path,
) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path}/ledger.db", clock=Clock("2025-12-01T02:00:00Z"), create=True)
    ledger._streams._most = 1
    ledger.spill()
    ledger.register(terms())
    ledger.record(NUMBER, [signed("party_a", ref=f"s{count}") for count in range(30)])
    sums = {"items": ["agreed:1"], "amount": "1.00", "manner": "paid"}
    settled = {"type": "DamagesSettled", "on": "2025-11-30", "by": "party_b", "data": sums}
    read = list[str]()
    for count in range(3):
        assert outcome(ledger, NUMBER, [settled | {"ref": f"paid-{count}"}])[:2] == ("ITEM_UNKNOWN", "data.items.0")
        ledger.store._database.connection.set_trace_callback(read.append)  # type: ignore[attr-defined]
    ledger.store.close()
    assert not [sql for sql in read if "originator_version >" in sql], "the first of them swept it"


def test_a_table_in_a_file_is_a_mapping() -> None:
    table = SpilledTable()
    table.update({"a": 1, ("round", 1): 2, ("round", "1"): 3, ("系统", "a'\0"): ("x", 1)})
    assert dict(table) == {"a": 1, ("round", 1): 2, ("round", "1"): 3, ("系统", "a'\0"): ("x", 1)} and len(table) == 4
    table["a"] = 5
    assert (table["a"], table.get("b"), table.pop(("round", 1)), ("round", 1) in table) == (5, None, 2, False)
    with pytest.raises(KeyError):
        del table["b"]
    with pytest.raises(KeyError):
        table["b"]
    table._connection.execute("PRAGMA max_page_count = 8")  # as on a disk that is full
    with pytest.raises(Refusal, match="TEMPORARY_FILE"):
        table.update({"x" * 1000 + str(count): count for count in range(100)})
