"""The garbage collector at rest while a contract is swept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Loading and sweeping make many objects and no cycles: looking for cycles among them costs a sixth.

    So what they leave goes among the old objects unseen, where only a full collection looks; what was young before has
    been looked through first, for it goes there too. A process that froze what it loaded (a server) keeps that frozen:
    there the collector is paused and no more, for nothing thaws a part.
    """
    if not gc.isenabled():
        yield
        return
    frozen = gc.get_freeze_count() > 0
    if not frozen:
        gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        if not frozen:
            gc.freeze()  # all there is, and back from there: an object is moved, and none is looked at
            gc.unfreeze()
        gc.enable()
