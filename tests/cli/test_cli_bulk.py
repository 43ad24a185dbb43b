"""Many facts at once: recorded and copied as streams, listed as they are read."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ledger.custody.backup import copy
from ledger.service import Ledger
from ledger.store import copying, open_store
from ledger.store.decoding import decode_fact
from tests.cli.conftest import Lvyue
from tests.test_service import signed, terms

NUMBERS = ["CITY-1", "CITY-2"]


def registered(number: str) -> dict[str, Any]:
    document = terms() | {"contract": terms()["contract"] | {"id": number}}
    told = {"type": "ContractRegistered", "on": "2025-11-19", "by": "party_a", "data": {"terms": document}}
    return {"contract": number, **told}


def performed(number: str, ref: str) -> dict[str, Any]:
    return {"contract": number, "type": "ServicePerformed", "on": "2025-12-02", "by": "party_b", "ref": ref,
            "data": {"service": "vcpu", "units": 1}}  # fmt: skip


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def lines() -> list[dict[str, Any]]:
    told = [registered(number) for number in NUMBERS]
    told += [signed("party_a") | {"contract": number, "ref": "a"} for number in NUMBERS]
    return told + [performed(number, f"p{count}") for count in range(600) for number in NUMBERS]


def test_a_stream_of_facts_of_many_contracts_is_recorded_once(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]]
) -> None:
    file = written(tmp_path / "city.jsonl", lines)
    done = lvyue("record", "--bulk", file, "--json")
    assert (done.status, done.json) == (0, {"recorded": 1204, "repeated": 0, "lines": 1204})
    assert lvyue("record", "--bulk", file, "--json").json == {"recorded": 0, "repeated": 1204, "lines": 1204}
    assert lvyue("audit").status == 0
    listed = lvyue("facts", "CITY-2", "--type", "ServicePerformed", "--json").json
    assert [fact["ref"] for fact in listed] == [f"p{count}" for count in range(600)]


def test_a_line_at_fault_is_named_and_what_was_committed_before_stays(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]]
) -> None:
    file = written(tmp_path / "city.jsonl", [*lines, performed("CITY-1", "late") | {"data": {"service": "vcpu"}}])
    done = lvyue("--lang", "en", "record", "--bulk", file)
    assert done.status != 0 and "1205" in done.err and "before line 1001 is recorded (1000 facts)" in done.err
    assert len(lvyue("facts", "CITY-1", "--json").json) + len(lvyue("facts", "CITY-2", "--json").json) == 1000
    nameless = written(tmp_path / "nameless.jsonl", [{"type": "ServicePerformed"}])
    assert "contract" in lvyue("--lang", "en", "record", "--bulk", nameless).err
    assert lvyue("record", "CITY-1").status == 2


def test_a_copy_has_every_digest_and_proof_of_its_source_on_either_database(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]], postgres_address: Callable[[], str]
) -> None:
    lvyue("record", "--bulk", written(tmp_path / "city.jsonl", lines[:300]))
    places = [f"sqlite:///{tmp_path}/lvyue.db", postgres_address(), postgres_address(), f"sqlite:///{tmp_path}/back.db"]
    for source, target in pairwise(places):
        done = lvyue("copy", source, target, "--json")
        assert done.status == 0, done.err
        assert done.json["facts"] == done.json["size"] == 300
    leaves = []
    for place in places:
        with open_store(place) as store:
            leaves.append(list(store.leaves()))
    assert leaves[0] == leaves[1] == leaves[2] == leaves[3]
    again = lvyue("copy", places[0], places[3])
    assert again.status != 0 and len(open_store(places[3]).contracts()) == 2


def _copies_and_dies(source: str, target: str) -> None:
    def killed(code: str, count: int, total: int) -> None:
        if code == "PROGRESS_COPIED" and 0 < count < total:
            os.kill(os.getpid(), signal.SIGKILL)

    copying.SOME = 100
    copy(Ledger(source).custody, target, {}, killed)


def test_a_copy_killed_in_the_middle_leaves_no_facts_and_is_made_again_in_the_same_place(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]], postgres_address: Callable[[], str]
) -> None:
    lvyue("record", "--bulk", written(tmp_path / "city.jsonl", lines[:300]))
    places = [f"sqlite:///{tmp_path}/lvyue.db", postgres_address(), f"sqlite:///{tmp_path}/back.db"]
    for source, target in pairwise(places):
        process = multiprocessing.get_context("spawn").Process(target=_copies_and_dies, args=(source, target))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        with open_store(target) as store:
            assert store.leaf_count() == 0
        assert lvyue("copy", source, target, "--json").json["facts"] == 300


def test_how_far_recording_and_copying_are_is_told_on_the_way(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST_REPORT", "REPORT_EVERY"):
        monkeypatch.setattr(f"ledger.cli.output.{name}", 500)
    done = lvyue("--lang", "en", "record", "--bulk", written(tmp_path / "city.jsonl", lines))
    assert done.err.splitlines()[:1] == ["recorded 1000 facts"] and "Recorded 1204 facts" in done.out
    done = lvyue("--lang", "en", "copy", f"sqlite:///{tmp_path}/lvyue.db", f"sqlite:///{tmp_path}/copy.db")
    assert "copied 1000 of 1204 facts" in done.err.splitlines()[0]


def test_facts_are_listed_as_they_are_read(
    lvyue: Lvyue, tmp_path: Path, lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lvyue("record", "--bulk", written(tmp_path / "city.jsonl", lines[:1000]))
    monkeypatch.setattr("ledger.store.store.READ_ROWS", 20)
    ledger = Ledger(f"sqlite:///{tmp_path}/lvyue.db")
    read = 0

    def counted(*given: Any) -> Any:
        nonlocal read
        read += 1
        return decode_fact(*given)

    monkeypatch.setattr("ledger.store.store.decode_fact", counted)
    stream = ledger.register_each("CITY-1")
    first = next(stream)
    assert (first["seq"], read) == (1, 1)
    assert [first, *stream] == ledger.register_of("CITY-1")
    ledger.record("CITY-1", [{"type": "FactRetracted", "on": "2025-12-03", "by": "party_b",
                              "data": {"target": "p0", "reason": "not performed"}}])  # fmt: skip
    assert list(ledger.register_each("CITY-1")) == ledger.register_of("CITY-1")
