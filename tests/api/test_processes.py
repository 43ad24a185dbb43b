"""Long questions in processes of their own: the same answers and refusals, and a server that lives when one dies."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from api.background import processes as module
from api.background.processes import Processes
from ledger import elsewhere, projector
from ledger.domain.errors import Refusal
from ledger.service import Ledger, Question
from tests.api.server import CONTRACT, signed, system, terms


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('long')}/ledger.db"
    ledger = Ledger(url, create=True)
    ledger.register(terms())
    ledger.record(CONTRACT, [signed(), signed("party_b"), *(system(f"s{number}") for number in range(30))])
    ledger.store.close()
    return url


@pytest.fixture
def processes(store: str) -> Iterator[Processes]:
    made = Processes(store, most=1)
    yield made
    made.stop()


@pytest.fixture
def ledger(store: str, processes: Processes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A ledger that has every contract's questions answered elsewhere."""
    monkeypatch.setattr(elsewhere, "LONG", 1)
    monkeypatch.setattr(elsewhere, "LONG_TRIED", 1)
    opened = Ledger(store, clock=lambda: 1_830_000_000_000_000)
    opened.elsewhere = processes.answering(opened.clock)
    yield opened
    opened.store.close()


def here(ledger: Ledger, method: str, *given: Any, **named: Any) -> Any:
    """The same asked of a ledger that has no processes."""
    plain = Ledger(ledger.store.url, clock=ledger.clock)
    try:
        return getattr(plain, method)(CONTRACT, *given, **named)
    finally:
        plain.store.close()


def test_answers_and_refusals_are_those_of_the_ledger_itself(ledger: Ledger) -> None:
    told: list[int] = []
    assert ledger.status(CONTRACT) == here(ledger, "status")
    assert ledger.replay(CONTRACT, as_recorded=True) == here(ledger, "replay", as_recorded=True)
    assert ledger.explain(CONTRACT, "phase") == here(ledger, "explain", "phase")
    assert ledger.deadlines(CONTRACT) == here(ledger, "deadlines")
    tried = ledger.status(CONTRACT, Question(sensitivity=True), progress=told.append)
    assert tried == here(ledger, "status", Question(sensitivity=True)) and told[-1] == 100
    with pytest.raises(Refusal, match="PATH_UNKNOWN") as refused:
        ledger.explain(CONTRACT, "phases")
    assert refused.value.values["path"] == "phases"
    with pytest.raises(Refusal, match="CONTRACT_UNKNOWN"):
        ledger.status("NO-SUCH")


def test_one_that_is_killed_is_followed_by_another(ledger: Ledger, processes: Processes) -> None:
    expected = ledger.status(CONTRACT)
    [process] = processes._free
    process._process.kill()
    process._process.join()
    with pytest.raises(Refusal, match="SERVER_BUSY"):
        ledger.status(CONTRACT)
    assert ledger.status(CONTRACT) == expected


def test_what_hears_of_progress_can_end_it(ledger: Ledger, processes: Processes) -> None:
    class Enough(Exception):
        pass

    def tell(percent: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        ledger.status(CONTRACT, Question(sensitivity=True), progress=tell)
    assert processes._free == [] and ledger.status(CONTRACT)["contract"] == CONTRACT


def test_no_more_wait_than_may_and_who_waits_at_the_end_is_told(
    ledger: Ledger, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 1)
    refused: list[str] = []
    busy = processes._take("held", at_once=False)  # the only one there may be

    def asking() -> None:
        try:
            ledger.status(CONTRACT)
        except Refusal as told:
            refused.append(told.code)

    waiting = threading.Thread(target=asking)
    waiting.start()
    while not processes._waiting:
        time.sleep(0.01)
    with pytest.raises(Refusal, match="SERVER_BUSY"):
        ledger.status(CONTRACT)
    processes.stop()
    waiting.join(30)
    assert refused == ["SERVER_BUSY"] and not busy._process.is_alive()


def test_a_row_of_the_portfolio_is_swept_by_a_free_process_and_otherwise_here(
    ledger: Ledger, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "LONG", 1)
    plain = Ledger(ledger.store.url, clock=ledger.clock)
    [expected] = plain.projector.rows(CONTRACT)
    plain.store.close()
    at = ledger.clock()
    assert ledger.projector._rows([CONTRACT], at) == [expected]
    assert [process.asked for process in processes._free] == [{CONTRACT}]
    processes._take("held", at_once=False)  # the only one there may be
    assert ledger.projector._rows([CONTRACT], at) == [expected]
