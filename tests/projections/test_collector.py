"""The garbage collector at rest while a contract is swept: nothing that is garbage stays for it."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from ledger.projections.collector import collector_paused


class Circle:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_garbage_before_a_pause_is_gone_after_it_and_what_becomes_so_meanwhile_at_the_next_full_look() -> None:
    before = ref(Circle())
    with collector_paused():
        assert before() is None and not gc.isenabled()
        meanwhile = ref(Circle())
    assert gc.isenabled() and gc.get_freeze_count() == 0
    gc.collect()
    assert meanwhile() is None


def test_a_pause_within_another_or_one_that_fails_leaves_the_collector_as_it_was() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector_paused():
        raise ZeroDivisionError
    assert gc.isenabled()
