"""Back up a ledger, and restore one from a backup; both are verified completely before they get their names.

A backup is a ledger in one SQLite file, whichever database it was made from: facts, log, checkpoints, documents and
sealed personal values, every byte and digest unchanged, up to one moment. The keys are not in it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from ledger.custody.audit import Auditor, Progress
from ledger.custody.custody import Custody
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.evidence.workplace import workplace
from ledger.log import merkle, storage
from ledger.log.failure import Tampered
from ledger.log.folder import key_directory
from ledger.log.tables import TreeTables, node_source, read_frontier
from ledger.store import Store, open_store

NAME = "ledger.db"
Told = Callable[[str, int, int], None]
"""Hears of which step (a code of the catalogue) how much of how much is done."""
OLDER = ("JOURNAL_CUT", "KEY_FOREIGN")  # of a copy from before the last seal, or before the key was replaced, too


@dataclass(frozen=True, slots=True)
class Copied:
    """The content of a verified copy: the number of facts, and size and root of the newest checkpoint (0 and empty:
    none).

    ``keys`` is the folder of the keys that sign for it, which are not part of it; None for a ledger in memory.
    """

    facts: int
    size: int
    root: bytes
    keys: Path | None


def backup(custody: Custody, out: Path, now: int, progress: Progress | None = None) -> Copied:
    """Write a backup of a ledger that may be in use to ``out``, with a checkpoint made now where the keys are here.

    Where others write without a pause, or the keys are elsewhere, the newest existing checkpoint is used. Refusal
    FILE_EXISTS, STORE_DAMAGED; Tampered for anything altered, and then nothing is written.
    """
    if out.exists():
        raise Refusal("FILE_EXISTS", "file", file=str(out))
    _unflawed(custody.store)
    custody.store.leaf_count()  # refuses where the ledger does not end as it should
    try:
        custody.checkpoint(now)
    except Refusal as refused:
        if not refused.code.startswith("KEY_") and refused.code != "STORE_LOCKED":
            raise
    with workplace(out.parent) as folder:
        made = folder / NAME
        with _opened(made, create=True) as copy:
            custody.store.copy_to(copy, [TreeTables()])
            copied = _verified(Custody(copy, {}), custody.directory, progress)
        _place(made, out)
    return copied


def restore(file: Path, url: str, environment: Mapping[str, str], progress: Progress | None = None) -> Copied:
    """Make the ledger at ``url`` from a backup, which is verified first and not changed.

    Refusal RESTORE_OLDER where it has less than the ledger there, or than the folder of the keys remembers having
    signed; STORE_EXISTS where there is a ledger; FILE_MISSING. Tampered where the backup was altered.
    """
    if not file.is_file():
        raise Refusal("FILE_MISSING", "file", file=str(file))
    target = Path(unquote(url.removeprefix("sqlite:///"))) if url.startswith("sqlite:///") else None
    with workplace(target.parent if target is not None else file.parent) as folder:
        made = folder / NAME
        for beside in ("", "-wal"):  # a file copied by hand may have its log with it
            if Path(f"{file}{beside}").is_file():
                shutil.copyfile(f"{file}{beside}", f"{made}{beside}")
                Path(f"{made}{beside}").chmod(0o600)
        keys = key_directory(url, environment)
        with _opened(made) as copy:
            _unflawed(copy)
            known = {**environment, "LVYUE_KEYS": str(keys)} if keys is not None else environment
            _refuse_older(url, target, copy.standing())
            copied = _verified(Custody(copy, known), keys, progress)
            if target is None:
                with open_store(url, create=True, extensions=[TreeTables()]) as empty:
                    copy.copy_to(empty, [TreeTables()])
        if target is not None:
            _place(made, target)
    return copied


def copy(custody: Custody, url: str, environment: Mapping[str, str], told: Told | None = None) -> Copied:
    """Copy a ledger that may be in use to ``url``, where there is none, on either kind of database; then read all of
    it.

    Every digest stays the same: the copy's facts are compared with its heads, its log and the checkpoints signed over
    the source, and its tree, of the same size, has the source's root. ``told`` is called with the progress of copying,
    then of reading. The keys are not copied: the copy is signed with those that ``environment`` names for it. Refusal
    STORE_EXISTS; Tampered for anything altered.
    """
    _unflawed(custody.store)
    total = custody.store.leaf_count()
    with open_store(url, create=True, extensions=[TreeTables()]) as target:
        custody.store.copy_to(
            target, [TreeTables()], None if told is None else lambda count: told("PROGRESS_COPIED", count, total)
        )
        keys = {**environment, "LVYUE_KEYS": str(custody.directory)} if custody.directory is not None else environment
        read = None if told is None else partial(told, "PROGRESS_AUDITED")
        copied = _verified(Custody(target, keys), custody.directory, read)
        for size in (copied.facts,) if custody.store.holds("log_checkpoints") else ():
            roots = [merkle.fold(read_frontier(size, node_source(one.query))) for one in (custody.store, target)]
            if size and roots[0] != roots[1]:
                raise Tampered("HISTORY_REWRITTEN", position=1, size=size)
    return copied


def _opened(path: Path, *, create: bool = False) -> Store:
    return open_store(f"sqlite:///{quote(str(path.absolute()))}", create=create, extensions=[TreeTables()])


def _unflawed(store: Store) -> None:
    for flaw in store.flaws() or ():
        raise Tampered("DATABASE_DAMAGED", detail=flaw)


def _verified(custody: Custody, keys: Path | None, progress: Progress | None) -> Copied:
    """The content of a copy, after reading all of it again. Raises Tampered, or RESTORE_OLDER where more was signed."""
    found = Auditor(custody.store, custody, progress).run()
    for finding in sorted(found.findings, key=lambda finding: finding.code in OLDER):
        if finding.code == "ROLLED_BACK":
            raise Refusal("RESTORE_OLDER", "file", held=finding.values.get("size", "?"), found=found.facts)
        raise finding
    last = next(storage.heads(custody.store.query, "ORDER BY size DESC LIMIT 1"), None)
    return Copied(found.facts, last.checkpoint.size if last else 0, last.checkpoint.root if last else b"", keys)


def _refuse_older(url: str, target: Path | None, facts: int) -> None:
    """Refusal RESTORE_OLDER or STORE_EXISTS where something is there already, even if it cannot be read."""
    beside = [path for end in ("", "-wal", "-shm") if target is not None and (path := Path(f"{target}{end}")).exists()]
    if target is not None and not beside:
        return
    held = 0
    try:
        with open_store(url) as there:
            held = there.standing()
            name = url if target is None else str(target)
    except Refusal as refused:
        if target is None and refused.code == "STORE_MISSING":
            return
        if target is None:
            raise
    if held > facts:
        raise Refusal("RESTORE_OLDER", "file", held=held, found=facts)
    if held or target is not None:
        raise Refusal("STORE_EXISTS", "store", store=str(beside[0]) if beside else name)


def _place(made: Path, out: Path) -> None:
    """Give a finished file its name, at once and durably, unless something has that name. Refusal FILE_EXISTS."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, out)
    except FileExistsError:
        raise Refusal("FILE_EXISTS", "file", file=str(out)) from None
    except OSError:  # a file system that knows one name for a file, as of many a removable disk
        if out.exists():
            raise Refusal("FILE_EXISTS", "file", file=str(out)) from None
        made.rename(out)
    if os.name == "posix":
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
