"""What a ledger remembers: no more than its budget, and nobody waits for what another is working out."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.admission_state import AdmissionState
from ledger.domain.sweep import Sweep
from ledger.projections.basis import Basis
from ledger.service import Ledger
from ledger.streams import CALENDAR, LOG, Streams
from tests.test_service import Clock, signed, terms

NUMBERS = [f"CITY-{number}" for number in range(4)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=Clock("2025-12-01T02:00:00Z"), create=True)
    for number in NUMBERS:
        opened.register(terms() | {"contract": terms()["contract"] | {"id": number}})
        opened.record(number, [signed("party_a")])
    yield opened
    opened.store.close()


def test_streams_are_held_up_to_a_budget_of_bytes_the_least_recently_used_goes_first(ledger: Ledger) -> None:
    streams = Streams(ledger.store)
    streams.calendar(0)
    for number in NUMBERS:
        assert len(streams.snapshot(number)) == 2
    whole = streams.size
    assert whole == sum(streams.stream(number).weight for number in NUMBERS) > 0

    streams = Streams(ledger.store, most_bytes=whole // 2)
    streams.calendar(0)
    streams.corrected()
    for number in (*NUMBERS[:2], NUMBERS[0], NUMBERS[2]):
        assert len(streams.snapshot(number)) == 2
        assert streams.size <= whole // 2
    assert {*streams} == {CALENDAR, LOG, NUMBERS[0], NUMBERS[2]}
    streams.forget_all()
    assert streams.size == 0

    alone = Streams(ledger.store, most_bytes=1)
    assert len(alone.snapshot(NUMBERS[0])) == 2 and {*alone} == {NUMBERS[0]}  # what is asked just now is held


def test_a_contract_answers_while_another_is_worked_out_and_one_answer_serves_all_who_ask_for_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, swept = threading.Event(), threading.Event(), list[str]()
    sweep = Basis.swept

    def slow(basis: Basis) -> Sweep:
        contract = basis.facts[0].contract
        swept.append(contract)
        if contract == NUMBERS[0]:
            begun.set()
            assert go_on.wait(30)
        return sweep(basis)

    monkeypatch.setattr(Basis, "swept", slow)
    answers: list[Any] = []
    asking = [threading.Thread(target=lambda: answers.append(ledger.status(NUMBERS[0]))) for _ in range(3)]
    for thread in asking:
        thread.start()
    assert begun.wait(30)
    assert ledger.status(NUMBERS[1])["contract"] == NUMBERS[1]
    ledger.record(NUMBERS[0], [signed("party_b")])  # nor does recording wait for it
    assert ledger.version(NUMBERS[0]) == 3
    go_on.set()
    for thread in asking:
        thread.join(30)
    versions = {answer["facts"] for answer in answers}  # who came to ask after the recording asks of three facts
    assert 2 in versions and swept.count(NUMBERS[0]) == len(versions)


def test_whoever_reads_while_a_group_is_recorded_sees_what_is_committed(ledger: Ledger) -> None:
    seen: list[int] = []
    with ledger.group_commit():
        ledger.record(NUMBERS[0], [signed("party_b")])
        reader = threading.Thread(target=lambda: seen.append(ledger.status(NUMBERS[0])["facts"]))
        reader.start()
        assert ledger.version(NUMBERS[0]) == 3
    reader.join(30)
    assert seen == [3]
    with pytest.raises(ZeroDivisionError), ledger.group_commit():
        ledger.record(NUMBERS[1], [signed("party_b")])
        raise ZeroDivisionError
    assert ledger.status(NUMBERS[1])["facts"] == 2


def test_what_is_forgotten_of_a_contract_is_gone_at_once_though_no_collector_looks(ledger: Ledger) -> None:
    def known() -> int:
        return sum(type(one) is AdmissionState for one in gc.get_objects())

    gc.collect()
    gc.disable()  # as it is while much is recorded
    try:
        before = known()
        for number in NUMBERS:  # of each it is known what may be recorded next
            ledger._streams.forget(number)
        assert known() == before - len(NUMBERS), "in a circle it would stay"
    finally:
        gc.enable()
