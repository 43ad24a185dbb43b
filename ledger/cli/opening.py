"""Opens the ledger that a command line names, and signs a checkpoint after recording."""

from __future__ import annotations

import sys
from argparse import Namespace

from ledger.cli.output import Output
from ledger.domain.errors import INTEGRITY, Refusal
from ledger.messages import refusal, say
from ledger.service import Ledger, now


def ledger_of(asked: Namespace, *, create: bool = False) -> Ledger:
    """The ledger at --store, closed when the verb is done; created only if ``create`` is set."""
    ledger = Ledger(asked.store, create=create, clock=asked.clock or now)
    asked.closing.callback(ledger.store.close)
    if ledger.store.replica:
        from ledger.domain.moments import format_utc
        from ledger.labels import clock

        last = clock(format_utc(ledger.store.last_moment()), asked.said)
        print(say("STORE_REPLICA", asked.said, position=ledger.store.leaf_count(), last=last), file=sys.stderr)
    return ledger


def checkpointed(ledger: Ledger, out: Output) -> None:
    """Sign a checkpoint over what was just recorded; if the keys do not allow it, facts stand and a warning is shown.

    Raises Tampered if the ledger was altered, and the store's own errors if the store is damaged.
    """
    unnamed = ledger.custody.unnamed
    had_keys = unnamed is not None and unnamed.exists()
    try:
        ledger.checkpoint()
    except (Refusal, OSError) as flaw:  # OSError: the key folder belongs to another user, or is no folder
        if isinstance(flaw, Refusal) and flaw.code in INTEGRITY:
            raise
        detail = refusal(flaw, out.lang) if isinstance(flaw, Refusal) else flaw.strerror or str(flaw)
        print(say("CHECKPOINT_NOT_MADE", out.lang, detail=detail), file=sys.stderr)
        if unnamed is not None and isinstance(flaw, Refusal) and flaw.code == "KEY_FOREIGN":
            print(say("KEYS_SOUGHT", out.lang, folder=unnamed), file=sys.stderr)
    if unnamed is not None and not had_keys and unnamed.exists():
        print(say("KEYS_MADE", out.lang, folder=unnamed), file=sys.stderr)
