"""The ledger a command line names."""

from __future__ import annotations

from argparse import Namespace

from ledger.service import Ledger


def ledger_of(asked: Namespace, *, create: bool = False) -> Ledger:
    """The ledger at --store; made only where ``create`` says that this verb begins one."""
    if asked.clock is None:
        return Ledger(asked.store, create=create)
    return Ledger(asked.store, create=create, clock=asked.clock)
