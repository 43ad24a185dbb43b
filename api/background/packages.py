"""Finished and unfinished evidence packages: their state in the store, the file in a folder, both for an hour.

They outlive the server. A package that a server left unfinished has failed, which shows once the server's lease on it
has run out.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from json import loads
from pathlib import Path
from typing import Any, Literal

from api.background.leases import LEASE, Leases
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.domain.values import quoted
from ledger.log.folder import key_directory
from ledger.store import Store
from ledger.store.database import Transaction
from ledger.store.encoding import encode
from ledger.store.records import SELECT_KIND, SELECT_RECORD, put, remove

EXPORT = "export"
KEPT = 3600 * 1_000_000  # µs after the end
MOST_OF_ONE = 3  # waiting or being built, for one principal
AGAIN_SECONDS = 10  # when to ask again

_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Export:
    """One package: who asked for it, whether it discloses personal fields, its progress in percent.

    ``fact`` is the fact of the export, ``refused`` why there is none (code, field, values); moments are in µs.
    """

    id: str
    contract: str
    principal: str
    opens: bool
    asked_at: int
    state: Literal["waiting", "building", "done", "failed"] = "waiting"
    progress: int = 0
    ended_at: int | None = None
    fact: str | None = None
    bytes: int | None = None
    refused: tuple[str, str | None, dict[str, Any]] | None = None

    def shown(self) -> dict[str, Any]:
        """Its JSON: its progress and, once done, where it can be fetched."""
        return {
            "id": self.id, "contract": self.contract, "state": self.state, "progress": self.progress,
            "asked_at": format_utc(self.asked_at), "fact": self.fact, "bytes": self.bytes,
            "package": f"/api/v1/exports/{self.id}/package" if self.state == "done" else None,
            "code": self.refused[0] if self.refused is not None else None,
        }  # fmt: skip

    def failed(self, at: int, refusal: Refusal) -> Export:
        """The same, ended with why there is no package."""
        values = {name: value if isinstance(value, int) else str(value) for name, value in refusal.values.items()}
        return replace(self, state="failed", ended_at=at, refused=(refusal.code, refusal.field, values))


class Packages:
    """The packages of one ledger, as one of its servers sees them. Safe to use from several threads."""

    def __init__(self, store: Store, clock: Callable[[], int], folder: Path | None) -> None:
        self._store = store
        self._clock = clock
        self._folder = folder  # None: one that passes with this process
        self._passing: Path | None = None
        self._leases = Leases(store, clock)

    @property
    def any(self) -> bool:
        """Whether there is any package."""
        return bool(self._store.list(EXPORT)) or (self._folder is not None and self._folder.is_dir())

    # --- building one ----------------------------------------------------------------------------

    def begin(self, export: Export) -> None:
        """Note a package as being built here. Refusal EXPORTS_MANY where its principal has enough under way."""
        with self._store.writing() as transaction:
            kept = (Export(**loads(bytes(row[1]))) for row in transaction.query(SELECT_KIND, (EXPORT,)))
            if sum(one.ended_at is None and one.principal == export.principal for one in kept) >= MOST_OF_ONE:
                raise Refusal("EXPORTS_MANY", most=MOST_OF_ONE, seconds=AGAIN_SECONDS)
            self._leases.take_in(transaction, _lease(export.id))
            self._put(transaction, export)

    def place(self, id_: str) -> Path:
        """The path for its file, in a folder that only this user can enter."""
        folder = self._folder or self._passing
        if folder is None:
            folder = self._passing = Path(tempfile.mkdtemp(prefix="lvyue-exports-"))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / id_).mkdir(mode=0o700)
        return _file(folder, id_)

    def note(self, id_: str, change: Callable[[Export], Export]) -> bool:
        """Note its progress or its end; False, and nothing noted, where it no longer belongs to this server."""
        with self._store.writing() as transaction:
            export = _found(transaction, id_)
            if export is None or not self._leases.keep_in(transaction, _lease(id_)):
                return False
            changed = change(export)
            self._put(transaction, changed)
            if changed.ended_at is not None:
                self._leases.release_in(transaction, _lease(id_))
        return True

    def renew(self, id_: str) -> None:
        """Extend its lease."""
        self._leases.renew(_lease(id_))

    def cancel(self, id_: str) -> None:
        """Cancel it, whether it waits, is being built or is done; the server that builds it notices."""
        with self._store.writing() as transaction:
            remove(transaction, EXPORT, id_)
            remove(transaction, LEASE, _lease(id_))
        self.discard(id_)

    # --- having one ------------------------------------------------------------------------------

    def find(self, id_: str) -> Export:
        """A package that did not end more than an hour ago. Refusal EXPORT_UNKNOWN."""
        self.sweep()
        value = self._store.get(EXPORT, id_) if _ID.fullmatch(id_) else None
        if value is None:
            raise Refusal("EXPORT_UNKNOWN", "export", export=quoted(id_))
        return Export(**loads(value))

    def file(self, export: Export) -> Path:
        """The file of a package. Raises its refusal; Refusal EXPORT_NOT_DONE, EXPORT_NOT_HELD."""
        if export.refused is not None:
            code, field, values = export.refused
            raise Refusal(code, field, **values)
        if export.state != "done":
            raise Refusal("EXPORT_NOT_DONE", "export")
        folder = self._folder or self._passing
        if folder is None or not _file(folder, export.id).is_file():
            raise Refusal("EXPORT_NOT_HELD", "export")
        return _file(folder, export.id)

    # --- letting go ------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Note that abandoned packages have failed, and remove those that ended more than an hour ago."""
        for record in self._store.list(EXPORT):
            export, now = Export(**loads(record.value)), self._clock()
            if export.ended_at is None and self._leases.free(_lease(export.id)):
                self._give_up(export.id)
            elif export.ended_at is not None and now - export.ended_at > KEPT:
                self.discard(export.id)
                self._store.remove(EXPORT, export.id)
        self._clear()

    def discard(self, id_: str) -> None:
        """Remove its file, whole or unfinished."""
        for folder in (self._folder, self._passing):
            if folder is not None:
                shutil.rmtree(folder / id_, ignore_errors=True)

    def close(self) -> None:
        """Remove a folder that nobody could find again."""
        if self._passing is not None:
            shutil.rmtree(self._passing, ignore_errors=True)

    def _give_up(self, id_: str) -> None:
        with self._store.writing() as transaction:
            export = _found(transaction, id_)
            # Looked at again under the lock: it may have ended, or been heard of, meanwhile.
            if export is None or export.ended_at is not None or not self._leases.free(_lease(id_)):
                return
            self.discard(id_)
            remove(transaction, LEASE, _lease(id_))
            self._put(transaction, export.failed(self._clock(), Refusal("EXPORT_INTERRUPTED")))

    def _clear(self) -> None:
        """Remove folders that nothing in the store refers to, once they are old."""
        if self._folder is None or not self._folder.is_dir():
            return
        old = [folder for folder in self._folder.iterdir() if _ID.fullmatch(folder.name)
               and self._clock() - _changed_at(folder) > 2 * KEPT]  # fmt: skip
        for folder in old:
            if self._store.get(EXPORT, folder.name) is None:
                self.discard(folder.name)

    def _put(self, transaction: Transaction, export: Export) -> None:
        put(transaction, EXPORT, export.id, encode(asdict(export)), at=self._clock())


def folder_of(store_url: str, environment: Mapping[str, str]) -> Path | None:
    """Where the packages of a ledger are kept: ``LVYUE_EXPORTS``; else ``<file>.exports`` beside an SQLite file, and
    for a server a folder under ``~/.lvyue``, as its keys are. None for a ledger in memory.
    """
    if named := environment.get("LVYUE_EXPORTS"):
        return Path(named)
    unnamed = {name: value for name, value in environment.items() if name != "LVYUE_KEYS"}
    keys = key_directory(store_url or "sqlite:///:memory:", unnamed)
    return keys.with_suffix(".exports") if keys is not None else None


def _lease(id_: str) -> str:
    return f"export {id_}"


def _file(folder: Path, id_: str) -> Path:
    return folder / id_ / "package.zip"


def _found(transaction: Transaction, id_: str) -> Export | None:
    found = transaction.query(SELECT_RECORD, (EXPORT, id_))
    return Export(**loads(bytes(found[0][1]))) if found else None


def _changed_at(folder: Path) -> int:
    """When a folder was last changed, in µs; never, where somebody else has just removed it."""
    with suppress(OSError):
        return folder.stat().st_mtime_ns // 1000
    return 1 << 62
