"""Each fact costs about as much as the one before, however many of its kind a contract has: work is counted, not timed.

The histories are those of ``bench.growth``; what is counted are the lines run, each round of a loop among them.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bench.growth.__main__ import KINDS, NOW
from bench.growth.histories import CLOUD, OPERATIONS, beginning, damages, later, terms_of
from ledger.service import Ledger, Question

FACTS = 30
START = "2025-12-02"


def lines_run(act: Callable[[], object]) -> int:
    """How many lines of Python an act runs."""
    count, before = 0, sys.gettrace()

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return line

    sys.settrace(lambda frame, event, arg: line)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def opened(folder: Path, agreement: str) -> tuple[Ledger, str]:
    ledger = Ledger(f"sqlite:///{folder / 'ledger.db'}", create=True, clock=lambda: NOW)
    contract = ledger.register(terms_of(agreement)).fact.contract
    ledger.record(contract, list(beginning(agreement)))
    return ledger, contract


def work(folder: Path, kind: str, facts: int) -> int:
    """The lines run to replay so many facts of a kind."""
    folder.mkdir()
    ledger, contract = opened(folder, KINDS[kind].agreement)
    told = list(KINDS[kind].make(facts))
    ledger.record(contract, told)
    asked = Question(as_of=max(dt.date.fromisoformat(one["on"][:10]) for one in told))
    ledger.load(contract, asked)
    found = lines_run(lambda: ledger.replay(contract, asked))
    ledger.store.close()
    return found


@pytest.mark.parametrize("kind", [
    "cloud:settlement_paid", "cloud:demands_of_one", "cloud:suits_on_one", "cloud:lawsuits", "cloud:red_letters",
    "cloud:unripe", "cloud:credit", "cloud:damages_paid", "deducted", "notices", "operations:settlement_returned",
    "operations:tickets", "operations:claimed", "operations:agreed_credits", "operations:draws",
])  # fmt: skip
def test_as_many_facts_again_cost_about_as_much_again(tmp_path: Path, kind: str) -> None:
    work(tmp_path / "0", kind, FACTS)  # what is imported and made once
    first, second, third = (work(tmp_path / str(times), kind, FACTS * times) for times in (1, 2, 3))
    assert third - second < 1.15 * (second - first)


@pytest.mark.parametrize("agreement", [CLOUD, OPERATIONS])
def test_an_amount_just_agreed_is_an_item_that_can_be_paid(tmp_path: Path, agreement: str) -> None:
    ledger, contract = opened(tmp_path, agreement)
    for one in damages(agreement, START):
        ledger.record(contract, [one])
    paid = {"items": ["agreed:sum"], "amount": "1.00", "manner": "paid"}
    [recorded] = ledger.record(contract, [
        {"type": "DamagesSettled", "on": later(START, 1), "by": "party_b", "data": paid}
    ])  # fmt: skip
    assert not recorded.repeated
    ledger.store.close()
