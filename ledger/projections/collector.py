"""The garbage collector at rest while a contract is swept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_keeps = False  # does this process keep what it loaded? gc.get_freeze_count() goes through all of that to tell: 20 ms


def keep_loaded() -> None:
    """What is there by now stays, and the collector does not look through it again and again."""
    global _keeps
    gc.freeze()
    _keeps = True


@contextmanager
def collector_paused() -> Iterator[None]:
    """Loading and sweeping make many objects and no cycles: looking for cycles among them costs a sixth.

    So what they leave goes among the old objects unseen, where only a full collection looks; what was young before has
    been looked through first, for it goes there too. A process that keeps what it loaded (a server) has that frozen:
    there the collector is paused and no more, for nothing thaws a part.
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
