"""Pause the garbage collector while facts are read and swept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_keeps = False  # does this process keep what it loaded? gc.get_freeze_count() goes through all of that to tell: 20 ms


def keep_loaded() -> None:
    """Exempt all objects that exist now from garbage collection."""
    global _keeps
    gc.freeze()
    _keeps = True


@contextmanager
def collector_paused() -> Iterator[None]:
    """Loading and sweeping make many objects and no cycles: looking for cycles among them costs a sixth of the time.

    The objects left go into the oldest generation unexamined, where only a full collection looks; younger objects from
    before are collected first, since they go there too. In a process that exempted what it loaded (a server), the
    collector is only paused, because a part cannot be unfrozen.
    """
    if not gc.isenabled():
        yield
        return
    keeps = _keeps
    if not keeps:
        gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        if not keeps:
            gc.freeze()  # all there is, and back from there: an object is moved, and none is looked at
            gc.unfreeze()
        gc.enable()
