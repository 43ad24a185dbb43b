"""The garbage collector at rest while a contract is swept: nothing that is garbage stays for it."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from ledger import collector
from ledger.collector import collector_paused, keep_loaded


@pytest.fixture(autouse=True)
def _keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that built no portfolio."""
    monkeypatch.setattr(collector, "_keeps", False)


class Circle:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_garbage_before_a_pause_is_gone_after_it_and_what_becomes_so_meanwhile_at_the_next_full_look() -> None:
    gc.disable()  # one that is looked at while it is being made would be old at once
    before = ref(Circle())
    gc.enable()
    with collector_paused():
        assert before() is None and not gc.isenabled()
        meanwhile = ref(Circle())
    assert gc.isenabled() and gc.get_freeze_count() == 0
    gc.collect()
    assert meanwhile() is None


def test_what_a_server_froze_stays_frozen_over_a_pause_and_what_becomes_garbage_meanwhile_goes_all_the_same() -> None:
    gc.collect()
    keep_loaded()
    try:
        frozen = gc.get_freeze_count()
        with collector_paused():
            meanwhile = ref(Circle())
            assert not gc.isenabled()
        assert gc.isenabled() and 0 < gc.get_freeze_count() <= frozen  # less what was freed one by one
        assert gc.get_freeze_count() > frozen * 0.9
        gc.collect()
        assert meanwhile() is None
    finally:
        gc.unfreeze()


def test_a_pause_within_another_or_one_that_fails_leaves_the_collector_as_it_was() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector_paused():
        raise ZeroDivisionError
    assert gc.isenabled()
