"""What several processes work out together is what one would."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date

import pytest

from ledger.cli.forking import forked
from ledger.projections.basis import Basis
from ledger.projections.sensitivity import weigh
from ledger.projections.status import _concluding, readings
from tests.happenings import b_incident, lease_started, service_level, signed
from tests.scenario import calendar_at, given


def test_results_come_in_the_order_of_what_was_asked() -> None:
    assert list(forked(lambda number: number * number, range(50))) == [number * number for number in range(50)]


def test_others_work_where_there_are_processors_for_them() -> None:
    """Asked of a process of its own: beside the threads that other tests leave nothing is forked."""
    told = (
        "import os; from ledger.cli.forking import forked; who = lambda _: os.getpid(); "
        "print(os.getpid() in set(forked(who, range(8))))"
    )
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    alone = sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2
    assert said == f"{alone}\n"


def test_beside_a_thread_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert set(forked(lambda _: os.getpid(), range(8))) == {os.getpid()}
    done.set()
    thread.join()


def test_what_one_raises_is_raised() -> None:
    def fails(number: int) -> int:
        if number == 7:
            raise ValueError("seven")
        return number

    with pytest.raises(ValueError, match="seven"):
        list(forked(fails, range(20)))


def test_other_readings_tried_together_come_to_the_same() -> None:
    told = given(
        signed, lease_started("2025-12-01"), b_incident("2025-12-20", "one"),
        service_level("2026-03-01", "2026-02", "major", "r", response_minutes=30, recovery_minutes=90),
    )  # fmt: skip
    day, calendar = date(2026, 3, 15), calendar_at(told._now)
    asked = Basis(told.facts, calendar, day, told._now)
    pass_ = asked.sweep()
    pass_.advance(day)
    template, in_force = pass_.machine.template, readings(pass_.machine, day)
    heard: list[int] = []
    alone = weigh(_concluding(asked), template, in_force)
    together = weigh(_concluding(asked), template, in_force, heard.append, forked)
    assert together == alone and heard[-1] == 100
