"""Verbs backup, restore, copy and migrate."""

from __future__ import annotations

import base64
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.custody import audit_progress
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output, bar
from ledger.store.opening import without_password

if TYPE_CHECKING:
    from ledger.custody.backup import Copied


def backup(asked: Namespace, out: Output) -> None:
    """Write everything except the keys to one file, and verify it."""
    from ledger.custody.backup import backup

    ledger = ledger_of(asked)
    copied = backup(ledger.custody, Path(asked.file), ledger.clock(), audit_progress(out))
    _told(asked, out, "DONE_BACKED_UP", copied)


def restore(asked: Namespace, out: Output) -> None:
    """Restore a ledger from a backup; the target must not hold one."""
    from ledger.custody.backup import restore

    copied = restore(Path(asked.file), asked.store, os.environ, audit_progress(out))
    _told(asked, out, "DONE_RESTORED", copied)


def copy(asked: Namespace, out: Output) -> None:
    """Copy a ledger to another store, which must not hold one, and verify the copy by reading all of it."""
    from ledger.custody.backup import copy
    from ledger.service import Ledger

    def told(code: str, count: int, total: int) -> None:
        out.progress(code, count=count, total=total, bar=bar(count, total))

    copied = copy(Ledger(asked.source).custody, asked.target, os.environ, told)
    asked.file, asked.store = without_password(asked.source), asked.target
    _told(asked, out, "DONE_COPIED", copied)


def migrate(asked: Namespace, out: Output) -> None:
    """Migrate the store's tables to this program's version; with --service, grant an account what a server needs."""
    ledger = ledger_of(asked)
    with ledger.store.writing():  # creates missing tables of the log
        pass
    if asked.service is not None:
        ledger.store.let_serve(asked.service)
    if out.as_json:
        return out.json({"version": ledger.store.version, "service": asked.service})
    out.say("DONE_MIGRATED", version=ledger.store.version)
    if asked.service is not None:
        out.say("DONE_SERVICE_ROLE", role=asked.service)


def _told(asked: Namespace, out: Output, code: str, copied: Copied) -> None:
    out.progress_done()
    keys = copied.keys
    values: dict[str, Any] = {
        "file": asked.file, "store": without_password(asked.store), "facts": copied.facts, "size": copied.size,
        "root": base64.b64encode(copied.root).decode(), "keys": None if keys is None else str(keys),
    }  # fmt: skip
    if out.as_json:
        return out.json(values | {"keys_included": False})
    out.say(code, **values | {"keys": keys or "–"})
    if code == "DONE_RESTORED" and keys is not None and not keys.is_dir():
        out.say("RESTORED_WITHOUT_KEYS", keys=keys)
